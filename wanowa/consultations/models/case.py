"""A case: one worry of somebody, its owner, what is due when, and what came of it."""

from functools import partial

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Collaboration
from wanowa.consultations.rules import BY_HAND, Channel, Due, Help, Kind, Outcome, Passing, Status
from wanowa.kernel.files import DurableStorage
from wanowa.kernel.models import Base
from wanowa.parties.models import Party
from wanowa.people.rules import Language

Sealed = partial(models.BinaryField, blank=True, default=b"")
"""A column that only the key of its case opens."""
Maybe = partial(models.ForeignKey, settings.AUTH_USER_MODEL, models.SET_NULL, related_name="+")
"""Somebody whose account may go before the row does."""


class Case(Base):
    """What somebody brought to the desk. It has an owner at every second, and while it is open a due day."""

    number = models.CharField(_("受付番号"), max_length=9, unique=True)
    """Eight random digits, 1234-5678: on the receipt, so that nobody needs a name to find the case."""
    key = models.CharField(_("鍵の番号"), max_length=32, unique=True)
    passphrase = models.CharField(_("あいことばの要約値"), max_length=200)
    tries = models.PositiveSmallIntegerField(_("まちがえた回数"), default=0)
    tried_at = models.DateTimeField(_("まちがえた日時"), null=True, blank=True)
    person = Maybe(null=True, blank=True, related_name="consultations", verbose_name=_("相談した人"))
    """Empty: without an account."""
    text = Sealed(verbose_name=_("相談したいこと"))
    name = Sealed(verbose_name=_("呼び名"))
    contact = Sealed(verbose_name=_("連絡先"))
    email = Sealed(verbose_name=_("確かめたメールアドレス"))
    email_confirmed_at = models.DateTimeField(_("メールアドレスを確かめた日時"), null=True, blank=True)
    """Empty although there is an address: somebody of the city wrote it down, and nobody has shown that it is hers."""
    language = models.CharField(_("返事のことば"), max_length=10, choices=Language, default=Language.JA.value)
    channel = models.CharField(_("受付のしかた"), max_length=8, choices=Channel)
    entered_by = Maybe(null=True, blank=True, verbose_name=_("書きとめた人"))
    consented_at = models.DateTimeField(_("書きとめることに同意した日時"), null=True, blank=True)
    category = models.CharField(_("相談の種類"), max_length=40, blank=True)
    status = models.CharField(_("状態"), max_length=10, choices=Status, default=Status.RECEIVED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="owned_cases", verbose_name=_("担当")
    )
    department = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("担当の課")
    )
    """For which department the owner holds it. Empty: for the desk."""
    owned_since = models.DateTimeField(_("担当になった日時"))
    due = models.CharField(_("期限のあること"), max_length=12, choices=Due, blank=True)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    overdue_for = models.DateField(_("すぎたと記録した期限"), null=True, blank=True)
    next_action = Sealed(verbose_name=_("次にすること"))
    answered_at = models.DateTimeField(_("はじめて返事をした日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)
    outcome = models.CharField(_("どうなったか"), max_length=13, choices=Outcome, blank=True)
    closing = Sealed(verbose_name=_("終わりのことば"))
    collaboration = models.ForeignKey(
        Collaboration, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("協働の取組")
    )
    lead = models.BigIntegerField(_("つながった先の番号"), null=True, blank=True)
    """The id of the introduction or the proposal that came of it: a way that another app registers opens it."""
    asked_at = models.DateTimeField(_("その後をたずねた日時"), null=True, blank=True)
    calls = models.PositiveSmallIntegerField(_("つながらなかった電話の数"), default=0, db_default=0)
    called_at = models.DateTimeField(_("さいごに電話した日時"), null=True, blank=True)
    helped = models.CharField(_("その後"), max_length=6, choices=Help, blank=True)
    rated = models.BooleanField(_("感想をきいた"), default=False)
    """That she was counted in `Satisfied`; with which answer stands nowhere."""
    prints = ArrayField(models.BigIntegerField(), verbose_name=_("ことばの指紋"), default=list, blank=True)
    contact_print = models.CharField(_("連絡先の指紋"), max_length=64, blank=True)
    links = models.ManyToManyField("self", verbose_name=_("つながる相談"), blank=True)
    demonstration = models.BooleanField(_("お試し用"), default=False)

    class Meta:
        verbose_name = _("相談")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status_is_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="case_channel_is_known"),
            models.CheckConstraint(condition=Q(language__in=Language.values), name="case_language_is_known"),
            models.CheckConstraint(
                condition=~Q(channel__in=sorted(BY_HAND)) | Q(consented_at__isnull=False),
                name="case_by_hand_has_consent",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, due="", due_on__isnull=True)
                | (~Q(status=Status.CLOSED) & Q(due__in=Due.values, due_on__isnull=False)),
                name="case_open_has_a_due_day",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.CLOSED, closed_at__isnull=False, outcome__in=Outcome.values)
                | (~Q(status=Status.CLOSED) & Q(closed_at__isnull=True, outcome="")),
                name="case_closed_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.RECEIVED) ^ Q(answered_at__isnull=False),
                name="case_under_way_was_answered",
            ),
            models.CheckConstraint(
                condition=~Q(email=b"") | Q(email_confirmed_at__isnull=True),
                name="case_confirmed_has_an_address",
            ),
            models.CheckConstraint(
                condition=Q(calls=0, called_at__isnull=True) | Q(calls__gt=0, called_at__isnull=False),
                name="case_call_has_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "status", "due_on"], name="case_by_owner"),
            models.Index(fields=["due_on"], condition=~Q(status=Status.CLOSED), name="case_by_due"),
            models.Index(fields=["closed_at"], name="case_by_closing"),
            GinIndex(fields=["prints"], name="case_by_print"),
        ]

    def __str__(self) -> str:
        return self.number


class Handover(Base):
    """One receiver is asked to take a case over. Until somebody accepts, the giver keeps it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="handovers", verbose_name=_("相談"))
    giver = Maybe(null=True, blank=True, verbose_name=_("渡す人"))
    to_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("受ける課")
    )
    to_person = Maybe(null=True, blank=True, verbose_name=_("受ける人"))
    reason = Sealed(verbose_name=_("渡すわけ"))
    status = models.CharField(_("状態"), max_length=9, choices=Passing, default=Passing.OFFERED)
    answered_by = Maybe(null=True, blank=True, verbose_name=_("返事をした人"))
    answer = Sealed(verbose_name=_("返事"))
    answered_at = models.DateTimeField(_("返事の日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("引き継ぎ")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["case", "to_party", "to_person"],
                condition=Q(status=Passing.OFFERED),
                nulls_distinct=False,
                name="handover_open_once_a_receiver",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Passing.values),
                name="handover_status_is_known",
            ),
            models.CheckConstraint(condition=~Q(reason=b""), name="handover_has_a_reason"),
            models.CheckConstraint(
                condition=Q(status=Passing.OFFERED) ^ Q(answered_at__isnull=False),
                name="handover_is_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(to_party__isnull=True) | Q(to_person__isnull=True),
                name="handover_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=~Q(status=Passing.REFUSED) | ~Q(answer=b""), name="handover_refusal_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["to_party", "status"], name="handover_by_party")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.to_party_id or self.to_person_id}"


class Message(models.Model):
    """Something said in the room of a case: to the person, by her, or a note that never leaves the inside."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="messages", verbose_name=_("相談"))
    kind = models.CharField(_("だれからだれへ"), max_length=7, choices=Kind)
    author = Maybe(null=True, blank=True, verbose_name=_("書いた人"))
    party = models.ForeignKey(
        Party, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("書いた課")
    )
    body = Sealed(verbose_name=_("文"))
    said_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("相談のことば")
        ordering = ("said_at", "id")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="case_message_kind_is_known"),
            models.CheckConstraint(condition=~Q(body=b""), name="case_message_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.said_at:%Y-%m-%d}"


class Attachment(models.Model):
    """A file that somebody gave with her worry, or either side with a message. What lies on the disk is sealed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="files", verbose_name=_("相談"))
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="files", verbose_name=_("ことば")
    )
    """Empty: it came with the worry itself."""
    name = Sealed(verbose_name=_("ファイル名"))
    media_type = models.CharField(_("形式"), max_length=100)
    file = models.FileField(_("ファイル"), storage=DurableStorage(), max_length=255)
    added_at = models.DateTimeField(_("送った日時"))

    class Meta:
        verbose_name = _("相談のファイル")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.media_type}"
