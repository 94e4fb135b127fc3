"""The text of the guideline: one edition for each version that the city gave, and its sections. Rows never change."""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.text import Block, Shape


class Edition(models.Model):
    """One version of the guideline's text, as the city gave it."""

    number = models.PositiveIntegerField(_("版"), unique=True)
    label = models.CharField(_("名前"), max_length=60)
    adopted_on = models.DateField(_("定めた日"), null=True, blank=True)
    length = models.PositiveIntegerField(_("節の数"))
    source_digest = models.CharField(_("元の文の指紋"), max_length=64)
    """SHA-256 of the text in the file, so that the same file again is recognised."""
    fingerprint = models.CharField(_("指紋"), max_length=64)
    """SHA-256 of what readers see: label, day and sections. The record holds it too."""
    loaded_at = models.DateTimeField(_("載せた日時"))

    class Meta:
        verbose_name = _("指針の版")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="edition_number_begins_at_1"),
            models.CheckConstraint(condition=~Q(label=""), name="edition_has_a_label"),
            models.CheckConstraint(condition=Q(length__gte=1), name="edition_has_sections"),
        ]

    def __str__(self) -> str:
        return self.label


class Section(models.Model):
    """One heading of an edition with the text below it."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sections", verbose_name=_("版"))
    position = models.PositiveIntegerField(_("順番"))
    level = models.PositiveSmallIntegerField(_("深さ"))
    slug = models.CharField(_("アドレス"), max_length=40)
    clause = models.CharField(_("番号"), max_length=20, blank=True)
    heading = models.CharField(_("見出し"), max_length=120, blank=True)
    title = models.CharField(_("題名"), max_length=120, blank=True)
    blocks = models.JSONField(_("本文"))
    """[[shape, text], …] in order."""

    class Meta:
        verbose_name = _("指針の節")
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="section_position_once"),
            models.UniqueConstraint(fields=["edition", "slug"], name="section_slug_once"),
            models.CheckConstraint(condition=Q(level__lte=4), name="section_level_is_known"),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def chapter(self) -> str:
        """The slug of the chapter it stands in."""
        return self.slug.partition("-")[0]

    @property
    def parts(self) -> Sequence[Block]:
        """The paragraphs, tables and footnotes."""
        return [Block(Shape(shape), text) for shape, text in self.blocks]

    @property
    def text(self) -> str:
        """All of it as plain text, a line a block."""
        return "\n".join(text for _shape, text in self.blocks)
