"""Who writes again waits for an answer in sight; calls are counted, addresses confirmed, files come with messages."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KNOWN = """
UPDATE consultations_case SET email_confirmed_at = updated_at
WHERE email <> '' AND channel NOT IN ('counter', 'phone');

UPDATE consultations_case c SET due = 'answer'
WHERE c.due = 'next_action' AND 'citizen' = (
  SELECT m.kind FROM consultations_message m
  WHERE m.case_id = c.id AND m.kind <> 'note' ORDER BY m.said_at DESC, m.id DESC LIMIT 1
);
"""
"""What the rows of before say: by web the code was typed; whoever had the last word waits."""

UNKNOWN = "UPDATE consultations_case SET due = 'next_action' WHERE due = 'answer'"


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0004_understanding"),
        ("consultations", "0004_ways"),
        ("parties", "0002_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="case",
            name="case_open_has_a_due_day",
        ),
        migrations.AddField(
            model_name="attachment",
            name="message",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="files",
                to="consultations.message",
                verbose_name="ことば",
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="called_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="さいごに電話した日時"),
        ),
        migrations.AddField(
            model_name="case",
            name="calls",
            field=models.PositiveSmallIntegerField(
                db_default=0, default=0, verbose_name="つながらなかった電話の数"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="email_confirmed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="メールアドレスを確かめた日時"),
        ),
        migrations.AlterField(
            model_name="case",
            name="due",
            field=models.CharField(
                blank=True,
                choices=[
                    ("first_answer", "はじめての返事"),
                    ("answer", "つぎの返事"),
                    ("next_action", "次にすること"),
                ],
                max_length=12,
                verbose_name="期限のあること",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due", ""), ("due_on__isnull", True), ("status", "closed")),
                    models.Q(
                        models.Q(("status", "closed"), _negated=True),
                        ("due__in", ["first_answer", "answer", "next_action"]),
                        ("due_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="case_open_has_a_due_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("email", b""), _negated=True),
                    ("email_confirmed_at__isnull", True),
                    _connector="OR",
                ),
                name="case_confirmed_has_an_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_at__isnull", True), ("calls", 0)),
                    models.Q(("called_at__isnull", False), ("calls__gt", 0)),
                    _connector="OR",
                ),
                name="case_call_has_a_moment",
            ),
        ),
        migrations.RunSQL(KNOWN, UNKNOWN),
    ]
