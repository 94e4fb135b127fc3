"""Who looked, why, and whose what they read: the log that every person can read about herself."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.parties.models import Party
from wanowa.talent.rules import Field


class Look(models.Model):
    """A party or the desk looks for somebody, for a purpose. Its cards can be read for an hour by who asked."""

    party = models.ForeignKey(
        Party, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("さがした主体")
    )
    """Empty: a coordinator."""
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("さがした人")
    )
    purpose = models.TextField(_("さがすわけ"))
    skills = ArrayField(models.CharField(max_length=40), verbose_name=_("さがすこと"), default=list)
    area = models.CharField(_("地区"), max_length=40, blank=True)
    times = models.CharField(_("日と時間"), max_length=20, blank=True)
    last = models.BigIntegerField(_("つづきの目じるし"), null=True, blank=True)
    """The last listing that was read, when there are more."""
    at = models.DateTimeField(_("日時"))
    until = models.DateTimeField(_("読める期限"))

    class Meta:
        verbose_name = _("人材さがし")
        indexes = [models.Index(fields=["party", "at"], name="look_by_party")]

    def __str__(self) -> str:
        return f"{self.party_id}（{self.at:%Y-%m-%d}）"


class Access(models.Model):
    """Somebody could read some fields of one person, for a purpose, from a moment until another."""

    profile = models.ForeignKey(
        "talent.Profile", models.CASCADE, related_name="accesses", verbose_name=_("登録")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("読んだ人"),
    )
    party = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("読んだ主体")
    )
    """Empty: a coordinator."""
    look = models.ForeignKey(
        Look, models.SET_NULL, null=True, blank=True, related_name="accesses", verbose_name=_("人材さがし")
    )
    request = models.ForeignKey(
        "talent.Request",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="accesses",
        verbose_name=_("お願い"),
    )
    fields = ArrayField(models.CharField(max_length=12, choices=Field), verbose_name=_("読んだこと"))
    purpose = models.TextField(_("読んだわけ"))
    at = models.DateTimeField(_("日時"))
    until = models.DateTimeField(_("読める期限"))

    class Meta:
        verbose_name = _("読んだ記録")
        constraints = [
            models.UniqueConstraint(
                fields=["look", "profile"], condition=Q(look__isnull=False), name="access_once_a_look"
            ),
            models.CheckConstraint(condition=~Q(purpose=""), name="access_has_a_purpose"),
        ]
        indexes = [
            models.Index(fields=["profile", "-at"], name="access_by_profile"),
            models.Index(fields=["party", "at"], name="access_by_party"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} {self.at:%Y-%m-%d}"
