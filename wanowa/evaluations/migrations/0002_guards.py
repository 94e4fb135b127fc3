"""What the database itself refuses: an envelope before its time, another text than was promised, other goals."""

from django.db import migrations

ROUNDS = """
CREATE FUNCTION evaluations_round_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a round is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'proposed' THEN
      RAISE EXCEPTION 'a round begins as a proposal';
    END IF;
    IF 2 > (SELECT count(DISTINCT p) FROM unnest(NEW.concerned) AS asked(p)) THEN
      RAISE EXCEPTION 'a round asks at least two parties';
    END IF;
    SELECT s.party_id INTO missing FROM collaborations_participation s
      WHERE s.collaboration_id = NEW.collaboration_id AND s.seat = 'seated' AND s.party_id <> ALL (NEW.concerned)
      LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % sits at the table but is not asked', missing;
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.collaboration_id, NEW.number, NEW.occasion, NEW.since, NEW.until, NEW.deadline, NEW.version_id,
      NEW.concerned, NEW.questions, NEW.fingerprint, NEW.proposed_by_id, NEW.proposed_at)
     IS DISTINCT FROM
     (OLD.id, OLD.collaboration_id, OLD.number, OLD.occasion, OLD.since, OLD.until, OLD.deadline, OLD.version_id,
      OLD.concerned, OLD.questions, OLD.fingerprint, OLD.proposed_by_id, OLD.proposed_at) THEN
    RAISE EXCEPTION 'what a round asks, of whom and until when never changes';
  END IF;
  IF NEW.status = OLD.status THEN
    RAISE EXCEPTION 'a round only moves on';
  END IF;
  CASE OLD.status || ' ' || NEW.status
    WHEN 'proposed closed', 'revealed published' THEN
      NULL;
    WHEN 'proposed open' THEN
      SELECT p INTO missing FROM unnest(NEW.concerned) AS asked(p) WHERE NOT EXISTS (
        SELECT 1 FROM evaluations_agreement a WHERE a.round_id = NEW.id AND a.party_id = p
      ) LIMIT 1;
      IF FOUND THEN
        RAISE EXCEPTION 'party % has not agreed', missing;
      END IF;
    WHEN 'open revealed' THEN
      SELECT p INTO missing FROM unnest(NEW.concerned) AS asked(p) WHERE NOT EXISTS (
        SELECT 1 FROM evaluations_evaluation e WHERE e.round_id = NEW.id AND e.party_id = p
      ) LIMIT 1;
      IF FOUND AND (now() AT TIME ZONE 'Asia/Tokyo')::date <= NEW.deadline THEN
        RAISE EXCEPTION 'party % has not sealed, and there is still time', missing;
      END IF;
    ELSE
      RAISE EXCEPTION 'no round goes from % to %', OLD.status, NEW.status;
  END CASE;
  IF OLD.opened_at IS NOT NULL AND NEW.opened_at <> OLD.opened_at
     OR OLD.revealed_at IS NOT NULL AND NEW.revealed_at <> OLD.revealed_at THEN
    RAISE EXCEPTION 'the moments of a round never change';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_round_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_round
FOR EACH ROW EXECUTE FUNCTION evaluations_round_guard();
CREATE TRIGGER evaluations_round_no_truncate BEFORE TRUNCATE ON evaluations_round
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_round_guard();
"""

ADDED_ONLY = """
CREATE FUNCTION evaluations_added_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE round evaluations_round%ROWTYPE;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'what is in % stays', TG_TABLE_NAME;
  END IF;
  IF TG_TABLE_NAME <> 'evaluations_yardstick' THEN
    SELECT * INTO round FROM evaluations_round WHERE id = NEW.round_id FOR SHARE;
    IF NEW.party_id <> ALL (round.concerned) THEN
      RAISE EXCEPTION 'party % is not asked in this round', NEW.party_id;
    END IF;
    IF TG_TABLE_NAME = 'evaluations_agreement' AND round.status <> 'proposed' THEN
      RAISE EXCEPTION 'there is nothing to agree to any more';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_yardstick_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_yardstick
FOR EACH ROW EXECUTE FUNCTION evaluations_added_only();
CREATE TRIGGER evaluations_yardstick_no_truncate BEFORE TRUNCATE ON evaluations_yardstick
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_added_only();
CREATE TRIGGER evaluations_agreement_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_agreement
FOR EACH ROW EXECUTE FUNCTION evaluations_added_only();
CREATE TRIGGER evaluations_agreement_no_truncate BEFORE TRUNCATE ON evaluations_agreement
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_added_only();
CREATE TRIGGER evaluations_writer_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_writer
FOR EACH ROW EXECUTE FUNCTION evaluations_added_only();
CREATE TRIGGER evaluations_writer_no_truncate BEFORE TRUNCATE ON evaluations_writer
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_added_only();
"""

DRAFTS = """
CREATE FUNCTION evaluations_draft_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE round evaluations_round%ROWTYPE;
BEGIN
  SELECT * INTO round FROM evaluations_round WHERE id = NEW.round_id FOR SHARE;
  IF round.status <> 'open' OR NEW.party_id <> ALL (round.concerned) OR EXISTS (
    SELECT 1 FROM evaluations_evaluation e WHERE e.round_id = NEW.round_id AND e.party_id = NEW.party_id
  ) THEN
    RAISE EXCEPTION 'nothing more is written after the seal';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_draft_guard BEFORE INSERT OR UPDATE ON evaluations_draft
FOR EACH ROW EXECUTE FUNCTION evaluations_draft_guard();
"""

EVALUATIONS = """
CREATE FUNCTION evaluations_evaluation_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE round evaluations_round%ROWTYPE;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an evaluation is never deleted';
  END IF;
  SELECT * INTO round FROM evaluations_round WHERE id = NEW.round_id FOR SHARE;
  IF TG_OP = 'INSERT' THEN
    IF round.status <> 'open' OR NEW.party_id <> ALL (round.concerned)
       OR (NEW.sealed_at AT TIME ZONE 'Asia/Tokyo')::date > round.deadline THEN
      RAISE EXCEPTION 'an evaluation is sealed while its round is open, by a party it asks';
    END IF;
    IF NEW.content IS NOT NULL OR NEW.forgotten_at IS NOT NULL OR length(NEW.envelope) = 0 THEN
      RAISE EXCEPTION 'an evaluation begins sealed';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.round_id, NEW.party_id, NEW.person_id, NEW.sealed_at, NEW.commitment)
     IS DISTINCT FROM
     (OLD.id, OLD.round_id, OLD.party_id, OLD.person_id, OLD.sealed_at, OLD.commitment)
     OR OLD.forgotten_at IS NOT NULL THEN
    RAISE EXCEPTION 'a sealed evaluation is immutable';
  END IF;
  IF NEW.forgotten_at IS NOT NULL THEN
    IF NEW.content IS NOT NULL OR length(NEW.envelope) > 0 THEN
      RAISE EXCEPTION 'what is forgotten leaves nothing';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.content IS NOT NULL OR NEW.content IS NULL THEN
    RAISE EXCEPTION 'a sealed evaluation is immutable';
  END IF;
  IF round.status NOT IN ('revealed', 'published') THEN
    RAISE EXCEPTION 'no envelope opens before its round';
  END IF;
  IF NEW.commitment <> encode(sha256(
       convert_to('wanowa/evaluation/v1', 'UTF8') || '\\x00'::bytea
       || convert_to('collaborations.collaboration/' || round.collaboration_id, 'UTF8') || '\\x00'::bytea
       || convert_to(round.number::text, 'UTF8') || '\\x00'::bytea
       || convert_to(NEW.party_id::text, 'UTF8') || '\\x00'::bytea
       || NEW.salt || '\\x00'::bytea || convert_to(NEW.content, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'this is not what was sealed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_evaluation_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_evaluation
FOR EACH ROW EXECUTE FUNCTION evaluations_evaluation_guard();
CREATE TRIGGER evaluations_evaluation_no_truncate BEFORE TRUNCATE ON evaluations_evaluation
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_evaluation_guard();
"""

GOALS = """
CREATE FUNCTION evaluations_goals_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE content jsonb;
BEGIN
  SELECT v.content INTO content FROM evaluations_round r JOIN collaborations_version v ON v.id = r.version_id
    WHERE r.collaboration_id = NEW.collaboration_id AND r.status = 'open';
  IF FOUND AND (NEW.content -> 'goals', NEW.content -> 'outcomes')
               IS DISTINCT FROM (content -> 'goals', content -> 'outcomes') THEN
    RAISE EXCEPTION 'goals stay while the parties look back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_goals_guard BEFORE UPDATE ON collaborations_version
FOR EACH ROW WHEN (OLD.in_force_at IS NULL AND NEW.in_force_at IS NOT NULL)
EXECUTE FUNCTION evaluations_goals_guard();
"""

NO_GUARDS = """
DROP TRIGGER evaluations_goals_guard ON collaborations_version;
DROP FUNCTION evaluations_goals_guard();
DROP TRIGGER evaluations_evaluation_no_truncate ON evaluations_evaluation;
DROP TRIGGER evaluations_evaluation_guard ON evaluations_evaluation;
DROP FUNCTION evaluations_evaluation_guard();
DROP TRIGGER evaluations_draft_guard ON evaluations_draft;
DROP FUNCTION evaluations_draft_guard();
DROP TRIGGER evaluations_writer_no_truncate ON evaluations_writer;
DROP TRIGGER evaluations_writer_guard ON evaluations_writer;
DROP TRIGGER evaluations_agreement_no_truncate ON evaluations_agreement;
DROP TRIGGER evaluations_agreement_guard ON evaluations_agreement;
DROP TRIGGER evaluations_yardstick_no_truncate ON evaluations_yardstick;
DROP TRIGGER evaluations_yardstick_guard ON evaluations_yardstick;
DROP FUNCTION evaluations_added_only();
DROP TRIGGER evaluations_round_no_truncate ON evaluations_round;
DROP TRIGGER evaluations_round_guard ON evaluations_round;
DROP FUNCTION evaluations_round_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_rounds")]

    operations = [migrations.RunSQL(ROUNDS + ADDED_ONLY + DRAFTS + EVALUATIONS + GOALS, NO_GUARDS)]
