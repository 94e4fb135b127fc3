"""Pieces that several papers share: days and sums as they are written, tables of the terms, who agreed when."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from wanowa.collaborations.rules import Bring, Goal, Task, Terms
from wanowa.guideline.rules import Area, Form, Ownership, Resource
from wanowa.kernel import eras, money
from wanowa.kernel.errors import Invalid
from wanowa.papers.rules.agreement import Agreement
from wanowa.press.sheets import Block, Grid, Text
from wanowa.progress.rules import Reading
from wanowa.web.charts import number

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
BLANK_DAY = "令和　　年　　月　　日"


def wide(number: int) -> str:
    """Return a number in full-width digits, as articles and sections are counted: １２."""
    return str(number).translate(_WIDE)


def day(written: str) -> str:
    """Return an ISO day as 令和8年11月23日; anything else people wrote (毎月末) stays as it is."""
    try:
        return eras.era_date(eras.parse(written)) if written else ""
    except Invalid:
        return written


def span(terms: Terms) -> str:
    """Return from when until when, as far as it is written."""
    if not (terms.starts and terms.ends):
        return ""
    return _("%(starts)sから%(ends)sまで") % {"starts": day(terms.starts), "ends": day(terms.ends)}


def gold(amount: int | None) -> str:
    """Return an amount as official letters write it: 金120,000円; room to write for one not known."""
    return _("金　　　　　　　　円") if amount is None else f"金{money.yen(amount)}"


def lines(*written: str) -> str:
    """Return what is written, one below the other, without what is empty."""
    return "\n".join(one for one in written if one)


def goals(
    terms: Terms, *, achieved: bool = False, counted: Mapping[int, Reading] | None = None
) -> tuple[Block, ...]:
    """Return the table of what is counted; with `achieved`, a column for the real number.

    `counted` are the numbers known by their place in the terms; for the others there is room to write.
    """
    if not terms.goals:
        return ()
    rows = tuple(
        (
            goal.what,
            "" if goal.target is None else f"{goal.target:,}{goal.unit}",
            day(goal.due),
            *([_counted(goal, (counted or {}).get(place))] if achieved else []),
        )
        for place, goal in enumerate(terms.goals)
    )
    more = (_("実際の数"),) if achieved else ()
    head = (_("すること"), _("めざす数"), _("いつまで"), *more)
    widths = (5, 2, 3, 4 if counted else 2)[: len(head)]
    return (Grid(head, rows, widths, numbers=(1,), tall=achieved),)


def _counted(goal: Goal, reading: Reading | None) -> str:
    if reading is None:
        return ""
    return _("%(number)s\n%(day)sまで") % {
        "number": number(reading.value, goal.unit),
        "day": eras.era_date(reading.on),
    }


def outcomes(terms: Terms, *, achieved: bool = False) -> tuple[Block, ...]:
    """Return the table of who changes and how one sees it; with `achieved`, a column to write what was seen."""
    if not terms.outcomes:
        return ()
    more = (_("わかったこと"),) if achieved else ()
    rows = tuple(
        (outcome.who, outcome.change, outcome.observed, *([""] if achieved else []))
        for outcome in terms.outcomes
    )
    head = (_("だれが"), _("どう変わるか"), _("確かめ方"), *more)
    return (Grid(head, rows, (2, 4, 3, 3)[: len(head)], tall=achieved),)


def roles(agreement: Agreement, *, brings: bool = True) -> tuple[Block, ...]:
    """Return the role sheet: who does it, who is responsible, by when, and what each side brings."""
    tasks = agreement.terms.roles
    if not tasks:
        return ()
    more = (_("出しあうもの"),) if brings else ()
    rows = tuple(
        (
            task.what,
            "\n".join(agreement.name(doer) for doer in task.doers),
            agreement.name(task.responsible),
            day(task.due),
            *([brought(agreement, task)] if brings else []),
        )
        for task in tasks
    )
    head = (_("すること"), _("する主体"), _("責任をもつ主体"), _("いつまで"), *more)
    return (Grid(head, rows, (4, 3, 3, 2, 4)[: len(head)]),)


def brought(agreement: Agreement, task: Task) -> str:
    """Return what the parties bring to one task, one line each."""
    return "\n".join(f"{agreement.name(bring.party)}　{_bring(bring)}" for bring in task.brings)


def _bring(bring: Bring) -> str:
    what = [bring.what]
    if bring.hours:
        what.append(_("%(hours)s時間") % {"hours": f"{bring.hours:,}"})
    if bring.yen:
        what.append(money.yen(bring.yen))
    said = "　".join(part for part in what if part)
    return f"{Resource(bring.resource).label}" + (f"：{said}" if said else "")


def aims(agreement: Agreement) -> tuple[Block, ...]:
    """Return what each party wants from it, in its own words."""
    rows = tuple((agreement.name(party), aim) for party, aim in agreement.terms.aims.items() if aim)
    return (Grid((_("主体"), _("ねらい")), rows, (3, 7)),) if rows else ()


def shares(agreement: Agreement) -> tuple[Block, ...]:
    """Return who pays how much, and the sum."""
    terms = agreement.terms
    if not terms.shares:
        return ()
    rows = tuple((agreement.name(share.party), money.yen(share.yen), share.note) for share in terms.shares)
    foot = (_("合計"), money.yen(terms.total), "")
    return (Grid((_("主体"), _("出す額"), _("そえる言葉")), rows, (4, 2, 4), numbers=(1,), foot=foot),)


def ownership(terms: Terms) -> str:
    """Return to whom the results belong, as a sentence (G-26)."""
    if terms.ownership not in Ownership.values:
        return ""
    return _("この取組の成果は、%(ownership)sします。") % {"ownership": Ownership(terms.ownership).label}


def way(terms: Terms) -> str:
    """Return the area and the form, as a sentence (G-24, G-25)."""
    if terms.area not in Area.values or terms.form not in Form.values:
        return ""
    return _("この取組は、活動領域の「%(area)s」にあたり、「%(form)s」の形で行います。") % {
        "area": Area(terms.area).label,
        "form": Form(terms.form).label,
    }


def posts(agreement: Agreement) -> tuple[tuple[str, str], ...]:
    """Return each post that somebody holds, and who: (委員長, name)."""
    return tuple(
        (str(facts.key.label), agreement.name(holder))
        for facts, holder in agreement.terms.holders
        if holder in agreement.terms.parties
    )


def posts_of(agreement: Agreement, party: int) -> str:
    """Return as what a party signs: 甲, its posts, or simply 主体."""
    sides = agreement.sides
    held = [
        str(facts.key.label)
        for facts, holder in agreement.terms.holders
        if holder == party and not (facts.side and party in sides)
    ]
    side = [str(sides[party].label)] if party in sides else []
    return "\n".join([*side, *held]) or _("主体")


def consents(agreement: Agreement) -> tuple[Block, ...]:
    """Return who agreed when, with room for a name by hand: the same size for everybody."""
    days = dict(agreement.consents)
    leaving = [party for party in days if party not in agreement.terms.parties]
    rows = tuple(
        (
            posts_of(agreement, party) if party in agreement.terms.parties else _("抜ける主体"),
            agreement.speaks_as(party),
            eras.era_date(days[party]) if party in days else _("（まだです）"),
            "",
        )
        for party in (*agreement.ordered, *leaving)
    )
    head = (_("立場"), _("主体"), _("同意した日"), _("署名・記名（紙で残すとき）"))
    return (
        Text(
            _("次の主体が、それぞれの日に、この内容のとおりに同意しました。")
            if agreement.in_force
            else _("次の主体すべての同意がそろうと、効力をもちます。")
        ),
        Grid(head, rows, (2, 4, 3, 4), tall=True),
    )
