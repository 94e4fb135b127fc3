"""The posts of the forms are complete, consistent, and in plain words (G-22c, G-25)."""

import re

import pytest

from wanowa.guideline.rules import POSTS, Form, Post, Side

ALL = [(form, facts) for form, posts in POSTS.items() for facts in posts]


def test_every_form_has_posts_and_every_post_a_form():
    assert list(POSTS) == list(Form)
    assert {facts.key for _form, facts in ALL} == set(Post)
    assert len(set(Post.labels)) == len(Post)


@pytest.mark.parametrize("form", Form)
def test_a_post_stands_opposite_to_one_that_stands_opposite_to_it(form):
    posts = {facts.key: facts for facts in POSTS[form]}
    assert len(posts) == len(POSTS[form])
    for facts in posts.values():
        assert facts.opposite is None or posts[facts.opposite].opposite is facts.key
    sides = [facts.side for facts in posts.values() if facts.side]
    assert sides in ([], [Side.FIRST, Side.SECOND])


def test_a_committee_names_all_equally():
    assert all(facts.side is None and facts.opposite is None for facts in POSTS[Form.COMMITTEE])


@pytest.mark.parametrize(("form", "facts"), ALL, ids=lambda value: getattr(value, "key", value))
def test_a_post_is_told_in_at_most_two_short_sentences(form, facts):
    sentences = str(facts.meaning).removesuffix("。").split("。")
    assert len(sentences) <= 2, form
    assert all(len(sentence) <= 40 for sentence in sentences)
    assert str(facts.meaning).endswith(("ます。", "です。", "せん。"))
    assert re.fullmatch(r"[a-z_]+", facts.key)
