"""The nouns of papers: one issued file of one version, and how far the record was read."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.models import Version
from wanowa.guideline.rules import PaperKind
from wanowa.kernel.files import DurableStorage


class Issue(models.Model):
    """One paper of one version in force, made once. A trigger keeps it as it is.

    Only the file goes, with `withdrawn_at`, when a person named in it is erased; digest and entry stay.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="issues", verbose_name=_("版"))
    kind = models.CharField(_("書類"), max_length=40, choices=PaperKind)
    digest = models.CharField(_("ファイルのダイジェスト"), max_length=64)
    size = models.PositiveIntegerField(_("大きさ（バイト）"))
    file = models.FileField(
        _("ファイル"), upload_to="papers", storage=DurableStorage(), max_length=120, blank=True
    )
    issued_at = models.DateTimeField(_("できた日時"))
    withdrawn_at = models.DateTimeField(_("ファイルを消した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("書類")
        ordering = ["version", "id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind"], name="issue_once_a_version"),
            models.CheckConstraint(condition=Q(kind__in=PaperKind.values), name="issue_kind_is_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, file__gt="") | Q(withdrawn_at__isnull=False, file=""),
                name="issue_has_a_file_until_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version}　{self.get_kind_display()}"


class Position(models.Model):
    """How far papers have read the record. One row, locked while papers are made."""

    reader = models.CharField(_("読み手"), max_length=40, primary_key=True)
    entry = models.BigIntegerField(_("読んだところ"), default=0)

    class Meta:
        verbose_name = _("読んだ位置")

    def __str__(self) -> str:
        return f"{self.reader}: {self.entry}"
