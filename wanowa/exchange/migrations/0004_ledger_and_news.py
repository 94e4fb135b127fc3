"""A listing may count in the ledger of a collaboration, and remembers of whom its party heard."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

GUARD = """
CREATE FUNCTION exchange_pledge_ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.settled_at IS NOT NULL AND NEW.amount IS DISTINCT FROM OLD.amount THEN
    RAISE EXCEPTION 'a settled pledge is immutable';
  END IF;
  IF NEW.entry_id IS DISTINCT FROM OLD.entry_id AND (OLD.entry_id IS NOT NULL OR NEW.status <> 'done') THEN
    RAISE EXCEPTION 'what was done is written into a ledger once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_pledge_ledger_guard BEFORE UPDATE ON exchange_pledge
FOR EACH ROW EXECUTE FUNCTION exchange_pledge_ledger_guard();
"""
REMOVE = """
DROP TRIGGER exchange_pledge_ledger_guard ON exchange_pledge;
DROP FUNCTION exchange_pledge_ledger_guard();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("collaborations", "0004_understanding"),
        ("contributions", "0002_guards"),
        ("exchange", "0003_suggestions"),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="collaboration",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="listings",
                to="collaborations.collaboration",
                verbose_name="どの取組のためか",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="heard",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), blank=True, default=list, verbose_name="知らせた相手"
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="heard_on",
            field=models.DateField(blank=True, null=True, verbose_name="相手を知らせた日"),
        ),
        migrations.AddField(
            model_name="pledge",
            name="amount",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="渡した数"),
        ),
        migrations.AddField(
            model_name="pledge",
            name="entry",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="contributions.contribution",
                verbose_name="出しあいの記録",
            ),
        ),
        migrations.RunSQL(GUARD, REMOVE),
    ]
