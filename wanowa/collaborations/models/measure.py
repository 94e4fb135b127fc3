"""What is proposed about an entry of the record, and each party's assent to it. Words stand on record alone."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models.collaboration import Collaboration
from wanowa.collaborations.rules import GROUNDS, Remedy
from wanowa.parties.models import Party
from wanowa.record.rules import Ground


class Measure(models.Model):
    """A proposal to correct, redact or hide one entry. Never edited; settled it is immutable by trigger.

    Why, and the words of a correction, are kept back beside the entry `proposed`, where they can be redacted too.
    """

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="measures", verbose_name=_("取組")
    )
    target = models.PositiveIntegerField(_("どの記録か"))
    remedy = models.CharField(_("見直し"), max_length=10, choices=Remedy)
    field = models.CharField(_("消す値"), max_length=60, blank=True)
    ground = models.CharField(_("理由"), max_length=10, choices=Ground, blank=True)
    concerned = ArrayField(models.BigIntegerField(), verbose_name=_("賛成がいる主体"))
    proposed = models.PositiveIntegerField(_("提案の記録"))
    proposed_by = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("提案した主体"))
    proposed_at = models.DateTimeField(_("提案した日時"))
    settled = models.PositiveIntegerField(_("決まった記録"), null=True, blank=True)
    """The number of the entry by which it took effect."""
    closed_at = models.DateTimeField(_("やめた日時"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("やめた主体")
    )

    class Meta:
        verbose_name = _("記録の見直し")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "proposed"], name="measure_proposal_once"),
            models.UniqueConstraint(
                fields=["collaboration", "target", "remedy", "field"],
                condition=Q(settled__isnull=True, closed_at__isnull=True),
                name="measure_one_open",
            ),
            models.CheckConstraint(
                condition=Q(remedy=Remedy.CORRECT, field="", ground="")
                | Q(remedy=Remedy.HIDE, field="", ground__in=GROUNDS)
                | (Q(remedy=Remedy.REDACT, ground__in=GROUNDS) & ~Q(field="")),
                name="measure_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(settled__isnull=True) | Q(closed_at__isnull=True), name="measure_has_one_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration} #{self.target} {self.remedy}"

    @property
    def is_open(self) -> bool:
        """Whether parties can still say yes or no."""
        return self.settled is None and self.closed_at is None


class Assent(models.Model):
    """One party's yes to one measure, given by one person. Never taken back: whoever doubts says no instead."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="assents", verbose_name=_("見直し"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("賛成した人")
    )
    given_at = models.DateTimeField(_("賛成した日時"))

    class Meta:
        verbose_name = _("賛成")
        constraints = [
            models.UniqueConstraint(fields=["measure", "party"], name="assent_once_for_a_party"),
            models.UniqueConstraint(fields=["measure", "person"], name="assent_one_person_one_party"),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.measure}"
