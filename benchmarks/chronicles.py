"""What happened in a town: collaborations with their texts, consents, rooms, notices, and a log that verifies.

Only rows are made here; towns.py copies them. Entries are sealed, texts fingerprinted and consents recorded as the
services would do it.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wanowa.collaborations.rules import Terms
    from wanowa.record.verbs import Verb

MESSAGES = 20
"""What was said in every tenth room."""
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
ROTATION = ("active",) * 7 + ("offered", "talking", "offered")

type Row = Sequence[Any]
type Rows = dict[str, list[Row]]


@dataclass(slots=True)
class Chronicle:
    """Seals entries as `record.services.write` would; counts the ids of the whole log."""

    last: int = 0
    messages: int = 0
    versions: int = 0


@dataclass(slots=True)
class Case:
    """The chain of one case, and what it adds to the tables."""

    chronicle: Chronicle
    name: str
    rows: Rows
    number: int = 0
    digest: str = field(default="0" * 64)
    at: datetime = BEGIN

    def tell(self, verb: "Verb", party: int, at: datetime, **facts: object) -> None:
        """Add one entry of the person with the party's number."""
        from wanowa.record.rules import VERSION, canonical, commitment, content_of, seal, stamp

        self.number += 1
        self.chronicle.last += 1
        self.at = at
        public, salt, value = verb.typed(facts), os.urandom(16), canonical(party)
        kept = {"actor.person": commitment(self.name, self.number, "actor.person", salt, value)}
        content = content_of(
            case=self.name,
            number=self.number,
            at=stamp(at),
            verb=verb.name,
            party=party,
            facts=public,
            commitments=kept,
        )
        self.digest = seal(self.digest, canonical(content))
        self.rows["record_entry"].append(
            (
                self.chronicle.last,
                self.name,
                self.number,
                VERSION,
                at,
                verb.name,
                party,
                json.dumps(public),
                json.dumps(kept),
                self.digest,
            )
        )
        self.rows["record_opening"].append((self.chronicle.last, "actor.person", salt, value.decode(), False))

    def close(self) -> None:
        """Write the head."""
        self.rows["record_head"].append((self.name, self.number, self.digest, self.chronicle.last, self.at))


def collaboration(rows: Rows, chronicle: Chronicle, key: int, parties: int) -> None:
    """Add one collaboration between two parties, with its log, room and notices."""
    from wanowa.collaborations import verbs
    from wanowa.collaborations.rules import Change, fingerprint
    from wanowa.kernel.text import search_key

    # 6·key + 1 is odd and the number of parties even, so the two always differ.
    first, second = key % parties + 1, (7 * key + 1) % parties + 1
    status = ROTATION[key % len(ROTATION)]
    begun = BEGIN + timedelta(seconds=key * 10)
    at = [begun + timedelta(seconds=step) for step in range(10)]
    slug, title = f"湧水のみち-{key}", f"湧水のみち {key}"
    terms = _terms(title, first, second)
    content = terms.content()
    case = Case(chronicle, f"collaborations.collaboration/{key}", rows)
    case.tell(verbs.STARTED, first, at[0], address=sha256(slug.encode()).hexdigest())
    case.tell(verbs.INVITED, first, at[1], invited=second)
    case.tell(verbs.SEATED, second, at[2])
    case.tell(verbs.TALKS_OPENED, second, at[3])
    version = None
    if status == "talking":
        rows["collaborations_draft"].append((key, "start", json.dumps(content), 9, first, at[3], at[3]))
    else:
        chronicle.versions += 1
        version, effect = chronicle.versions, at[6] if status == "active" else None
        mark = fingerprint(key, 1, Change.START, sorted((first, second)), "", content)
        case.tell(verbs.OFFERED, first, at[4], number=1, change=Change.START, fingerprint=mark)
        case.tell(verbs.CONSENTED, first, at[5], number=1, fingerprint=mark)
        rows["collaborations_consent"].append((version, first, first, mark, at[5]))
        if effect:
            case.tell(verbs.CONSENTED, second, at[6], number=1, fingerprint=mark)
            case.tell(verbs.TOOK_EFFECT, second, at[6], number=1, change=Change.START, fingerprint=mark)
            rows["collaborations_consent"].append((version, second, second, mark, at[6]))
        rows["collaborations_version"].append(
            (
                version,
                key,
                1,
                "start",
                json.dumps(content),
                sorted((first, second)),
                "",
                mark,
                first,
                at[4],
                effect,
            )
        )
    agreed = status == "active"
    if not agreed and version:
        rows["collaborations_draft"].append((key, "start", json.dumps(content), 9, first, at[3], at[3]))
    rows["collaborations_collaboration"].append(
        (key, slug, status, title, terms.summary)
        + (
            (terms.area, terms.form, terms.ownership, terms.starts, terms.ends)
            if agreed
            else ("", "", "", None, None)
        )
        + (search_key(f"{title} {terms.summary} {terms.purpose}"), at[3], version if agreed else None)
        + (1 if version else 0, True, begun, at[6])
    )
    rows["collaborations_participation"] += [
        (key, party, "seated", at[0], begun, begun) for party in (first, second)
    ]
    if key % 10 == 0:
        _room(case, key, (first, second), at[7])
    case.close()
    newest = chronicle.last - case.number
    for person in (first, second):
        rows["notices_notice"] += [(person, case.name, newest + step + 1, at[step]) for step in range(3)]


def _room(case: Case, key: int, parties: tuple[int, int], at: datetime) -> None:
    from wanowa.collaborations import verbs

    for nth in range(MESSAGES):
        party = parties[nth % 2]
        case.chronicle.messages += 1
        body = (
            "観察会の日どりは、学校の予定を聞いてから決めましょう。\n雨の日のことも、先に決めておきたいです。"
        )
        case.rows["collaborations_message"].append((key, party, party, "remark", body, at, at))
        case.tell(verbs.SPOKE, party, at, message=case.chronicle.messages)
    case.rows["collaborations_readmark"] += [(key, party, case.chronicle.messages) for party in parties]


def _terms(title: str, first: int, second: int) -> "Terms":
    """Return complete terms of usual length."""
    from wanowa.collaborations.rules import Bring, Goal, Outcome, Share, Task, Terms

    return Terms(
        title=title,
        summary="湧き水を見回り、こどもたちと観察会をひらき、まちの地図に残します。",
        parties=(first, second),
        purpose="湧き水を次の世代に残す。" * 4,
        goals=(Goal("観察会をひらく", 6, "回", "2027-03-31"), Goal("見回る", 48, "回", "2027-03-31")),
        outcomes=(Outcome("こども", "湧き水を案内できる", "聞き取り"),),
        roles=tuple(
            Task(
                what,
                (first, second),
                first,
                "2027-03-31",
                (Bring(first, "people", "人", 24), Bring(second, "goods", "道具")),
            )
            for what in ("見回り", "観察会", "地図づくり")
        ),
        aims={first: "まちをよくしたい。", second: "こどもに伝えたい。"},
        area="C",
        form="accord",
        starts="2026-04-01",
        ends="2027-03-31",
        schedule="毎月第2土曜日に集まります。",
        shares=(Share(first, 10_000), Share(second, 30_000)),
        cost="材料費と保険料です。",
        ownership="both",
        safety="活動中のけがや損害は、市民活動の保険で備えます。",
        personal_data="知った個人情報は、この取組のためだけに使います。",
        publicity="取組の名前、主体、目標、役割、経過を公開します。",
        changes="変えるとき、終えるときは、全員の同意で決めます。",
    )
