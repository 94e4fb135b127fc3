"""The eight forms of collaboration in our own plain words (G-25, guideline Ⅱ-5)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.areas import AREAS
from wanowa.guideline.rules.vocabulary import Area, Form, Ownership
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class FormFacts:
    """One form: how it is done, what it is good for, an example, and what each side prepares."""

    key: Form
    method: Sentence
    effect: Sentence
    example: Sentence
    citizens_prepare: tuple[Sentence, ...]
    city_prepares: tuple[Sentence, ...]
    guideline: str = "G-25"
    clause: str = "Ⅱ-5"

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return the areas in which the form is used, from A to E."""
        return tuple(area for area, facts in AREAS.items() if self.key in facts.forms)

    @property
    def ownerships(self) -> tuple[Ownership, ...]:
        """Return to whom the results can belong: one for each area."""
        return tuple(AREAS[area].ownership for area in self.areas)


_ALL = (
    FormFacts(
        Form.COMMITTEE,
        _("市民と市が、いっしょに主催者になります。計画から当日まで、力を合わせます。"),
        _("同じ立場で、それぞれの得意を出しあえます。"),
        _("団体と市がいっしょに開くお祭り"),
        (_("委員になる人"), _("やりたいことの案"), _("出せる人手と道具")),
        (_("委員になる職員"), _("会場や広報の手配"), _("市が出すお金の予算")),
    ),
    FormFacts(
        Form.ACCORD,
        _("会社や大学などと市が、期間を決めて助けあう約束をします。"),
        _("専門の力を、長く安定して生かせます。"),
        _("災害のときに物資を届けてもらう約束"),
        (_("力になれることの一覧"), _("連絡する担当者"), _("続けられる期間")),
        (_("お願いしたいことの一覧"), _("連絡する担当課"), _("協定書の案")),
    ),
    FormFacts(
        Form.JOINT_OPERATION,
        _("市民と市が、人手とお金を出しあいます。約束を協定書に書いて行います。"),
        _("おたがいの力を合わせて、むだなく進められます。"),
        _("負担金を出しあって続ける居場所づくり"),
        (_("出せる人手とお金"), _("収支の計画"), _("協定書の案")),
        (_("負担金の予算"), _("市が受けもつ仕事"), _("協定書の案")),
    ),
    FormFacts(
        Form.PARTNERSHIP_CONTRACT,
        _("仕事の中身と役割を、はじめに対等に話し合います。そのうえで、市が市民にお願いします。"),
        _("市民の経験が生き、新しいやり方に挑戦できます。"),
        _("近所の人が育てて守る公園の管理"),
        (_("仕事の進め方の案"), _("必要な費用の見積もり"), _("責任をもつ人")),
        (_("仕様書の案（話し合って直します）"), _("役割分担書の案"), _("委託料の予算")),
    ),
    FormFacts(
        Form.CONTRACT,
        _("市の仕事のうち、市民の知識や経験が生きるものをお願いします。"),
        _("地域を知る人が行うので、きめ細かくできます。"),
        _("団体が運営する地域の施設"),
        (_("仕事ができる体制"), _("費用の見積もり"), _("過去の活動の記録")),
        (_("仕様書"), _("委託料の予算"), _("選び方と基準")),
    ),
    FormFacts(
        Form.COOPERATION,
        _("市民の活動に、市が物や場所を出して、しばらくいっしょに続けます。"),
        _("おたがいをよく知り、一人ではできないことができます。"),
        _("市が道具を貸し、住民が続ける公園の花植え"),
        (_("活動の計画"), _("活動する人の名簿"), _("けがに備える保険の確認")),
        (_("貸せる物と場所"), _("相談を受ける担当課"), _("合意書の案")),
    ),
    FormFacts(
        Form.SUBSIDY,
        _("市民が行う公益の活動に、市がお金を出して支えます。"),
        _("市民が自分の考えで、新しいことに取り組めます。"),
        _("自治会が行う見守り活動への補助金"),
        (_("事業の計画"), _("収支の予算"), _("終わったあとの報告")),
        (_("補助の条件と金額"), _("補助金の予算"), _("報告を確かめる担当課")),
    ),
    FormFacts(
        Form.ENDORSEMENT,
        _("市民が開く催しを市が応援し、市の名前を使えるようにします。"),
        _("信頼が増し、知ってもらいやすくなります。"),
        _("団体が開く講演会に「後援 市」と書く"),
        (_("催しの計画"), _("収支の予算"), _("チラシの案")),
        (_("認める基準"), _("申し込みを受ける担当課"), _("使い方の案内")),
    ),
)
FORMS: Mapping[Form, FormFacts] = {facts.key: facts for facts in _ALL}
