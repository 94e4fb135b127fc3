"""A round opens with somebody who judges, takes nothing early, drops no proposal, and ends, judged or not."""

from collections.abc import Sequence
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_HERE = "wanowa.proposals.migrations"


def _function(source: str, name: str) -> str:
    """Return the text of one trigger function out of an older migration, to replace the one that stands."""
    text = source[source.index(f"FUNCTION {name}(") :]
    return f"CREATE OR REPLACE {text[: text.index('END $$;')]}END $$;\n"


def _changed(text: str, changes: Sequence[tuple[str, str]]) -> str:
    for before, after in changes:
        if before not in text:
            raise ValueError(before)
        text = text.replace(before, after)
    return text


_ROUND = import_module(f"{_HERE}.0006_past_rounds")._function(
    import_module(f"{_HERE}.0006_past_rounds").BEGINS
)
_PROPOSAL = _function(import_module(f"{_HERE}.0002_guards").PROPOSALS, "proposals_proposal_guard")
BEFORE = _ROUND + _PROPOSAL
_MOVES = """'matching submitted', 'matching withdrawn', 'matching carried', 'matching outside',
    'carried withdrawn', 'outside withdrawn',"""
_EARLY = """    IF (NEW.submitted_at AT TIME ZONE 'Asia/Tokyo')::date < first THEN
      RAISE EXCEPTION 'the round takes proposals from % on', first;
    END IF;
    IF state <> 'open' OR (NEW.submitted_at"""
GUARDS = _changed(
    _ROUND,
    [("'judging decided', 'decided finished'", "'judging decided', 'judging finished', 'decided finished'")],
) + _changed(
    _PROPOSAL,
    [
        ("DECLARE state text; last date;", "DECLARE state text; first date; last date;"),
        ("NEW.seed_id, NEW.demonstration)", "NEW.seed_id, NEW.earlier_id, NEW.demonstration)"),
        ("OLD.seed_id, OLD.demonstration)", "OLD.seed_id, OLD.earlier_id, OLD.demonstration)"),
        ("'matching submitted', 'matching withdrawn',", _MOVES),
        (
            "SELECT r.status, s.ends_on INTO state, last",
            "SELECT r.status, s.starts_on, s.ends_on INTO state, first, last",
        ),
        ("    IF state <> 'open' OR (NEW.submitted_at", _EARLY),
    ],
)

LEADING_ON = """
CREATE FUNCTION proposals_round_leads_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status = 'open' AND NOT EXISTS (SELECT 1 FROM proposals_reviewer r WHERE r.round_id = NEW.id) THEN
    RAISE EXCEPTION 'a round opens with somebody who judges';
  END IF;
  IF NEW.status = 'finished' AND OLD.status = 'judging' AND (
     EXISTS (SELECT 1 FROM proposals_proposal p WHERE p.round_id = NEW.id
       AND p.status IN ('matching', 'submitted', 'returned', 'review'))
     OR EXISTS (SELECT 1 FROM proposals_judging j WHERE j.round_id = NEW.id AND j.phase <> 'checking')) THEN
    RAISE EXCEPTION 'a proposal of the round is still under way';
  END IF;
  IF NEW.status = 'finished' AND OLD.status = 'decided' AND EXISTS (SELECT 1 FROM proposals_award a
     JOIN proposals_proposal p ON p.id = a.proposal_id
     WHERE p.round_id = NEW.id AND a.status IN ('waiting', 'reduced')) THEN
    RAISE EXCEPTION 'something adopted in the round still waits';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_round_leads_on BEFORE UPDATE ON proposals_round
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION proposals_round_leads_on();

CREATE FUNCTION proposals_judging_leads_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM proposals_reviewer r WHERE r.round_id = NEW.round_id) THEN
    RAISE EXCEPTION 'nobody judges in this round';
  END IF;
  IF EXISTS (SELECT 1 FROM proposals_proposal p WHERE p.round_id = NEW.round_id
     AND p.status IN ('matching', 'submitted', 'returned')) THEN
    RAISE EXCEPTION 'nothing has been said about a proposal of the round';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_judging_leads_on BEFORE UPDATE ON proposals_judging
FOR EACH ROW WHEN (OLD.phase = 'checking' AND NEW.phase = 'scoring') EXECUTE FUNCTION proposals_judging_leads_on();
"""
NO_LEADING_ON = """
DROP TRIGGER proposals_round_leads_on ON proposals_round;
DROP FUNCTION proposals_round_leads_on();
DROP TRIGGER proposals_judging_leads_on ON proposals_judging;
DROP FUNCTION proposals_judging_leads_on();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("parties", "0002_promises"),
        ("proposals", "0007_erasure_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="proposal",
            name="scheme_proposal_status_is_known",
        ),
        migrations.AddField(
            model_name="proposal",
            name="earlier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="later",
                to="proposals.proposal",
                verbose_name="前の募集の提案",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="onward",
            field=models.CharField(
                blank=True,
                choices=[
                    ("judge", "このまま審査する（相手は、始まるまでにさがします）"),
                    ("carry", "次の募集に回す（書いた文は、そのまま使えます）"),
                    ("talk", "募集の外で、協働推進員と話をつづける"),
                ],
                db_default="",
                default="",
                max_length=8,
                verbose_name="相手がいないときのこのあと",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="onward_reason",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="このあとのわけ"),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "下書き"),
                    ("matching", "受付済み・相手さがし"),
                    ("submitted", "受付済み"),
                    ("returned", "書きたしのお願い"),
                    ("review", "審査中"),
                    ("adopted", "採択（予算待ち）"),
                    ("declined", "不採択"),
                    ("started", "協働の取組になりました"),
                    ("cancelled", "実施しないことになりました"),
                    ("withdrawn", "取り下げ"),
                    ("carried", "次の募集へ"),
                    ("outside", "募集の外で話しています"),
                ],
                default="draft",
                max_length=10,
                verbose_name="状態",
            ),
        ),
        migrations.AlterField(
            model_name="round",
            name="reason",
            field=models.TextField(blank=True, verbose_name="とりやめや、審査せずに終えたわけ"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "draft",
                            "matching",
                            "submitted",
                            "returned",
                            "review",
                            "adopted",
                            "declined",
                            "started",
                            "cancelled",
                            "withdrawn",
                            "carried",
                            "outside",
                        ],
                    )
                ),
                name="scheme_proposal_status_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(fields=("earlier",), name="scheme_proposal_goes_on_once"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("onward", ""), ("onward__in", ["judge", "carry", "talk"]), _connector="OR"
                ),
                name="scheme_proposal_onward_is_known",
            ),
        ),
        migrations.RunSQL(GUARDS, BEFORE),
        migrations.RunSQL(LEADING_ON, NO_LEADING_ON),
    ]
