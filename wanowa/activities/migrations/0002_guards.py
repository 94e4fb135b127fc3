"""Let the database itself refuse an end with open questions, a changed answer, and a word given for another side."""

from django.db import migrations

ACTIVITIES = """
CREATE FUNCTION activities_questions() RETURNS text[] IMMUTABLE LANGUAGE sql AS $$
  SELECT ARRAY['early', 'grounds', 'heard', 'everybody', 'replied', 'process', 'result']
$$;
CREATE FUNCTION activities_activity_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing text; kind text;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an activity is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT p.kind INTO kind FROM parties_party p WHERE p.id = NEW.party_id;
    IF (NEW.area = 'E') <> (kind = 'city') THEN
      RAISE EXCEPTION 'area E is the city''s own, area A everybody else''s';
    END IF;
    IF NEW.status <> 'going' THEN
      RAISE EXCEPTION 'an activity begins going';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.party_id, NEW.person_id, NEW.area)
     IS DISTINCT FROM
     (OLD.id, OLD.party_id, OLD.person_id, OLD.area) THEN
    RAISE EXCEPTION 'an activity stays with its party in its area';
  END IF;
  IF NEW.slug <> OLD.slug AND NOT (OLD.forgotten_at IS NULL AND NEW.forgotten_at IS NOT NULL) THEN
    RAISE EXCEPTION 'an address is stable until the words behind it are erased';
  END IF;
  IF OLD.status = 'ended' AND (NEW.status, NEW.ended_at) IS DISTINCT FROM (OLD.status, OLD.ended_at) THEN
    RAISE EXCEPTION 'an ended activity stays ended';
  END IF;
  IF NEW.status = 'ended' AND OLD.status <> 'ended' AND NEW.area = 'E' THEN
    SELECT q INTO missing FROM unnest(activities_questions()) AS asked(q) WHERE NOT EXISTS (
      SELECT 1 FROM activities_answer a WHERE a.activity_id = NEW.id AND a.question = q
    ) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'question % has no answer', missing;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activities_activity_guard BEFORE INSERT OR UPDATE OR DELETE ON activities_activity
FOR EACH ROW EXECUTE FUNCTION activities_activity_guard();
CREATE TRIGGER activities_activity_no_truncate BEFORE TRUNCATE ON activities_activity
FOR EACH STATEMENT EXECUTE FUNCTION activities_activity_guard();
"""

ANSWERS = """
CREATE FUNCTION activities_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE area text; before integer;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'an answer is corrected by the next one, never changed';
  END IF;
  IF NEW.activity_id IS NOT NULL THEN
    SELECT a.area INTO area FROM activities_activity a WHERE a.id = NEW.activity_id;
  ELSE
    SELECT c.area INTO area FROM collaborations_collaboration c WHERE c.id = NEW.collaboration_id;
  END IF;
  IF area IS DISTINCT FROM 'E' THEN
    RAISE EXCEPTION 'only area E answers these questions';
  END IF;
  SELECT coalesce(max(a.number), 0) INTO before FROM activities_answer a
  WHERE a.question = NEW.question
    AND (a.activity_id = NEW.activity_id OR a.collaboration_id = NEW.collaboration_id);
  IF NEW.number <> before + 1 THEN
    RAISE EXCEPTION 'answers are numbered one after the other';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activities_answer_guard BEFORE INSERT OR UPDATE OR DELETE ON activities_answer
FOR EACH ROW EXECUTE FUNCTION activities_answer_guard();
CREATE TRIGGER activities_answer_no_truncate BEFORE TRUNCATE ON activities_answer
FOR EACH STATEMENT EXECUTE FUNCTION activities_answer_guard();
"""

SUGGESTIONS = """
CREATE FUNCTION activities_suggestion_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE area text; kind text;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a suggestion is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT a.area INTO area FROM activities_activity a WHERE a.id = NEW.activity_id;
    SELECT p.kind INTO kind FROM parties_party p WHERE p.id = NEW.department_id;
    IF area IS DISTINCT FROM 'A' OR kind IS DISTINCT FROM 'city' THEN
      RAISE EXCEPTION 'a suggestion leads from area A to a department';
    END IF;
    IF NEW.status <> 'waiting' THEN
      RAISE EXCEPTION 'a suggestion begins waiting';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.activity_id, NEW.department_id, NEW.suggested_by_id, NEW.person_id)
     IS DISTINCT FROM
     (OLD.id, OLD.activity_id, OLD.department_id, OLD.suggested_by_id, OLD.person_id) THEN
    RAISE EXCEPTION 'a suggestion stays between its sides';
  END IF;
  IF OLD.status <> 'waiting' AND
     (NEW.status, NEW.settled_at, NEW.collaboration_id, NEW.owner_agreed_at, NEW.department_agreed_at)
     IS DISTINCT FROM
     (OLD.status, OLD.settled_at, OLD.collaboration_id, OLD.owner_agreed_at, OLD.department_agreed_at) THEN
    RAISE EXCEPTION 'a settled suggestion is immutable';
  END IF;
  IF (NEW.wish <> OLD.wish AND NEW.wish <> '') OR (NEW.reason <> OLD.reason AND NEW.reason <> '') THEN
    RAISE EXCEPTION 'the words of a suggestion are erased or stay';
  END IF;
  IF (OLD.owner_agreed_at IS NOT NULL AND NEW.owner_agreed_at IS DISTINCT FROM OLD.owner_agreed_at)
     OR (OLD.department_agreed_at IS NOT NULL
         AND NEW.department_agreed_at IS DISTINCT FROM OLD.department_agreed_at) THEN
    RAISE EXCEPTION 'a word once given is not moved';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activities_suggestion_guard BEFORE INSERT OR UPDATE OR DELETE ON activities_suggestion
FOR EACH ROW EXECUTE FUNCTION activities_suggestion_guard();
CREATE TRIGGER activities_suggestion_no_truncate BEFORE TRUNCATE ON activities_suggestion
FOR EACH STATEMENT EXECUTE FUNCTION activities_suggestion_guard();
"""

WATCHES = """
CREATE FUNCTION activities_watch_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE area text; kind text;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a watch is ended, never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT a.area INTO area FROM activities_activity a WHERE a.id = NEW.activity_id;
    SELECT p.kind INTO kind FROM parties_party p WHERE p.id = NEW.department_id;
    IF area IS DISTINCT FROM 'A' OR kind IS DISTINCT FROM 'city' THEN
      RAISE EXCEPTION 'a department watches area A';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.until IS NOT NULL OR NEW.until IS NULL
     OR (NEW.id, NEW.activity_id, NEW.department_id, NEW.since)
        IS DISTINCT FROM
        (OLD.id, OLD.activity_id, OLD.department_id, OLD.since) THEN
    RAISE EXCEPTION 'a watch can only be ended';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER activities_watch_guard BEFORE INSERT OR UPDATE OR DELETE ON activities_watch
FOR EACH ROW EXECUTE FUNCTION activities_watch_guard();
CREATE TRIGGER activities_watch_no_truncate BEFORE TRUNCATE ON activities_watch
FOR EACH STATEMENT EXECUTE FUNCTION activities_watch_guard();
"""

REMOVE = """
DROP TRIGGER activities_activity_guard ON activities_activity;
DROP TRIGGER activities_activity_no_truncate ON activities_activity;
DROP FUNCTION activities_activity_guard();
DROP TRIGGER activities_answer_guard ON activities_answer;
DROP TRIGGER activities_answer_no_truncate ON activities_answer;
DROP FUNCTION activities_answer_guard();
DROP TRIGGER activities_suggestion_guard ON activities_suggestion;
DROP TRIGGER activities_suggestion_no_truncate ON activities_suggestion;
DROP FUNCTION activities_suggestion_guard();
DROP TRIGGER activities_watch_guard ON activities_watch;
DROP TRIGGER activities_watch_no_truncate ON activities_watch;
DROP FUNCTION activities_watch_guard();
DROP FUNCTION activities_questions();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0001_initial"),
        ("collaborations", "0002_guards"),
        ("parties", "0002_promises"),
    ]
    operations = [migrations.RunSQL(ACTIVITIES + ANSWERS + SUGGESTIONS + WATCHES, REMOVE)]
