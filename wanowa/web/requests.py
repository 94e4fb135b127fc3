"""The request as views see it: signed-in person or nobody, htmx or a whole page."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request after the middleware: `user` is inherited, `htmx` tells a piece from a page."""

    htmx: HtmxDetails
