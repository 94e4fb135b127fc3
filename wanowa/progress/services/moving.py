"""A task of the role sheet comes to stand somewhere else: whoever answers for it or does it says so."""

from typing import Any

from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.progress.models import Move
from wanowa.progress.queries import MOVES, TaskStanding, locked_for, tasks_of
from wanowa.progress.rules import State, may_move
from wanowa.progress.verbs import MOVED, TROUBLED
from wanowa.record.services import records, write


@records(MOVED, TROUBLED)
def move(
    collaboration: Collaboration, state: State, *, task: str, seen: int, word: str = "", by: Actor
) -> Move:
    """Say where a task stands (`task`: its identity). The word is for the table alone; so is that one is in trouble.

    `seen` is the turn on the writer's page (0: none); another one raises Conflict. Raises Forbidden for whoever
    neither answers for the task nor does it, Refused, and Invalid when trouble comes without a word.
    """
    collaboration, version = locked_for(collaboration, by, MOVES)
    standing = _standing(collaboration, task)
    if not may_move(standing.task, by.required_party):
        raise Forbidden(_("この役割のようすは、責任をもつ主体と、する主体が知らせます。"))
    if standing.turn != seen:
        raise Conflict(_("ほかの人が、先に知らせました。いまのようすを見て、もう一度えらんでください。"))
    if state is State.TROUBLED and not word.strip():
        raise Invalid(_("何にこまっているかを、ひとこと書いてください。この取組の主体だけが読みます。"))
    if state is standing.state and not word.strip():
        raise Refused(_("もう「%(state)s」になっています。") % {"state": state.label})
    said: dict[str, Any] = {"task": task, "turn": seen + 1, "state": state}
    if state is State.TROUBLED:
        told = write(TROUBLED, collaboration, by=by, personal={"word": word}, **said)
    else:
        kept = word.strip()
        told = write(MOVED, collaboration, by=by, personal={"word": word} if kept else None, **said)
    return Move.objects.create(
        collaboration=collaboration,
        version=version,
        place=standing.place,
        party_id=by.required_party,
        person_id=by.required_person,
        entry=told.number,
        at=told.at,
        task=task,
        turn=seen + 1,
        state=state,
    )


def _standing(collaboration: Collaboration, task: str) -> TaskStanding:
    for standing in tasks_of(collaboration):
        if standing.key == task:
            return standing
    raise Refused(_("この役割は、いまの合意にありません。役割のページを開きなおしてください。"))
