"""What parties published together after looking back is found by everybody, and nothing of it before."""

import pytest

from tests.finding.test_indexing import entries_of_this_transaction_count, followed, found, town  # noqa: F401
from wanowa.evaluations.tests import reflecting as make

pytestmark = pytest.mark.django_db


def looked_back(q):
    """Return the titles of looking back; where no page has all words, the search shows pages with some."""
    return [title for title in found(q) if "ふりかえり（第" in title]


def test_a_joint_text_is_found_once_all_have_published_it():
    people = town()
    waiting = make.told(people)
    make.offered(waiting, people)
    followed()
    assert looked_back("よく話せました") == []
    published = make.published(town())
    followed()
    title = f"{published.collaboration.title}のふりかえり（第{published.number}回）"
    assert looked_back("よく話せました") == [title]


def test_a_lesson_is_found_only_where_all_want_others_to_use_it():
    make.published(town(), lesson=True)
    followed()
    assert len(looked_back("早く話すこと")) == 1
    make.published(town())
    followed()
    assert len(looked_back("早く話すこと")) == 1
