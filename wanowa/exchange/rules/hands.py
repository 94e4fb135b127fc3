"""Who gets a place, who waits, and what may be told about the ages of those who came."""

from collections.abc import Collection, Mapping

K = 5
"""Persons at least in a band of ages before it is shown (G-33b)."""


def free_seat(taken: Collection[int], capacity: int) -> int | None:
    """Return the lowest free seat from 1 to `capacity`, or None when all are taken.

    >>> free_seat({1, 3}, 3)
    2
    """
    return next((seat for seat in range(1, capacity + 1) if seat not in taken), None)


def spread(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the bands of ages that may be shown: each of K persons or more.

    Nothing at all when what is left out would be a small group that somebody could count back from the whole.

    >>> spread({"to_39": 7, "over_64": 6})
    {'to_39': 7, 'over_64': 6}
    >>> spread({"to_39": 7, "over_64": 2})
    {}
    """
    shown = {band: count for band, count in counts.items() if count >= K}
    rest = sum(counts.values()) - sum(shown.values())
    return shown if rest == 0 or rest >= K else {}
