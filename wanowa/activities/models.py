"""The nouns of activities: an activity, who watches it, the suggestion to move on, and the answers of area E."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.activities.rules import OWN_AREAS, Question, Reply, Status, SuggestionStatus, Words
from wanowa.collaborations.models import Collaboration
from wanowa.guideline.rules import Area, Field
from wanowa.kernel.models import Base
from wanowa.parties.models import Party


class Activity(Base):
    """What a party does alone. Its address, its party and its area never change (a trigger refuses it)."""

    slug = models.SlugField(_("アドレス"), max_length=100, unique=True, allow_unicode=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="activities", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("のせた人")
    )
    area = models.CharField(_("活動領域"), max_length=1, choices=Area)
    status = models.CharField(_("状態"), max_length=8, choices=Status, default=Status.GOING)
    title = models.CharField(_("題名"), max_length=120)
    what = models.TextField(_("していること"), blank=True)
    for_whom = models.CharField(_("だれのために"), max_length=400, blank=True)
    field = models.CharField(_("活動の分野"), max_length=40, choices=Field)
    place = models.CharField(_("場所"), max_length=400, blank=True)
    since = models.DateField(_("始まり"))
    until = models.DateField(_("終わり"), null=True, blank=True)
    how_to_join = models.TextField(_("加わるには"), blank=True)
    search_key = models.TextField(_("検索の見出し"), blank=True)
    ended_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("文を消した日時"), null=True, blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("活動")
        constraints = [
            models.CheckConstraint(
                condition=Q(area__in=[str(area) for area in OWN_AREAS]), name="activity_area_is_own"
            ),
            models.CheckConstraint(
                condition=Q(status=Status.GOING, ended_at__isnull=True)
                | Q(status=Status.ENDED, ended_at__isnull=False),
                name="activity_ends_at_a_moment",
            ),
            models.CheckConstraint(condition=Q(field__in=Field.values), name="activity_field_is_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="activity_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(area="A") | Q(until__isnull=False), name="activity_of_the_city_has_an_end"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="activity_newest"),
            models.Index(fields=["area", "status", "-id"], name="activity_by_area"),
            models.Index(fields=["field", "status", "-id"], name="activity_by_field"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("activities:activity", args=[self.slug])

    @property
    def words(self) -> Words:
        """The text as one value."""
        return Words(**{name: getattr(self, name) for name in Words.__slots__})


class Watch(models.Model):
    """A department that keeps itself informed of an activity in area A. It gives no power."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="watches", verbose_name=_("活動"))
    department = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("見守る部署"))
    since = models.DateTimeField(_("始めた日時"))
    until = models.DateTimeField(_("やめた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("見守り")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "department"],
                condition=Q(until__isnull=True),
                name="watch_once_for_a_department",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="watch_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.department} → {self.activity}"


class Suggestion(Base):
    """The suggestion that an activity of area A and one department go on together, in area B."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="suggestions", verbose_name=_("活動"))
    department = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("市の部署"))
    suggested_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("申し出た主体")
    )
    """Empty: a coordinator, for neither side."""
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("申し出た人")
    )
    wish = models.TextField(_("手伝ってほしいこと、手伝えること"))
    reason = models.TextField(_("ひとこと"), blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("先に受けた人"),
    )
    """Who said yes first to what a coordinator suggested: nobody says it for both sides."""
    status = models.CharField(
        _("状態"), max_length=10, choices=SuggestionStatus, default=SuggestionStatus.WAITING
    )
    owner_agreed_at = models.DateTimeField(_("活動の主体が受けた日時"), null=True, blank=True)
    department_agreed_at = models.DateTimeField(_("部署が受けた日時"), null=True, blank=True)
    settled_at = models.DateTimeField(_("決まった日時"), null=True, blank=True)
    collaboration = models.OneToOneField(
        Collaboration, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("始まった取組")
    )

    class Meta:
        verbose_name = pgettext_lazy("suggestion", "申し出")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "department"],
                condition=Q(status="waiting"),
                name="suggestion_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SuggestionStatus.values), name="suggestion_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") ^ Q(settled_at__isnull=False),
                name="suggestion_is_settled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="accepted",
                    owner_agreed_at__isnull=False,
                    department_agreed_at__isnull=False,
                    collaboration__isnull=False,
                )
                | Q(~Q(status="accepted"), collaboration__isnull=True),
                name="suggestion_begins_with_both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} → {self.department}"

    def get_absolute_url(self) -> str:
        """Return the address of the page for both sides."""
        return reverse("activities:suggestion", args=[self.activity.slug, self.pk])

    @property
    def agreed(self) -> list[int]:
        """The sides that have given their word."""
        given = (
            (self.activity.party_id, self.owner_agreed_at),
            (self.department_id, self.department_agreed_at),
        )
        return [party for party, at in given if at]


class Answer(models.Model):
    """One answer to one question of area E. Never changed: a correction is the next number."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("活動")
    )
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("取組")
    )
    question = models.CharField(_("質問"), max_length=20, choices=Question)
    number = models.PositiveIntegerField(_("何回めの答えか"))
    done = models.BooleanField(_("したかどうか"))
    where = models.TextField(_("どこで、どのように"), blank=True)
    on = models.DateField(_("日づけ"), null=True, blank=True)
    reason = models.TextField(_("わけ"), blank=True)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("答えた主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("答えた人")
    )
    answered_at = models.DateTimeField(_("答えた日時"))

    class Meta:
        verbose_name = _("公開の質問への答え")
        constraints = [
            models.CheckConstraint(
                condition=Q(activity__isnull=True) ^ Q(collaboration__isnull=True),
                name="answer_is_about_one_thing",
            ),
            models.UniqueConstraint(
                fields=["activity", "question", "number"], name="answer_number_once_for_an_activity"
            ),
            models.UniqueConstraint(
                fields=["collaboration", "question", "number"], name="answer_number_once_for_a_collaboration"
            ),
            models.CheckConstraint(
                condition=Q(question__in=Question.values), name="answer_question_is_known"
            ),
            models.CheckConstraint(
                condition=(Q(done=True, on__isnull=False, reason="") & ~Q(where=""))
                | (Q(done=False, on__isnull=True, where="") & ~Q(reason="")),
                name="answer_says_where_or_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_question_display()} {self.number}"

    @property
    def reply(self) -> Reply:
        """The answer as one value."""
        return Reply(done=self.done, where=self.where, on=self.on, reason=self.reason)
