"""What comes after the reveal: reasons, the joint text and each party's consent to it, what a body says about it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.collaborations.models import Collaboration
from wanowa.evaluations.models.rounds import Round
from wanowa.evaluations.rules.joint import Joint
from wanowa.kernel.models import Base
from wanowa.parties.models import Party


class Reason(models.Model):
    """Why a party saw one question as it did, said after the reveal. Nothing is overwritten: more is said instead.

    The one exception is a person who is erased: then the words of her own party go.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="reasons", verbose_name=_("ふりかえり"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    criterion = models.CharField(_("どの問いについて"), max_length=64)
    text = models.TextField(_("わけ"), blank=True)
    said_at = models.DateTimeField(_("書いた日時"))

    class Meta:
        verbose_name = _("わけ")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.party} → {self.criterion}"


class Reflection(Base):
    """The joint text in preparation. `revision` counts the savings, so that nobody offers what he has not seen."""

    round = models.OneToOneField(
        Round, models.CASCADE, related_name="reflection", verbose_name=_("ふりかえり")
    )
    content = models.JSONField(_("内容"))
    revision = models.PositiveIntegerField(_("直した回数"), default=0)
    edited_by = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("最後に直した主体"))

    class Meta:
        verbose_name = _("まとめの下書き")

    def __str__(self) -> str:
        return f"{self.round}（{self.revision}）"

    @property
    def joint(self) -> Joint:
        """The text under its headings."""
        return Joint.of(self.content)


class Statement(models.Model):
    """One exact joint text put before everybody. In force the evaluation is public; immutable by trigger."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="statements", verbose_name=_("ふりかえり"))
    number = models.PositiveIntegerField(_("案の番号"))
    content = models.JSONField(_("内容"))
    concerned = ArrayField(models.BigIntegerField(), verbose_name=_("同意がいる主体"))
    fingerprint = models.CharField(_("指紋"), max_length=64, unique=True)
    offered_by = models.ForeignKey(
        Party, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("summary", "出した主体")
    )
    offered_at = models.DateTimeField(_("出した日時"))
    in_force_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    closed_at = models.DateTimeField(_("戻した日時"), null=True, blank=True)
    closed_by = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("戻した主体")
    )

    class Meta:
        verbose_name = _("まとめ")
        ordering = ["round", "number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="statement_number_once"),
            models.UniqueConstraint(
                fields=["round"],
                condition=Q(closed_at__isnull=True),
                name="statement_one_open_or_in_force",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True) | Q(closed_at__isnull=True),
                name="statement_has_one_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"

    @property
    def joint(self) -> Joint:
        """The text under its headings."""
        return Joint.of(self.content)

    @property
    def is_open(self) -> bool:
        """Whether consent can still be given."""
        return self.in_force_at is None and self.closed_at is None


class Approval(models.Model):
    """One party's consent to one exact joint text, and so to publishing; given by one person."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="approvals", verbose_name=_("まとめ")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("同意した人")
    )
    fingerprint = models.CharField(_("読んだ内容の指紋"), max_length=64)
    shows_own = models.BooleanField(_("自分の点とことばも公開する"), default=False)
    """Asked of a party that is one person: without its own yes, its scores and words stay with the table."""
    given_at = models.DateTimeField(_("同意した日時"))
    withdrawn_at = models.DateTimeField(_("取り下げた日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("まとめへの同意")
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "party"],
                condition=Q(withdrawn_at__isnull=True),
                name="approval_once_for_a_party",
            ),
            models.UniqueConstraint(
                fields=["statement", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="approval_one_person_one_party",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} → {self.statement}"


class Comment(models.Model):
    """What a body such as the 懇話会 said about a published evaluation, entered at the desk with its source."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="comments", verbose_name=_("ふりかえり"))
    body = models.CharField(_("どの会議の意見か"), max_length=80)
    text = models.TextField(_("意見"))
    said_on = models.DateField(_("意見が出た日"))
    source = models.CharField(_("出どころ"), max_length=200)
    entered_at = models.DateTimeField(_("のせた日時"))

    class Meta:
        verbose_name = _("会議の意見")
        ordering = ["said_on", "id"]

    def __str__(self) -> str:
        return f"{self.body} → {self.round}"


class Successor(models.Model):
    """The collaboration that goes on where an ended one stopped; each round has one at most."""

    round = models.OneToOneField(
        Round, models.PROTECT, related_name="successor", verbose_name=_("ふりかえり")
    )
    collaboration = models.OneToOneField(
        Collaboration, models.PROTECT, related_name="+", verbose_name=_("つづきの取組")
    )

    class Meta:
        verbose_name = _("つづきの取組")

    def __str__(self) -> str:
        return f"{self.round} → {self.collaboration}"
