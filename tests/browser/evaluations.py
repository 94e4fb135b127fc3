"""Rounds of looking back of the small town: proposed, being filled in, sealed by one side, opened."""

from tests.browser.activities import LONG
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.evaluations import services
from wanowa.evaluations.rules import Sketch
from wanowa.evaluations.tests.factories import filled, opened, proposed, sealed
from wanowa.kernel.actors import Actor


def rounds(paths: dict[str, str], us: Actor, officer: Actor) -> None:
    """Make them, and note where each lies."""
    two = Town((us, officer))
    made = {"asked": proposed(two, agreed(two)), "filling": opened(two, agreed(two))}
    services.save_draft(made["filling"], key="goal.1", sketch=Sketch("4", LONG), seen=0, by=us)
    made["waiting"] = sealed(opened(two, agreed(two)), us)
    made["complete"] = filled(opened(two, agreed(two)), us, words=LONG)
    made["told"] = opened(two, agreed(two))
    for actor in two.actors:
        sealed(made["told"], actor)
    for name, found in made.items():
        paths[f"round {name}"] = f"/evaluations/{found.collaboration.slug}/{found.number}/"
        paths[f"rounds {name}"] = f"/evaluations/{found.collaboration.slug}/"
