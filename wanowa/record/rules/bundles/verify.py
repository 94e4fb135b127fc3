"""Checks a bundle of the process log (経過) of Wanowa: whether every entry is as it was written.

    python verify.py                           the folder in which this file lies
    python verify.py BUNDLE                    a ZIP as it was downloaded, or the folder it was unpacked to
    python verify.py --receipt RECEIPT BUNDLE  also whether it tells what a receipt told
    python verify.py --compare BUNDLE BUNDLE   whether two bundles tell one history

Needs Python 3.9 or newer, nothing else; asks no network, writes nothing. Exit code: 0 everything fits, 1 changed
afterwards, 2 something is missing to be sure, 3 not written as a bundle is, 4 two histories. The format is described
in docs/reference/process-log-format.md of Wanowa. What means the same but is written otherwise is refused.
"""

from __future__ import annotations

import json
import re
import sys
from base64 import b64decode, b64encode
from collections import namedtuple
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256, sha512
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

VERIFIED, TAMPERED, INCOMPLETE, MALFORMED, FORK = range(5)
GRAVEST_FIRST = (MALFORMED, TAMPERED, FORK, INCOMPLETE, VERIFIED)
ANSWERS: Any = ("すべて元のままです。", "元のままではありません。", "たしかめるのに、足りないものがあります。")
ANSWERS += ("経過の束として、読めません。", "経過が、2通りあります。")
SIGNED = {"checkpoint.txt", "heads.json", "keys.txt"}
ALWAYS = {"READ-ME.ja.txt", "contents.json", "digests.txt", "events.jsonl", "index.html"}
ALWAYS |= {"names.json", "openings.jsonl", "verify.py", "words.json"}
LARGEST, MOST_FILES = 512 * 1024 * 1024, 5_000
UPPER, LOWER = "かさたなはまやらわきしちにひみり", "あいうえおくすつぬふむるけせてね"
NUMBER, NAME, BASE64 = "[1-9][0-9]{0,14}", "[a-z0-9][a-z0-9./-]{0,79}", "[A-Za-z0-9+/]+=*"
HEX, TIME = "[0-9a-f]{64}", r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z"
CASE, VERB = rf"[a-z_]+\.[a-z_]+/{NUMBER}", r"[a-z_]+(?:\.[a-z_]+)+"
FACT, FIELD = "[a-z][a-z0-9_]{0,39}", "[a-z][a-z0-9_.]{0,59}"
COUNT, TEXT = "[1-9][0-9]{0,15}", r'"[^"\\]*(?:\\.[^"\\]*)*"'
SAID = rf"(?:true|false|0|-?{COUNT}|{TEXT})"
FILE = re.compile(rf"files/({NUMBER})-[a-z0-9][a-z0-9_-]{{0,79}}\.(?:json|pdf)")
ROTATION = re.compile(rf"keys/checkpoint-({NUMBER})\.txt")
ENTRY = (
    rf'{{"actor":{{"party":(?:null|{COUNT})}},"commit":{{(?:"{FIELD}":"{HEX}",?)*}},"log":"{CASE}",'
    rf'"public":{{(?:"{FACT}":{SAID},?)*}},"seq":{COUNT},"t":"{TIME}","type":"{VERB}","v":[12]}}'
)
LINE = re.compile(rf'{ENTRY}|{{"hash":"{HEX}","seq":{COUNT}}}')
OPENING = re.compile(
    rf'{{"field":"{FIELD}","salt":"[A-Za-z0-9+/]{{21}}[AQgw]==","seq":{COUNT},"value":{TEXT}}}'  # 16 bytes
)
HEAD = re.compile(
    rf'{{"case":"{CASE}","checkpoint":{COUNT},"digest":"{HEX}","number":{COUNT},'
    rf'"proof":{{"index":(?:0|{COUNT}),"path":\[(?:"{HEX}",?)*\],"size":{COUNT}}}}}'
)
CONTENTS = re.compile(rf'{{"files":{{(?:"[A-Za-z0-9./-]+":"{HEX}",?)*}},"format":"wanowa bundle v1"}}')
KEY = re.compile(rf"({NUMBER}) ({NUMBER}|-) (({NAME})\+([0-9a-f]{{8}})\+({BASE64}))")
NOTE = re.compile(
    rf"(({NAME})\n(?P<size>{NUMBER})\n(?P<root>{BASE64})\nnumber (?P<number>{NUMBER})\n"
    rf"previous (?P<previous>{BASE64})\nat (?P<at>{TIME})\nentries {NUMBER}\n(?:key (?P<key>[!-~]+)\n)?)"
    rf"\n(?P<below>(?:— {NAME} {BASE64}\n)+)"
)
RECEIPT = re.compile(
    rf"wanowa receipt v1\ncase (?P<case>[!-~]+)\nnumber (?P<number>{NUMBER})\ndigest (?P<digest>{HEX})\n"
    rf"short (?P<short>[^\n]+)\n\n(?P<note>(?s:.+)\n)\npath (?P<index>0|{NUMBER}) (?P<size>{NUMBER})"
    rf"(?P<path>(?: {HEX})*)\nleaf (?P<leaf>{NUMBER}) (?P<head>{HEX})\n"
)


class Broken(ValueError):
    """Something is not written as a bundle is written; says what."""


Finding = namedtuple("Finding", "code number sentence")  # how grave it is, at which entry, and how to say it


def _need(found: Any, where: str) -> Any:
    if not found:
        raise Broken(f"{where}　足りないか、書き方が決まりとちがいます。")
    return found


def _whole(text: str) -> int:
    if abs(int(text)) >= 2**53:
        raise ValueError(text)
    return int(text)


_decode = json.JSONDecoder(parse_int=_whole).decode
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _plain(texts: Sequence[str], form: re.Pattern[str], where: str) -> Any:
    """Return the values of RFC 8785 JSON of some form."""
    for n, text in enumerate(texts, 1):
        _need(form.fullmatch(text), f"{where} の{n}行め")
    whole = f"[{','.join(texts)}]"
    values = _decode(whole)
    _need(_encode(values) == whole, where)
    return values


def _unbase64(text: str, length: int, where: str) -> Any:
    raw = b64decode(text.encode(), validate=True)
    return _need(raw if len(raw) == length and b64encode(raw).decode() == text else b"", where)


def _lines(raw: bytes, where: str) -> list[str]:
    """Return the lines of UTF-8 text; each ends with a newline."""
    lines = raw.decode().split("\n")
    _need(lines.pop() == "", where)
    return lines


class Key:
    """A public key of the platform, and which checkpoints it signs."""

    def __init__(self, line: str) -> None:
        found = _need(KEY.fullmatch(line), "keys.txt")
        raw = _unbase64(found[6], 33, "keys.txt")
        self.first, self.last = int(found[1]), None if found[2] == "-" else int(found[2])
        self.text, self.id, self.public = found[3], (found[4], bytes.fromhex(found[5])), raw[1:]
        _need(raw[0] == 1 and sha256(f"{found[4]}\n".encode() + raw).digest()[:4] == self.id[1], "keys.txt")


class Note:
    """A checkpoint: what it says, and who signed it."""

    def __init__(self, raw: bytes, where: str) -> None:
        found = _need(NOTE.fullmatch("\n".join([*_lines(raw, where), ""])), where)
        self.text, self.origin, self.key, self.at = found[1], found[2], found["key"], found["at"]
        self.size, self.number = int(found["size"]), int(found["number"])
        self.root, _previous = (_unbase64(found[name], 32, where) for name in ("root", "previous"))
        lines = (line.split(" ") for line in found["below"].split("\n")[:-1])
        self.signatures = [(name, _unbase64(signature, 68, where)) for _dash, name, signature in lines]

    def signed(self, keys: Sequence[Key]) -> bool:
        """Tell whether the keys signed that must: on the first checkpoint of a new key, the old one too."""
        place = max(n for n, key in enumerate(keys) if key.first <= self.number)
        new = place > 0 and keys[place].first == self.number
        due = keys[place - (new and len(self.signatures) > 1) : place + 1]
        same = [(name, raw[:4]) for name, raw in self.signatures] == [key.id for key in due]
        same = same and all(ed25519(k.public, raw[4:], self.text.encode()) for k, (_, raw) in zip(due, self.signatures))
        return same and (not new or self.key == keys[place].text)


class Bundle:
    """A bundle taken apart, and what does not fit in it. Entry n is the n-th line, whatever number it says."""

    def __init__(self, files: dict[str, bytes]) -> None:
        due = ALWAYS | (SIGNED if SIGNED & files.keys() else set())
        strange = {path for path in files.keys() - due if not FILE.fullmatch(path) and not ROTATION.fullmatch(path)}
        _need(not strange and due <= files.keys(), min(strange or due - files.keys(), default="")[:80])
        self.files = files
        self.contents = _plain([files["contents.json"].decode()], CONTENTS, "contents.json")[0]["files"]
        lines = _lines(files["events.jsonl"], "events.jsonl")
        self.lines = files["events.jsonl"].split(b"\n")[:-1]
        self.entries = dict(enumerate(_plain(lines, LINE, "events.jsonl"), 1))
        self.case = _need(next((one["log"] for one in self.entries.values() if "log" in one), ""), "events.jsonl")
        self.digests = _lines(files["digests.txt"], "digests.txt")
        _need(all(map(re.compile(HEX).fullmatch, self.digests)), "digests.txt")
        self.openings = _plain(_lines(files["openings.jsonl"], "openings.jsonl"), OPENING, "openings.jsonl")
        _plain([one["value"] for one in self.openings], re.compile(SAID), "openings.jsonl")
        places = [(one["seq"], one["field"]) for one in self.openings]
        _need(places == sorted(set(places)), "openings.jsonl")
        self.keys = [Key(line) for line in _lines(files.get("keys.txt", b""), "keys.txt")]
        self.note = Note(files["checkpoint.txt"], "checkpoint.txt") if "checkpoint.txt" in files else None
        if self.note:
            (self.head,) = _plain([files["heads.json"].decode()], HEAD, "heads.json")
            firsts, lasts = [key.first for key in self.keys], [key.last for key in self.keys]
            fit = firsts[:1] == [1] and firsts == sorted(set(firsts)) and firsts[-1] <= self.note.number
            _need(fit and lasts == [*(first - 1 for first in firsts[1:]), None], "keys.txt")
        self.rotations = {int(path[16:-4]): Note(files[path], path) for path in files if ROTATION.fullmatch(path)}
        _need(self.rotations.keys() == {key.first for key in self.keys[1:]}, "keys/")
        self.findings: list[Finding] = []
        for examine in (self._chain, self._values, self._files):
            examine()
        if self.note:
            self._signature(self.note)
        self._say(not self.note, INCOMPLETE, None, "まとめ印が、まだありません。あとで、受け取りなおしてください。")

    def _summary(self) -> list[str]:
        kept_back = sum("hash" in entry for entry in self.entries.values())
        lines = [f"{self.case}　記録 {len(self.entries)}件（うち、中身を見せない記録 {kept_back}件）"]
        if self.note:
            lines.append(f"まとめ印 {self.note.number}番（{self.note.at}）が守る記録　{self.head['number']}番まで")
            lines.append(f"市の鍵（市が知らせる鍵と同じか、見くらべてください）　{self.keys[0].text}")
        return lines

    def _say(self, wrong: object, code: int, number: int | None, sentence: str) -> None:
        if wrong:
            self.findings.append(Finding(code, number, sentence.replace("〇番", f"{number}番")))

    def _chain(self) -> None:
        before, at = bytes(32), ""
        for n, (line, entry, digest) in enumerate(zip(self.lines, self.entries.values(), self.digests), 1):
            at, earlier = entry.get("t", at), at
            if astray := entry["seq"] != n or entry.get("log", self.case) != self.case or at < earlier:
                self._say(astray, TAMPERED, n, "〇番の記録がないか、順番がちがいます。")
                break
            inner = bytes.fromhex(entry["hash"]) if "hash" in entry else sha256(line).digest()
            sealed = b"\x01" + before + line if entry.get("v") == 1 else b"\x02" + before + inner
            before = bytes.fromhex(digest)
            self._say(sha256(sealed).digest() != before, TAMPERED, n, "〇番の記録が、あとから書きかえられています。")
        n = min(len(self.lines), len(self.digests)) + 1
        self._say(len(self.lines) != len(self.digests), TAMPERED, n, "〇番の記録か、その指紋がありません。")

    def _values(self) -> None:
        told = [(n, entry["type"], entry["public"]) for n, entry in self.entries.items() if "log" in entry]
        start = f"wanowa/commit/v1\0{self.case}\0".encode()
        gone = {(f.get("target"), f.get("field")) for _n, verb, f in told if verb == "record.value.redacted"}
        for one in self.openings:
            n, field = one["seq"], one["field"]
            place = b"%b%d\0%b\0%b\0" % (start, n, field.encode(), b64decode(one["salt"]))
            digest = sha256(place + one["value"].encode()).hexdigest()
            other = self.entries.get(n, {}).get("commit", {}).get(field) != digest
            self._say(other, TAMPERED, n, "〇番の記録のふせた値が、記録したときの値とちがいます。")
            self._say((n, field) in gone, TAMPERED, n, "〇番の記録の、消すと決めた値が残っています。")
        given = gone | {(one["seq"], one["field"]) for one in self.openings}
        given |= {(f.get("target"), "note") for _n, verb, f in told if verb == "record.entry.hidden"}
        for n, verb, facts in told:
            lacking = verb == "record.entry.corrected" and (n, "note") not in given
            self._say(lacking, INCOMPLETE, n, "〇番の記録の、訂正の文が入っていません。")
            text = f"files/{n}-version-{facts.get('number')}.json"
            lacking = verb.endswith(".took_effect") and text not in self.files
            self._say(lacking, INCOMPLETE, n, "〇番の記録で合意した文が、入っていません。")

    def _files(self) -> None:
        digests = {path: sha256(raw).hexdigest() for path, raw in self.files.items() if path != "contents.json"}
        for path in sorted({*digests, *self.contents}):
            other = digests.get(path) != self.contents.get(path)
            self._say(other, TAMPERED, None, f"{path} が、受け取ったあとで変わっています。")
        for path in filter(FILE.fullmatch, sorted(digests)):
            n = int(path[6:].partition("-")[0])
            facts = self.entries.get(n, {}).get("public", {})
            other = digests[path] not in (facts.get("fingerprint"), facts.get("digest"))
            self._say(other, TAMPERED, n, f"{path} が、〇番の記録にある文書とちがいます。")

    def _signature(self, note: Note) -> None:
        n, digest, proof = self.head["number"], self.head["digest"], self.head["proof"]
        other = self.digests[n - 1 : n] != [digest]
        self._say(other, TAMPERED, n, "〇番までの記録が、まとめ印をつけたときとちがいます。")
        same = (self.head["case"], self.head["checkpoint"], proof["size"])
        listed = same == (self.case, note.number, note.size) and leads(note.root, self.case, n, digest, **proof)
        self._say(not listed, TAMPERED, None, "まとめ印の一覧に、この記録が入っていません。")
        notes = [*self.rotations.items(), (note.number, note)]
        fit = [one.number == n and one.origin == note.origin and one.signed(self.keys) for n, one in notes]
        signed = all(fit) and self.rotations.get(note.number, note).text == note.text
        self._say(not signed, TAMPERED, None, "まとめ印の署名が、鍵と合いません。")
        alone = any(len(one.signatures) < 2 for one in self.rotations.values())
        self._say(alone, INCOMPLETE, None, "前の鍵が署名していない鍵があります。市に、鍵をたしかめてください。")


def leads(root: bytes, case: str, number: int, digest: str, index: int, size: int, path: Sequence[str]) -> bool:
    """Tell whether hashes lead from the head of a case to the root (RFC 9162, 2.1.3.2)."""
    found = sha256(f"\0{case}\0{number}\0".encode() + bytes.fromhex(digest)).digest()
    place, last = index, size - 1
    for beside in map(bytes.fromhex, path):
        if last == 0:
            return False
        left = place & 1 or place == last
        found = sha256(b"\x01" + (beside + found if left else found + beside)).digest()
        while left and place and not place & 1:
            place, last = place >> 1, last >> 1
        place, last = place >> 1, last >> 1
    return index < size and last == 0 and found == root


# Ed25519 (RFC 8032, 5.1.7) in whole numbers. A point is (X, Y, Z): x = X/Z, y = Y/Z.

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)


def _point(raw: bytes) -> Any:
    y, odd = int.from_bytes(raw, "little") % 2**255, raw[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * ROOT % P
    if y >= P or x * x % P != square or (x == 0 and odd):
        raise ValueError(raw)
    return (x if x % 2 == odd else P - x), y, 1


def _sum(one: Any, two: Any) -> Any:
    (x, y, z), (u, v, w) = one, two
    xx, yy, zz = x * u % P, y * v % P, z * w % P
    k, square = D * xx * yy % P, zz * zz % P
    cross = (x + y) * (u + v) - xx - yy
    return zz * (square - k) * cross % P, zz * (square + k) * (yy + xx) % P, (square - k) * (square + k) % P


def _times(number: int, point: Any) -> Any:
    half = _times(number // 2, _sum(point, point)) if number else (0, 1, 1)
    return _sum(half, point) if number % 2 else half


@lru_cache(maxsize=1024)
def ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    """Tell whether a signature fits a message and a public key."""
    scalar = int.from_bytes(signature[32:], "little")
    try:
        base, key, point = map(_point, ((4 * pow(5, -1, P) % P).to_bytes(32, "little"), public, signature[:32]))
    except ValueError:
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    (x, y, z), (u, v, w) = _times(scalar, base), _sum(point, _times(challenge, key))
    return scalar < ORDER and (x * w - u * z) % P == 0 == (y * w - v * z) % P


def pack(files: dict[str, bytes]) -> bytes:
    """Return the one ZIP of these files: nothing squeezed, in the order of names, dated 1 January 1980."""
    with ZipFile(archive := BytesIO(), "w") as writer:
        for path in sorted(files):
            info = ZipInfo(path)
            info.create_system, info.external_attr = 3, 0o644 << 16
            writer.writestr(info, files[path])
    return archive.getvalue()


def unpack(raw: bytes) -> Any:
    """Return the files of a ZIP; Broken when it is not exactly as `pack` writes it."""
    try:
        with ZipFile(BytesIO(raw)) as reader:
            listed = reader.infolist()
            small = len(listed) <= MOST_FILES and sum(one.file_size for one in listed) <= LARGEST
            small = small and not any(one.compress_type for one in listed)  # nothing may unfold
            files = {one.filename: reader.read(one) for one in listed} if small else {}
    except (BadZipFile, OSError, RuntimeError, ValueError, EOFError):
        files = {}
    return _need(files if files and pack(files) == raw else None, "ZIP（受け取ったままのファイルを使ってください）")


def open_bundle(place: Path) -> Bundle:
    """Return the bundle in a ZIP, or in the folder it was unpacked to."""
    paths = [p for p in place.rglob("*") if p.is_file() and p.name[0] != "." and p.suffix != ".pyc"] or [place]
    _need(len(paths) <= MOST_FILES and sum(path.stat().st_size for path in paths) <= LARGEST, place.name)
    if place.is_file():
        return Bundle(unpack(place.read_bytes()))
    return Bundle({path.relative_to(place).as_posix(): path.read_bytes() for path in paths})


def compare(one: Bundle, two: Bundle) -> list[Finding]:
    """Return where two bundles of one case begin to tell different histories."""
    _need(one.case == two.case, "同じ取組の束を、2つ選んでください")
    return _apart(one, list(enumerate(two.digests, 1))[: len(one.digests)], two.note)


def _apart(bundle: Bundle, told: Sequence[tuple[int, str]], note: Note | None) -> list[Finding]:
    for n, digest in told:
        if bundle.digests[n - 1 : n] != [digest]:
            return [Finding(FORK, n, f"{n}番の記録が、2通りあります。")]
    apart = note and bundle.note and note.number == bundle.note.number and note.text != bundle.note.text
    return [Finding(FORK, None, "同じ番号のまとめ印が、2通りあります。")] if apart else []


def hold_against(bundle: Bundle, receipt: str) -> list[Finding]:
    """Return what a receipt tells otherwise than the bundle."""
    text = re.sub(r"[ \t\r]*\n", "\n", receipt.strip(" \t\r\n") + "\n")
    told = _need(RECEIPT.fullmatch(text), "控え")
    note, n, last = Note(told["note"].encode(), "控え"), int(told["number"]), int(told["leaf"])
    _need(told["case"] == bundle.case, "この取組の控えを選んでください")
    index, size, path = int(told["index"]), int(told["size"]), told["path"].split()
    _need(size == note.size and leads(note.root, bundle.case, last, told["head"], index, size, path), "控え")
    words = "　".join(UPPER[byte >> 4] + LOWER[byte & 15] for byte in bytes.fromhex(told["digest"])[:8])
    _need(words == told["short"] and (n < last or (n, told["digest"]) == (last, told["head"])), "控え")
    if bundle.note is None:
        return _apart(bundle, [(n, told["digest"])] * (n <= len(bundle.digests)), note)
    if not {name for name, _raw in note.signatures} & {key.id[0] for key in bundle.keys}:
        return [Finding(FORK, None, "控えに署名した鍵が、この束にありません。")]
    _need(note.signed(bundle.keys), "控えの署名")
    if last > len(bundle.digests) and note.number > bundle.note.number:
        return [Finding(INCOMPLETE, None, "控えより古い束です。新しいものを受け取ってください。")]
    return _apart(bundle, [(n, told["digest"]), (last, told["head"])], note)


def main(words: Sequence[str]) -> int:
    """Check what the words name, say what was found, and return the exit code."""
    way = words[0] if words and words[0].startswith("--") else ""
    places = [Path(word) for word in words[bool(way) :]] or [Path(__file__).parent]
    try:
        if len(places) != (2 if way else 1) or way not in {"", "--receipt", "--compare"}:
            raise Broken(__doc__ or "")
        bundles = [open_bundle(place) for place in (places if way == "--compare" else places[-1:])]
        findings = [finding for bundle in bundles for finding in bundle.findings]
        findings += compare(*bundles) if way == "--compare" else []
        findings += hold_against(bundles[0], places[0].read_text("utf-8")) if way == "--receipt" else []
    except (ValueError, RecursionError, OSError) as fault:
        sentence = str(fault) if isinstance(fault, Broken) else "開けません。場所と名前を確かめてください。"
        findings, bundles = [Finding(MALFORMED, None, sentence)], []
    code = min((finding.code for finding in findings), key=GRAVEST_FIRST.index, default=VERIFIED)
    told = [*(line for bundle in bundles for line in bundle._summary()), *(f"× {one.sentence}" for one in findings)]
    sys.stdout.write("".join(f"{line}\n" for line in [*told, ANSWERS[code]]))
    return code


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
