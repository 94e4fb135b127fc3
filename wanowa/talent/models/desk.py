"""What the desk keeps: who may not ask for a while, and exports that two people answer for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.models import Base
from wanowa.parties.models import Party


class Freeze(Base):
    """A party that may send no requests, until a coordinator lifts it."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="+", verbose_name=_("主体"))
    reason = models.TextField(_("わけ"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("止めた人"),
    )

    class Meta:
        verbose_name = _("お願いの停止")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="freeze_has_a_reason")]

    def __str__(self) -> str:
        return str(self.party)


class Export(Base):
    """A list that one coordinator wants and another one allows. The list itself is never stored."""

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("たのんだ人")
    )
    reason = models.TextField(_("わけ"))
    people = models.PositiveIntegerField(_("人数"))
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("認めた人"),
    )
    expires_at = models.DateTimeField(_("期限"))
    taken = models.PositiveSmallIntegerField(_("受け取った回数"), default=0)

    class Meta:
        verbose_name = _("書き出し")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="export_has_a_reason"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
                name="export_needs_two_people",
            ),
            models.CheckConstraint(
                condition=Q(taken=0) | Q(approved_by__isnull=False), name="export_is_taken_when_allowed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
