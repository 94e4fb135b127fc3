"""The nouns of people: a person, their sessions, what they were typing, and how much mail an address got.

There are no passwords: codes by mail, passkeys and authenticator apps open an account.
"""

from datetime import timedelta
from typing import Any, ClassVar, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.models import Base
from wanowa.kernel.text import MaxGraphemes, validate_line, validate_name
from wanowa.people.rules import NAME_LENGTH, Language, Purpose, TextSize, Theme

ANONYMOUS_SESSION = timedelta(days=1)


class UserManager(BaseUserManager["User"]):
    """Makes people; the mail address is the only identifier."""

    def create_user(self, email: str, password: None = None, **fields: Any) -> "User":
        """Return a new person, saved. There is no password to give."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, Base):
    """One person with an account."""

    email = models.EmailField(
        _("メールアドレス"),
        unique=True,
        error_messages={"unique": _("このメールアドレスは、もう使われています。")},
    )
    name = models.CharField(
        _("表示名"), max_length=160, validators=[validate_name, MaxGraphemes(NAME_LENGTH)]
    )
    reading = models.CharField(
        _("ふりがな"),
        max_length=240,
        blank=True,
        validators=[
            validate_line,
            RegexValidator(
                r"^[\u3041-\u3096\u30a1-\u30fa\u30fc\uff66-\uff9f・\s]*\Z",
                _("ふりがなは、ひらがなかカタカナで書いてください。"),
            ),
        ],
    )
    language = models.CharField(_("ことば"), max_length=10, choices=Language, default=Language.JA)
    text_size = models.CharField(_("文字の大きさ"), max_length=10, choices=TextSize, default=TextSize.NORMAL)
    theme = models.CharField(_("色"), max_length=10, choices=Theme, default=Theme.AUTO)
    reduced_motion = models.BooleanField(_("画面の動きを減らす"), default=False)
    is_coordinator = models.BooleanField(_("協働推進員"), default=False)
    is_staff = models.BooleanField(_("運用担当"), default=False)
    is_active = models.BooleanField(_("有効"), default=True)
    erased_at = models.DateTimeField(_("消した日時"), null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("人")
        constraints = [
            models.CheckConstraint(condition=Q(language__in=Language.values), name="user_language_is_known"),
            models.CheckConstraint(
                condition=Q(text_size__in=TextSize.values), name="user_text_size_is_known"
            ),
            models.CheckConstraint(condition=Q(theme__in=Theme.values), name="user_theme_is_known"),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(is_active=False), name="user_erased_cannot_sign_in"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Return the display name."""
        return self.name


class Draft(models.Model):
    """What a person was typing into the form at an address."""

    person = models.ForeignKey(User, models.CASCADE, related_name="drafts", verbose_name=_("人"))
    address = models.CharField(_("ページ"), max_length=300)
    fields = models.JSONField(_("入力"))
    saved_at = models.DateTimeField(_("保存日時"))

    class Meta:
        verbose_name = _("下書き")
        constraints = [models.UniqueConstraint(fields=["person", "address"], name="draft_once_an_address")]
        indexes = [models.Index(fields=["saved_at"], name="draft_saved_at")]

    def __str__(self) -> str:
        return self.address


class Allowance(models.Model):
    """How many mails an address got on a day. The address itself is not kept, only a keyed digest of it."""

    recipient = models.CharField(_("宛先の要約値"), max_length=64)
    purpose = models.CharField(_("目的"), max_length=20, blank=True)
    day = models.DateField(_("日"))
    sent = models.PositiveSmallIntegerField(_("通数"), default=0)

    class Meta:
        verbose_name = _("メールの通数")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "purpose", "day"], name="allowance_once_a_purpose_and_day"
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["", *Purpose.values]), name="allowance_purpose_is_known"
            ),
        ]
        indexes = [models.Index(fields=["day"], name="allowance_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.purpose} {self.sent}"


class Session(AbstractBaseSession):
    """A browser signed in or signing in. Knows its person, so that all of theirs can be ended at once."""

    person = models.BigIntegerField(_("人"), null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """Return the store that reads and writes this table."""
        return SessionStore


class SessionStore(DatabaseStore):
    """Django's database sessions with the person beside the data; nobody's sessions end after a day."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return the table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row for this session."""
        row = cast("Session", super().create_model_instance(data))
        person = data.get(SESSION_KEY)
        row.person = int(person) if person else None
        if row.person is None:
            row.expire_date = min(row.expire_date, timezone.now() + ANONYMOUS_SESSION)
        return row
