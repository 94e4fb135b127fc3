"""The nouns of exchange: a listing with its pictures, the hands raised for it, and the word between two parties."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.contributions.models import Contribution
from wanowa.exchange.rules import (
    LONGEST_STEP,
    AgeBand,
    Audience,
    Channel,
    HandStatus,
    PledgeStatus,
    Recurrence,
    Side,
    Slot,
    Status,
    Verdict,
    Words,
    begins,
    told,
)
from wanowa.guideline.rules import Resource
from wanowa.kernel.files import DurableStorage
from wanowa.kernel.models import Base
from wanowa.parties.models import Party

Keys = partial(models.CharField, max_length=64)
Person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class Listing(Base):
    """What a party can do or would like. Its party and its side never change (a trigger refuses it)."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="listings", verbose_name=_("主体"))
    person = Person(verbose_name=_("のせた人"))
    status = models.CharField(_("状態"), max_length=10, choices=Status, default=Status.DRAFT)
    side = models.CharField(_("どちらか"), max_length=5, choices=Side)
    resource = models.CharField(_("何のこと"), max_length=12, choices=Resource)
    first_step = models.BooleanField(_("はじめての一歩"), default=False)
    title = models.CharField(_("題名"), max_length=120)
    text = models.TextField(_("どんなこと"), blank=True)
    keys = ArrayField(Keys(), verbose_name=_("技能と物"), default=list, blank=True)
    quantity = models.PositiveIntegerField(_("数"), null=True, blank=True)
    unit = models.CharField(_("単位"), max_length=40, blank=True)
    slots = ArrayField(Keys(choices=Slot), verbose_name=_("いつ"), default=list, blank=True)
    day = models.DateField(_("日"), null=True, blank=True)
    starts = models.TimeField(_("始まり"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("時間（分）"), null=True, blank=True)
    rhythm = models.CharField(_("くりかえし"), max_length=8, choices=Recurrence, blank=True)
    quarter = models.CharField(_("地区"), max_length=40, blank=True)
    place = models.CharField(_("集まる場所"), max_length=400, blank=True)
    capacity = models.PositiveSmallIntegerField(_("何人まで"), null=True, blank=True)
    bring = models.CharField(_("持ちもの"), max_length=400, blank=True)
    people = models.CharField(_("当日いる人"), max_length=400, blank=True)
    audience = ArrayField(Keys(choices=Audience), verbose_name=_("だれでも"), default=list, blank=True)
    age_from = models.PositiveSmallIntegerField(_("何歳から"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("何歳まで"), null=True, blank=True)
    pay = models.CharField(_("お礼"), max_length=400, blank=True)
    cost = models.CharField(_("かかるお金"), max_length=400, blank=True)
    safety = models.TextField(_("安全のために"), blank=True)
    search_key = models.TextField(_("検索の見出し"), blank=True)
    collaboration = models.ForeignKey(
        Collaboration,
        models.PROTECT,
        related_name="listings",
        null=True,
        blank=True,
        verbose_name=_("どの取組のためか"),
    )
    kept_days = models.PositiveSmallIntegerField(_("のせておく日数"))
    expires_on = models.DateField(_("のせておく最後の日"), null=True, blank=True)
    reminded_on = models.DateField(_("続けるかたずねた日"), null=True, blank=True)
    opened_at = models.DateTimeField(_("のせた日時"), null=True, blank=True)
    settled_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("文を消した日時"), null=True, blank=True)
    heard = ArrayField(models.BigIntegerField(), verbose_name=_("知らせた相手"), default=list, blank=True)
    heard_on = models.DateField(_("相手を知らせた日"), null=True, blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("できること・してほしいこと")
        constraints = [
            models.CheckConstraint(condition=Q(side__in=Side.values), name="listing_side_is_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="listing_status_is_known"),
            models.CheckConstraint(
                condition=Q(resource__in=Resource.values), name="listing_resource_is_known"
            ),
            models.CheckConstraint(condition=Q(rhythm__in=Recurrence.values), name="listing_rhythm_is_known"),
            models.CheckConstraint(
                condition=Q(first_step=False)
                | Q(
                    side=Side.NEED,
                    day__isnull=False,
                    starts__isnull=False,
                    minutes__range=(1, LONGEST_STEP),
                    capacity__gte=1,
                ),
                name="listing_first_step_is_small_and_dated",
            ),
            models.CheckConstraint(
                condition=Q(age_from__isnull=True) | Q(age_to__isnull=True) | Q(age_to__gte=F("age_from")),
                name="listing_ages_go_up",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DRAFT, Status.WITHDRAWN])
                | Q(opened_at__isnull=False, expires_on__isnull=False),
                name="listing_is_open_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[Status.DONE, Status.WITHDRAWN, Status.EXPIRED])
                ^ Q(settled_at__isnull=True),
                name="listing_is_settled_at_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="listing_newest"),
            models.Index(fields=["status", "side", "resource", "-id"], name="listing_by_resource"),
            models.Index(fields=["party", "status", "-id"], name="listing_of_party"),
            models.Index(fields=["status", "expires_on"], name="listing_expiring"),
            models.Index(
                fields=["day", "starts"], condition=Q(first_step=True, status="open"), name="listing_steps"
            ),
            GinIndex(fields=["keys"], condition=Q(status="open"), name="listing_by_key"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the page."""
        return reverse("exchange:listing", args=[self.pk])

    @property
    def words(self) -> Words:
        """The text as one value."""
        values: dict[str, Any] = {name: getattr(self, name) for name in Words.__slots__}
        lists = {name: tuple(value) for name, value in values.items() if isinstance(value, list)}
        return Words(**values | lists)

    @property
    def slot_labels(self) -> list[str]:
        """When it fits, in words."""
        return [str(Slot(slot).label) for slot in self.slots]

    @property
    def audience_labels(self) -> list[str]:
        """Who is especially welcome, in words."""
        return [str(Audience(one).label) for one in self.audience]

    @property
    def again(self) -> str:
        """How often it comes again, in words; empty when it does not."""
        return told(self.day, self.rhythm) if self.day else ""

    @property
    def begins(self) -> datetime | None:
        """The moment at which a dated listing begins."""
        return begins(self.day, self.starts) if self.day and self.starts else None

    @property
    def ends(self) -> datetime | None:
        """The moment at which a dated listing is over."""
        return self.begins + timedelta(minutes=self.minutes or 0) if self.begins else None


class Picture(models.Model):
    """A picture of a listing with the words that stand for it; taken anew, so that it says nothing of its camera."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="pictures", verbose_name=_("どれの"))
    person = Person(verbose_name=_("のせた人"))
    alternative = models.CharField(_("写真の説明"), max_length=400)
    media_type = models.CharField(_("種類"), max_length=20)
    digest = models.CharField(_("指紋"), max_length=64)
    file = models.FileField(_("中身"), storage=DurableStorage, max_length=200)

    class Meta:
        verbose_name = _("写真")
        constraints = [
            models.UniqueConstraint(fields=["listing", "digest"], name="picture_once_a_listing"),
            models.CheckConstraint(
                condition=Q(media_type__in=["image/jpeg", "image/png"]), name="picture_is_a_picture"
            ),
            models.CheckConstraint(condition=~Q(alternative=""), name="picture_is_told_in_words"),
        ]

    def __str__(self) -> str:
        return self.alternative


class Hand(models.Model):
    """Somebody who comes to a first step, with a name to call and no account. Deleted 90 days after the day.

    Who holds a place has a seat: a number up to the capacity (a trigger refuses a higher one), given once.
    """

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="hands", verbose_name=_("どれに"))
    name = models.CharField(_("呼び名"), max_length=160)
    email = models.EmailField(_("メールアドレス"), blank=True)
    channel = models.CharField(_("どこから"), max_length=8, choices=Channel, default=Channel.WEB)
    status = models.CharField(_("状態"), max_length=8, choices=HandStatus)
    seat = models.PositiveSmallIntegerField(_("席"), null=True, blank=True)
    entered_by = Person(verbose_name=_("受けつけた人"), null=True, blank=True)
    raised_at = models.DateTimeField(_("手をあげた日時"))
    lowered_at = models.DateTimeField(_("取りやめた日時"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("前の日に知らせた日時"), null=True, blank=True)
    asked_at = models.DateTimeField(_("感想をたずねた日時"), null=True, blank=True)
    verdict = models.CharField(_("どうでしたか"), max_length=8, choices=Verdict, blank=True)
    comment = models.TextField(_("ひとこと"), blank=True)
    age_band = models.CharField(_("年代"), max_length=8, choices=AgeBand, blank=True)

    class Meta:
        verbose_name = _("あがった手")
        constraints = [
            models.CheckConstraint(
                condition=Q(status=HandStatus.HELD, seat__gte=1)
                | Q(~Q(status=HandStatus.HELD), seat__isnull=True),
                name="hand_holds_a_seat",
            ),
            models.CheckConstraint(condition=Q(status__in=HandStatus.values), name="hand_status_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="hand_channel_is_known"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.WEB) | ~Q(email=""), name="hand_from_the_web_has_an_address"
            ),
            models.UniqueConstraint(fields=["listing", "seat"], name="hand_one_a_seat"),
            models.UniqueConstraint(
                fields=["listing", "email"],
                condition=Q(status__in=[HandStatus.HELD, HandStatus.QUEUED]) & ~Q(email=""),
                name="hand_once_an_address",
            ),
        ]
        indexes = [models.Index(fields=["email"], name="hand_by_address")]

    def __str__(self) -> str:
        return self.name


class Pledge(Base):
    """The word between the party of a listing and another one: raised, agreed, done with thanks on both sides."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="pledges", verbose_name=_("どれに"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("手をあげた主体"))
    person = Person(verbose_name=_("手をあげた人"))
    status = models.CharField(_("状態"), max_length=10, choices=PledgeStatus, default=PledgeStatus.RAISED)
    word = models.TextField(_("ひとこと"), blank=True)
    reply = models.TextField(_("返事"), blank=True)
    answered_by = Person(verbose_name=_("返事をした人"), null=True, blank=True)
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)
    owner_done_at = models.DateTimeField(_("のせた側が確かめた日時"), null=True, blank=True)
    other_done_at = models.DateTimeField(_("手をあげた側が確かめた日時"), null=True, blank=True)
    owner_thanks = models.TextField(_("のせた側のお礼"), blank=True)
    other_thanks = models.TextField(_("手をあげた側のお礼"), blank=True)
    owner_shows = models.BooleanField(_("のせた側は公開してよい"), default=False)
    other_shows = models.BooleanField(_("手をあげた側は公開してよい"), default=False)
    minutes = models.PositiveIntegerField(_("かかった時間（分）"), null=True, blank=True)
    amount = models.PositiveIntegerField(_("渡した数"), null=True, blank=True)
    entry = models.OneToOneField(
        Contribution,
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("出しあいの記録"),
    )
    settled_at = models.DateTimeField(_("決まった日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("約束")
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "party"],
                condition=Q(status__in=[PledgeStatus.RAISED, PledgeStatus.AGREED]),
                name="pledge_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status__in=PledgeStatus.values), name="pledge_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=[PledgeStatus.RAISED, PledgeStatus.AGREED])
                ^ Q(settled_at__isnull=False),
                name="pledge_is_settled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status=PledgeStatus.DONE)
                | Q(owner_done_at__isnull=False, other_done_at__isnull=False),
                name="pledge_is_done_for_both",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[PledgeStatus.AGREED, PledgeStatus.DONE])
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="pledge_is_agreed_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["party", "status"], name="pledge_of_party")]

    def __str__(self) -> str:
        return f"{self.party} → {self.listing}"

    def get_absolute_url(self) -> str:
        """Return the address of the page for both sides."""
        return reverse("exchange:pledge", args=[self.pk])


class Gist(models.Model):
    """What a listing was understood to mean when it was compared last; gone when it is no longer open."""

    listing = models.OneToOneField(
        Listing, models.CASCADE, primary_key=True, related_name="gist", verbose_name=_("どれの")
    )
    seen = models.DateTimeField(_("くらべた文の日時"))
    model = models.CharField(_("意味をよむ道具"), max_length=80, blank=True)
    vector = models.BinaryField(_("意味の数字"), blank=True, default=b"")
    guessed = models.JSONField(_("近いことば"), default=dict, blank=True)

    class Meta:
        verbose_name = _("くらべるための要点")
        constraints = [
            models.CheckConstraint(
                condition=Q(model="", vector=b"") | (~Q(model="") & ~Q(vector=b"")),
                name="gist_names_its_model",
            ),
        ]

    def __str__(self) -> str:
        return str(self.listing_id)


class Suggestion(models.Model):
    """A need and an offer that may fit, and why. It counts only while both are as they were when compared."""

    need = models.ForeignKey(Listing, models.CASCADE, related_name="+", verbose_name=_("してほしいこと"))
    offer = models.ForeignKey(Listing, models.CASCADE, related_name="+", verbose_name=_("できること"))
    need_seen = models.DateTimeField(_("してほしいことの文の日時"))
    offer_seen = models.DateTimeField(_("できることの文の日時"))
    place = models.PositiveSmallIntegerField(_("何番目に合うか"))
    score = models.FloatField(_("合いぐあい"))
    reason = models.TextField(_("理由"))
    across = models.BooleanField(_("年代をこえる"), default=False)

    class Meta:
        verbose_name = _("合いそうな相手")
        constraints = [
            models.UniqueConstraint(fields=["need", "offer"], name="suggestion_once_a_pair"),
            models.CheckConstraint(condition=~Q(need=F("offer")), name="suggestion_is_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="suggestion_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.reason
