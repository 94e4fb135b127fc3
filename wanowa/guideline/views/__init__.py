"""The pages of the guideline."""

from wanowa.guideline.views.navigating import navigator, navigator_compare, navigator_result
from wanowa.guideline.views.policy import changes, edition, text
from wanowa.guideline.views.words import area, city, form, kind, overview, ownership, principle

__all__ = [
    "area",
    "changes",
    "city",
    "edition",
    "form",
    "kind",
    "navigator",
    "navigator_compare",
    "navigator_result",
    "overview",
    "ownership",
    "principle",
    "text",
]
