"""Let an erasure take a name out of an official text, and a person's own words out of the judging; nothing else."""

from django.db import migrations

NAMES = """
CREATE FUNCTION proposals_only_a_name_less(was text, becomes text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT was LIKE
    replace(replace(replace(replace(becomes, '\\', '\\\\'), '%', '\\%'), '_', '\\_'), '［消した名前］', '%')
$$;
CREATE FUNCTION proposals_is_forgotten(proposal bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT 1 FROM proposals_proposal p WHERE p.id = proposal AND p.forgotten_at IS NOT NULL)
$$;
"""

OFFICIAL = """
CREATE FUNCTION proposals_added_only_but_names() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was jsonb := to_jsonb(OLD); becomes jsonb := to_jsonb(NEW);
BEGIN
  IF was - TG_ARGV[0] IS DISTINCT FROM becomes - TG_ARGV[0]
     OR NOT proposals_only_a_name_less(was ->> TG_ARGV[0], becomes ->> TG_ARGV[0]) THEN
    RAISE EXCEPTION 'what is in % stays', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER proposals_check_guard ON proposals_check;
CREATE TRIGGER proposals_check_guard BEFORE INSERT OR DELETE ON proposals_check
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_check_names BEFORE UPDATE ON proposals_check
FOR EACH ROW EXECUTE FUNCTION proposals_added_only_but_names('content');
DROP TRIGGER proposals_minutes_guard ON proposals_minutes;
CREATE TRIGGER proposals_minutes_guard BEFORE INSERT OR DELETE ON proposals_minutes
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_minutes_names BEFORE UPDATE ON proposals_minutes
FOR EACH ROW EXECUTE FUNCTION proposals_added_only_but_names('text');
DROP TRIGGER proposals_continuation_guard ON proposals_continuation;
CREATE TRIGGER proposals_continuation_guard BEFORE INSERT OR DELETE ON proposals_continuation
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
CREATE TRIGGER proposals_continuation_names BEFORE UPDATE ON proposals_continuation
FOR EACH ROW EXECUTE FUNCTION proposals_added_only_but_names('note');
DROP TRIGGER proposals_decision_guard ON proposals_decision;
CREATE TRIGGER proposals_decision_guard BEFORE INSERT OR DELETE ON proposals_decision
FOR EACH ROW EXECUTE FUNCTION proposals_decision_guard();
CREATE TRIGGER proposals_decision_changed BEFORE UPDATE ON proposals_decision
FOR EACH ROW WHEN (OLD.announced_at IS NULL) EXECUTE FUNCTION proposals_decision_guard();
CREATE TRIGGER proposals_decision_names BEFORE UPDATE ON proposals_decision
FOR EACH ROW WHEN (OLD.announced_at IS NOT NULL) EXECUTE FUNCTION proposals_added_only_but_names('reasons');
"""

WORDS = """
CREATE FUNCTION proposals_said_then_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was jsonb := to_jsonb(OLD); becomes jsonb := to_jsonb(NEW); own text := TG_ARGV[0];
BEGIN
  IF was - ARRAY['text', 'answer'] IS DISTINCT FROM becomes - ARRAY['text', 'answer']
     OR NOT (proposals_only_a_name_less(OLD.text, NEW.text)
       OR own = 'text' AND NEW.text = '消したもの' AND proposals_is_forgotten(OLD.proposal_id))
     OR NOT (proposals_only_a_name_less(OLD.answer, NEW.answer)
       OR own = 'answer' AND NEW.answer = '消したもの' AND proposals_is_forgotten(OLD.proposal_id)) THEN
    RAISE EXCEPTION 'what was said in % stays', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER proposals_inquiry_guard ON proposals_inquiry;
CREATE TRIGGER proposals_inquiry_guard BEFORE DELETE ON proposals_inquiry
FOR EACH ROW EXECUTE FUNCTION proposals_said_once();
CREATE TRIGGER proposals_inquiry_answered BEFORE UPDATE ON proposals_inquiry
FOR EACH ROW WHEN (NEW.answered_at IS DISTINCT FROM OLD.answered_at) EXECUTE FUNCTION proposals_said_once();
CREATE TRIGGER proposals_inquiry_forgotten BEFORE UPDATE ON proposals_inquiry
FOR EACH ROW WHEN (NEW.answered_at IS NOT DISTINCT FROM OLD.answered_at)
EXECUTE FUNCTION proposals_said_then_forgotten('answer');
DROP TRIGGER proposals_objection_guard ON proposals_objection;
CREATE TRIGGER proposals_objection_guard BEFORE DELETE ON proposals_objection
FOR EACH ROW EXECUTE FUNCTION proposals_said_once();
CREATE TRIGGER proposals_objection_answered BEFORE UPDATE ON proposals_objection
FOR EACH ROW WHEN (NEW.answered_at IS DISTINCT FROM OLD.answered_at) EXECUTE FUNCTION proposals_said_once();
CREATE TRIGGER proposals_objection_forgotten BEFORE UPDATE ON proposals_objection
FOR EACH ROW WHEN (NEW.answered_at IS NOT DISTINCT FROM OLD.answered_at)
EXECUTE FUNCTION proposals_said_then_forgotten('text');

CREATE FUNCTION proposals_award_forgotten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT (proposals_only_a_name_less(OLD.reason, NEW.reason)
     OR OLD.status = 'declined' AND NEW.reason = '消したもの' AND proposals_is_forgotten(OLD.proposal_id)) THEN
    RAISE EXCEPTION 'this award is settled';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER proposals_award_guard ON proposals_award;
CREATE TRIGGER proposals_award_guard BEFORE INSERT OR DELETE ON proposals_award
FOR EACH ROW EXECUTE FUNCTION proposals_award_guard();
CREATE TRIGGER proposals_award_moved BEFORE UPDATE ON proposals_award
FOR EACH ROW WHEN (to_jsonb(OLD) - 'reason' IS DISTINCT FROM to_jsonb(NEW) - 'reason')
EXECUTE FUNCTION proposals_award_guard();
CREATE TRIGGER proposals_award_forgotten BEFORE UPDATE ON proposals_award
FOR EACH ROW WHEN (to_jsonb(OLD) - 'reason' IS NOT DISTINCT FROM to_jsonb(NEW) - 'reason')
EXECUTE FUNCTION proposals_award_forgotten();
"""

BACK = """
DROP TRIGGER proposals_award_forgotten ON proposals_award;
DROP TRIGGER proposals_award_moved ON proposals_award;
DROP TRIGGER proposals_award_guard ON proposals_award;
CREATE TRIGGER proposals_award_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_award
FOR EACH ROW EXECUTE FUNCTION proposals_award_guard();
DROP FUNCTION proposals_award_forgotten();
DROP TRIGGER proposals_objection_forgotten ON proposals_objection;
DROP TRIGGER proposals_objection_answered ON proposals_objection;
DROP TRIGGER proposals_objection_guard ON proposals_objection;
CREATE TRIGGER proposals_objection_guard BEFORE UPDATE OR DELETE ON proposals_objection
FOR EACH ROW EXECUTE FUNCTION proposals_said_once();
DROP TRIGGER proposals_inquiry_forgotten ON proposals_inquiry;
DROP TRIGGER proposals_inquiry_answered ON proposals_inquiry;
DROP TRIGGER proposals_inquiry_guard ON proposals_inquiry;
CREATE TRIGGER proposals_inquiry_guard BEFORE UPDATE OR DELETE ON proposals_inquiry
FOR EACH ROW EXECUTE FUNCTION proposals_said_once();
DROP FUNCTION proposals_said_then_forgotten();
DROP TRIGGER proposals_decision_names ON proposals_decision;
DROP TRIGGER proposals_decision_changed ON proposals_decision;
DROP TRIGGER proposals_decision_guard ON proposals_decision;
CREATE TRIGGER proposals_decision_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_decision
FOR EACH ROW EXECUTE FUNCTION proposals_decision_guard();
DROP TRIGGER proposals_continuation_names ON proposals_continuation;
DROP TRIGGER proposals_continuation_guard ON proposals_continuation;
CREATE TRIGGER proposals_continuation_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_continuation
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
DROP TRIGGER proposals_minutes_names ON proposals_minutes;
DROP TRIGGER proposals_minutes_guard ON proposals_minutes;
CREATE TRIGGER proposals_minutes_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_minutes
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
DROP TRIGGER proposals_check_names ON proposals_check;
DROP TRIGGER proposals_check_guard ON proposals_check;
CREATE TRIGGER proposals_check_guard BEFORE INSERT OR UPDATE OR DELETE ON proposals_check
FOR EACH ROW EXECUTE FUNCTION proposals_added_only();
DROP FUNCTION proposals_added_only_but_names();
DROP FUNCTION proposals_is_forgotten(bigint);
DROP FUNCTION proposals_only_a_name_less(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0006_past_rounds")]
    operations = [migrations.RunSQL(NAMES + OFFICIAL + WORDS, BACK)]
