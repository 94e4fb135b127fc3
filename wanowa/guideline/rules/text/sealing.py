"""The fingerprint of an edition: one digest for what readers see, and for nothing else."""

import datetime as dt
from collections.abc import Iterable, Sequence
from hashlib import sha256

from wanowa.kernel.canonical import canonical


def fingerprint(
    *,
    number: int,
    label: str,
    adopted_on: dt.date | None,
    sections: Iterable[tuple[str, str, str, Sequence[Sequence[str]]]],
) -> str:
    """Return the SHA-256 of an edition; `sections` in order as (slug, heading, title, [[shape, text], …])."""
    content = {
        "number": number,
        "label": label,
        "adopted_on": adopted_on.isoformat() if adopted_on else "",
        "sections": [
            [slug, heading, title, [[str(shape), text] for shape, text in blocks]]
            for slug, heading, title, blocks in sections
        ],
    }
    return sha256(canonical(content)).hexdigest()


def source_digest(text: str) -> str:
    """Return the SHA-256 of the text of a file, whatever its encoding and line ends."""
    return sha256("\n".join(text.removeprefix("\ufeff").splitlines()).encode()).hexdigest()
