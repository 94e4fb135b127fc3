"""Answers used again: what everybody reads, what waits for a second person, and what is near a worry."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from wanowa.consultations.models import Wording
from wanowa.consultations.rules import Stage, near
from wanowa.consultations.rules.advice import CHECKED_FOR

MOST = 500
"""Answers that are compared with a worry."""


def released() -> QuerySet[Wording]:
    """Return what everybody may read, by kind of worry. Costs one query."""
    found = Wording.objects.filter(stage=Stage.RELEASED, advice__withdrawn_at__isnull=True)
    return found.select_related("advice").order_by("category", "advice_id")


def waiting() -> QuerySet[Wording]:
    """Return what waits for a second person, oldest first. Costs one query."""
    found = Wording.objects.filter(stage=Stage.PROPOSED).select_related("advice", "proposed_by")
    return found.order_by("proposed_at", "id")


def unchecked() -> QuerySet[Wording]:
    """Return what is public and was not checked for a year, the oldest first. Costs one query."""
    limit = timezone.localdate() - CHECKED_FOR
    late = Q(advice__checked_on__lt=limit) | Q(advice__checked_on__isnull=True)
    return released().filter(late).order_by("advice__checked_on", "advice_id")


def wordings_of(advice: int) -> list[Wording]:
    """Return every wording of an answer, newest first. Costs one query."""
    found = Wording.objects.filter(advice_id=advice)
    return list(found.select_related("advice", "proposed_by", "released_by"))


def near_to(worry: str) -> list[Wording]:
    """Return at most three answers that may help with a worry. Costs one query; nothing of it is kept."""
    known = {one.pk: one for one in released()[:MOST]}
    texts = {key: f"{one.question}\n{one.answer}" for key, one in known.items()}
    return [known[key] for key in near(worry, texts)] if worry.strip() else []
