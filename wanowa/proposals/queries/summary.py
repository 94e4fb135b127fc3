"""The yearly summary of the scheme for the 懇話会: one set of numbers, as rows of a table and as a sheet of paper."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.kernel.eras import era_date, fiscal_year_label
from wanowa.press.sheets import Check, Facts, Grid, Letter, Section, Sheet, Text
from wanowa.proposals.queries.gate import Summary


def summary_head() -> list[str]:
    """Return the headings of the table. No query."""
    return [
        *(_("募集の年度"), _("回"), _("受付"), _("審査"), _("採択")),
        *(_("予算成立"), _("協働の開始"), _("取りやめ・辞退"), _("継続（★）")),
    ]


def summary_rows(found: Sequence[Summary]) -> list[list[str]]:
    """Return the table, one row a round. No query."""
    return [[fiscal_year_label(one.fiscal_year), str(one.number), *map(str, _numbers(one))] for one in found]


def _numbers(one: Summary) -> tuple[int, ...]:
    return (one.received, one.judged, one.adopted, one.funded, one.started, one.given_up, one.continuing)


def summary_of(found: Sequence[Summary]) -> Sheet:
    """Return the table as paper, with sums and what each number counts, as it stands now. No query."""
    now = timezone.localtime()
    sums = [str(sum(numbers)) for numbers in zip(*map(_numbers, found), strict=True)]
    table = Grid(
        tuple(summary_head()),
        tuple(tuple(row) for row in summary_rows(found)),
        (7, 1, 2, 2, 2, 3, 3, 3, 3),
        tuple(range(1, 9)),
        foot=(_("合計"), "", *sums) if sums else (),
    )
    invented = any(one.demonstration for one in found)
    address = f"{settings.PUBLIC_URL}{reverse('proposals:overview')}"
    return Sheet(
        title=_("協働事業提案のまとめ"),
        made=now,
        opening=(
            Letter(
                top=(era_date(now.date()),),
                to=(_("懇話会のみなさんへ"),),
                sender=((_("つくったところ"), f"{pack().city.name}　{pack().desk.name}"),),
            ),
        ),
        blocks=(
            *([Text(_("お試しのための、つくりものの募集が入っています。"))] if invented else []),
            Section("1", _("募集の年度ごとの数"), (table if found else Text(_("募集は、まだありません。")),)),
            Section("2", _("何を数えましたか"), (Facts(_counted()),)),
        ),
        footer=(_("この数は、わのわの記録から、%(day)sに数えました。") % {"day": era_date(now.date())},),
        check=Check(
            address=address,
            alt=_("協働事業提案のページ"),
            lines=(_("募集と、審査の結果を、だれでも読めます。"), address),
        ),
    )


def _counted() -> tuple[tuple[str, str], ...]:
    return (
        (_("受付"), _("とどいた提案。あとで取り下げたものも入ります。")),
        (_("審査"), _("審査に進んだ提案")),
        (_("採択"), _("採択した提案。予算が決まるまで始まりません。")),
        (_("予算成立"), _("採択した提案のうち、その年度の予算が成立したもの")),
        (_("協働の開始"), _("予算のあと、協働の話し合いを始めたもの")),
        (_("取りやめ・辞退"), _("採択のあと、市がやめたか、提案した主体がことわったもの")),
        (_("継続（★）"), _("いちばん新しい年度の記録で、つづいているもの")),
    )
