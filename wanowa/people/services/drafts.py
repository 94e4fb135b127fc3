"""Keeping what somebody was typing, for them alone, until they send it or 90 days pass."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from wanowa.people.models import Draft, User
from wanowa.people.rules import DRAFT_LIFETIME, DRAFTS_A_PERSON, draft_address, worth_drafting
from wanowa.record.services.unrecorded import unrecorded


@unrecorded("what was not sent did not happen")
@transaction.atomic
def save_draft(person: User, address: str, fields: Mapping[str, list[str]]) -> None:
    """Keep what was typed at `address`; an emptied form has no draft. The oldest beyond 50 go."""
    kept = worth_drafting(fields)
    if not kept:
        discard_draft(person, address)
        return
    Draft.objects.update_or_create(
        person=person, address=draft_address(address), defaults={"fields": kept, "saved_at": timezone.now()}
    )
    newest = Draft.objects.filter(person=person).order_by("-saved_at", "-pk").values("pk")[:DRAFTS_A_PERSON]
    Draft.objects.filter(person=person).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()


@unrecorded("what was not sent did not happen")
def discard_draft(person: User, address: str) -> None:
    """Forget the draft at `address`: it was sent, or is not wanted. Nothing happens when there is none."""
    Draft.objects.filter(person=person, address=draft_address(address)).delete()


@unrecorded("what was not sent did not happen")
def forget_old_drafts() -> int:
    """Delete drafts nobody touched for 90 days. Returns how many."""
    return Draft.objects.filter(saved_at__lt=timezone.now() - DRAFT_LIFETIME).delete()[0]
