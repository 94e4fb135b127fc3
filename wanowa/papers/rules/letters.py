"""Papers that one party sends to another: applications, the decision, the report, the invoice; plan and accounts.

What the agreement knows is filled in. What only the future knows is room to write by hand, or comes from the figures
of a day.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.collaborations.rules import Terms
from wanowa.guideline.rules import PaperKind, Post
from wanowa.kernel.errors import Sentence
from wanowa.papers.rules import pieces
from wanowa.papers.rules.agreement import Agreement
from wanowa.papers.rules.figures import Item, about, given_by, spending, yen
from wanowa.papers.rules.specifications import sections
from wanowa.press.sheets import Block, Facts, Grid, Letter, Text

_OF_THE_RECIPIENT = (
    *(PaperKind.SUBSIDY_APPLICATION, PaperKind.SUBSIDY_CHANGE),
    *(PaperKind.SUBSIDY_REPORT, PaperKind.SUBSIDY_INVOICE),
)
FROM_TO: Mapping[PaperKind, tuple[Post, Post]] = {
    **dict.fromkeys(_OF_THE_RECIPIENT, (Post.RECIPIENT, Post.GRANTOR)),
    PaperKind.SUBSIDY_DECISION: (Post.GRANTOR, Post.RECIPIENT),
    PaperKind.ENDORSEMENT_APPLICATION: (Post.HOST, Post.ENDORSER),
}
"""Who sends the letter, and to whom."""
_SENDERS: Mapping[PaperKind, Sentence] = {
    PaperKind.SUBSIDY_DECISION: gettext_lazy("補助する主体"),
    PaperKind.SUBSIDY_REPORT: gettext_lazy("報告する主体"),
    PaperKind.SUBSIDY_INVOICE: gettext_lazy("請求する主体"),
    **dict.fromkeys(
        (PaperKind.SUBSIDY_APPLICATION, PaperKind.SUBSIDY_CHANGE, PaperKind.ENDORSEMENT_APPLICATION),
        gettext_lazy("申請する主体"),
    ),
}
_ROOM = 4
"""Empty rows for what is written by hand."""


def letter(agreement: Agreement, kind: PaperKind, addressee: str = "") -> tuple[Block, ...]:
    """Return the head of a letter; `addressee` is the city's own word for whom it goes to."""
    sender, receiver = (agreement.holder(post) for post in FROM_TO[kind])
    to = addressee or agreement.name(receiver)
    numbered = (_("第　　　　　号"),) if kind is PaperKind.SUBSIDY_DECISION else ()
    rows = [(str(_SENDERS[kind]), agreement.name(sender)), (_("代表者"), "")]
    if kind is not PaperKind.SUBSIDY_DECISION:
        rows.append((_("住所"), ""))
    return (
        Letter(
            (*numbered, pieces.BLANK_DAY),
            (_("%(name)s　あて") % {"name": to or "　　　　　　　　　　　"},),
            tuple(rows),
        ),
    )


def body(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return what a letter says: one sentence, 記, the points, 以上."""
    sentence, points = _LETTERS[kind](agreement)
    points += _about(agreement, kind)
    return (Text(sentence), Text("記", "center"), *sections(points), Text("以上", "end"))


type Points = list[tuple[str, tuple[Block, ...]]]


def _about(agreement: Agreement, kind: PaperKind) -> Points:
    """Return the point that says whose figures these are, when there are any."""
    if not agreement.figures:
        return []
    said = about(agreement.figures, of_goals=kind is PaperKind.SUBSIDY_REPORT)
    return [(_("数字について"), (Text(said),))]


def _application(agreement: Agreement) -> tuple[str, Points]:
    terms = agreement.terms
    return _("次のとおり、補助金の交付を申請します。"), [
        (_("事業の名称"), (Text(agreement.title),)),
        (_("事業の目的"), _said(terms.purpose)),
        (_("事業の期間"), _said(pieces.span(terms))),
        (_("補助を受けたい額"), (Text(pieces.gold(granted(agreement, terms))),)),
        (_("事業費の総額"), (Text(pieces.gold(terms.total)),)),
        (_("そえる書類"), (Text(_attached(PaperKind.PROJECT_PLAN, PaperKind.BUDGET)),)),
    ]


def _decision(agreement: Agreement) -> tuple[str, Points]:
    terms = agreement.terms
    return _("申請のあった補助金を交付することに決めたので、次のとおり知らせます。"), [
        (_("事業の名称"), (Text(agreement.title),)),
        (_("交付を決めた額"), (Text(pieces.gold(granted(agreement, terms))),)),
        (_("事業の期間"), _said(pieces.span(terms))),
        (_("成果の帰属"), _said(pieces.ownership(terms))),
        (_("変更・終了・意見がちがうとき"), _said(terms.changes)),
    ]


def _change(agreement: Agreement) -> tuple[str, Points]:
    """Show the text before and after, when this version changes one in force; otherwise there is room to write."""
    old, new = (agreement.before, agreement.terms) if agreement.before else (agreement.terms, None)
    rows = tuple(
        (label, told(old), told(new) if new else "")
        for label, told in (
            (_("事業の目的"), lambda terms: terms.purpose),
            (_("期間"), pieces.span),
            (_("進め方"), lambda terms: terms.schedule),
            (_("補助の額"), lambda terms: pieces.gold(granted(agreement, terms))),
            (_("事業費の総額"), lambda terms: pieces.gold(terms.total)),
            (_("事業費の考え方"), lambda terms: terms.cost),
        )
    )
    return _("補助を受けている事業の計画を変えたいので、次のとおり申請します。"), [
        (_("事業の名称"), (Text(agreement.title),)),
        (
            _("変える内容"),
            (Grid((_("項目"), _("いま"), _("変えたあと")), rows, (2, 4, 4), tall=not new),),
        ),
        (_("変える理由"), (Facts(((_("理由"), ""),)),)),
    ]


def _report(agreement: Agreement) -> tuple[str, Points]:
    terms, figures = agreement.terms, agreement.figures
    counted = figures.counted if figures else None
    return _("補助を受けた事業が終わったので、次のとおり報告します。"), [
        (_("事業の名称"), (Text(agreement.title),)),
        (_("事業の期間"), _said(pieces.span(terms))),
        (_("実施目標とその結果"), pieces.goals(terms, achieved=True, counted=counted)),
        (_("成果目標とその結果"), pieces.outcomes(terms, achieved=True)),
        (_("それぞれが出したもの"), _brought(agreement)),
        (_("うまくいったこと、むずかしかったこと"), (Facts(((_("内容"), "\n\n\n"),)),)),
        (_("そえる書類"), (Text(_attached(PaperKind.SETTLEMENT)),)),
    ]


def _brought(agreement: Agreement) -> tuple[Block, ...]:
    """Return the time and the things that each party really gave; nothing without figures."""
    figures = agreement.figures
    if not figures or not (figures.minutes or figures.things):
        return ()
    parties = dict.fromkeys((*agreement.terms.parties, *figures.minutes, *figures.things))
    rows = tuple((agreement.name(party), *given_by(party, figures)) for party in parties)
    return (Grid((_("主体"), _("時間"), _("もの・場所・情報")), rows, (4, 3, 4)),)


def _invoice(agreement: Agreement) -> tuple[str, Points]:
    """Say what was granted and, with figures, what of it came; how much is asked for now is for whoever asks."""
    terms = agreement.terms
    return _("補助の額が決まったので、次のとおり請求します。"), [
        (_("事業の名称"), (Text(agreement.title),)),
        (_("請求する額"), (Text(pieces.gold(None)),)),
        (_("交付を決めた額"), (Text(pieces.gold(granted(agreement, terms))),)),
        *_paid(agreement),
        (
            _("振りこみ先"),
            (Facts(tuple((label, "") for label in (_("金融機関と支店"), _("種類と番号"), _("名義")))),),
        ),
    ]


def _paid(agreement: Agreement) -> Points:
    """Return how much of the grant came already, as far as that is on record."""
    grantor = agreement.holder(Post.GRANTOR)
    paid = agreement.figures.given.get(grantor) if agreement.figures and grantor else None
    if paid is None:
        return []
    points: Points = [(_("補助する主体が、これまでに出した額"), (Text(yen(paid)),))]
    if (promised := granted(agreement, agreement.terms)) is not None:
        points.append((_("まだ出していない額"), (Text(yen(promised - paid)),)))
    return points


def _endorsement(agreement: Agreement) -> tuple[str, Points]:
    terms = agreement.terms
    return _("次の催しについて、後援をお願いします。"), [
        (_("催しの名称"), (Text(agreement.title),)),
        (_("催しの目的"), _said(terms.purpose)),
        (_("催しの内容"), _said(terms.summary)),
        (_("期間と進め方"), _said(pieces.span(terms), terms.schedule)),
        (_("主催する主体"), _said(agreement.name(agreement.holder(Post.HOST)))),
        (_("広報と公開"), _said(terms.publicity)),
        (_("連絡先"), (Facts(((_("名前"), ""), (_("電話・メール"), ""))),)),
        (_("そえる書類"), (Text(_attached(PaperKind.PROJECT_PLAN, PaperKind.BUDGET)),)),
    ]


_LETTERS: Mapping[PaperKind, Callable[[Agreement], tuple[str, Points]]] = {
    PaperKind.SUBSIDY_APPLICATION: _application,
    PaperKind.SUBSIDY_DECISION: _decision,
    PaperKind.SUBSIDY_CHANGE: _change,
    PaperKind.SUBSIDY_REPORT: _report,
    PaperKind.SUBSIDY_INVOICE: _invoice,
    PaperKind.ENDORSEMENT_APPLICATION: _endorsement,
}


def project_plan(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return what is done, by whom and by when, and how one sees that it helped."""
    terms = agreement.terms
    points: Points = [
        (_("名称"), _said(agreement.title)),
        (_("目的"), _said(terms.purpose)),
        (_("内容"), _said(terms.summary, pieces.way(terms))),
        (_("期間と進め方"), _said(pieces.span(terms), terms.schedule)),
        (_("実施目標"), pieces.goals(terms)),
        (_("成果目標"), pieces.outcomes(terms)),
        (_("役割の分担"), pieces.roles(agreement)),
        (_("それぞれのねらい"), pieces.aims(agreement)),
        (_("成果の帰属"), _said(pieces.ownership(terms))),
        (_("保険と安全"), _said(terms.safety)),
        (_("個人情報の扱い"), _said(terms.personal_data)),
        (_("広報と公開"), _said(terms.publicity)),
        (_("変更・終了・意見がちがうとき"), _said(terms.changes)),
    ]
    return tuple(sections(points))


def accounts(agreement: Agreement, kind: PaperKind) -> tuple[Block, ...]:
    """Return income and spending as planned; in a settlement, with a column for what really was."""
    terms, figures = agreement.terms, agreement.figures
    settles = kind is PaperKind.SETTLEMENT
    tall = settles and not figures
    spent = [
        Item(task.what, planned, note=pieces.brought(agreement, task))
        for task in terms.roles
        if (planned := sum(bring.yen or 0 for bring in task.brings))
    ]
    spent = spending(spent, figures) if figures else spent
    room = 0 if figures and figures.spent else _ROOM
    received, used = (figures.received, figures.used) if figures else (None, None)
    points: Points = [
        (_("名称"), _said(agreement.title)),
        (_("期間"), _said(pieces.span(terms))),
        (
            _("入るお金"),
            (
                _account(
                    _incomes(agreement), Item(_("合計"), terms.total, received), settles=settles, tall=tall
                ),
            ),
        ),
        (
            _("使うお金"),
            (
                *_said(terms.cost),
                _account(spent, Item(_("合計"), terms.total, used), settles=settles, tall=tall, room=room),
            ),
        ),
    ]
    if received is not None:
        points.append((_("残り"), _said(yen(received - (used or 0)))))
    return tuple(sections(points + _about(agreement, kind)))


def _incomes(agreement: Agreement) -> list[Item]:
    """Return what each party pays as planned and, with figures, what it really paid; also one without a share."""
    left = dict(agreement.figures.given) if agreement.figures else {}
    planned = [
        Item(_income(agreement, share.party), share.yen, left.pop(share.party, None), share.note)
        for share in agreement.terms.shares
    ]
    return planned + [Item(_income(agreement, party), None, real) for party, real in left.items() if real]


def granted(agreement: Agreement, terms: Terms) -> int | None:
    """Return the yen that whoever grants gives by these terms; None while nobody is named."""
    grantor = agreement.holder(Post.GRANTOR)
    return next((share.yen for share in terms.shares if share.party == grantor), None)


def _income(agreement: Agreement, party: int) -> str:
    name = agreement.name(party)
    if party == agreement.holder(Post.GRANTOR):
        return _("補助金（%(name)s）") % {"name": name}
    if party in {agreement.holder(Post.RECIPIENT), agreement.holder(Post.HOST)}:
        return _("自分で出すお金（%(name)s）") % {"name": name}
    return name


def _account(items: list[Item], total: Item, *, settles: bool, tall: bool, room: int = 0) -> Grid:
    head = (_("項目"), _("予定の額"), *((_("実際の額"), _("ちがい")) if settles else ()), _("説明"))

    def row(item: Item) -> tuple[str, ...]:
        cells = item.cells if settles else item.cells[:1]
        return (item.what, *cells, item.note)

    return Grid(
        head,
        (*map(row, items), *[("",) * len(head)] * room),
        (4, 3, 3, 3, 4) if settles else (4, 3, 5),
        numbers=(1, 2, 3) if settles else (1,),
        foot=row(total),
        tall=tall,
    )


def _said(*written: str) -> tuple[Block, ...]:
    text = pieces.lines(*written)
    return (Text(text),) if text else ()


def _attached(*kinds: PaperKind) -> str:
    return "、".join(str(kind.label) for kind in kinds)
