"""A collaboration, the parties at its table, and those who ask to join. Changed only through services."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules import Seat, Status
from wanowa.guideline.rules import AREAS, Area, Form, Ownership
from wanowa.kernel.models import Base
from wanowa.parties.models import Party


def _possible_ownership() -> Q:
    """Return the condition that area, form and ownership fit together as the guideline's table says (G-26)."""
    condition = Q(area="", form="", ownership="")
    for area, facts in AREAS.items():
        forms = [str(form) for form in facts.forms] or [""]
        condition |= Q(area=str(area), form__in=forms, ownership=str(facts.ownership))
    return condition


class Collaboration(Base):
    """What several parties do together, from the first idea to the look back.

    `title`, `summary`, `area`, `form`, `ownership`, `starts`, `ends` repeat the version in force, so that lists
    can be read and filtered without opening it; the database refuses a row that disagrees with that version.
    """

    slug = models.SlugField(_("アドレス"), max_length=100, unique=True, allow_unicode=True)
    status = models.CharField(_("状態"), max_length=12, choices=Status, default=Status.IDEA)
    title = models.CharField(_("題名"), max_length=120)
    summary = models.TextField(_("あらまし"), blank=True)
    area = models.CharField(_("活動領域"), max_length=1, choices=Area, blank=True)
    form = models.CharField(_("形態"), max_length=24, choices=Form, blank=True)
    ownership = models.CharField(_("成果の帰属"), max_length=12, choices=Ownership, blank=True)
    starts = models.DateField(_("始まり"), null=True, blank=True)
    ends = models.DateField(_("終わり"), null=True, blank=True)
    continuing_since = models.PositiveSmallIntegerField(_("継続の始まりの年度"), null=True, blank=True)
    """The fiscal year since which this project has been continued (★継続); empty for the others."""
    search_key = models.TextField(_("検索の見出し"), blank=True)
    public_since = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    in_force = models.OneToOneField(
        "collaborations.Version",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("効力をもつ版"),
    )
    latest_number = models.PositiveIntegerField(_("最後の版の番号"), default=0)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    seats: "list[Participation]"
    """The seats at the table: only on rows that a query prefetched them for."""

    class Meta:
        verbose_name = _("協働の取組")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="collaboration_status_is_known"
            ),
            models.CheckConstraint(
                condition=_possible_ownership(), name="collaboration_ownership_follows_area"
            ),
            models.CheckConstraint(
                condition=Q(in_force__isnull=True, status__in=["idea", "talking", "offered", "withdrawn"])
                | Q(in_force__isnull=False, status__in=["active", "suspended", "ended"]),
                name="collaboration_status_follows_consent",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-public_since", "-id"],
                name="collaboration_newest_public",
                condition=Q(public_since__isnull=False),
            ),
            models.Index(fields=["status", "-public_since", "-id"], name="collaboration_by_status"),
        ]

    def __str__(self) -> str:
        return self.title


class Participation(Base):
    """One party's seat at the table of one collaboration."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="participations", verbose_name=_("取組")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="participations", verbose_name=_("主体"))
    seat = models.CharField(_("席"), max_length=10, choices=Seat)
    since = models.DateTimeField(_("席についた日時"), null=True, blank=True)
    until = models.DateTimeField(_("席を立った日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("参加")
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "party"], name="participation_once"),
            models.CheckConstraint(condition=Q(seat__in=Seat.values), name="participation_seat_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.collaboration}"


class JoinRequest(Base):
    """A party that saw the public page and asks to join."""

    class State(models.TextChoices):
        """Where the request stands."""

        WAITING = "waiting", _("返事待ち")
        ACCEPTED = "accepted", _("加わる手続き中")
        DECLINED = "declined", _("見送り")
        WITHDRAWN = "withdrawn", _("取り下げ")
        JOINED = "joined", _("加わった")

    OPEN = (State.WAITING, State.ACCEPTED)
    """The states in which something is still to be decided."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="join_requests", verbose_name=_("取組")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("申し出た人")
    )
    message = models.TextField(_("申し出のことば"))
    answer = models.TextField(_("返事"), blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=State, default=State.WAITING)

    class Meta:
        verbose_name = _("参加の申し出")
        constraints = [
            models.UniqueConstraint(
                fields=["collaboration", "party"],
                condition=Q(state__in=["waiting", "accepted"]),
                name="join_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "declined", "withdrawn", "joined"]),
                name="join_request_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.collaboration}"
