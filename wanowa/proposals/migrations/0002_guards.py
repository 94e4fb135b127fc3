"""Let the database itself refuse another rule of an open round, an earlier deadline, and a proposal that is late."""

from django.db import migrations

ROUNDS = """
CREATE FUNCTION proposals_round_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'rounds are never deleted';
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.status <> 'draft' THEN
      RAISE EXCEPTION 'a round that was opened is never deleted';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'draft' THEN
      RAISE EXCEPTION 'a round begins as a draft';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.status <> 'draft' AND
     (NEW.fiscal_year, NEW.number, NEW.title, NEW.intro, NEW.kinds, NEW.questions, NEW.papers, NEW.cap, NEW.frame,
      NEW.places, NEW.blind, NEW.conflicts, NEW.shown, NEW.copied_from_id, NEW.fingerprint, NEW.opened_at)
     IS DISTINCT FROM
     (OLD.fiscal_year, OLD.number, OLD.title, OLD.intro, OLD.kinds, OLD.questions, OLD.papers, OLD.cap, OLD.frame,
      OLD.places, OLD.blind, OLD.conflicts, OLD.shown, OLD.copied_from_id, OLD.fingerprint, OLD.opened_at) THEN
    RAISE EXCEPTION 'the rules of an open round are frozen';
  END IF;
  IF NEW.status <> OLD.status AND OLD.status || ' ' || NEW.status NOT IN (
    'draft open', 'draft called_off', 'open judging', 'open called_off', 'judging decided', 'decided finished'
  ) THEN
    RAISE EXCEPTION 'no round goes from % to %', OLD.status, NEW.status;
  END IF;
  IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS DISTINCT FROM OLD.closed_at THEN
    RAISE EXCEPTION 'a round closes once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_round_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_round
FOR EACH ROW EXECUTE FUNCTION proposals_round_guard();
CREATE TRIGGER proposals_round_no_truncate BEFORE TRUNCATE ON proposals_round
FOR EACH STATEMENT EXECUTE FUNCTION proposals_round_guard();
"""

STAGES = """
CREATE FUNCTION proposals_stage_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE status text;
BEGIN
  SELECT r.status INTO status FROM proposals_round r
    WHERE r.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.round_id ELSE OLD.round_id END;
  IF status IS NULL OR status = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'the stages of an open round are frozen';
  END IF;
  IF (NEW.id, NEW.round_id, NEW.key, NEW.way, NEW.required, NEW.original_end)
     IS DISTINCT FROM (OLD.id, OLD.round_id, OLD.key, OLD.way, OLD.required, OLD.original_end) THEN
    RAISE EXCEPTION 'the stages of an open round are frozen';
  END IF;
  IF NEW.ends_on < OLD.ends_on OR NEW.starts_on < OLD.starts_on
     OR (NEW.key = 'apply' AND NEW.starts_on <> OLD.starts_on) THEN
    RAISE EXCEPTION 'a deadline is extended, never shortened';
  END IF;
  IF NEW.key = 'apply' AND NEW.ends_on <> OLD.ends_on AND status <> 'open' THEN
    RAISE EXCEPTION 'a deadline that is over is not moved';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_stage_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_roundstage
FOR EACH ROW EXECUTE FUNCTION proposals_stage_guard();
"""

CRITERIA = """
CREATE FUNCTION proposals_criterion_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE status text;
BEGIN
  SELECT r.status INTO status FROM proposals_round r
    WHERE r.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.round_id ELSE OLD.round_id END;
  IF status IS NOT NULL AND status <> 'draft' THEN
    RAISE EXCEPTION 'the criteria of an open round are frozen';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.round_id <> OLD.round_id THEN
    RAISE EXCEPTION 'a criterion stays in its round';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER proposals_criterion_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_criterion
FOR EACH ROW EXECUTE FUNCTION proposals_criterion_guard();
"""

CAPACITIES = """
CREATE FUNCTION proposals_capacity_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE status text;
BEGIN
  SELECT r.status INTO status FROM proposals_round r WHERE r.id = OLD.round_id;
  IF status IS NULL OR status = 'draft' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR (NEW.round_id, NEW.department_id) IS DISTINCT FROM (OLD.round_id, OLD.department_id)
     OR NEW.places < OLD.places THEN
    RAISE EXCEPTION 'what a department can carry only grows while the round is open';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_capacity_guard BEFORE UPDATE OR DELETE ON proposals_capacity
FOR EACH ROW EXECUTE FUNCTION proposals_capacity_guard();

CREATE FUNCTION proposals_need_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a need is never deleted';
  END IF;
  IF (NEW.round_id, NEW.department_id) IS DISTINCT FROM (OLD.round_id, OLD.department_id) THEN
    RAISE EXCEPTION 'a need stays with its department';
  END IF;
  IF OLD.status = 'withdrawn' OR (NEW.title, NEW.text, NEW.published_at)
     IS DISTINCT FROM (OLD.title, OLD.text, OLD.published_at)
     OR NEW.places < OLD.places OR coalesce(NEW.budget, 0) < coalesce(OLD.budget, 0) THEN
    RAISE EXCEPTION 'a need that was published is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_need_guard BEFORE UPDATE OR DELETE ON proposals_need
FOR EACH ROW EXECUTE FUNCTION proposals_need_guard();
"""

PROPOSALS = """
CREATE FUNCTION proposals_proposal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE state text; last date;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a proposal is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT r.status INTO state FROM proposals_round r WHERE r.id = NEW.round_id;
    IF NEW.status <> 'draft' OR state <> 'open' THEN
      RAISE EXCEPTION 'a proposal begins as a draft in an open round';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.round_id, NEW.kind, NEW.party_id, NEW.person_id, NEW.need_id, NEW.seed_id, NEW.demonstration)
     IS DISTINCT FROM
     (OLD.id, OLD.round_id, OLD.kind, OLD.party_id, OLD.person_id, OLD.need_id, OLD.seed_id, OLD.demonstration) THEN
    RAISE EXCEPTION 'a proposal stays what it is';
  END IF;
  IF OLD.receipt IS NOT NULL AND (NEW.receipt, NEW.submitted_at, NEW.submitted_by_id)
     IS DISTINCT FROM (OLD.receipt, OLD.submitted_at, OLD.submitted_by_id) THEN
    RAISE EXCEPTION 'a proposal is received once';
  END IF;
  IF OLD.status NOT IN ('draft', 'returned') AND NEW.forgotten_at IS NULL AND
     (NEW.title, NEW.amount, NEW.fingerprint) IS DISTINCT FROM (OLD.title, OLD.amount, OLD.fingerprint) THEN
    RAISE EXCEPTION 'what was handed in is not changed';
  END IF;
  IF NEW.status <> OLD.status AND OLD.status || ' ' || NEW.status NOT IN (
    'draft submitted', 'draft matching', 'draft withdrawn', 'matching submitted', 'matching withdrawn',
    'submitted review', 'submitted returned', 'submitted withdrawn', 'returned submitted', 'returned matching',
    'returned withdrawn',
    'review adopted', 'review declined', 'review withdrawn', 'declined adopted', 'adopted started',
    'adopted cancelled'
  ) THEN
    RAISE EXCEPTION 'no proposal goes from % to %', OLD.status, NEW.status;
  END IF;
  IF OLD.receipt IS NULL AND NEW.receipt IS NOT NULL THEN
    SELECT r.status, s.ends_on INTO state, last FROM proposals_round r
      JOIN proposals_roundstage s ON s.round_id = r.id AND s.key = 'apply' WHERE r.id = NEW.round_id
      FOR SHARE OF r;
    IF state <> 'open' OR (NEW.submitted_at AT TIME ZONE 'Asia/Tokyo')::date > last THEN
      RAISE EXCEPTION 'the round is closed since the end of %', last;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_proposal_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_proposal
FOR EACH ROW EXECUTE FUNCTION proposals_proposal_guard();
CREATE TRIGGER proposals_proposal_no_truncate BEFORE TRUNCATE ON proposals_proposal
FOR EACH STATEMENT EXECUTE FUNCTION proposals_proposal_guard();

CREATE FUNCTION proposals_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE state text; forgotten timestamptz;
BEGIN
  SELECT p.status, p.forgotten_at INTO state, forgotten FROM proposals_proposal p
    WHERE p.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.proposal_id ELSE NEW.proposal_id END;
  IF state NOT IN ('draft', 'returned') AND NOT (TG_OP = 'UPDATE' AND forgotten IS NOT NULL AND NEW.text = '') THEN
    RAISE EXCEPTION 'what was handed in is not changed';
  END IF;
  IF TG_OP = 'UPDATE' AND ((NEW.proposal_id, NEW.key) IS DISTINCT FROM (OLD.proposal_id, OLD.key)
     OR NEW.revision < OLD.revision) THEN
    RAISE EXCEPTION 'an answer only goes on';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER proposals_answer_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_answer
FOR EACH ROW EXECUTE FUNCTION proposals_answer_guard();
"""

SEEDS = """
CREATE FUNCTION proposals_seed_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.number, NEW.channel, NEW.received_at, NEW.demonstration)
     IS DISTINCT FROM (OLD.id, OLD.number, OLD.channel, OLD.received_at, OLD.demonstration) THEN
    RAISE EXCEPTION 'an idea stays what came in';
  END IF;
  IF NEW.text <> OLD.text AND NEW.forgotten_at IS NULL THEN
    RAISE EXCEPTION 'the words of an idea are not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_seed_guard BEFORE UPDATE ON proposals_seed
FOR EACH ROW EXECUTE FUNCTION proposals_seed_guard();
"""

REMOVE = """
DROP TRIGGER proposals_round_guard ON proposals_round;
DROP TRIGGER proposals_round_no_truncate ON proposals_round;
DROP FUNCTION proposals_round_guard();
DROP TRIGGER proposals_stage_guard ON proposals_roundstage;
DROP FUNCTION proposals_stage_guard();
DROP TRIGGER proposals_criterion_guard ON proposals_criterion;
DROP FUNCTION proposals_criterion_guard();
DROP TRIGGER proposals_capacity_guard ON proposals_capacity;
DROP FUNCTION proposals_capacity_guard();
DROP TRIGGER proposals_need_guard ON proposals_need;
DROP FUNCTION proposals_need_guard();
DROP TRIGGER proposals_proposal_guard ON proposals_proposal;
DROP TRIGGER proposals_proposal_no_truncate ON proposals_proposal;
DROP FUNCTION proposals_proposal_guard();
DROP TRIGGER proposals_answer_guard ON proposals_answer;
DROP FUNCTION proposals_answer_guard();
DROP TRIGGER proposals_seed_guard ON proposals_seed;
DROP FUNCTION proposals_seed_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_scheme")]
    operations = [migrations.RunSQL(ROUNDS + STAGES + CRITERIA + CAPACITIES + PROPOSALS + SEEDS, REMOVE)]
