"""Let the database itself refuse a seat beyond the places, another party, and a deletion of what is on record."""

from django.db import migrations

LISTINGS = """
CREATE FUNCTION exchange_listing_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE highest integer;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a listing is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status NOT IN ('draft', 'open') THEN
      RAISE EXCEPTION 'a listing begins as a draft or open';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.party_id, NEW.person_id, NEW.demonstration)
     IS DISTINCT FROM
     (OLD.id, OLD.party_id, OLD.person_id, OLD.demonstration) THEN
    RAISE EXCEPTION 'a listing stays with its party';
  END IF;
  IF OLD.opened_at IS NOT NULL AND
     (NEW.side, NEW.first_step, NEW.opened_at) IS DISTINCT FROM (OLD.side, OLD.first_step, OLD.opened_at) THEN
    RAISE EXCEPTION 'an open listing keeps its side';
  END IF;
  IF OLD.status IN ('done', 'withdrawn') AND NEW.status <> OLD.status THEN
    RAISE EXCEPTION 'a settled listing stays settled';
  END IF;
  IF NEW.capacity IS DISTINCT FROM OLD.capacity THEN
    SELECT max(h.seat) INTO highest FROM exchange_hand h WHERE h.listing_id = NEW.id;
    IF highest > coalesce(NEW.capacity, 0) THEN
      RAISE EXCEPTION 'seat % is taken', highest;
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_listing_guard BEFORE INSERT OR UPDATE OR DELETE ON exchange_listing
FOR EACH ROW EXECUTE FUNCTION exchange_listing_guard();
CREATE TRIGGER exchange_listing_no_truncate BEFORE TRUNCATE ON exchange_listing
FOR EACH STATEMENT EXECUTE FUNCTION exchange_listing_guard();
"""

HANDS = """
CREATE FUNCTION exchange_hand_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE places integer; small boolean;
BEGIN
  SELECT l.capacity, l.first_step INTO places, small FROM exchange_listing l WHERE l.id = NEW.listing_id;
  IF NOT small THEN
    RAISE EXCEPTION 'hands without an account are raised for first steps';
  END IF;
  IF NEW.seat > places THEN
    RAISE EXCEPTION 'there are only % places', places;
  END IF;
  IF TG_OP = 'UPDATE' AND (NEW.id, NEW.listing_id, NEW.channel, NEW.raised_at)
     IS DISTINCT FROM (OLD.id, OLD.listing_id, OLD.channel, OLD.raised_at) THEN
    RAISE EXCEPTION 'a hand stays where it was raised';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_hand_guard BEFORE INSERT OR UPDATE ON exchange_hand
FOR EACH ROW EXECUTE FUNCTION exchange_hand_guard();
"""

PLEDGES = """
CREATE FUNCTION exchange_pledge_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE owner bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' OR TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'a pledge is never deleted';
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT l.party_id INTO owner FROM exchange_listing l WHERE l.id = NEW.listing_id;
    IF owner = NEW.party_id THEN
      RAISE EXCEPTION 'a pledge is between two parties';
    END IF;
    IF NEW.status <> 'raised' THEN
      RAISE EXCEPTION 'a pledge begins raised';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id, NEW.listing_id, NEW.party_id, NEW.person_id)
     IS DISTINCT FROM
     (OLD.id, OLD.listing_id, OLD.party_id, OLD.person_id) THEN
    RAISE EXCEPTION 'a pledge stays between its sides';
  END IF;
  IF NEW.person_id = NEW.answered_by_id THEN
    RAISE EXCEPTION 'nobody answers herself';
  END IF;
  IF OLD.settled_at IS NOT NULL AND
     (NEW.status, NEW.settled_at, NEW.answered_at, NEW.owner_done_at, NEW.other_done_at, NEW.minutes)
     IS DISTINCT FROM
     (OLD.status, OLD.settled_at, OLD.answered_at, OLD.owner_done_at, OLD.other_done_at, OLD.minutes) THEN
    RAISE EXCEPTION 'a settled pledge is immutable';
  END IF;
  IF (OLD.owner_done_at IS NOT NULL AND NEW.owner_done_at IS DISTINCT FROM OLD.owner_done_at)
     OR (OLD.other_done_at IS NOT NULL AND NEW.other_done_at IS DISTINCT FROM OLD.other_done_at) THEN
    RAISE EXCEPTION 'a word once given is not moved';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER exchange_pledge_guard BEFORE INSERT OR UPDATE OR DELETE ON exchange_pledge
FOR EACH ROW EXECUTE FUNCTION exchange_pledge_guard();
CREATE TRIGGER exchange_pledge_no_truncate BEFORE TRUNCATE ON exchange_pledge
FOR EACH STATEMENT EXECUTE FUNCTION exchange_pledge_guard();
"""

REMOVE = """
DROP TRIGGER exchange_listing_guard ON exchange_listing;
DROP TRIGGER exchange_listing_no_truncate ON exchange_listing;
DROP FUNCTION exchange_listing_guard();
DROP TRIGGER exchange_hand_guard ON exchange_hand;
DROP FUNCTION exchange_hand_guard();
DROP TRIGGER exchange_pledge_guard ON exchange_pledge;
DROP TRIGGER exchange_pledge_no_truncate ON exchange_pledge;
DROP FUNCTION exchange_pledge_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]
    operations = [migrations.RunSQL(LISTINGS + HANDS + PLEDGES, REMOVE)]
