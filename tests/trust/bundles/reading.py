"""A third verifier, written from docs/reference/process-log-format.md with libraries for everything that has one.

Slow and short: it says a code and the numbers of the entries, and is compared with verify.py and verify.js.
"""

import io
import json
import re
import zipfile
from base64 import b64decode
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.trust.bundles.making import Files, b64, zipped

type Judgement = tuple[int, tuple[int, ...]]

READING = {"READ-ME.ja.txt", "contents.json", "index.html", "names.json", "verify.py", "words.json"}
ALWAYS = READING | {"digests.txt", "events.jsonl", "openings.jsonl"}
SIGNED = {"checkpoint.txt", "heads.json", "keys.txt"}
NUMBER = "[1-9][0-9]{0,14}"
NAME = "[a-z0-9][a-z0-9./-]{0,79}"
HASH = re.compile("[0-9a-f]{64}")
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"


class Malformed(Exception):
    pass


def must(fits: object) -> None:
    if not fits:
        raise Malformed


def like(form: str, value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(form, value, re.ASCII) is not None


def number(value: object, least: int = 1) -> bool:
    return type(value) is int and least <= value < 2**53


def simple(value: object) -> bool:
    return type(value) in (bool, str) or (type(value) is int and abs(value) < 2**53)


def value_of(raw: bytes) -> Any:
    try:
        value = json.loads(raw.decode())
        must(rfc8785.dumps(value) == raw)
    except (ValueError, RecursionError, rfc8785.CanonicalizationError) as fault:
        raise Malformed from fault
    return value


def lines(raw: bytes) -> list[bytes]:
    must(not raw or raw.endswith(b"\n"))
    return raw.split(b"\n")[:-1]


def raw_of(text: str, length: int) -> bytes:
    try:
        raw = b64decode(text, validate=True)
    except ValueError as fault:
        raise Malformed from fault
    must(len(raw) == length and b64(raw) == text)
    return raw


def entry_of(line: bytes) -> dict[str, Any]:
    entry = value_of(line)
    must(isinstance(entry, dict))
    if set(entry) == {"hash", "seq"}:
        must(like(HASH.pattern, entry["hash"]) and number(entry["seq"]))
        return entry
    must(set(entry) == {"v", "log", "seq", "t", "type", "actor", "public", "commit"})
    must(type(entry["v"]) is int and entry["v"] in (1, 2) and number(entry["seq"]) and like(TIME, entry["t"]))
    must(like(rf"[a-z_]+\.[a-z_]+/{NUMBER}", entry["log"]) and like(r"[a-z_]+(\.[a-z_]+)+", entry["type"]))
    must(isinstance(entry["actor"], dict) and set(entry["actor"]) == {"party"})
    must(entry["actor"]["party"] is None or number(entry["actor"]["party"]))
    must(isinstance(entry["public"], dict) and isinstance(entry["commit"], dict))
    must(all(like("[a-z][a-z0-9_]{0,39}", name) and simple(one) for name, one in entry["public"].items()))
    must(all(like("[a-z][a-z0-9_.]{0,59}", name) for name in entry["commit"]))
    must(all(like(HASH.pattern, one) for one in entry["commit"].values()))
    return entry


def opening_of(line: bytes) -> tuple[int, str, bytes, bytes]:
    one = value_of(line)
    must(isinstance(one, dict) and set(one) == {"seq", "field", "salt", "value"})
    must(number(one["seq"]) and like("[a-z][a-z0-9_.]{0,59}", one["field"]))
    must(isinstance(one["salt"], str) and isinstance(one["value"], str))
    must(simple(value_of(one["value"].encode())))
    return one["seq"], one["field"], raw_of(one["salt"], 16), one["value"].encode()


class Note:
    def __init__(self, raw: bytes) -> None:
        base64 = "([A-Za-z0-9+/]+=*)"
        form = (
            rf"(({NAME})\n({NUMBER})\n{base64}\nnumber ({NUMBER})\nprevious {base64}\nat {TIME}\n"
            rf"entries {NUMBER}\n(?:key ([!-~]+)\n)?)\n((?:— {NAME} [A-Za-z0-9+/]+=*\n)+)"
        )
        found = re.fullmatch(form, raw.decode(errors="replace"), re.ASCII)
        must(found)
        assert found
        self.text, self.origin, self.size, self.number = found[1], found[2], int(found[3]), int(found[5])
        self.root, self.key = raw_of(found[4], 32), found[7]
        raw_of(found[6], 32)
        split = [line.split(" ") for line in found[8].splitlines()]
        self.signatures = [(name, raw_of(encoded, 68)) for _dash, name, encoded in split]

    def fits(self, keys: "list[tuple[int, str, str, bytes]]") -> bool:
        own = max(n for n, key in enumerate(keys) if key[0] <= self.number)
        begins = own > 0 and keys[own][0] == self.number
        due = keys[own - 1 : own + 1] if begins and len(self.signatures) > 1 else [keys[own]]
        if len(due) != len(self.signatures) or (begins and self.key != keys[own][1]):
            return False
        for (_first, _text, name, public), (signer, raw) in zip(due, self.signatures, strict=True):
            own_id = sha256(name.encode() + b"\n\x01" + public).digest()[:4]
            if (signer, raw[:4]) != (name, own_id):
                return False
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], self.text.encode())
            except (InvalidSignature, ValueError):
                return False
        return True


def root_from(leaf: bytes, index: int, size: int, way: list[bytes]) -> bytes | None:
    """Return the root by walking down the shape of RFC 9162 §2.1.1 and up again, other than verify.py does."""
    if size == 1:
        return leaf if not way else None
    if not way:
        return None
    split = 1 << (size - 1).bit_length() - 1
    left = index < split
    inner = root_from(leaf, index if left else index - split, split if left else size - split, way[:-1])
    if inner is None:
        return None
    return sha256(b"\x01" + (inner + way[-1] if left else way[-1] + inner)).digest()


def judge(raw: bytes) -> Judgement:
    """Return the code, and the numbers of the entries that do not fit."""
    try:
        return _judge(_unzipped(raw))
    except Malformed:
        return 3, ()


def _unzipped(raw: bytes) -> Files:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except Exception as fault:
        raise Malformed from fault
    must(zipped(files) == raw)
    return files


def _judge(files: Files) -> Judgement:
    due = ALWAYS | (SIGNED if SIGNED & set(files) else set())
    must(due <= set(files))
    exhibits = {
        name for name in files if like(rf"files/{NUMBER}-[a-z0-9][a-z0-9_-]{{0,79}}\.(json|pdf)", name)
    }
    turns = {name for name in files if like(rf"keys/checkpoint-{NUMBER}\.txt", name)}
    must(set(files) == due | exhibits | turns)
    contents = value_of(files["contents.json"])
    must(isinstance(contents, dict) and set(contents) == {"files", "format"})
    must(contents["format"] == "wanowa bundle v1" and isinstance(contents["files"], dict))
    must(
        all(like("[A-Za-z0-9./-]+", name) and like(HASH.pattern, h) for name, h in contents["files"].items())
    )
    raw_lines = lines(files["events.jsonl"])
    entries = [entry_of(line) for line in raw_lines]
    logs = [entry["log"] for entry in entries if "log" in entry]
    must(logs)
    digests = lines(files["digests.txt"])
    must(all(like(HASH.pattern, one.decode(errors="replace")) for one in digests))
    openings = [opening_of(line) for line in lines(files["openings.jsonl"])]
    must([one[:2] for one in openings] == sorted({one[:2] for one in openings}))
    wrong: set[int | None] = set()
    lacking: set[int | None] = set()
    _chain(logs[0], raw_lines, entries, [one.decode() for one in digests], wrong)
    _values(logs[0], entries, openings, wrong, lacking)
    actual = {name: sha256(raw).hexdigest() for name, raw in files.items() if name != "contents.json"}
    if actual != contents["files"]:
        wrong.add(None)
    for name in exhibits:
        n = int(name.removeprefix("files/").partition("-")[0])
        facts = entries[n - 1].get("public", {}) if n <= len(entries) else {}
        if actual[name] not in (facts.get("fingerprint"), facts.get("digest")):
            wrong.add(n)
    for n, entry in enumerate(entries, 1):
        text = f"files/{n}-version-{entry.get('public', {}).get('number')}.json"
        if entry.get("type", "").endswith(".took_effect") and text not in files:
            lacking.add(n)
    if "checkpoint.txt" in files:
        _signature(files, logs[0], [one.decode() for one in digests], turns, wrong, lacking)
    else:
        must(not turns)
        lacking.add(None)
    code = 1 if wrong else 2 if lacking else 0
    return code, tuple(sorted(n for n in wrong | lacking if n is not None))


def _chain(case, raw_lines, entries, digests, wrong) -> None:
    before, at = bytes(32), ""
    for n, (line, entry, digest) in enumerate(zip(raw_lines, entries, digests, strict=False), 1):
        if entry["seq"] != n or entry.get("log", case) != case or entry.get("t", at) < at:
            wrong.add(n)
            break
        at = entry.get("t", at)
        if entry.get("v") == 1:
            sealed = sha256(b"\x01" + before + line)
        else:
            inner = bytes.fromhex(entry["hash"]) if "hash" in entry else sha256(line).digest()
            sealed = sha256(b"\x02" + before + inner)
        if sealed.hexdigest() != digest:
            wrong.add(n)
        before = bytes.fromhex(digest)
    if len(raw_lines) != len(digests):
        wrong.add(min(len(raw_lines), len(digests)) + 1)


def _values(case, entries, openings, wrong, lacking) -> None:
    told = [(n, entry) for n, entry in enumerate(entries, 1) if "type" in entry]
    gone = {
        (entry["public"].get("target"), entry["public"].get("field"))
        for _n, entry in told
        if entry["type"] == "record.value.redacted"
    }
    for n, name, salt, value in openings:
        place = f"wanowa/commit/v1\0{case}\0{n}\0{name}\0".encode()
        kept = entries[n - 1].get("commit", {}).get(name) if n <= len(entries) else None
        if kept != sha256(place + salt + b"\0" + value).hexdigest() or (n, name) in gone:
            wrong.add(n)
    given = gone | {one[:2] for one in openings}
    given |= {(e["public"].get("target"), "note") for _n, e in told if e["type"] == "record.entry.hidden"}
    lacking |= {n for n, e in told if e["type"] == "record.entry.corrected" and (n, "note") not in given}


def _signature(files, case, digests, turns, wrong, lacking) -> None:
    note, head = Note(files["checkpoint.txt"]), value_of(files["heads.json"])
    must(isinstance(head, dict) and set(head) == {"case", "number", "digest", "checkpoint", "proof"})
    must(like(rf"[a-z_]+\.[a-z_]+/{NUMBER}", head["case"]) and number(head["number"]))
    must(like(HASH.pattern, head["digest"]) and number(head["checkpoint"]))
    proof = head["proof"]
    must(isinstance(proof, dict) and set(proof) == {"index", "size", "path"})
    must(number(proof["index"], 0) and number(proof["size"]) and isinstance(proof["path"], list))
    must(all(like(HASH.pattern, one) for one in proof["path"]))
    keys, lasts = [], []
    for line in lines(files["keys.txt"]):
        form = rf"({NUMBER}) ({NUMBER}|-) (({NAME})\+([0-9a-f]{{8}})\+([A-Za-z0-9+/]+=*))"
        found = re.fullmatch(form, line.decode(errors="replace"), re.ASCII)
        must(found)
        assert found
        raw = raw_of(found[6], 33)
        must(raw[0] == 1 and sha256(f"{found[4]}\n".encode() + raw).hexdigest()[:8] == found[5])
        keys.append((int(found[1]), found[3], found[4], raw[1:]))
        lasts.append(found[2])
    firsts = [key[0] for key in keys]
    must(firsts and firsts[0] == 1 and firsts == sorted(set(firsts)) and firsts[-1] <= note.number)
    must(lasts == [str(first - 1) for first in firsts[1:]] + ["-"])
    must(turns == {f"keys/checkpoint-{first}.txt" for first in firsts[1:]})
    notes = [(first, Note(files[f"keys/checkpoint-{first}.txt"])) for first in firsts[1:]]
    n = head["number"]
    if n > len(digests) or digests[n - 1] != head["digest"]:
        wrong.add(n)
    leaf = sha256(f"\0{case}\0{n}\0".encode() + bytes.fromhex(head["digest"])).digest()
    way = [bytes.fromhex(one) for one in proof["path"]]
    same = (head["case"], head["checkpoint"], proof["size"]) == (case, note.number, note.size)
    inside = proof["index"] < proof["size"] and len(way) < 64
    if not same or not inside or root_from(leaf, proof["index"], proof["size"], way) != note.root:
        wrong.add(None)
    for first, turn in [*notes, (note.number, note)]:
        if turn.number != first or turn.origin != note.origin or not turn.fits(keys):
            wrong.add(None)
        if first == note.number and turn.text != note.text:
            wrong.add(None)
    if any(len(turn.signatures) == 1 for _first, turn in notes):
        lacking.add(None)
