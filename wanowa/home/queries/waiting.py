"""What waits for a person at the tables of her parties, most urgent first."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.activities.queries import waiting_for as suggestions_waiting_for
from wanowa.collaborations import queries as collaborations
from wanowa.collaborations.queries import OwnTable
from wanowa.collaborations.rules import Seat, Status
from wanowa.contributions.queries import tables_awaiting
from wanowa.evaluations.queries import waiting_for as rounds_waiting_for
from wanowa.evaluations.queries.reflecting import statements_waiting_for
from wanowa.evaluations.rules import Status as RoundStatus
from wanowa.exchange.queries import waiting_for as pledges_waiting_for
from wanowa.introductions.queries import waiting_for as introductions_waiting_for
from wanowa.kernel import eras
from wanowa.parties.queries import Held
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.progress.queries import waiting_for as tasks_waiting_for
from wanowa.talent.queries import answers_awaiting


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing that waits: what, why, where, and the word on the button."""

    title: str
    detail: str
    href: str
    action: str
    urgent: bool = False


def todos(tables: Sequence[OwnTable], held: Iterable[Held]) -> list[Todo]:
    """Return what waits for this person, the most urgent first. However much it is, the queries stay as many."""
    roles = [(one.party.id, one.role) for one in held]
    speaks = {party for party, role in roles if role in SPEAKS}
    writes = {party for party, role in roles if role in WRITES}
    return [
        *_consents(tables, speaks),
        *_invitations(tables, speaks),
        *_requests(tables, writes),
        *_measures(tables, speaks),
        *_questions(tables, writes),
        *_restatements(tables, writes),
        *_rounds(speaks, writes),
        *_joint_texts(speaks),
        *_suggestions(speaks),
        *_introductions(writes),
        *_pledges(writes),
        *_answers(writes),
        *_entries(tables, writes),
        *_tasks(tables, writes),
        *_texts(tables, writes),
    ]


def _consents(tables: Iterable[OwnTable], speaks: Collection[int]) -> Iterator[Todo]:
    offers = [one.table.waiting for one in tables if one.awaits(speaks)]
    for version in sorted((offer for offer in offers if offer), key=attrgetter("offered_at")):
        yield Todo(
            title=_("「%(title)s」第%(number)s版に同意する")
            % {"title": version.collaboration.title, "number": version.number},
            detail=_("%(name)sが提案しました。あなたの主体が同意するまで、何も変わりません。")
            % {"name": version.offered_by.name},
            href=reverse("collaborations:consent", args=[version.collaboration.slug]),
            action=_("確かめる"),
            urgent=True,
        )


def _invitations(tables: Iterable[OwnTable], speaks: Collection[int]) -> Iterator[Todo]:
    invited = [
        (seat, one.table.collaboration)
        for one in tables
        if one.table.collaboration.status in {Status.IDEA, Status.TALKING}
        for seat in one.seats(speaks, Seat.INVITED)
    ]
    for seat, collaboration in sorted(invited, key=lambda pair: pair[0].pk):
        yield Todo(
            title=_("話し合いへの招き：%(title)s") % {"title": collaboration.title},
            detail=_("%(name)sが招かれています。加わっても、まだ何も決まりません。")
            % {"name": seat.party.name},
            href=reverse("collaborations:collaboration", args=[collaboration.slug]),
            action=_("読む"),
        )


def _requests(tables: Iterable[OwnTable], writes: Collection[int]) -> Iterator[Todo]:
    asked = [one.table.collaboration for one in tables if one.asked and one.seats(writes, Seat.SEATED)]
    for request in collaborations.requests_to(*asked) if asked else ():
        yield Todo(
            title=_("仲間に入りたいという申し出：%(title)s") % {"title": request.collaboration.title},
            detail=_("%(name)sから。返事を待っています。") % {"name": request.party.name},
            href=reverse("collaborations:collaboration", args=[request.collaboration.slug]),
            action=_("読む"),
        )


def _measures(tables: Iterable[OwnTable], speaks: Collection[int]) -> Iterator[Todo]:
    measured = [
        one.table.collaboration.pk for one in tables if one.measured and one.seats(speaks, Seat.SEATED)
    ]
    for measure in collaborations.measures_awaiting(measured, speaks) if measured else ():
        yield Todo(
            title=_("記録の見直しに答える：%(title)s") % {"title": measure.collaboration.title},
            detail=_("%(name)sの提案です。全員が賛成するまで、何も変わりません。")
            % {"name": measure.proposed_by.name},
            href=reverse("collaborations:entry", args=[measure.collaboration.slug, measure.target]),
            action=_("読む"),
        )


def _questions(tables: Iterable[OwnTable], writes: Collection[int]) -> Iterator[Todo]:
    asked = [
        one.table.collaboration.pk for one in tables if one.questioned and one.seats(writes, Seat.SEATED)
    ]
    for question in collaborations.questions_awaiting(asked, writes) if asked else ():
        message = question.message
        room = reverse("collaborations:room", args=[message.collaboration.slug])
        yield Todo(
            title=_("答えを待っている質問：%(title)s") % {"title": message.collaboration.title},
            detail=_("%(name)sからの質問です。答えるか、答えないわけを伝えます。")
            % {"name": message.party.name},
            href=f"{room}?answer={message.pk}#answering",
            action=_("読む"),
        )


def _restatements(tables: Iterable[OwnTable], writes: Collection[int]) -> Iterator[Todo]:
    restated = [
        one.table.collaboration.pk for one in tables if one.restated and one.seats(writes, Seat.SEATED)
    ]
    for restatement in collaborations.restatements_awaiting(restated, writes) if restated else ():
        message = restatement.message
        yield Todo(
            title=_("受けとりを確かめる：%(title)s") % {"title": message.collaboration.title},
            detail=_("%(name)sが、どう受けとったかを書きました。そのとおりかどうかを伝えます。")
            % {"name": message.party.name},
            href=reverse("collaborations:understood", args=[message.collaboration.slug]),
            action=_("読む"),
        )


def _rounds(speaks: AbstractSet[int], writes: Collection[int]) -> Iterator[Todo]:
    """Yield the rounds of looking back that wait for a yes, or for being filled in and sealed."""
    for found in rounds_waiting_for(writes):
        about = {"title": found.collaboration.title, "number": found.number}
        until = {"day": eras.era_date(found.deadline)}
        if found.status == RoundStatus.OPEN:
            yield Todo(
                title=_("ふりかえりを書く：%(title)s") % about,
                detail=_("%(day)sまでに、封をします。ほかの主体には、まだ見えません。") % until,
                href=reverse("evaluations:desk", args=[found.collaboration.slug, found.number]),
                action=_("書く"),
            )
        elif not speaks.isdisjoint(found.concerned):
            yield Todo(
                title=_("ふりかえりの進め方に答える：%(title)s") % about,
                detail=_("%(name)sの提案です。全員が同意すると、始まります。")
                % {"name": found.proposed_by.name},
                href=reverse("evaluations:round", args=[found.collaboration.slug, found.number]),
                action=_("読む"),
            )


def _joint_texts(speaks: Collection[int]) -> Iterator[Todo]:
    """Yield the joint texts of looking back that wait for a consent."""
    for statement in statements_waiting_for(speaks):
        collaboration = statement.round.collaboration
        yield Todo(
            title=_("まとめを読んで答える：%(title)s") % {"title": collaboration.title},
            detail=_("%(name)sが出しました。全員が同意すると、ふりかえりが公開されます。")
            % {"name": statement.offered_by.name},
            href=reverse("evaluations:approve", args=[collaboration.slug, statement.round.number]),
            action=_("読む"),
        )


def _suggestions(speaks: Collection[int]) -> Iterator[Todo]:
    for suggestion in suggestions_waiting_for(speaks):
        yield Todo(
            title=_("いっしょに動く申し出：%(title)s") % {"title": suggestion.activity.title},
            detail=_("話し合いを始めるかどうか、返事を待っています。受けても、まだ何も決まりません。"),
            href=suggestion.get_absolute_url(),
            action=_("読む"),
        )


def _pledges(writes: Collection[int]) -> Iterator[Todo]:
    for pledge in pledges_waiting_for(writes):
        yield Todo(
            title=_("手があがっています：%(title)s") % {"title": pledge.listing.title},
            detail=_("%(name)sから。返事を待っています。") % {"name": pledge.party.name},
            href=pledge.get_absolute_url(),
            action=_("読む"),
        )


def _introductions(writes: Collection[int]) -> Iterator[Todo]:
    for shown in introductions_waiting_for(writes):
        about = {"name": shown.other.name, "day": eras.era_date(shown.introduction.answer_by)}
        yield Todo(
            title=_("引き合わせ：%(name)s") % about,
            detail=_("会いたいかどうかを、%(day)sまでに答えてください。") % about
            if shown.awaits
            else _("そのあと、どうなったかを教えてください。"),
            href=shown.introduction.get_absolute_url(),
            action=_("読む"),
        )


def _answers(writes: Collection[int]) -> Iterator[Todo]:
    """Yield the requests to people of the bank that were accepted, and what those people wrote last."""
    for request in answers_awaiting(writes):
        yield Todo(
            title=_("お願いに返事が来ています（%(handle)s）") % {"handle": request.handle},
            detail=_("受けてもらえました。日や場所を、ページで決めます。"),
            href=request.get_absolute_url(),
            action=_("読む"),
        )


def _entries(tables: Iterable[OwnTable], writes: Collection[int]) -> Iterator[Todo]:
    """Entries of ledgers that wait for a yes or a no; whoever has left a table may not open its ledger."""
    seated = {one.table.collaboration.pk for one in tables if one.seats(writes, Seat.SEATED)}
    for collaboration, count in tables_awaiting(writes) if seated else ():
        if collaboration.pk in seated:
            yield Todo(
                title=_("出しあいを確かめる：%(title)s") % {"title": collaboration.title},
                detail=_("返事を待つ記録が、%(count)s件あります。そのとおりかどうかを伝えます。")
                % {"count": count},
                href=reverse("contributions:entries", args=[collaboration.slug]),
                action=_("確かめる"),
            )


def _tasks(tables: Iterable[OwnTable], writes: Collection[int]) -> Iterator[Todo]:
    """Tasks whose day is near or over, at tables where the person writes; nothing is asked where nothing runs."""
    running = any(
        one.table.collaboration.status == Status.ACTIVE and one.seats(writes, Seat.SEATED) for one in tables
    )
    for collaboration, task in tasks_waiting_for(writes) if running else ():
        day = eras.era_date(task.due) if task.due else ""
        yield Todo(
            title=_("役割：%(task)s") % {"task": task.task.what},
            detail=_("「%(title)s」、%(day)sまで。%(late)s")
            % {"title": collaboration.title, "day": day, "late": task.lateness},
            href=reverse("progress:tasks", args=[collaboration.slug]),
            action=_("ようすを知らせる"),
            urgent=task.late,
        )


def _texts(tables: Iterable[OwnTable], writes: Collection[int]) -> Iterator[Todo]:
    """Texts in preparation at tables where the person writes, as long as nothing is offered."""
    drafts = [
        one.table.collaboration.draft
        for one in tables
        if hasattr(one.table.collaboration, "draft")
        and one.table.waiting is None
        and one.seats(writes, Seat.SEATED)
    ]
    for draft in sorted(drafts, key=attrgetter("updated_at"), reverse=True):
        yield Todo(
            title=_("内容を書く：%(title)s") % {"title": draft.collaboration.title},
            detail=_("最後に直したのは%(name)sです。") % {"name": draft.edited_by.name},
            href=reverse("collaborations:terms", args=[draft.collaboration.slug]),
            action=_("つづける"),
        )
