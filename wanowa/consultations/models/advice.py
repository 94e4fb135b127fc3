"""An answer that is used again: its wordings, each written by one person and released by another."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.consultations.models.case import Maybe
from wanowa.consultations.rules import Stage
from wanowa.kernel.models import Base


class Advice(Base):
    """What many ask and what the desk answers. No row leads from here to a case, or to anybody who asked."""

    checked_on = models.DateField(_("正しいと確かめた日"), null=True, blank=True)
    checked_by = Maybe(null=True, blank=True, verbose_name=_("確かめた人"))
    withdrawn_at = models.DateTimeField(_("取り下げた日時"), null=True, blank=True)
    withdrawn_by = Maybe(null=True, blank=True, verbose_name=_("取り下げた人"))
    withdrawal = models.CharField(_("取り下げたわけ"), max_length=400, blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("よくある相談")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) ^ ~Q(withdrawal=""),
                name="advice_withdrawn_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"advice {self.pk}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("consultations:answer", args=[self.pk])


class Wording(models.Model):
    """One wording of an answer. What was released once is never rewritten: it is replaced by the next."""

    advice = models.ForeignKey(
        Advice, models.CASCADE, related_name="wordings", verbose_name=_("よくある相談")
    )
    stage = models.CharField(_("状態"), max_length=8, choices=Stage, default=Stage.PROPOSED)
    question = models.CharField(_("質問"), max_length=600)
    answer = models.TextField(_("答え"))
    category = models.CharField(_("相談の種類"), max_length=40)
    proposed_by = Maybe(null=True, blank=True, verbose_name=_("書いた人"))
    proposed_at = models.DateTimeField(_("書いた日時"))
    released_by = Maybe(null=True, blank=True, verbose_name=_("公開した人"))
    released_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("よくある相談の文")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="wording_stage_is_known"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(proposed_by=F("released_by")),
                name="wording_needs_two_people",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.RELEASED) | Q(released_at__isnull=False),
                name="wording_is_released_at_a_moment",
            ),
            models.UniqueConstraint(
                fields=["advice"], condition=Q(stage=Stage.RELEASED), name="wording_released_once"
            ),
            models.UniqueConstraint(
                fields=["advice"], condition=Q(stage=Stage.PROPOSED), name="wording_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return self.question
