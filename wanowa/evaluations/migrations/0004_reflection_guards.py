"""What the database itself refuses after the reveal: no publication without everybody, nothing said twice over."""

from django.db import migrations

REASONS = """
CREATE FUNCTION evaluations_reason_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE round evaluations_round%ROWTYPE;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a reason is never deleted';
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF NEW.text <> '' OR (NEW.id, NEW.round_id, NEW.party_id, NEW.criterion, NEW.said_at)
                         IS DISTINCT FROM (OLD.id, OLD.round_id, OLD.party_id, OLD.criterion, OLD.said_at) THEN
      RAISE EXCEPTION 'what was said stays; its words can only be erased';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO round FROM evaluations_round WHERE id = NEW.round_id FOR SHARE;
  IF round.status <> 'revealed' OR NEW.party_id <> ALL (round.concerned) OR NEW.text = '' THEN
    RAISE EXCEPTION 'a reason is given by a party that looked back, between the reveal and the publication';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_reason_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_reason
FOR EACH ROW EXECUTE FUNCTION evaluations_reason_guard();
CREATE TRIGGER evaluations_reason_no_truncate BEFORE TRUNCATE ON evaluations_reason
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_reason_guard();
"""

STATEMENTS = """
CREATE FUNCTION evaluations_statement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing bigint; round evaluations_round%ROWTYPE;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a joint text is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO round FROM evaluations_round WHERE id = NEW.round_id FOR SHARE;
    IF NEW.in_force_at IS NOT NULL OR NEW.closed_at IS NOT NULL OR round.status <> 'revealed' THEN
      RAISE EXCEPTION 'a joint text begins open, after the reveal';
    END IF;
    IF 2 > (SELECT count(DISTINCT p) FROM unnest(NEW.concerned) AS asked(p)) THEN
      RAISE EXCEPTION 'a joint text asks at least two parties';
    END IF;
    SELECT p.id INTO missing FROM parties_party p
      WHERE p.id = ANY (round.concerned) AND p.closed_at IS NULL AND p.id <> ALL (NEW.concerned) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % looked back but is not asked', missing;
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.in_force_at IS NOT NULL OR OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a settled joint text is immutable';
  END IF;
  IF (NEW.id, NEW.round_id, NEW.number, NEW.content, NEW.concerned, NEW.fingerprint, NEW.offered_by_id,
      NEW.offered_at)
     IS DISTINCT FROM
     (OLD.id, OLD.round_id, OLD.number, OLD.content, OLD.concerned, OLD.fingerprint, OLD.offered_by_id,
      OLD.offered_at) THEN
    RAISE EXCEPTION 'a joint text never changes once it is offered';
  END IF;
  IF (NEW.closed_at IS NULL) <> (NEW.closed_by_id IS NULL) THEN
    RAISE EXCEPTION 'somebody closes a joint text at some moment';
  END IF;
  IF NEW.in_force_at IS NOT NULL THEN
    SELECT p INTO missing FROM unnest(NEW.concerned) AS asked(p) WHERE NOT EXISTS (
      SELECT 1 FROM evaluations_approval a
      WHERE a.statement_id = NEW.id AND a.party_id = p AND a.fingerprint = NEW.fingerprint
        AND a.withdrawn_at IS NULL
    ) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % has not consented', missing;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_statement_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_statement
FOR EACH ROW EXECUTE FUNCTION evaluations_statement_guard();
CREATE TRIGGER evaluations_statement_no_truncate BEFORE TRUNCATE ON evaluations_statement
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_statement_guard();
"""

APPROVALS = """
CREATE FUNCTION evaluations_approval_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE statement evaluations_statement%ROWTYPE;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a consent is never deleted';
  END IF;
  SELECT * INTO statement FROM evaluations_statement WHERE id = NEW.statement_id FOR SHARE;
  IF statement.in_force_at IS NOT NULL OR statement.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'consents to a settled joint text are immutable';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.withdrawn_at IS NOT NULL OR NEW.fingerprint <> statement.fingerprint
       OR NEW.party_id <> ALL (statement.concerned) THEN
      RAISE EXCEPTION 'a consent is bound to the joint text it was given to';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
     OR (NEW.id, NEW.statement_id, NEW.party_id, NEW.person_id, NEW.fingerprint, NEW.shows_own, NEW.given_at)
        IS DISTINCT FROM
        (OLD.id, OLD.statement_id, OLD.party_id, OLD.person_id, OLD.fingerprint, OLD.shows_own, OLD.given_at)
  THEN
    RAISE EXCEPTION 'a consent can only be taken back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_approval_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluations_approval
FOR EACH ROW EXECUTE FUNCTION evaluations_approval_guard();
CREATE TRIGGER evaluations_approval_no_truncate BEFORE TRUNCATE ON evaluations_approval
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_approval_guard();
"""

PUBLICATION = """
CREATE FUNCTION evaluations_publication_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM evaluations_statement s WHERE s.round_id = NEW.id AND s.in_force_at = NEW.published_at
  ) THEN
    RAISE EXCEPTION 'nothing is published without a joint text that all consented to';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER evaluations_publication_guard BEFORE UPDATE ON evaluations_round
FOR EACH ROW WHEN (OLD.status <> 'published' AND NEW.status = 'published')
EXECUTE FUNCTION evaluations_publication_guard();
"""

STAYS = """
CREATE FUNCTION evaluations_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what is in % stays', TG_TABLE_NAME;
END $$;
CREATE TRIGGER evaluations_comment_guard BEFORE UPDATE OR DELETE ON evaluations_comment
FOR EACH ROW EXECUTE FUNCTION evaluations_stays();
CREATE TRIGGER evaluations_comment_no_truncate BEFORE TRUNCATE ON evaluations_comment
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_stays();
CREATE TRIGGER evaluations_successor_guard BEFORE UPDATE OR DELETE ON evaluations_successor
FOR EACH ROW EXECUTE FUNCTION evaluations_stays();
CREATE TRIGGER evaluations_successor_no_truncate BEFORE TRUNCATE ON evaluations_successor
FOR EACH STATEMENT EXECUTE FUNCTION evaluations_stays();
"""

NO_GUARDS = """
DROP TRIGGER evaluations_successor_no_truncate ON evaluations_successor;
DROP TRIGGER evaluations_successor_guard ON evaluations_successor;
DROP TRIGGER evaluations_comment_no_truncate ON evaluations_comment;
DROP TRIGGER evaluations_comment_guard ON evaluations_comment;
DROP FUNCTION evaluations_stays();
DROP TRIGGER evaluations_publication_guard ON evaluations_round;
DROP FUNCTION evaluations_publication_guard();
DROP TRIGGER evaluations_approval_no_truncate ON evaluations_approval;
DROP TRIGGER evaluations_approval_guard ON evaluations_approval;
DROP FUNCTION evaluations_approval_guard();
DROP TRIGGER evaluations_statement_no_truncate ON evaluations_statement;
DROP TRIGGER evaluations_statement_guard ON evaluations_statement;
DROP FUNCTION evaluations_statement_guard();
DROP TRIGGER evaluations_reason_no_truncate ON evaluations_reason;
DROP TRIGGER evaluations_reason_guard ON evaluations_reason;
DROP FUNCTION evaluations_reason_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0003_reflections")]

    operations = [migrations.RunSQL(REASONS + STATEMENTS + APPROVALS + PUBLICATION + STAYS, NO_GUARDS)]
