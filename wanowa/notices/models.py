"""The nouns of notices: how far the record was read, what one person is told or owed, what each person wants."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Position(models.Model):
    """How far one reader has read the record. One row a reader, locked while it reads."""

    reader = models.CharField(_("読み手"), max_length=40, primary_key=True)
    entry = models.BigIntegerField(_("読んだところ"), default=0)

    class Meta:
        verbose_name = _("読んだ位置")

    def __str__(self) -> str:
        return f"{self.reader}: {self.entry}"


class Notice(models.Model):
    """One step of the record that one person should know of. The sentence is told from the record when it is read."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("人")
    )
    case = models.CharField(_("案件"), max_length=120)
    entry = models.BigIntegerField(_("経過の番号"))
    at = models.DateTimeField(_("できごとの日時"))
    seen_at = models.DateTimeField(_("読んだ日時"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("メールした日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("お知らせ")
        ordering = ["-entry"]
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="notice_once_for_a_person")]
        indexes = [
            models.Index(fields=["at"], name="notice_by_age"),
            models.Index(
                fields=["person"], condition=models.Q(mailed_at__isnull=True), name="notice_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.entry}"


class OwedReceipt(models.Model):
    """The receipt of one entry that one person gets by mail, once a checkpoint covers the entry."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="owed_receipts", verbose_name=_("人")
    )
    entry = models.BigIntegerField(_("経過の番号"))
    at = models.DateTimeField(_("できごとの日時"))
    mailed_at = models.DateTimeField(_("メールした日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("送る控え")
        ordering = ["entry"]
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="receipt_once_for_a_person")]
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(mailed_at__isnull=True), name="receipt_to_mail"
            ),
            models.Index(fields=["at"], name="receipt_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.entry}"


class Preference(models.Model):
    """What a person wants to be told. No row: everything, on the page and by mail."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_preference", verbose_name=_("人")
    )
    by_mail = models.BooleanField(_("メールでも知らせる"), default=True)
    muted = ArrayField(
        models.CharField(max_length=120), default=list, blank=True, verbose_name=_("知らせない案件")
    )

    class Meta:
        verbose_name = _("お知らせの受けとり方")

    def __str__(self) -> str:
        return f"{self.person_id}"
