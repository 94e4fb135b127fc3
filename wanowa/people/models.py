"""The nouns of people: a user, who signs in by mail code, passkey or TOTP; there are no passwords to share."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.models import Base


class UserManager(BaseUserManager["User"]):
    """Makes users; the mail address is the only identifier."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a new user. Without a password (the usual case) only codes and passkeys open the account."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin, Base):
    """One person with an account."""

    email = models.EmailField(_("メールアドレス"), unique=True)
    name = models.CharField(_("表示名"), max_length=80)
    reading = models.CharField(_("ふりがな"), max_length=120, blank=True)
    is_coordinator = models.BooleanField(_("協働推進員"), default=False)
    is_staff = models.BooleanField(_("運用担当"), default=False)
    is_active = models.BooleanField(_("有効"), default=True)

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("人")

    def __str__(self) -> str:
        return self.name
