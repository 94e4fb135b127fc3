"""The tree over the heads is the one RFC 9162 describes, however it grew, and its paths prove what they say."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanowa.record.rules.tree import EMPTY, Leaf, Tree, in_order, leads_to, node, root_of

hashes = st.binary(min_size=32, max_size=32)


def by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word: split at the largest power of two smaller than n."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\x01" + by_the_book(leaves[:half]) + by_the_book(leaves[half:])).digest()


def path_by_the_book(place: int, leaves: list[bytes]) -> list[bytes]:
    """RFC 9162 §2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    if place < half:
        return [*path_by_the_book(place, leaves[:half]), by_the_book(leaves[half:])]
    return [*path_by_the_book(place - half, leaves[half:]), by_the_book(leaves[:half])]


def numbered(size: int) -> list[bytes]:
    return [sha256(str(number).encode()).digest() for number in range(size)]


def test_a_leaf_is_the_specified_hash():
    digest = "0123456789abcdef" * 4
    text = b"\x00collaborations.collaboration/7\x0012\x00" + bytes.fromhex(digest)
    assert Leaf("collaborations.collaboration/7", 12, digest).hash() == sha256(text).digest()


@pytest.mark.parametrize("digest", ["", "ab", "AB" * 32, "ab " * 32, "zz" * 32])
def test_a_leaf_has_a_digest_written_the_one_way(digest):
    with pytest.raises(ValueError, match="hex"):
        Leaf("a.b/1", 1, digest).hash()


def test_a_tree_of_nothing_has_the_hash_of_nothing():
    assert Tree().root == EMPTY == sha256(b"").digest()


@pytest.mark.parametrize("size", range(1, 34))
def test_roots_and_paths_are_those_of_the_rfc(size):
    leaves = numbered(size)
    tree = Tree(leaves)
    assert tree.root == by_the_book(leaves)
    for place in range(size):
        assert tree.path(place) == path_by_the_book(place, leaves)


@pytest.mark.parametrize("size", range(1, 34))
def test_a_path_leads_from_its_leaf_and_from_no_other(size):
    leaves = numbered(size)
    tree = Tree(leaves)
    for place, leaf in enumerate(leaves):
        path = [one.hex() for one in tree.path(place)]
        assert leads_to(tree.root.hex(), leaf, place, size, path)
        assert not leads_to(tree.root.hex(), sha256(leaf).digest(), place, size, path)
        assert not leads_to(tree.root.hex(), leaf, place, size, [*path, "00" * 32])
        for other in range(size):
            assert other == place or not leads_to(tree.root.hex(), leaf, other, size, path)
        for cut in range(len(path)):
            assert not leads_to(tree.root.hex(), leaf, place, size, path[:cut] + path[cut + 1 :])


@pytest.mark.parametrize("path", [["zz"], [""], ["00"], ["00" * 33], [" " + "00" * 32], ["0A" * 32]])
def test_what_is_no_hash_leads_nowhere(path):
    assert not leads_to(node(bytes(32), bytes(32)).hex(), bytes(32), 0, 2, path)


@given(st.lists(hashes, max_size=40), st.data())
def test_a_tree_that_grew_is_the_tree_made_at_once(leaves, data):
    tree, mirror = Tree(leaves), list(leaves)
    for _ in range(3):
        if mirror:
            places = data.draw(st.sets(st.integers(0, len(mirror) - 1), max_size=4))
            changed = [(place, data.draw(hashes)) for place in sorted(places)]
            tree.change(changed)
            for place, value in changed:
                mirror[place] = value
        added = [(data.draw(st.integers(0, len(mirror))), data.draw(hashes))]
        tree.put_in(added)
        mirror.insert(*added[0])
        assert tree.root == by_the_book(mirror)
        assert tree.path(len(mirror) - 1) == path_by_the_book(len(mirror) - 1, mirror)


def test_cases_stand_in_the_order_of_their_bytes():
    leaves = [Leaf(case, 1, "00" * 32) for case in ("b.b/1", "a.b/9", "a.b/10", "a.b/1")]
    assert [leaf.case for leaf in in_order(leaves)] == ["a.b/1", "a.b/10", "a.b/9", "b.b/1"]
    assert root_of(leaves) == root_of(reversed(leaves)) == Tree.over(in_order(leaves)).root.hex()


def test_asking_for_a_leaf_that_is_not_there_is_an_error():
    with pytest.raises(IndexError):
        Tree(numbered(3)).path(3)
