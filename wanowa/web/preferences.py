"""The reader's choice of colours and text size: one small cookie, so that a page never flashes."""

from django.http import HttpRequest, HttpResponse

COOKIE = "look"
CHOICES = {"theme": ("light", "dark"), "text": ("large",)}


def of(request: HttpRequest) -> dict[str, str]:
    """Return what the reader chose, e.g. {"theme": "dark", "text": "large"}; unknown values are ignored."""
    return parse(request.COOKIES.get(COOKIE, ""))


def parse(cookie: str) -> dict[str, str]:
    """Return the choices in a cookie such as "theme-dark.text-large"."""
    pairs = (part.partition("-") for part in cookie.split("."))
    return {name: value for name, _dash, value in pairs if value in CHOICES.get(name, ())}


def keep(response: HttpResponse, chosen: dict[str, str], *, secure: bool) -> None:
    """Remember the choices for a year; no choice removes the cookie."""
    value = ".".join(f"{name}-{chosen[name]}" for name in CHOICES if chosen.get(name) in CHOICES[name])
    if value:
        year = 365 * 24 * 60 * 60
        response.set_cookie(COOKIE, value, max_age=year, secure=secure, httponly=True, samesite="Lax")
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
