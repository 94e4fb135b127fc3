"""The forms of a page, as a browser would read them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

NOT_SENT = {"submit", "button", "reset", "image"}


@dataclass
class Form:
    """One form: where it goes, what it carries, and of which sort each field is."""

    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    sorts: dict[str, str] = field(default_factory=dict)

    @property
    def names(self):
        """The fields a person fills in or chooses."""
        own = {"csrfmiddlewaretoken", "idempotency_key"}
        return [name for name in self.sorts if name not in own]


class _Reader(HTMLParser):
    def __init__(self, url):
        super().__init__()
        self.url, self.forms, self.text, self.inside, self.choosing = url, [], None, False, ""

    def handle_starttag(self, tag, attrs):
        attrs = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urlsplit(urljoin(self.url, attrs.get("action", "")))
            method = attrs.get("method", "get").lower()
            self.forms.append(Form(f"{action.path}?{action.query}".rstrip("?"), method))
            self.inside = True
        elif self.inside and attrs.get("name"):
            self._field(tag, attrs)
        elif tag == "option" and self.inside and self.choosing:
            self._option(attrs)

    def _field(self, tag, attrs):
        form, name = self.forms[-1], attrs["name"]
        sort = attrs.get("type", "text") if tag == "input" else tag
        if tag not in {"input", "textarea", "select", "button"}:
            return
        if sort in NOT_SENT or tag == "button":
            form.sorts.setdefault(name, "button")
            form.fields.setdefault(name, [attrs.get("value", "")])
            return
        form.sorts[name] = sort
        values = form.fields.setdefault(name, [])
        if sort in {"checkbox", "radio"}:
            if not values or "checked" in attrs:
                form.fields[name] = [attrs.get("value", "on")]
        elif tag == "input" and sort != "file":
            values.append(attrs.get("value", ""))
        elif tag == "textarea":
            values.append("")
            self.text = values
        elif tag == "select":
            self.choosing = name

    def _option(self, attrs):
        values = self.forms[-1].fields[self.choosing]
        if attrs.get("value") and (not values or "selected" in attrs):
            values[:] = [attrs["value"]]

    def handle_data(self, data):
        if self.text is not None:
            self.text[-1] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.choosing = ""


def forms_in(response, url):
    """Return the forms of a page at `url`; none for anything that is no page."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    reader = _Reader(url)
    reader.feed(response.content.decode())
    return reader.forms
