"""Each principle told by what to do and what to avoid, and where this site keeps it (G-22a to G-22f, Ⅱ-2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Principle
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class Keeping:
    """One thing that this site does for a principle, and the page on which one can see it."""

    what: Sentence
    href: str
    where: Sentence


@dataclass(frozen=True, slots=True)
class PrincipleGuide:
    """Why a principle matters, what each party can do, what harms it, and what this site does for it."""

    key: Principle
    why: Sentence
    do: tuple[Sentence, ...]
    avoid: tuple[Sentence, ...]
    kept: tuple[Keeping, ...]


_DIRECTORY, _PARTIES, _RECORD = "/collaborations/", "/parties/", "/record/"

_ALL = (
    PrincipleGuide(
        Principle.UNDERSTANDING,
        _("仕事のしかたや使うことばは、立場によってちがうからです。"),
        (
            _("はじめに、おたがいの得意と苦手を話します。"),
            _("わからないことばは、その場でたずねます。"),
            _("相手の都合のよい時間と連絡のしかたを聞きます。"),
        ),
        (_("知っているはずだと思いこむこと"), _("相手の事情を聞かずに急がせること")),
        (
            Keeping(_("市の課も、ほかの主体と同じように得意と苦手を書きます。"), _PARTIES, _("団体をさがす")),
            Keeping(_("どこまで読んだかも、おたがいにわかります。"), _DIRECTORY, _("協働の取組を見る")),
        ),
    ),
    PrincipleGuide(
        Principle.SHARED_GOALS,
        _("めざすものがちがうと、がんばるほど離れてしまうからです。"),
        (
            _("数えられる目標と、人の変化の目標を分けて書きます。"),
            _("だれのための取組かを、いっしょに書きます。"),
            _("終わったら、事業と協働のしかたを分けてふりかえります。"),
        ),
        (_("とちゅうで、目標を片方だけが変えること"), _("よい点だけを報告すること")),
        (Keeping(_("目標が書かれていない案は、提案できません。"), _DIRECTORY, _("取組の目標を見る")),),
    ),
    PrincipleGuide(
        Principle.CLEAR_ROLES,
        _("だれの仕事かわからないと、だれもしないか、一人に重なるからです。"),
        (
            _("仕事を小さく分けて、一つずつ責任をもつ主体を決めます。"),
            _("いつまでに、何をもちよるかも書きます。"),
            _("うまくいかないときは、早めに分け方を見直します。"),
        ),
        (_("口だけの約束にすること"), _("できないのに引き受けること")),
        (
            Keeping(
                _("役割の表で、何をもちよるかも見られます。"),
                _DIRECTORY,
                _("取組の役割を見る"),
            ),
        ),
    ),
    PrincipleGuide(
        Principle.OPENNESS,
        _("見えると信頼され、新しい仲間も入りやすくなるからです。"),
        (
            _("決まったことも、迷っていることも見せます。"),
            _("市は、考えはじめの段階から知らせます。"),
            _("個人の情報は、公開しません。"),
        ),
        (_("決まってから、結果だけを知らせること"), _("都合の悪い経過を消すこと")),
        (
            Keeping(
                _("経過には番号とつながりがあり、書きかえるとわかります。"), _RECORD, _("経過のしくみを見る")
            ),
            Keeping(
                _("話し合いが始まると、取組のページが公開されます。"),
                _DIRECTORY,
                _("協働の取組を見る"),
            ),
        ),
    ),
    PrincipleGuide(
        Principle.INDEPENDENCE,
        _("たよりきりになると、言いたいことが言えなくなるからです。"),
        (
            _("自分は何のために加わるのかを、自分の言葉で書きます。"),
            _("自分で決めることと、相談することを分けます。"),
            _("相手が抜けても続けられるかを、考えておきます。"),
        ),
        (_("お金や人手を、一方だけに任せること"), _("相手の考えを、そのまま自分の考えにすること")),
        (
            Keeping(
                _("ねらいは、その主体だけが書けます。ほかの人は書けません。"),
                _DIRECTORY,
                _("取組のねらいを見る"),
            ),
        ),
    ),
    PrincipleGuide(
        Principle.EQUALITY,
        _("合意は、断る自由があるときにだけ、本物になるからです。"),
        (
            _("お願いではなく、相談として話を始めます。"),
            _("大きな主体ほど、先に聞く側に回ります。"),
            _("納得できないときは、同意しないで話し合います。"),
        ),
        (_("お金を出す側が、中身をすべて決めること"), _("急いで同意をせまること")),
        (
            Keeping(
                _("全員の同意で輪がうまったときに、効力をもちます。"),
                _DIRECTORY,
                _("全員が同意した取組を見る"),
            ),
            Keeping(_("どの種類の主体も、できることは同じです。"), _PARTIES, _("団体をさがす")),
        ),
    ),
)
PRINCIPLE_GUIDES: Mapping[Principle, PrincipleGuide] = {guide.key: guide for guide in _ALL}
