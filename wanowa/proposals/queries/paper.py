"""A proposal as the official form on paper: filled from what was written, so that nobody types it again."""

from collections.abc import Collection

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.guideline.queries import pack
from wanowa.kernel.eras import era_date
from wanowa.kernel.money import yen
from wanowa.press.sheets import Article, Check, Facts, Letter, Section, Sheet, Text
from wanowa.proposals.models import Partner, Proposal
from wanowa.proposals.queries.proposals import answers_of, statements_of, written
from wanowa.proposals.rules.lifecycle import PartnerState


def paper_of(proposal: Proposal, partners: Collection[Partner]) -> Sheet:
    """Return the form; until it is handed in it is marked as a draft. Costs two queries."""
    made = timezone.localtime(proposal.submitted_at or proposal.updated_at)
    joined = [one.party.name for one in partners if one.state == PartnerState.JOINED]
    facts = [
        (_("募集"), proposal.round.title),
        (_("どちらからの提案か"), proposal.get_kind_display()),
        (_("提案する主体"), proposal.party.name),
        (_("いっしょにする主体"), "、".join(joined) or _("さがしています")),
        (_("受付番号"), proposal.receipt or _("まだ出していません")),
    ]
    if proposal.amount is not None:
        facts.append((_("市に出してほしいお金"), yen(proposal.amount)))
    answers = written(proposal, answers_of(proposal))
    sections = [
        Section(str(number), str(one.question.key.label), (Text(one.text or _("（書いていません）")),))
        for number, one in enumerate(answers, 1)
    ]
    said = [Article(one.party.name, "", one.text) for one in statements_of(proposal)]
    return Sheet(
        title=_("協働事業提案書"),
        made=made,
        opening=(
            Letter(
                top=(era_date(made.date()),),
                to=(_("%(city)s長　あて") % {"city": pack().city.name},),
                sender=((_("提案する主体"), proposal.party.name),),
            ),
        ),
        blocks=(
            Facts(tuple(facts)),
            *sections,
            *([Section(str(len(sections) + 1), _("それぞれの考え"), tuple(said))] if said else []),
        ),
        footer=(_("この書類は、わのわに書かれた文から作られました。"),),
        check=Check(
            address=f"{settings.PUBLIC_URL}{proposal.get_absolute_url()}",
            alt=_("この提案のページ"),
            lines=(_("もとの文は、ここで読めます（提案のまわりの主体だけ）。"),),
        ),
        preview="" if proposal.receipt else _("まだ出していない下書きです。"),
        watermark=_("案"),
    )
