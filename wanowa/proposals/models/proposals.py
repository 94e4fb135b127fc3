"""A full proposal: answers written together, partners, the talk with the department, and what was handed in.

Once it is handed in, its answers never change (a trigger refuses it), except while the desk asked for more.
"""

from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.files import DurableStorage
from wanowa.kernel.models import Base
from wanowa.parties.models import Party
from wanowa.proposals.models.rounds import Need, Round
from wanowa.proposals.models.seeds import Seed
from wanowa.proposals.rules.lifecycle import WRITABLE, Kind, Onward, PartnerState, Status
from wanowa.proposals.rules.questions import QuestionKey

Person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class Proposal(Base):
    """What a party proposes in a round. `receipt` and `submitted_at` are given once, when it is handed in."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="proposals", verbose_name=_("募集"))
    kind = models.CharField(_("どちらからの提案か"), max_length=8, choices=Kind)
    party = models.ForeignKey(Party, models.PROTECT, related_name="proposals", verbose_name=_("提案する主体"))
    person = Person(verbose_name=_("書きはじめた人"))
    department = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("相手の部署")
    )
    need = models.ForeignKey(
        Need, models.PROTECT, null=True, blank=True, related_name="proposals", verbose_name=_("行政提案")
    )
    seed = models.ForeignKey(
        Seed,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("もとのひとこと"),
    )
    earlier = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
        verbose_name=_("前の募集の提案"),
    )
    """What came to nothing in another round and goes on here, once."""
    owner = Person(verbose_name=_("担当の協働推進員"), null=True, blank=True)
    status = models.CharField(_("状態"), max_length=10, choices=Status, default=Status.DRAFT)
    title = models.CharField(_("題名"), max_length=200, blank=True)
    amount = models.PositiveBigIntegerField(_("市に出してほしいお金（円）"), null=True, blank=True)
    receipt = models.CharField(_("受付番号"), max_length=16, unique=True, null=True, blank=True)
    """None until it is handed in."""
    fingerprint = models.CharField(_("出した文の指紋"), max_length=64, blank=True)
    submitted_at = models.DateTimeField(_("とどいた日時"), null=True, blank=True)
    """When the request reached us; it decides whether it was in time."""
    submitted_by = Person(verbose_name=_("出した人"), null=True, blank=True)
    calling_at = models.DateTimeField(_("相手をさがしはじめた日時"), null=True, blank=True)
    """Since when the public is asked for partners: title and summary are public then."""
    published_at = models.DateTimeField(_("結果とともに公開した日時"), null=True, blank=True)
    settled_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    onward = models.CharField(
        _("相手がいないときのこのあと"), max_length=8, choices=Onward, blank=True, default="", db_default=""
    )
    """What the desk said while it had no partner and the judging was about to begin."""
    onward_reason = models.TextField(_("このあとのわけ"), blank=True, default="", db_default="")
    forgotten_at = models.DateTimeField(_("文を消した日時"), null=True, blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("提案")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="scheme_proposal_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.CITY, need__isnull=False) | Q(kind=Kind.CITIZEN, need__isnull=True),
                name="scheme_proposal_answers_a_need_or_none",
            ),
            models.CheckConstraint(
                condition=Q(receipt__isnull=True, submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(receipt__isnull=False, submitted_at__isnull=False, submitted_by__isnull=False),
                name="scheme_proposal_received_as_a_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN]) | Q(receipt__isnull=False),
                name="scheme_proposal_judged_once_received",
            ),
            models.UniqueConstraint(fields=["earlier"], name="scheme_proposal_goes_on_once"),
            models.CheckConstraint(
                condition=Q(onward="") | Q(onward__in=Onward.values), name="scheme_proposal_onward_is_known"
            ),
            models.UniqueConstraint(
                fields=["seed", "party"], condition=Q(seed__isnull=False), name="scheme_proposal_grows_once"
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status"], name="scheme_proposal_in_round"),
            models.Index(fields=["party", "-id"], name="scheme_proposal_of_party"),
            models.Index(
                fields=["-calling_at"], condition=Q(calling_at__isnull=False), name="scheme_proposal_calling"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("題名のない提案"))

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("proposals:proposal", args=[self.pk])

    @property
    def writable(self) -> bool:
        """Whether its answers can change now."""
        return self.status in WRITABLE


class Answer(models.Model):
    """The text of one answer as it stands; every saving adds a wording. Locked while two writers are merged."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="answers", verbose_name=_("提案"))
    key = models.CharField(_("どの質問か"), max_length=12, choices=QuestionKey)
    text = models.TextField(_("答え"), blank=True)
    revision = models.PositiveIntegerField(_("何回目の文か"), default=0)

    class Meta:
        verbose_name = _("提案の答え")
        constraints = [models.UniqueConstraint(fields=["proposal", "key"], name="scheme_answer_once")]

    def __str__(self) -> str:
        return f"{self.key}（{self.revision}）"


class Wording(models.Model):
    """One wording of an answer: what it said after one saving. By it the next writer's text is merged."""

    answer = models.ForeignKey(Answer, models.CASCADE, related_name="wordings", verbose_name=_("答え"))
    revision = models.PositiveIntegerField(_("何回目の文か"))
    text = models.TextField(_("文"), blank=True)
    person = Person(verbose_name=_("書いた人"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    both = models.BooleanField(_("2人の文を両方のこした"), default=False)
    at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("答えの前の文")
        ordering = ["answer", "revision"]
        constraints = [models.UniqueConstraint(fields=["answer", "revision"], name="scheme_wording_once")]

    def __str__(self) -> str:
        return f"{self.answer_id}（{self.revision}）"


class Partner(Base):
    """A party beside the proposing one: asked, or with its hand raised, or on board. On board, it writes too."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="partners", verbose_name=_("提案"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = Person(verbose_name=_("声をかけた人"))
    state = models.CharField(_("状態"), max_length=8, choices=PartnerState)
    word = models.TextField(_("ひとこと"), blank=True)
    answered_by = Person(verbose_name=_("返事をした人"), null=True, blank=True)
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("いっしょにする主体")
        ordering = ["proposal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "party"], name="scheme_partner_once"),
            models.CheckConstraint(
                condition=Q(state__in=PartnerState.values), name="scheme_partner_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PartnerState.ASKED, PartnerState.OFFERED])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="scheme_partner_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("person")),
                name="scheme_partner_not_answered_by_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} → {self.proposal_id}"


class Message(models.Model):
    """One message of the talk before handing in; everybody around the proposal reads the same."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="messages", verbose_name=_("提案"))
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主体")
    )
    """Empty: the coordinator at the desk."""
    person = Person(verbose_name=_("書いた人"))
    body = models.TextField(_("文"))
    said_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("話し合いのことば")
        ordering = ["proposal", "id"]

    def __str__(self) -> str:
        return self.body[:40]


class Statement(Base):
    """What one side says about the proposal before it is judged; the reviewers read the words of both sides."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="statements", verbose_name=_("提案"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = Person(verbose_name=_("書いた人"))
    text = models.TextField(_("ひとこと"))

    class Meta:
        verbose_name = _("それぞれの考え")
        ordering = ["proposal", "id"]
        constraints = [models.UniqueConstraint(fields=["proposal", "party"], name="scheme_statement_once")]

    def __str__(self) -> str:
        return self.text[:40]


class Attachment(Base):
    """One file that goes with a proposal."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="attachments", verbose_name=_("提案"))
    person = Person(verbose_name=_("つけた人"))
    name = models.CharField(_("ファイル名"), max_length=255)
    media_type = models.CharField(_("形式"), max_length=100)
    digest = models.CharField(_("指紋"), max_length=64)
    file = models.FileField(_("ファイル"), storage=DurableStorage, max_length=255)

    class Meta:
        verbose_name = _("提案につけたファイル")
        constraints = [models.UniqueConstraint(fields=["proposal", "digest"], name="scheme_attachment_once")]

    def __str__(self) -> str:
        return self.name
