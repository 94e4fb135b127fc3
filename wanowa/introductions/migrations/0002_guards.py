"""Let the database itself refuse a meeting without two yeses, an answer that changes, and a way back."""

from django.db import migrations

INTRODUCTIONS = """
CREATE FUNCTION introductions_introduction_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE yeses integer;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status NOT IN ('asked', 'half') THEN
      RAISE EXCEPTION 'an introduction begins by asking';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.first_id, NEW.second_id, NEW.person_id, NEW.by_desk, NEW.answer_by)
     IS DISTINCT FROM (OLD.first_id, OLD.second_id, OLD.person_id, OLD.by_desk, OLD.answer_by) THEN
    RAISE EXCEPTION 'an introduction stays between its two parties';
  END IF;
  IF OLD.ended_on IS NOT NULL AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'an introduction that has ended stays so';
  END IF;
  IF NEW.met_at IS NOT NULL AND OLD.met_at IS NULL THEN
    SELECT count(*) INTO yeses FROM introductions_side s
      WHERE s.introduction_id = NEW.id AND s.reply = 'yes';
    IF yeses <> 2 THEN
      RAISE EXCEPTION 'two sides meet when both want to';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER introductions_introduction_guard BEFORE INSERT OR UPDATE ON introductions_introduction
FOR EACH ROW EXECUTE FUNCTION introductions_introduction_guard();
"""

SIDES = """
CREATE FUNCTION introductions_side_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.introduction_id, NEW.party_id, NEW.asked)
     IS DISTINCT FROM (OLD.introduction_id, OLD.party_id, OLD.asked) THEN
    RAISE EXCEPTION 'a side stays with its party';
  END IF;
  IF OLD.reply <> '' AND (NEW.reply, NEW.person_id) IS DISTINCT FROM (OLD.reply, OLD.person_id) THEN
    RAISE EXCEPTION 'a side answers once';
  END IF;
  IF OLD.key <> '' AND NEW.key NOT IN ('', OLD.key) THEN
    RAISE EXCEPTION 'a side gives once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER introductions_side_guard BEFORE UPDATE ON introductions_side
FOR EACH ROW EXECUTE FUNCTION introductions_side_guard();
"""

UNDO = """
DROP TRIGGER introductions_introduction_guard ON introductions_introduction;
DROP FUNCTION introductions_introduction_guard();
DROP TRIGGER introductions_side_guard ON introductions_side;
DROP FUNCTION introductions_side_guard();
"""


class Migration(migrations.Migration):
    """Adds two triggers."""

    dependencies = [("introductions", "0001_introductions")]

    operations = [migrations.RunSQL(INTRODUCTIONS + SIDES, UNDO)]
