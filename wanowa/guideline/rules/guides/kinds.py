"""Each kind of party told by what its strengths mean and how it usually gets in (G-23, guideline Ⅱ-3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Kind
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class KindGuide:
    """What the three strengths mean in practice, typical ways in, and what others should keep in mind."""

    key: Kind
    strengths: tuple[Sentence, Sentence, Sentence]
    """One sentence for each strength in KINDS, in the same order."""
    ways_in: tuple[Sentence, ...]
    mind: tuple[Sentence, ...]


_ALL = (
    KindGuide(
        Kind.RESIDENT,
        (
            _("くらし方も、ことばも、経験も、人によってちがいます。"),
            _("決まりにとらわれない思いつきがあります。"),
            _("やりたいと思ったときに、自分から動けます。"),
        ),
        (
            _("気になる取組に「仲間に入りたい」と申し出ます。"),
            _("得意なことを、自分の主体のページに書きます。"),
            _("思いついたことを、団体や市に呼びかけます。"),
        ),
        (_("仕事や家のことがあるので、短い時間から頼みます。"), _("一人に責任を重ねません。")),
    ),
    KindGuide(
        Kind.LOCAL,
        (
            _("その地域の人、道、行事をよく知っています。"),
            _("役員がかわっても、活動が続きます。"),
            _("住む人どうしの助けあいになります。"),
        ),
        (
            _("地域の困りごとを、ほかの団体や市に呼びかけます。"),
            _("集会所や回覧板など、もっている力を出します。"),
            _("役員がかわるときに、取組も引き継ぎます。"),
        ),
        (_("決めるのは、会の集まりのあとになります。"), _("役員の任期を、はじめに確かめます。")),
    ),
    KindGuide(
        Kind.CITIZEN,
        (
            _("自分たちの考えで、活動を決められます。"),
            _("必要だとわかれば、すぐに動けます。"),
            _("一つの分野を、深く知っています。"),
        ),
        (
            _("めざす社会と、できることをページに書きます。"),
            _("足りない力をもつ主体を、取組に招きます。"),
            _("新しい試みを、市に提案します。"),
        ),
        (_("専門の力には、それに見合う費用を考えます。"), _("活動の考え方を尊重します。")),
    ),
    KindGuide(
        Kind.COMPANY,
        (
            _("仕事でみがいた技術や、売り方の知識があります。"),
            _("新しい道具ややり方を、早く試せます。"),
            _("決まれば、人や物をすぐに動かせます。"),
        ),
        (
            _("本業でできることを、ページに書きます。"),
            _("災害や見守りなどの協定を結びます。"),
            _("物、場所、社員の時間をもちよります。"),
        ),
        (_("会社の年度や、決める順番を確かめます。"), _("宣伝になることと、公益を分けて話します。")),
    ),
    KindGuide(
        Kind.PUBLIC,
        (
            _("会員や利用する人の、共通の利益を守ります。"),
            _("福祉や教育など、資格をもつ人がいます。"),
            _("施設と職員があり、長く続けられます。"),
        ),
        (
            _("施設や教室を、地域の活動に開きます。"),
            _("専門の職員が、相談や学びの場に加わります。"),
            _("学生や利用する人と、取組に参加します。"),
        ),
        (_("法人の目的に合うかを、はじめに確かめます。"), _("利用する人の個人情報を守ります。")),
    ),
    KindGuide(
        Kind.NATION,
        (
            _("研究や調べものの、深い知識があります。"),
            _("法律にもとづく、安定した組織です。"),
            _("まだ広まっていない技術を試せます。"),
        ),
        (
            _("研究や仕事でわかったことを、地域で話します。"),
            _("見学や実験の場を、市民に開きます。"),
            _("市や大学と、協定を結びます。"),
        ),
        (_("本来の仕事のほかに、できる範囲を確かめます。"), _("決めるまでに、時間がかかることがあります。")),
    ),
    KindGuide(
        Kind.CITY,
        (
            _("だれにでも、同じ決まりで向きあいます。"),
            _("予算と組織があり、長く続けられます。"),
            _("制度や手続きを、よく知っています。"),
        ),
        (
            _("課の困りごとを、早い段階で市民に呼びかけます。"),
            _("出せる場所、情報、予算をはっきり示します。"),
            _("取組の席に、担当の課として座ります。"),
        ),
        (_("予算は年度ごとに、議会の議決で決まります。"), _("担当の職員は、かわることがあります。")),
    ),
)
KIND_GUIDES: Mapping[Kind, KindGuide] = {guide.key: guide for guide in _ALL}
