"""What a person may choose, how much mail we send, how long a sign-in lasts. Pure: no database, no clock."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from urllib.parse import unquote

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Refused


class Language(TextChoices):
    """The languages of the interface, each as its speakers call it; offered are those that have their words."""

    JA = "ja", "日本語"
    JA_SIMPLE = "ja_simple", "やさしい日本語"
    EN = "en", "English"
    ZH_HANS = "zh_Hans", "中文"
    KO = "ko", "한국어"
    VI = "vi", "Tiếng Việt"


class TextSize(TextChoices):
    """How large the letters are."""

    NORMAL = "normal", _("ふつう")
    LARGE = "large", _("大きい")


class Theme(TextChoices):
    """Which colours the pages have."""

    AUTO = "auto", _("機器に合わせる")
    LIGHT = "light", _("明るい")
    DARK = "dark", _("暗い")


class Purpose(TextChoices):
    """Why a mail goes out: each purpose has its own allowance a day."""

    SIGN_IN = "sign_in", _("サインイン")
    CONFIRM = "confirm", _("アドレスの確認")
    SECURITY = "security", _("安全のお知らせ")
    NOTICE = "notice", _("お知らせ")
    RECEIPT = "receipt", _("同意の控え")


class MailUnavailable(Refused):
    """The mail server does not take the mail now (503)."""

    status = 503


NAME_LENGTH = 40
"""The longest display name, in letters as people count them."""

MAILS_A_DAY_BY_PURPOSE = 3
MAILS_A_DAY = 10
"""What one address gets from us at most in a day, whoever asks (trust T29)."""

TIERS = {
    "V0": _("本人だけ"),
    "V1": _("いっしょに取り組む相手と担当"),
    "V2": _("サインインした人"),
    "V3": _("だれでも"),
}
"""Who sees a piece of personal data, in the words of the page (trust.md)."""

CODE_LIFETIME = timedelta(minutes=15)
CODE_ATTEMPTS = 3

RESIDENT_SESSION = timedelta(days=30)
STAFF_SESSION = timedelta(hours=12)
STAFF_IDLE = timedelta(minutes=30)
CONFIRMATION_LIFETIME = timedelta(minutes=10)
"""How long a proof of identity counts for a sensitive act (trust T42)."""

DRAFTS_A_PERSON = 50
DRAFT_BYTES = 100_000
DRAFT_LIFETIME = timedelta(days=90)
UNCONFIRMED_LIFETIME = timedelta(days=1)
"""A sign-up whose address nobody confirmed is forgotten after this time."""

NEVER_DRAFTED = ("csrf", "idempotency", "password", "code", "file")


def draft_address(address: str) -> str:
    """Return the one spelling of a page's address under which its draft is kept: without percent signs."""
    return unquote(address)


def worth_drafting(fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the fields that may be kept as a draft: no tokens, secrets or files, nothing empty."""
    return {
        name: values
        for name, values in fields.items()
        if not any(word in name.lower() for word in NEVER_DRAFTED) and any(values)
    }


def proven(records: Iterable[Mapping[str, object]]) -> bool:
    """Tell whether a session's proofs of identity contain a second factor (key, app or recovery code)."""
    return any(record.get("method") == "mfa" for record in records)
