"""The desk on paper: a card with a code that leads to the form, to lie wherever people are."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from wanowa.consultations.queries.practice import practice
from wanowa.consultations.rules import Channel
from wanowa.guideline.queries import pack
from wanowa.press.sheets import Check, Facts, Section, Sheet, Text


def card(made: datetime) -> Sheet:
    """Return the card. No query."""
    address = f"{settings.PUBLIC_URL}{reverse('consultations:index')}?from={Channel.PAPER}"
    desk = pack().desk
    return Sheet(
        title=_("こまったら、ここに話してください"),
        made=made,
        blocks=(
            Text(
                _("まちのこと、活動のこと。ひとことで大丈夫です。名前も登録も、いりません。"), align="center"
            ),
            Section(
                _("１"),
                _("下のコードを、スマートフォンで読みます"),
                (Text(_("ページがひらきます。相談したいことを書いて、送ります。")),),
            ),
            Section(
                _("２"),
                _("受付番号とあいことばを、書いておきます"),
                (Facts(((_("受付番号"), ""), (_("あいことば"), ""))),),
            ),
            Section(
                _("３"),
                _("返事を読みます"),
                (
                    Text(
                        _("業務日で%(days)s日までに、はじめての返事をします。担当の人の名前も、わかります。")
                        % {"days": practice().first_answer}
                    ),
                ),
            ),
            Text(_("窓口でも、電話でも、同じように相談できます。%(note)s") % {"note": desk.contact_note}),
        ),
        check=Check(address, _("相談のページの二次元コード"), (_("相談のページ"), address)),
        footer=(_("%(city)s　%(desk)s") % {"city": pack().city.name, "desk": desk.name},),
    )
