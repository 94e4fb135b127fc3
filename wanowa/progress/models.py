"""The nouns of progress: a number of a goal, a note on an outcome, a move of a task. Words stand on record alone."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration, Version
from wanowa.kernel.files import DurableStorage
from wanowa.parties.models import Party
from wanowa.progress.rules import Reading, State


class Step(models.Model):
    """What every row of progress has: where, under which version, by whom, and its entry on record."""

    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="+", verbose_name=_("取組"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("そのときの版"))
    place = models.PositiveSmallIntegerField(_("その版の何番めか"))
    """Counted from 0, in the clause of the version."""
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("書いた主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("書いた人")
    )
    entry = models.PositiveIntegerField(_("経過の番号"))
    """The number of the entry in the case of the collaboration. What was written in words is kept back beside it."""
    at = models.DateTimeField(_("書いた日時"))

    class Meta:
        abstract = True


class Measurement(Step):
    """One number of one 実施目標: the total up to a day. Never changed: a correction is another row."""

    goal = models.CharField(_("目標の印"), max_length=64)
    value = models.DecimalField(_("数"), max_digits=12, decimal_places=2)
    on = models.DateField(_("いつまでの数か"))
    instead = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by", verbose_name=_("直した数")
    )

    class Meta:
        verbose_name = _("実施目標の数")
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "entry"], name="measurement_once_an_entry"),
            models.CheckConstraint(condition=Q(value__gte=0), name="measurement_is_not_below_0"),
        ]
        indexes = [models.Index(fields=["collaboration", "goal", "on"], name="measurement_by_goal")]

    def __str__(self) -> str:
        return f"{self.collaboration} {self.on}: {self.value}"

    @property
    def reading(self) -> Reading:
        """The number and its day as one value."""
        return Reading(self.value, self.on)


class Note(Step):
    """What was seen of one 成果目標, with what shows it. Only ever taken back as a whole, with its photo."""

    outcome = models.CharField(_("目標の印"), max_length=64)
    on = models.DateField(_("いつのことか"))
    count = models.PositiveIntegerField(_("数えた数"), null=True, blank=True)
    consented = models.BooleanField(_("言った人の同意"), default=False)
    public = models.BooleanField(_("だれでも読める"), default=True)
    photo = models.FileField(
        _("写真"), upload_to="progress", storage=DurableStorage, max_length=200, blank=True
    )
    photo_digest = models.CharField(_("写真の指紋"), max_length=64, blank=True)
    photo_type = models.CharField(_("写真の種類"), max_length=20, blank=True)
    withdrawn_at = models.DateTimeField(_("取り下げた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("成果目標の書きこみ")
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "entry"], name="note_once_an_entry"),
            models.CheckConstraint(
                condition=Q(photo_digest="", photo="", photo_type="")
                | Q(~Q(photo_digest=""), photo_type__in=["image/jpeg", "image/png"]),
                name="note_photo_is_a_picture",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) & (Q(photo_digest="") | ~Q(photo=""))
                | Q(withdrawn_at__isnull=False, photo=""),
                name="note_has_its_photo_until_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("at")),
                name="note_is_withdrawn_after_it_was_written",
            ),
        ]
        indexes = [models.Index(fields=["collaboration", "-on", "-id"], name="note_newest")]

    def __str__(self) -> str:
        return f"{self.collaboration} {self.on}"


class Move(Step):
    """One task of the role sheet came to stand somewhere. The last turn counts."""

    task = models.CharField(_("役割の印"), max_length=64)
    turn = models.PositiveIntegerField(_("何回めの知らせか"))
    state = models.CharField(_("ようす"), max_length=10, choices=State)

    class Meta:
        verbose_name = _("役割のようす")
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "entry"], name="move_once_an_entry"),
            models.UniqueConstraint(fields=["collaboration", "task", "turn"], name="move_turn_once"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="move_state_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.collaboration} {self.turn}: {self.state}"
