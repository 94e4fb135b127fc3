"""The 17 real projects of the proposal scheme: facts of the guideline, and around them a marked demonstration."""

from typing import Any

from wanowa.cli.town import content
from wanowa.cli.town.content import Story, Table
from wanowa.guideline.queries import pack
from wanowa.guideline.rules import AdoptedProject, Proposer
from wanowa.kernel.eras import fiscal_year_label
from wanowa.kernel.languages import in_japanese

PROPOSER = "proposer"
"""The party that stands in for whoever really was the city's partner."""


def stories(this_year: int) -> tuple[Story, ...]:
    """Return the projects as they stand in fiscal year `this_year`: going on (★継続) or ended."""
    written = content.table("scheme.toml")
    departments = {project["title"]: f"dep-{project['department']}" for project in written["project"]}
    return tuple(
        _story(project, departments[project.title], written, this_year) for project in pack().scheme.projects
    )


def _story(project: AdoptedProject, department: str, written: Table, this_year: int) -> Story:
    by_the_city = project.proposed_by is Proposer.CITY
    first, other = (department, PROPOSER) if by_the_city else (PROPOSER, department)
    text = _text(project, written, this_year, first, other)
    steps: list[dict[str, Any]] = [
        {"do": "sit_down"},
        {"do": "write"},
        {"do": "offer", "by": first},
        {"do": "consent"},
    ]
    if not project.continues:
        steps += [
            {"do": "turn", "by": first, "change": "end", "reason": written["words"]["end"]},
            {"do": "consent"},
        ]
    return Story(
        title=project.title,
        summary=_summary(project, written["summary"]),
        purpose=text["purpose"],
        parties=(first, other),
        text=text,
        steps=tuple(steps),
        continuing_since=project.year if project.continues else None,
        shift=False,
    )


def _summary(project: AdoptedProject, words: Table) -> str:
    how_it_went = words["continues"] if project.continues else words["ended"]
    with in_japanese():
        opening = words["opening"].format(year=fiscal_year_label(project.year))
    return f"{opening}{words[project.proposed_by]}{how_it_went}{words['closing']}"


def _text(project: AdoptedProject, written: Table, this_year: int, first: str, other: str) -> dict[str, Any]:
    words, year = written["words"], this_year if project.continues else project.year
    starts, ends = f"{year}-04-01", f"{year + 1}-03-31"
    brings = [
        {"party": party, "resource": "people", "what": words["people"], "hours": 10}
        for party in (first, other)
    ]
    return {
        **written["text"],
        "posts": {"first_operator": first, "second_operator": other, "treasurer": other},
        "starts": starts,
        "ends": ends,
        "goals": [{**goal, "due": ends} for goal in written["text"]["goals"]],
        "tasks": [
            {
                "what": words["plan"],
                "by": [first, other],
                "responsible": first,
                "due": starts,
                "brings": brings,
            },
            {"what": words["report"], "by": [other], "responsible": other, "due": ends},
        ],
        "aims": {party: words["proposer" if party == PROPOSER else "department"] for party in (first, other)},
        "shares": {first: 0, other: 0},
    }
