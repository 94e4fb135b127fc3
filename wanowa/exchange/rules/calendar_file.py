"""One event as a calendar file (RFC 5545): text in, text out."""

from dataclasses import dataclass
from datetime import UTC, datetime

OCTETS = 75
"""The longest line, in bytes, before it is folded."""


@dataclass(frozen=True, slots=True)
class Event:
    """What stands in the calendar."""

    uid: str
    title: str
    begins: datetime
    ends: datetime
    place: str
    text: str
    address: str
    stamp: datetime


def calendar_file(event: Event) -> str:
    """Return the file: lines end in CRLF, moments are in UTC, no line is longer than 75 bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Wanowa//exchange//JA",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{event.uid}",
        f"DTSTAMP:{_moment(event.stamp)}",
        f"DTSTART:{_moment(event.begins)}",
        f"DTEND:{_moment(event.ends)}",
        f"SUMMARY:{_escaped(event.title)}",
        f"LOCATION:{_escaped(event.place)}",
        f"DESCRIPTION:{_escaped(event.text)}",
        f"URL:{event.address}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "TRIGGER:-P1D",
        f"DESCRIPTION:{_escaped(event.title)}",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    """Return text as a value: backslash, semicolon and comma are escaped, a line break is written out."""
    for letter in ("\\", ";", ","):
        text = text.replace(letter, f"\\{letter}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 bytes, each after the first begun by a space; no letter is cut."""
    pieces, piece = list[str](), ""
    for letter in line:
        room = OCTETS if not pieces else OCTETS - 1
        if len((piece + letter).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += letter
    return "\r\n ".join([*pieces, piece])
