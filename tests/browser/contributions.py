"""Ledgers of the small town: one with everything that can happen to an entry, one drifting, one without entries."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from wanowa.collaborations import services as table
from wanowa.collaborations.models import Collaboration
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.contributions import services
from wanowa.contributions.rules import Way
from wanowa.contributions.tests.factories import drifting, given, goods, hours, yen
from wanowa.kernel.files import Accepted
from wanowa.kernel.tests.upload_samples import pdf

LONG = "湧水のみちの草取りと、水路のごみひろい。雨のあとで、いつもより時間がかかりました。"


def contributions(paths: dict[str, str], two: Town) -> None:
    """Make them, and note where each lies."""
    busy, away, quiet = (
        agreed(two, title=title) for title in ("湧水のみちの世話", "川の見守り", "しずかな取組")
    )
    _busy(busy, two)
    drifting(away, two)
    for _ in range(2):
        table.begin_amendment(away, by=two.actors[1])
        table.drop_change(away, by=two.actors[1])
    services.watch()
    for name, collaboration in {"ledger": busy, "drifting": away, "no_ledger": quiet}.items():
        paths[name] = f"/contributions/{collaboration.slug}/"


def _busy(collaboration: Collaboration, two: Town) -> None:
    us, officer = two.actors
    today = timezone.localdate()
    ours, theirs = us.required_party, officer.required_party
    task = collaboration.in_force.terms.roles[0].what if collaboration.in_force else ""
    receipt = Accepted("花の苗の領収書.pdf", "application/pdf", pdf())
    time = replace(hours(ours, 150, 12, on=today - timedelta(days=40)), ages=(1, 6, 5, 0), task=task)
    first = given(collaboration, time, us, officer, note=LONG)
    given(collaboration, yen(1_280_000, giver=theirs, on=today - timedelta(days=300)), officer, us)
    given(collaboration, goods(theirs, 6, worth=18_000, on=today), us, officer, note="折りたたみの机")
    services.give(collaboration, yen(38_400, Way.SPENT, on=today), note="花の苗", receipt=receipt, by=us)
    passed = yen(50_000, Way.PASSED, giver=theirs, taker=ours, on=today)
    services.dispute(services.give(collaboration, passed, by=officer), word=LONG, by=us)
    services.undo(first, reason="2回書いていました。", by=officer)
    services.withdraw(services.give(collaboration, hours(ours, on=today), by=us), by=us)
