"""A round of the scheme as data: its rules, its calendar, who judges, what departments need and can carry.

From its opening on the database refuses every other rule, and every earlier day (triggers in migration 0002).
"""

from datetime import date
from functools import partial

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import Form
from wanowa.kernel.eras import fiscal_year_label
from wanowa.kernel.models import Base
from wanowa.kernel.money import yen
from wanowa.parties.models import Party
from wanowa.proposals.rules.lifecycle import Kind, NeedStatus, RoundStatus
from wanowa.proposals.rules.questions import QuestionKey
from wanowa.proposals.rules.stages import Stage, StageKey, Way
from wanowa.proposals.rules.vocabulary import Conflict, Shown

Key = partial(models.CharField, max_length=40)
Person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class Round(Base):
    """One call for proposals. What is adopted begins in the fiscal year after it, when the budget stands."""

    fiscal_year = models.PositiveSmallIntegerField(_("募集の年度"))
    number = models.PositiveSmallIntegerField(_("その年度の何回目か"), default=1)
    status = models.CharField(_("状態"), max_length=12, choices=RoundStatus, default=RoundStatus.DRAFT)
    title = models.CharField(_("題名"), max_length=120)
    intro = models.TextField(_("どんな募集か"), blank=True)
    kinds = ArrayField(Key(choices=Kind), verbose_name=_("どちらからの提案か"))
    questions = ArrayField(
        Key(choices=QuestionKey), verbose_name=_("足してたずねること"), default=list, blank=True
    )
    papers = ArrayField(
        models.CharField(max_length=120), verbose_name=_("つけるファイル"), default=list, blank=True
    )
    cap = models.PositiveBigIntegerField(_("1件の上限（円）"), null=True, blank=True)
    frame = models.PositiveBigIntegerField(_("全体の予算の枠（円）"), null=True, blank=True)
    places = models.PositiveSmallIntegerField(_("採択する数のめやす"), null=True, blank=True)
    blind = models.BooleanField(_("名前をふせて審査する"), default=True)
    conflicts = ArrayField(Key(choices=Conflict), verbose_name=_("審査しない人の決まり"), default=list)
    shown = ArrayField(Key(choices=Shown), verbose_name=_("結果で公開すること"), default=list)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("もとにした募集")
    )
    fingerprint = models.CharField(_("決まりの指紋"), max_length=64, blank=True)
    """Digest of all rules at the opening; on record too."""
    opened_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("受付を閉じた日時"), null=True, blank=True)
    reason = models.TextField(_("とりやめや、審査せずに終えたわけ"), blank=True)
    search_key = models.TextField(_("検索の見出し"), blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("募集")
        ordering = ["-fiscal_year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "number"], name="scheme_round_once"),
            models.CheckConstraint(
                condition=Q(status__in=RoundStatus.values), name="scheme_round_status_is_known"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="scheme_round_number_counts"),
            models.CheckConstraint(
                condition=Q(kinds__contained_by=Kind.values) & ~Q(kinds=[]),
                name="scheme_round_kinds_are_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[RoundStatus.DRAFT, RoundStatus.CALLED_OFF, RoundStatus.PAST])
                | Q(opened_at__isnull=False) & ~Q(fingerprint=""),
                name="scheme_round_opened_with_a_fingerprint",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[RoundStatus.JUDGING, RoundStatus.DECIDED, RoundStatus.FINISHED])
                | Q(closed_at__isnull=False),
                name="scheme_round_judged_once_closed",
            ),
            models.CheckConstraint(
                condition=~Q(status=RoundStatus.CALLED_OFF) | ~Q(reason=""),
                name="scheme_round_called_off_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("proposals:round", args=[self.pk])

    @property
    def cap_label(self) -> str:
        """The most for one proposal, in words."""
        return yen(self.cap) if self.cap is not None else ""

    @property
    def frame_label(self) -> str:
        """The money for all, in words."""
        return yen(self.frame) if self.frame is not None else ""

    @property
    def conflict_labels(self) -> list[str]:
        """Who does not judge what, in words."""
        return [str(Conflict(one).label) for one in self.conflicts]

    @property
    def label(self) -> str:
        """The fiscal year in words, and which time in it."""
        return _("%(year)s 第%(number)s回") % {
            "year": fiscal_year_label(self.fiscal_year),
            "number": self.number,
        }


class RoundStage(models.Model):
    """One stage of a round's calendar; the last day ends at 24:00. `original_end` is what was opened with."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="stages", verbose_name=_("募集"))
    key = models.CharField(_("段階"), max_length=12, choices=StageKey)
    starts_on = models.DateField(_("始まりの日"))
    ends_on = models.DateField(_("終わりの日"))
    original_end = models.DateField(_("はじめに決めた終わりの日"))
    way = models.CharField(_("進め方"), max_length=8, choices=Way)
    required = models.BooleanField(_("出ないと不利になる"), default=True)

    class Meta:
        verbose_name = _("募集の段階")
        ordering = ["round", "ends_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="scheme_stage_once"),
            models.CheckConstraint(condition=Q(key__in=StageKey.values), name="scheme_stage_key_is_known"),
            models.CheckConstraint(condition=Q(way__in=Way.values), name="scheme_stage_way_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="scheme_stage_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(required=False) | ~Q(way=Way.DAYTIME),
                name="scheme_stage_needs_no_weekday_daytime",
            ),
        ]

    def __str__(self) -> str:
        return str(StageKey(self.key).label)

    @property
    def stage(self) -> Stage:
        """The stage as one value."""
        return Stage(StageKey(self.key), self.starts_on, self.ends_on, Way(self.way), self.required)

    def holds_on(self, day: date) -> bool:
        """Say whether `day` is within the stage."""
        return self.starts_on <= day <= self.ends_on


class Criterion(models.Model):
    """By what proposals are judged, how much it counts, and what each number of points means (`levels`, from 1)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria", verbose_name=_("募集"))
    position = models.PositiveSmallIntegerField(_("順番"))
    key = models.CharField(_("見出し"), max_length=40)
    label = models.CharField(_("何を見るか"), max_length=120)
    weight = models.PositiveSmallIntegerField(_("重み"))
    levels = ArrayField(models.CharField(max_length=400), verbose_name=_("点数ごとのめやす"))

    class Meta:
        verbose_name = _("審査の項目")
        ordering = ["round", "position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="scheme_criterion_once"),
            models.UniqueConstraint(fields=["round", "position"], name="scheme_criterion_in_order"),
            models.CheckConstraint(condition=Q(weight__range=(1, 100)), name="scheme_criterion_weighs"),
            models.CheckConstraint(
                condition=Q(levels__len__range=(2, 5)), name="scheme_criterion_has_levels"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Reviewer(models.Model):
    """Somebody who judges in a round, and in what capacity (学識経験者 …)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="reviewers", verbose_name=_("募集"))
    person = Person(verbose_name=_("審査する人"))
    capacity = models.CharField(_("立場"), max_length=120)
    appointed_at = models.DateTimeField(_("お願いした日時"))

    class Meta:
        verbose_name = _("審査する人")
        ordering = ["round", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="scheme_reviewer_once")]

    def __str__(self) -> str:
        return f"{self.person_id}（{self.capacity}）"


class Capacity(Base):
    """How many proposals of citizens a department can carry in a round, and which forms of working together fit."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="capacities", verbose_name=_("募集"))
    department = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("部署"))
    person = Person(verbose_name=_("書いた人"))
    places = models.PositiveSmallIntegerField(_("いっしょにできる数"))
    forms = ArrayField(Key(choices=Form), verbose_name=_("合う協働の形"), default=list, blank=True)
    note = models.CharField(_("ひとこと"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("部署のゆとり")
        ordering = ["round", "-places", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "department"], name="scheme_capacity_once"),
            models.CheckConstraint(condition=Q(places__lte=99), name="scheme_capacity_is_meant"),
            models.CheckConstraint(
                condition=Q(forms__contained_by=Form.values), name="scheme_capacity_forms_are_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department}（{self.places}）"

    @property
    def form_labels(self) -> list[str]:
        """The forms that fit, in words."""
        return [str(Form(form).label) for form in self.forms]


class Need(Base):
    """What a department looks for a partner for (行政提案): the task, how many it can carry, the budget frame."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="needs", verbose_name=_("募集"))
    department = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("部署"))
    person = Person(verbose_name=_("書いた人"))
    status = models.CharField(_("状態"), max_length=10, choices=NeedStatus, default=NeedStatus.PUBLISHED)
    title = models.CharField(_("題名"), max_length=120)
    text = models.TextField(_("どんなこと"))
    places = models.PositiveSmallIntegerField(_("いっしょにできる数"), default=1)
    budget = models.PositiveBigIntegerField(_("予算の枠（円）"), null=True, blank=True)
    published_at = models.DateTimeField(_("のせた日時"))
    reason = models.TextField(_("取り下げのわけ"), blank=True)
    search_key = models.TextField(_("検索の見出し"), blank=True)

    class Meta:
        verbose_name = _("行政提案")
        ordering = ["round", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=NeedStatus.values), name="scheme_need_status_is_known"
            ),
            models.CheckConstraint(condition=Q(places__range=(1, 99)), name="scheme_need_has_places"),
            models.CheckConstraint(
                condition=~Q(status=NeedStatus.WITHDRAWN) | ~Q(reason=""),
                name="scheme_need_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def budget_label(self) -> str:
        """The frame of the budget, in words."""
        return yen(self.budget) if self.budget is not None else ""

    def get_absolute_url(self) -> str:
        """Return the place on the page of its round."""
        return f"{reverse('proposals:round', args=[self.round_id])}#need-{self.pk}"
