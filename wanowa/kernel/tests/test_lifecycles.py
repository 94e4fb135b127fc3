"""Actors, refusals and lifecycles: what every service leans on."""

from enum import StrEnum

import pytest
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.kernel.lifecycles import Lifecycle


class Door(TextChoices):
    """The statuses of a door."""

    OPEN = "open", _("開いている")
    SHUT = "shut", _("閉じている")
    LOCKED = "locked", _("鍵がかかっている")


class Move(StrEnum):
    """What can be done to a door."""

    SHUT = "shut"
    OPEN = "open"
    LOCK = "lock"


DOOR = Lifecycle(
    {
        (Door.OPEN, Move.SHUT): Door.SHUT,
        (Door.SHUT, Move.OPEN): Door.OPEN,
        (Door.SHUT, Move.LOCK): Door.LOCKED,
    }
)


@pytest.mark.parametrize("status", Door)
@pytest.mark.parametrize("move", Move)
def test_a_move_is_allowed_exactly_when_the_table_has_it(status, move):
    if move in DOOR.allowed(status):
        assert DOOR.after(status, move) == DOOR.moves[status, move]
    else:
        with pytest.raises(Refused, match=f"いまの状態（{status.label}）") as refusal:
            DOOR.after(status, move)
        assert refusal.value.status == 409


def test_the_moves_are_offered_in_the_order_of_the_table():
    assert DOOR.allowed(Door.SHUT) == (Move.OPEN, Move.LOCK)
    assert DOOR.allowed(Door.LOCKED) == ()


def test_the_diagram_shows_every_move_once():
    assert DOOR.diagram().splitlines() == [
        "stateDiagram-v2",
        "    open --> shut: shut",
        "    shut --> open: open",
        "    shut --> locked: lock",
    ]


@pytest.mark.parametrize(
    ("kind", "status"), [(Refused, 409), (Forbidden, 403), (Invalid, 400), (Conflict, 409)]
)
def test_a_refusal_carries_its_sentence_and_its_status(kind, status):
    refusal = kind(_("あとで、もう一度お試しください。"))
    assert refusal.status == status
    assert str(refusal) == "あとで、もう一度お試しください。"
    assert isinstance(refusal, Refused)


def test_an_actor_without_a_person_or_party_is_told_what_to_do():
    assert Actor(person=1, party=2).required_person == 1
    assert Actor(person=1, party=2).required_party == 2
    with pytest.raises(Forbidden, match="サインイン"):
        _person = PUBLIC.required_person
    with pytest.raises(Forbidden, match="選んでください"):
        _party = Actor(person=1).required_party
