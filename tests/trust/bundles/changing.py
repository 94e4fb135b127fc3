"""Every way we know to change a bundle. Whoever changes one remakes its list of contents, as a forger would.

Not here, because no bundle alone can show it (docs/explanation/process-log.md says so): a value left out that
nobody promised, a step given as its hash, names and words for reading, newest entries after the checkpoint, and
everything made anew with a key of one's own. For the last two there are receipts and a second bundle.
"""

import io
import json
import random
import zipfile
from collections.abc import Callable

import rfc8785

from tests.trust.bundles.making import Files, Key, Story, b64, sha, with_contents

type Change = Callable[[Story, Files, random.Random], Files | None]


def flip(raw: bytes, chance: random.Random) -> bytes:
    """Change one bit."""
    changed = bytearray(raw)
    changed[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _lines(files: Files, name: str) -> list[bytes]:
    return files[name].split(b"\n")[:-1]


def _with_lines(files: Files, name: str, lines: list[bytes]) -> Files:
    return files | {name: b"".join(line + b"\n" for line in lines)}


def _with_a_line(files: Files, name: str, place: int, line: bytes) -> Files:
    lines = _lines(files, name)
    return _with_lines(files, name, [*lines[:place], line, *lines[place + 1 :]])


def flip_a_bit(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Flip one bit of anything that is sealed or signed."""
    sealed = ["events.jsonl", "digests.txt", "openings.jsonl", "heads.json", "checkpoint.txt", "keys.txt"]
    sealed += [name for name in files if name.startswith(("files/", "keys/"))]
    name = chance.choice(sealed)
    return files | {name: flip(files[name], chance)} if files.get(name) else None


def flip_a_bit_of_what_is_for_reading(story: Story, files: Files, chance: random.Random) -> Files:
    """Flip one bit of a file that only the list of contents covers, or of that list; nobody remakes it."""
    name = chance.choice([*story.reading, "contents.json"])
    return files | {name: flip(files[name], chance)}


def change_a_value(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Say something else in one entry, well written."""
    place = chance.randrange(len(story.entries))
    if place + 1 in story.kept_back:
        return None
    entry = {**story.entries[place]}
    name = chance.choice(["t", "type", "actor", "public", "commit", "log"])
    other = {
        "t": entry["t"].replace("2026", "2025"),
        "type": entry["type"] + ".again",
        "actor": {"party": chance.randrange(100, 999)},
        "public": entry["public"] | {"extra": chance.choice([True, 3, "x"])},
        "commit": entry["commit"] | {"note": sha(b"x").hex()},
        "log": "parties.party/1",
    }
    return _with_a_line(files, "events.jsonl", place, rfc8785.dumps(entry | {name: other[name]}))


def write_a_line_otherwise(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Say the same in other bytes: spaces, order, escapes, numbers, names twice, line ends, marks."""
    name = chance.choice(["events.jsonl", "openings.jsonl", "heads.json", "contents.json"])
    if not files.get(name):
        return None
    lines = files[name].removesuffix(b"\n").split(b"\n")
    place = chance.randrange(len(lines))
    text = lines[place].decode()
    value = json.loads(text)
    first = next(iter(value))
    ways = [
        json.dumps(value, ensure_ascii=False, sort_keys=True),
        json.dumps(dict(reversed(value.items())), ensure_ascii=False, separators=(",", ":")),
        text.replace(f'"{first}"', f'"\\u{ord(first[0]):04x}{first[1:]}"', 1),
        text.replace('"seq":', '"seq":0', 1),
        text.replace('"number":', '"number":+', 1),
        text.replace("{", f'{{"{first}":{json.dumps(value[first])},', 1),
        text + " ",
        text + "\r",
        "\ufeff" + text,
        text + ",",
        f"[{text}]",
        text.replace(":1", ":1.0"),
        text.replace(":1", ":1e0"),
        text.replace(":1", ":9007199254740993"),
        text.replace(":0", ":-0"),
        text.replace("true", "True"),
        text.replace('"', '"\\ud800', 1),
        text.replace("a", "\\u0061", 1),
        "null",
        "",
    ]
    other = chance.choice(ways)
    if other == text:
        return None
    ending = b"\n" if files[name].endswith(b"\n") else b""
    lines[place] = other.encode()
    return files | {name: b"\n".join(lines) + ending}


def delete(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Leave out an entry or a few, with their digests or without."""
    lines, digests = _lines(files, "events.jsonl"), _lines(files, "digests.txt")
    place, many = chance.randrange(len(lines)), chance.randrange(1, 3)
    if len(lines) <= many:
        return None
    changed = _with_lines(files, "events.jsonl", lines[:place] + lines[place + many :])
    if chance.random() < 0.5:
        changed = _with_lines(changed, "digests.txt", digests[:place] + digests[place + many :])
    return changed


def truncate(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Leave out the newest entries, with their digests, openings and files."""
    keep = chance.randrange(1, len(story.entries) + 1)
    if keep == len(story.entries):
        return _with_lines(files, "digests.txt", _lines(files, "digests.txt")[:-1])
    changed = _with_lines(files, "events.jsonl", _lines(files, "events.jsonl")[:keep])
    changed = _with_lines(changed, "digests.txt", _lines(files, "digests.txt")[:keep])
    openings = [line for line in _lines(files, "openings.jsonl") if json.loads(line)["seq"] <= keep]
    changed = _with_lines(changed, "openings.jsonl", openings)
    late = [name for name in changed if name.startswith("files/") and int(name[6:].partition("-")[0]) > keep]
    return {name: raw for name, raw in changed.items() if name not in late}


def duplicate(story: Story, files: Files, chance: random.Random) -> Files:
    """Tell an entry twice."""
    name = chance.choice(["events.jsonl", "digests.txt"])
    lines = _lines(files, name)
    line = chance.choice(lines)
    place = chance.randrange(len(lines) + 1)
    return _with_lines(files, name, [*lines[:place], line, *lines[place:]])


def reorder(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Exchange two entries, two digests or two openings."""
    name = chance.choice(["events.jsonl", "digests.txt", "openings.jsonl"])
    lines = _lines(files, name)
    if len(lines) < 2:
        return None
    one, two = chance.sample(range(len(lines)), 2)
    lines[one], lines[two] = lines[two], lines[one]
    return _with_lines(files, name, lines)


def insert(story: Story, files: Files, chance: random.Random) -> Files:
    """Put an entry in, move the others up, and seal everything behind it anew."""
    place = chance.randrange(len(story.entries) + 1)
    forged = {**story.entries[place - 1], "public": {}, "commit": {}, "type": "collaborations.talks.opened"}
    entries = [*story.entries[:place], forged, *story.entries[place:]]
    return _resealed(story, files, [{**entry, "seq": n} for n, entry in enumerate(entries, 1)])


def rewrite(story: Story, files: Files, chance: random.Random) -> Files:
    """Change an entry and seal it and everything behind it anew; only the signature is out of reach."""
    entries = [dict(entry) for entry in story.entries]
    chance.choice(entries)["actor"] = {"party": chance.randrange(100, 999)}
    return _resealed(story, files, entries)


def _resealed(story: Story, files: Files, entries: list[dict]) -> Files:
    forged = Story(case=story.case, entries=tuple(entries))
    return _with_lines(
        _with_lines(files, "events.jsonl", forged.lines),
        "digests.txt",
        [digest.encode() for digest in forged.digests],
    ) | ({"heads.json": _head(files, digest=forged.digests[-1], number=len(entries))})


def _head(files: Files, **changes: object) -> bytes:
    return rfc8785.dumps(json.loads(files["heads.json"]) | changes)


def change_an_opening(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Change salt, value, field or number of a value that is shown; show it twice; give it to another entry."""
    lines = _lines(files, "openings.jsonl")
    if not lines:
        return None
    place = chance.randrange(len(lines))
    one = json.loads(lines[place])
    way = chance.choice(["salt", "value", "field", "seq", "beyond", "twice", "correction"])
    if way == "correction":
        hidden = {
            one["public"].get("target") for one in story.entries if one["type"] == "record.entry.hidden"
        }
        told = [
            n
            for n, entry in enumerate(story.entries, 1)
            if entry["type"] == "record.entry.corrected" and n not in hidden
        ]
        left = [line for line in lines if not (json.loads(line)["seq"] in told and b'"note"' in line)]
        return _with_lines(files, "openings.jsonl", left) if left != lines else None
    if way == "twice":
        return _with_lines(files, "openings.jsonl", [*lines[: place + 1], *lines[place:]])
    one |= {
        "salt": {"salt": b64(chance.randbytes(16))},
        "value": {"value": rfc8785.dumps(f"別のことば{chance.random()}").decode()},
        "field": {"field": one["field"] + "x"},
        "seq": {"seq": one["seq"] % len(story.entries) + 1},
        "beyond": {"seq": len(story.entries) + 5},
    }[way]
    lines[place] = rfc8785.dumps(one)
    lines.sort(key=lambda line: (json.loads(line)["seq"], json.loads(line)["field"]))
    return _with_lines(files, "openings.jsonl", lines)


def change_the_head(story: Story, files: Files, chance: random.Random) -> Files:
    """Say something else of the head or of its way to the root."""
    head = json.loads(files["heads.json"])
    proof = head["proof"]
    size = len(story.entries)
    way = chance.choice(["digest", "number", "checkpoint", "case", "index", "size", "more", "less", "node"])
    if way == "digest":
        head["digest"] = chance.randbytes(32).hex()
    elif way == "number":
        head["number"] = head["number"] % size + 1 if size > 1 else size + 1
    elif way in {"checkpoint", "size", "index"}:
        (proof if way != "checkpoint" else head)[way] += chance.choice([1, 2, 5])
    elif way == "case":
        head["case"] = "parties.party/1"
    elif way == "less" and proof["path"]:
        proof["path"].pop(chance.randrange(len(proof["path"])))
    elif way == "node" and proof["path"]:
        place = chance.randrange(len(proof["path"]))
        proof["path"][place] = flip(bytes.fromhex(proof["path"][place]), chance).hex()
    else:
        proof["path"].insert(chance.randrange(len(proof["path"]) + 1), chance.randbytes(32).hex())
    return files | {"heads.json": rfc8785.dumps(head)}


def change_a_note(story: Story, files: Files, chance: random.Random) -> Files:
    """Say something else in a checkpoint, take a signature away, sign it with a stranger's key."""
    names = ["checkpoint.txt", *(name for name in files if name.startswith("keys/"))]
    name = chance.choice(names)
    note = files[name].decode()
    text, _empty, below = note.partition("\n\n")
    lines = text.split("\n")
    stranger = Key(99, 1)
    place = chance.randrange(len(lines))
    ways = [
        "\n".join([*lines[:place], lines[place] + "0", *lines[place + 1 :]]) + f"\n\n{below}",
        "\n".join([*lines[:place], *lines[place + 1 :]]) + f"\n\n{below}",
        f"{text}\n\n{stranger.line(text + chr(10))}",
        f"{text}\n\n{below}{stranger.line(text + chr(10))}",
        f"{text}\n\n" + "".join(reversed(below.splitlines(keepends=True))) + below,
        f"{text}\n\n",
        f"{text}\n\n{below}\n",
        f"{text}\nmore\n\n{below}",
        note.replace("wanowa/112291\n", "wanowa/999999\n", 1),
        f"{text}\n\n" + below.replace(below.split(" ")[2][:8], "AAAAAAAA", 1),
    ]
    return files | {name: chance.choice(ways).encode()}


def change_the_keys(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Put in a stranger's key, move where keys change, leave one out or put it in twice."""
    lines = _lines(files, "keys.txt")
    place = chance.randrange(len(lines))
    first, last, _text = lines[place].decode().split(" ")
    ways = [
        [*lines[:place], f"{first} {last} {Key(99, 1).text}".encode(), *lines[place + 1 :]],
        [*lines[:place], f"{int(first) + 1} {last} {story.keys[place].text}".encode(), *lines[place + 1 :]],
        [*lines[:place], f"{first} 999 {story.keys[place].text}".encode(), *lines[place + 1 :]],
        [*lines, f"{story.checkpoint + 1} - {Key(99, 1).text}".encode()],
        lines[:place] + lines[place + 1 :],
        [*lines[: place + 1], *lines[place:]],
    ]
    return _with_lines(files, "keys.txt", chance.choice(ways))


def change_the_files(story: Story, files: Files, chance: random.Random) -> Files | None:
    """Change, exchange, rename, leave out or add files."""
    exhibits = sorted(name for name in files if name.startswith("files/"))
    way = chance.choice(["add", "strange", "signed", "must", "rename", "swap", "drop", "rotation"])
    if way == "add":
        n = chance.randrange(1, len(story.entries) + 3)
        return files | {f"files/{n}-more-{n}.pdf": b"%PDF more"}
    if way == "strange":
        strange = [
            "../../evil.txt",
            "/etc/passwd",
            "files/../x.pdf",
            "a.txt",
            "files/1-x.exe",
            "C:\\x",
            "verify.PY",
        ]
        return files | {
            chance.choice([*strange, "keys/checkpoint-01.txt", "files/１-x.pdf", "contents.json "]): b"x"
        }
    if way == "rotation":
        return files | {f"keys/checkpoint-{chance.randrange(2, 9) + 20}.txt": files["checkpoint.txt"]}
    if way in {"signed", "must"}:
        left_out = ["checkpoint.txt", "keys.txt", "heads.json"]
        if way == "must":
            left_out = [chance.choice(sorted(files.keys() - set(exhibits) - {"contents.json"}))]
        return {name: raw for name, raw in files.items() if name not in left_out and name[:5] != "keys/"}
    if not exhibits:
        return None
    name = chance.choice(exhibits)
    rest = {other: raw for other, raw in files.items() if other != name}
    if way == "drop":
        return rest if "-version-" in name else None
    if way == "rename":
        n = int(name[6:].partition("-")[0])
        return rest | {f"files/{n + 1}-{name.partition('-')[2]}": files[name]}
    other = chance.choice(exhibits)
    return files | {name: files[other], other: files[name]} if files[other] != files[name] else None


def change_the_list(story: Story, files: Files, chance: random.Random) -> Files:
    """Say something else in the list of contents."""
    contents = json.loads(files["contents.json"])
    name = chance.choice(sorted(contents["files"]))
    way = chance.choice(["drop", "other", "more", "format"])
    if way == "drop":
        del contents["files"][name]
    elif way == "other":
        contents["files"][name] = chance.randbytes(32).hex()
    elif way == "more":
        contents["files"]["files/1-more.pdf"] = chance.randbytes(32).hex()
    else:
        contents["format"] = "wanowa bundle v2"
    return files | {"contents.json": rfc8785.dumps(contents)}


LEAVE_THE_LIST = {flip_a_bit_of_what_is_for_reading, change_the_list}
OF_SIGNED_ONES = {insert, rewrite, change_the_head, change_a_note, change_the_keys}
WAYS: list[Change] = [
    flip_a_bit,
    flip_a_bit,
    flip_a_bit_of_what_is_for_reading,
    change_a_value,
    write_a_line_otherwise,
    delete,
    truncate,
    duplicate,
    reorder,
    insert,
    rewrite,
    change_an_opening,
    change_the_head,
    change_a_note,
    change_the_keys,
    change_the_files,
    change_the_list,
]


def changed(way: Change, story: Story, files: Files, chance: random.Random) -> Files | None:
    """Return the files after one change, or None when it changes nothing here."""
    found = None if story.head is None and way in OF_SIGNED_ONES else way(story, dict(files), chance)
    if found is None:
        return None
    if way not in LEAVE_THE_LIST and not (
        way is write_a_line_otherwise and found["contents.json"] != files["contents.json"]
    ):
        found = with_contents(found)
    return None if found == files else found


def broken_zip(raw: bytes, chance: random.Random) -> bytes:
    """Return the bundle's ZIP after a change that leaves its files as they were, or ruins it."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    way = chance.randrange(9)
    place = chance.randrange(len(raw))
    if way == 0:
        return flip(raw, chance)
    if way == 1:
        return raw[:place]
    if way == 2:
        return raw + b"\0"
    if way == 3:
        return b"PK" + raw
    if way == 4:
        return raw[:place] + raw[place + 1 :]
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED if way == 5 else zipfile.ZIP_STORED) as archive:
        names = sorted(files, reverse=way == 6)
        for name in names:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 2 * (way == 7)))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED if way == 5 else zipfile.ZIP_STORED)
        if way == 8:
            archive.comment = b"hello"
    return whole.getvalue()
