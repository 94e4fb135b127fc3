"""The pages of the guideline: one that shows it whole, one for each word."""

from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.guideline.queries import Word, example_cases, examples_of, pack
from wanowa.guideline.rules import (
    AREAS,
    FORMS,
    KINDS,
    POLICIES,
    POSTS,
    PRINCIPLES,
    RESOURCES,
    Area,
    Form,
    Kind,
    Principle,
)
from wanowa.web.pages import show
from wanowa.web.requests import Request


@require_safe
def overview(request: Request) -> HttpResponse:
    """Answer /guideline/: what collaboration is, on one page."""
    context = {
        "areas": AREAS.values(),
        "forms": FORMS.values(),
        "kinds": KINDS.values(),
        "policies": POLICIES.values(),
        "principles": PRINCIPLES.values(),
        "resources": RESOURCES.values(),
    }
    return show(request, "guideline/overview.html", context, cases=("guideline",))


@require_safe
def form(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/forms/<key>/."""
    word = _word(Form, key)
    areas = [AREAS[area] for area in FORMS[word].areas]
    words = {"facts": FORMS[word], "areas": areas, "posts": POSTS[word], "all": FORMS.values()}
    return _page(request, "guideline/form.html", word, **words)


@require_safe
def area(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/areas/<key>/."""
    word = _word(Area, key)
    forms = [FORMS[form] for form in AREAS[word].forms]
    return _page(request, "guideline/area.html", word, facts=AREAS[word], areas=AREAS.values(), forms=forms)


@require_safe
def kind(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/kinds/<key>/."""
    word = _word(Kind, key)
    return _page(request, "guideline/kind.html", word, facts=KINDS[word], all=KINDS.values())


@require_safe
def principle(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/principles/<key>/."""
    word = _word(Principle, key)
    return _page(request, "guideline/principle.html", word, facts=PRINCIPLES[word], all=PRINCIPLES.values())


def _word[W: TextChoices](words: type[W], key: str) -> W:
    try:
        return words(key)
    except ValueError:
        raise Http404(key) from None


def _page(request: Request, template: str, word: Word, **context: object) -> HttpResponse:
    trail = [(_("協働とは"), reverse("guideline:overview")), (str(word.label), "")]
    context |= {"trail": trail, "examples": examples_of(word)}
    return show(request, template, context, cases=("guideline", *example_cases()))


def city(request: HttpRequest) -> dict[str, str]:
    """Tell every page which city it belongs to. No query."""
    return {"city": pack().city.name}
