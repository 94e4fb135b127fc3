"""What templates of every app may ask of the look: the ring, fields of forms, dates, assets."""

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from math import cos, pi, sin

from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wanowa.kernel import eras
from wanowa.web import assets, labelled, languages, preferences, remembering

register = template.Library()
register.simple_tag(assets.address, name="asset")
register.simple_tag(labelled.labelled)
register.simple_tag(labelled.widget)
register.tag("remember", remembering.remember)

DOORS = {
    "/search/": ("/search/", "/collaborations/", "/activities/", "/exchange/", "/parties/", "/evaluations/"),
    "/begin/": (
        *("/begin/", "/collaborations/new/", "/exchange/new/", "/exchange/first/", "/activities/new/"),
        *("/parties/new/", "/guideline/navigator/", "/talent/"),
    ),
    "/guideline/": ("/guideline/",),
    "/me/": ("/me/", "/consultations/my-work/", "/consultations/report/"),
}
"""The entrances on every page, with the addresses that lie behind each."""
RADIUS = 40
BRAND = ("city", "citizen", "resident", "local")
GAP = 0.075
"""Half the gap between two segments, in radians."""


@cache
def arcs(count: int) -> tuple[str, ...]:
    """Return the SVG path of each of `count` equal segments, clockwise from the top."""
    if count == 1:
        return (f"M50 {50 - RADIUS}A{RADIUS} {RADIUS} 0 1 1 49.99 {50 - RADIUS}",)
    paths = []
    for place in range(count):
        start, end = (2 * pi * turn / count - pi / 2 for turn in (place, place + 1))
        start, end = start + GAP, end - GAP
        ends = [f"{50 + RADIUS * f(turn):.2f}" for turn in (start, end) for f in (cos, sin)]
        paths.append(f"M{ends[0]} {ends[1]}A{RADIUS} {RADIUS} 0 0 1 {ends[2]} {ends[3]}")
    return tuple(paths)


def _of(party: object, name: str) -> object:
    return party.get(name) if isinstance(party, dict) else getattr(party, name, None)


@register.simple_tag
def ring(parties: Iterable[object], label: str = "", size: str = "small") -> SafeString:
    """Return the consent ring as SVG: one segment a party (`kind`, `given`), filled when it has consented."""
    members = [(_of(party, "kind"), bool(_of(party, "given"))) for party in parties]
    given, count = sum(done for _kind, done in members), len(members)
    label = label or _("%(count)s者のうち%(given)s者が同意") % {"count": count, "given": given}
    segments = format_html_join(
        "",
        '<path class="{} k-{}" d="{}"/>',
        (
            ("given" if done else "awaited", kind, path)
            for (kind, done), path in zip(members, arcs(max(count, 1)), strict=False)
        ),
    )
    middle = format_html('<text x="50" y="55">{} / {}</text>', given, count) if size == "big" else ""
    return format_html(
        '<svg class="ring {}" viewBox="0 0 100 100" role="img" aria-label="{}">{}{}</svg>',
        size,
        label,
        segments,
        middle,
    )


@register.simple_tag
def brand(given: int = 4) -> SafeString:
    """Return the ring of the brand, decoration: four parties, all in unless something is amiss."""
    segments = format_html_join(
        "",
        '<path class="{} k-{}" d="{}"/>',
        (
            ("given" if place < given else "awaited", kind, path)
            for place, (kind, path) in enumerate(zip(BRAND, arcs(4), strict=True))
        ),
    )
    return format_html('<svg class="ring" viewBox="0 0 100 100" aria-hidden="true">{}</svg>', segments)


@register.simple_tag
def idempotency_key() -> SafeString:
    """Return the hidden field that lets a form count once, however often it is sent."""
    return format_html(
        '<input type="hidden" name="idempotency_key" value="{}" autocomplete="off">',
        secrets.token_urlsafe(16),
    )


@register.simple_tag
def look(request: HttpRequest | None) -> SafeString:
    """Return the attributes of <html> for the reader's choice of colours and text size."""
    chosen = preferences.of(request) if request else {}
    return format_html_join("", ' data-{}="{}"', chosen.items())


@register.simple_tag
def other_languages(request: HttpRequest | None) -> dict[str, object]:
    """Return the languages to change to, whether the reader signed in, and where to go on. Asks no database.

    What answers a form may stand at an address that takes only forms: the reader goes on where the form stood.
    Only a person whom this request has loaded already counts: the page that says that the database is away asks
    for nobody.
    """
    person = getattr(request, "_cached_user", None)
    return {
        "names": languages.others(),
        "signed_in": bool(person and person.is_authenticated),
        "back": languages.came_from(request) if request and request.method == "POST" else "",
    }


@register.simple_tag
def door(request: HttpRequest | None, entrance: str) -> SafeString:
    """Return `aria-current` for the entrance under which the page lies: the one with the longest address above it."""
    if request is None:
        return SafeString("")
    above = {address: way for way, addresses in DOORS.items() for address in addresses}
    nearest = max(filter(request.path.startswith, above), key=len, default="")
    state = "page" if request.path == entrance else "true"
    return format_html(' aria-current="{}"', state) if above.get(nearest) == entrance else SafeString("")


@register.filter
def first_id(field: BoundField) -> str:
    """Return the id to which an error in the summary leads."""
    return field.auto_id or ""


register.filter("era", eras.era_date, expects_localtime=True)
register.filter("day", eras.day_label, expects_localtime=True)
register.filter("clock", eras.clock_label, expects_localtime=True)
register.filter("moment", eras.moment_label)
register.filter("fiscal_year", eras.fiscal_year_label)


@register.simple_tag
def when(moment: object) -> SafeString | str:
    """Return a moment in words of Japan, machine-readable inside <time>; text passes through."""
    if isinstance(moment, datetime):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), eras.moment_label(moment))
    if isinstance(moment, date):
        return format_html('<time datetime="{}">{}</time>', moment.isoformat(), eras.day_label(moment))
    return str(moment)
