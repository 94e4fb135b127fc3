"""Builds what is missing of the town, piece by piece: each party and each collaboration is one transaction.

Everything is done by the services, as people would do it, and the process log says when it was really done: now.
Only the days written in the terms lie in the past or the future.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Literal

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from wanowa.cli.town import (
    acting,
    asking,
    banking,
    content,
    exchanging,
    giving,
    growing,
    introducing,
    judging,
    looking_back,
    playing,
    proposing,
    reporting,
    scheme,
    settling,
)
from wanowa.cli.town.content import Story
from wanowa.collaborations.models import Version
from wanowa.contributions import services as contributions
from wanowa.kernel.eras import fiscal_year_of
from wanowa.notices import services as notices
from wanowa.papers import services as papers
from wanowa.people import services as accounts
from wanowa.people.models import User
from wanowa.search import services as search

type Size = Literal["S", "M", "L"]
type Report = Callable[[str, int, int], None]
"""Called as report(what is being built, done, of how many)."""
type Piece = Callable[[], object]
"""Builds one party or one collaboration, unless it is there."""

TIMES = {"S": 1, "M": 10, "L": 100}
"""How many times as many parties and collaborations as the written town."""
BATCH = 25
"""Generated pieces in one transaction: one durable commit costs more than one piece."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A demo person with a one-click sign-in: her name, what she does, and the path that signs her in."""

    name: str
    role: str
    path: str


def build(size: Size, report: Report) -> list[Visitor]:
    """Build what is missing of the town and return its visitors. A second call changes nothing."""
    written, grown = content.read(), growing.grow(TIMES[size])
    this_year = fiscal_year_of(timezone.localdate())
    people = {person.key: person for person in (*written.people, *grown.people)}
    with _nobody_gets_mail():
        _do("協働推進員が入る", settling.desk(people), 1, report)
        _do("住民と団体が集まる", settling.pieces(written.settlers, people), 1, report)
        _do("住民と団体がふえる", settling.pieces(grown.settlers, people), BATCH, report)
        actors = settling.actors((*written.settlers, *grown.settlers), people)
        _do("協働事業提案制度の17の取組", playing.pieces(scheme.stories(this_year), actors), 1, report)
        _do("協働の取組がふえる", playing.pieces(grown.stories, actors), BATCH, report)
        _do("協働の取組", playing.pieces(written.stories, actors), 1, report)
        _do("進みぐあい", reporting.pieces(written.accounts, actors), 1, report)
        _do("それぞれの活動", acting.pieces(written.deeds, actors), 1, report)
        _do("できることと、してほしいこと", exchanging.pieces(written.listings, actors), 1, report)
        _do("出しあい", giving.pieces(written.stories, actors), 1, report)
        contributions.watch()
        _do("それぞれのふりかえり", looking_back.pieces(written.rounds, actors), 1, report)
        _do("人材バンク", banking.pieces(people, actors), 1, report)
        _do("引き合わせ", introducing.pieces(people, actors), 1, report)
        _do("協働事業提案", proposing.pieces(people, actors), 1, report)
        _do("提案の審査", judging.pieces(people, actors), 1, report)
        _do("相談の窓口", asking.pieces(people, actors), 1, report)
        _issue_papers([*scheme.stories(this_year), *written.stories], report)
        _tell_what_happened()
    _index(report)
    return [Visitor(name, role, accounts.demo_link(person)) for name, role, person in demo_people()]


def demo_people() -> list[tuple[str, str, User]]:
    """Return (name, what she does and what waits for her, person) of everybody whom a visitor can become."""
    told = {person.email: person.about for person in content.read().people if person.about}
    found = User.objects.in_bulk(list(told), field_name="email")
    return [(found[email].name, about, found[email]) for email, about in told.items() if email in found]


def _issue_papers(stories: Sequence[Story], report: Report) -> None:
    """Print the papers of what was agreed in the written town; those of a grown one are the worker's."""
    agreed = Version.objects.filter(
        collaboration__slug__in=[story.slug for story in stories],
        collaboration__demonstration=True,
        in_force_at__isnull=False,
    )
    versions = list(agreed.select_related("collaboration").order_by("pk"))
    _do("書類を作る", [partial(papers.issue_missing, version) for version in versions], 1, report)


def _tell_what_happened() -> None:
    """Let everybody find on her page what happened, as if the worker had been running all along."""
    while notices.deliver():
        pass
    notices.mail_waiting()


def _index(report: Report) -> None:
    """Let everything be found at once, as if the worker had been running all along."""
    report("さがせるようにする", 0, 1)
    search.rebuild(lambda kind, done: None)
    report("さがせるようにする", 1, 1)


def _do(what: str, pieces: Sequence[Piece], batch: int, report: Report) -> None:
    """Build the pieces in transactions of `batch` each; two builders at once wait for each other."""
    for first in range(0, len(pieces), batch):
        report(what, first, len(pieces))
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('town'))")
            for piece in pieces[first : first + batch]:
                piece()
    if pieces:
        report(what, len(pieces), len(pieces))


@contextmanager
def _nobody_gets_mail() -> Iterator[None]:
    """Keep the invitations of invented people to themselves: no mail leaves, whatever is configured.

    Nor is anybody told how many an invented person may still get today.
    """
    configured, mail = settings.MAILERS, logging.getLogger("wanowa.people.services.mail")
    told = mail.level
    mail.setLevel(logging.WARNING)
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
    try:
        yield
    finally:
        settings.MAILERS = configured
        mail.setLevel(told)
