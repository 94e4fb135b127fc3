"""The pages of the search: results, suggestions while typing, and the words that the desk keeps."""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_label
from wanowa.kernel.errors import Conflict, Invalid, Sentence
from wanowa.search import queries, services
from wanowa.search.forms import SearchForm, SynonymForm, strange
from wanowa.search.models import Document
from wanowa.search.queries import Found, Wanted
from wanowa.search.rules import Bit, marked, snippet
from wanowa.web.pages import show
from wanowa.web.requests import Request

FEW = 1
"""Results up to which it is asked whether another word was meant."""
TAGS = 3


@dataclass(frozen=True, slots=True)
class Result:
    """One document as the list shows it."""

    title: list[Bit]
    text: list[Bit]
    kind: Sentence
    address: str
    day: date | None
    tags: list[Sentence]
    hidden: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a result, or to widen it again."""

    label: Sentence
    href: str
    count: int = 0


@require_safe
def results(request: Request) -> HttpResponse:
    """Answer /search/: what was found, how it can be narrowed, and what to do when nothing was."""
    form = _asked(request)
    if not form.is_valid():
        return show(request, "search/results.html", {"form": form, "trail": _trail()}, status=400)
    wanted = form.wanted
    context: dict[str, object] = {"form": form, "trail": _trail(), "wanted": wanted}
    if wanted.q or wanted.narrowed:
        reader = queries.reader_of(_actor(request))
        found = queries.find(wanted, reader, request.GET.get("after", ""))
        strict = found.total > FEW and not found.query.loose
        others = [] if strict or request.GET.get("after") else queries.meant(queries.read(wanted.q), reader)
        context |= {
            "found": found,
            "results": _results(found),
            "meant": [Choice(other, _address(replace(wanted, q=other))) for other in others],
            "facets": _facets(found, wanted),
            "chosen": _chosen(wanted),
            "widest": _address(Wanted(q=wanted.q)),
            "next": _address(wanted, after=found.after) if found.after else "",
            "previous": _address(wanted) if request.GET.get("after") else "",
            "missed": bool(wanted.q) and not wanted.narrowed and (found.total == 0 or found.query.loose),
        }
    return show(request, "search/results.html", context)


@require_safe
def suggestions(request: Request) -> HttpResponse:
    """Answer /search/suggestions/: words and titles for what was typed so far, a piece or a page."""
    form = _asked(request)
    if not form.is_valid():
        return show(request, "search/suggestions.html", {"form": form, "trail": _trail()}, status=400)
    words, documents = queries.suggested(form.wanted.q, queries.reader_of(_actor(request)))
    context = {
        "form": form,
        "trail": _trail(),
        "words": [Choice(word, _address(Wanted(q=word))) for word in words],
        "documents": documents,
    }
    return show(request, f"search/suggestions.html{'#piece' if request.htmx else ''}", context)


@require_POST
def missed(request: Request) -> HttpResponse:
    """Answer /search/missed/: count words that found nothing, without anything about who typed them."""
    form = SearchForm({"q": request.POST.get("q", "")})
    if not form.is_valid():
        raise Invalid(_("ことばは、100文字までで入力してください。"))
    counted = services.note_unfound(form.wanted.q)
    context = {"counted": counted, "trail": _trail(_("窓口に知らせる")), "back": _address(form.wanted)}
    return show(request, f"search/missed.html{'#piece' if request.htmx else ''}", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unfound(request: Request) -> HttpResponse:
    """Answer /search/unfound/ for the desk: what was looked for in vain, and the words that mean the same."""
    _require_desk(request)
    typed = request.POST if request.method == "POST" else None
    form = SynonymForm(typed, initial={"words": request.GET.get("word", "")})
    status = 200
    if form.is_valid():
        try:
            services.add_synonyms(form.cleaned_data["words"], by=_actor(request))
        except (Invalid, Conflict) as refusal:
            form.add_error("words", str(refusal))
            status = refusal.status
        else:
            messages.success(request, _("加えました。いまから、どのことばでも見つかります。"))
            return redirect("search:unfound")
    elif typed is not None:
        status = 400
    context = {
        "form": form,
        "trail": _trail(_("見つからなかったことば")),
        "missing": queries.unfound(),
        "synonyms": queries.synonyms(),
    }
    return show(request, "search/unfound.html", context, status=status)


@login_required
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Answer /search/unfound/<pk>/remove/ for the desk."""
    _require_desk(request)
    services.remove_synonyms(pk, by=_actor(request))
    messages.success(request, _("外しました。"))
    return redirect("search:unfound")


def _asked(request: Request) -> SearchForm:
    """Return the form with what the address says. Invalid for keys that mean nothing here, or that come twice."""
    if strange(request.GET) or any(len(values) > 1 for _key, values in request.GET.lists()):
        raise Invalid(_("このアドレスでは、さがせません。検索の箱から、さがしなおしてください。"))
    return SearchForm(request.GET)


def _actor(request: Request) -> Actor:
    return Actor(person=request.user.pk)


def _require_desk(request: Request) -> None:
    if not queries.is_desk(request.user.pk):
        raise Http404


def _trail(*titles: str) -> list[tuple[str, str]]:
    above = [(_("わのわ"), "/"), (_("さがす"), reverse("search:results"))]
    return [*above, *((title, "") for title in titles)]


def _address(wanted: Wanted, **more: str) -> str:
    """Return the address of a result."""
    given = {"q": wanted.q, **wanted.narrowed, **more}
    return f"{reverse('search:results')}?{urlencode({name: value for name, value in given.items() if value})}"


def _results(found: Found) -> list[Result]:
    keys, known, fields = found.query.shown, queries.sources(), queries.field_labels()

    def result(one: Document) -> Result:
        return Result(
            title=marked(one.title, keys),
            text=snippet(one.body, keys),
            kind=known[one.kind].label,
            address=one.address,
            day=one.day if one.year else None,
            tags=[*(fields.get(name, name) for name in one.fields), *one.places][:TAGS],
            hidden=not one.public,
        )

    return [result(one) for one in found.documents]


def _labels() -> dict[str, tuple[Sentence, dict[str, Sentence]]]:
    """Return what each way to narrow is called, and its values; a place and a year are called as they are."""
    audiences: dict[str, Sentence] = {one.key: one.label for one in queries.of_the_pack().audiences}
    kinds = {kind: source.label for kind, source in queries.sources().items()}
    return {
        "kind": (_("種類"), kinds),
        "field": (_("分野"), queries.field_labels()),
        "place": (_("場所"), {}),
        "year": (_("年度"), {}),
        "audience": (_("だれのため"), audiences),
    }


def _label(name: str, value: str, labels: dict[str, Sentence]) -> Sentence:
    if name == "year" and value.isdecimal():
        return fiscal_year_label(int(value))
    return labels.get(value, value)


def _facets(found: Found, wanted: Wanted) -> list[tuple[Sentence, list[Choice]]]:
    """Return the ways to narrow further, each with its counts, the largest first; what is chosen is left out.

    Of very many hits a sample was counted: its order is right, its numbers would not be.
    """
    facets = []
    for name, (title, labels) in _labels().items():
        counts = found.counts.get(name, {})
        if getattr(wanted, name) or not counts:
            continue
        choices = [
            Choice(
                _label(name, value, labels),
                _address(replace(wanted, **{name: value})),
                0 if found.many else count,
            )
            for value, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        ]
        facets.append((title, choices))
    return facets


def _chosen(wanted: Wanted) -> list[Choice]:
    """Return what the result is narrowed to, each with the address without it."""
    labels = _labels()
    return [
        Choice(_label(name, value, labels[name][1]), _address(replace(wanted, **{name: ""})))
        for name, value in wanted.narrowed.items()
    ]
