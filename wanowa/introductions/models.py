"""An introduction of two parties, what each side said and gave, and what it told the desk."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.exchange.models import Listing
from wanowa.introductions.rules import (
    ENDED,
    OPEN,
    TOGETHER,
    VAIN,
    Afterwards,
    Origin,
    Reply,
    Status,
    next_action,
)
from wanowa.kernel.errors import Sentence
from wanowa.kernel.models import Base
from wanowa.parties.models import Party

MET = sorted(TOGETHER | ENDED)


class Introduction(Base):
    """Two parties that may meet. What stands here is the same whether a side says no or nothing at all."""

    first = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("ひとつ目の主体"))
    second = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("ふたつ目の主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("始めた人")
    )
    by_desk = models.BooleanField(_("協働推進員が始めた"))
    """False: the first party has asked to meet the second."""
    origin = models.CharField(_("どこから"), max_length=12, choices=Origin)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="looked_after",
        verbose_name=_("担当の協働推進員"),
    )
    purpose = models.TextField(_("会いたいわけ"), blank=True)
    hope = models.TextField(_("してみたいこと"), blank=True)
    dates = models.TextField(_("都合のよい日"), blank=True)
    need = models.ForeignKey(
        Listing,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("してほしいこと"),
    )
    offer = models.ForeignKey(
        Listing, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("できること")
    )
    status = models.CharField(_("状態"), max_length=10, choices=Status)
    asked_on = models.DateField(_("始めた日"))
    answer_by = models.DateField(_("返事の期限"))
    met_at = models.DateTimeField(_("両方が会いたいと答えた日時"), null=True, blank=True)
    trial = models.TextField(_("ためすこと"), blank=True)
    trial_on = models.DateField(_("ためす日"), null=True, blank=True)
    ended_on = models.DateField(_("終わった日"), null=True, blank=True)
    collaboration = models.OneToOneField(
        Collaboration,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="introduction",
        verbose_name=_("協働の取組"),
    )
    next_action = models.TextField(_("次にすること"), blank=True)
    """In a coordinator's own words; empty: what the rules say."""
    due = models.DateField(_("次にする日"), null=True, blank=True)
    follow_up_on = models.DateField(_("そのあとをたずねる日"), null=True, blank=True)
    followed_up_at = models.DateTimeField(_("そのあとをたずねた日時"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("文を消した日時"), null=True, blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("引き合わせ")
        constraints = [
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                condition=Q(status__in=sorted(OPEN)),
                name="introduction_one_open_a_pair",
            ),
            models.CheckConstraint(condition=~Q(first=F("second")), name="introduction_is_of_two"),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="introduction_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(origin__in=Origin.values), name="introduction_origin_is_known"
            ),
            models.CheckConstraint(
                condition=Q(answer_by__gt=F("asked_on")), name="introduction_can_be_answered"
            ),
            models.CheckConstraint(
                condition=Q(status__in=MET, met_at__isnull=False)
                | (~Q(status__in=MET) & Q(met_at__isnull=True)),
                name="introduction_met_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(ENDED | VAIN)) ^ Q(ended_on__isnull=True),
                name="introduction_ends_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(OPEN)) ^ Q(due__isnull=True),
                name="introduction_is_due_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.TRIAL) | Q(trial_on__isnull=False),
                name="introduction_tries_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "due"], condition=Q(due__isnull=False), name="introduction_due"),
            models.Index(fields=["status", "answer_by"], name="introduction_answers"),
            models.Index(
                fields=["follow_up_on"],
                condition=Q(followed_up_at__isnull=True),
                name="introduction_follow_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} ・ {self.second}"

    @property
    def action(self) -> Sentence:
        """What a coordinator does next."""
        return self.next_action or next_action(Status(self.status))

    def get_absolute_url(self) -> str:
        """Return the address of the page for both sides and the desk."""
        return reverse("introductions:introduction", args=[self.pk])


class Side(Base):
    """One party of an introduction: what it said, and what it gives, sealed with a key of its own."""

    introduction = models.ForeignKey(
        Introduction, models.CASCADE, related_name="sides", verbose_name=_("引き合わせ")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    asked = models.BooleanField(_("返事をする側"))
    """False: this party asked, and so has said yes."""
    reply = models.CharField(_("返事"), max_length=3, choices=Reply, blank=True)
    replied_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("返事をした人"),
    )
    key = models.CharField(_("鍵の番号"), max_length=32, blank=True)
    """Empty: nothing was given, or it is gone."""
    given = models.BinaryField(_("渡したこと"), blank=True, default=b"")
    until = models.DateField(_("見せる最後の日"), null=True, blank=True)
    desk_reads = models.BooleanField(_("協働推進員にも見せる"), default=False)

    class Meta:
        verbose_name = _("引き合わせの片方")
        constraints = [
            models.UniqueConstraint(fields=["introduction", "party"], name="side_once_a_party"),
            models.UniqueConstraint(fields=["key"], condition=~Q(key=""), name="side_has_its_own_key"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at__isnull=True, person__isnull=True)
                | Q(reply__in=Reply.values, replied_at__isnull=False, person__isnull=False),
                name="side_is_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(key="", given=b"", until__isnull=True)
                | (~Q(key="") & ~Q(given=b"") & Q(reply=Reply.YES, until__isnull=False)),
                name="side_gives_with_a_yes_until_a_day",
            ),
        ]
        indexes = [models.Index(fields=["party", "reply"], name="side_of_party")]

    def __str__(self) -> str:
        return str(self.party)


class Remark(models.Model):
    """What somebody of a side told the desk: something to worry about, or how it went on."""

    class Kind(models.TextChoices):
        """What it is about."""

        REPORT = "report", _("困ったこと")
        AFTERWARDS = "afterwards", _("そのあと")

    side = models.ForeignKey(Side, models.CASCADE, related_name="remarks", verbose_name=_("どちらから"))
    kind = models.CharField(_("何のこと"), max_length=10, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("書いた人")
    )
    afterwards = models.CharField(_("そのあと、どうなったか"), max_length=8, choices=Afterwards, blank=True)
    body = models.TextField(_("ひとこと"), blank=True)
    said_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("協働推進員に知らせたこと")
        constraints = [
            models.UniqueConstraint(fields=["side", "kind"], name="remark_once_a_kind"),
            models.CheckConstraint(
                condition=Q(kind="report", afterwards="")
                | Q(kind="afterwards", afterwards__in=Afterwards.values),
                name="remark_says_how_it_went_on",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def about(self) -> Party:
        """The other side. No query when the introduction with its parties is at hand."""
        introduction = self.side.introduction
        return introduction.second if self.side.party_id == introduction.first_id else introduction.first
