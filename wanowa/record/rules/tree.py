"""The tree over the heads of all cases: one root for the whole record, and the short way from one case to it.

    leaf = SHA256(0x00 ‖ case ‖ 0x00 ‖ number ‖ 0x00 ‖ digest)      node = SHA256(0x01 ‖ left ‖ right)

Cases stand in the order of their UTF-8 bytes, `number` in decimal digits, `digest` as 32 bytes. The shape is
that of RFC 9162 §2.1: pairs from the left, level by level; one without a neighbour goes up as it is. A tree of
nothing has the root SHA256(""). Like the seal of an entry this never changes.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Final, NamedTuple, Self

EMPTY: Final = sha256(b"").digest()
"""The root over nothing."""
HASH_BYTES: Final = 32


class Leaf(NamedTuple):
    """The end of one case's chain: how many entries it has, and the digest (hex) of the last."""

    case: str
    number: int
    digest: str

    def hash(self) -> bytes:
        """Return the leaf's hash. ValueError when the digest is not written the one way."""
        place = f"\x00{self.case}\x00{self.number}\x00".encode()
        return sha256(place + _raw(self.digest)).digest()


def in_order(leaves: Iterable[Leaf]) -> list[Leaf]:
    """Return the leaves as they stand in the tree."""
    return sorted(leaves, key=lambda leaf: leaf.case.encode())


def root_of(leaves: Iterable[Leaf]) -> str:
    """Return the root (hex) over leaves in whatever order."""
    return Tree(leaf.hash() for leaf in in_order(leaves)).root.hex()


def node(left: bytes, right: bytes) -> bytes:
    """Return the hash above two hashes."""
    return sha256(b"\x01" + left + right).digest()


class Tree:
    """All levels of a tree, the leaves' hashes below, the root above; leaves may change and come in between.

    Changing one of n leaves costs log n hashes, putting one in costs those to the right of it.
    """

    def __init__(self, hashes: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [list(hashes)]
        self._grow(set(range(len(self._levels[0]))))

    @classmethod
    def over(cls, leaves: Sequence[Leaf]) -> Self:
        """Return the tree over leaves that are in order."""
        return cls(leaf.hash() for leaf in leaves)

    @property
    def root(self) -> bytes:
        """The root."""
        return self._levels[-1][0] if self._levels[0] else EMPTY

    def change(self, changed: Iterable[tuple[int, bytes]]) -> None:
        """Give leaves (by place, from 0) another hash."""
        places = set()
        for place, value in changed:
            self._levels[0][place] = value
            places.add(place)
        self._grow(places)

    def put_in(self, added: Iterable[tuple[int, bytes]]) -> None:
        """Put leaves in, each before the one that stands at its place by then."""
        leaves, first = self._levels[0], len(self._levels[0])
        for place, value in added:
            leaves.insert(place, value)
            first = min(first, place)
        self._grow(set(range(first, len(leaves))))

    def path(self, place: int) -> list[bytes]:
        """Return the neighbours that lead from a leaf to the root, from below (RFC 9162 §2.1.3.1)."""
        if not 0 <= place < len(self._levels[0]):
            raise IndexError(f"no leaf {place}")
        found = []
        for level in self._levels[:-1]:
            beside = place ^ 1
            if beside < len(level):
                found.append(level[beside])
            place >>= 1
        return found

    def _grow(self, changed: set[int]) -> None:
        """Compute anew what stands above the changed places."""
        height = 0
        while len(below := self._levels[height]) > 1:
            if height + 1 == len(self._levels):
                self._levels.append([])
            above, length = self._levels[height + 1], (len(below) + 1) // 2
            changed = {place >> 1 for place in changed} | set(range(len(above), length))
            above.extend([b""] * (length - len(above)))
            for place in changed:
                right = 2 * place + 1
                above[place] = node(below[right - 1], below[right]) if right < len(below) else below[-1]
            height += 1


def leads_to(root: str, leaf: bytes, index: int, size: int, path: Sequence[str]) -> bool:
    """Tell whether `path` (hex, from below) leads from `leaf`, number `index` of `size`, to `root` (hex).

    The algorithm of RFC 9162 §2.1.3.2. What is no hash at all leads nowhere.
    """
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for text in path:
        try:
            beside = _raw(text)
        except ValueError:
            return False
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node(beside, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node(found, beside)
        place, last = place >> 1, last >> 1
    return last == 0 and found.hex() == root


def _raw(text: str) -> bytes:
    """Return the hash that `text` is the hex of; ValueError unless it is written the one way."""
    raw = bytes.fromhex(text)
    if len(raw) != HASH_BYTES or raw.hex() != text:
        raise ValueError("a hash is written as 64 small hex digits")
    return raw
