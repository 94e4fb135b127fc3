"""The nouns of the ledger: an entry with its two lines, its receipt, and what the parties say to it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.contributions.rules import MINUTES, WAYS, YEN, Gift, Holder, Status, Way
from wanowa.contributions.rules import Line as PlainLine
from wanowa.guideline.rules import Resource
from wanowa.kernel.files import DurableStorage
from wanowa.parties.models import Party


def _possible_ways() -> Q:
    """Return the condition that a resource changes hands only as it can."""
    condition = Q(pk__in=[])
    for resource, ways in WAYS.items():
        condition |= Q(resource=str(resource), way__in=[str(way) for way in ways])
    return condition


class Contribution(models.Model):
    """One entry of the ledger. What it says is never changed: another entry reverses it.

    Why, and what was done, stand on record beside the entry `told`, where a person's words can be redacted.
    """

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="contributions", verbose_name=_("取組")
    )
    number = models.PositiveIntegerField(_("番号"))
    way = models.CharField(_("何をしたか"), max_length=10, choices=Way)
    resource = models.CharField(_("資源"), max_length=12, choices=Resource)
    amount = models.BigIntegerField(_("数"))
    unit = models.CharField(_("単位"), max_length=40)
    worth = models.BigIntegerField(_("おおよその金額"), null=True, blank=True)
    on = models.DateField(_("日づけ"))
    fiscal_year = models.GeneratedField(
        expression=Case(When(on__month__lt=4, then=ExtractYear("on") - Value(1)), default=ExtractYear("on")),
        output_field=models.SmallIntegerField(),
        db_persist=True,
        verbose_name=_("年度"),
    )
    people = models.PositiveIntegerField(_("人数"), null=True, blank=True)
    ages = ArrayField(
        models.PositiveIntegerField(), default=list, blank=True, verbose_name=_("年代ごとの人数")
    )
    task = models.TextField(_("役割の分担のどの仕事か"), blank=True)
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversals",
        verbose_name=_("取り消す記録"),
    )
    asked = ArrayField(models.BigIntegerField(), verbose_name=_("確かめる主体"))
    everybody = models.BooleanField(_("全員が確かめるか"))
    status = models.CharField(_("状態"), max_length=10, choices=Status, default=Status.WAITING)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("書いた主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("書いた人")
    )
    told = models.PositiveIntegerField(_("経過の番号"))
    written_at = models.DateTimeField(_("書いた日時"))
    settled_at = models.DateTimeField(_("決まった日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("出しあいの記録")
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "number"], name="contribution_number_once"),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=~Q(status=Status.WITHDRAWN),
                name="contribution_reversed_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="contribution_status_is_known"
            ),
            models.CheckConstraint(condition=_possible_ways(), name="contribution_way_fits_resource"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="contribution_is_something"),
            models.CheckConstraint(
                condition=Q(resource="people", unit=MINUTES, people__gt=0, worth__isnull=True)
                | Q(resource="money", unit=YEN, people__isnull=True, worth__isnull=True)
                | Q(~Q(resource__in=["people", "money"]), ~Q(unit=""), people__isnull=True),
                name="contribution_has_its_unit",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "disputed"], settled_at__isnull=True)
                | Q(status__in=["confirmed", "withdrawn"], settled_at__isnull=False),
                name="contribution_is_settled_at_a_moment",
            ),
        ]
        indexes = [models.Index(fields=["collaboration", "-on", "-number"], name="contribution_newest")]

    def __str__(self) -> str:
        return f"{self.collaboration_id}-{self.number}"

    @property
    def gift(self) -> Gift:
        """What the entry says as one value; reads its lines, so prefetch them for many."""
        lines = list(self.lines.all())
        return Gift(
            way=Way(self.way),
            resource=Resource(self.resource),
            amount=self.amount,
            on=self.on,
            giver=_end(lines, 1 if self.reverses_id else -1),
            taker=_end(lines, -1 if self.reverses_id else 1),
            unit="" if self.unit in {MINUTES, YEN} else self.unit,
            worth=self.worth,
            people=self.people,
            ages=tuple(self.ages),
            task=self.task,
        )

    @property
    def is_open(self) -> bool:
        """Whether it can still be confirmed, disputed or withdrawn."""
        return self.status in {Status.WAITING, Status.DISPUTED}


def _end(lines: "list[Line]", sign: int) -> int | None:
    return next((line.party_id for line in lines if line.amount * sign > 0), None)


class Line(models.Model):
    """What one account gains or gives by an entry. The lines of an entry add up to nothing (a trigger sees to it)."""

    contribution = models.ForeignKey(
        Contribution, models.PROTECT, related_name="lines", verbose_name=_("出しあいの記録")
    )
    holder = models.CharField(_("どこの分か"), max_length=10, choices=Holder)
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("主体")
    )
    amount = models.BigIntegerField(_("増えた数、へった数"))

    class Meta:
        verbose_name = _("出しあいの行")
        constraints = [
            models.CheckConstraint(
                condition=Q(holder=Holder.PARTY, party__isnull=False)
                | Q(holder__in=[Holder.POT, Holder.OUTSIDE], party__isnull=True),
                name="line_has_its_holder",
            ),
            models.CheckConstraint(condition=~Q(amount=0), name="line_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.amount}"

    @property
    def plain(self) -> PlainLine:
        """The line as one value."""
        return PlainLine(Holder(self.holder), self.party_id, self.amount)


class Receipt(models.Model):
    """The receipt or picture beside one entry; its bytes are on disk before its row is committed."""

    contribution = models.OneToOneField(
        Contribution, models.PROTECT, related_name="receipt", verbose_name=_("出しあいの記録")
    )
    name = models.CharField(_("ファイル名"), max_length=255, blank=True)
    media_type = models.CharField(_("種類"), max_length=100)
    size = models.PositiveIntegerField(_("大きさ（バイト）"))
    digest = models.CharField(_("指紋"), max_length=64)
    file = models.FileField(_("中身"), storage=DurableStorage, max_length=200, blank=True)
    forgotten_at = models.DateTimeField(_("ファイルを消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("領収書")

    def __str__(self) -> str:
        return self.name


class Answer(models.Model):
    """A party's yes or no to one entry. Never changed: the last one of a party counts.

    The word of a no stands on record beside the entry `told`.
    """

    contribution = models.ForeignKey(
        Contribution, models.PROTECT, related_name="answers", verbose_name=_("出しあいの記録")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("答えた人")
    )
    yes = models.BooleanField(_("確かめたかどうか"))
    told = models.PositiveIntegerField(_("経過の番号"))
    at = models.DateTimeField(_("答えた日時"))

    class Meta:
        verbose_name = _("出しあいへの返事")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.party}: {self.yes}"
