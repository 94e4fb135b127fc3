"""What the database refuses by itself, whatever the code does."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from wanowa.exchange.models import Hand, Listing, Pledge
from wanowa.exchange.tests import factories as make

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(Exception) as caught, transaction.atomic():  # noqa: PT011 - both kinds of refusal
        act()
    assert type(caught.value).__name__ in {"IntegrityError", "InternalError", "ProgrammingError"}
    return str(caught.value)


def test_no_sql_seats_more_than_there_are_places():
    step = make.step(capacity=1)
    hand = make.hand(step)
    assert "only 1 places" in refused(lambda: Hand.objects.filter(pk=hand.pk).update(seat=2))
    assert "seat 1 is taken" in refused(lambda: Listing.objects.filter(pk=step.pk).update(capacity=0))
    assert "hand_one_a_seat" in refused(
        lambda: Hand.objects.create(
            listing=step, name="x", email="x@example.jp", status="held", seat=1, raised_at=timezone.now()
        )
    )


def test_no_sql_raises_a_hand_for_what_is_no_first_step():
    assert "first steps" in refused(
        lambda: Hand.objects.create(
            listing=make.listing(), name="x", email="x@example.jp", status="queued", raised_at=timezone.now()
        )
    )


def test_no_sql_moves_a_listing_to_another_party_or_deletes_it():
    found = make.listing()
    other = make.actor().party
    assert "stays with its party" in refused(
        lambda: Listing.objects.filter(pk=found.pk).update(party_id=other)
    )
    assert "never deleted" in refused(lambda: Listing.objects.filter(pk=found.pk).delete())


def test_no_sql_makes_a_first_step_of_three_hours():
    step = make.step()
    with pytest.raises(IntegrityError), transaction.atomic():
        Listing.objects.filter(pk=step.pk).update(minutes=180)


def test_no_sql_lets_one_person_answer_herself():
    pledge = make.pledge(make.listing())
    assert "nobody answers herself" in refused(
        lambda: Pledge.objects.filter(pk=pledge.pk).update(answered_by=pledge.person_id)
    )
