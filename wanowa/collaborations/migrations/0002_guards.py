"""Let the database itself refuse what no party consented to, whoever asks it."""

from django.db import migrations

VERSIONS = """
CREATE FUNCTION collaborations_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE missing bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a version is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.in_force_at IS NOT NULL OR NEW.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'a version begins open';
    END IF;
    IF jsonb_typeof(NEW.content -> 'parties') IS DISTINCT FROM 'array' THEN
      RAISE EXCEPTION 'a version says whom it binds';
    END IF;
    IF 2 > (SELECT count(DISTINCT p) FROM jsonb_array_elements_text(NEW.content -> 'parties') AS bound(p)) THEN
      RAISE EXCEPTION 'a version binds at least two parties';
    END IF;
    SELECT p INTO missing FROM (
      SELECT jsonb_array_elements_text(NEW.content -> 'parties')::bigint
      UNION
      SELECT jsonb_array_elements_text(v.content -> 'parties')::bigint
      FROM collaborations_collaboration c JOIN collaborations_version v ON v.id = c.in_force_id
      WHERE c.id = NEW.collaboration_id
    ) AS bound(p) WHERE p <> ALL (NEW.concerned) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % is bound but not asked', missing;
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.in_force_at IS NOT NULL OR OLD.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'a settled version is immutable';
  END IF;
  IF (NEW.id, NEW.collaboration_id, NEW.number, NEW.change, NEW.content, NEW.concerned, NEW.reason,
      NEW.fingerprint, NEW.offered_by_id, NEW.offered_at)
     IS DISTINCT FROM
     (OLD.id, OLD.collaboration_id, OLD.number, OLD.change, OLD.content, OLD.concerned, OLD.reason,
      OLD.fingerprint, OLD.offered_by_id, OLD.offered_at) THEN
    RAISE EXCEPTION 'the text of a version never changes';
  END IF;
  IF (NEW.closed_at IS NULL) <> (NEW.closed_by_id IS NULL) THEN
    RAISE EXCEPTION 'somebody closes a version at some moment';
  END IF;
  IF NEW.in_force_at IS NOT NULL THEN
    SELECT p INTO missing FROM unnest(NEW.concerned) AS asked(p) WHERE NOT EXISTS (
      SELECT 1 FROM collaborations_consent g
      WHERE g.version_id = NEW.id AND g.party_id = p AND g.fingerprint = NEW.fingerprint
        AND g.withdrawn_at IS NULL
    ) LIMIT 1;
    IF FOUND THEN
      RAISE EXCEPTION 'party % has not consented', missing;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collaborations_version_guard BEFORE INSERT OR UPDATE OR DELETE ON collaborations_version
FOR EACH ROW EXECUTE FUNCTION collaborations_version_guard();
CREATE TRIGGER collaborations_version_no_truncate BEFORE TRUNCATE ON collaborations_version
FOR EACH STATEMENT EXECUTE FUNCTION collaborations_version_guard();
"""

CONSENTS = """
CREATE FUNCTION collaborations_consent_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE version collaborations_version%ROWTYPE;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a consent is never deleted';
  END IF;
  SELECT * INTO version FROM collaborations_version WHERE id = NEW.version_id FOR SHARE;
  IF version.in_force_at IS NOT NULL OR version.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'consents to a settled version are immutable';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.withdrawn_at IS NOT NULL OR NEW.fingerprint <> version.fingerprint
       OR NEW.party_id <> ALL (version.concerned) THEN
      RAISE EXCEPTION 'a consent is bound to the version it was given to';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
     OR (NEW.id, NEW.version_id, NEW.party_id, NEW.person_id, NEW.fingerprint, NEW.given_at)
        IS DISTINCT FROM
        (OLD.id, OLD.version_id, OLD.party_id, OLD.person_id, OLD.fingerprint, OLD.given_at) THEN
    RAISE EXCEPTION 'a consent can only be taken back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collaborations_consent_guard BEFORE INSERT OR UPDATE OR DELETE ON collaborations_consent
FOR EACH ROW EXECUTE FUNCTION collaborations_consent_guard();
CREATE TRIGGER collaborations_consent_no_truncate BEFORE TRUNCATE ON collaborations_consent
FOR EACH STATEMENT EXECUTE FUNCTION collaborations_consent_guard();
"""

COLLABORATIONS = """
CREATE FUNCTION collaborations_collaboration_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE bound collaborations_version%ROWTYPE; before integer;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a collaboration is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.in_force_id IS NOT NULL THEN
      RAISE EXCEPTION 'a collaboration begins without an agreement';
    END IF;
    RETURN NEW;
  END IF;
  IF NEW.id <> OLD.id OR NEW.slug <> OLD.slug THEN
    RAISE EXCEPTION 'an address is stable for ever';
  END IF;
  IF OLD.public_since IS NOT NULL AND NEW.public_since IS DISTINCT FROM OLD.public_since THEN
    RAISE EXCEPTION 'what is public stays public';
  END IF;
  IF NEW.latest_number < OLD.latest_number THEN
    RAISE EXCEPTION 'a number is used once';
  END IF;
  IF OLD.in_force_id IS NULL AND NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
    ('idea', 'talking'), ('idea', 'withdrawn'), ('talking', 'offered'), ('talking', 'withdrawn'),
    ('offered', 'talking'), ('offered', 'active')
  ) THEN
    RAISE EXCEPTION 'no way leads from % to %', OLD.status, NEW.status;
  END IF;
  IF NEW.in_force_id IS NULL THEN
    IF OLD.in_force_id IS NOT NULL THEN
      RAISE EXCEPTION 'an agreement ends by consent, not by removal';
    END IF;
    RETURN NEW;
  END IF;
  SELECT * INTO bound FROM collaborations_version WHERE id = NEW.in_force_id;
  IF bound.collaboration_id <> NEW.id OR bound.in_force_at IS NULL THEN
    RAISE EXCEPTION 'only a version in force binds';
  END IF;
  IF NEW.in_force_id IS DISTINCT FROM OLD.in_force_id AND OLD.in_force_id IS NOT NULL THEN
    SELECT number INTO before FROM collaborations_version WHERE id = OLD.in_force_id;
    IF bound.number <= before THEN
      RAISE EXCEPTION 'an older version does not come back';
    END IF;
  END IF;
  IF NEW.status <> (
    CASE bound.change WHEN 'suspend' THEN 'suspended' WHEN 'end' THEN 'ended' ELSE 'active' END
  ) THEN
    RAISE EXCEPTION 'the status follows the version in force';
  END IF;
  IF (NEW.title, NEW.summary, NEW.area, NEW.form, NEW.ownership, NEW.starts, NEW.ends)
     IS DISTINCT FROM
     (bound.content ->> 'title', bound.content ->> 'summary', bound.content ->> 'area',
      bound.content ->> 'form', bound.content ->> 'ownership',
      (bound.content ->> 'starts')::date, (bound.content ->> 'ends')::date) THEN
    RAISE EXCEPTION 'a collaboration repeats its version in force';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER collaborations_collaboration_guard
BEFORE INSERT OR UPDATE OR DELETE ON collaborations_collaboration
FOR EACH ROW EXECUTE FUNCTION collaborations_collaboration_guard();
CREATE TRIGGER collaborations_collaboration_no_truncate BEFORE TRUNCATE ON collaborations_collaboration
FOR EACH STATEMENT EXECUTE FUNCTION collaborations_collaboration_guard();
"""

REMOVE = """
DROP TRIGGER collaborations_collaboration_guard ON collaborations_collaboration;
DROP TRIGGER collaborations_collaboration_no_truncate ON collaborations_collaboration;
DROP FUNCTION collaborations_collaboration_guard();
DROP TRIGGER collaborations_consent_guard ON collaborations_consent;
DROP TRIGGER collaborations_consent_no_truncate ON collaborations_consent;
DROP FUNCTION collaborations_consent_guard();
DROP TRIGGER collaborations_version_guard ON collaborations_version;
DROP TRIGGER collaborations_version_no_truncate ON collaborations_version;
DROP FUNCTION collaborations_version_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("collaborations", "0001_initial")]
    operations = [migrations.RunSQL(VERSIONS + CONSENTS + COLLABORATIONS, REMOVE)]
