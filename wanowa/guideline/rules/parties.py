"""The kinds of party and what each is strong in (G-23, guideline Ⅱ-3)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Kind
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class KindFacts:
    """Who belongs to a kind of party, and its strengths (主な特性) in the order of the guideline."""

    key: Kind
    meaning: Sentence
    strengths: tuple[Sentence, Sentence, Sentence]
    guideline: str = "G-23"
    clause: str = "Ⅱ-3"


_DIVERSITY, _ORIGINALITY, _INITIATIVE = _("多様性"), _("独創性"), _("自発性")
_LOCALITY, _CONTINUITY, _MUTUAL_BENEFIT = _("地域性"), _("継続性"), _("共益性")
_AUTONOMY, _MOBILITY, _EXPERTISE = _("自主性"), _("機動性"), _("専門性")
_PIONEERING, _STABILITY, _FAIRNESS = _("先駆性"), _("安定性"), _("公平性")

_ALL = (
    KindFacts(
        Kind.RESIDENT,
        _("このまちに住む人、働く人、学ぶ人です。一人でも参加できます。"),
        (_DIVERSITY, _ORIGINALITY, _INITIATIVE),
    ),
    KindFacts(
        Kind.LOCAL,
        _("自治会や育てる会など、同じ地域に住む人の集まりです。地域の困りごとに取り組みます。"),
        (_LOCALITY, _CONTINUITY, _MUTUAL_BENEFIT),
    ),
    KindFacts(
        Kind.CITIZEN,
        _("NPO法人やボランティア団体などです。利益のためでなく、多くの人のために活動します。"),
        (_AUTONOMY, _MOBILITY, _EXPERTISE),
    ),
    KindFacts(
        Kind.COMPANY,
        _("会社や商店などです。仕事の力を生かして、地域に役立つ活動もします。"),
        (_EXPERTISE, _PIONEERING, _MOBILITY),
    ),
    KindFacts(
        Kind.PUBLIC,
        _("社会福祉法人や学校法人などです。利益を目的とせず、公益のために働きます。"),
        (_MUTUAL_BENEFIT, _EXPERTISE, _STABILITY),
    ),
    KindFacts(
        Kind.NATION,
        _("国の機関や独立行政法人などです。専門の知識や技術で、地域に力を貸します。"),
        (_EXPERTISE, _STABILITY, _PIONEERING),
    ),
    KindFacts(
        Kind.CITY,
        _("市役所の各課です。ほかの主体と同じ、対等な相手の一つです。"),
        (_FAIRNESS, _STABILITY, _EXPERTISE),
    ),
)
KINDS: Mapping[Kind, KindFacts] = {facts.key: facts for facts in _ALL}
