"""The pages of the guideline."""

from wanowa.guideline.views.words import area, city, form, kind, overview, principle

__all__ = ["area", "city", "form", "kind", "overview", "principle"]
