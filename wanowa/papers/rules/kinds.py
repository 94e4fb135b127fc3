"""Which papers belong to which form, what each is for, and who still writes on it (G-25)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules import Change
from wanowa.guideline.rules import Form, PaperKind
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """One kind of paper: what it is for, and what people still write on it by hand (empty: nothing but names)."""

    key: PaperKind
    purpose: Sentence
    by_hand: Sentence = ""
    with_figures: Sentence = ""
    """What is still written by hand when the figures of a day stand on it; empty: no figures belong on it."""


_ALL = (
    PaperFacts(PaperKind.COMMITTEE_RULES, _("実行委員会の目的、構成、役、お金の分け方を書いた規約です。")),
    PaperFacts(PaperKind.ACCORD, _("全員が同意した約束を、条の形で書いた協定書です。")),
    PaperFacts(
        PaperKind.OPERATION_ACCORD, _("人手とお金を出しあって運営する約束を、条の形で書いた協定書です。")
    ),
    PaperFacts(PaperKind.OPERATION_SHARES, _("だれが、何のために、いくら出すかの一覧です。")),
    PaperFacts(PaperKind.SPECIFICATION, _("いっしょに決めた仕事の中身です。委託の手続きにそえて使います。")),
    PaperFacts(PaperKind.ROLE_SHEET, _("だれが何をし、だれが責任をもち、何を出しあうかの一覧です。")),
    PaperFacts(PaperKind.CONTRACT_SPECIFICATION, _("委託する仕事の中身です。委託の手続きにそえて使います。")),
    PaperFacts(PaperKind.MEMORANDUM, _("活動と支えについての約束を、条の形で書いた覚書です。")),
    PaperFacts(
        PaperKind.SUBSIDY_APPLICATION,
        _("補助を受ける主体が、はじめに出す申請書です。"),
        _("日付、代表者、住所"),
    ),
    PaperFacts(PaperKind.PROJECT_PLAN, _("何を、いつまでに、どう行うかの計画です。申請書にそえて出します。")),
    PaperFacts(
        PaperKind.BUDGET,
        _("入るお金と使うお金の予定です。申請書にそえて出します。"),
        _("使うお金の内訳"),
    ),
    PaperFacts(
        PaperKind.SUBSIDY_DECISION,
        _("補助する主体が、補助を決めたことを知らせる書類です。"),
        _("日付、番号、代表者"),
    ),
    PaperFacts(
        PaperKind.SUBSIDY_CHANGE,
        _("計画を変えたいときに、補助を受ける主体が出す申請書です。"),
        _("日付、変える内容と理由"),
    ),
    PaperFacts(
        PaperKind.SUBSIDY_REPORT,
        _("事業が終わったときに、補助を受ける主体が出す報告書です。"),
        _("日付、実際の数と結果"),
        _("日付、わかったこと、記録にない数"),
    ),
    PaperFacts(
        PaperKind.SETTLEMENT,
        _("実際に入ったお金と使ったお金の報告です。報告書にそえて出します。"),
        _("実際の金額"),
        _("記録にない金額"),
    ),
    PaperFacts(
        PaperKind.SUBSIDY_INVOICE,
        _("補助の額が決まったあとに、補助を受ける主体が出す請求書です。"),
        _("日付、請求する額、振りこみ先"),
        _("日付、請求する額、振りこみ先"),
    ),
    PaperFacts(
        PaperKind.ENDORSEMENT_APPLICATION,
        _("催しの後援をお願いする申請書です。"),
        _("日付、代表者、住所、連絡先"),
    ),
)
FACTS: Mapping[PaperKind, PaperFacts] = {facts.key: facts for facts in _ALL}

PAPERS: Mapping[Form, tuple[PaperKind, ...]] = {
    Form.COMMITTEE: (PaperKind.COMMITTEE_RULES,),
    Form.ACCORD: (PaperKind.ACCORD,),
    Form.JOINT_OPERATION: (PaperKind.OPERATION_ACCORD, PaperKind.OPERATION_SHARES),
    Form.PARTNERSHIP_CONTRACT: (PaperKind.SPECIFICATION, PaperKind.ROLE_SHEET),
    Form.CONTRACT: (PaperKind.CONTRACT_SPECIFICATION,),
    Form.COOPERATION: (PaperKind.MEMORANDUM,),
    Form.SUBSIDY: (
        PaperKind.SUBSIDY_APPLICATION,
        PaperKind.PROJECT_PLAN,
        PaperKind.BUDGET,
        PaperKind.SUBSIDY_DECISION,
        PaperKind.SUBSIDY_CHANGE,
        PaperKind.SUBSIDY_REPORT,
        PaperKind.SETTLEMENT,
        PaperKind.SUBSIDY_INVOICE,
    ),
    Form.ENDORSEMENT: (PaperKind.ENDORSEMENT_APPLICATION, PaperKind.PROJECT_PLAN, PaperKind.BUDGET),
}
"""The papers of each form, in the order in which they are used."""

WRITTEN = (Change.START, Change.AMEND, Change.JOIN, Change.LEAVE)
"""Changes that bring a text of their own. Suspending, resuming and ending leave text and papers as they are."""


def papers_of(form: str, change: str) -> tuple[PaperKind, ...]:
    """Return the papers of a version in this form that makes this change; none for a form nobody knows."""
    return PAPERS[Form(form)] if form in Form.values and change in WRITTEN else ()
