"""The nouns of parties: a party, dated memberships, invitations, and the registration for a fiscal year."""

from datetime import date

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import Field, Kind
from wanowa.kernel.files import DurableStorage
from wanowa.kernel.models import Base
from wanowa.kernel.text import MaxGraphemes, validate_body, validate_line, validate_name
from wanowa.parties.rules import SORT_KEY_LENGTH, RegistrationStatus, Role


class Party(Base):
    """A resident, a group, a company or a department: whoever can work together as an equal.

    The slug and the kind never change (a trigger refuses it): addresses stay, agreements keep their sides.
    """

    slug = models.CharField(_("アドレス"), max_length=120, unique=True, editable=False)
    kind = models.CharField(_("主体の種類"), max_length=20, choices=Kind)
    name = models.CharField(_("名前"), max_length=120, validators=[validate_name])
    reading = models.CharField(_("ふりがな"), max_length=200, blank=True, validators=[validate_name])
    alternative_name = models.CharField(_("代替表記"), max_length=120, blank=True, validators=[validate_name])
    good_at = models.TextField(_("得意なこと"), blank=True, validators=[validate_body, MaxGraphemes(1000)])
    hard_for = models.TextField(_("苦手なこと"), blank=True, validators=[validate_body, MaxGraphemes(1000)])
    story = models.TextField(_("紹介"), blank=True, validators=[validate_body, MaxGraphemes(4000)])
    fields = ArrayField(
        models.CharField(max_length=40, choices=Field), verbose_name=_("活動の分野"), blank=True, default=list
    )
    place = models.CharField(_("活動する場所"), max_length=120, blank=True, validators=[validate_line])
    corporate_number = models.CharField(_("法人番号"), max_length=13, blank=True)
    contact_note = models.TextField(
        _("連絡のしかた"), blank=True, validators=[validate_body, MaxGraphemes(1000)]
    )
    founded_year = models.PositiveSmallIntegerField(
        _("はじまった年（西暦）"),
        null=True,
        blank=True,
        validators=[MinValueValidator(600), MaxValueValidator(2200)],
    )
    member_count = models.PositiveIntegerField(
        _("人数"), null=True, blank=True, validators=[MaxValueValidator(10_000_000)]
    )
    search_key = models.TextField(_("検索のかぎ"), blank=True, editable=False)
    sort_key = models.CharField(
        _("並び順のかぎ"), max_length=SORT_KEY_LENGTH, blank=True, editable=False, db_collation="C"
    )
    is_demo = models.BooleanField(_("お試し用"), default=False, editable=False)
    closed_at = models.DateTimeField(_("終了日時"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("主体")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="party_kind_is_known"),
            models.CheckConstraint(condition=~Q(name=""), name="party_has_a_name"),
            models.CheckConstraint(condition=~Q(slug=""), name="party_has_an_address"),
            models.CheckConstraint(
                condition=Q(fields__contained_by=Field.values), name="party_fields_are_known"
            ),
            models.CheckConstraint(
                condition=Q(corporate_number="") | Q(corporate_number__regex=r"^[1-9][0-9]{12}$"),
                name="party_corporate_number_has_13_digits",
            ),
            models.UniqueConstraint(
                fields=["corporate_number"],
                condition=~Q(corporate_number=""),
                name="party_corporate_number_once",
                violation_error_message=_(
                    "この法人番号の団体は、もう登録されています。「団体をさがす」で確かめてください。"
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="party_by_reading"),
            models.Index(fields=["kind", "sort_key", "id"], name="party_by_kind"),
            GinIndex(fields=["fields"], name="party_by_field"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the public page."""
        return reverse("parties:party", args=[self.slug])

    @property
    def field_labels(self) -> list[str]:
        """The Japanese names of the fields, in the order of the law."""
        return [str(field.label) for field in Field if field.value in self.fields]


class Membership(Base):
    """What one person may do for one party, from a day until another (inclusive; open when empty)."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships", verbose_name=_("人")
    )
    role = models.CharField(_("役割"), max_length=20, choices=Role)
    since = models.DateField(_("始まり"))
    until = models.DateField(_("終わり"), null=True, blank=True)

    class Meta:
        verbose_name = _("任期")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_ends_after_it_begins",
            ),
            # Ranges of one number instead of btree_gist, which the embedded server does not have.
            ExclusionConstraint(
                name="membership_terms_never_overlap",
                expressions=[
                    (Func(F("party"), F("party"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("person"), F("person"), Value("[]"), function="int8range"), "&&"),
                    (Func(F("since"), F("until"), Value("[]"), function="daterange"), "&&"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.party}（{self.get_role_display()}）"

    def holds_on(self, day: date) -> bool:
        """Say whether `day` is within the term."""
        return self.since <= day and (self.until is None or self.until >= day)


class Invitation(Base):
    """A place in a party for whoever opens the mail sent to one address. Only the token's digest is kept."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="invitations", verbose_name=_("主体"))
    email = models.EmailField(_("メールアドレス"), blank=True)
    role = models.CharField(_("役割"), max_length=20, choices=Role)
    starts_on = models.DateField(_("始まり"))
    hands_over = models.ForeignKey(
        Membership,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name=_("引き継ぐ任期"),
    )
    token_digest = models.CharField(_("鍵のダイジェスト"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("招待した人")
    )
    expires_at = models.DateTimeField(_("期限"))
    accepted_at = models.DateTimeField(_("受けた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("招待")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.UniqueConstraint(
                fields=["party", "email"],
                condition=Q(accepted_at__isnull=True),
                name="invitation_waits_once_per_address",
            ),
            # What is no longer needed is not kept: an accepted invitation forgets the address.
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) ^ Q(email=""), name="invitation_forgets_the_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}（{self.get_role_display()}）への招待"


class Registration(Base):
    """A party's registration as 登録団体 for one fiscal year."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="registrations", verbose_name=_("主体"))
    fiscal_year = models.PositiveSmallIntegerField(_("年度"))
    status = models.CharField(
        _("状態"), max_length=20, choices=RegistrationStatus, default=RegistrationStatus.APPLIED
    )
    note = models.TextField(_("申請のことば"), blank=True, validators=[validate_body, MaxGraphemes(2000)])
    reason = models.TextField(_("決めた理由"), blank=True, validators=[validate_body, MaxGraphemes(1000)])
    decided_at = models.DateTimeField(_("決めた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("団体登録")
        constraints = [
            models.UniqueConstraint(fields=["party", "fiscal_year"], name="registration_once_a_year"),
            models.CheckConstraint(
                condition=Q(status__in=RegistrationStatus.values), name="registration_status_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "returned"])
                | (~Q(reason="") & Q(decided_at__isnull=False)),
                name="registration_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.fiscal_year}（{self.get_status_display()}）"


class Paper(Base):
    """One file attached to a registration: rules of the group, list of officers, plan of the year."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="papers", verbose_name=_("団体登録")
    )
    name = models.CharField(_("ファイル名"), max_length=255)
    media_type = models.CharField(_("形式"), max_length=100)
    file = models.FileField(_("ファイル"), storage=DurableStorage(), max_length=255)

    class Meta:
        verbose_name = _("書類")

    def __str__(self) -> str:
        return self.name
