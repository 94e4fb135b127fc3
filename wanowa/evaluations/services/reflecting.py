"""Talking about what was revealed: reasons for single scores, and the joint text that all write together."""

from django.utils.translation import gettext as _

from wanowa.evaluations.models import Reason, Reflection, Round
from wanowa.evaluations.queries.reflecting import open_statement, revealed_locked
from wanowa.evaluations.rules.joint import Joint, Part, mark, with_part
from wanowa.evaluations.verbs import REASON_GIVEN, REASONS_FORGOTTEN, REFLECTION_EDITED
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.parties.models import Membership
from wanowa.parties.rules import ALONE, WRITES
from wanowa.people.models import User
from wanowa.record.services import records, write
from wanowa.record.services.unrecorded import unrecorded


@records(REASON_GIVEN)
def give_reason(found: Round, *, criterion: str, text: str, by: Actor) -> Reason:
    """Say why a party saw one question as it did. Added below what was said before, with its day."""
    found, collaboration = revealed_locked(found, by, WRITES)
    _refuse_while_offered(found)
    if criterion not in {question.key for question in found.asked}:
        raise Invalid(_("その問いは、このふりかえりにありません。問いの一覧から、えらびなおしてください。"))
    if not text.strip():
        raise Invalid(_("わけを書いてください。ほかの主体が読みます。"))
    told = write(
        REASON_GIVEN,
        collaboration,
        by=by,
        personal={"text": text},
        number=found.number,
        criterion=criterion,
    )
    return Reason.objects.create(
        round=found, party_id=by.required_party, criterion=criterion, text=text, said_at=told.at
    )


@records(REFLECTION_EDITED)
def write_together(found: Round, *, part: Part, written: Joint, seen: str, by: Actor) -> Reflection:
    """Save one part of the joint text; the other part of `written` is ignored.

    `seen` is the part's mark on the writer's page; when somebody changed the part since, Conflict is raised.
    """
    found, collaboration = revealed_locked(found, by, WRITES)
    _refuse_while_offered(found)
    reflection, _new = Reflection.objects.select_for_update().get_or_create(
        round=found, defaults={"content": Joint().content(), "edited_by_id": by.required_party}
    )
    if mark(reflection.joint, part) != seen:
        raise Conflict(
            _(
                "あなたが書いているあいだに、ほかの人が直しました。両方を見くらべて、もう一度保存してください。"
            )
        )
    reflection.content = with_part(reflection.joint, part, written).content()
    reflection.revision += 1
    reflection.edited_by_id = by.required_party
    reflection.save()
    write(REFLECTION_EDITED, collaboration, by=by, number=found.number, revision=reflection.revision)
    return reflection


def _refuse_while_offered(found: Round) -> None:
    """Everybody consents to what stands on the page: while consent is awaited, nothing is added to it."""
    if open_statement(found) is not None:
        raise Refused(
            _("いま、まとめへの同意を待っています。直すときは、先に「話し合いに戻す」をえらんでください。")
        )


@unrecorded("runs inside the erasure, which is recorded; each round is recorded by forget_reasons")
def forget_person(person: User, *, by: Actor) -> None:
    """Take out what an erased person wrote as a party of her own. Dates and entries stay."""
    own = Membership.objects.filter(person=person, party__kind__in=ALONE).values_list("party_id", flat=True)
    rounds = Round.objects.filter(
        pk__in=Reason.objects.filter(party__in=own).exclude(text="").values("round")
    )
    for found in rounds.select_related("collaboration").order_by("collaboration", "number"):
        for party in sorted(set(own) & set(found.concerned)):
            forget_reasons(found, party, by=SYSTEM)


@records(REASONS_FORGOTTEN)
def forget_reasons(found: Round, party: int, *, by: Actor) -> None:
    """Take the words out of a party's reasons in one round."""
    write(REASONS_FORGOTTEN, found.collaboration, by=Actor(party=party), number=found.number)
    Reason.objects.filter(round=found, party=party).update(text="")
