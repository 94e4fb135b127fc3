"""Let the database refuse a case whose owner cannot hold it, and anybody's leaving who still holds one."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION consultations_able(person bigint, department bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (
    SELECT 1 FROM people_user u
    WHERE u.id = person AND u.is_active AND CASE
      WHEN department IS NULL THEN u.is_coordinator
      ELSE EXISTS (
        SELECT 1 FROM parties_membership m
        WHERE m.party_id = department AND m.person_id = person AND m.role IN ('representative', 'member')
          AND (m.until IS NULL OR m.until >= (now() AT TIME ZONE 'Asia/Tokyo')::date)
      ) END
  )
$$;

CREATE FUNCTION consultations_case_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'closed' AND NOT consultations_able(NEW.owner_id, NEW.department_id) THEN
    RAISE EXCEPTION 'an open case belongs to somebody who can hold it';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consultations_case_made BEFORE INSERT ON consultations_case
FOR EACH ROW EXECUTE FUNCTION consultations_case_guard();
CREATE TRIGGER consultations_case_passed BEFORE UPDATE ON consultations_case
FOR EACH ROW WHEN (
  (OLD.owner_id, OLD.department_id) IS DISTINCT FROM (NEW.owner_id, NEW.department_id)
  OR (OLD.status = 'closed' AND NEW.status <> 'closed')
)
EXECUTE FUNCTION consultations_case_guard();

CREATE FUNCTION consultations_leaver_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM consultations_case c
    WHERE c.owner_id = NEW.id AND c.status <> 'closed' AND NOT consultations_able(c.owner_id, c.department_id)
  ) THEN
    RAISE EXCEPTION 'whoever holds an open case hands it over before she goes';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER consultations_leaver_guard AFTER UPDATE ON people_user
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW WHEN (
  (OLD.is_active AND NOT NEW.is_active) OR (OLD.is_coordinator AND NOT NEW.is_coordinator)
)
EXECUTE FUNCTION consultations_leaver_guard();

CREATE FUNCTION consultations_term_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT 1 FROM consultations_case c
    WHERE c.owner_id = OLD.person_id AND c.department_id = OLD.party_id AND c.status <> 'closed'
      AND NOT consultations_able(c.owner_id, c.department_id)
  ) THEN
    RAISE EXCEPTION 'whoever holds an open case for a department hands it over before her term ends';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER consultations_term_guard AFTER UPDATE OR DELETE ON parties_membership
DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION consultations_term_guard();
"""

REMOVE = """
DROP TRIGGER consultations_term_guard ON parties_membership;
DROP FUNCTION consultations_term_guard();
DROP TRIGGER consultations_leaver_guard ON people_user;
DROP FUNCTION consultations_leaver_guard();
DROP TRIGGER consultations_case_passed ON consultations_case;
DROP TRIGGER consultations_case_made ON consultations_case;
DROP FUNCTION consultations_case_guard();
DROP FUNCTION consultations_able(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_desk")]
    operations = [migrations.RunSQL(GUARDS, REMOVE)]
