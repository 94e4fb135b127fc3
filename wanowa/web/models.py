"""The receipts of forms that were sent, so that a form counts once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Submission(models.Model):
    """One form that was accepted: its key, whose it was, and what was answered. Kept for a day."""

    key = models.CharField(_("鍵"), max_length=64, primary_key=True)
    owner = models.CharField(_("送った人"), max_length=80)
    path = models.CharField(_("アドレス"), max_length=500)
    digest = models.CharField(_("内容の指紋"), max_length=64)
    status = models.PositiveSmallIntegerField(_("答え"), null=True)
    location = models.CharField(_("行き先"), max_length=2000, blank=True)
    media_type = models.CharField(_("種類"), max_length=100, blank=True)
    body = models.BinaryField(_("本文"), default=bytes)
    messages = models.JSONField(_("知らせ"), default=list)
    created_at = models.DateTimeField(_("作成日時"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("送信の控え")
        verbose_name_plural = _("送信の控え")

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
