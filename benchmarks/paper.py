"""How fast papers are printed, and what the first one costs a process in memory and time.

    uv run python -m benchmarks.paper [rounds]

Needs no database: every kind of paper is composed from an agreement made here, and printed. Prints one table; what is
owed stands in budgets.toml.
"""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wanowa.papers.rules import Agreement

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

BUDGETS = tomllib.loads((Path(__file__).parent / "budgets.toml").read_text(encoding="utf-8"))


def main() -> None:
    """Measure, print; exit with 1 when a budget is not kept."""
    import django

    django.setup()
    from wanowa.guideline.rules import Form, PaperKind
    from wanowa.papers.rules import PAPERS, sheet_of
    from wanowa.press.printing import printed
    from wanowa.press.reading import facts_of

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    sheets = {
        (form, kind): sheet_of(agreement(form), PaperKind(kind)) for form in Form for kind in PAPERS[form]
    }
    before, begun = resident(), perf_counter()
    printed(next(iter(sheets.values())))
    first, added = perf_counter() - begun, resident() - before
    seconds, pages, size = [], 0, []
    for sheet in sheets.values():
        pdf, each = b"", []
        for _round in range(rounds):
            begun = perf_counter()
            pdf = printed(sheet)
            each.append(perf_counter() - begun)
        seconds.append(median(each))
        pages += facts_of(pdf).pages
        size.append(len(pdf))
    page = sum(seconds) / pages * 1_000
    grown = resident() - before
    rows = (
        (f"{len(sheets)} papers of the eight forms, pages together", pages, ""),
        ("a page, warm (median of rounds)", page, "ms"),
        ("the slowest paper, warm", max(seconds) * 1_000, "ms"),
        ("the first paper of a process, with its fonts", first * 1_000, "ms"),
        ("what the first paper adds, RSS", added, "MB"),
        (f"what {rounds * len(sheets)} papers add, RSS", grown, "MB"),
        ("a file, median", median(size) / 1_024, "kB"),
    )
    for label, figure, unit in rows:
        print(f"{label:<55} {figure:10.1f} {unit}")
    kept = page <= BUDGETS["paper_page"]["most"] and added <= BUDGETS["paper_memory"]["most"]
    print("within budgets.toml" if kept else "NOT within budgets.toml")
    sys.exit(not kept)


def resident() -> float:
    """Return the memory of this process that is in RAM, in MB."""
    fields = Path("/proc/self/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1_048_576


def agreement(form: str) -> Agreement:
    """Return a text of ordinary length between three parties."""
    from datetime import UTC, date, datetime

    from wanowa.collaborations.rules import Bring, Goal, Outcome, Share, Task, Terms
    from wanowa.guideline.rules import AREAS, FORMS, POSTS, Form, Kind
    from wanowa.papers.rules import Agreement, Called, Standing

    parties, area = (1, 2, 3), FORMS[Form(form)].areas[0]
    sentence = "湧き水のまわりを、いっしょに見回り、手入れし、こどもたちに伝えます。"
    terms = Terms(
        title="湧水のみちの手入れ",
        summary=sentence * 2,
        parties=parties,
        purpose=sentence * 3,
        goals=(Goal("観察会をひらく", 6, "回", "2027-03-31"), Goal("見回る", 12, "回", "2027-03-31")),
        outcomes=(Outcome("こども", "湧き水を案内できる", "聞き取り"),),
        roles=tuple(
            Task(f"しごと{number}", parties, 1, "毎月末", (Bring(1, "people", "見回る人", 24),))
            for number in range(1, 8)
        ),
        aims=dict.fromkeys(parties, sentence),
        area=area,
        form=form,
        posts={facts.key: parties[place % 3] for place, facts in enumerate(POSTS[Form(form)])},
        starts="2026-04-01",
        ends="2027-03-31",
        schedule=sentence,
        shares=tuple(Share(party, 10_000 * party) for party in parties),
        cost=sentence,
        ownership=AREAS[area].ownership,
        safety=sentence,
        personal_data=sentence,
        publicity=sentence,
        changes=sentence,
    )
    names = {1: "髙橋・渡邉󠄀の会", 2: "環境課", 3: "和光造園"}
    return Agreement(
        terms=terms,
        called={party: Called(name, kind=Kind.CITIZEN) for party, name in names.items()},
        standing=Standing.IN_FORCE,
        made=datetime(2026, 11, 23, 3, tzinfo=UTC),
        number=1,
        fingerprint="0f" * 32,
        consents=tuple((party, date(2026, 11, 23)) for party in parties),
        address="https://wanowa.example.jp/collaborations/%E6%B9%A7/versions/1/",
        readable="https://wanowa.example.jp/collaborations/湧/versions/1/",
    )


if __name__ == "__main__":
    main()
