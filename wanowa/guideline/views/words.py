"""The pages of the guideline: one that shows it whole, one for each word."""

from django.db.models import TextChoices
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wanowa.guideline.queries import example_cases, examples_of, pack, source_of, sources_of
from wanowa.guideline.rules import (
    AREA_GUIDES,
    AREAS,
    FORM_GUIDES,
    FORMS,
    KIND_GUIDES,
    KINDS,
    OWNERSHIPS,
    POLICIES,
    POSTS,
    PRINCIPLE_GUIDES,
    PRINCIPLES,
    RESOURCES,
    Area,
    AreaFacts,
    Form,
    FormFacts,
    Kind,
    KindFacts,
    Ownership,
    OwnershipFacts,
    Principle,
    PrincipleFacts,
)
from wanowa.web.pages import show
from wanowa.web.requests import Request

type Facts = AreaFacts | FormFacts | KindFacts | OwnershipFacts | PrincipleFacts


@require_safe
def overview(request: Request) -> HttpResponse:
    """Answer /guideline/: what collaboration is, on one page, and the three ways on from there."""
    source, *others = sources_of("Ⅱ-1", *(facts.clause for facts in POLICIES.values()))
    context = {
        "areas": AREAS.values(),
        "forms": FORMS.values(),
        "kinds": KINDS.values(),
        "ownerships": OWNERSHIPS.values(),
        "policies": list(zip(POLICIES.values(), others, strict=True)),
        "principles": PRINCIPLES.values(),
        "resources": RESOURCES.values(),
        "source": source,
    }
    return show(request, "guideline/overview.html", context, cases=("guideline",))


@require_safe
def form(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/forms/<key>/."""
    word = _word(Form, key)
    facts, guide = FORMS[word], FORM_GUIDES[word]
    areas = [(AREAS[area], guide.suits[area]) for area in facts.areas]
    more = {"guide": guide, "areas": areas, "posts": POSTS[word], "all": FORMS.values()}
    return _page(request, "guideline/form.html", facts, **more)


@require_safe
def area(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/areas/<key>/."""
    word = _word(Area, key)
    facts = AREAS[word]
    forms = [(FORMS[form], FORM_GUIDES[form].suits[word]) for form in facts.forms]
    guide = AREA_GUIDES[word]
    return _page(request, "guideline/area.html", facts, guide=guide, areas=AREAS.values(), forms=forms)


@require_safe
def kind(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/kinds/<key>/."""
    word = _word(Kind, key)
    facts, guide = KINDS[word], KIND_GUIDES[word]
    strengths = list(zip(facts.strengths, guide.strengths, strict=True))
    return _page(request, "guideline/kind.html", facts, guide=guide, strengths=strengths, all=KINDS.values())


@require_safe
def principle(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/principles/<key>/."""
    word = _word(Principle, key)
    guide = PRINCIPLE_GUIDES[word]
    return _page(request, "guideline/principle.html", PRINCIPLES[word], guide=guide, all=PRINCIPLES.values())


@require_safe
def ownership(request: Request, key: str) -> HttpResponse:
    """Answer /guideline/ownership/<key>/."""
    word = _word(Ownership, key)
    facts = OWNERSHIPS[word]
    areas = [AREAS[area] for area in facts.areas]
    forms = [FORMS[form] for form in facts.forms]
    return _page(
        request, "guideline/ownership.html", facts, areas=areas, forms=forms, all=OWNERSHIPS.values()
    )


def _word[W: TextChoices](words: type[W], key: str) -> W:
    try:
        return words(key)
    except ValueError:
        raise Http404(key) from None


def _page(request: Request, template: str, facts: Facts, **context: object) -> HttpResponse:
    trail = [(_("協働とは"), reverse("guideline:overview")), (str(facts.key.label), "")]
    examples, source = examples_of(facts.key), source_of(facts.clause)
    context |= {"trail": trail, "facts": facts, "examples": examples, "source": source}
    return show(request, template, context, cases=("guideline", *example_cases()))


def city(request: HttpRequest) -> dict[str, str]:
    """Tell every page which city it belongs to. No query."""
    return {"city": pack().city.name}
