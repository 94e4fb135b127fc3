"""What the search finds of the scheme: rounds, the needs of departments, and proposals that are public."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import Actor
from wanowa.parties.models import Party
from wanowa.parties.rules import ALONE
from wanowa.proposals.models import Answer, Need, Proposal, Round
from wanowa.proposals.queries.proposals import public_proposals
from wanowa.proposals.queries.rounds import shown_rounds
from wanowa.proposals.rules.lifecycle import NeedStatus
from wanowa.proposals.rules.questions import QuestionKey
from wanowa.search.queries import Readable, Source

_KINDS = {"r": Round, "n": Need, "p": Proposal}


def source() -> Source:
    """Return rounds, needs and public proposals as documents."""
    return Source("proposals", _("協働事業提案"), _keys, _documents, _touched, _may_be_seen)


def _keys(after: str, limit: int) -> list[str]:
    """Costs at most three queries. Keys are n12, p3, r4: ordered by letter, then by number."""
    found: list[str] = []
    for letter in sorted(_KINDS):
        if after and letter < after[0]:
            continue
        above = int(after[1:]) if after[:1] == letter else 0
        rows = _KINDS[letter]._default_manager.filter(pk__gt=above).order_by("pk")
        found += [f"{letter}{pk}" for pk in rows.values_list("pk", flat=True)[: limit - len(found)]]
        if len(found) >= limit:
            break
    return found


def _documents(keys: Sequence[str]) -> Iterator[Readable]:
    """Costs one query for each kind, two for proposals."""
    wanted = _by_letter(keys)
    for found in shown_rounds().filter(pk__in=wanted["r"]):
        yield Readable(f"r{found.pk}", found.title, found.intro, found.get_absolute_url())
    for need in _needs().filter(pk__in=wanted["n"]):
        body = f"{need.text}\n{need.department.name}"
        yield Readable(f"n{need.pk}", need.title, body, need.get_absolute_url())
    proposals = list(public_proposals().filter(pk__in=wanted["p"]))
    said = Answer.objects.filter(proposal__in=proposals, key=QuestionKey.SUMMARY)
    summaries = dict(said.values_list("proposal", "text"))
    for one in proposals:
        body = f"{summaries.get(one.pk, '')}\n{one.party.name}"
        personal = one.party.kind in ALONE
        yield Readable(f"p{one.pk}", str(one), body, one.get_absolute_url(), personal=personal)


def _needs() -> QuerySet[Need]:
    return Need.objects.filter(status=NeedStatus.PUBLISHED, round__in=shown_rounds()).select_related(
        "department"
    )


def _by_letter(keys: Iterable[str]) -> dict[str, list[int]]:
    wanted: dict[str, list[int]] = {letter: [] for letter in _KINDS}
    for key in keys:
        wanted[key[0]].append(int(key[1:]))
    return wanted


def _touched(case: str) -> Iterable[str]:
    """Costs one query for a round (its needs stand on its page), two for a party; else none."""
    label, _slash, key = case.partition("/")
    if label == Proposal._meta.label_lower:
        return [f"p{key}"]
    if label == Round._meta.label_lower:
        needs = Need.objects.filter(round_id=int(key)).order_by("pk").values_list("pk", flat=True)
        return [f"r{key}", *(f"n{pk}" for pk in needs)]
    if label == Party._meta.label_lower:
        needs = Need.objects.filter(department_id=int(key)).values_list("pk", flat=True)
        proposals = Proposal.objects.filter(party_id=int(key)).values_list("pk", flat=True)
        return [*(f"n{pk}" for pk in needs), *(f"p{pk}" for pk in proposals)]
    return []


def _may_be_seen(actor: Actor, keys: Collection[str]) -> set[str]:
    """Return what is public now: it is for everybody. Costs one query for each kind."""
    wanted = _by_letter(keys)
    rows = {"r": shown_rounds(), "n": _needs(), "p": public_proposals()}
    return {
        f"{letter}{pk}"
        for letter, found in rows.items()
        if wanted[letter]
        for pk in found.filter(pk__in=wanted[letter]).values_list("pk", flat=True)
    }
