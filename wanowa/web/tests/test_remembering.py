"""A remembered piece is written again exactly when something it shows is different."""

from functools import cache

import pytest
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.utils import translation

from wanowa.web.models import Submission
from wanowa.web.remembering import Pieces, pieces

SOURCE = "{% load web %}{% remember name ring %}<b>{{ name }}{{ ring|length }}{{ tick }}</b>{% endremember %}"


@pytest.fixture(autouse=True)
def _empty():
    pieces.kept.clear()


@cache
def compiled(source):
    return engines["django"].from_string(source)


def render(source=SOURCE, **context):
    return compiled(source).render(context, RequestFactory().get("/"))


def test_the_same_values_give_the_same_piece():
    assert render(name="湧水", ring=[1], tick=1) == render(name="湧水", ring=[1], tick=2) == "<b>湧水11</b>"


@pytest.mark.parametrize(
    "other",
    [{"name": "花壇"}, {"ring": [1, 2]}, {"ring": [True]}, {"ring": [1.0]}, {"ring": None}, {"name": 1}],
)
def test_another_value_is_another_piece(other):
    render(name="湧水", ring=[1], tick=1)
    assert render(**{"name": "湧水", "ring": [1], "tick": 2} | other).endswith("2</b>")


def test_another_language_is_another_piece():
    render(name="湧水", ring=[], tick=1)
    with translation.override("en"):
        assert "2</b>" in render(name="湧水", ring=[], tick=2)


def test_what_is_remembered_is_escaped_once():
    for _ in range(2):
        assert render(name="<i>", ring=[], tick="") == "<b>&lt;i&gt;0</b>"


@pytest.mark.parametrize("ring", [lambda row: row, lambda row: [row]])
def test_a_row_is_no_key(ring):
    with pytest.raises(TemplateSyntaxError, match="fields"):
        render(name="湧水", ring=ring(Submission(key="x")), tick=1)


def test_a_form_is_never_remembered():
    with pytest.raises(TemplateSyntaxError, match="token"):
        render("{% load web %}{% remember name %}{% csrf_token %}{% endremember %}", name="x")
    assert not pieces.kept


def test_a_piece_must_name_what_it_shows():
    with pytest.raises(TemplateSyntaxError, match="names"):
        render("{% load web %}{% remember %}x{% endremember %}")


def test_the_pieces_stay_within_their_budget():
    few = Pieces(budget=25)
    for number in range(10):
        few.get(number, lambda: "x" * 10)
    assert list(few.kept) == [8, 9]
    assert few.size == 20
