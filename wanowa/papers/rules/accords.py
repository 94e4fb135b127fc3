"""Papers in articles: 実行委員会規約, 協定書, 協働運営協定書, 覚書; and the table of shares.

A paper says what everybody consented to and adds no duty of its own: besides the text there are only the words that
join it, and the names.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from wanowa.guideline.rules import PaperKind
from wanowa.kernel import money
from wanowa.papers.rules import pieces
from wanowa.papers.rules.agreement import Agreement
from wanowa.press.sheets import Article, Block, Facts, Grid, Text

type Part = tuple[str, str, tuple[Block, ...]]
"""Caption, text, and what stands below it."""


def accord(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return an accord between the parties: preamble and articles."""
    opening = Text(
        _("%(parties)sは、「%(title)s」（以下「この取組」といいます。）について、%(how)s")
        % {"parties": _named(agreement), "title": agreement.title, "how": _HOW[kind]()}
    )
    return (opening, *_articles(_common(agreement)))


def committee_rules(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return the rules of a committee, in which all are members alike and some hold a post."""
    members = "\n".join(agreement.name(party) for party in agreement.terms.parties)
    posts = pieces.posts(agreement)
    own: list[Part] = [
        (
            _("この規約"),
            _("この規約は、「%(title)s」（以下「この取組」といいます。）を行う実行委員会について定めます。")
            % {"title": agreement.title},
            (),
        ),
        (
            _("構成"),
            _("実行委員会は、次の主体でつくります。どの主体も、同じ立場です。"),
            (Text(members),),
        ),
    ]
    if posts:
        own.append((_("役"), _("役は、次の主体がうけもちます。"), (Facts(posts),)))
    return tuple(_articles(iter([*own, *_common(agreement)])))


def operation_shares(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return who pays how much, and what else each brings in yen and hours."""
    terms = agreement.terms
    rows = []
    for party in terms.parties:
        brings = [bring for task in terms.roles for bring in task.brings if bring.party == party]
        hours, yen = sum(bring.hours or 0 for bring in brings), sum(bring.yen or 0 for bring in brings)
        rows.append(
            (
                pieces.posts_of(agreement, party),
                agreement.name(party),
                money.yen(sum(share.yen for share in terms.shares if share.party == party)),
                "\n".join(share.note for share in terms.shares if share.party == party),
                _("%(hours)s時間") % {"hours": f"{hours:,}"} if hours else "",
                money.yen(yen) if yen else "",
            )
        )
    head = (
        *(_("立場"), _("主体"), _("負担金")),
        *(_("そえる言葉"), _("役割に出す時間"), _("役割に出すお金")),
    )
    foot = (_("合計"), "", money.yen(terms.total), "", "", "")
    blocks: list[Block] = [
        Facts(
            (
                (_("取組"), agreement.title),
                (_("期間"), pieces.span(terms)),
                (_("負担金の合計"), money.yen(terms.total)),
            )
        ),
        Grid(head, tuple(rows), (3, 5, 3, 4, 3, 3), numbers=(2, 4, 5), foot=foot),
    ]
    if terms.cost:
        blocks.append(Text(terms.cost))
    return tuple(blocks)


_HOW = {
    PaperKind.ACCORD: lambda: _("対等な立場で話し合い、次のとおり協定を結びます。"),
    PaperKind.OPERATION_ACCORD: lambda: _(
        "人手とお金を出しあい、いっしょに運営するため、次のとおり協定を結びます。"
    ),
    PaperKind.MEMORANDUM: lambda: _("おたがいの力を生かすため、次のとおり約束します。"),
}


def _named(agreement: Agreement) -> str:
    """Return all parties in one line, the two sides with the names they have from here on."""
    sides = agreement.sides
    said = [
        _("%(name)s（以下「%(side)s」といいます。）")
        % {"name": agreement.name(party), "side": sides[party].label}
        if party in sides
        else agreement.name(party)
        for party in agreement.ordered
    ]
    return "と".join(said) if len(said) == 2 else "、".join(said)


def _common(agreement: Agreement) -> Iterator[Part]:
    """Yield the clauses of the terms in the order in which they are read."""
    terms, sides = agreement.terms, agreement.sides
    yield _("目的"), terms.purpose, ()
    yield _("取組の内容"), pieces.lines(terms.summary, pieces.way(terms)), ()
    posts = pieces.posts(agreement)
    if posts and sides:
        yield _("立場"), _("それぞれの立場は、次のとおりです。"), (Facts(posts),)
    yield _("期間と進め方"), pieces.lines(_until(agreement), terms.schedule), ()
    yield _("実施目標"), _lead(terms.goals, _("数ではかる目標は、次のとおりです。")), pieces.goals(terms)
    yield _("成果目標"), _lead(terms.outcomes, _("めざす変化は、次のとおりです。")), pieces.outcomes(terms)
    yield _("役割の分担"), _lead(terms.roles, _("役割は、次のとおり分けます。")), pieces.roles(agreement)
    aims = pieces.aims(agreement)
    yield _("それぞれのねらい"), _lead(aims, _("それぞれの主体のねらいは、次のとおりです。")), aims
    shares = pieces.shares(agreement)
    yield (
        _("費用とその分担"),
        pieces.lines(_lead(shares, _("費用は、次のとおり分けます。")), terms.cost),
        shares,
    )
    yield _("成果の帰属"), pieces.ownership(terms), ()
    yield _("保険と安全"), terms.safety, ()
    yield _("個人情報の扱い"), terms.personal_data, ()
    yield _("広報と公開"), terms.publicity, ()
    yield _("変更・終了・意見がちがうとき"), terms.changes, ()


def _until(agreement: Agreement) -> str:
    span = pieces.span(agreement.terms)
    return _("期間は、%(span)sです。") % {"span": span} if span else ""


def _lead(written: object, sentence: str) -> str:
    return sentence if written else ""


def _articles(parts: Iterator[Part]) -> list[Article]:
    """Return what is written as numbered articles; what nobody wrote has no article."""
    written = [part for part in parts if part[1] or part[2]]
    return [
        Article(caption, _("第%(number)s条") % {"number": pieces.wide(number)}, text, blocks)
        for number, (caption, text, blocks) in enumerate(written, 1)
    ]
