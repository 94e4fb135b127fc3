"""Lists in pieces show every row once, in order, whatever cursor somebody invents."""

import base64
import contextlib
import json
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from wanowa.kernel.errors import Invalid
from wanowa.web import keyset
from wanowa.web.models import Submission

NOW = timezone.now()


def request(query=""):
    return RequestFactory().get(f"/list/?{query}" if query else "/list/")


def rows(count):
    """Make rows of which many share a time and a path."""
    for number in range(count):
        Submission.objects.create(key=f"k{number:03}", path=f"/{number % 3}/", owner="", digest="")
        Submission.objects.filter(key=f"k{number:03}").update(created_at=NOW - timedelta(days=number // 4))


def walk(queryset, size):
    seen, address = [], "/list/?q=花壇"
    while address:
        page = keyset.page_of(queryset, RequestFactory().get(address), size)
        assert len(page) <= size
        seen += [row.pk for row in page]
        address = page.next
    return seen


@pytest.mark.django_db
@pytest.mark.parametrize(
    "order", [("-created_at",), ("path", "-created_at"), ("-path", "created_at", "-pk"), ()]
)
@pytest.mark.parametrize("size", [1, 4, 7, 40])
def test_every_row_appears_once_in_order(order, size):
    rows(23)
    queryset = Submission.objects.order_by(*order)
    tie = [] if "-pk" in order else ["-pk" if order and order[-1].startswith("-") else "pk"]
    assert walk(queryset, size) == list(queryset.order_by(*order, *tie).values_list("pk", flat=True))


@pytest.mark.django_db
def test_a_piece_costs_one_query_wherever_it_lies(django_assert_num_queries):
    rows(12)
    first = keyset.page_of(Submission.objects.order_by("-created_at"), request(), 5)
    with django_assert_num_queries(1):
        keyset.page_of(Submission.objects.order_by("-created_at"), RequestFactory().get(first.next), 5)


@pytest.mark.django_db
def test_the_address_keeps_the_search_and_the_first_piece_has_no_way_back():
    rows(6)
    first = keyset.page_of(Submission.objects.order_by("pk"), request("q=花壇"), 5)
    assert QueryDict(first.next.partition("?")[2])["q"] == "花壇"
    assert first.previous == ""
    second = keyset.page_of(Submission.objects.order_by("pk"), RequestFactory().get(first.next), 5)
    assert (second.next, QueryDict(second.previous.partition("?")[2]).dict()) == ("", {"q": "花壇"})


def sealed(values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "é",
        "a" * 600,
        "AA",
        sealed([]),
        sealed({}),
        sealed(["x"]),
        sealed([1, 2]),
        sealed(["2026-13-01T00:00", "k"]),
        sealed([None, "k"]),
        sealed(["2026-11-23T00:00:00Z", "k\0"]),
        sealed([["2026"], "k"]),
        sealed([float("inf"), "k"]),
    ],
)
def test_an_invented_cursor_is_refused_with_a_sentence(cursor):
    with pytest.raises(Invalid, match="一覧のはじめから"):
        keyset.page_of(Submission.objects.order_by("-created_at"), request(f"after={cursor}"))


@given(cursor=st.text(max_size=60))
def test_no_cursor_breaks_the_opening(cursor):
    with contextlib.suppress(Invalid):
        keyset._open(cursor, 2)
