"""Parties look back: alone and sealed, then together, up to the publication; through the services, as people would.

The record says when it was really done: now. The time that is looked back upon is stated in each round.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial

from django.utils import timezone

from wanowa.cli.town.content import WRITTEN_FOR, Table, moved
from wanowa.collaborations.models import Collaboration
from wanowa.evaluations import queries, services
from wanowa.evaluations.models import Round
from wanowa.evaluations.queries.reflecting import reflection_of
from wanowa.evaluations.rules import Occasion, Sketch
from wanowa.evaluations.rules.joint import Joint, Lesson, Part, mark, proposed
from wanowa.evaluations.services.approving import approve, offer_statement
from wanowa.evaluations.services.reflecting import give_reason, write_together
from wanowa.kernel.actors import Actor
from wanowa.kernel.eras import fiscal_year_of
from wanowa.parties.models import Party

DAYS = timedelta(days=45)
"""So long after the building the rounds that wait are over."""


def pieces(rounds: Iterable[Table], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what plays each round, unless it is there; `rounds` as `written/evaluations.toml` has them."""
    return [partial(_play, told, actors) for told in rounds]


def _play(told: Table, actors: Mapping[str, Actor]) -> None:
    collaboration = Collaboration.objects.get(title=told["title"], demonstration=True)
    if Round.objects.filter(collaboration=collaboration, number=told["number"]).exists():
        return
    sides = {key: actors[key] for key in told["sides"]}
    found = _opened(collaboration, told, list(sides.values()))
    for key, side in told["sides"].items():
        if side.get("sealed", True):
            found = _seal(found, side, sides[key], actors)
    for reason in told.get("reasons", ()):
        give_reason(
            found,
            criterion=_key(reason["about"], actors),
            text=reason["text"].strip(),
            by=actors[reason["by"]],
        )
    if "joint" in told:
        _together(found, told, sides)


def _opened(collaboration: Collaboration, told: Table, actors: list[Actor]) -> Round:
    """Propose the round and let everybody agree."""
    years, today = fiscal_year_of(timezone.localdate()) - WRITTEN_FOR, timezone.localdate()
    found = services.propose(
        collaboration,
        occasion=Occasion(told["occasion"]),
        since=date.fromisoformat(moved(told["since"], years)),
        until=min(date.fromisoformat(moved(told["until"], years)), today),
        deadline=today + DAYS,
        by=actors[0],
    )
    for actor in actors[1:]:
        found = services.agree(found, seen=found.fingerprint, by=actor)
    return found


def _seal(found: Round, side: Table, by: Actor, actors: Mapping[str, Actor]) -> Round:
    """Answer every question, as written or with the party's usual score, and seal."""
    scores = {_key(key, actors): str(score) for key, score in side.get("scores", {}).items()}
    words = {_key(key, actors): text.strip() for key, text in side.get("words", {}).items()}
    for question in found.asked:
        sketch = Sketch(scores.get(question.key, str(side["usual"])), words.get(question.key, ""))
        services.save_draft(found, key=question.key, sketch=sketch, seen=0, by=by)
    return services.seal(found, seen=queries.desk_of(found, by).mark, by=by)


def _key(written: str, actors: Mapping[str, Actor]) -> str:
    """Return the key of a question; one about a party is written with the party's word: merit.hatake."""
    criterion, _dot, about = written.partition(".")
    return f"{criterion}.{actors[about].required_party}" if about in actors else written


def _together(found: Round, told: Table, sides: Mapping[str, Actor]) -> None:
    """Write the joint text, and where it is so written, publish it by everybody's consent."""
    first, *others = sides.items()
    text = Joint(**{name: said.strip() for name, said in told["joint"].items()})
    revision = _write(found, Part.TEXT, text, first[1])
    if told.get("lesson"):
        names = [Party.objects.get(pk=actor.required_party).name for actor in sides.values()]
        begun = proposed(text, found.version.terms, names)
        card = {name: getattr(begun, name) for name in Lesson.__slots__} | dict(told["lesson"])
        revision = _write(found, Part.LESSON, Joint(lesson=Lesson(**card | {"usable": True})), first[1])
    if not told.get("published", True):
        return
    shown = {key: told["sides"][key].get("shows_own", True) for key in sides}
    statement = offer_statement(found, revision=revision, shows_own=shown[first[0]], by=first[1])
    for key, actor in others:
        approve(found, seen=statement.fingerprint, shows_own=shown[key], by=actor)


def _write(found: Round, part: Part, text: Joint, by: Actor) -> int:
    reflection = reflection_of(found)
    seen = mark(reflection.joint if reflection else Joint(), part)
    return write_together(found, part=part, written=text, seen=seen, by=by).revision
