"""Builds bundles from docs/reference/process-log-format.md: real chains, real trees, real signatures.

A `Story` is what one case tells; `files_of` seals it as the platform would. A forger who has the keys uses the same.
"""

import hashlib
import io
import random
import zipfile
from base64 import b64encode
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORIGIN = "wanowa/112291"
WORDS = ("かさたなはまやらわきしちにひみり", "あいうえおくすつぬふむるけせてね")

type Files = dict[str, bytes]
type Leaf = tuple[str, int, str]


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


@dataclass(frozen=True)
class Key:
    """A pair of keys and the first checkpoint it signs."""

    number: int
    first: int

    @property
    def name(self) -> str:
        return f"{ORIGIN}/{self.number}"

    @property
    def public(self) -> bytes:
        return _pair(self.number)[1]

    @property
    def id(self) -> bytes:
        return sha(self.name.encode(), b"\n\x01", self.public)[:4]

    @property
    def text(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64(bytes([1]) + self.public)}"

    def line(self, text: str) -> str:
        return f"— {self.name} {b64(self.id + _signature(self.number, text))}\n"


@cache
def _pair(number: int) -> tuple[Ed25519PrivateKey, bytes]:
    secret = Ed25519PrivateKey.from_private_bytes(sha(f"test key {number}".encode()))
    return secret, secret.public_key().public_bytes_raw()


@cache
def _signature(number: int, text: str) -> bytes:
    return _pair(number)[0].sign(text.encode())


@dataclass(frozen=True)
class Story:
    """What a bundle tells. `entries` are whole; those in `kept_back` are shown by their hash alone."""

    case: str
    entries: tuple[dict[str, Any], ...]
    openings: tuple[dict[str, Any], ...] = ()
    """Each with seq, field, salt (bytes) and said (any plain value)."""
    kept_back: frozenset[int] = frozenset()
    exhibits: tuple[tuple[str, bytes], ...] = ()
    others: tuple[Leaf, ...] = ()
    keys: tuple[Key, ...] = (Key(1, 1),)
    checkpoint: int = 7
    head: int | None = None
    """How many entries the checkpoint covers; None: there is no checkpoint yet."""
    lost: bool = False
    """The last key was introduced without the one before."""
    reading: Files = field(
        default_factory=lambda: {
            "READ-ME.ja.txt": "まず、これを読んでください。\n".encode(),
            "index.html": b"<!doctype html>\n",
            "verify.py": b"pass\n",
            "names.json": rfc8785.dumps({"7": "湧水を守る会", "9": "和光市 みどり課"}),
            "words.json": rfc8785.dumps({"labels": {}, "title": "湧水", "verbs": {}}),
        }
    )

    @property
    def lines(self) -> list[bytes]:
        return [rfc8785.dumps(entry) for entry in self.entries]

    @property
    def digests(self) -> list[str]:
        found, before = [], bytes(32)
        for entry, line in zip(self.entries, self.lines, strict=True):
            before = sha(b"\x01", before, line) if entry["v"] == 1 else sha(b"\x02", before, sha(line))
            found.append(before.hex())
        return found

    @property
    def own(self) -> Leaf:
        return self.case, self.head or 0, self.digests[(self.head or 0) - 1]

    @property
    def leaves(self) -> list[Leaf]:
        return sorted((*self.others, self.own), key=lambda leaf: leaf[0].encode())


def leaf_hash(leaf: Leaf) -> bytes:
    return sha(b"\0", leaf[0].encode(), b"\0", str(leaf[1]).encode(), b"\0", bytes.fromhex(leaf[2]))


def root(hashes: list[bytes]) -> bytes:
    """Return the Merkle tree hash of RFC 9162 §2.1.1, by its definition."""
    if len(hashes) <= 1:
        return hashes[0] if hashes else sha()
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return sha(b"\x01", root(hashes[:split]), root(hashes[split:]))


def path(place: int, hashes: list[bytes]) -> list[bytes]:
    """Return the inclusion path of RFC 9162 §2.1.3.1, by its definition."""
    if len(hashes) <= 1:
        return []
    split = 1 << (len(hashes) - 1).bit_length() - 1
    if place < split:
        return [*path(place, hashes[:split]), root(hashes[split:])]
    return [*path(place - split, hashes[split:]), root(hashes[:split])]


def note_of(story: Story, number: int, leaves: list[Leaf], *, previous: bytes = bytes(range(32))) -> str:
    """Return the checkpoint `number` over `leaves`, signed by whose turn it is."""
    key = [key for key in story.keys if key.first <= number][-1]
    begins = key.number > 1 and key.first == number
    lost = story.lost and key == story.keys[-1]
    text = (
        f"{ORIGIN}\n{len(leaves)}\n{b64(root([leaf_hash(leaf) for leaf in leaves]))}\nnumber {number}\n"
        f"previous {b64(bytes(32) if number == 1 else previous)}\nat 2026-11-25T20:00:00.{number:06}Z\n"
        f"entries {sum(leaf[1] for leaf in leaves)}\n" + (f"key {key.text}\n" if begins else "")
    )
    signers = [story.keys[key.number - 2], key] if begins and not lost else [key]
    return f"{text}\n{''.join(signer.line(text) for signer in signers)}"


def shown(story: Story) -> bytes:
    """Return events.jsonl."""
    lines = [
        rfc8785.dumps({"hash": sha(line).hex(), "seq": n}) if n in story.kept_back else line
        for n, line in enumerate(story.lines, 1)
    ]
    return b"".join(line + b"\n" for line in lines)


def files_of(story: Story, **more: bytes) -> Files:
    """Return the bundle that tells the story."""
    openings = sorted(story.openings, key=lambda one: (one["seq"], one["field"]))
    files = dict(story.reading)
    files["events.jsonl"] = shown(story)
    files["digests.txt"] = "".join(f"{digest}\n" for digest in story.digests).encode()
    files["openings.jsonl"] = b"".join(
        rfc8785.dumps(
            {
                "seq": one["seq"],
                "field": one["field"],
                "salt": b64(one["salt"]),
                "value": rfc8785.dumps(one["said"]).decode(),
            }
        )
        + b"\n"
        for one in openings
    )
    files |= {f"files/{name}": raw for name, raw in story.exhibits}
    if story.head:
        files |= _signed(story)
    return with_contents(files | more)


def _signed(story: Story) -> Files:
    leaves = story.leaves
    place = leaves.index(story.own)
    way = path(place, [leaf_hash(leaf) for leaf in leaves])
    lasts = [str(key.first - 1) for key in story.keys[1:]] + ["-"]
    files = {
        "checkpoint.txt": note_of(story, story.checkpoint, leaves).encode(),
        "keys.txt": "".join(
            f"{key.first} {last} {key.text}\n" for key, last in zip(story.keys, lasts, strict=True)
        ).encode(),
        "heads.json": rfc8785.dumps(
            {
                "case": story.case,
                "number": story.own[1],
                "digest": story.own[2],
                "checkpoint": story.checkpoint,
                "proof": {"index": place, "size": len(leaves), "path": [one.hex() for one in way]},
            }
        ),
    }
    for key in story.keys[1:]:
        same = key.first == story.checkpoint
        earlier = leaves if same else list(story.others) or leaves
        files[f"keys/checkpoint-{key.first}.txt"] = note_of(story, key.first, earlier).encode()
    return files


def with_contents(files: Files) -> Files:
    """Return the files with a list of contents that fits them, as a forger would make it too."""
    rest = {name: raw for name, raw in files.items() if name != "contents.json"}
    listed = {"files": {name: sha(raw).hex() for name, raw in rest.items()}, "format": "wanowa bundle v1"}
    return rest | {"contents.json": rfc8785.dumps(listed)}


def zipped(files: Files) -> bytes:
    """Return the ZIP as the page describes it."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name])
    return whole.getvalue()


def receipt_of(story: Story, number: int) -> str:
    """Return the receipt of one entry, from the story's own checkpoint."""
    leaves, digest = story.leaves, story.digests[number - 1]
    place = leaves.index(story.own)
    way = [one.hex() for one in path(place, [leaf_hash(leaf) for leaf in leaves])]
    spoken = "　".join(WORDS[0][byte >> 4] + WORDS[1][byte & 15] for byte in bytes.fromhex(digest)[:8])
    return (
        f"wanowa receipt v1\ncase {story.case}\nnumber {number}\ndigest {digest}\nshort {spoken}\n\n"
        f"{note_of(story, story.checkpoint, leaves)}\n"
        f"{' '.join(['path', str(place), str(len(leaves)), *way])}\nleaf {story.own[1]} {story.own[2]}\n"
    )


# Stories


def story(chance: random.Random, length: int = 6, **changes: Any) -> Story:
    """Return a random story of `length` entries with everything that a bundle can hold."""
    made = Story(
        case=f"collaborations.collaboration/{chance.randrange(1, 9999)}",
        entries=(),
        others=tuple(
            (f"parties.party/{n}", chance.randrange(1, 40), chance.randbytes(32).hex())
            for n in chance.sample(range(1, 500), chance.randrange(6))
        ),
        keys=tuple(Key(n, first) for n, first in enumerate((1, *_turns(chance)), 1)),
        checkpoint=chance.randrange(8, 12) if chance.random() < 0.8 else 7,
    )
    first_format = chance.randrange(3) if chance.random() < 0.3 else 0
    for n in range(1, length + 1):
        made = _told(made, n, chance.choice(_WAYS) if n > 1 else "started", first_format, chance)
    return replace(made, **{"head": length} | changes)


def _turns(chance: random.Random) -> list[int]:
    """Return the checkpoints at which new keys begin."""
    return sorted(chance.sample(range(2, 8), chance.randrange(3)))


def _told(made: Story, n: int, way: str, first_format: int, chance: random.Random) -> Story:
    """Return the story with one more entry."""
    facts, note, exhibit = _said(made, n, way, chance)
    commit, openings = {}, []
    for name, said in (("actor.person", chance.randrange(1, 999)), ("note", note)):
        if said is not None:
            salt = chance.randbytes(16)
            commit[name] = commitment(made.case, n, name, salt, said)
            if name == "note" or chance.random() < 0.3:
                openings.append({"seq": n, "field": name, "salt": salt, "said": said})
    entry = {
        "v": 1 if n <= first_format else 2,
        "log": made.case,
        "seq": n,
        "t": f"2026-11-{10 + n // 60 % 18:02}T10:{n % 60:02}:00.{chance.randrange(10**6):06}Z",
        "type": _VERBS[way],
        "actor": {"party": chance.choice([7, 9, None])},
        "public": facts,
        "commit": commit,
    }
    keep_back = way == "spoke" and n > first_format and chance.random() < 0.8
    return replace(
        made,
        entries=(*made.entries, entry),
        openings=(*made.openings, *(() if keep_back else openings)),
        kept_back=made.kept_back | ({n} if keep_back else set()),
        exhibits=made.exhibits + exhibit,
    )


def _said(
    made: Story, n: int, way: str, chance: random.Random
) -> tuple[dict[str, Any], str | None, tuple[tuple[str, bytes], ...]]:
    """Return the facts of an entry, its note if it has one, and the document that belongs to it."""
    match way:
        case "started":
            return {"address": sha(str(n).encode()).hex()}, None, ()
        case "took_effect":
            version = sum("version-" in name for name, _raw in made.exhibits) + 1
            text = rfc8785.dumps({"content": {"title": "湧水をいかす"}, "number": version, "v": n})
            facts = {"number": version, "change": "start", "fingerprint": sha(text).hex()}
            return facts, None, ((f"{n}-version-{version}.json", text),)
        case "issued":
            paper = b"%PDF-1.7 " + chance.randbytes(20)
            facts = {"version": 1, "kind": "accord", "digest": sha(paper).hex()}
            return facts, None, ((f"{n}-accord-{n}.pdf", paper),)
        case "corrected":
            return {"target": chance.randrange(1, n)}, chance.choice(_SAYINGS), ()
        case "hidden":
            return {"target": chance.randrange(1, n), "ground": "privacy"}, None, ()
        case "spoke":
            return {"message": chance.randrange(1, 99)}, None, ()
    return {}, None, ()


_WAYS = ["spoke", "spoke", "opened", "took_effect", "issued", "corrected", "hidden"]
_VERBS = {
    "started": "collaborations.idea.started",
    "spoke": "collaborations.room.spoke",
    "opened": "collaborations.talks.opened",
    "took_effect": "collaborations.version.took_effect",
    "issued": "papers.paper.issued",
    "corrected": "record.entry.corrected",
    "hidden": "record.entry.hidden",
}
_SAYINGS = ["日にちは 11月23日でした", '"引用" と \\ と \n', "渡邉󠄀・𠮷野", "\u2028", ""]


def commitment(case: str, number: int, name: str, salt: bytes, said: object) -> str:
    """Return the commitment to a value."""
    place = f"wanowa/commit/v1\0{case}\0{number}\0{name}\0".encode()
    return sha(place, salt, b"\0", rfc8785.dumps(said)).hex()


def redacted(told: Story, number: int, name: str) -> Story:
    """Return the story after one value was taken out: the opening is gone, an entry says so."""
    n = len(told.entries) + 1
    entry = {
        **told.entries[-1],
        "seq": n,
        "v": 2,
        "type": "record.value.redacted",
        "public": {"target": number, "field": name, "ground": "privacy"},
        "commit": {},
    }
    kept = tuple(one for one in told.openings if (one["seq"], one["field"]) != (number, name))
    return replace(told, entries=(*told.entries, entry), openings=kept, head=n)
