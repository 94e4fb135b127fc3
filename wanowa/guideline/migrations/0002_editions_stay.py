"""Let the database itself keep editions as they were loaded: whole, in order, and for ever."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION guideline_edition_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'an edition of the guideline never changes';
  END IF;
  IF NEW.number <> 1 + coalesce((SELECT max(number) FROM guideline_edition), 0) THEN
    RAISE EXCEPTION 'editions are numbered in order';
  END IF;
  IF NEW.fingerprint !~ '^[0-9a-f]{64}$' OR NEW.source_digest !~ '^[0-9a-f]{64}$' THEN
    RAISE EXCEPTION 'an edition has fingerprints';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guideline_edition_guard BEFORE INSERT OR UPDATE OR DELETE ON guideline_edition
FOR EACH ROW EXECUTE FUNCTION guideline_edition_guard();
CREATE TRIGGER guideline_edition_no_truncate BEFORE TRUNCATE ON guideline_edition
FOR EACH STATEMENT EXECUTE FUNCTION guideline_edition_guard();

CREATE FUNCTION guideline_edition_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.length <> (SELECT count(*) FROM guideline_section WHERE edition_id = NEW.id) THEN
    RAISE EXCEPTION 'an edition is loaded whole or not at all';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER guideline_edition_whole AFTER INSERT ON guideline_edition
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guideline_edition_whole();

CREATE FUNCTION guideline_section_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'a section of the guideline never changes';
  END IF;
  IF NEW.position NOT BETWEEN 1 AND (SELECT length FROM guideline_edition WHERE id = NEW.edition_id) THEN
    RAISE EXCEPTION 'a section stands in its edition';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guideline_section_guard BEFORE INSERT OR UPDATE OR DELETE ON guideline_section
FOR EACH ROW EXECUTE FUNCTION guideline_section_guard();
CREATE TRIGGER guideline_section_no_truncate BEFORE TRUNCATE ON guideline_section
FOR EACH STATEMENT EXECUTE FUNCTION guideline_section_guard();
"""

BACKWARD = """
DROP TRIGGER guideline_section_no_truncate ON guideline_section;
DROP TRIGGER guideline_section_guard ON guideline_section;
DROP TRIGGER guideline_edition_whole ON guideline_edition;
DROP TRIGGER guideline_edition_no_truncate ON guideline_edition;
DROP TRIGGER guideline_edition_guard ON guideline_edition;
DROP FUNCTION guideline_section_guard();
DROP FUNCTION guideline_edition_whole();
DROP FUNCTION guideline_edition_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("guideline", "0001_edition")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
