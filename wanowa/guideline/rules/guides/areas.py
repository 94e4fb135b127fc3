"""Each area of activity told so that one can find one's own place in it (G-24, guideline Ⅱ-4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Area
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class AreaGuide:
    """How to recognise an area, everyday examples, what moves a thing to the next, and what the city owes in it."""

    key: Area
    signs: tuple[Sentence, ...]
    examples: tuple[Sentence, ...]
    moves: tuple[Sentence, ...]
    city_owes: tuple[Sentence, ...]


_ALL = (
    AreaGuide(
        Area.A,
        (
            _("自分たちだけで、始めて続けられます。"),
            _("市のお金、場所、許可が要りません。"),
            _("やめるときも、自分たちだけで決められます。"),
        ),
        (_("近所の仲間で続ける読書会"), _("団体が自分の会費で開く料理の会")),
        (
            _("市の物や場所が要るようになったら、Bを考えます。"),
            _("同じ困りごとが広がったら、Bを考えます。"),
            _("言い出すのは、市民からでも市からでもかまいません。"),
        ),
        (_("どんな活動があるかを、知るようにします。"), _("手伝いがいるかを、活動する人にたずねます。")),
    ),
    AreaGuide(
        Area.B,
        (
            _("決めるのも動くのも、おもに市民です。"),
            _("市に、物、場所、お金、名前で手伝ってほしいです。"),
            _("成果は、市民のものになります。"),
        ),
        (_("住民が続け、市が道具を貸す花壇の手入れ"), _("団体が開き、市が後援する講演会")),
        (
            _("市も計画から加わるようになったら、Cを考えます。"),
            _("手伝いがなくても続くようになったら、Aにもどれます。"),
        ),
        (
            _("手伝いの中身と期間を、はっきり伝えます。"),
            _("活動のやり方を、市が決めてしまわないようにします。"),
        ),
    ),
    AreaGuide(
        Area.C,
        (
            _("市民と市の、どちらが欠けてもできません。"),
            _("計画、お金、責任を、両方で分けあいます。"),
            _("成果は、両方のものになります。"),
        ),
        (_("市民と市が、二人の主催者として開く祭り"), _("大学と市が力を出しあう、まちの調べもの")),
        (
            _("市民だけで回るようになったら、Bを考えます。"),
            _("市の責任が重くなったら、Dを考えます。"),
        ),
        (_("役割、お金、責任を、書いて分けます。"), _("片方だけで決めません。変えるときも同じです。")),
    ),
    AreaGuide(
        Area.D,
        (
            _("もともと、市が責任をもつ仕事です。"),
            _("市民の知識や経験があると、よりよくなります。"),
            _("費用は市が出し、成果は市のものになります。"),
        ),
        (_("住民の団体が受けもつ、地域の施設の受付"), _("福祉にくわしい団体が受けもつ体操の教室")),
        (
            _("中身から話し合うようになったら、Cを考えます。"),
            _("市だけで行うと決まったら、Eになります。"),
        ),
        (_("お願いする中身と選び方を、前もって示します。"), _("参加した人の考えを、仕事に生かします。")),
    ),
    AreaGuide(
        Area.E,
        (
            _("許可を出す、条例をつくるなど、市の権限で行います。"),
            _("だれにでも同じ決まりで行う必要があります。"),
            _("ほかの人に任せられません。"),
        ),
        (_("建物や店を開くときの許可"), _("税金の決まりづくり")),
        (
            _("市民が加わるとよくなる部分は、Dとして切り出せます。"),
            _("意見があるときは、市に伝えることができます。"),
        ),
        (
            _("決める前に、市民が意見を言える機会をつくります。"),
            _("何を、なぜ、どう決めたかを公開します。"),
            _("寄せられた意見と、市の考えを示します。"),
        ),
    ),
)
AREA_GUIDES: Mapping[Area, AreaGuide] = {guide.key: guide for guide in _ALL}
