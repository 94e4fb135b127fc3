"""What each answer says about the areas and the forms: points, a sentence, and the clause it comes from.

The points order, they measure nothing: who leads outweighs everything about an area, as in the guideline's table
of areas. An answer votes for an area or a form (points above 0) or against a form (below 0).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Area, Form
from wanowa.kernel.errors import Sentence

LEADS = 20
"""More than all other answers together can say about an area."""


@dataclass(frozen=True, slots=True)
class Vote:
    """What one answer says about one area or form. Without a question: what holds whatever was answered."""

    word: Area | Form
    points: int
    sentence: Sentence
    clause: str
    question: str = ""
    answer: str = ""


type Row = tuple[Area | Form, int, Sentence]

_EVENTS = _("一度の催しより、続ける活動に向いた形です。")
_NOT_EVENTS = _("続ける活動より、催しに向いた形です。")
_BOTH_GIVE = _("市とわたしたちの両方が、お金や人手を出す形です。")
_PAID = _("市が費用を出して、仕事をたのむ形です。")
_PLACES = _("施設や公園の運営に、よく使われます。")
_STRENGTHS = _("おたがいの得意なことを、生かせる形です。")

_LEAD: Mapping[str, tuple[Row, ...]] = {
    "citizens": (
        (Area.B, LEADS, _("市民が中心で、市が力を貸すのは、領域Bです。")),
        # Second only to B: an answer that wants nothing of the city makes it the first.
        (Area.A, LEADS - 2, _("市民が中心なら、自分たちだけで動くこともできます。")),
    ),
    "both": ((Area.C, LEADS, _("市民と市が、得意を出しあうのは、領域Cです。")),),
    "city": ((Area.D, LEADS, _("市が中心で、市民が力を貸すのは、領域Dです。")),),
    "authority": ((Area.E, LEADS, _("許可や条例づくりは、市が責任をもって行うことです。")),),
}
_BRING: Mapping[str, tuple[Row, ...]] = {
    "nothing": (
        (Form.ACCORD, 1, _STRENGTHS),
        (Form.JOINT_OPERATION, -2, _BOTH_GIVE),
        (Form.PARTNERSHIP_CONTRACT, -2, _PAID),
        (Form.CONTRACT, -2, _PAID),
    ),
    "name": (
        (Area.B, 2, _("市の名前で応援する形は、領域Bにあります。")),
        (Form.ENDORSEMENT, 5, _("市の名前を使って、催しを知らせることができます。")),
        (Form.COMMITTEE, 1, _("市の名前も、主催者として並びます。")),
        (Form.JOINT_OPERATION, -2, _BOTH_GIVE),
        (Form.PARTNERSHIP_CONTRACT, -2, _PAID),
        (Form.CONTRACT, -2, _PAID),
    ),
    "goods": (
        (Area.B, 2, _("市が物や場所で手伝う形は、領域Bにあります。")),
        (Form.COOPERATION, 5, _("市が道具や場所を出して、活動を支える形です。")),
        (Form.COMMITTEE, 1, _STRENGTHS),
        (Form.ACCORD, 1, _STRENGTHS),
        (Form.JOINT_OPERATION, 1, _("人手を出しあうことも、この形でできます。")),
    ),
    "share": (
        (Area.C, 3, _("おたがいに出しあう形は、領域Cにあります。")),
        (Form.JOINT_OPERATION, 5, _("お金や人手を、両方が出しあう形です。")),
        (Form.COMMITTEE, 1, _("主催者どうしで、出しあうことができます。")),
        (Form.SUBSIDY, 3, _("市のお金と、自分たちのお金を合わせて行えます。")),
    ),
    "money": (
        (Area.B, 1, _("市がお金で支える形は、領域Bにあります。")),
        (Form.SUBSIDY, 5, _("市がお金の面で、活動を支える形です。")),
        (Form.PARTNERSHIP_CONTRACT, 4, _PAID),
        (Form.CONTRACT, 4, _PAID),
        (Form.ACCORD, -2, _("お金より、得意なことを出しあう形です。")),
        (Form.JOINT_OPERATION, -2, _BOTH_GIVE),
    ),
}
_WHAT: Mapping[str, tuple[Row, ...]] = {
    "event": (
        (Form.COMMITTEE, 5, _("市といっしょに主催者になり、催しを開けます。")),
        (Form.ENDORSEMENT, 2, _("講演会などの催しに、よく使われます。")),
        (Form.COOPERATION, -1, _EVENTS),
        (Form.ACCORD, -2, _EVENTS),
        (Form.JOINT_OPERATION, -1, _EVENTS),
    ),
    "activity": (
        (Form.COOPERATION, 2, _("期間を決めて、続ける活動に向いています。")),
        (Form.SUBSIDY, 1, _("自治会などの、ふだんの活動にも使われます。")),
        (Form.JOINT_OPERATION, 2, _("いっしょに事業を続けることができます。")),
        (Form.ACCORD, 1, _("期間を決めて、助けあいを続けられます。")),
        (Form.COMMITTEE, -1, _NOT_EVENTS),
        (Form.ENDORSEMENT, -2, _NOT_EVENTS),
    ),
    "place": (
        (Form.COOPERATION, 2, _("公園や道の手入れを続けるときに、使われます。")),
        (Form.PARTNERSHIP_CONTRACT, 3, _PLACES),
        (Form.CONTRACT, 3, _PLACES),
        (Form.JOINT_OPERATION, 1, _("いっしょに場所を運営することもできます。")),
        (Form.COMMITTEE, -2, _NOT_EVENTS),
        (Form.ENDORSEMENT, -2, _NOT_EVENTS),
    ),
}
_WHO: Mapping[str, tuple[Row, ...]] = {
    "residents": ((Form.ACCORD, -2, _("おもに、会社や大学などが市と結ぶ形です。")),),
    "company": (
        (Area.C, 2, _("会社や大学が市と約束する形は、領域Cにあります。")),
        (Form.ACCORD, 4, _("会社や大学などと市が、助けあう約束をする形です。")),
    ),
}
_PLAN: Mapping[str, tuple[Row, ...]] = {
    "ours": (
        (Area.B, 3, _("市民が自分で決めて、市が力を貸すのは、領域Bです。")),
        (Area.A, 3, _("市民が自分で決めて、自分たちで行えます。")),
        (Form.PARTNERSHIP_CONTRACT, 1, _("仕様書をつくるとき、市民の考えを生かせます。")),
        (Form.CONTRACT, -2, _("市が、たのむ仕事の中身を決める形です。")),
    ),
    "together": (
        (Area.C, 3, _("話し合って決めるのは、領域Cに合います。")),
        (Form.COMMITTEE, 1, _("計画するところから、いっしょに考えます。")),
        (Form.PARTNERSHIP_CONTRACT, 2, _("仕事の中身と役割を、対等に話し合って決めます。")),
        (Form.CONTRACT, -2, _("市が、たのむ仕事の中身を決める形です。")),
    ),
    "city": (
        (Area.D, 3, _("市の仕事を引き受けるのは、領域Dに合います。")),
        (Form.CONTRACT, 2, _("市の仕事を、市民の力を生かして引き受ける形です。")),
        (Form.PARTNERSHIP_CONTRACT, -2, _("中身を、これから話し合って決める形です。")),
        (Form.COMMITTEE, -1, _("計画するところから、いっしょに考える形です。")),
    ),
}
_RESULT: Mapping[str, tuple[Row, ...]] = {
    "ours": (
        (Area.B, 3, _("領域Bの成果は、市民のものになります。")),
        (Area.A, 3, _("自分たちで行った成果は、自分たちのものです。")),
    ),
    "both": ((Area.C, 3, _("領域Cの成果は、両方のものになります。")),),
    "city": ((Area.D, 3, _("領域Dの成果は、市のものになります。")),),
}
_WHOLE_WAY = _("協働は、力を合わせるとよりよくなるときに選びます。")

VOTES: tuple[Vote, ...] = (
    *(
        Vote(word, points, sentence, "Ⅱ-4" if isinstance(word, Area) else "Ⅱ-5", question, answer)
        for question, table in (
            ("lead", _LEAD),
            ("bring", _BRING),
            ("what", _WHAT),
            ("who", _WHO),
            ("plan", _PLAN),
            ("result", _RESULT),
        )
        for answer, rows in table.items()
        for word, points, sentence in rows
    ),
    Vote(Area.A, 4, _WHOLE_WAY, "Ⅱ-1", "bring", "nothing"),
)

UNDECIDED = Vote(Area.C, 0, _("決まっていないときは、市と話し合うことから始められます。"), "Ⅱ-4")
"""The reason for an area when no answer spoke for any."""
POSSIBLE: Mapping[Form, Vote] = {
    form: Vote(form, 0, _("この領域で使える形の一つです。"), "Ⅱ-4") for form in Form
}
"""The reason for a form when no answer spoke for it."""
