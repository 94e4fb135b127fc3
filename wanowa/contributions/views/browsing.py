"""Reading a ledger: what it adds up to, every entry, the same as a table, and one receipt."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from wanowa.collaborations.rules import Load, Terms
from wanowa.contributions import queries
from wanowa.contributions.forms import SORTS
from wanowa.contributions.models import Receipt
from wanowa.contributions.rules import MINUTES_AN_HOUR, Judgement, Status, carried, hours, in_words
from wanowa.contributions.views.place import Place, insider, place_of
from wanowa.guideline.rules import FORMS, Form
from wanowa.kernel.languages import in_japanese
from wanowa.kernel.spreadsheets import written
from wanowa.web import charts
from wanowa.web.keyset import page_of
from wanowa.web.pages import show, spreadsheet
from wanowa.web.requests import Request


@require_safe
def overview(request: Request, slug: str) -> HttpResponse:
    """Show what a ledger adds up to: to everybody the confirmed sums, to those inside also what is open, and drift."""
    place = place_of(request, slug)
    found, sums = place.collaboration, queries.sums_of(place.collaboration)
    names = queries.names_around(found, place.seated, sums)
    inside = bool(place.mine)
    terms = found.in_force.terms if found.in_force else Terms()
    judgement = queries.judgement_of(found, sums) if inside else None
    context = {
        "collaboration": found,
        "sums": sums,
        "hours": _load(Load.HOURS, terms, sums.hours, names),
        "money": _load(Load.MONEY, terms, sums.money, names),
        "things": [(names.get(total.party or 0, ""), total) for total in sums.things],
        "years": [(year, hours(year.minutes)) for year in sums.years],
        "inside": inside,
        "may_write": bool(place.writing),
        "awaiting": queries.awaiting(found, place.writing) if place.writing else 0,
        "judgement": judgement,
        "reasons": _reasons(judgement, names),
        "navigator": _navigator(judgement),
        "form": FORMS[Form(found.form)] if found.form else None,
        "first_sort": next(iter(SORTS)),
        "trail": place.trail(),
    }
    return show(request, "contributions/overview.html", context, cases=[place.case, "parties"])


def _load(load: Load, terms: Terms, given: dict[int, int], names: dict[int, str]) -> dict[str, object]:
    """Return one load as the page shows it: a sentence and a chart of agreed beside real."""
    rows = carried(load, terms, given)
    per = MINUTES_AN_HOUR if load is Load.HOURS else 1

    def value(amount: int | None) -> Decimal | None:
        return None if amount is None else (Decimal(max(amount, 0)) / per).quantize(Decimal("0.1"))

    chart = charts.bars(
        _("時間：決めたことと、これまで") if load is Load.HOURS else _("お金：決めたことと、これまで"),
        [
            charts.Row(
                names.get(row.party, ""),
                [value(row.agreed), value(row.real)],
                _("受けとったお金のほうが多いです。") if row.real < 0 else "",
            )
            for row in rows
        ],
        series=[_("決めたこと"), _("これまで")],
        unit=pgettext("unit", "時間") if load is Load.HOURS else pgettext("unit", "円"),
        heading=_("主体"),
        blank=_("書いていません"),
    )
    return {"chart": chart, "sentence": in_words(rows, names)}


def _reasons(judgement: object, names: dict[int, str]) -> list[str]:
    """Return the figures behind a judgement as sentences."""
    if not isinstance(judgement, Judgement):
        return []
    labels = {"hours": _("時間"), "money": _("お金"), "decisions": _("決めごと")}
    told = []
    for reason in judgement.reasons:
        words = {
            "what": labels[reason.what],
            "name": names.get(reason.party, ""),
            "percent": reason.percent,
            "agreed": reason.agreed,
        }
        if reason.agreed is None:
            told.append(_("%(what)s：%(name)sが%(percent)s%%です。") % words)
        else:
            told.append(_("%(what)s：%(name)sが%(percent)s%%です。決めたときは%(agreed)s%%でした。") % words)
    return told


def _navigator(judgement: object) -> str:
    """Return the address of the navigator with the answers that fit what really happens."""
    if not isinstance(judgement, Judgement) or not judgement.answers:
        return ""
    return reverse("guideline:navigator", query=list(judgement.answers))


@login_required
@require_safe
def entries(request: Request, slug: str) -> HttpResponse:
    """List every entry to those at the table: the same to all of them, but for the buttons."""
    place = insider(request, slug)
    status = request.GET.get("status", "")
    if status not in {"", *Status.values}:
        raise Http404
    page = page_of(queries.entries_of(place.collaboration, status), request)
    names = queries.names_around(place.collaboration, place.seated)
    rows = queries.rows(place.collaboration, page, names)
    address = reverse("contributions:entries", args=[slug])
    context = {
        "collaboration": place.collaboration,
        "page": page,
        "rows": [(row, _confirming(place, row)) for row in rows],
        "tabs": [
            {"label": label, "href": f"{address}?status={key}" if key else address, "current": key == status}
            for key, label in (("", _("すべて")), *Status.choices)
        ],
        "status": status,
        "may_write": bool(place.writing),
        "first_sort": next(iter(SORTS)),
        "trail": place.trail(_("記録の一覧")),
    }
    return show(request, "contributions/entries.html", context)


def _confirming(place: Place, row: queries.Row) -> dict[int, str]:
    """Return the reader's parties that can confirm an entry with one press."""
    if not row.entry.is_open:
        return {}
    asked = queries.asked_now(row.entry)
    return {party: name for party, name in place.writing.items() if party in asked}


@login_required
@require_safe
def table(request: Request, slug: str) -> HttpResponse:
    """Hand those at the table every entry as a spreadsheet."""
    place = insider(request, slug)
    with in_japanese():
        header, rows = queries.as_table(place.collaboration, place.seated)
        text = written(header, rows)
        name = _("出しあい_%(title)s.csv") % {"title": place.collaboration.title}
    return spreadsheet(text.encode("utf-8-sig"), name)


@login_required
@require_safe
def receipt(request: Request, slug: str, number: int) -> HttpResponseBase:
    """Hand a receipt to those at the table, always as a download."""
    place = insider(request, slug)
    found = Receipt.objects.filter(
        contribution__collaboration=place.collaboration,
        contribution__number=number,
        forgotten_at__isnull=True,
    ).first()
    if found is None:
        raise Http404
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name)
    response["Content-Type"] = "application/octet-stream"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
