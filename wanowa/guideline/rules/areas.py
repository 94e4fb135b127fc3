"""The areas A–E: who leads, which forms fit, and to whom the results belong (G-24, G-26, guideline Ⅱ-4)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Area, Form, Ownership
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """One area: who leads in it, what that means, the forms it allows, and the ownership of its results."""

    key: Area
    leads: Sentence
    meaning: Sentence
    next_step: Sentence
    forms: tuple[Form, ...]
    ownership: Ownership
    guideline: str = "G-24"
    clause: str = "Ⅱ-4"

    @property
    def is_collaboration(self) -> bool:
        """Tell whether citizens and city act together in this area (B, C and D)."""
        return bool(self.forms)


_ALL = (
    AreaFacts(
        Area.A,
        _("市民だけ"),
        _("市民が、市とかかわらずに自分たちで行います。"),
        _("市は、どんな活動があるかを知るようにします。手伝いがいるときは、領域Bを考えます。"),
        (),
        Ownership.CITIZENS,
    ),
    AreaFacts(
        Area.B,
        _("市民が中心"),
        _("市民が中心になって行い、市が手伝います。"),
        _("市に手伝ってほしいことを、はっきりさせて話し合います。"),
        (Form.COOPERATION, Form.SUBSIDY, Form.ENDORSEMENT),
        Ownership.CITIZENS,
    ),
    AreaFacts(
        Area.C,
        _("市民と市がいっしょに"),
        _("市民と市が、それぞれの得意を出しあって行います。"),
        _("役割、お金、責任の分け方を、いっしょに決めます。"),
        (Form.COMMITTEE, Form.ACCORD, Form.JOINT_OPERATION, Form.PARTNERSHIP_CONTRACT),
        Ownership.BOTH,
    ),
    AreaFacts(
        Area.D,
        _("市が中心"),
        _("市が中心になって行い、市民が参加して力を貸します。"),
        _("市民の知識と経験を、どこで生かすかを話し合います。"),
        (Form.PARTNERSHIP_CONTRACT, Form.CONTRACT),
        Ownership.CITY,
    ),
    AreaFacts(
        Area.E,
        _("市だけ"),
        _("許可や条例づくりなど、市が責任をもって行うことです。"),
        _("市は、情報を公開し、市民が意見を言える機会をつくります。"),
        (),
        Ownership.CITY,
    ),
)
AREAS: Mapping[Area, AreaFacts] = {facts.key: facts for facts in _ALL}
