"""Measures about entries of the record, and what the database itself refuses of them: no measure without everybody."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION collaborations_measure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a measure is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.settled IS NOT NULL OR NEW.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a measure begins open';
    END IF;
    IF 2 > (SELECT count(DISTINCT p) FROM unnest(NEW.concerned) AS asked(p)) THEN
      RAISE EXCEPTION 'a measure asks at least two parties';
    END IF;
    SELECT s.party_id INTO missing FROM collaborations_participation s
      WHERE s.collaboration_id = NEW.collaboration_id AND s.seat = 'seated' AND s.party_id <> ALL (NEW.concerned)
      LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % sits at the table but is not asked', missing;
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.settled IS NOT NULL OR OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a decided measure is immutable';
  END IF;
  IF (NEW.id, NEW.collaboration_id, NEW.target, NEW.remedy, NEW.field, NEW.ground, NEW.concerned, NEW.proposed,
      NEW.proposed_by_id, NEW.proposed_at)
     IS DISTINCT FROM
     (OLD.id, OLD.collaboration_id, OLD.target, OLD.remedy, OLD.field, OLD.ground, OLD.concerned, OLD.proposed,
      OLD.proposed_by_id, OLD.proposed_at) THEN
    RAISE EXCEPTION 'what is proposed never changes';
  END IF;
  IF (NEW.closed_at IS NULL) <> (NEW.closed_by_id IS NULL) THEN
    RAISE EXCEPTION 'somebody closes a measure at some moment';
  END IF;
  IF NEW.settled IS NOT NULL THEN
    SELECT p INTO missing FROM unnest(NEW.concerned) AS asked(p) WHERE NOT EXISTS (
      SELECT 1 FROM collaborations_assent a WHERE a.measure_id = NEW.id AND a.party_id = p
    ) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % has not said yes', missing;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collaborations_measure_guard BEFORE INSERT OR UPDATE OR DELETE ON collaborations_measure
FOR EACH ROW EXECUTE FUNCTION collaborations_measure_guard();
CREATE TRIGGER collaborations_measure_no_truncate BEFORE TRUNCATE ON collaborations_measure
FOR EACH STATEMENT EXECUTE FUNCTION collaborations_measure_guard();

CREATE FUNCTION collaborations_assent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE measure collaborations_measure%ROWTYPE;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'an assent stays';
  END IF;
  SELECT * INTO measure FROM collaborations_measure WHERE id = NEW.measure_id FOR SHARE;
  IF measure.settled IS NOT NULL OR measure.closed_at IS NOT NULL OR NEW.party_id <> ALL (measure.concerned) THEN
    RAISE EXCEPTION 'an assent is for an open measure, by a party it asks';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collaborations_assent_guard BEFORE INSERT OR UPDATE OR DELETE ON collaborations_assent
FOR EACH ROW EXECUTE FUNCTION collaborations_assent_guard();
CREATE TRIGGER collaborations_assent_no_truncate BEFORE TRUNCATE ON collaborations_assent
FOR EACH STATEMENT EXECUTE FUNCTION collaborations_assent_guard();
"""

NO_GUARDS = """
DROP TRIGGER collaborations_assent_no_truncate ON collaborations_assent;
DROP TRIGGER collaborations_assent_guard ON collaborations_assent;
DROP FUNCTION collaborations_assent_guard();
DROP TRIGGER collaborations_measure_no_truncate ON collaborations_measure;
DROP TRIGGER collaborations_measure_guard ON collaborations_measure;
DROP FUNCTION collaborations_measure_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0002_guards"),
        ("parties", "0002_promises"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Measure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("target", models.PositiveIntegerField(verbose_name="どの記録か")),
                (
                    "remedy",
                    models.CharField(
                        choices=[
                            ("correct", "訂正を足す"),
                            ("redact", "ことばを消す"),
                            ("hide", "見えなくする"),
                        ],
                        max_length=10,
                        verbose_name="見直し",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=60, verbose_name="消す値")),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("request", "本人の求め"),
                            ("law", "法令の定め"),
                            ("rights", "権利の侵害"),
                            ("withheld", "公開できない情報"),
                            ("error", "書きまちがい"),
                            ("expired", "要らなくなった情報"),
                        ],
                        max_length=10,
                        verbose_name="理由",
                    ),
                ),
                (
                    "concerned",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), verbose_name="賛成がいる主体"
                    ),
                ),
                ("proposed", models.PositiveIntegerField(verbose_name="提案の記録")),
                ("proposed_at", models.DateTimeField(verbose_name="提案した日時")),
                ("settled", models.PositiveIntegerField(blank=True, null=True, verbose_name="決まった記録")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="やめた日時")),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="やめた主体",
                    ),
                ),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="collaborations.collaboration",
                        verbose_name="取組",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="提案した主体",
                    ),
                ),
            ],
            options={
                "verbose_name": "記録の見直し",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collaboration", "proposed"), name="measure_proposal_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("closed_at__isnull", True), ("settled__isnull", True)),
                        fields=("collaboration", "target", "remedy", "field"),
                        name="measure_one_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("field", ""), ("ground", ""), ("remedy", "correct")),
                            models.Q(
                                ("field", ""),
                                ("ground__in", ("law", "rights", "withheld", "error")),
                                ("remedy", "hide"),
                            ),
                            models.Q(
                                ("ground__in", ("law", "rights", "withheld", "error")),
                                ("remedy", "redact"),
                                models.Q(("field", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_says_what_and_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled__isnull", True), ("closed_at__isnull", True), _connector="OR"
                        ),
                        name="measure_has_one_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="賛成した日時")),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="parties.party",
                        verbose_name="主体",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="賛成した人",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assents",
                        to="collaborations.measure",
                        verbose_name="見直し",
                    ),
                ),
            ],
            options={
                "verbose_name": "賛成",
                "constraints": [
                    models.UniqueConstraint(fields=("measure", "party"), name="assent_once_for_a_party"),
                    models.UniqueConstraint(fields=("measure", "person"), name="assent_one_person_one_party"),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
