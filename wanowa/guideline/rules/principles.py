"""The six principles of collaboration in our own plain words (G-22a to G-22f, guideline Ⅱ-2)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Principle
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class PrincipleFacts:
    """What a principle asks, in at most two sentences, and how this platform keeps it."""

    key: Principle
    meaning: Sentence
    kept_by: Sentence
    guideline: str
    clause: str


_ALL = (
    PrincipleFacts(
        Principle.UNDERSTANDING,
        _("相手の得意なことも、苦手なことも知ります。よく話すと、信頼が生まれます。"),
        _("それぞれの得意と苦手を公開します。話し合いの部屋では、全員が同じものを読みます。"),
        "G-22a",
        "Ⅱ-2(1)",
    ),
    PrincipleFacts(
        Principle.SHARED_GOALS,
        _("何のために、何をめざすかを、はじめに決めます。終わったら、いっしょに確かめます。"),
        _("目標は、数える目標と、人の変化の目標に分けて書きます。"),
        "G-22b",
        "Ⅱ-2(2)",
    ),
    PrincipleFacts(
        Principle.CLEAR_ROLES,
        _("だれが何をするか、だれが責任をもつかを決めます。あとの行きちがいが減ります。"),
        _("責任をもつ人が決まるまで、合意には進めません。"),
        "G-22c",
        "Ⅱ-2(3)",
    ),
    PrincipleFacts(
        Principle.OPENNESS,
        _("取組の中身と進み方を、だれでも見られるようにします。新しい仲間も入りやすくなります。"),
        _("どの取組にも公開ページがあり、経過はだれも後から書きかえられません。"),
        "G-22d",
        "Ⅱ-2(4)",
    ),
    PrincipleFacts(
        Principle.INDEPENDENCE,
        _("相手にたよりきりになりません。自分の考えをもち、自分の行動に責任をもちます。"),
        _("それぞれのねらいを、自分の言葉で書きます。"),
        "G-22e",
        "Ⅱ-2(5)",
    ),
    PrincipleFacts(
        Principle.EQUALITY,
        _("上と下の関係ではありません。市も市民も、同じ立場で決めます。"),
        _("全員が同意するまで、何も決まりません。市だけで変えることもできません。"),
        "G-22f",
        "Ⅱ-2(6)",
    ),
)
PRINCIPLES: Mapping[Principle, PrincipleFacts] = {facts.key: facts for facts in _ALL}
