"""Opening what is sealed. Whoever opens shows by what right: `Opened` is made only by `reading` and `own`."""

from functools import cached_property

from django.db.models import Model
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from wanowa.consultations.models import Attachment, Case
from wanowa.consultations.rules import prints
from wanowa.kernel import keyrings
from wanowa.kernel.errors import Forbidden
from wanowa.kernel.keyrings import Key


def place(row: Model, column: str) -> str:
    """Return what a sealed value is bound to: table, column and row."""
    return keyrings.place_of(row._meta.db_table, column, row.pk)


class Opened:
    """A case with its key at hand: reads its cells and those of its rows. Costs one key file, no query.

    `only` names the columns it reads; None: all of them, and the files.
    """

    def __init__(self, case: Case, *, only: frozenset[str] | None = None) -> None:
        self.case = case
        self._only = only

    @cached_property
    def _key(self) -> Key:
        return keyrings.fetch(self.case.key)

    def read(self, row: Model, column: str) -> str:
        """Return what one cell says; nothing when it is empty. Forbidden, Unopened when the key is gone."""
        self._require(column)
        sealed = bytes(getattr(row, column))
        return self._key.unseal(sealed, place=place(row, column)) if sealed else ""

    def content(self, attachment: Attachment) -> bytes:
        """Return the bytes of a file as they were given. Forbidden for who reads only some columns."""
        self._require("file")
        with attachment.file.open("rb") as file:
            return self._key.unseal_bytes(file.read(), place=place(attachment, "file"))

    def _require(self, column: str) -> None:
        if self._only is not None and column not in self._only:
            raise Forbidden(_("引き受けると、読めます。いまは、相談の文だけを読めます。"))


def prints_of(text: str) -> list[int]:
    """Return the keyed prints of a text's words: without our secret nobody tells a word from them. No query."""
    return prints(text, _mark)


def _mark(pair: str) -> int:
    digest = salted_hmac("consultations.prints", pair, algorithm="sha256").digest()
    return int.from_bytes(digest[:8], signed=True)


def contact_print_of(contact: str) -> str:
    """Return the keyed print of an address or telephone number; nothing of nothing. No query."""
    plain = "".join(letter for letter in contact.lower() if letter.isalnum() or letter in "@.")
    return salted_hmac("consultations.contact", plain, algorithm="sha256").hexdigest() if plain else ""


def keys_in_use() -> list[str]:
    """Return the id of every key that a case needs. Costs one query."""
    return list(Case.objects.values_list("key", flat=True))
