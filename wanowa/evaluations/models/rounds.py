"""The nouns of looking back: the yardstick, a round, who agreed to it, drafts, and sealed evaluations.

What parties write lies here only in envelopes (`kernel.envelopes`) until a round is revealed.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.collaborations.models import Collaboration, Version
from wanowa.evaluations.rules import TOLD, Occasion, Question, Status
from wanowa.guideline import rules as guideline
from wanowa.kernel.models import Base
from wanowa.parties.models import Party


class Yardstick(models.Model):
    """The criteria of the day on which a collaboration started. Never changed, whatever the city's pack says later."""

    collaboration = models.OneToOneField(
        Collaboration, models.PROTECT, related_name="yardstick", verbose_name=_("取組")
    )
    content = models.JSONField(_("項目とものさし"))
    fingerprint = models.CharField(_("指紋"), max_length=64)
    kept_at = models.DateTimeField(_("決めた日時"))

    class Meta:
        verbose_name = _("ふりかえりの項目")

    def __str__(self) -> str:
        return f"{self.collaboration} {self.fingerprint[:8]}"

    @property
    def criteria(self) -> guideline.Yardstick:
        """The criteria as one value."""
        return guideline.Yardstick.of(self.content)


class Round(models.Model):
    """One time of looking back together. What is asked, of whom and until when never changes (a trigger refuses it)."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="rounds", verbose_name=_("取組")
    )
    number = models.PositiveIntegerField(_("何回目か"))
    occasion = models.CharField(_("いつのふりかえりか"), max_length=8, choices=Occasion)
    since = models.DateField(_("ふりかえる期間の始まり"))
    until = models.DateField(_("ふりかえる期間の終わり"))
    deadline = models.DateField(_("締め切り"))
    """The last day, in Japan, on which a party can seal."""
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("目標のある版"))
    concerned = ArrayField(models.BigIntegerField(), verbose_name=_("ふりかえる主体"))
    questions = models.JSONField(_("聞くこと"))
    fingerprint = models.CharField(_("指紋"), max_length=64, unique=True)
    status = models.CharField(_("状態"), max_length=10, choices=Status, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("提案した主体"))
    proposed_at = models.DateTimeField(_("提案した日時"))
    opened_at = models.DateTimeField(_("始まった日時"), null=True, blank=True)
    revealed_at = models.DateTimeField(_("封を開いた日時"), null=True, blank=True)
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("とりやめた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("ふりかえりの回")
        ordering = ["collaboration", "number"]
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["collaboration"],
                condition=Q(status__in=["proposed", "open"]),
                name="round_one_running",
            ),
            models.CheckConstraint(condition=Q(occasion__in=Occasion.values), name="round_occasion_is_known"),
            models.CheckConstraint(
                condition=Q(since__lte=F("until"), until__lte=F("deadline")), name="round_days_are_in_order"
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", opened_at__isnull=True, closed_at__isnull=True)
                | Q(status="closed", opened_at__isnull=True, closed_at__isnull=False)
                | Q(status="open", opened_at__isnull=False, revealed_at__isnull=True, closed_at__isnull=True)
                | Q(
                    status="revealed",
                    opened_at__isnull=False,
                    revealed_at__isnull=False,
                    published_at__isnull=True,
                    closed_at__isnull=True,
                )
                | Q(
                    status="published",
                    opened_at__isnull=False,
                    revealed_at__isnull=False,
                    published_at__isnull=False,
                    closed_at__isnull=True,
                ),
                name="round_status_follows_its_days",
            ),
        ]
        indexes = [models.Index(fields=["status", "deadline"], name="round_due")]

    def __str__(self) -> str:
        return f"{self.collaboration} 第{self.number}回"

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions in order."""
        return tuple(Question.of(question) for question in self.questions)

    @property
    def is_told(self) -> bool:
        """Whether the envelopes are open."""
        return self.status in TOLD


class Agreement(models.Model):
    """One party's yes to how a round goes, given by one person. Never taken back: whoever doubts closes it."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="agreements", verbose_name=pgettext_lazy("look back", "回")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("同意した人")
    )
    given_at = models.DateTimeField(_("同意した日時"))

    class Meta:
        verbose_name = _("進め方への同意")
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="agreement_once_for_a_party"),
            models.UniqueConstraint(fields=["round", "person"], name="agreement_one_person_one_party"),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.round}"


class Writer(models.Model):
    """For which party a person writes in a round. One only: nobody sees two sides before all do."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="writers", verbose_name=pgettext_lazy("look back", "回")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("書く人")
    )
    since = models.DateTimeField(_("書き始めた日時"))

    class Meta:
        verbose_name = _("ふりかえりを書く人")
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="writer_one_person_one_party")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} → {self.round}"


class Draft(Base):
    """One party's answer to one question in preparation, in an envelope. `revision` counts the savings."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="drafts", verbose_name=pgettext_lazy("look back", "回")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    key = models.CharField(_("どの質問か"), max_length=100)
    envelope = models.BinaryField(_("封をした答え"))
    revision = models.PositiveIntegerField(_("直した回数"), default=1)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("最後に書いた人")
    )

    class Meta:
        verbose_name = _("ふりかえりの下書き")
        constraints = [
            models.UniqueConstraint(fields=["round", "party", "key"], name="evaluation_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.key}（{self.revision}）"


class Evaluation(models.Model):
    """One party's evaluation: an envelope and a commitment; after the reveal salt and text, which must match it."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="evaluations", verbose_name=pgettext_lazy("look back", "回")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("封をした人")
    )
    sealed_at = models.DateTimeField(_("封をした日時"))
    commitment = models.CharField(_("約束のハッシュ"), max_length=64, unique=True)
    envelope = models.BinaryField(_("封をした答え"))
    """Empty once the text stands beside it, or is erased."""
    salt = models.BinaryField(_("ソルト"), null=True, blank=True)
    content = models.TextField(_("答え"), null=True, blank=True)  # noqa: DJ001 - null is sealed, "" cannot be
    """RFC 8785 JSON, byte for byte what the commitment covers."""
    forgotten_at = models.DateTimeField(_("文を消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("ふりかえり")
        ordering = ["round", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "party"], name="evaluation_once_for_a_party"),
            models.UniqueConstraint(fields=["round", "person"], name="evaluation_one_person_one_party"),
            models.CheckConstraint(
                condition=Q(salt__isnull=True, content__isnull=True)
                | Q(salt__isnull=False, content__isnull=False, forgotten_at__isnull=True),
                name="evaluation_is_sealed_or_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.round}"
