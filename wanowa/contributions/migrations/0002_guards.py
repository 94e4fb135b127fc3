"""Let the database itself refuse a ledger that does not balance, a change of what was written, and a silent yes."""

from django.db import migrations

ENTRIES = """
CREATE FUNCTION contributions_contribution_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE original contributions_contribution; before integer;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an entry of the ledger is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'waiting' THEN
      RAISE EXCEPTION 'an entry begins waiting for the other side';
    END IF;
    IF cardinality(NEW.asked) = 0 OR NEW.party_id = ANY (NEW.asked) THEN
      RAISE EXCEPTION 'an entry asks others than its writer';
    END IF;
    SELECT coalesce(max(c.number), 0) INTO before FROM contributions_contribution c
    WHERE c.collaboration_id = NEW.collaboration_id;
    IF NEW.number <> before + 1 THEN
      RAISE EXCEPTION 'entries are numbered one after the other';
    END IF;
    IF NEW.reverses_id IS NOT NULL THEN
      SELECT * INTO original FROM contributions_contribution c WHERE c.id = NEW.reverses_id;
      IF original.status IS DISTINCT FROM 'confirmed' OR original.reverses_id IS NOT NULL
         OR (original.collaboration_id, original.way, original.resource, original.amount, original.unit,
             original."on", original.people, original.ages)
            IS DISTINCT FROM (NEW.collaboration_id, NEW.way, NEW.resource, NEW.amount, NEW.unit,
             NEW."on", NEW.people, NEW.ages) THEN
        RAISE EXCEPTION 'only a confirmed entry is reversed, once and as it stands';
      END IF;
    END IF;
    RETURN NEW;
  END IF;
  -- the fiscal year is generated after this trigger, from a day that stays
  IF to_jsonb(NEW) - ARRAY['status', 'settled_at', 'fiscal_year']
     IS DISTINCT FROM to_jsonb(OLD) - ARRAY['status', 'settled_at', 'fiscal_year'] THEN
    RAISE EXCEPTION 'what an entry says is reversed by another entry, never changed';
  END IF;
  IF OLD.status IN ('confirmed', 'withdrawn') THEN
    RAISE EXCEPTION 'what is settled stays settled';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contributions_contribution_guard BEFORE INSERT OR UPDATE OR DELETE ON contributions_contribution
FOR EACH ROW EXECUTE FUNCTION contributions_contribution_guard();
CREATE TRIGGER contributions_contribution_no_truncate BEFORE TRUNCATE ON contributions_contribution
FOR EACH STATEMENT EXECUTE FUNCTION contributions_contribution_guard();

CREATE FUNCTION contributions_standing(entry contributions_contribution) RETURNS text STABLE LANGUAGE sql AS $$
  WITH last AS (
    SELECT DISTINCT ON (a.party_id) a.party_id, a.yes FROM contributions_answer a
    WHERE a.contribution_id = entry.id ORDER BY a.party_id, a.id DESC
  )
  SELECT CASE
    WHEN EXISTS (SELECT 1 FROM last WHERE NOT yes) THEN 'disputed'
    WHEN entry.everybody AND NOT EXISTS (
      SELECT 1 FROM unnest(entry.asked) AS one(party) WHERE one.party NOT IN (SELECT party_id FROM last)
    ) THEN 'confirmed'
    WHEN NOT entry.everybody AND EXISTS (SELECT 1 FROM last WHERE party_id = ANY (entry.asked)) THEN 'confirmed'
    ELSE 'waiting'
  END
$$;
"""

LINES = """
CREATE FUNCTION contributions_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a line of the ledger stays as it is';
END $$;
CREATE TRIGGER contributions_line_stays BEFORE UPDATE OR DELETE ON contributions_line
FOR EACH ROW EXECUTE FUNCTION contributions_line_stays();
CREATE TRIGGER contributions_line_no_truncate BEFORE TRUNCATE ON contributions_line
FOR EACH STATEMENT EXECUTE FUNCTION contributions_line_stays();

CREATE FUNCTION contributions_balance(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE entry contributions_contribution; ends text; original text; own text;
BEGIN
  SELECT * INTO entry FROM contributions_contribution c WHERE c.id = wanted;
  IF (SELECT coalesce(sum(l.amount), 0) <> 0 OR count(*) <> 2 OR bool_or(abs(l.amount) <> entry.amount)
      FROM contributions_line l WHERE l.contribution_id = wanted) THEN
    RAISE EXCEPTION 'the two lines of entry % do not cancel out', wanted;
  END IF;
  SELECT string_agg(l.holder, '>' ORDER BY l.amount * CASE WHEN entry.reverses_id IS NULL THEN 1 ELSE -1 END)
  INTO ends FROM contributions_line l WHERE l.contribution_id = wanted;
  IF ends IS DISTINCT FROM (CASE entry.way WHEN 'gave' THEN 'party>pot' WHEN 'spent' THEN 'pot>outside'
      WHEN 'passed' THEN 'party>party' ELSE 'pot>party' END) THEN
    RAISE EXCEPTION 'the lines of entry % are not those of its way', wanted;
  END IF;
  IF entry.reverses_id IS NOT NULL THEN
    SELECT string_agg(concat_ws(':', l.holder, l.party_id, -l.amount), ',' ORDER BY -l.amount)
    INTO own FROM contributions_line l WHERE l.contribution_id = wanted;
    SELECT string_agg(concat_ws(':', l.holder, l.party_id, l.amount), ',' ORDER BY l.amount)
    INTO original FROM contributions_line l WHERE l.contribution_id = entry.reverses_id;
    IF own IS DISTINCT FROM original THEN
      RAISE EXCEPTION 'entry % does not undo the one it reverses', wanted;
    END IF;
  END IF;
  IF (SELECT count(DISTINCT l.party_id) < count(l.party_id) FROM contributions_line l
      WHERE l.contribution_id = wanted) THEN
    RAISE EXCEPTION 'nobody gives to itself';
  END IF;
END $$;
CREATE FUNCTION contributions_contribution_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM contributions_balance(NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contributions_contribution_balance AFTER INSERT ON contributions_contribution
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contributions_contribution_balance();
CREATE FUNCTION contributions_line_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM contributions_balance(NEW.contribution_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contributions_line_balance AFTER INSERT ON contributions_line
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contributions_line_balance();
"""

ANSWERS = """
CREATE FUNCTION contributions_answer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE entry contributions_contribution;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    RAISE EXCEPTION 'an answer is followed by another one, never changed';
  END IF;
  SELECT * INTO entry FROM contributions_contribution c WHERE c.id = NEW.contribution_id;
  IF entry.status NOT IN ('waiting', 'disputed') THEN
    RAISE EXCEPTION 'what is settled is not answered';
  END IF;
  IF NEW.party_id = entry.party_id THEN
    RAISE EXCEPTION 'nobody answers what it wrote';
  END IF;
  IF NEW.yes AND (NEW.person_id = entry.person_id OR EXISTS (
      SELECT 1 FROM contributions_answer a WHERE a.contribution_id = NEW.contribution_id
      AND a.yes AND a.person_id = NEW.person_id AND a.party_id <> NEW.party_id)) THEN
    RAISE EXCEPTION 'one person does not stand on two sides';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contributions_answer_guard BEFORE INSERT OR UPDATE OR DELETE ON contributions_answer
FOR EACH ROW EXECUTE FUNCTION contributions_answer_guard();
CREATE TRIGGER contributions_answer_no_truncate BEFORE TRUNCATE ON contributions_answer
FOR EACH STATEMENT EXECUTE FUNCTION contributions_answer_guard();

CREATE FUNCTION contributions_as_answered(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE entry contributions_contribution;
BEGIN
  SELECT * INTO entry FROM contributions_contribution c WHERE c.id = wanted;
  IF entry.status <> 'withdrawn' AND entry.status <> contributions_standing(entry) THEN
    RAISE EXCEPTION 'entry % does not stand where the answers put it', wanted;
  END IF;
END $$;
CREATE FUNCTION contributions_contribution_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM contributions_as_answered(NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contributions_contribution_answered AFTER UPDATE ON contributions_contribution
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contributions_contribution_answered();
CREATE FUNCTION contributions_answer_heard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM contributions_as_answered(NEW.contribution_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER contributions_answer_heard AFTER INSERT ON contributions_answer
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contributions_answer_heard();
"""

RECEIPTS = """
CREATE FUNCTION contributions_receipt_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a receipt is never deleted';
  END IF;
  IF to_jsonb(NEW) - ARRAY['name', 'file', 'forgotten_at']
     IS DISTINCT FROM to_jsonb(OLD) - ARRAY['name', 'file', 'forgotten_at']
     OR OLD.forgotten_at IS NOT NULL OR NEW.forgotten_at IS NULL OR NEW.name <> '' OR NEW.file <> '' THEN
    RAISE EXCEPTION 'of a receipt only the file can be forgotten';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER contributions_receipt_guard BEFORE UPDATE OR DELETE ON contributions_receipt
FOR EACH ROW EXECUTE FUNCTION contributions_receipt_guard();
CREATE TRIGGER contributions_receipt_no_truncate BEFORE TRUNCATE ON contributions_receipt
FOR EACH STATEMENT EXECUTE FUNCTION contributions_receipt_guard();
"""

REMOVE = """
DROP TRIGGER contributions_receipt_guard ON contributions_receipt;
DROP TRIGGER contributions_receipt_no_truncate ON contributions_receipt;
DROP FUNCTION contributions_receipt_guard();
DROP TRIGGER contributions_answer_heard ON contributions_answer;
DROP FUNCTION contributions_answer_heard();
DROP TRIGGER contributions_contribution_answered ON contributions_contribution;
DROP FUNCTION contributions_contribution_answered();
DROP FUNCTION contributions_as_answered(bigint);
DROP TRIGGER contributions_answer_guard ON contributions_answer;
DROP TRIGGER contributions_answer_no_truncate ON contributions_answer;
DROP FUNCTION contributions_answer_guard();
DROP TRIGGER contributions_line_balance ON contributions_line;
DROP FUNCTION contributions_line_balance();
DROP TRIGGER contributions_contribution_balance ON contributions_contribution;
DROP FUNCTION contributions_contribution_balance();
DROP FUNCTION contributions_balance(bigint);
DROP TRIGGER contributions_line_stays ON contributions_line;
DROP TRIGGER contributions_line_no_truncate ON contributions_line;
DROP FUNCTION contributions_line_stays();
DROP FUNCTION contributions_standing(contributions_contribution);
DROP TRIGGER contributions_contribution_guard ON contributions_contribution;
DROP TRIGGER contributions_contribution_no_truncate ON contributions_contribution;
DROP FUNCTION contributions_contribution_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("contributions", "0001_ledger")]
    operations = [migrations.RunSQL(ENTRIES + LINES + ANSWERS + RECEIPTS, REMOVE)]
