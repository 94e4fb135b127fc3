"""Where a case led on to: an introduction or an idea that its holder began, for somebody who agreed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.consultations.models.case import Case, Maybe
from wanowa.introductions.models import Introduction
from wanowa.kernel.models import Base
from wanowa.proposals.models import Seed


class Way(Base):
    """One way on from a case. It goes with the case, and with what it leads to; no word of either stands here."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="ways", verbose_name=_("相談"))
    introduction = models.OneToOneField(
        Introduction, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("引き合わせ")
    )
    seed = models.OneToOneField(
        Seed, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("ひとこと提案")
    )
    begun_by = Maybe(null=True, blank=True, verbose_name=_("始めた人"))
    agreed_at = models.DateTimeField(_("本人が同意した日時"))

    class Meta:
        verbose_name = _("相談からつながった先")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(introduction__isnull=True) ^ Q(seed__isnull=True), name="way_leads_to_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.introduction_id or self.seed_id}"
