"""Facts are typed and whitelisted: what a verb does not declare cannot enter the log."""

from datetime import UTC, date, datetime

import pytest
from django.db.models import TextChoices

from wanowa.record.verbs import Fact, Verb, known


class Form(TextChoices):
    """A closed list of keys."""

    ACCORD = "accord", "協定"
    CONTRACT = "contract", "委託"


VERB = Verb("record.test.typed", "{party}が書きました", facts={"number": Fact.NUMBER, "form": Form})

GOOD = [
    (Fact.NUMBER, 3, 3),
    (Fact.YEN, -120_000, -120_000),
    (Fact.PARTY, 7, 7),
    (Fact.FLAG, False, False),
    (Fact.DAY, date(2026, 11, 23), "2026-11-23"),
    (Fact.KEY, Form.ACCORD, "accord"),
    (Fact.KEY, "role_sheet.3-a", "role_sheet.3-a"),
    (Fact.DIGEST, "0a" * 32, "0a" * 32),
]
BAD = [
    (Fact.NUMBER, True),
    (Fact.NUMBER, 1.0),
    (Fact.NUMBER, "1"),
    (Fact.YEN, 1.5),
    (Fact.PARTY, 0),
    (Fact.PARTY, "湧水を守る会"),
    (Fact.FLAG, 1),
    (Fact.DAY, "2026-11-23"),
    (Fact.DAY, datetime(2026, 11, 23, tzinfo=UTC)),
    (Fact.KEY, "山田 太郎"),
    (Fact.KEY, "a sentence is no key"),
    (Fact.KEY, ""),
    (Fact.KEY, "a\n"),
    (Fact.DIGEST, "0A" * 32),
    (Fact.DIGEST, "0a" * 31),
]


@pytest.mark.parametrize(("kind", "value", "kept"), GOOD)
def test_a_fact_of_its_kind_is_kept_plainly(kind, value, kept):
    found = kind.typed(value)
    assert (found, type(found)) == (kept, type(kept))
    assert kind.holds(found)


@pytest.mark.parametrize(("kind", "value"), BAD)
def test_a_fact_of_another_kind_is_refused(kind, value):
    with pytest.raises(TypeError):
        kind.typed(value)


@pytest.mark.parametrize(
    "facts",
    [
        {"number": 1, "form": Form.ACCORD, "name": "山田"},
        {"number": 1},
        {},
        {"number": 1, "form": "gift"},
        {"number": "1", "form": Form.ACCORD},
    ],
)
def test_undeclared_missing_and_ill_typed_facts_are_refused(facts):
    with pytest.raises(TypeError):
        VERB.typed(facts)


def test_none_leaves_a_fact_out():
    assert VERB.typed({"number": None, "form": "contract"}) == {"form": "contract"}


@pytest.mark.parametrize("facts", [{"number": 1.0}, {"form": "gift"}, {"name": "山田"}, {"number": True}])
def test_facts_that_no_service_could_have_written_are_recognised(facts):
    assert VERB.holds({"number": 1, "form": "accord"})
    assert not VERB.holds(facts)


@pytest.mark.parametrize("name", ["party", "by", "personal", "Name", "é", ""])
def test_a_verb_cannot_declare_a_fact_under_a_reserved_or_odd_name(name):
    with pytest.raises(TypeError):
        Verb("record.test.odd", "", facts={name: Fact.NUMBER})


def test_every_apps_verbs_are_found_by_name():
    assert known()["record.test.offered"].public
