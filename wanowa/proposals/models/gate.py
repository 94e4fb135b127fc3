"""From the decision to the money: what was decided and why, objections, the budget of a year, what becomes of it.

Nothing begins before the budget of the named year is on record as passed (a trigger refuses it).
"""

from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.proposals.models.proposals import Proposal
from wanowa.proposals.rules.judging import AwardStatus, Outcome

Person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class Decision(models.Model):
    """What is decided about one proposal, with its reasons. Prepared first, then told to all at once; never changed.

    A second one follows only when an objection changed it.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions", verbose_name=_("提案"))
    number = models.PositiveSmallIntegerField(_("何回目か"), default=1)
    outcome = models.CharField(_("結果"), max_length=11, choices=Outcome)
    reasons = models.TextField(_("わけ"))
    amount = models.PositiveBigIntegerField(_("採択した金額（円）"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("直した回数"), default=1)
    person = Person(verbose_name=_("書いた人"))
    announced_at = models.DateTimeField(_("知らせた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("結果")
        ordering = ["proposal", "number"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "number"], name="scheme_decision_number_once"),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(announced_at__isnull=True),
                name="scheme_decision_one_in_preparation",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ADOPTED, amount__isnull=False)
                | Q(outcome=Outcome.NOT_ADOPTED, amount__isnull=True),
                name="scheme_decision_adopts_an_amount",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="scheme_decision_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.outcome}"


class Objection(models.Model):
    """A proposer does not agree with what was decided, and is answered with reasons. Once a proposal."""

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="objection", verbose_name=_("提案")
    )
    text = models.TextField(_("どこが、なぜちがうと思うか"))
    person = Person(verbose_name=_("申し立てた人"))
    filed_at = models.DateTimeField(_("申し立てた日時"))
    changed = models.BooleanField(_("結果が変わった"), null=True, blank=True)
    answer = models.TextField(_("答え"), blank=True)
    answered_by = Person(verbose_name=_("答えた人"), null=True, blank=True)
    answered_at = models.DateTimeField(_("答えた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("結果への申し立て")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    answer="", answered_by__isnull=True, answered_at__isnull=True, changed__isnull=True
                )
                | ~Q(answer="")
                & Q(answered_by__isnull=False, answered_at__isnull=False, changed__isnull=False),
                name="scheme_objection_is_answered_as_a_whole",
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Budget(models.Model):
    """予算成立: on this day the budget of a fiscal year passed, by this document. Recorded once, never changed."""

    fiscal_year = models.PositiveSmallIntegerField(_("どの年度の予算か"), unique=True)
    passed_on = models.DateField(_("成立した日"))
    document = models.CharField(_("議案や文書の番号"), max_length=120)
    person = Person(verbose_name=_("記録した人"))
    recorded_at = models.DateTimeField(_("記録した日時"))

    class Meta:
        verbose_name = _("予算の成立")
        ordering = ["-fiscal_year"]

    def __str__(self) -> str:
        return f"{self.fiscal_year}"


class Award(models.Model):
    """What becomes of an adopted proposal: it waits for its budget, is reduced by consent, carried over, given up."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="award", verbose_name=_("提案"))
    fiscal_year = models.PositiveSmallIntegerField(_("どの年度の予算で始めるか"))
    amount = models.PositiveBigIntegerField(_("金額（円）"))
    offered = models.PositiveBigIntegerField(_("返事を待っている金額（円）"), null=True, blank=True)
    status = models.CharField(_("状態"), max_length=9, choices=AwardStatus, default=AwardStatus.WAITING)
    reason = models.TextField(_("最後の動きのわけ"), blank=True)
    collaboration = models.OneToOneField(
        Collaboration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="award",
        verbose_name=_("始まった取組"),
    )
    moved_at = models.DateTimeField(_("最後に動いた日時"))

    class Meta:
        verbose_name = _("採択")
        ordering = ["fiscal_year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AwardStatus.values), name="scheme_award_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=AwardStatus.REDUCED, offered__isnull=False, offered__lt=F("amount"))
                | ~Q(status=AwardStatus.REDUCED) & Q(offered__isnull=True),
                name="scheme_award_offers_less_while_it_asks",
            ),
            models.CheckConstraint(
                condition=Q(status=AwardStatus.STARTED, collaboration__isnull=False)
                | ~Q(status=AwardStatus.STARTED) & Q(collaboration__isnull=True),
                name="scheme_award_has_its_collaboration_once_started",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.get_status_display()}"


class Continuation(models.Model):
    """Whether an adopted project went on in a fiscal year (★継続), and how. One row a year, never changed."""

    award = models.ForeignKey(Award, models.PROTECT, related_name="years", verbose_name=_("採択"))
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    continues = models.BooleanField(_("つづいている"))
    note = models.TextField(_("どんな形で"))
    person = Person(verbose_name=_("書いた人"))
    noted_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("継続の記録")
        ordering = ["award", "fiscal_year"]
        constraints = [
            models.UniqueConstraint(fields=["award", "fiscal_year"], name="scheme_continuation_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.award_id} {self.fiscal_year}"
