"""Whatever is typed, sent or put into an address: a sentence that says what to do, what was typed, never a 500."""

from base64 import urlsafe_b64encode
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import override_settings
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.changes import Undoing
from tests.trust.matrix.town import arguments
from tests.trust.matrix.walk import forms_of, places
from wanowa.kernel.tests.strings import SAMPLES

pytestmark = pytest.mark.django_db
OURS = [address for address in addresses() if address.row == address.name]
KIND = {200, 204, 302, 304, 400, 403, 404, 405, 409, 413, 422, 429}
"""Every answer that says something to the person. A 500 says only that we failed."""
FORM = "application/x-www-form-urlencoded"
WRITTEN = {"text", "textarea", "email", "search", "tel", "url", "number", "date"}
PROTOCOL = {"csrfmiddlewaretoken", "idempotency_key"}
EVERY = 8
"""Each form gets one string in eight; the forms together get all of them, each several times."""
WRONG = (
    "",
    "-1",
    "9" * 30,
    "1e309",
    "NaN",
    "0x1F",
    "１２",
    "2026-02-30",
    "9999-99-99",
    "令和99年13月40日",
    "[]",
    '{"a": 1}',
    "true",
    "x" * 2_000,
)
QUERIES = (
    "after=x",
    "after=%FF%FE",
    "after=" + "A" * 5_000,
    *(
        "after=" + urlsafe_b64encode(json.encode()).decode().rstrip("=")
        for json in (
            "[]",
            "[null]",
            '[{"a":1}]',
            "[1e999]",
            '["x"]',
            '["x",1]',
            '["2026-99-99",1]',
            "[9999999999999999999999,1]",
            '["2026-01-01T00:00:00Z",99999999999999999999]',
            '["\\u0000",1]',
            '["\\ud800",1]',
        )
    ),
    "q=%00",
    "q=%ED%A0%80",
    "q=" + "%E3%82%8F" * 3_000,
    "kind=king&status=x&form=x&area=Z&field=x&registered=x",
    "answer=99999999999999999999&answer=-1",
    "answer=x",
    "next=//evil.example&next=javascript:1",
    "address=%00&address=" + "a" * 4_000,
    "&=&==&%",
)
GARBAGE = ("x", "..", "％", "🎉", "'\"><script>", "a" * 3_000, "ＮＦＫＣ", "-", "1:2:3", "%00", "\u202e")
NUMBERS = (0, 2**31, 2**63, 10**30)


def different_forms(address, city):
    """Return every different form on the pages of an address, with the cell that showed it.

    A form that stands on the pages of several addresses, as that of the language does on all, belongs to the first.
    """
    for cell, form in forms_of(address, city):
        target = resolve(form.action.partition("?")[0]).view_name
        if city.forms.setdefault((target, tuple(sorted(form.sorts))), form) is form:
            yield cell, form


class Sender:
    """Sends one form again and again, and undoes what it did."""

    def __init__(self, city, cell, form):
        self.visitor = city.visitor(cell.principal, cell.place)
        self.form, self.trial, self.demo = form, Undoing(), cell.place.state == "on"
        self.faults = []

    def fields(self, **changed):
        """Return the form as rendered, without key and token, with some fields changed."""
        return {
            name: list(values) for name, values in self.form.fields.items() if name not in PROTOCOL
        } | changed

    def send(self, what, fields=None, *, body=None, kind=FORM):
        """Send, note a bad status, undo; return the answer."""
        if body is None:
            pairs = [(name, value) for name, values in fields.items() for value in values]
            body = urlencode(pairs, errors="surrogatepass")
        cache.clear()
        with override_settings(DEMO=self.demo):
            response = self.visitor.raw("POST", self.form.action, body, kind)
        self.trial.back()
        if response.status_code not in KIND:
            self.faults.append(f"{self.form.action} {what}: {response.status_code}")
        return response


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_no_form_breaks_whatever_is_typed(address, city):
    faults = []
    for place, (cell, form) in enumerate(different_forms(address, city)):
        sender = Sender(city, cell, form)
        written = [name for name in form.names if form.sorts[name] in WRITTEN]
        offset = (OURS.index(address) + place) % EVERY
        for sample in SAMPLES[offset::EVERY] if written else ():
            sender.send(sample.name, sender.fields(**{name: [sample.text] for name in written}))
        for name in form.names:
            for wrong in WRONG:
                sender.send(f"{name}={wrong[:20]}", sender.fields(**{name: [wrong]}))
            sender.send(
                f"{name} missing", {key: value for key, value in sender.fields().items() if key != name}
            )
            sender.send(f"{name} thrice", sender.fields(**{name: ["1", "x", ""]}))
            sender.send(f"{name}[]", sender.fields(**{name: [], f"{name}[]": ["1"], f"{name}.x": ["1"]}))
        _shapes(sender)
        faults += sender.faults
    assert faults == []


def _shapes(sender):
    """Send what is no form at all, or too much of one."""
    sender.send("nothing", {})
    sender.send("more", sender.fields(is_staff=["1"], id=["1"], party_id=["1"], pk=["1"], status=["active"]))
    sender.send("many fields", sender.fields(**{f"f{n}": ["x"] for n in range(2_500)}))
    sender.send("too much", body="a=" + "x" * (6 * 1024 * 1024))
    sender.send("unreadable", body="a=%ff%fe&%00=1&=&&==")
    sender.send("json", body='{"a": 1}', kind="application/json")
    sender.send("no boundary", body="--x\r\n\r\n", kind="multipart/form-data")
    sender.send(
        "half a file",
        body='--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF',
        kind="multipart/form-data; boundary=x",
    )
    sender.send("text", body="x" * 100, kind="text/plain; charset=nonsense")


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_a_refused_form_gives_back_what_was_typed(address, city):
    lost = []
    for cell, form in different_forms(address, city):
        written = [name for name in form.names if form.sorts[name] in {"text", "textarea", "email"}]
        typed = {name: [f"のこることば {place}\u202e"] for place, name in enumerate(written)}
        sender = Sender(city, cell, form)
        response = sender.send("unwelcome letter", sender.fields(**typed))
        page = unescape(response.body.decode(errors="replace"))
        if response.status_code >= 400:
            lost += [f"{form.action} {name}" for name, (text,) in typed.items() if text not in page]
    assert lost == []


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_no_address_breaks_whatever_stands_in_it(address, city):
    place = next(iter(places(address, city)))
    asked = [
        f"{reverse(address.name, kwargs=arguments(address, place, city))}?{query}" for query in QUERIES
    ] + list(_strange(address, arguments(address, place, city)))
    faults = []
    for principal in ("anonymous", "representative"):
        visitor = city.visitor(principal, place)
        for url in asked:
            status = visitor.raw("GET", url).status_code
            if status not in KIND:
                faults.append(f"{principal} {url[:120]}: {status}")
    assert faults == []


def _strange(address, known):
    """Return the address with garbage for each of its parameters in turn."""
    for name in known:
        for garbage in (*GARBAGE, *NUMBERS):
            try:
                yield reverse(address.name, kwargs=known | {name: garbage})
            except NoReverseMatch:
                continue


def test_an_address_that_is_nowhere_is_404(city):
    visitor = city.visitor("anonymous", city.places["site"]["here"])
    for path in (
        "/nowhere/",
        "/collaborations/x/y/z/",
        "/parties//",
        "/.git/config",
        "/%2e%2e/",
        "/" + "a" * 9_000,
    ):
        with pytest.raises(Resolver404):
            resolve(path)
        assert visitor.raw("GET", path).status_code == 404
