"""What the database itself refuses: a score before its time, another score than was sealed, money before its budget."""

from django.db import migrations

JUDGING = """
CREATE FUNCTION proposals_judging_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last date; waiting bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a judging is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.phase <> 'checking' THEN
      RAISE EXCEPTION 'a judging begins with the check';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.round_id <> OLD.round_id
     OR OLD.begun_at IS NOT NULL AND NEW.begun_at IS DISTINCT FROM OLD.begun_at
     OR OLD.opened_at IS NOT NULL AND NEW.opened_at IS DISTINCT FROM OLD.opened_at
     OR OLD.announced_at IS NOT NULL AND NEW.announced_at IS DISTINCT FROM OLD.announced_at THEN
    RAISE EXCEPTION 'the moments of a judging never change';
  END IF;
  CASE OLD.phase || ' ' || NEW.phase
    WHEN 'checking scoring' THEN
      NULL;
    WHEN 'scoring opened' THEN
      SELECT s.ends_on INTO last FROM proposals_roundstage s
        WHERE s.round_id = NEW.round_id AND s.key = 'scoring';
      SELECT p.id INTO waiting FROM proposals_proposal p JOIN proposals_reviewer r ON r.round_id = p.round_id
        WHERE p.round_id = NEW.round_id AND p.status = 'review'
          AND NOT EXISTS (SELECT 1 FROM proposals_recusal c WHERE c.reviewer_id = r.id AND c.proposal_id = p.id)
          AND NOT EXISTS (SELECT 1 FROM proposals_sheet s
            WHERE s.reviewer_id = r.id AND s.proposal_id = p.id AND s.sealed_at IS NOT NULL)
        LIMIT 1;
      IF FOUND AND (now() AT TIME ZONE 'Asia/Tokyo')::date <= last THEN
        RAISE EXCEPTION 'a sheet about proposal % is awaited, and there is still time', waiting;
      END IF;
    WHEN 'opened announced' THEN
      IF EXISTS (SELECT 1 FROM proposals_proposal p WHERE p.round_id = NEW.round_id AND p.status = 'review') THEN
        RAISE EXCEPTION 'a proposal has no decision yet';
      END IF;
    ELSE
      RAISE EXCEPTION 'no judging goes from % to %', OLD.phase, NEW.phase;
  END CASE;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_judging_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_judging
FOR EACH ROW EXECUTE FUNCTION proposals_judging_guard();
CREATE TRIGGER proposals_judging_no_truncate BEFORE TRUNCATE ON proposals_judging
FOR EACH STATEMENT EXECUTE FUNCTION proposals_judging_guard();

CREATE FUNCTION proposals_reviewer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE phase text;
BEGIN
  SELECT j.phase INTO phase FROM proposals_judging j
    WHERE j.round_id = CASE WHEN TG_OP = 'INSERT' THEN NEW.round_id ELSE OLD.round_id END;
  IF phase IS NOT NULL AND phase <> 'checking' THEN
    RAISE EXCEPTION 'who judges does not change once the judging has begun';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER proposals_reviewer_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_reviewer
FOR EACH ROW EXECUTE FUNCTION proposals_reviewer_guard();
"""

SHEETS = """
CREATE FUNCTION proposals_sheet_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE phase text; last date; fits boolean;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'a sheet is never deleted';
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.sealed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a sealed sheet is never deleted';
    END IF;
    RETURN OLD;
  END IF;
  SELECT j.phase, s.ends_on, r.round_id = p.round_id AND p.status = 'review' INTO phase, last, fits
    FROM proposals_reviewer r
    JOIN proposals_proposal p ON p.id = NEW.proposal_id
    JOIN proposals_judging j ON j.round_id = r.round_id
    JOIN proposals_roundstage s ON s.round_id = r.round_id AND s.key = 'scoring'
    WHERE r.id = NEW.reviewer_id FOR SHARE OF j;
  IF TG_OP = 'UPDATE' AND (NEW.id, NEW.reviewer_id, NEW.proposal_id)
     IS DISTINCT FROM (OLD.id, OLD.reviewer_id, OLD.proposal_id) THEN
    RAISE EXCEPTION 'a sheet stays with its reviewer and its proposal';
  END IF;
  IF TG_OP = 'INSERT' OR OLD.sealed_at IS NULL THEN
    IF phase IS DISTINCT FROM 'scoring' OR NOT fits
       OR NOT EXISTS (SELECT 1 FROM proposals_declaration d WHERE d.reviewer_id = NEW.reviewer_id)
       OR EXISTS (SELECT 1 FROM proposals_recusal c
         WHERE c.reviewer_id = NEW.reviewer_id AND c.proposal_id = NEW.proposal_id) THEN
      RAISE EXCEPTION 'a sheet is written while its round is judged, by who declared and did not stand back';
    END IF;
    IF NEW.content IS NOT NULL OR length(NEW.envelope) = 0
       OR TG_OP = 'INSERT' AND NEW.sealed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a sheet begins in its envelope';
    END IF;
    IF NEW.sealed_at IS NOT NULL AND (NEW.sealed_at AT TIME ZONE 'Asia/Tokyo')::date > last THEN
      RAISE EXCEPTION 'the last day was %', last;
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.sealed_at, NEW.commitment, NEW.revision) IS DISTINCT FROM (OLD.sealed_at, OLD.commitment, OLD.revision)
     OR OLD.content IS NOT NULL OR NEW.content IS NULL THEN
    RAISE EXCEPTION 'a sealed sheet is immutable';
  END IF;
  IF phase NOT IN ('opened', 'announced') THEN
    RAISE EXCEPTION 'no sheet opens before all of its round';
  END IF;
  IF NEW.commitment <> encode(sha256(
       convert_to('wanowa/review/v1', 'UTF8') || '\\x00'::bytea
       || convert_to(NEW.reviewer_id::text, 'UTF8') || '\\x00'::bytea
       || convert_to(NEW.proposal_id::text, 'UTF8') || '\\x00'::bytea
       || NEW.salt || '\\x00'::bytea || convert_to(NEW.content, 'UTF8')), 'hex') THEN
    RAISE EXCEPTION 'this is not what was sealed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_sheet_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_sheet
FOR EACH ROW EXECUTE FUNCTION proposals_sheet_guard();
CREATE TRIGGER proposals_sheet_no_truncate BEFORE TRUNCATE ON proposals_sheet
FOR EACH STATEMENT EXECUTE FUNCTION proposals_sheet_guard();
"""

ADDED_ONLY = """
CREATE FUNCTION proposals_added_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'what is in % stays', TG_TABLE_NAME;
  END IF;
  IF TG_TABLE_NAME = 'proposals_recusal' THEN
    IF EXISTS (SELECT 1 FROM proposals_sheet s
       WHERE s.reviewer_id = NEW.reviewer_id AND s.proposal_id = NEW.proposal_id AND s.sealed_at IS NOT NULL) THEN
      RAISE EXCEPTION 'who has sealed a sheet does not stand back any more';
    END IF;
  ELSIF TG_TABLE_NAME = 'proposals_minutes' THEN
    IF NOT EXISTS (SELECT 1 FROM proposals_judging j
       WHERE j.id = NEW.judging_id AND j.phase IN ('opened', 'announced')) THEN
      RAISE EXCEPTION 'reviewers talk when all sheets are open';
    END IF;
  ELSIF TG_TABLE_NAME = 'proposals_budget' THEN
    IF NEW.passed_on > (now() AT TIME ZONE 'Asia/Tokyo')::date THEN
      RAISE EXCEPTION 'a budget has passed or it has not';
    END IF;
  ELSIF TG_TABLE_NAME = 'proposals_continuation' THEN
    IF NOT EXISTS (SELECT 1 FROM proposals_award a WHERE a.id = NEW.award_id AND a.status = 'started') THEN
      RAISE EXCEPTION 'only what has started can go on';
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""
GUARDS = """
CREATE TRIGGER proposals_check_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_check
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_check_no_truncate BEFORE TRUNCATE ON proposals_check
FOR EACH STATEMENT EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_declaration_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_declaration
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_declaration_no_truncate BEFORE TRUNCATE ON proposals_declaration
FOR EACH STATEMENT EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_recusal_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_recusal
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_recusal_no_truncate BEFORE TRUNCATE ON proposals_recusal
FOR EACH STATEMENT EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_minutes_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_minutes
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_minutes_no_truncate BEFORE TRUNCATE ON proposals_minutes
FOR EACH STATEMENT EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_budget_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_budget
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_budget_no_truncate BEFORE TRUNCATE ON proposals_budget
FOR EACH STATEMENT EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_continuation_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_continuation
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_continuation_no_truncate BEFORE TRUNCATE ON proposals_continuation
FOR EACH STATEMENT EXECUTE FUNCTION proposals_added_only();
"""

WORDS = """
CREATE FUNCTION proposals_said_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'what was said in % stays', TG_TABLE_NAME;
  END IF;
  IF to_jsonb(NEW) - ARRAY['answer', 'answered_by_id', 'answered_at', 'changed']
     IS DISTINCT FROM to_jsonb(OLD) - ARRAY['answer', 'answered_by_id', 'answered_at', 'changed']
     OR OLD.answered_at IS NOT NULL THEN
    RAISE EXCEPTION 'what was said in % stays, and is answered once', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_inquiry_guard BEFORE UPDATE OR DELETE ON proposals_inquiry
FOR EACH ROW EXECUTE FUNCTION proposals_said_once();
CREATE TRIGGER proposals_objection_guard BEFORE UPDATE OR DELETE ON proposals_objection
FOR EACH ROW EXECUTE FUNCTION proposals_said_once();
"""

DECISIONS = """
CREATE FUNCTION proposals_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE phase text;
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'a decision is never deleted';
  END IF;
  SELECT j.phase INTO phase FROM proposals_proposal p JOIN proposals_judging j ON j.round_id = p.round_id
    WHERE p.id = NEW.proposal_id;
  IF phase IS NULL OR phase NOT IN ('opened', 'announced') THEN
    RAISE EXCEPTION 'nothing is decided before all sheets are open';
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.announced_at IS NOT NULL
     OR (NEW.id, NEW.proposal_id, NEW.number) IS DISTINCT FROM (OLD.id, OLD.proposal_id, OLD.number)) THEN
    RAISE EXCEPTION 'what was told is not changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_decision_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_decision
FOR EACH ROW EXECUTE FUNCTION proposals_decision_guard();
CREATE TRIGGER proposals_decision_no_truncate BEFORE TRUNCATE ON proposals_decision
FOR EACH STATEMENT EXECUTE FUNCTION proposals_decision_guard();
"""

AWARDS = """
CREATE FUNCTION proposals_award_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE decided proposals_decision%ROWTYPE;
BEGIN
  IF TG_OP = 'DELETE' OR TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'an award is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO decided FROM proposals_decision d
      WHERE d.proposal_id = NEW.proposal_id AND d.announced_at IS NOT NULL ORDER BY d.number DESC LIMIT 1;
    IF NOT FOUND OR decided.outcome <> 'adopted' OR NEW.status <> 'waiting' OR NEW.amount > decided.amount THEN
      RAISE EXCEPTION 'an award follows a decision to adopt';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.proposal_id) IS DISTINCT FROM (OLD.id, OLD.proposal_id)
     OR OLD.status IN ('started', 'cancelled', 'declined') THEN
    RAISE EXCEPTION 'this award is settled';
  END IF;
  IF NEW.amount <> OLD.amount AND NOT (OLD.status = 'reduced' AND NEW.status = 'waiting' AND NEW.amount = OLD.offered)
  THEN
    RAISE EXCEPTION 'an amount changes only by the proposer''s yes to a smaller one';
  END IF;
  IF NEW.fiscal_year <> OLD.fiscal_year AND NOT (OLD.status = 'waiting' AND NEW.status = 'waiting'
     AND NEW.fiscal_year = OLD.fiscal_year + 1) THEN
    RAISE EXCEPTION 'an award is carried over by one year, while it waits';
  END IF;
  IF NEW.status <> OLD.status AND OLD.status || ' ' || NEW.status NOT IN (
    'waiting reduced', 'waiting cancelled', 'waiting started',
    'reduced waiting', 'reduced declined', 'reduced cancelled'
  ) THEN
    RAISE EXCEPTION 'no award goes from % to %', OLD.status, NEW.status;
  END IF;
  IF NEW.status = 'started' AND NOT EXISTS (SELECT 1 FROM proposals_budget b
       WHERE b.fiscal_year = NEW.fiscal_year) THEN
    RAISE EXCEPTION 'nothing begins before the budget of % has passed', NEW.fiscal_year;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_award_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_award
FOR EACH ROW EXECUTE FUNCTION proposals_award_guard();
CREATE TRIGGER proposals_award_no_truncate BEFORE TRUNCATE ON proposals_award
FOR EACH STATEMENT EXECUTE FUNCTION proposals_award_guard();

CREATE FUNCTION proposals_start_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM proposals_award a JOIN proposals_budget b ON b.fiscal_year = a.fiscal_year
       WHERE a.proposal_id = NEW.id AND a.status = 'started') THEN
    RAISE EXCEPTION 'no proposal starts without its award and its budget';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER proposals_start_guard BEFORE UPDATE ON proposals_proposal
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status = 'started')
EXECUTE FUNCTION proposals_start_guard();
"""

REMOVE = """
DROP TRIGGER proposals_start_guard ON proposals_proposal;
DROP FUNCTION proposals_start_guard();
DROP TRIGGER proposals_award_no_truncate ON proposals_award;
DROP TRIGGER proposals_award_guard ON proposals_award;
DROP FUNCTION proposals_award_guard();
DROP TRIGGER proposals_decision_no_truncate ON proposals_decision;
DROP TRIGGER proposals_decision_guard ON proposals_decision;
DROP FUNCTION proposals_decision_guard();
DROP TRIGGER proposals_objection_guard ON proposals_objection;
DROP TRIGGER proposals_inquiry_guard ON proposals_inquiry;
DROP FUNCTION proposals_said_once();
DROP TRIGGER proposals_check_no_truncate ON proposals_check;
DROP TRIGGER proposals_check_guard ON proposals_check;
DROP TRIGGER proposals_declaration_no_truncate ON proposals_declaration;
DROP TRIGGER proposals_declaration_guard ON proposals_declaration;
DROP TRIGGER proposals_recusal_no_truncate ON proposals_recusal;
DROP TRIGGER proposals_recusal_guard ON proposals_recusal;
DROP TRIGGER proposals_minutes_no_truncate ON proposals_minutes;
DROP TRIGGER proposals_minutes_guard ON proposals_minutes;
DROP TRIGGER proposals_budget_no_truncate ON proposals_budget;
DROP TRIGGER proposals_budget_guard ON proposals_budget;
DROP TRIGGER proposals_continuation_no_truncate ON proposals_continuation;
DROP TRIGGER proposals_continuation_guard ON proposals_continuation;
DROP FUNCTION proposals_added_only();
DROP TRIGGER proposals_sheet_no_truncate ON proposals_sheet;
DROP TRIGGER proposals_sheet_guard ON proposals_sheet;
DROP FUNCTION proposals_sheet_guard();
DROP TRIGGER proposals_reviewer_guard ON proposals_reviewer;
DROP FUNCTION proposals_reviewer_guard();
DROP TRIGGER proposals_judging_no_truncate ON proposals_judging;
DROP TRIGGER proposals_judging_guard ON proposals_judging;
DROP FUNCTION proposals_judging_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0003_judging")]

    operations = [
        migrations.RunSQL(JUDGING + SHEETS + ADDED_ONLY + GUARDS + WORDS + DECISIONS + AWARDS, REMOVE)
    ]
