"""The nouns of parties: a party, and a person's dated membership in it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.models import Base
from wanowa.parties.rules import Role


class Party(Base):
    """A resident, a group, a company or a department: whoever can work together as an equal."""

    slug = models.SlugField(_("アドレス"), max_length=100, unique=True, allow_unicode=True)
    kind = models.CharField(_("主体の種類"), max_length=20)
    name = models.CharField(_("名前"), max_length=120)
    reading = models.CharField(_("ふりがな"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("主体")

    def __str__(self) -> str:
        return self.name


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
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.party}（{self.get_role_display()}）"
