"""The room of a collaboration: what is said, asked and laid on the table; every party there sees the same (G-22a)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models.collaboration import Collaboration
from wanowa.kernel.files import DurableStorage
from wanowa.kernel.models import Base
from wanowa.parties.models import Party


class Message(Base):
    """Something said in the room. Stays as it was said."""

    class Kind(models.TextChoices):
        """What the message is for."""

        REMARK = "remark", _("話")
        QUESTION = "question", _("質問")
        ANSWER = "answer", _("答え")
        DECLINED = "declined", _("答えない返事")
        RESTATED = "restated", _("受けとり")
        CONFIRMED = "confirmed", _("そのとおり")
        DIFFERENT = "different", _("ちがうところ")

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="messages", verbose_name=_("取組")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("書いた人")
    )
    kind = models.CharField(_("種類"), max_length=10, choices=Kind, default=Kind.REMARK)
    body = models.TextField(_("本文"))
    """The words; a confirmation needs none."""
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies", verbose_name=_("返事のもと")
    )

    class Meta:
        verbose_name = _("対話の部屋の発言")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["answer", "declined", "confirmed", "different"], answers__isnull=False)
                | Q(kind__in=["remark", "question", "restated"], answers__isnull=True),
                name="message_replies_to_another",
            ),
            models.UniqueConstraint(
                fields=["answers", "party"],
                condition=Q(kind__in=["declined", "confirmed", "different"]),
                name="message_one_reply_of_a_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.body[:20]}"

    @property
    def has_words_of_its_own(self) -> bool:
        """Whether it says something that can be restated; a restatement or a bare reply is confirmed otherwise."""
        return self.kind in {self.Kind.REMARK, self.Kind.QUESTION, self.Kind.ANSWER, self.Kind.DIFFERENT}


class Attachment(Base):
    """A file laid on the table; its bytes are on disk before its row is committed."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments", verbose_name=_("発言"))
    name = models.CharField(_("ファイル名"), max_length=255)
    media_type = models.CharField(_("種類"), max_length=100)
    size = models.PositiveIntegerField(_("大きさ（バイト）"))
    digest = models.CharField(_("指紋"), max_length=64)
    file = models.FileField(_("中身"), storage=DurableStorage, max_length=200)

    class Meta:
        verbose_name = _("ファイル")

    def __str__(self) -> str:
        return self.name


class ReadMark(models.Model):
    """Up to which message a party has read. Kept per party, so that both sides know what the other has seen."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="read_marks", verbose_name=_("取組")
    )
    party = models.ForeignKey(Party, models.CASCADE, related_name="+", verbose_name=_("主体"))
    message = models.BigIntegerField(_("読んだところ"), default=0)

    class Meta:
        verbose_name = _("既読")
        constraints = [
            models.UniqueConstraint(fields=["collaboration", "party"], name="read_mark_once"),
        ]

    def __str__(self) -> str:
        return f"{self.party}: {self.message}"
