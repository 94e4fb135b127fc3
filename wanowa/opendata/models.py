"""A file that came in, and what the portal says about a group: apart from what the group says about itself."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.files import DurableStorage
from wanowa.kernel.models import Base
from wanowa.opendata.rules import Encoding, Status
from wanowa.parties.models import Party


class Import(Base):
    """One file that somebody brought, from reading it to taking it in. Its bytes stay a day at most."""

    file = models.FileField(_("ファイル"), storage=DurableStorage, max_length=200, blank=True)
    name = models.CharField(_("ファイル名"), max_length=255)
    digest = models.CharField(_("指紋"), max_length=64)
    encoding = models.CharField(_("文字コード"), max_length=12, choices=Encoding)
    mapping = models.JSONField(_("列の割り当て"), default=dict)
    only_here = models.BooleanField(_("このまちの団体だけ"), default=True)
    status = models.CharField(_("状態"), max_length=12, choices=Status, default=Status.READ)
    trouble = models.TextField(_("取りこめなかったわけ"), blank=True)
    new = models.PositiveIntegerField(_("新しい団体"), default=0)
    changed = models.PositiveIntegerField(_("変わった団体"), default=0)
    same = models.PositiveIntegerField(_("同じ団体"), default=0)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("持ってきた人")
    )
    done_at = models.DateTimeField(_("取りこんだ日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("取りこみ")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="import_status_is_known"),
            models.CheckConstraint(
                condition=Q(status="done", done_at__isnull=False)
                | (~Q(status="done") & Q(done_at__isnull=True)),
                name="import_done_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["status"], condition=Q(status="under_way"), name="import_one_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PortalRecord(Base):
    """What the NPO portal says about one group: the row as read. The group's own words stand in `Party`."""

    party = models.OneToOneField(Party, models.CASCADE, related_name="portal_record", verbose_name=_("主体"))
    columns = models.JSONField(_("行の内容"))
    source = models.ForeignKey(
        Import, models.SET_NULL, null=True, related_name="+", verbose_name=_("どの取りこみから")
    )

    class Meta:
        verbose_name = _("公開情報")

    def __str__(self) -> str:
        return str(self.party)
