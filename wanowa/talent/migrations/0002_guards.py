"""Let the database refuse a consent that is rewritten, one that shows a minor, and one deleted while it counts."""

from django.db import migrations

CONSENTS = """
CREATE FUNCTION talent_consent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE minor boolean;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    RAISE EXCEPTION 'consents are withdrawn, never emptied';
  END IF;
  IF TG_OP = 'DELETE' THEN
    IF OLD.withdrawn_at IS NULL THEN
      RAISE EXCEPTION 'a consent is withdrawn before it is deleted';
    END IF;
    RETURN OLD;
  END IF;
  IF TG_OP = 'UPDATE' THEN
    IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
       OR (NEW.id, NEW.profile_id, NEW.purpose, NEW.field, NEW.text, NEW.request_id, NEW.channel,
           NEW.entered_by_id, NEW.given_at, NEW.expires_at)
          IS DISTINCT FROM
          (OLD.id, OLD.profile_id, OLD.purpose, OLD.field, OLD.text, OLD.request_id, OLD.channel,
           OLD.entered_by_id, OLD.given_at, OLD.expires_at) THEN
      RAISE EXCEPTION 'a consent can only be withdrawn';
    END IF;
    RETURN NEW;
  END IF;
  SELECT p.is_minor INTO minor FROM talent_profile p WHERE p.id = NEW.profile_id;
  IF minor AND NEW.purpose NOT IN ('desk', 'call') THEN
    RAISE EXCEPTION 'nobody but the desk sees a minor';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER talent_consent_guard BEFORE INSERT OR UPDATE OR DELETE ON talent_consent
FOR EACH ROW EXECUTE FUNCTION talent_consent_guard();
CREATE TRIGGER talent_consent_no_truncate BEFORE TRUNCATE ON talent_consent
FOR EACH STATEMENT EXECUTE FUNCTION talent_consent_guard();
"""

REMOVE = """
DROP TRIGGER talent_consent_guard ON talent_consent;
DROP TRIGGER talent_consent_no_truncate ON talent_consent;
DROP FUNCTION talent_consent_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("talent", "0001_bank")]
    operations = [migrations.RunSQL(CONSENTS, REMOVE)]
