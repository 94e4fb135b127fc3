"""What the database itself keeps: a party's address and kind never change, and a resident is one person."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION parties_party_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the slug and the kind of a party never change' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER parties_party_fixed BEFORE UPDATE OF slug, kind ON parties_party
    FOR EACH ROW WHEN (OLD.slug <> NEW.slug OR OLD.kind <> NEW.kind) EXECUTE FUNCTION parties_party_fixed();

CREATE FUNCTION parties_resident_alone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM parties_party WHERE id = NEW.party_id AND kind = 'resident') THEN
        RETURN NEW;
    END IF;
    IF NEW.role <> 'representative' OR EXISTS (
        SELECT 1 FROM parties_membership
        WHERE party_id = NEW.party_id AND person_id <> NEW.person_id AND id <> NEW.id
    ) THEN
        RAISE EXCEPTION 'a resident has one representative: the person' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER parties_resident_alone BEFORE INSERT OR UPDATE ON parties_membership
    FOR EACH ROW EXECUTE FUNCTION parties_resident_alone();
"""
BACKWARD = """
DROP TRIGGER parties_resident_alone ON parties_membership;
DROP FUNCTION parties_resident_alone();
DROP TRIGGER parties_party_fixed ON parties_party;
DROP FUNCTION parties_party_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("parties", "0001_party")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
