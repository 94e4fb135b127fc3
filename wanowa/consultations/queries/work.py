"""The work of somebody of the city: what is late, what is due, what waits for others; each app lends its lines."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.consultations.models import Case, Handover
from wanowa.consultations.queries.advice import unchecked, waiting
from wanowa.consultations.queries.desk import queue_of, told_apart
from wanowa.consultations.queries.sight import Reader, of_the_desk
from wanowa.consultations.rules import AWAITED, Lane, Passing, is_overdue
from wanowa.introductions.queries import open_for
from wanowa.introductions.rules import WAITING
from wanowa.kernel.errors import Sentence
from wanowa.people.models import User
from wanowa.progress.queries import last_signs, quiet
from wanowa.proposals.queries.seeds import address_of, seeds_waiting

MOST = 50
"""Lines of one source."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that somebody of the city has in hand, without a word of anybody's worry."""

    title: str
    href: str
    detail: str = ""
    due: date | None = None
    lane: Lane | None = None
    """The column of the board; None: it stands only on the list of its source."""
    apart: str = ""
    """What tells it from other lines of the same sort."""


@dataclass(frozen=True, slots=True)
class WorkSource:
    """What one app lends: a heading, what it says when there is nothing, and the lines of a reader.

    `lines` states its cost where it is written; none may cost a query a line.
    """

    heading: Sentence
    nothing: Sentence
    lines: Callable[[Reader], Iterable[Line]]
    own_list: bool = True
    """Whether it has a list of its own below the board."""


_sources: dict[str, WorkSource] = {}


def register_work(key: str, source: WorkSource) -> None:
    """Let an app add what it knows to everybody's work. Called in `apps.py: ready()`; the order stays."""
    _sources[key] = source


@dataclass(frozen=True, slots=True)
class Work:
    """The page: today's list first, then the board, then the lists of the apps."""

    overdue: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)
    board: list[tuple[Lane, list[Line]]] = field(default_factory=list)
    lists: list[tuple[WorkSource, list[Line]]] = field(default_factory=list)


def work_of(reader: Reader) -> Work:
    """Return what a reader has in hand, what is due first on top. Costs what the sources cost, however much it is."""
    today = timezone.localdate()
    read = [(source, list(source.lines(reader))[:MOST]) for source in _sources.values()]
    lines = sorted((line for _source, found in read for line in found), key=_first)
    return Work(
        [one for one in lines if is_overdue(one.due, today)],
        [one for one in lines if one.due == today],
        [one for one in lines if one.lane is Lane.OTHERS and not is_overdue(one.due, today)],
        [(lane, [one for one in lines if one.lane is lane]) for lane in Lane],
        [(source, found) for source, found in read if source.own_list],
    )


def _first(line: Line) -> tuple[date, str]:
    return line.due or date.max, line.title


def case_lines(reader: Reader) -> Iterator[Line]:
    """Return the cases a reader holds, stands in for, is asked to take or should call. Costs eight queries."""
    queue = queue_of(reader)
    asked = Handover.objects.filter(case__in=[one.pk for one in queue.mine], status=Passing.OFFERED)
    passed = set(asked.values_list("case_id", flat=True))
    for one in queue.offered:
        yield _line(one.case, Lane.ANSWER, _("引き継ぎの返事を待たれています"))
    for case in (*queue.mine, *queue.standing_in):
        waits = case.due in AWAITED
        lane = Lane.ANSWER if waits else Lane.OTHERS if case.pk in passed else Lane.UNDER_WAY
        yield _line(case, lane, _for(case.owner, reader, str(case.get_due_display())))
    for case in queue.to_call:
        yield _line(case, Lane.AFTER, _for(case.owner, reader, _("電話で、その後を聞きます")))


def _for(owner: User | None, reader: Reader, what: str) -> str:
    """Return what there is to do, and for whom it is done when it is not the reader's own."""
    if owner is None or owner.pk == reader.person:
        return what
    return _("%(what)s（%(name)sさんの代わり）") % {"what": what, "name": owner.name}


def _line(case: Case, lane: Lane, detail: str) -> Line:
    title = _("相談 %(number)s") % {"number": case.number}
    address = reverse("consultations:held", args=[case.number])
    return Line(title, address, detail, case.due_on, lane, told_apart(case))


def introduction_lines(reader: Reader) -> Iterator[Line]:
    """Return the introductions for which a coordinator answers, with what she does next. Costs one query."""
    for one in open_for().filter(of_the_desk(reader))[:MOST]:
        title = _("引き合わせ：%(first)sと%(second)s") % {"first": one.first.name, "second": one.second.name}
        lane = Lane.OTHERS if one.status in WAITING else Lane.UNDER_WAY
        yield Line(title, one.get_absolute_url(), _for(one.owner, reader, str(one.action)), one.due, lane)


def idea_lines(reader: Reader) -> Iterator[Line]:
    """Return the ideas of 200 characters for which a coordinator has to answer. Costs one query."""
    for one in seeds_waiting(MOST, among=of_the_desk(reader)):
        title = _("ひとこと提案 %(number)s") % {"number": one.number}
        detail = _for(one.owner, reader, _("返事を待たれています"))
        yield Line(title, address_of(one), detail, one.due_on, Lane.ANSWER)


def quiet_lines(reader: Reader) -> Iterator[Line]:
    """Return the collaborations in which nobody has done anything for long, for coordinators. Costs four queries."""
    found = list(quiet()[:MOST]) if reader.coordinator else []
    signs = last_signs(found)
    today = timezone.localdate()
    for one in found:
        days = (today - timezone.localtime(signs[one.pk].at).date()).days
        detail = _("%(days)s日前から、動きがありません。") % {"days": days}
        yield Line(one.title, reverse("progress:board", args=[one.slug]), detail)


def answer_lines(reader: Reader) -> Iterator[Line]:
    """Return the answers that wait for a second person or a yearly look. Costs two queries."""
    for one in waiting()[:MOST]:
        if one.proposed_by_id != reader.person:
            yield Line(one.question, one.advice.get_absolute_url(), _("読んで、公開するか決めます。"))
    for one in unchecked()[:MOST]:
        yield Line(one.question, one.advice.get_absolute_url(), _("まだ正しいか、確かめます。"))


def own_work() -> dict[str, WorkSource]:
    """Return what the desk itself lends, and what the apps below know already. No query."""
    return {
        "cases": WorkSource(gettext_lazy("相談"), "", case_lines, own_list=False),
        "introductions": WorkSource(
            gettext_lazy("わたしの引き合わせ"), gettext_lazy("いまは、ありません。"), introduction_lines
        ),
        "ideas": WorkSource(gettext_lazy("ひとこと提案"), "", idea_lines, own_list=False),
        "quiet": WorkSource(
            gettext_lazy("しばらく動きのない取組"), gettext_lazy("いまは、ありません。"), quiet_lines
        ),
        "answers": WorkSource(
            gettext_lazy("確かめを待つ、よくある相談"), gettext_lazy("いまは、ありません。"), answer_lines
        ),
    }
