"""Verifying thousands of times: only the evidence of the apps whose tables a proof touches."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from wanowa.record.services import verifying


@contextmanager
def asked(*apps: str) -> Iterator[None]:
    """Let `verify` ask these apps alone; the chains are recomputed whole in any case.

    Every app of the house adds evidence. Where the tables of the others stay empty or unchanged, asking them after
    each of thousands of steps only takes time; a proof asks all of them at its turning points and at its end.
    """
    kept = {name: ask for name, ask in verifying._evidence.items() if name.partition(".")[0] in apps}
    assert {name.partition(".")[0] for name in kept} == set(apps), "an app without evidence"
    with patch.object(verifying, "_evidence", kept):
        yield
