"""Let the database itself keep an issued paper as it is, whoever asks it."""

from django.db import migrations

ISSUES = """
CREATE FUNCTION papers_issue_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'an issued paper is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.withdrawn_at IS NOT NULL THEN
      RAISE EXCEPTION 'a paper is issued with its file';
    END IF;
    IF NOT EXISTS (
      SELECT 1 FROM collaborations_version v WHERE v.id = NEW.version_id AND v.in_force_at IS NOT NULL
    ) THEN
      RAISE EXCEPTION 'only a version in force has papers';
    END IF;
    RETURN NEW;
  END IF;
  IF OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL
     OR (NEW.id, NEW.version_id, NEW.kind, NEW.digest, NEW.size, NEW.issued_at)
        IS DISTINCT FROM
        (OLD.id, OLD.version_id, OLD.kind, OLD.digest, OLD.size, OLD.issued_at) THEN
    RAISE EXCEPTION 'of an issued paper only the file can go, once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER papers_issue_guard BEFORE INSERT OR UPDATE OR DELETE ON papers_issue
FOR EACH ROW EXECUTE FUNCTION papers_issue_guard();
CREATE TRIGGER papers_issue_no_truncate BEFORE TRUNCATE ON papers_issue
FOR EACH STATEMENT EXECUTE FUNCTION papers_issue_guard();
"""

REMOVE = """
DROP TRIGGER papers_issue_guard ON papers_issue;
DROP TRIGGER papers_issue_no_truncate ON papers_issue;
DROP FUNCTION papers_issue_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial")]
    operations = [migrations.RunSQL(ISSUES, REMOVE)]
