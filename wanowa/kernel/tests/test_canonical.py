"""The canonical text is RFC 8785, byte for byte, as the reference implementation writes it."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from wanowa.kernel.canonical import LARGEST, NoCanonicalForm, canonical

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda part: st.lists(part) | st.dictionaries(st.text(st.characters(max_codepoint=127)), part),
)


@given(values)
def test_the_text_is_that_of_the_reference(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(texts)
def test_every_character_is_written_as_the_reference_writes_it(text):
    assert canonical(text) == rfc8785.dumps(text)


@pytest.mark.parametrize(
    "value",
    [
        1.0,
        float("nan"),
        LARGEST + 1,
        -LARGEST - 1,
        "\ud800",
        b"x",
        {"名": 1},
        {1: 2},
        [1.5],
        (1,),
        {"a": {"b": {1}}},
    ],
)
def test_what_readers_could_understand_in_two_ways_is_refused(value):
    with pytest.raises(NoCanonicalForm):
        canonical(value)
