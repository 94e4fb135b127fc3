"""Two histories: a receipt finds a rewriting with the platform's own key, and two bundles part somewhere."""

import random
from base64 import b64encode
from dataclasses import replace
from pathlib import Path

import pytest

from tests.trust.bundles.making import Key, Story, files_of, receipt_of, story, zipped
from wanowa.record.rules.bundles import verify

pytestmark = pytest.mark.usefixtures("quick_signatures")

REWRITES = 200
FORKS = 500

BY_BROWSER = """async ([zips, receipt]) => {
  const bytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
  const { code, findings } = await verifier.judge(async () => {
    const bundles = [];
    for (const text of zips) bundles.push(await verifier.read(verifier.unpack(bytes(text))));
    const more = receipt === null
      ? verifier.compare(...bundles)
      : await verifier.holdAgainst(bundles[0], receipt);
    return { bundle: bundles[0], findings: [...bundles.flatMap(one => one.findings), ...more] };
  });
  return [code, findings.map(one => one.number)];
}"""


def rewritten(told: Story, chance: random.Random, number: int) -> Story:
    """Return the story with entry `number` changed, and everything sealed and signed anew by the owner of the key."""
    entries = [dict(entry) for entry in told.entries]
    entries[number - 1]["actor"] = {"party": chance.randrange(1000, 9999)}
    return replace(
        told, entries=tuple(entries), openings=(), checkpoint=told.checkpoint + chance.randrange(3)
    )


def without_corrections(chance: random.Random, length: int) -> Story:
    """Return a story whose values are nobody's promise, so that a rewriter may leave them all out."""
    while True:
        told = story(chance, length)
        if "record.entry.corrected" not in {entry["type"] for entry in told.entries}:
            return told


def held(bundle: Story, receipt: str) -> list[verify.Finding]:
    return verify.hold_against(verify.Bundle(files_of(bundle)), receipt)


def test_a_rewritten_history_is_found_by_whoever_holds_a_receipt():
    chance = random.Random(11)
    found = 0
    for _ in range(REWRITES):
        told = without_corrections(chance, chance.randrange(2, 8))
        number = chance.randrange(1, len(told.entries) + 1)
        receipt = receipt_of(told, chance.randrange(number, len(told.entries) + 1))
        forged = rewritten(told, chance, number)
        assert verify.Bundle(files_of(forged)).findings == [], "alone, the forged bundle is whole"
        assert held(told, receipt) == []
        found += [one.code for one in held(forged, receipt)] == [verify.FORK]
    assert found == REWRITES


def test_newest_entries_that_disappeared_are_found_by_a_receipt():
    chance = random.Random(12)
    told = without_corrections(chance, 6)
    shorter = replace(
        told,
        entries=told.entries[:4],
        openings=(),
        head=4,
        kept_back=frozenset(n for n in told.kept_back if n <= 4),
        exhibits=tuple(one for one in told.exhibits if int(one[0].partition("-")[0]) <= 4),
        checkpoint=told.checkpoint + 1,
    )
    assert [one.code for one in held(shorter, receipt_of(told, 6))] == [verify.FORK]
    older = replace(shorter, checkpoint=told.checkpoint - 1, keys=(Key(1, 1),))
    newer = replace(told, keys=(Key(1, 1),))
    assert [one.code for one in held(older, receipt_of(newer, 6))] == [verify.INCOMPLETE]


def test_a_receipt_signed_by_a_key_that_the_bundle_does_not_know_is_another_history():
    chance = random.Random(13)
    told = story(chance, 4, keys=(Key(1, 1),))
    assert [one.code for one in held(told, receipt_of(replace(told, keys=(Key(2, 1),)), 2))] == [verify.FORK]


def test_a_changed_receipt_is_no_receipt():
    chance = random.Random(14)
    told = story(chance, 5, keys=(Key(1, 1),))
    bundle, receipt = verify.Bundle(files_of(told)), receipt_of(told, 3)
    accepted = []
    for place, letter in enumerate(receipt):
        other = receipt[:place] + ("1" if letter != "1" else "2") + receipt[place + 1 :]
        try:
            if verify.hold_against(bundle, other) == []:
                accepted.append(other)
        except verify.Broken:
            continue
    assert accepted == []


@pytest.mark.parametrize(
    "way", [str.strip, lambda text: text.replace("\n", "\r\n"), lambda text: f"\n\n{text}  \n"]
)
def test_a_receipt_survives_the_mail(way):
    told = story(random.Random(15), 5)
    assert held(told, way(receipt_of(told, 2))) == []


def test_where_two_bundles_part_is_named():
    chance = random.Random(16)
    for _ in range(FORKS):
        told = without_corrections(chance, chance.randrange(2, 9))
        number = chance.randrange(1, len(told.entries) + 1)
        one, two = (verify.Bundle(files_of(each)) for each in (told, rewritten(told, chance, number)))
        (finding,) = verify.compare(one, two)
        assert (finding.code, finding.number) == (verify.FORK, number)


def test_an_older_bundle_of_the_same_history_is_no_fork():
    told = story(random.Random(17), 6, keys=(Key(1, 1),))
    older = replace(
        told,
        head=3,
        entries=told.entries[:3],
        openings=tuple(one for one in told.openings if one["seq"] <= 3),
        exhibits=tuple(one for one in told.exhibits if int(one[0].partition("-")[0]) <= 3),
        checkpoint=told.checkpoint - 1,
    )
    one, two = verify.Bundle(files_of(told)), verify.Bundle(files_of(older))
    assert verify.compare(one, two) == verify.compare(two, one) == []


def test_one_checkpoint_that_says_two_things_is_a_fork():
    told = story(random.Random(18), 4)
    other = replace(told, others=(*told.others, ("zz.zz/1", 1, "ab" * 32)))
    (finding,) = verify.compare(verify.Bundle(files_of(told)), verify.Bundle(files_of(other)))
    assert (finding.code, finding.number) == (verify.FORK, None)


def test_bundles_of_two_collaborations_are_not_compared():
    chance = random.Random(19)
    one, two = story(chance, 2), story(chance, 2)
    with pytest.raises(verify.Broken):
        verify.compare(verify.Bundle(files_of(one)), verify.Bundle(files_of(two)))


@pytest.mark.browser
def test_the_browser_sees_the_same_forks(window):
    chance = random.Random(20)
    for _ in range(30):
        told = without_corrections(chance, chance.randrange(2, 7))
        number = chance.randrange(1, len(told.entries) + 1)
        forged = rewritten(told, chance, number)
        zips = [b64encode(zipped(files_of(each))).decode() for each in (told, forged)]
        assert window.evaluate(BY_BROWSER, [zips, None]) == [verify.FORK, [number]]
        receipt = receipt_of(told, number)
        assert window.evaluate(BY_BROWSER, [zips[1:], receipt])[0] == verify.FORK
        assert window.evaluate(BY_BROWSER, [zips[:1], receipt]) == [verify.VERIFIED, []]
        assert window.evaluate(BY_BROWSER, [zips[:1], receipt.replace("path", "pfad")])[0] == verify.MALFORMED


# As a command


def said(capsys, *words: object) -> tuple[int, str]:
    code = verify.main([str(word) for word in words])
    return code, capsys.readouterr().out


def test_the_command_says_it_in_plain_japanese(tmp_path: Path, capsys):
    told = without_corrections(random.Random(21), 5)
    whole, other, receipt = tmp_path / "a.zip", tmp_path / "b.zip", tmp_path / "receipt.txt"
    whole.write_bytes(zipped(files_of(told)))
    other.write_bytes(zipped(files_of(rewritten(told, random.Random(1), 3))))
    receipt.write_text(receipt_of(told, 4), encoding="utf-8")
    assert said(capsys, whole)[0] == 0
    assert "すべて元のままです。" in said(capsys, whole)[1]
    assert said(capsys, "--receipt", receipt, whole)[0] == 0
    assert said(capsys, "--receipt", receipt, other)[0] == 4
    code, text = said(capsys, "--compare", whole, other)
    assert (code, "3番の記録が、2通りあります。" in text) == (4, True)
    assert said(capsys, tmp_path / "nothing.zip")[0] == 3
    assert said(capsys, receipt)[0] == 3
    assert said(capsys, "--receipt", whole, whole)[0] == 3
    assert said(capsys, "--else", whole)[0] == 3


def test_an_unpacked_bundle_is_checked_where_it_lies(tmp_path: Path, capsys):
    files = files_of(story(random.Random(22), 5))
    for name, raw in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    (tmp_path / ".DS_Store").write_bytes(b"a computer leaves such things")
    assert said(capsys, tmp_path)[0] == 0
    lines = files["events.jsonl"].replace(b'"seq":2', b'"seq":3', 1)
    (tmp_path / "events.jsonl").write_bytes(lines)
    assert said(capsys, tmp_path)[0] == 1
