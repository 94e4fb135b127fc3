"""Answers used again: two people for each wording, and what was released stays as it was."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION consultations_wording_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.released_at IS NOT NULL AND (
    (OLD.question, OLD.answer, OLD.category, OLD.released_at, OLD.advice_id)
    IS DISTINCT FROM (NEW.question, NEW.answer, NEW.category, NEW.released_at, NEW.advice_id)
    OR (NEW.proposed_by_id IS NOT NULL AND NEW.proposed_by_id IS DISTINCT FROM OLD.proposed_by_id)
    OR (NEW.released_by_id IS NOT NULL AND NEW.released_by_id IS DISTINCT FROM OLD.released_by_id)
  ) THEN
    RAISE EXCEPTION 'what was released stays as it was; write the next wording';
  END IF;
  IF NEW.released_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.released_at IS NULL)
    AND (NEW.proposed_by_id IS NULL OR NEW.released_by_id IS NULL OR NEW.proposed_by_id = NEW.released_by_id)
  THEN
    RAISE EXCEPTION 'what one person wrote another releases';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consultations_wording_guard BEFORE INSERT OR UPDATE ON consultations_wording
FOR EACH ROW EXECUTE FUNCTION consultations_wording_guard();
"""

REMOVE = """
DROP TRIGGER consultations_wording_guard ON consultations_wording;
DROP FUNCTION consultations_wording_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0002_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Advice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="作成日時")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="更新日時")),
                ("checked_on", models.DateField(blank=True, null=True, verbose_name="正しいと確かめた日")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="取り下げた日時")),
                ("withdrawal", models.CharField(blank=True, max_length=400, verbose_name="取り下げたわけ")),
                ("demonstration", models.BooleanField(default=False, verbose_name="お試し用")),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="確かめた人",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="取り下げた人",
                    ),
                ),
            ],
            options={
                "verbose_name": "よくある相談",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawal", ""), _negated=True),
                            _connector="XOR",
                        ),
                        name="advice_withdrawn_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("proposed", "もうひとりの確かめを待っています"),
                            ("released", "公開しています"),
                            ("replaced", "前の文"),
                        ],
                        default="proposed",
                        max_length=8,
                        verbose_name="状態",
                    ),
                ),
                ("question", models.CharField(max_length=600, verbose_name="質問")),
                ("answer", models.TextField(verbose_name="答え")),
                ("category", models.CharField(max_length=40, verbose_name="相談の種類")),
                ("proposed_at", models.DateTimeField(verbose_name="書いた日時")),
                ("released_at", models.DateTimeField(blank=True, null=True, verbose_name="公開した日時")),
                (
                    "advice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wordings",
                        to="consultations.advice",
                        verbose_name="よくある相談",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="書いた人",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="公開した人",
                    ),
                ),
            ],
            options={
                "verbose_name": "よくある相談の文",
                "ordering": ("-id",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("stage__in", ["proposed", "released", "replaced"])),
                        name="wording_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("released_by__isnull", True),
                            ("proposed_by__isnull", True),
                            models.Q(("proposed_by", models.F("released_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="wording_needs_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "released"), _negated=True),
                            ("released_at__isnull", False),
                            _connector="OR",
                        ),
                        name="wording_is_released_at_a_moment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "released")),
                        fields=("advice",),
                        name="wording_released_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("stage", "proposed")),
                        fields=("advice",),
                        name="wording_waits_once",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, REMOVE),
    ]
