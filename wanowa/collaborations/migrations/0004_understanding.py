"""Questions that must be answered and restatements to confirm, what is settled stays so, and what was asked before."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION collaborations_understanding_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (to_jsonb(NEW) - ARRAY['status', 'settled_at', 'settled_by_id', 'reminded'])
     IS DISTINCT FROM (to_jsonb(OLD) - ARRAY['status', 'settled_at', 'settled_by_id', 'reminded']) THEN
    RAISE EXCEPTION 'what was asked and restated never changes';
  END IF;
  IF OLD.settled_at IS NOT NULL AND NEW IS DISTINCT FROM OLD THEN
    RAISE EXCEPTION 'what is settled stays settled';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collaborations_question_guard BEFORE UPDATE ON collaborations_question
FOR EACH ROW EXECUTE FUNCTION collaborations_understanding_guard();
CREATE TRIGGER collaborations_restatement_guard BEFORE UPDATE ON collaborations_restatement
FOR EACH ROW EXECUTE FUNCTION collaborations_understanding_guard();
"""
NO_GUARDS = """
DROP TRIGGER collaborations_restatement_guard ON collaborations_restatement;
DROP TRIGGER collaborations_question_guard ON collaborations_question;
DROP FUNCTION collaborations_understanding_guard();
"""
ASKED_BEFORE = """
INSERT INTO collaborations_question (message_id, asked, status, settled_at, settled_by_id, reminded)
SELECT m.id,
  ARRAY(SELECT p.party_id FROM collaborations_participation p
        WHERE p.collaboration_id = m.collaboration_id AND p.party_id <> m.party_id ORDER BY 1),
  CASE WHEN e.id IS NULL THEN 'open' ELSE 'answered' END, e.at, e.party, 0
FROM collaborations_message m LEFT JOIN LATERAL (
  SELECT id, at, party FROM record_entry
  WHERE verb = 'collaborations.room.answered' AND (facts ->> 'question')::bigint = m.id ORDER BY id LIMIT 1
) e ON true
WHERE m.kind = 'question'
ON CONFLICT DO NOTHING;
"""
"""Questions from before had been put to everybody; the first answer on record settled them."""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0003_measures"),
        ("parties", "0002_promises"),
        ("record", "0005_withdrawals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="question",
                        serialize=False,
                        to="collaborations.message",
                        verbose_name="発言",
                    ),
                ),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), verbose_name="聞かれた主体"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "答えを待っています"),
                            ("answered", "答えがありました"),
                            ("declined", "答えないと返事がありました"),
                            ("withdrawn", "取り下げました"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="返事があった日時")),
                ("reminded", models.PositiveSmallIntegerField(default=0, verbose_name="知らせた営業日")),
            ],
            options={
                "verbose_name": "答えを待つ質問",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked__len__gt", 0)), name="question_asks_somebody"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Restatement",
            fields=[
                (
                    "message",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="restatement",
                        serialize=False,
                        to="collaborations.message",
                        verbose_name="発言",
                    ),
                ),
                (
                    "clause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("title", "題名とあらまし"),
                            ("parties", "いっしょに取り組む主体"),
                            ("purpose", "目的"),
                            ("goals", "実施目標（数ではかること）"),
                            ("outcomes", "成果目標（だれが、どう変わるか）"),
                            ("roles", "役割の分担"),
                            ("aims", "それぞれのねらい"),
                            ("form", "活動領域と形態"),
                            ("schedule", "期間と進め方"),
                            ("cost", "費用とその分担"),
                            ("ownership", "成果の帰属"),
                            ("safety", "保険と安全"),
                            ("personal_data", "個人情報の扱い"),
                            ("publicity", "広報と公開"),
                            ("changes", "変更・終了・意見がちがうとき"),
                        ],
                        max_length=20,
                        verbose_name="どの条",
                    ),
                ),
                ("mark", models.CharField(blank=True, max_length=16, verbose_name="条の印")),
                ("text", models.TextField(blank=True, verbose_name="そのときの文")),
                (
                    "asked",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), verbose_name="確かめる主体"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "確かめるのを待っています"),
                            ("confirmed", "そのとおりと確かめました"),
                            ("different", "ちがうところがありました"),
                            ("withdrawn", "取り下げました"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状態",
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="返事がそろった日時"),
                ),
            ],
            options={
                "verbose_name": "受けとり",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("asked__len__gt", 0)), name="restatement_asks_somebody"
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="message",
            name="message_answers_a_question",
        ),
        migrations.AlterField(
            model_name="message",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="collaborations.message",
                verbose_name="返事のもと",
            ),
        ),
        migrations.AlterField(
            model_name="message",
            name="kind",
            field=models.CharField(
                choices=[
                    ("remark", "話"),
                    ("question", "質問"),
                    ("answer", "答え"),
                    ("declined", "答えない返事"),
                    ("restated", "受けとり"),
                    ("confirmed", "そのとおり"),
                    ("different", "ちがうところ"),
                ],
                default="remark",
                max_length=10,
                verbose_name="種類",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("answers__isnull", False),
                        ("kind__in", ["answer", "declined", "confirmed", "different"]),
                    ),
                    models.Q(("answers__isnull", True), ("kind__in", ["remark", "question", "restated"])),
                    _connector="OR",
                ),
                name="message_replies_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ["declined", "confirmed", "different"])),
                fields=("answers", "party"),
                name="message_one_reply_of_a_party",
            ),
        ),
        migrations.AddField(
            model_name="question",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
                verbose_name="返事をした主体",
            ),
        ),
        migrations.AddField(
            model_name="restatement",
            name="about",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="restatements",
                to="collaborations.message",
                verbose_name="どの発言",
            ),
        ),
        migrations.AddField(
            model_name="restatement",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="parties.party",
                verbose_name="最後に返事をした主体",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("settled_by__isnull", True), ("status", "open")),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        ("status__in", ["answered", "declined", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="question_is_settled_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="restatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("about__isnull", False), ("clause", ""), ("mark", ""), ("text", "")),
                    models.Q(
                        ("about__isnull", True),
                        models.Q(("clause", ""), _negated=True),
                        models.Q(("mark", ""), _negated=True),
                        models.Q(("text", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="restatement_is_about_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="restatement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True), ("settled_by__isnull", True), ("status", "waiting")
                    ),
                    models.Q(
                        ("settled_at__isnull", False),
                        ("settled_by__isnull", False),
                        ("status__in", ["confirmed", "different", "withdrawn"]),
                    ),
                    _connector="OR",
                ),
                name="restatement_is_settled_by_somebody",
            ),
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
        migrations.RunSQL(ASKED_BEFORE, migrations.RunSQL.noop),
    ]
