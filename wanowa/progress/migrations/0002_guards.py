"""Let the database itself keep what was reported: numbers and moves as they are, notes until they are taken back."""

from django.db import migrations

STEPS = """
CREATE FUNCTION progress_in_force(collaboration bigint, version bigint) RETURNS boolean STABLE LANGUAGE sql AS $$
  SELECT EXISTS (
    SELECT 1 FROM collaborations_version v
    WHERE v.id = version AND v.collaboration_id = collaboration AND v.in_force_at IS NOT NULL
  )
$$;
CREATE FUNCTION progress_measurement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'a number is corrected by another one, never changed';
  END IF;
  IF NOT progress_in_force(NEW.collaboration_id, NEW.version_id) THEN
    RAISE EXCEPTION 'a goal belongs to a version in force of its collaboration';
  END IF;
  IF NEW.instead_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM progress_measurement m WHERE m.id = NEW.instead_id
      AND m.collaboration_id = NEW.collaboration_id AND m.goal = NEW.goal
  ) THEN
    RAISE EXCEPTION 'a number is corrected by one of the same goal';
  END IF;
  IF EXISTS (
    SELECT 1 FROM progress_measurement m
    WHERE m.collaboration_id = NEW.collaboration_id AND m.goal = NEW.goal AND m."on" = NEW."on"
      AND m.id IS DISTINCT FROM NEW.instead_id
      AND NOT EXISTS (SELECT 1 FROM progress_measurement c WHERE c.instead_id = m.id)
  ) THEN
    RAISE EXCEPTION 'a goal has one number a day';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER progress_measurement_guard BEFORE INSERT OR UPDATE OR DELETE ON progress_measurement
FOR EACH ROW EXECUTE FUNCTION progress_measurement_guard();
CREATE TRIGGER progress_measurement_no_truncate BEFORE TRUNCATE ON progress_measurement
FOR EACH STATEMENT EXECUTE FUNCTION progress_measurement_guard();
"""

MOVES = """
CREATE FUNCTION progress_move_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE before integer;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'a move is followed by another one, never changed';
  END IF;
  IF NOT progress_in_force(NEW.collaboration_id, NEW.version_id) THEN
    RAISE EXCEPTION 'a task belongs to a version in force of its collaboration';
  END IF;
  SELECT coalesce(max(m.turn), 0) INTO before FROM progress_move m
  WHERE m.collaboration_id = NEW.collaboration_id AND m.task = NEW.task;
  IF NEW.turn <> before + 1 THEN
    RAISE EXCEPTION 'moves are numbered one after the other';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER progress_move_guard BEFORE INSERT OR UPDATE OR DELETE ON progress_move
FOR EACH ROW EXECUTE FUNCTION progress_move_guard();
CREATE TRIGGER progress_move_no_truncate BEFORE TRUNCATE ON progress_move
FOR EACH STATEMENT EXECUTE FUNCTION progress_move_guard();
"""

NOTES = """
CREATE FUNCTION progress_note_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a note is taken back, never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.withdrawn_at IS NOT NULL THEN
      RAISE EXCEPTION 'a note begins readable';
    END IF;
    IF NOT progress_in_force(NEW.collaboration_id, NEW.version_id) THEN
      RAISE EXCEPTION 'an outcome belongs to a version in force of its collaboration';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
     OR (NEW.id, NEW.collaboration_id, NEW.version_id, NEW.place, NEW.party_id, NEW.person_id, NEW.entry, NEW.at,
         NEW.outcome, NEW."on", NEW.count, NEW.consented, NEW.public, NEW.photo_digest, NEW.photo_type)
        IS DISTINCT FROM
        (OLD.id, OLD.collaboration_id, OLD.version_id, OLD.place, OLD.party_id, OLD.person_id, OLD.entry, OLD.at,
         OLD.outcome, OLD."on", OLD.count, OLD.consented, OLD.public, OLD.photo_digest, OLD.photo_type) THEN
    RAISE EXCEPTION 'a note can only be taken back, once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER progress_note_guard BEFORE INSERT OR UPDATE OR DELETE ON progress_note
FOR EACH ROW EXECUTE FUNCTION progress_note_guard();
CREATE TRIGGER progress_note_no_truncate BEFORE TRUNCATE ON progress_note
FOR EACH STATEMENT EXECUTE FUNCTION progress_note_guard();
"""

REMOVE = """
DROP TRIGGER progress_measurement_guard ON progress_measurement;
DROP TRIGGER progress_measurement_no_truncate ON progress_measurement;
DROP FUNCTION progress_measurement_guard();
DROP TRIGGER progress_move_guard ON progress_move;
DROP TRIGGER progress_move_no_truncate ON progress_move;
DROP FUNCTION progress_move_guard();
DROP TRIGGER progress_note_guard ON progress_note;
DROP TRIGGER progress_note_no_truncate ON progress_note;
DROP FUNCTION progress_note_guard();
DROP FUNCTION progress_in_force(bigint, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("progress", "0001_initial"), ("collaborations", "0003_measures")]
    operations = [migrations.RunSQL(STEPS + MOVES + NOTES, REMOVE)]
