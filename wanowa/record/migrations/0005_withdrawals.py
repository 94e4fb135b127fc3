"""A value kept back goes exactly when an entry says so: not before, not without, and then for good.

`record_opening_goes` lets the row of a value go only while a `record.value.redacted` entry of the same case names it;
`record_opening_stays_away` refuses to put it back; `record_redaction_done` refuses, at commit, an entry that says a
value was redacted while it is still there. Statistics about values and salts are switched off: ANALYZE would copy
some of them into the catalogue, where they would outlive the row.
"""

import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models import F, Q

GUARDS = """
CREATE FUNCTION record_is_redacted(entry bigint, name text) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM record_entry AS kept JOIN record_entry AS told ON told."case" = kept."case"
        WHERE kept.id = entry AND told.verb = 'record.value.redacted'
            AND (told.facts -> 'target') = to_jsonb(kept.number) AND (told.facts -> 'field') = to_jsonb(name)
    )
$$;

CREATE FUNCTION record_guard_opening() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF NOT record_is_redacted(OLD.entry_id, OLD.field) THEN
            RAISE EXCEPTION 'no entry says that % of entry % was redacted', OLD.field, OLD.entry_id;
        END IF;
        RETURN OLD;
    END IF;
    IF record_is_redacted(NEW.entry_id, NEW.field) THEN
        RAISE EXCEPTION '% of entry % was redacted', NEW.field, NEW.entry_id;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_opening_goes BEFORE DELETE ON record_opening
    FOR EACH ROW EXECUTE FUNCTION record_guard_opening();
CREATE TRIGGER record_opening_stays_away BEFORE INSERT ON record_opening
    FOR EACH ROW EXECUTE FUNCTION record_guard_opening();

CREATE FUNCTION record_require_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM record_entry AS kept JOIN record_opening AS opening ON opening.entry_id = kept.id
        WHERE kept."case" = NEW."case" AND to_jsonb(kept.number) = (NEW.facts -> 'target')
            AND to_jsonb(opening.field::text) = (NEW.facts -> 'field')
    ) THEN
        RAISE EXCEPTION 'entry % of % says redacted, but the value is there', NEW.number, NEW."case";
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER record_redaction_done AFTER INSERT ON record_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.verb = 'record.value.redacted')
    EXECUTE FUNCTION record_require_redacted();

ALTER TABLE record_opening ALTER COLUMN value SET STATISTICS 0, ALTER COLUMN salt SET STATISTICS 0;
"""

NO_GUARDS = """
ALTER TABLE record_opening ALTER COLUMN value SET STATISTICS DEFAULT, ALTER COLUMN salt SET STATISTICS DEFAULT;
DROP TRIGGER record_redaction_done ON record_entry;
DROP TRIGGER record_opening_stays_away ON record_opening;
DROP TRIGGER record_opening_goes ON record_opening;
DROP FUNCTION record_require_redacted();
DROP FUNCTION record_guard_opening();
DROP FUNCTION record_is_redacted(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0004_entry_format")]
    operations = [
        migrations.AddIndex(
            "entry",
            models.Index(
                "case",
                F("facts__target"),
                condition=Q(
                    verb__in=("record.value.redacted", "record.entry.hidden", "record.entry.corrected")
                ),
                name="record_entry_about",
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.UniqueConstraint(
                "case",
                F("facts__target"),
                F("facts__field"),
                condition=Q(verb="record.value.redacted"),
                name="record_value_redacted_once",
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.UniqueConstraint(
                "case",
                F("facts__target"),
                condition=Q(verb="record.entry.hidden"),
                name="record_entry_hidden_once",
            ),
        ),
        migrations.AddIndex(
            "opening",
            django.contrib.postgres.indexes.HashIndex(fields=["value"], name="record_opening_value"),
        ),
        migrations.RunSQL(GUARDS, NO_GUARDS),
    ]
