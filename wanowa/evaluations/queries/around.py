"""What others ask of looking back: the way to it, what waits for whom, which goals must stay, who is reminded."""

from collections.abc import Collection, Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.queries import Link
from wanowa.evaluations.models import Agreement, Evaluation, Round
from wanowa.evaluations.rules import REMIND_BUSINESS_DAYS, RUNNING, Status
from wanowa.evaluations.verbs import REMINDED
from wanowa.guideline.queries import pack
from wanowa.kernel.calendar import add_business_days
from wanowa.kernel.errors import Sentence
from wanowa.record.queries import history


def links(collaboration: Collaboration, version: Version | None, *, inside: bool) -> Iterator[Link]:
    """Yield the way from a collaboration to its rounds, for the table. Costs no query."""
    if version is None and inside and collaboration.in_force_id is not None:
        yield Link(_("ふりかえり"), reverse("evaluations:rounds", args=[collaboration.slug]))


def keeps_goals(collaboration: Collaboration) -> Sentence | None:
    """Say why goals cannot change now: the parties are being asked about these. Costs one query."""
    if not Round.objects.filter(collaboration=collaboration, status=Status.OPEN).exists():
        return None
    return _("ふりかえりの記入中は、目標を変えられません。封を開いたあとで、提案してください。")


def waiting_for(mine: Collection[int]) -> list[Round]:
    """Return the rounds that wait for the parties `mine`: for their yes, or for their seal. Costs one query."""
    if not mine:
        return []
    about = {"round": OuterRef("pk"), "party__in": list(mine)}
    found = (
        Round.objects.filter(
            concerned__overlap=list(mine), status__in=RUNNING, deadline__gte=timezone.localdate()
        )
        .annotate(
            agreed=Exists(Agreement.objects.filter(**about)),
            sealed=Exists(Evaluation.objects.filter(**about)),
        )
        .select_related("collaboration", "proposed_by")
        .order_by("deadline", "id")
    )
    return [one for one in found if not (one.sealed if one.status == Status.OPEN else one.agreed)]


def awaited_soon() -> Iterator[tuple[Round, int]]:
    """Yield who has not sealed though few business days are left: rounds with a party each, not yet reminded.

    Costs three queries a round that ends soon.
    """
    today = timezone.localdate()
    until = add_business_days(today, REMIND_BUSINESS_DAYS, closing=pack().closing_days)
    ending = Round.objects.filter(status=Status.OPEN, deadline__range=(today, until))
    for found in ending.select_related("collaboration").order_by("id"):
        sealed = set(Evaluation.objects.filter(round=found).values_list("party_id", flat=True))
        told = reminded(found)
        for party in found.concerned:
            if party not in sealed | told:
                yield found, party


def reminded(found: Round) -> set[int]:
    """Return the parties that were reminded of a round. Costs one query."""
    entries = history(found.collaboration).filter(verb=REMINDED.name, facts__number=found.number)
    return {int(facts["awaited"]) for facts in entries.values_list("facts", flat=True)}
