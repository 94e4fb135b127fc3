"""The bank on paper: the form to fill in by hand, the receipt, and the draft of the register that the law asks for."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.kernel.eras import day_label
from wanowa.press.sheets import Check, Facts, Grid, Section, Sheet, Text
from wanowa.talent.models import Profile
from wanowa.talent.queries.own import current
from wanowa.talent.queries.sight import taxonomy
from wanowa.talent.rules import ALARM_AT, HIGHEST, TEXTS, AgeBand, Field, Method, Purpose, Reward, Times

BOX = "□"


def _boxes(labels: list[str]) -> str:
    return "　".join(f"{BOX} {label}" for label in labels)


def paper_form(made: datetime) -> Sheet:
    """Return the form to register with by hand: one thing a row, boxes to tick, room to write. No query."""
    known = taxonomy()
    rows = (
        (_("名前（ふりがな）"), "\n"),
        (_("お願いを知らせる方法"), _boxes([str(one.label) for one in Method])),
        (_("連絡先"), _("ほかの人には見えません。お願いを知らせるために使います。\n\n")),
        (_("できること"), _boxes([kind.label for kind in known.kinds]) + _("\nくわしく（5つまで）：\n\n")),
        (_("経験"), "\n\n\n"),
        (_("動ける地区"), _boxes([block.label for block in known.blocks])),
        (_("動ける日と時間"), _boxes([str(one.label) for one in Times])),
        (_("お礼"), _boxes([str(one.label) for one in Reward])),
        (_("年代"), _boxes([str(one.label) for one in AgeBand])),
        (_("保護者の名前"), _("18さいより下の人だけ\n")),
    )
    tiers = tuple(
        (str(field.label), *(BOX if step <= HIGHEST[field] else "―" for step in (0, 1, 2, 3)))
        for field in (Field.SKILLS, Field.EXPERIENCE, Field.AREA, Field.TIMES, Field.REWARD, Field.AGE_BAND)
    )
    address = f"{settings.PUBLIC_URL}{reverse('talent:edit')}"
    return Sheet(
        title=_("人材バンク　登録の用紙"),
        made=made,
        blocks=(
            Text(
                _(
                    "書けるところだけで、だいじょうぶです。病気のこと、番号（マイナンバーなど）は書かないでください。"
                )
            ),
            Facts(rows),
            Section(
                _("１"),
                _("だれに見せますか（1つに、しるしをつけます）"),
                (
                    Grid(
                        (
                            _("こと"),
                            _("見せない"),
                            _("推進員まで"),
                            _("団体と市の課まで"),
                            _("だれでも（数だけ）"),
                        ),
                        tiers,
                        (5, 3, 3, 4, 4),
                    ),
                    Text(_("名前は、協働推進員までです。連絡先は、だれにも見せません。")),
                ),
            ),
            Section(
                _("２"),
                _("同意"),
                tuple(
                    Text(f"{BOX} {purpose.label}　{_(TEXTS[purpose])}")
                    for purpose in Purpose
                    if purpose is not Purpose.HANDOVER
                ),
            ),
        ),
        closing=(
            Facts(
                ((_("書いた日"), ""), (_("名前"), ""), (_("受け付けた人・受付番号（窓口で書きます）"), ""))
            ),
        ),
        check=Check(
            address,
            _("登録のページの二次元コード"),
            (_("スマートフォンやパソコンからも、登録できます。"), address),
        ),
        footer=(_("%(city)s　%(desk)s") % {"city": pack().city.name, "desk": pack().desk.name},),
    )


def receipt_for(profile: Profile) -> Sheet:
    """Return the receipt of a registration: its number and every consent, nothing that was told. One query."""
    rows = tuple(
        (
            str(one.get_field_display()),
            str(one.get_purpose_display()),
            str(one.get_channel_display()),
            day_label(timezone.localdate(one.expires_at)),
        )
        for one in current(profile)
    )
    address = f"{settings.PUBLIC_URL}{reverse('talent:index')}"
    return Sheet(
        title=_("人材バンク　登録の控え"),
        made=profile.updated_at,
        number=_("受付番号　%(number)s") % {"number": profile.number},
        blocks=(
            Text(
                _(
                    "あなたが同意したことです。いつでも、窓口か電話で取り消せます。そのときに、受付番号を言ってください。"
                )
            ),
            Grid((_("こと"), _("なんのために"), _("受付のしかた"), _("いつまで")), rows, (3, 6, 2, 4)),
            Facts(
                (
                    (_("受け付けた日"), day_label(timezone.localdate(profile.created_at))),
                    (_("次に確かめる日"), _("%(day)sまで") % {"day": day_label(profile.confirm_by)}),
                )
            ),
            Text(_("名前や連絡先は、この控えには書いていません。")),
        ),
        check=Check(
            address, _("人材バンクのページの二次元コード"), (_("人材バンクのしくみを読めます。"), address)
        ),
        footer=(_("%(city)s　%(desk)s") % {"city": pack().city.name, "desk": pack().desk.name},),
    )


def register_draft(made: datetime) -> Sheet:
    """Return the draft of the register of personal information files (個人情報保護法第75条). Costs one query."""
    people = Profile.objects.count()
    return Sheet(
        title=_("個人情報ファイル簿（案）"),
        made=made,
        blocks=(
            Facts(
                (
                    (_("個人情報ファイルの名称"), _("人材バンク登録ファイル")),
                    (_("行政機関等の名称"), pack().city.name),
                    (_("事務をつかさどる組織"), pack().desk.name),
                    (
                        _("利用目的"),
                        _("登録した人と、手伝いを求める団体や市の課を、本人の同意によって結ぶため"),
                    ),
                    (
                        _("記録項目"),
                        "、".join(
                            [*(str(field.label) for field in Field), _("かくす印"), _("同意と読んだ記録")]
                        ),
                    ),
                    (_("記録範囲"), _("人材バンクに登録した人（いま%(people)s人）") % {"people": people}),
                    (_("収集方法"), _("本人が、画面、紙、窓口または電話で登録する")),
                    (_("要配慮個人情報"), _("含まない（書かれていれば、確かめるときに本人に返す）")),
                    (_("経常的提供先"), _("なし（本人が選んだ相手に、選んだことだけを、期限まで渡す）")),
                    (_("開示などの請求を受ける組織"), pack().desk.name),
                    (_("訂正・利用停止の特別の手続"), _("本人のページ、または窓口でいつでもできる")),
                    (_("ファイルの種別"), _("電算処理ファイル（項目ごとに暗号化、鍵は別に保管）")),
                )
            ),
            Text(
                _(
                    "この案は、いまのしくみから作りました。%(most)s人になるまでに、担当の課で確かめて公表してください。"
                )
                % {"most": f"{ALARM_AT:,}"}
            ),
        ),
        preview=_("確かめる前の案です"),
        footer=(_("%(city)s　%(desk)s") % {"city": pack().city.name, "desk": pack().desk.name},),
    )
