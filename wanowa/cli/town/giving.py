"""The ledgers of the written collaborations: each entry written by one party and confirmed by those it asks."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial

from django.utils import timezone

from wanowa.cli.town import content
from wanowa.cli.town.content import Story, Table
from wanowa.collaborations.models import Collaboration
from wanowa.contributions import services
from wanowa.contributions.models import Contribution
from wanowa.contributions.rules import MINUTES_AN_HOUR, Gift, Way
from wanowa.guideline.rules import Resource
from wanowa.kernel.actors import Actor
from wanowa.kernel.text import slug_of

_YEN = {"yen": Way.GAVE, "spent": Way.SPENT, "passed": Way.PASSED, "returned": Way.RETURNED}


def pieces(stories: Iterable[Story], actors: Mapping[str, Actor]) -> list[Callable[[], None]]:
    """Return what writes the ledger of each of these collaborations that has one, unless it has been begun."""
    titles = {story.title for story in stories}
    ledgers = content.table("ledgers.toml")["ledger"]
    return [partial(_write, ledger, actors) for ledger in ledgers if ledger["title"] in titles]


def _write(ledger: Table, actors: Mapping[str, Actor]) -> None:
    collaboration = Collaboration.objects.get(slug=slug_of(ledger["title"]), demonstration=True)
    if Contribution.objects.filter(collaboration=collaboration).exists():
        return
    by_party = {actor.party: actor for actor in actors.values()}
    for told in ledger["entries"]:
        entry = services.give(collaboration, _gift(told, actors), note=told["note"], by=actors[told["by"]])
        if "disputed" in told:
            services.dispute(entry, word=told["disputed"], by=actors[told["no"]])
        elif not told.get("left"):
            asked = entry.asked if entry.everybody else entry.asked[:1]
            for party in asked:
                services.confirm(entry, by=by_party[party])


def _gift(told: Table, actors: Mapping[str, Actor]) -> Gift:
    own, on = actors[told["by"]].required_party, timezone.localdate() - timedelta(days=told["ago"])
    if "hours" in told:
        minutes = round(told["hours"] * MINUTES_AN_HOUR) * told["people"]
        return Gift(
            *(Way.GAVE, Resource.PEOPLE, minutes, on, own),
            people=told["people"],
            ages=tuple(told.get("ages", ())),
        )
    for word, way in _YEN.items():
        if word in told:
            giver = own if way in {Way.GAVE, Way.PASSED} else None
            taker = actors[told["to"]].required_party if "to" in told else None
            return Gift(way, Resource.MONEY, told[word], on, giver, taker)
    resource = Resource.GOODS if "goods" in told else Resource.PLACE
    return Gift(
        *(Way.GAVE, resource, told[str(resource)], on, own), unit=told["unit"], worth=told.get("worth")
    )
