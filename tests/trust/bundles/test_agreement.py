"""Three verifiers, written apart from each other, say the same of every bundle: Python, JavaScript, the tests."""

import random

import pytest

from tests.trust.bundles.changing import WAYS, broken_zip, changed
from tests.trust.bundles.making import Story, files_of, redacted, story, zipped
from tests.trust.bundles.reading import Judgement
from tests.trust.bundles.reading import judge as by_the_tests
from wanowa.record.rules.bundles import verify

pytestmark = pytest.mark.browser

BUNDLES = 260
"""How many bundles are judged three times; a third of them is whole."""


def by_python(raw: bytes) -> Judgement:
    try:
        findings = verify.Bundle(verify.unpack(raw)).findings
    except ValueError:
        return 3, ()
    codes = [finding.code for finding in findings]
    code = min(codes, key=verify.GRAVEST_FIRST.index, default=0)
    return code, tuple(sorted({finding.number for finding in findings if finding.number}))


def bundles() -> list[tuple[str, bytes]]:
    """Return whole bundles of every kind, changed ones, and ruined archives."""
    chance = random.Random(20261125)
    found: list[tuple[str, bytes]] = []
    while len(found) < BUNDLES:
        made = _some_story(chance)
        files = files_of(made)
        way = chance.choice(WAYS)
        other = changed(way, made, files, chance)
        found.append(("whole", zipped(files)))
        if other is not None:
            found.append((way.__name__, zipped(other)))
        found.append(("zip", broken_zip(zipped(files), chance)))
    return found


def _some_story(chance: random.Random) -> Story:
    made = story(chance, chance.randrange(1, 12))
    way = chance.randrange(6)
    if way == 0:
        return story(chance, 4, head=None)
    if way == 1:
        return story(chance, 7, head=4)
    if way == 2 and made.openings:
        return redacted(made, made.openings[0]["seq"], made.openings[0]["field"])
    if way == 3 and len(made.keys) > 1:
        return story(chance, 3, keys=made.keys, checkpoint=made.checkpoint, lost=True)
    return made


def test_three_verifiers_agree_on_whole_and_broken_bundles(by_browser):
    made = bundles()
    theirs = by_browser([raw for _name, raw in made])
    apart = [
        (name, by_python(raw), by_the_tests(raw), other)
        for (name, raw), other in zip(made, theirs, strict=True)
        if not by_python(raw) == by_the_tests(raw) == other
    ]
    assert apart == []
    codes = {by_python(raw)[0] for _name, raw in made}
    assert codes == {0, 1, 2, 3}
    assert len(made) >= BUNDLES


def test_without_the_browsers_own_hashes_the_answer_is_the_same(window, by_browser):
    """The fallback: some browsers know no Ed25519, and give no hashes to a page opened from a file."""
    made = [raw for _name, raw in bundles()[:24]]
    window.evaluate("Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true })")
    assert window.evaluate("globalThis.crypto === undefined")
    assert by_browser(made) == [by_python(raw) for raw in made]
    window.reload()
    assert window.evaluate("typeof crypto.subtle.digest") == "function"
