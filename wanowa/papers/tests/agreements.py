"""Agreements to print: one in each form, agreed through the services, with names that are hard to print."""

from dataclasses import replace

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.rules import Bring, Share, Task
from wanowa.collaborations.tests.factories import SECOND, Town, agreed, offered
from wanowa.guideline.rules import AREAS, FORMS, POSTS, Form, Kind
from wanowa.kernel.actors import Actor
from wanowa.parties.tests.factories import party_with

HARD_NAMES = ("髙橋・渡邉󠄀の𠮷野川を守る会", "市民環境部環境課", "株式会社𠮷川造園", "新倉三丁目自治会")
KINDS = (Kind.CITIZEN, Kind.CITY, Kind.COMPANY, Kind.LOCAL)


def town(count: int = 2, names: tuple[str, ...] = HARD_NAMES, kinds: tuple[Kind, ...] = KINDS) -> Town:
    """Return `count` parties with these names and a representative each."""
    made = [party_with(kind=kind, name=name) for kind, name in zip(kinds[:count], names, strict=False)]
    return Town(tuple(Actor(people[0].pk, party.pk) for party, people in made))


def posts(form: Form, parties: tuple[int, ...]) -> dict[str, int]:
    """Return every post of a form: opposite posts are held by the first party and the second."""
    return {facts.key: parties[facts.key in SECOND] for facts in POSTS[form]}


def in_form(form: Form, people: Town, **changed: object) -> Collaboration:
    """Return a collaboration in force in this form, with every clause written."""
    return agreed(people, **text_in(form, people, **changed))


def offered_in(form: Form, people: Town) -> Version:
    """Return a version in this form that the first party has offered."""
    return offered(people, **text_in(form, people))


def text_in(form: Form, people: Town, **changed: object) -> dict[str, object]:
    """Return what every clause of a text in this form says, with `changed` instead."""
    area = FORMS[form].areas[0]
    first, second = people.parties[:2]
    return {
        "title": "湧水のみちの手入れ",
        "area": area,
        "form": form,
        "ownership": AREAS[area].ownership,
        "posts": posts(form, people.parties),
        "schedule": "4月に始め、毎月第1土曜に行います。\n雨の日は、つぎの週にします。",
        "cost": "おもに、道具と保険に使います。",
        "safety": "けがに備える保険に入ります。",
        "personal_data": "名簿は、この取組のためだけに使います。",
        "publicity": "名前と目標を公開します。",
        "changes": "変えるときは、全員で決めます。",
        "roles": (
            Task(
                "毎月の見回りと水質のしらべ",
                people.parties,
                first,
                "毎月末",
                (
                    Bring(first, "people", "見回る人", 24),
                    Bring(second, "money", "保険料", None, 12_000),
                    Bring(second, "place", "集会室"),
                ),
            ),
            Task("案内の配布", (second,), second, "2026-10-31"),
        ),
        "shares": tuple(
            Share(party, 60_000 * place, "道具" if place else "")
            for place, party in enumerate(people.parties)
        ),
        **changed,
    }


def crowded(form: Form, people: Town) -> Collaboration:
    """Return one with forty tasks, so that tables run over several pages."""
    tasks = tuple(
        Task(
            f"しごと{number}：" + "とても長い説明を書く" * (number % 4 + 1),
            people.parties[: number % len(people.parties) + 1],
            people.parties[number % len(people.parties)],
            "毎月末",
            tuple(Bring(party, "people", "手伝う人", number) for party in people.parties),
        )
        for number in range(1, 41)
    )
    return in_form(form, people, roles=tasks)


def bare(terms, **changed):
    """Return terms with every clause that may be empty left empty."""
    return replace(
        terms, schedule="", cost="", roles=(), goals=(), outcomes=(), aims={}, shares=(), **changed
    )
