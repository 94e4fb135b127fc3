"""The draft both sides write, the versions put before everybody, and each party's consent to one version."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models.collaboration import Collaboration
from wanowa.collaborations.rules import Change, Terms
from wanowa.kernel.models import Base
from wanowa.parties.models import Party


class Draft(Base):
    """The text in preparation. `revision` counts the savings, so that nobody overwrites what he has not seen."""

    collaboration = models.OneToOneField(
        Collaboration, models.CASCADE, related_name="draft", verbose_name=_("取組")
    )
    change = models.CharField(_("何のために"), max_length=10, choices=Change)
    content = models.JSONField(_("内容"))
    revision = models.PositiveIntegerField(_("直した回数"), default=0)
    edited_by = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("最後に直した主体"))
    newcomer = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("加わる主体")
    )

    class Meta:
        verbose_name = _("下書き")
        constraints = [
            models.CheckConstraint(
                condition=Q(change__in=["start", "amend", "join", "leave"]), name="draft_change_is_written"
            )
        ]

    def __str__(self) -> str:
        return f"{self.collaboration}（{self.revision}）"

    @property
    def terms(self) -> Terms:
        """The text as clauses."""
        return Terms.of(self.content)


class Version(models.Model):
    """One exact text put before everybody concerned. Never edited; in force it is immutable by trigger."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="versions", verbose_name=_("取組")
    )
    number = models.PositiveIntegerField(_("版の番号"))
    change = models.CharField(_("何をするか"), max_length=10, choices=Change)
    content = models.JSONField(_("内容"))
    concerned = ArrayField(models.BigIntegerField(), verbose_name=_("同意がいる主体"))
    reason = models.TextField(_("理由"), blank=True)
    fingerprint = models.CharField(_("指紋"), max_length=64, unique=True)
    offered_by = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("提案した主体"))
    offered_at = models.DateTimeField(_("提案した日時"))
    in_force_at = models.DateTimeField(_("効力をもった日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("閉じた日時"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("閉じた主体")
    )

    class Meta:
        verbose_name = _("版")
        ordering = ["collaboration", "number"]
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(in_force_at__isnull=True, closed_at__isnull=True),
                name="version_one_open",
            ),
            models.CheckConstraint(condition=Q(change__in=Change.values), name="version_change_is_known"),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True) | Q(closed_at__isnull=True),
                name="version_has_one_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration} 第{self.number}版"

    @property
    def terms(self) -> Terms:
        """The text as clauses."""
        return Terms.of(self.content)

    @property
    def is_open(self) -> bool:
        """Whether consent can still be given."""
        return self.in_force_at is None and self.closed_at is None


class Consent(models.Model):
    """One party's consent to one exact version, given by one person. Taken back only before it is in force."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="consents", verbose_name=_("版"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("同意した人")
    )
    fingerprint = models.CharField(_("読んだ内容の指紋"), max_length=64)
    given_at = models.DateTimeField(_("同意した日時"))
    withdrawn_at = models.DateTimeField(_("取り下げた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "party"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once_for_a_party",
            ),
            models.UniqueConstraint(
                fields=["version", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_person_one_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.version}"
