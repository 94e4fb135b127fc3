"""To whom results belong, told so that one can decide it before the start (G-26, guideline Ⅱ-4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.areas import AREAS
from wanowa.guideline.rules.forms import FORMS
from wanowa.guideline.rules.vocabulary import Area, Form, Ownership
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class OwnershipFacts:
    """What it means that results belong to somebody, examples of results, and what to write down."""

    key: Ownership
    meaning: Sentence
    reason: Sentence
    means: tuple[Sentence, ...]
    settle: tuple[Sentence, ...]
    guideline: str = "G-26"
    clause: str = "Ⅱ-4"

    @property
    def areas(self) -> tuple[Area, ...]:
        """Return the areas whose results belong so, from A to E."""
        return tuple(area for area, facts in AREAS.items() if facts.ownership == self.key)

    @property
    def forms(self) -> tuple[Form, ...]:
        """Return the forms whose results can belong so."""
        return tuple(form for form, facts in FORMS.items() if self.key in facts.ownerships)


_ALL = (
    OwnershipFacts(
        Ownership.CITIZENS,
        _("成果は、活動した市民や団体のものです。"),
        _("市民が中心になって考え、動いたからです。"),
        (
            _("つくったものを、市民が自由に使えます。"),
            _("写真や文を市が使うときは、市民にたずねます。"),
            _("市は、手伝ったことを理由に、自分のものにできません。"),
        ),
        (_("市から借りた物は、だれにいつ返すか"), _("団体の中で、だれが管理するか")),
    ),
    OwnershipFacts(
        Ownership.BOTH,
        _("成果は、市民と市の両方のものです。"),
        _("いっしょに考え、力とお金を出しあったからです。"),
        (
            _("どちらも、成果を使えます。"),
            _("名前を出すときは、両方の名前を書きます。"),
            _("ほかの人に使ってもらうときは、相談して決めます。"),
        ),
        (_("取組が終わったあと、だれが管理するか"), _("直すときに、だれの同意がいるか")),
    ),
    OwnershipFacts(
        Ownership.CITY,
        _("成果は、市のものです。"),
        _("市の責任と費用で行うからです。"),
        (
            _("市が、市民みんなのために使います。"),
            _("受けもった団体の経験と信用は、団体にのこります。"),
            _("団体が使いたいときは、市に相談します。"),
        ),
        (_("団体が前からもっていたものは、どう分けるか"), _("団体の名前を、どこに書くか")),
    ),
)
OWNERSHIPS: Mapping[Ownership, OwnershipFacts] = {facts.key: facts for facts in _ALL}
