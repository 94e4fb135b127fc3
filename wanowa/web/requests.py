"""The request as views see it: signed-in person or nobody, htmx or a whole page."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request after the middleware."""

    user: AbstractBaseUser | AnonymousUser
    htmx: HtmxDetails
