"""The nouns of judging: the check, who stands back, sealed sheets, questions, the pitch and its recording, the minutes.

What a reviewer scores lies here only in an envelope (`kernel.envelopes`) until all sheets of the round open at once.
"""

from functools import partial

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.files import DurableStorage
from wanowa.kernel.models import Base
from wanowa.proposals.models.proposals import Proposal
from wanowa.proposals.models.rounds import Reviewer, Round
from wanowa.proposals.rules.judging import TOLD, Phase
from wanowa.proposals.rules.vocabulary import Conflict

Person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class Judging(Base):
    """Where the judging of a round stands. It only moves on (a trigger refuses anything else)."""

    round = models.OneToOneField(Round, models.PROTECT, related_name="judging", verbose_name=_("募集"))
    phase = models.CharField(_("どこまで進んだか"), max_length=9, choices=Phase, default=Phase.CHECKING)
    begun_at = models.DateTimeField(_("審査を始めた日時"), null=True, blank=True)
    opened_at = models.DateTimeField(_("点を開いた日時"), null=True, blank=True)
    announced_at = models.DateTimeField(_("結果を知らせた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("審査")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    phase=Phase.CHECKING,
                    begun_at__isnull=True,
                    opened_at__isnull=True,
                    announced_at__isnull=True,
                )
                | Q(
                    phase=Phase.SCORING,
                    begun_at__isnull=False,
                    opened_at__isnull=True,
                    announced_at__isnull=True,
                )
                | Q(
                    phase=Phase.OPENED,
                    begun_at__isnull=False,
                    opened_at__isnull=False,
                    announced_at__isnull=True,
                )
                | Q(
                    phase=Phase.ANNOUNCED,
                    begun_at__isnull=False,
                    opened_at__isnull=False,
                    announced_at__isnull=False,
                ),
                name="scheme_judging_phase_follows_its_days",
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.get_phase_display()}"

    @property
    def is_told(self) -> bool:
        """Whether the sheets are open to the reviewers and the desk."""
        return self.phase in TOLD


class Check(models.Model):
    """One look at whether a proposal can be judged: for every item whether it is met, and why not.

    Never changed, but for the name of somebody who erased herself.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="checks", verbose_name=_("提案"))
    content = models.JSONField(_("項目ごとの確かめ"))
    admitted = models.BooleanField(_("審査に進んだ"))
    person = Person(verbose_name=_("確かめた人"))
    checked_at = models.DateTimeField(_("確かめた日時"))

    class Meta:
        verbose_name = _("書類の確かめ")
        ordering = ["proposal", "id"]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.admitted}"


class Declaration(models.Model):
    """What a reviewer said before reading anything: with which of the parties in the round she has to do."""

    reviewer = models.OneToOneField(
        Reviewer, models.PROTECT, related_name="declaration", verbose_name=_("審査する人")
    )
    related = ArrayField(models.BigIntegerField(), verbose_name=_("かかわりのある主体"), default=list)
    declared_at = models.DateTimeField(_("申し出た日時"))

    class Meta:
        verbose_name = _("かかわりの申し出")

    def __str__(self) -> str:
        return f"{self.reviewer_id}"


class Recusal(models.Model):
    """A reviewer stands back from one proposal: she does not read on, and cannot score it."""

    reviewer = models.ForeignKey(
        Reviewer, models.PROTECT, related_name="recusals", verbose_name=_("審査する人")
    )
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="recusals", verbose_name=_("提案"))
    ground = models.CharField(_("どの決まりによるか"), max_length=8, choices=Conflict)
    stood_back_at = models.DateTimeField(_("外れた日時"))

    class Meta:
        verbose_name = _("審査から外れること")
        ordering = ["proposal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "proposal"], name="scheme_recusal_once"),
            models.CheckConstraint(
                condition=Q(ground__in=Conflict.values), name="scheme_recusal_ground_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} → {self.proposal_id}"


class Sheet(Base):
    """What one reviewer says about one proposal: an envelope; sealed, a commitment; opened, salt and text beside it."""

    reviewer = models.ForeignKey(
        Reviewer, models.PROTECT, related_name="sheets", verbose_name=_("審査する人")
    )
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="sheets", verbose_name=_("提案"))
    envelope = models.BinaryField(_("封をした点とことば"))
    """Empty once the text stands beside it."""
    revision = models.PositiveIntegerField(_("直した回数"), default=1)
    sealed_at = models.DateTimeField(_("封をした日時"), null=True, blank=True)
    commitment = models.CharField(_("約束のハッシュ"), max_length=64, unique=True, null=True, blank=True)
    salt = models.BinaryField(_("ソルト"), null=True, blank=True)
    content = models.TextField(_("点とことば"), null=True, blank=True)  # noqa: DJ001 - null is not open, "" cannot be
    """RFC 8785 JSON, byte for byte what the commitment covers."""

    class Meta:
        verbose_name = _("審査の点")
        ordering = ["proposal", "reviewer"]
        constraints = [
            models.UniqueConstraint(fields=["reviewer", "proposal"], name="scheme_sheet_once"),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, commitment__isnull=True)
                | Q(sealed_at__isnull=False, commitment__isnull=False),
                name="scheme_sheet_is_sealed_with_a_commitment",
            ),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, content__isnull=True)
                | Q(salt__isnull=False, content__isnull=False, sealed_at__isnull=False),
                name="scheme_sheet_opens_once_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer_id} → {self.proposal_id}"


class Inquiry(models.Model):
    """A reviewer's question about a proposal, and the proposer's answer, each at any hour. Both are said once."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="inquiries", verbose_name=_("提案"))
    reviewer = models.ForeignKey(Reviewer, models.PROTECT, related_name="+", verbose_name=_("聞いた人"))
    text = models.TextField(_("質問"))
    asked_at = models.DateTimeField(_("聞いた日時"))
    answer = models.TextField(_("答え"), blank=True)
    answered_by = Person(verbose_name=_("答えた人"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答えた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("審査の質問")
        ordering = ["proposal", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="scheme_inquiry_is_answered_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Pitch(Base):
    """What the proposer says instead of a talk on stage, in writing. Nobody needs it, and nobody loses without it."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="pitch", verbose_name=_("提案"))
    text = models.TextField(_("伝えたいこと"))
    person = Person(verbose_name=_("書いた人"))

    class Meta:
        verbose_name = _("提案のうったえ")

    def __str__(self) -> str:
        return self.text[:40]


class Recording(Base):
    """The pitch once more, as sound, video or slides. Never without the words beside it, never in a blind round."""

    pitch = models.OneToOneField(
        Pitch, models.CASCADE, related_name="recording", verbose_name=_("提案のうったえ")
    )
    person = Person(verbose_name=_("つけた人"))
    name = models.CharField(_("ファイル名"), max_length=255)
    media_type = models.CharField(_("形式"), max_length=100)
    digest = models.CharField(_("指紋"), max_length=64)
    file = models.FileField(_("ファイル"), storage=DurableStorage, max_length=255)

    class Meta:
        verbose_name = _("提案のうったえの録音や動画")

    def __str__(self) -> str:
        return self.name

    @property
    def medium(self) -> str:
        """How a page shows it: `audio`, `video`, or `` for what is only handed out."""
        medium = self.media_type.partition("/")[0]
        return medium if medium in {"audio", "video"} else ""


class Minutes(models.Model):
    """What the reviewers said to each other over the opened sheets. Added, public with the result.

    Never changed, but for the name of somebody who erased herself.
    """

    judging = models.ForeignKey(Judging, models.PROTECT, related_name="minutes", verbose_name=_("審査"))
    text = models.TextField(_("話し合いの記録"))
    person = Person(verbose_name=_("書いた人"))
    kept_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("話し合いの記録")
        ordering = ["judging", "id"]

    def __str__(self) -> str:
        return self.text[:40]
