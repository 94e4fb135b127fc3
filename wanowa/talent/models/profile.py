"""A person in the bank: what she told, sealed; what she consents to; and what of it is shown now."""

from datetime import date, timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.models import Base
from wanowa.talent.rules import Channel, Field, Purpose


class Profile(Base):
    """What somebody told about herself. Every column named like a `Field` is sealed with her own key."""

    number = models.CharField(_("受付番号"), max_length=9, unique=True)
    """Eight random digits, 1234-5678: on the receipt, so that nobody needs a name to find the row."""
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="talent",
        verbose_name=_("登録した人"),
    )
    """Empty: registered on paper or by telephone, without an account."""
    key = models.CharField(_("鍵の番号"), max_length=32, unique=True)
    skills = models.BinaryField(pgettext_lazy("skill", "できること"), blank=True, default=b"")
    experience = models.BinaryField(_("経験"), blank=True, default=b"")
    area = models.BinaryField(_("地区"), blank=True, default=b"")
    times = models.BinaryField(_("動ける日と時間"), blank=True, default=b"")
    reward = models.BinaryField(_("お礼"), blank=True, default=b"")
    age_band = models.BinaryField(_("年代"), blank=True, default=b"")
    name = models.BinaryField(_("名前"), blank=True, default=b"")
    reading = models.BinaryField(_("ふりがな"), blank=True, default=b"")
    method = models.BinaryField(_("連絡のしかた"), blank=True, default=b"")
    contact = models.BinaryField(_("連絡先"), blank=True, default=b"")
    guardian = models.BinaryField(_("保護者"), blank=True, default=b"")
    is_minor = models.BooleanField(_("18さいより下"), default=False)
    checked_first = models.BooleanField(_("お願いを、先に協働推進員が確かめる"), default=False)
    hidden_at = models.DateTimeField(_("かくした日時"), null=True, blank=True)
    reviewed_at = models.DateTimeField(_("経験の文を確かめた日時"), null=True, blank=True)
    returned_at = models.DateTimeField(_("経験の文を差しもどした日時"), null=True, blank=True)
    confirm_by = models.DateField(_("確かめる期限"))
    reminded = models.PositiveSmallIntegerField(_("知らせた日数"), null=True, blank=True)
    """At how many days before the due day the last reminder went out."""
    overdue_at = models.DateTimeField(_("確かめがなくてかくれた日時"), null=True, blank=True)
    told_until = models.DateTimeField(_("読まれた知らせを送った日時"), null=True, blank=True)
    channel = models.CharField(_("受付のしかた"), max_length=8, choices=Channel)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("受け付けた人"),
    )
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("人材バンクの登録")
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="profile_channel_is_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(channel=Channel.WEB),
                name="profile_on_the_web_has_a_person",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True) | Q(returned_at__isnull=True),
                name="profile_text_is_reviewed_or_returned",
            ),
        ]
        indexes = [models.Index(fields=["confirm_by"], name="profile_by_confirmation")]

    def __str__(self) -> str:
        return self.number


class Listing(models.Model):
    """What can be searched, in plain keys: it exists only while somebody may see what the person can do.

    Whether it is found by whom is asked of the consents each time; this is an index, never a permission.
    """

    profile = models.OneToOneField(Profile, models.CASCADE, related_name="listing", verbose_name=_("登録"))
    skills = ArrayField(models.CharField(max_length=40), verbose_name=pgettext_lazy("skill", "できること"))
    area = models.CharField(_("地区"), max_length=40, blank=True)
    times = ArrayField(
        models.CharField(max_length=20), verbose_name=_("動ける日と時間"), default=list, blank=True
    )
    reward = models.CharField(_("お礼"), max_length=10, blank=True)

    class Meta:
        verbose_name = _("見えている登録")
        indexes = [GinIndex(fields=["skills"], name="listing_by_skill")]

    def __str__(self) -> str:
        return str(self.profile_id)


class Consent(models.Model):
    """One consent: a purpose, a field, the exact text. Never changed but by withdrawing (a trigger refuses it)."""

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="consents", verbose_name=_("登録"))
    purpose = models.CharField(_("目的"), max_length=10, choices=Purpose)
    field = models.CharField(_("項目"), max_length=12, choices=Field)
    text = models.CharField(_("同意の文の指紋"), max_length=64)
    request = models.ForeignKey(
        "talent.Request",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="consents",
        verbose_name=_("お願い"),
    )
    channel = models.CharField(_("受付のしかた"), max_length=8, choices=Channel)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("受け付けた人"),
    )
    given_at = models.DateTimeField(_("同意した日時"))
    expires_at = models.DateTimeField(_("終わる日時"))
    withdrawn_at = models.DateTimeField(_("取り消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("同意")
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "purpose", "field", "request"],
                condition=Q(withdrawn_at__isnull=True),
                nulls_distinct=False,
                name="consent_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values) & Q(field__in=Field.values),
                name="talent_consent_is_for_something_known",
            ),
            models.CheckConstraint(
                condition=Q(purpose=Purpose.HANDOVER, request__isnull=False)
                | (~Q(purpose=Purpose.HANDOVER) & Q(request__isnull=True)),
                name="talent_consent_hands_over_to_a_request",
            ),
            models.CheckConstraint(
                condition=~Q(field__in=[Field.CONTACT, Field.READING])
                | Q(purpose__in=[Purpose.CALL, Purpose.HANDOVER]),
                name="talent_consent_never_shows_a_contact",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("given_at")), name="talent_consent_lasts"),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()}：{self.get_purpose_display()}"

    @property
    def last_day(self) -> date:
        """The last day on which it counts."""
        return timezone.localdate(self.expires_at - timedelta(microseconds=1))
