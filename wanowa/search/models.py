"""What is kept to find things again: documents, their words, how far the record was read, and words of the city."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wanowa.kernel.models import Base


class Document(models.Model):
    """One thing that can be found, as it is shown; made from the tables of its app, and from nothing else.

    `index` and `words` are sets without positions (see `rules.grams`); the application computes them.
    """

    kind = models.CharField(_("種類"), max_length=40)
    key = models.CharField(_("種類の中のかぎ"), max_length=120)
    title = models.TextField(_("題名"))
    reading = models.TextField(_("ふりがな"), blank=True)
    body = models.TextField(_("本文"), blank=True)
    address = models.CharField(_("アドレス"), max_length=600)
    fields = ArrayField(models.CharField(max_length=40), verbose_name=_("分野"), default=list)
    places = ArrayField(models.CharField(max_length=60), verbose_name=_("場所"), default=list)
    audiences = ArrayField(models.CharField(max_length=40), verbose_name=_("だれのため"), default=list)
    day = models.DateField(_("日付"))
    year = models.PositiveSmallIntegerField(_("年度"), null=True)
    """The fiscal year; empty for what has no day of its own."""
    public = models.BooleanField(_("公開"), default=False)
    parties = ArrayField(models.BigIntegerField(), verbose_name=_("読める主体"), default=list)
    for_desk = models.BooleanField(_("窓口も読める"), default=False)
    title_key = models.TextField(_("題名のかぎ"))
    folded = models.TextField(_("ぜんぶのかぎ"))
    words = SearchVectorField(pgettext_lazy("search", "ことば"))
    index = SearchVectorField(_("索引"))

    class Meta:
        verbose_name = _("さがせるもの")
        ordering = ["kind", "key"]
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="search_document_once")]
        indexes = [
            GinIndex(fields=["index"], name="search_by_piece", fastupdate=False),
            models.Index(fields=["-day", "-id"], name="search_newest"),
            GinIndex(fields=["parties"], name="search_hidden", condition=Q(public=False)),
        ]

    def __str__(self) -> str:
        return self.title


class Word(models.Model):
    """A word that public documents use: folded as it is written, its normal form, its reading in hiragana."""

    surface = models.CharField(_("書き方"), max_length=40, db_collation="C")
    normal = models.CharField(_("代表の形"), max_length=40)
    reading = models.CharField(_("よみ"), max_length=60, blank=True, db_collation="C")
    documents = models.PositiveIntegerField(_("ページの数"), default=1)
    """Counted every night; until then, 1."""
    near = ArrayField(models.CharField(max_length=4), verbose_name=_("にたことばのかぎ"), default=list)

    class Meta:
        verbose_name = pgettext_lazy("search", "ことば")
        constraints = [models.UniqueConstraint(fields=["surface", "normal"], name="search_word_once")]
        indexes = [
            models.Index(fields=["reading"], name="search_word_by_reading"),
            models.Index(fields=["normal"], name="search_word_by_normal"),
            GinIndex(fields=["near"], name="search_word_near"),
        ]

    def __str__(self) -> str:
        return self.surface


class Position(models.Model):
    """How far the record was read into the index. One row, locked while it is read."""

    reader = models.CharField(_("読み手"), max_length=40, primary_key=True)
    entry = models.BigIntegerField(_("読んだところ"), default=0)
    release = models.CharField(_("プログラムの版"), max_length=64, blank=True)
    """The program and the words of the city with which the pages of the program itself were read."""

    class Meta:
        verbose_name = _("索引の位置")

    def __str__(self) -> str:
        return f"{self.reader}: {self.entry}"


class Rebuild(models.Model):
    """A rebuilding under way: what is done, so that it can go on after a stop. One row, gone when all is done."""

    kind = models.CharField(_("種類"), max_length=40, primary_key=True)
    after = models.CharField(_("できたところ"), max_length=120, blank=True)
    done = models.PositiveIntegerField(_("できた数"), default=0)
    entry = models.BigIntegerField(_("はじめたときの記録"), default=0)
    """How far the record went when it began: what came before needs not be read again."""
    finished = models.BooleanField(_("終わった"), default=False)

    class Meta:
        verbose_name = _("索引の作りなおし")

    def __str__(self) -> str:
        return f"{self.kind}: {self.after}"


class Synonym(Base):
    """Words that mean the same to people of this city, beside those of the pack. A coordinator keeps them."""

    words = ArrayField(models.CharField(max_length=40), verbose_name=_("おなじ意味のことば"))
    removed_at = models.DateTimeField(_("外した日時"), null=True, blank=True)

    class Meta:
        verbose_name = _("おなじ意味のことば")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(words__len__gte=2), name="synonym_of_two_words_at_least"),
            models.UniqueConstraint(
                fields=["words"], condition=Q(removed_at__isnull=True), name="synonym_group_once"
            ),
        ]

    def __str__(self) -> str:
        return " = ".join(self.words)


class Unfound(models.Model):
    """A folded query without a public hit, on one day, and how often. Nothing about who typed it."""

    text = models.CharField(pgettext_lazy("search", "ことば"), max_length=40)
    day = models.DateField(_("日"))
    count = models.PositiveIntegerField(_("回数"), default=1)
    sifted = models.BooleanField(_("人の名前でないと確かめた"), default=False)

    class Meta:
        verbose_name = _("見つからなかったことば")
        constraints = [models.UniqueConstraint(fields=["text", "day"], name="unfound_once_a_day")]

    def __str__(self) -> str:
        return self.text
