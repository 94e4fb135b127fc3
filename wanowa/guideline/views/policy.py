"""The text of the guideline: the version that counts, older ones, and what changed from one to the next."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.guideline.models import Edition
from wanowa.guideline.queries import changes_between, editions, explained_at, sections_of
from wanowa.web.pages import show
from wanowa.web.requests import Request

CASES = ("guideline",)


@require_safe
def text(request: Request) -> HttpResponse:
    """Answer /guideline/text/: the newest version, or how to load the first."""
    return _page(request, list(editions()), None)


@require_safe
def edition(request: Request, number: int) -> HttpResponse:
    """Answer /guideline/text/<number>/."""
    return _page(request, list(editions()), number)


@require_safe
def changes(request: Request, number: int) -> HttpResponse:
    """Answer /guideline/text/<number>/changes/: section by section, against the version before."""
    known = {edition.number: edition for edition in editions()}
    if number not in known or number - 1 not in known:
        raise Http404(str(number))
    new, old = known[number], known[number - 1]
    trail = [
        (_("協働とは"), reverse("guideline:overview")),
        (_("指針の本文"), reverse("guideline:text")),
        (_("変わったところ"), ""),
    ]
    context = {"trail": trail, "new": new, "old": old, "changes": changes_between(old, new)}
    return show(request, "guideline/changes.html", context, cases=CASES)


def _page(request: Request, known: list[Edition], number: int | None) -> HttpResponse:
    """Return one version with its table of contents. Costs one query over `editions`."""
    shown = next((one for one in known if number is None or one.number == number), None)
    if shown is None and number is not None:
        raise Http404(str(number))
    trail = [(_("協働とは"), reverse("guideline:overview")), (_("指針の本文"), "")]
    context: dict[str, object] = {"trail": trail, "edition": shown, "editions": known}
    if shown is not None:
        sections = list(sections_of(shown))
        context |= {
            "is_newest": shown == known[0],
            "chapters": [
                (chapter, [one for one in sections if one.level == 2 and one.chapter == chapter.slug])
                for chapter in sections
                if chapter.level == 1
            ],
            "passages": [(section, explained_at(section.clause)) for section in sections],
        }
    return show(request, "guideline/edition.html", context, cases=CASES)
