"""What somebody tells the desk, and what is wrong with it."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from wanowa.consultations.rules.lifecycle import BY_HAND, Channel
from wanowa.kernel.errors import Invalid
from wanowa.people.rules import Language

LONGEST_TEXT = 2000
LONGEST_NAME = 60
LONGEST_CONTACT = 200
MOST_FILES = 3
MOST_FILES_IN_A_CASE = 12
"""Of both sides together: whoever has a number must not be able to fill the disk."""


@dataclass(frozen=True, slots=True)
class Told:
    """A worry in her own words; all but the words may stay empty."""

    text: str
    name: str = ""
    contact: str = ""
    """A telephone number or an address, of somebody without mail."""
    language: str = Language.JA
    category: str = ""

    def check(self, categories: frozenset[str], *, channel: Channel, consented: bool) -> None:
        """Raise Invalid with the first thing that is wrong."""
        if not self.text.strip():
            raise Invalid(_("困っていることか、聞きたいことを書いてください。ひとことで大丈夫です。"))
        for value, most in (
            (self.text, LONGEST_TEXT),
            (self.name, LONGEST_NAME),
            (self.contact, LONGEST_CONTACT),
        ):
            if len(value) > most:
                raise Invalid(_("長すぎます。%(most)s字までで書いてください。") % {"most": most})
        if self.language not in Language.values:
            raise Invalid(_("返事のことばを、えらびなおしてください。"))
        if self.category and self.category not in categories:
            raise Invalid(_("相談の種類を、えらびなおしてください。"))
        if channel in BY_HAND and not consented:
            raise Invalid(_("書きとめてよいか、本人に聞いてから、しるしをつけてください。"))


def checked_address(typed: str) -> str:
    """Return a mail address as it is kept; Invalid when it has not the shape of one."""
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Invalid(_("メールアドレスを正しく書いてください。例：name@example.jp")) from None
    return address


def checked_contact(typed: str) -> str:
    """Return a telephone number as it is kept; nothing takes it away. Invalid when nobody can call it."""
    number = typed.strip()
    if len(number) > LONGEST_CONTACT:
        raise Invalid(_("長すぎます。%(most)s字までで書いてください。") % {"most": LONGEST_CONTACT})
    if number and not any(one.isdigit() for one in number):
        raise Invalid(_("電話番号を、数字で書いてください。例：048-000-0000"))
    return number
