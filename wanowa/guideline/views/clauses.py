"""Where a clause of the guideline can be read."""

import re

from django.urls import reverse

from wanowa.guideline.rules import PRINCIPLES

_PLACES = {"Ⅱ-3": "#kinds", "Ⅱ-4": "#areas", "Ⅱ-5": "#forms", "Ⅲ-3(4)": "#resources", "Ⅳ-1": "#policies"}


def clause_href(clause: str) -> str:
    """Return the address that explains a clause ("Ⅱ-2(6)", "Ⅱ-4"); the overview for those without a word."""
    for facts in PRINCIPLES.values():
        if facts.clause == clause:
            return reverse("guideline:principle", args=[facts.key])
    return reverse("guideline:overview") + _PLACES.get(re.sub(r"(Ⅳ-1).*", r"\1", clause), "")
