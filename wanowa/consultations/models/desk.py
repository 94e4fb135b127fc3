"""Who is on duty at the desk, who stands in for whom, who read what, and what remains when a case is forgotten."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from wanowa.consultations.models.case import Case, Maybe, Sealed
from wanowa.consultations.rules import Channel, Outcome, Rating, Sight
from wanowa.kernel.models import Base
from wanowa.parties.models import Party


class Duty(Base):
    """From a day until another, new cases come to this coordinator."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("当番の人")
    )
    since = models.DateField(_("始まり"))
    until = models.DateField(_("終わり"))

    class Meta:
        verbose_name = _("窓口の当番")
        ordering = ("since",)
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="duty_ends_after_it_begins"),
            ExclusionConstraint(
                name="duty_one_at_a_time",
                expressions=[(Func(F("since"), F("until"), Value("[]"), function="daterange"), "&&")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}–{self.until}"


class Absence(Base):
    """From a day until another, the deputy stands in for this person: she reads and acts for her."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("休む人")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("代わりの人")
    )
    since = models.DateField(_("始まり"))
    until = models.DateField(_("終わり"))

    class Meta:
        verbose_name = _("窓口の代わり")
        ordering = ("since",)
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="absence_needs_somebody_else"),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[
                    (Func(F("person"), F("person"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("since"), F("until"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since}–{self.until}"


class Access(models.Model):
    """Somebody of the city could read a case, by a right, from a moment until another. The person sees it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="accesses", verbose_name=_("相談"))
    person = Maybe(null=True, blank=True, verbose_name=_("読んだ人"))
    party = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("読んだ課")
    )
    sight = models.CharField(_("読んだ立場"), max_length=7, choices=Sight)
    purpose = Sealed(verbose_name=_("読んだわけ"))
    at = models.DateTimeField(_("日時"))
    until = models.DateTimeField(_("読める期限"))

    class Meta:
        verbose_name = _("相談を読んだ記録")
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(sight__in=Sight.values), name="case_access_sight_is_known"),
            models.CheckConstraint(
                condition=~Q(sight=Sight.GLASS) | ~Q(purpose=b""), name="case_access_by_glass_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["case", "person", "-until"], name="case_access_by_reader")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at:%Y-%m-%d}"


class Satisfied(models.Model):
    """How many said what about the desk in a month. Nothing leads from here to anybody."""

    month = models.DateField(_("月"))
    rating = models.CharField(_("感想"), max_length=4, choices=Rating)
    count = models.PositiveIntegerField(_("人数"), default=0)

    class Meta:
        verbose_name = _("窓口の感想")
        constraints = [
            models.UniqueConstraint(fields=["month", "rating"], name="satisfied_once_a_month"),
            models.CheckConstraint(condition=Q(rating__in=Rating.values), name="satisfied_rating_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.rating} {self.count}"


class Tally(models.Model):
    """What remains of forgotten cases: how many of a kind came in a month, and what came of them."""

    month = models.DateField(_("月"))
    category = models.CharField(_("相談の種類"), max_length=40, blank=True)
    channel = models.CharField(_("受付のしかた"), max_length=8, choices=Channel)
    outcome = models.CharField(_("どうなったか"), max_length=13, choices=Outcome)
    count = models.PositiveIntegerField(_("件数"), default=0)

    class Meta:
        verbose_name = _("忘れた相談の数")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "category", "channel", "outcome"], name="tally_once_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.category} {self.count}"
