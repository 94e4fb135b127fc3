"""What is owed after a message: a question waits for an answer, a restatement to be confirmed. Words are messages."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models.room import Message
from wanowa.collaborations.rules import Clause, QuestionStatus, RestatementStatus
from wanowa.parties.models import Party


class Question(models.Model):
    """A message that one party, or every other one, must answer or decline. Settled it stays settled, by trigger."""

    message = models.OneToOneField(
        Message, models.CASCADE, primary_key=True, related_name="question", verbose_name=_("発言")
    )
    asked = ArrayField(models.BigIntegerField(), verbose_name=_("聞かれた主体"))
    status = models.CharField(_("状態"), max_length=10, choices=QuestionStatus, default=QuestionStatus.OPEN)
    settled_at = models.DateTimeField(_("返事があった日時"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("返事をした主体")
    )
    reminded = models.PositiveSmallIntegerField(_("知らせた営業日"), default=0)
    """After how many business days everybody was last reminded; 0 for never."""

    class Meta:
        verbose_name = _("答えを待つ質問")
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", settled_at__isnull=True, settled_by__isnull=True)
                | Q(
                    status__in=["answered", "declined", "withdrawn"],
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
                name="question_is_settled_by_somebody",
            ),
            models.CheckConstraint(condition=Q(asked__len__gt=0), name="question_asks_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.status}"


class Restatement(models.Model):
    """How one party understood a message, or a clause as it read then; the others confirm it or say what differs."""

    message = models.OneToOneField(
        Message, models.CASCADE, primary_key=True, related_name="restatement", verbose_name=_("発言")
    )
    about = models.ForeignKey(
        Message,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="restatements",
        verbose_name=_("どの発言"),
    )
    clause = models.CharField(_("どの条"), max_length=20, choices=Clause, blank=True)
    mark = models.CharField(_("条の印"), max_length=16, blank=True)
    text = models.TextField(_("そのときの文"), blank=True)
    asked = ArrayField(models.BigIntegerField(), verbose_name=_("確かめる主体"))
    status = models.CharField(
        _("状態"), max_length=10, choices=RestatementStatus, default=RestatementStatus.WAITING
    )
    settled_at = models.DateTimeField(_("返事がそろった日時"), null=True, blank=True)
    settled_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("最後に返事をした主体")
    )

    class Meta:
        verbose_name = _("受けとり")
        constraints = [
            models.CheckConstraint(
                condition=Q(about__isnull=False, clause="", mark="", text="")
                | (Q(about__isnull=True) & ~Q(clause="") & ~Q(mark="") & ~Q(text="")),
                name="restatement_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", settled_at__isnull=True, settled_by__isnull=True)
                | Q(
                    status__in=["confirmed", "different", "withdrawn"],
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
                name="restatement_is_settled_by_somebody",
            ),
            models.CheckConstraint(condition=Q(asked__len__gt=0), name="restatement_asks_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.message} {self.status}"
