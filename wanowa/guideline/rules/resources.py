"""The five resources and the four policies in plain words (G-33d, G-41; guideline Ⅲ-3(4), Ⅳ-1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Policy, Resource
from wanowa.kernel.errors import Sentence


@dataclass(frozen=True, slots=True)
class ResourceFacts:
    """What a resource is, with everyday examples."""

    key: Resource
    meaning: Sentence
    guideline: str = "G-33d"
    clause: str = "Ⅲ-3(4)"


@dataclass(frozen=True, slots=True)
class PolicyFacts:
    """What the city does under one of its four policies."""

    key: Policy
    meaning: Sentence
    clause: str
    guideline: str = "G-41"


RESOURCES: Mapping[Resource, ResourceFacts] = {
    facts.key: facts
    for facts in (
        ResourceFacts(Resource.PEOPLE, _("手伝える人、教えられる人、その時間です。")),
        ResourceFacts(Resource.GOODS, _("道具、材料、食べ物、車などです。")),
        ResourceFacts(Resource.MONEY, _("活動に使うお金です。寄付や補助金も入ります。")),
        ResourceFacts(Resource.PLACE, _("集まる部屋、広場、畑、しまっておく場所です。")),
        ResourceFacts(Resource.INFORMATION, _("知識、経験、人のつながり、知らせる力です。")),
    )
}
POLICIES: Mapping[Policy, PolicyFacts] = {
    facts.key: facts
    for facts in (
        PolicyFacts(
            Policy.AWARENESS, _("職員も市民も協働を知り、おたがいを理解できるようにします。"), "Ⅳ-1(1)"
        ),
        PolicyFacts(Policy.SHARING, _("協働の情報を、だれでもいつでも見つけられるようにします。"), "Ⅳ-1(2)"),
        PolicyFacts(Policy.SYSTEM, _("相談の窓口と、協働を考える会議をととのえます。"), "Ⅳ-1(3)"),
        PolicyFacts(Policy.ENVIRONMENT, _("一人ひとりの知恵や技術が生きる場をつくります。"), "Ⅳ-1(4)"),
    )
}
