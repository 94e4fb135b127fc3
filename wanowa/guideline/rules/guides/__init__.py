"""The words of the guideline told at length, for the page of each word. Our own plain words, no sentence copied."""

from wanowa.guideline.rules.guides.areas import AREA_GUIDES, AreaGuide
from wanowa.guideline.rules.guides.forms import FORM_GUIDES, FormGuide, Neighbour
from wanowa.guideline.rules.guides.kinds import KIND_GUIDES, KindGuide
from wanowa.guideline.rules.guides.ownership import OWNERSHIPS, OwnershipFacts
from wanowa.guideline.rules.guides.principles import PRINCIPLE_GUIDES, Keeping, PrincipleGuide

__all__ = [
    "AREA_GUIDES",
    "FORM_GUIDES",
    "KIND_GUIDES",
    "OWNERSHIPS",
    "PRINCIPLE_GUIDES",
    "AreaGuide",
    "FormGuide",
    "Keeping",
    "KindGuide",
    "Neighbour",
    "OwnershipFacts",
    "PrincipleGuide",
]
