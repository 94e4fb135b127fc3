"""Components say in words what they show in colour."""

import re

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from wanowa.kernel.languages import APPS
from wanowa.web.templatetags.web import DOORS, arcs, door, ring


def render(source, **context):
    from django_cotton.compiler_regex import CottonCompiler  # noqa: PLC0415

    return (
        engines["django"]
        .from_string(CottonCompiler().process(source))
        .render(context, RequestFactory().get("/"))
    )


class Words(forms.Form):
    """A form with a text and a choice."""

    text = forms.CharField(label="めざすこと", widget=forms.Textarea, max_length=5, help_text="みじかく")
    lead = forms.ChoiceField(label="中心", widget=forms.RadioSelect, choices=[("a", "市"), ("b", "団体")])


@pytest.mark.parametrize("count", range(1, 9))
def test_the_ring_has_one_segment_a_party_and_counts_in_words(count):
    parties = [{"kind": "city", "given": place % 2 == 0} for place in range(count)]
    drawn = ring(parties, size="big")
    given = (count + 1) // 2
    assert drawn.count('class="given') == given
    assert drawn.count('class="awaited') == count - given
    assert f'aria-label="{count}者のうち{given}者が同意"' in drawn
    assert len(arcs(count)) == count


def test_a_ring_takes_objects_as_well_as_dicts():
    class Party:
        kind, given = "company", True

    assert "given k-company" in ring([Party()])


def test_a_difference_says_added_and_removed_in_words():
    html = render(
        '<c-difference :pieces="pieces" />',
        pieces=[("delete", "全額"), ("insert", "<b>半額</b>"), ("equal", "です")],
    )
    assert "［削除］</span>全額" in html
    assert "［追加］</span>&lt;b&gt;半額" in html


def test_a_wrong_field_keeps_what_was_typed_and_is_described_by_its_error():
    form = Words({"text": "長い長い長い文", "lead": "b"})
    html = render(
        '<c-errors :form="form" /><c-field :field="form.text" /><c-field :field="form.lead" />', form=form
    )
    assert "長い長い長い文</textarea>" in html
    assert 'aria-describedby="id_text_hint id_text_error"' in html
    assert 'href="#id_text"' in html
    assert 'data-limit="5"' in html
    assert "maxlength" not in html
    assert "<legend>中心" in html
    assert 'value="b" ' in html
    assert "checked" in html


def test_a_group_without_an_answer_can_be_reached_from_the_summary():
    html = render('<c-errors :form="form" /><c-field :field="form.lead" />', form=Words({"text": "a"}))
    assert 'href="#id_lead"' in html
    assert 'id="id_lead"' in html
    assert "一つえらんでください。" in html


def test_a_component_takes_nothing_from_the_page_around_it():
    html = render("<c-button>送る</c-button>", href="/elsewhere/", name="x", variant="danger")
    assert html.strip() == '<button class="button primary" type="submit" >送る</button>'


def test_a_post_form_carries_token_and_key_and_a_get_form_does_not():
    assert "csrfmiddlewaretoken" in (post := render("<c-form>x</c-form>"))
    assert 'name="idempotency_key"' in post
    assert "idempotency_key" not in render('<c-form method="get">x</c-form>')


def test_extra_attributes_reach_the_element():
    assert 'hx-post="/x/"' in render('<c-form hx-post="/x/">x</c-form>')
    assert 'data-open="d"' in render('<c-button data-open="d">x</c-button>')


@pytest.mark.parametrize(
    ("path", "entrance", "state"),
    [
        ("/search/", "/search/", "page"),
        ("/collaborations/x/", "/search/", "true"),
        ("/collaborations/new/", "/begin/", "true"),
        ("/exchange/first/", "/begin/", "true"),
        ("/guideline/navigator/", "/begin/", "true"),
        ("/guideline/text/", "/guideline/", "true"),
        ("/me/", "/me/", "page"),
        ("/", "", ""),
    ],
)
def test_a_page_lies_behind_one_entrance(path, entrance, state):
    request = RequestFactory().get(path)
    marked = {way: str(door(request, way)) for way in DOORS if door(request, way)}
    assert marked == ({entrance: f' aria-current="{state}"'} if entrance else {})


def test_what_the_frame_calls_by_a_name_no_page_calls_so_too():
    """A name that the frame gives would stand in place of what a view gave under it."""
    frame = APPS / "web" / "templates" / "web" / "page.html"
    named = re.findall(r" as (\w+) %}", frame.read_text())
    pages = [path for path in APPS.rglob("templates/**/*.html") if path != frame]
    taken = [
        (path.name, name)
        for path in pages
        for name in named
        if re.search(rf"{{[{{%][^}}]*\b{name}\b", text := path.read_text()) and f" as {name} %}}" not in text
    ]
    assert named
    assert taken == []
