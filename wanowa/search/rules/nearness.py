"""How near two words are to each other: for asking whether another one was meant."""

from collections.abc import Iterable


def padded(folded: str) -> list[str]:
    """Return the pairs of characters of a word with its beginning and its end: what a near word shares some of.

    >>> padded("防災")
    ['^防', '防災', '災$']
    """
    whole = f"^{folded}$"
    return [whole[place : place + 2] for place in range(len(whole) - 1)]


def distance(one: str, other: str) -> int:
    """Return how many characters must be typed otherwise, left out, added, or exchanged with their neighbour.

    >>> distance("ボランテイア", "ボランティア"), distance("防災", "妨災"), distance("こうえん", "こえうん")
    (1, 1, 1)
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, mine in enumerate(one, 1):
        now = [row]
        for column, theirs in enumerate(other, 1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (mine != theirs))
            exchanged = row > 1 and column > 1 and mine == other[column - 2] and one[row - 2] == theirs
            now.append(min(cost, before[column - 2] + 1) if exchanged else cost)
        before, last = last, now
    return last[-1]


def nearest(typed: str, words: Iterable[tuple[str, str, int]], limit: int = 3) -> list[str]:
    """Return the words that may have been meant, the nearest first, the more frequent first among equals.

    `words`: (surface, reading, documents). One character in two to four may differ, two in five and more.
    """
    allowed = 1 if len(typed) < 5 else 2
    found: dict[str, tuple[int, int, str]] = {}
    for surface, reading, documents in words:
        far = min(distance(typed, surface), distance(typed, reading) if reading else allowed + 1)
        if surface != typed and far <= allowed and far < len(typed):
            found[surface] = (far, -documents, surface)
    return sorted(found, key=found.__getitem__)[:limit]
