"""A request to somebody without knowing who it is, and what both say once it is accepted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.models import Base
from wanowa.parties.models import Party
from wanowa.talent.rules import Channel, Status


class Request(Base):
    """One party asks one person. The address of neither stands anywhere in it."""

    profile = models.ForeignKey(
        "talent.Profile", models.CASCADE, related_name="requests", verbose_name=_("お願いされた人")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("お願いした主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("お願いを書いた人")
    )
    collaboration = models.ForeignKey(
        Collaboration, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("協働の取組")
    )
    handle = models.CharField(_("呼び名"), max_length=20)
    """What the party calls the person: a pseudonym that only this party sees."""
    purpose = models.TextField(pgettext_lazy("request", "してほしいこと"))
    dates = models.TextField(_("日と時間"), blank=True)
    place = models.TextField(_("場所"), blank=True)
    reward = models.TextField(_("お礼"), blank=True)
    status = models.CharField(_("状態"), max_length=10, choices=Status)
    token_digest = models.CharField(_("鍵のダイジェスト"), max_length=64, blank=True, db_index=True)
    sent_at = models.DateTimeField(_("送った日時"))
    mailed_at = models.DateTimeField(_("本人に知らせた日時"), null=True, blank=True)
    expires_at = models.DateTimeField(_("返事の期限"))
    postponed_at = models.DateTimeField(_("あとでにした日時"), null=True, blank=True)
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    answered_by = models.CharField(_("返事のしかた"), max_length=8, choices=Channel, blank=True)
    settled = models.BooleanField(_("終わった"), default=False)
    """No longer holds the one place that a party has for a person."""
    reported_at = models.DateTimeField(_("困ったお願いと知らせた日時"), null=True, blank=True)
    report = models.TextField(_("困ったこと"), blank=True)
    forgotten_at = models.DateTimeField(_("文を消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("お願い")
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "party"], condition=Q(settled=False), name="request_one_open_a_pair"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="talent_request_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("sent_at")), name="talent_request_expires_after_it_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.ACCEPTED, Status.DECLINED]) ^ Q(answered_at__isnull=True),
                name="talent_request_is_answered_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["status", "expires_at"], name="talent_request_due")]

    def __str__(self) -> str:
        return f"{self.party} → {self.handle}"

    def get_absolute_url(self) -> str:
        """Return the address of the page for both sides."""
        return reverse("talent:request", args=[self.pk])


class Message(models.Model):
    """Something said about an accepted request."""

    request = models.ForeignKey(Request, models.CASCADE, related_name="messages", verbose_name=_("お願い"))
    from_person = models.BooleanField(_("お願いされた人から"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("書いた人"),
    )
    body = models.TextField(_("文"), blank=True)
    said_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("お願いのことば")
        ordering = ("said_at", "id")

    def __str__(self) -> str:
        return f"{self.request_id} {self.said_at:%Y-%m-%d}"
