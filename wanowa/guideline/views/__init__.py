"""The pages of the guideline."""

from wanowa.guideline.views.navigating import navigator, navigator_compare, navigator_result
from wanowa.guideline.views.words import area, city, form, kind, overview, principle

__all__ = [
    "area",
    "city",
    "form",
    "kind",
    "navigator",
    "navigator_compare",
    "navigator_result",
    "overview",
    "principle",
]
