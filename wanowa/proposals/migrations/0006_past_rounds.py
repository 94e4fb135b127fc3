"""A round that was held before Wanowa: a row without rules and calendar; the database takes it in no other shape."""

from django.db import migrations, models

BEGAN = """
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'a round begins as a draft';
    END IF;
"""
BEGINS = """
    IF NEW.status = 'past' THEN
      IF coalesce(NEW.cap, NEW.frame, NEW.places, NEW.copied_from_id) IS NOT NULL
         OR coalesce(NEW.opened_at, NEW.closed_at) IS NOT NULL
         OR NEW.questions || NEW.papers || NEW.conflicts || NEW.shown <> '{}' OR NEW.intro || NEW.fingerprint <> '' THEN
        RAISE EXCEPTION 'a round that was held before Wanowa has no rules here';
      END IF;
    ELSIF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'a round begins as a draft';
    END IF;
"""


def _function(begins: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION proposals_round_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'rounds are never deleted';
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'draft' THEN
      RAISE EXCEPTION 'a round that was opened is never deleted';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
{begins.strip()}
    RETURN NEW;
  END IF;
  IF OLD.status <> 'draft' AND
     (NEW.fiscal_year, NEW.number, NEW.title, NEW.intro, NEW.kinds, NEW.questions, NEW.papers, NEW.cap, NEW.frame,
      NEW.places, NEW.blind, NEW.conflicts, NEW.shown, NEW.copied_from_id, NEW.fingerprint, NEW.opened_at)
     IS DISTINCT FROM
     (OLD.fiscal_year, OLD.number, OLD.title, OLD.intro, OLD.kinds, OLD.questions, OLD.papers, OLD.cap, OLD.frame,
      OLD.places, OLD.blind, OLD.conflicts, OLD.shown, OLD.copied_from_id, OLD.fingerprint, OLD.opened_at) THEN
    RAISE EXCEPTION 'the rules of an open round are frozen';
  END IF;
  IF NEW.status <> OLD.status AND OLD.status || ' ' || NEW.status NOT IN (
    'draft open', 'draft called_off', 'open judging', 'open called_off', 'judging decided', 'decided finished'
  ) THEN
    RAISE EXCEPTION 'no round goes from % to %', OLD.status, NEW.status;
  END IF;
  IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
    RAISE EXCEPTION 'a round closes once';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("proposals", "0005_recordings"),
    ]

    operations = [
        migrations.RunSQL(_function(BEGINS), _function(BEGAN)),
        migrations.RemoveConstraint(
            model_name="round",
            name="scheme_round_status_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="round",
            name="scheme_round_opened_with_a_fingerprint",
        ),
        migrations.AlterField(
            model_name="round",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "準備中"),
                    ("open", "募集中"),
                    ("judging", "審査中"),
                    ("decided", "結果発表"),
                    ("finished", "終わり"),
                    ("called_off", "とりやめ"),
                    ("past", "終わり（わのわの前）"),
                ],
                default="draft",
                max_length=12,
                verbose_name="状態",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "open", "judging", "decided", "finished", "called_off", "past"])
                ),
                name="scheme_round_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "called_off", "past"]),
                    models.Q(("opened_at__isnull", False), models.Q(("fingerprint", ""), _negated=True)),
                    _connector="OR",
                ),
                name="scheme_round_opened_with_a_fingerprint",
            ),
        ),
    ]
