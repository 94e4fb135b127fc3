"""What does not belong into a text others will read: ways to reach somebody, numbers of the State, illness."""

import re
from unicodedata import normalize

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Warned(TextChoices):
    """What a text seems to hold; the label says what to do."""

    PHONE = "phone", _("電話番号のようです。連絡先は「連絡先」の欄に書いてください。")
    MAIL = "mail", _("メールアドレスのようです。連絡先は「連絡先」の欄に書いてください。")
    NUMBER = "number", _("12けたの番号のようです。マイナンバーは書かないでください。")
    HEALTH = "health", _("病気や障がいのことのようです。書かなくてだいじょうぶです。")


_MAIL = re.compile(
    r"[a-z0-9._%+-]+\s*(?:@|\(at\)|\[at\]|あっと|アット)\s*[a-z0-9-]+\s*(?:\.|ドット)\s*[a-z]{2,}"
)
_NUMBER = re.compile(r"(?<!\d)\d{4}[- ]?\d{4}[- ]?\d{4}(?!\d)")
_PHONE = re.compile(r"(?<!\d)(?:\+?81[- ]?|0)\(?\d{1,4}\)?[-() ]{0,2}\d{1,4}[-() ]{0,2}\d{3,4}(?!\d)")
_HEALTH = re.compile(
    r"障害者手帳|療育手帳|身体障がい|精神障がい|愛の手帳|手帳(?:[1-6一二三四五六]級|を持|をもっ|保持)"
    r"|うつ病|鬱病|統合失調|双極|てんかん|がんを?(?:患|治療|手術)|癌|糖尿病|心臓病|発達障|自閉症|認知症(?:です|と診断|の(?:治療|薬))"
    r"|HIV|肝炎|透析|持病|通院中|病歴|服薬|パニック障|適応障",
    re.IGNORECASE,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ーｰ－﹣", "-"))
_KANJI = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FEWEST, _MOST = 10, 12
"""Digits of a telephone number, with the code of the country."""


def warnings(text: str) -> tuple[Warned, ...]:
    """Return what a text seems to hold. Full width, other hyphens and digits in kanji are seen too."""
    plain = normalize("NFKC", text).casefold()
    digits = plain.translate(_DASHES).translate(_KANJI)
    found = []
    numbers = [match.group() for match in _NUMBER.finditer(digits)]
    if any(_is_phone(match.group()) for match in _PHONE.finditer(digits)):
        found.append(Warned.PHONE)
    if _MAIL.search(plain):
        found.append(Warned.MAIL)
    if numbers:
        found.append(Warned.NUMBER)
    if _HEALTH.search(plain):
        found.append(Warned.HEALTH)
    return tuple(found)


def _is_phone(text: str) -> bool:
    return _FEWEST <= sum(letter.isdigit() for letter in text) <= _MOST
