"""Grows the town to ten or a hundred times its size: invented, varied, the same on every machine.

Everything is chosen by counting through the words of `grown.toml` in wide steps, so that neighbours differ and
no name or title comes twice. Every grown person is a resident and speaks for one group.
"""

from collections.abc import Sequence
from typing import Any

from wanowa.cli.town import content
from wanowa.cli.town.content import Person, Settler, Story, Table, Town
from wanowa.guideline.rules import POSTS, Form, Kind, Post

HOUSES, STORIES = 20, 24
"""How many people (each a resident, with a group) and collaborations one more size of the written town adds."""
STRIDE = 1237
"""A prime that divides none of the numbers of combinations: counting in steps of it visits each one once."""
COURSES = (
    *("active", "talking", "ended", "active", "idea", "active", "offered", "active", "talking", "ended"),
    *(
        "active",
        "suspended",
        "active",
        "idea",
        "offered",
        "ended",
        "active",
        "withdrawn",
        "active",
        "talking",
    ),
)
"""How far collaborations come, in turn."""
STEPS: dict[str, tuple[dict[str, Any], ...]] = {
    "idea": (),
    "talking": ({"do": "sit_down"},),
    "offered": ({"do": "sit_down"}, {"do": "write"}, {"do": "offer"}),
    "active": ({"do": "sit_down"}, {"do": "write"}, {"do": "offer"}, {"do": "consent"}),
    "withdrawn": ({"do": "sit_down"}, {"do": "stand_up"}),
}
OFFICE_POSTS = (
    *(Post.OFFICE, Post.SECOND, Post.SECOND_OPERATOR, Post.CLIENT, Post.SUPPORTER, Post.GRANTOR),
    Post.ENDORSER,
)
"""The posts that an office holds in the grown town; the group holds the others."""
PAID = (Form.JOINT_OPERATION, Form.PARTNERSHIP_CONTRACT, Form.CONTRACT, Form.SUBSIDY)
"""The forms in which an office pays."""
COSTS = {
    True: "道具と材料、保険に使います。領収書を残し、年度の終わりに見せあいます。",
    False: "材料は持ちよります。参加費はとりません。足りないときは、話し合って決めます。",
}
"""What is agreed about the cost, with and without money from an office."""
REASONS = {
    "ended": "予定した回数が終わりました。会計もしまりました。",
    "suspended": "会場の工事で、春まで使えません。",
}


def grow(times: int) -> Town:
    """Return the additional people, parties and stories of a town `times` as large; nothing for 1."""
    houses, stories = (times - 1) * HOUSES, (times - 1) * STORIES
    words = content.table("grown.toml")
    people = tuple(_person(number, words) for number in range(houses))
    residents = tuple(_resident(number, person, words) for number, person in enumerate(people))
    groups = tuple(_group(number, words) for number in range(houses))
    return Town(
        people, (*residents, *groups), tuple(_story(number, houses, words) for number in range(stories))
    )


def _chosen[T](number: int, *choices: Sequence[T]) -> list[T]:
    """Return one of each, another combination for every number."""
    total = 1
    for words in choices:
        total *= len(words)
    rest, chosen = (number * STRIDE) % total, []
    for words in choices:
        rest, index = divmod(rest, len(words))
        chosen.append(words[index])
    return chosen


def _person(number: int, words: Table) -> Person:
    surname, given = _chosen(number, words["surnames"], words["given_names"])
    return Person(f"machi-{number}", f"{surname[0]} {given[0]}", f"{surname[1]} {given[1]}")


def _resident(number: int, person: Person, words: Table) -> Settler:
    place, theme = _chosen(number, words["places"], words["theme"])
    return Settler(
        key=f"r-{person.key}",
        kind=Kind.RESIDENT,
        name=person.name,
        reading=person.reading,
        speaker=person.key,
        place=place[0],
        good_at=theme["good_at"],
        hard_for=theme["hard_for"],
        fields=(theme["field"],),
    )


def _group(number: int, words: Table) -> Settler:
    group, place, noun = _chosen(number, words["group"], words["places"], words["nouns"])
    theme = words["theme"][number % len(words["theme"])]
    return Settler(
        key=f"g-{number}",
        kind=Kind(group["kind"]),
        name=group["name"].format(place=place[0], noun=noun[0]),
        reading=group["reading"].format(place=place[1], noun=noun[1]),
        speaker=f"machi-{number}",
        place=place[0],
        good_at=theme["good_at"],
        hard_for=theme["hard_for"],
        story=theme["aim"].format(place=place[0]),
        fields=(theme["field"],),
        founded_year=1960 + number % 60,
        member_count=5 + number * 7 % 240,
    )


def _story(number: int, houses: int, words: Table) -> Story:
    theme, place, when = _chosen(number, words["theme"], words["places"], words["whens"])
    group, office = f"g-{number * 5 % houses}", f"dep-{theme['department']}"
    parties = (group, office, f"r-machi-{(number * 5 + 3) % houses}")[: 2 + (number % 3 == 0)]
    course = COURSES[number % len(COURSES)]
    return Story(
        title=f"{place[0]} {when}{theme['title']}",
        summary=theme["summary"].format(place=place[0]),
        purpose=theme["purpose"],
        parties=parties,
        text=_text(number, theme, place[0], parties, over=course == "ended"),
        steps=tuple(_steps(course, group)),
        continuing_since=content.WRITTEN_FOR - 2 if course == "active" and number % 9 == 0 else None,
    )


def _steps(course: str, group: str) -> list[dict[str, Any]]:
    steps = STEPS.get(course, STEPS["active"])
    begun = [{**step, "by": group} if step["do"] in {"offer", "stand_up"} else dict(step) for step in steps]
    if course not in REASONS:
        return begun
    change = "end" if course == "ended" else "suspend"
    return [
        *begun,
        {"do": "turn", "by": group, "change": change, "reason": REASONS[course]},
        {"do": "consent"},
    ]


def _text(number: int, theme: Table, place: str, parties: Sequence[str], *, over: bool) -> dict[str, Any]:
    year, month = content.WRITTEN_FOR - over, 4 + number % 8
    ends = f"{year + 1}-03-31"
    group, office, *others = parties
    form = Form(theme["form"])
    lent = [{"party": office, "resource": "goods", "what": theme["office_task"]}]
    brings = [
        {"party": group, "resource": "people", "what": f"{3 + number % 9}人", "hours": 20 + number % 90}
    ]
    return {
        "area": theme["area"],
        "form": form,
        "posts": {post.key: office if post.key in OFFICE_POSTS else group for post in POSTS[form]},
        "starts": f"{year}-{month:02}-01",
        "ends": ends,
        "schedule": f"{month}月に始め、月に{1 + number % 3}回行います。3月にまとめを話し合います。",
        "goals": [{**theme["goal"], "target": theme["goal"]["target"] + number % 7, "due": ends}],
        "outcomes": [theme["outcome"]],
        "tasks": [
            {
                "what": theme["task"],
                "by": [group, *others],
                "responsible": group,
                "due": "毎月",
                "brings": brings,
            },
            {
                "what": theme["office_task"],
                "by": [office],
                "responsible": office,
                "due": f"{month}月",
                "brings": lent,
            },
        ],
        "shares": {office: 20_000 + number % 9 * 5_000} if form in PAID else {},
        "cost": COSTS[form in PAID],
        "aims": {
            group: theme["aim"].format(place=place),
            office: theme["office_aim"],
            **dict.fromkeys(others, "できることを、少しずつ手伝いたいです。"),
        },
    }
