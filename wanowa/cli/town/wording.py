"""Turns the written text of a collaboration, with keys of parties and days of one year, into terms."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from wanowa.cli.town.content import Table, moved
from wanowa.collaborations.rules import Bring, Goal, Outcome, Share, Task, Terms
from wanowa.guideline.rules import AREAS, Area

AS_WRITTEN = (
    *("title", "summary", "purpose", "area", "form", "schedule", "cost"),
    *("safety", "personal_data", "publicity", "changes"),
)
"""Clauses that are plain text."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Who is meant by each key, and by how many years the days move."""

    ids: Mapping[str, int]
    years: int = 0

    def apply(self, terms: Terms, text: Table) -> Terms:
        """Return `terms` with every clause that `text` holds; the others stay."""
        changed: dict[str, Any] = {name: text[name].strip() for name in AS_WRITTEN if name in text}
        changed |= {name: self._day(text[name]) for name in ("starts", "ends") if name in text}
        if "area" in text:
            changed["ownership"] = str(AREAS[Area(text["area"])].ownership)
        if "posts" in text:
            changed["posts"] = {post: self.ids[key] for post, key in text["posts"].items()}
        if "goals" in text:
            changed["goals"] = tuple(self._goal(goal) for goal in text["goals"])
        if "outcomes" in text:
            changed["outcomes"] = tuple(Outcome(**outcome) for outcome in text["outcomes"])
        if "tasks" in text:
            changed["roles"] = tuple(self._task(task) for task in text["tasks"])
        if "aims" in text:
            changed["aims"] = {**terms.aims, **{self.ids[key]: aim for key, aim in text["aims"].items()}}
        if "shares" in text:
            given = {self.ids[key]: share for key, share in text["shares"].items()}
            changed["shares"] = tuple(_share(party, given.get(party, 0)) for party in terms.parties)
        return replace(terms, **changed)

    def _day(self, day: str) -> str:
        return moved(day, self.years)

    def _goal(self, goal: Table) -> Goal:
        return Goal(goal["what"], goal["target"], goal["unit"], self._day(goal["due"]))

    def _task(self, task: Table) -> Task:
        return Task(
            task["what"],
            tuple(self.ids[key] for key in task["by"]),
            self.ids[task["responsible"]],
            task["due"],
            tuple(self._bring(bring) for bring in task.get("brings", ())),
        )

    def _bring(self, bring: Table) -> Bring:
        return Bring(
            self.ids[bring["party"]], bring["resource"], bring["what"], bring.get("hours"), bring.get("yen")
        )


def _share(party: int, share: int | Table) -> Share:
    if isinstance(share, int):
        return Share(party, share)
    return Share(party, share["yen"], share.get("note", ""))
