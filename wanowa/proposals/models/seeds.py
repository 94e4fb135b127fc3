"""An idea of 200 characters at most (ひとこと提案), by anybody, held by a coordinator by name from its first second."""

from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.models import Base
from wanowa.proposals.rules.lifecycle import SeedStatus
from wanowa.proposals.rules.vocabulary import SEED_LENGTH, Channel

Person = partial(models.ForeignKey, settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")


class Seed(Base):
    """The idea. Its author comes back by an account, by the link of a mail, or with number and words of the receipt."""

    round = models.ForeignKey(
        "proposals.Round", models.PROTECT, null=True, blank=True, related_name="seeds", verbose_name=_("募集")
    )
    text = models.TextField(_("ひとこと"))
    name = models.CharField(_("呼び名"), max_length=160, blank=True)
    email = models.EmailField(_("メールアドレス"), blank=True)
    person = Person(verbose_name=_("書いた人"), null=True, blank=True)
    channel = models.CharField(_("どこから"), max_length=8, choices=Channel, default=Channel.WEB)
    entered_by = Person(verbose_name=_("受けつけた人"), null=True, blank=True)
    number = models.CharField(_("受付番号"), max_length=16, unique=True)
    words = models.CharField(_("あいことば"), max_length=40)
    """With the number they open the page again; the row holds the idea itself, so they hide nothing more."""
    status = models.CharField(_("状態"), max_length=8, choices=SeedStatus, default=SeedStatus.WAITING)
    owner = Person(verbose_name=_("担当"))
    due_on = models.DateField(_("返事をする日"))
    received_at = models.DateTimeField(_("とどいた日時"))
    answered_at = models.DateTimeField(_("はじめて返事をした日時"), null=True, blank=True)
    settled_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("文を消した日時"), null=True, blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("ひとこと提案")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=SeedStatus.values), name="scheme_seed_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=Channel.values), name="scheme_seed_channel_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status=SeedStatus.SETTLED) ^ Q(settled_at__isnull=True),
                name="scheme_seed_is_settled_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[SeedStatus.ANSWERED, SeedStatus.SETTLED])
                | Q(answered_at__isnull=False),
                name="scheme_seed_never_ends_in_silence",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_on"], name="scheme_seed_due"),
            models.Index(fields=["email"], condition=~Q(email=""), name="scheme_seed_by_address"),
        ]

    def __str__(self) -> str:
        return self.text[:SEED_LENGTH]


class SeedMessage(models.Model):
    """One message in the room of an idea: the desk's when `person` is a coordinator there, else its author's."""

    seed = models.ForeignKey(Seed, models.CASCADE, related_name="messages", verbose_name=_("どのひとこと"))
    person = Person(verbose_name=_("書いた人"), null=True, blank=True)
    from_desk = models.BooleanField(_("窓口から"))
    body = models.TextField(_("文"))
    said_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("ひとことの部屋のことば")
        ordering = ["seed", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_desk=False) | Q(person__isnull=False), name="scheme_seed_desk_has_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.body[:40]
