"""Preparing what will be offered: editing the draft, beginning and dropping a change, proposing a turn."""

from django.utils.translation import gettext as _

from wanowa.collaborations.models import Collaboration, Draft, Version
from wanowa.collaborations.queries import (
    draft_locked,
    locked,
    open_version,
    require_own_seat,
    require_seat,
)
from wanowa.collaborations.rules import (
    CHANGES_FROM,
    FIELDS,
    LIFECYCLE,
    Change,
    Clause,
    Status,
    Terms,
    for_leaving,
    mark,
    with_clause,
    with_proposals,
)
from wanowa.collaborations.services.consenting import put_before_all
from wanowa.collaborations.services.talks import refuse_long_title
from wanowa.collaborations.verbs import CHANGE_BEGUN, CHANGE_DROPPED, EDITED, OFFERED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Invalid, Refused
from wanowa.kernel.text import search_key
from wanowa.parties.rules import SPEAKS, WRITES
from wanowa.record.services import records, write


@records(EDITED)
def edit(
    collaboration: Collaboration,
    *,
    clause: Clause,
    written: Terms,
    seen: str,
    proposals: bool = False,
    by: Actor,
) -> Draft:
    """Save one clause of the text in preparation; the other clauses of `written` are ignored.

    With `proposals`, what the form of the text proposes is put into every clause that nobody has written. `seen`
    is the clause's mark on the editor's page; when another party changed the clause since, Conflict is raised.
    """
    collaboration = locked(collaboration)
    require_seat(collaboration, by, WRITES)
    draft = draft_locked(collaboration)
    if not LIFECYCLE.allowed(Status(collaboration.status)):
        raise Refused(_("この取組は終わっています。続けたいときは、新しい取組を呼びかけてください。"))
    if open_version(collaboration) is not None:
        raise Refused(_("いま提案中です。直すときは、先に「話し合いに戻す」を選んでください。"))
    if clause not in FIELDS:
        raise Invalid(_("この条は、ここでは直せません。主体の顔ぶれは、招くことと加わることで変わります。"))
    if clause is Clause.AIMS and by.required_party not in draft.terms.parties:
        raise Refused(_("抜ける主体のねらいは、新しい内容には入りません。ほかの条を直してください。"))
    if mark(draft.terms, clause) != seen:
        raise Conflict(
            _(
                "あなたが書いているあいだに、相手がこの条を直しました。両方を見くらべて、もう一度保存してください。"
            )
        )
    terms = with_clause(draft.terms, clause, written, by.required_party)
    if proposals:
        terms = with_proposals(terms, terms.form)
    refuse_long_title(terms.title)
    draft.content = terms.content()
    draft.revision += 1
    draft.edited_by_id = by.required_party
    draft.save()
    if collaboration.in_force_id is None and clause is Clause.TITLE:
        collaboration.title = terms.title or collaboration.title
        collaboration.summary = terms.summary
        collaboration.search_key = search_key(f"{collaboration.title} {terms.summary}")
        collaboration.save()
    write(EDITED, collaboration, by=by, revision=draft.revision)
    return draft


@records(CHANGE_BEGUN)
def begin_amendment(collaboration: Collaboration, *, by: Actor) -> Draft:
    """Begin to prepare another text from the one in force."""
    return _begin(collaboration, Change.AMEND, by)


@records(CHANGE_BEGUN)
def begin_leaving(collaboration: Collaboration, *, by: Actor) -> Draft:
    """Begin to prepare a text without the actor's party; whoever stays must take over its tasks."""
    return _begin(collaboration, Change.LEAVE, by)


def _begin(collaboration: Collaboration, change: Change, by: Actor) -> Draft:
    collaboration = locked(collaboration)
    require_own_seat(collaboration, by, SPEAKS if change is Change.LEAVE else WRITES)
    if change not in CHANGES_FROM[Status(collaboration.status)] or collaboration.in_force is None:
        raise Refused(_("いまの状態では、変更を始められません。取組のページで状態を確かめてください。"))
    if open_version(collaboration) is not None or Draft.objects.filter(collaboration=collaboration).exists():
        raise Refused(_("いま、別の変更を準備しています。先にそれを終えてください。"))
    terms = collaboration.in_force.terms
    if change is Change.LEAVE:
        terms = for_leaving(terms, by.required_party)
        if len(terms.parties) < 2:
            raise Refused(_("抜けると、主体が1つになります。「終了」を提案してください。"))
    return begin_draft(collaboration, change, terms, by=by)


@records(CHANGE_BEGUN)
def begin_draft(
    collaboration: Collaboration, change: Change, terms: Terms, *, newcomer: int | None = None, by: Actor
) -> Draft:
    """Lay a new text on the table of a locked collaboration.

    Every saving of a draft leaves an entry, so the number of this one is beyond every revision there has
    been: whoever still looks at an earlier draft cannot offer this one by mistake.
    """
    begun = write(CHANGE_BEGUN, collaboration, by=by, change=change)
    return Draft.objects.create(
        collaboration=collaboration,
        change=change,
        content=terms.content(),
        revision=begun.number,
        edited_by_id=by.required_party,
        newcomer_id=newcomer,
    )


@records(CHANGE_DROPPED)
def drop_change(collaboration: Collaboration, *, by: Actor) -> Collaboration:
    """Throw the prepared change away; what is in force stays as it is."""
    collaboration = locked(collaboration)
    require_seat(collaboration, by, WRITES)
    draft = draft_locked(collaboration)
    if collaboration.in_force_id is None:
        raise Refused(_("はじめの内容は捨てられません。抜けるときは「話し合いから抜ける」を選んでください。"))
    if open_version(collaboration) is not None:
        raise Refused(_("いま提案中です。先に「話し合いに戻す」を選んでください。"))
    collaboration.join_requests.filter(state="accepted").update(state="waiting")
    draft.delete()
    write(CHANGE_DROPPED, collaboration, by=by)
    return collaboration


@records(OFFERED)
def propose_turn(collaboration: Collaboration, *, change: Change, reason: str, by: Actor) -> Version:
    """Propose to suspend, resume or end, with a reason; the text itself stays as it is in force."""
    collaboration = locked(collaboration)
    require_own_seat(collaboration, by, SPEAKS)
    if change not in {Change.SUSPEND, Change.RESUME, Change.END}:
        raise Invalid(_("休止・再開・終了のどれかを選んでください。"))
    if not reason.strip():
        raise Invalid(_("理由を書いてください。ほかの主体が、読んで決めます。"))
    if change not in CHANGES_FROM[Status(collaboration.status)] or collaboration.in_force is None:
        raise Refused(_("いまの状態では、その提案はできません。取組のページで状態を確かめてください。"))
    return put_before_all(collaboration, change, collaboration.in_force.terms, reason, by=by)
