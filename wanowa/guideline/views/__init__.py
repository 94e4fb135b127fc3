"""The pages of the guideline."""

from wanowa.guideline.views.policy import changes, edition, text
from wanowa.guideline.views.words import area, city, form, kind, overview, ownership, principle

__all__ = [
    "area",
    "changes",
    "city",
    "edition",
    "form",
    "kind",
    "overview",
    "ownership",
    "principle",
    "text",
]
