"""What ended an earlier scheme, and what is done here so that it does not happen again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import Cause


@dataclass(frozen=True, slots=True)
class Cure:
    """How it is done now."""

    sentences: tuple[Promise, ...]


CURES: Final[Mapping[Cause, Cure]] = {
    Cause.PAPERWORK: Cure(
        (
            _("はじめは、200文字までの「ひとこと」だけです。"),
            _("書類は、書いたことから自動で作ります。同じことを二度書きません。"),
        )
    ),
    Cause.DAYTIME: Cure(
        (
            _("夜でも、スマートフォンから出せます。"),
            _("質問も審査も、書きこみで進みます。昼間に集まらなくて大丈夫です。"),
        )
    ),
    Cause.PARTNER: Cure(
        (
            _("相手がいなくても、始められます。"),
            _("出す前に、市といっしょに相手をさがします。"),
        )
    ),
    Cause.CAPACITY: Cure(
        (
            _("市の課は、いくつ受けられるかを先に知らせます。"),
            _("書く前に、どの課に余裕があるかがわかります。"),
        )
    ),
    Cause.GREW: Cure(
        (
            _("市の事業と重ならないか、出す前に課と話せます。"),
            _("市が困っていることにも、提案で答えられます。"),
        )
    ),
}
"""One for every cause."""
