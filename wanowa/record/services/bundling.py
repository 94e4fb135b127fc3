"""Bundles: the whole history of one case in one ZIP, to be taken home and checked without us. Reads only.

The same state of the record gives the same bytes. Outsiders get the steps that everybody may read, and of the
others the hash alone: they can check the whole chain, and do not learn who was asked and said no (decision 9). A
party inside gets every step, and what its own people kept back.
"""

import threading
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping
from hashlib import sha256
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Refused
from wanowa.record.models import Checkpoint, Entry, Opening
from wanowa.record.queries import clock, cursor_of, keys_text, latest_checkpoint, proof_of
from wanowa.record.queries.narration import names_in
from wanowa.record.rules import HIDDEN, content_of, stamp
from wanowa.record.rules.bundles.page import SOURCES, index_html, verifier_source
from wanowa.record.rules.bundles.verify import pack
from wanowa.record.rules.sealing import OPEN
from wanowa.record.services.verifying import one_snapshot
from wanowa.record.verbs import Fact, Kind, known

FORMAT: Final = "wanowa bundle v1"


class Exhibit(NamedTuple):
    """One file that belongs to a case: its name, its bytes, and the entry whose digest or fingerprint is theirs."""

    path: str
    content: bytes
    entry: int
    kind: str


type Exhibits = Callable[[str], Iterable[Exhibit]]
"""Gives the files of a case, oldest first."""


class Reading(NamedTuple):
    """How to read the agreed texts: what keys and `key.value` are called, their order, which hold ids of parties."""

    labels: Mapping[str, str | Promise]
    order: tuple[str, ...]
    parties: tuple[str, ...]


BUDGET: Final = 8 * 1024 * 1024
"""Bytes of bundles that one process keeps for the next who asks."""

_kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
_lock = threading.Lock()
_exhibits: dict[str, Exhibits] = {}
_readings: dict[str, Callable[[], Reading]] = {}


def _forget() -> None:
    """Drop the bundles kept ready: something in them was withdrawn."""
    with _lock:
        _kept.clear()


clock.register_memory(_forget)


def register_exhibits(name: str, exhibits: Exhibits, reading: Callable[[], Reading] | None = None) -> None:
    """Let bundles take along the files that `exhibits` gives; each app under a name of its own, in `ready()`.

    A file must be exactly the bytes whose SHA-256 its entry tells as `digest` or `fingerprint`.
    """
    _exhibits[name] = exhibits
    if reading is not None:
        _readings[name] = reading


def bundle(case: str, title: str, *, inside: Collection[int] | None = None) -> bytes:
    """Return the bundle of `case` as a ZIP; the caller has made sure that its reader may see the case.

    `inside`: the reader's own parties at the table, who see every step; None for everybody else. Refused for
    them when a step that is not theirs was written in the first format, which cannot keep one back. Costs two
    queries when it was made before and nothing moved since; else eight, those of the exhibits, and a hash for
    each case of the record.
    """
    if inside is not None:
        return _made(case, title, inside)
    checkpoint = latest_checkpoint()
    key = (case, title, cursor_of(case, "parties"), checkpoint.number if checkpoint else 0)
    with _lock:
        if kept := _kept.get(key):
            _kept.move_to_end(key)
            return kept
    made = _made(case, title, None)
    with _lock:
        _kept[key] = made
        while sum(map(len, _kept.values())) > BUDGET:
            _kept.popitem(last=False)
    return made


def _made(case: str, title: str, inside: Collection[int] | None) -> bytes:
    with one_snapshot(), override("ja"):
        entries = list(Entry.objects.filter(case=case).order_by("number").prefetch_related("openings"))
        if not entries:
            raise Refused(_("この取組には、まだ経過がありません。"))
        hidden = {entry.facts["target"] for entry in entries if entry.verb == HIDDEN}
        shown = [entry for entry in entries if inside is not None or _is_public(entry)]
        readable = {entry.number for entry in shown}
        files = {
            "events.jsonl": _lines(_line(entry, whole=entry.number in readable) for entry in entries),
            "digests.txt": "".join(f"{entry.digest}\n" for entry in entries).encode(),
            "openings.jsonl": _lines(
                _opening(entry, opening)
                for entry in shown
                for opening in sorted(entry.openings.all(), key=lambda one: one.field)
                if (opening.public and (inside is not None or entry.number not in hidden))
                or (inside is not None and entry.party in inside)
            ),
            "verify.py": verifier_source(),
            "READ-ME.ja.txt": (SOURCES / "READ-ME.ja.txt").read_bytes(),
        }
        files |= _exhibited(case)
        files |= _signed(case)
        files["names.json"] = canonical({str(party): name for party, name in names_in(shown).items()})
        files["words.json"] = canonical(_words(shown, title))
    files["index.html"] = index_html(files)
    listed = {path: sha256(raw).hexdigest() for path, raw in files.items()}
    files["contents.json"] = canonical({"files": listed, "format": FORMAT})
    return pack(files)


def _is_public(entry: Entry) -> bool:
    verb = known().get(entry.verb)
    return verb is not None and verb.public


def _lines(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _line(entry: Entry, *, whole: bool) -> bytes:
    """Return an entry as it was sealed, or its hash."""
    sealed = canonical(
        content_of(
            case=entry.case,
            number=entry.number,
            at=stamp(entry.at),
            verb=entry.verb,
            party=entry.party,
            facts=entry.facts,
            commitments=entry.commitments,
            version=entry.version,
        )
    )
    if whole:
        return sealed
    if entry.version == OPEN:
        raise Refused(
            _("古い形の記録があるため、だれでも見られる束を作れません。加わっている主体は、受け取れます。")
        )
    return canonical({"hash": sha256(sealed).hexdigest(), "seq": entry.number})


def _opening(entry: Entry, opening: Opening) -> bytes:
    salt = b64encode(bytes(opening.salt)).decode()
    return canonical({"field": opening.field, "salt": salt, "seq": entry.number, "value": opening.value})


def _exhibited(case: str) -> dict[str, bytes]:
    """Return the files of a case under the numbers of their entries."""
    found = (exhibit for exhibits in _exhibits.values() for exhibit in exhibits(case))
    return {f"files/{one.entry}-{one.path.removeprefix('files/')}": one.content for one in found}


def _signed(case: str) -> dict[str, bytes]:
    """Return the newest checkpoint, the way to it, and the keys; nothing before a checkpoint holds the case."""
    checkpoint = latest_checkpoint()
    proof = proof_of(case, checkpoint) if checkpoint else None
    if checkpoint is None or proof is None:
        return {}
    keys = keys_text()
    turns = [int(line.partition(" ")[0]) for line in keys.splitlines()[1:]]
    notes = Checkpoint.objects.filter(number__in=turns).values_list("number", "note")
    head = {
        "case": case,
        "checkpoint": checkpoint.number,
        "digest": proof.digest,
        "number": proof.number,
        "proof": {"index": proof.index, "path": proof.path, "size": proof.size},
    }
    return {
        "checkpoint.txt": checkpoint.note.encode(),
        "heads.json": canonical(head),
        "keys.txt": keys.encode(),
        **{f"keys/checkpoint-{number}.txt": note.encode() for number, note in notes},
    }


def _words(shown: Iterable[Entry], title: str) -> dict[str, object]:
    """Return what the page in the bundle needs to tell the steps in Japanese."""
    verbs = {entry.verb: verb for entry in shown if (verb := known().get(entry.verb))}
    readings = [reading() for reading in _readings.values()]
    told = {
        name: {
            "facts": {fact: _kind(kind) for fact, kind in verb.facts.items()},
            "milestone": verb.milestone,
            "public": verb.public,
            "sentence": str(verb.sentence),
        }
        for name, verb in verbs.items()
    }
    return {
        "labels": {key: str(label) for reading in readings for key, label in reading.labels.items()},
        "order": [key for reading in readings for key in reading.order],
        "parties": [key for reading in readings for key in reading.parties],
        "title": title,
        "verbs": told,
    }


def _kind(kind: Kind) -> str | dict[str, str]:
    """Return the name of a kind of fact, or the labels of a closed list."""
    if isinstance(kind, Fact):
        return kind.name
    return {str(value): str(label) for value, label in kind.choices}
