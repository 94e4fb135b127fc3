"""Answers used again: one person writes what many ask, another releases it; checked once a year, never rewritten."""

from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.consultations.models import Advice, Case, Wording
from wanowa.consultations.queries import opened_for, practice, reader_of, reading, said, sight_of
from wanowa.consultations.rules import Kind, Reply, Stage, echoes, names
from wanowa.consultations.services.authority import held
from wanowa.consultations.verbs import CHECKED, PROPOSED, RECALLED, RELEASED
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Conflict, Forbidden, Invalid, Refused
from wanowa.record.services import records, write


@records(PROPOSED)
def propose_advice(case: Case, reply: Reply, *, demonstration: bool = False, by: Actor) -> Advice:
    """Write an answer for everybody after a case one holds, has read and has answered.

    Nothing of her own words may stand in it, nor her name, number or address. Nothing of the case is kept with it.
    Raises Forbidden, Invalid, Refused.
    """
    case, _actor = held(case, by)
    reply.check([one.key for one in practice().categories])
    if case.answered_at is None:
        raise Refused(_("先に、相談した人に返事をしてください。そのあとで、みんなへの答えにできます。"))
    _refuse_traces(case, reply, by)
    advice = Advice.objects.create(demonstration=demonstration)
    _add(advice, reply, by)
    write(PROPOSED, advice, by=by)
    return advice


def _refuse_traces(case: Case, reply: Reply, by: Actor) -> None:
    """Refuse words by which somebody could be told. To compare them, the case must be open to the writer."""
    reader = reader_of(by.required_person)
    right = sight_of(case, reader) if reader else None
    access = reading(case, by.required_person, right) if right else None
    if right is None or access is None:
        raise Refused(_("先に、その相談をひらいて読んでください。読んだあと、4時間のあいだ書けます。"))
    opened, public = opened_for(access, case, right), f"{reply.question}\n{reply.answer}"
    own = [opened.read(case, "text")]
    own += [one.body for one in said(opened, inside=False) if one.kind is Kind.CITIZEN]
    if echoes(public, own):
        raise Invalid(_("相談した人のことばが、そのまま入っています。あなたのことばで書きなおしてください。"))
    if names(public, [opened.read(case, column) for column in ("name", "contact", "email")]):
        raise Invalid(_("相談した人の呼び名か連絡先が入っています。消してください。"))


def _add(advice: Advice, reply: Reply, by: Actor) -> Wording:
    return Wording.objects.create(
        advice=advice,
        question=reply.question.strip(),
        answer=reply.answer.strip(),
        category=reply.category,
        proposed_by_id=by.required_person,
        proposed_at=timezone.now(),
    )


def _locked(advice: Advice, by: Actor) -> Advice:
    """Return the answer as it is now, locked until commit, for somebody of the city; Forbidden for all others."""
    if reader_of(by.required_person) is None:
        raise Forbidden(_("協働推進員か、市の課の人だけができます。窓口に伝えてください。"))
    return Advice.objects.select_for_update().get(pk=advice.pk)


@records(PROPOSED)
def rewrite_advice(advice: Advice, reply: Reply, *, by: Actor) -> Wording:
    """Write another wording, which waits for somebody else; what is released stays until then. Forbidden, Invalid."""
    advice = _locked(advice, by)
    reply.check([one.key for one in practice().categories])
    advice.wordings.filter(stage=Stage.PROPOSED).update(stage=Stage.REPLACED)
    made = _add(advice, reply, by)
    write(PROPOSED, advice, by=by)
    return made


@records(RELEASED)
def release_advice(wording: Wording, *, by: Actor) -> Advice:
    """Let everybody read what somebody else wrote. Raises Forbidden for the writer, Conflict when it was replaced."""
    advice, person = _locked(wording.advice, by), by.required_person
    waiting = advice.wordings.filter(pk=wording.pk, stage=Stage.PROPOSED).first()
    if waiting is None:
        raise Conflict(_("この文は、もう公開されたか、書きなおされました。ページをひらき直してください。"))
    if waiting.proposed_by_id == person:
        raise Forbidden(_("自分が書いた文は、公開できません。もうひとりにたのんでください。"))
    if waiting.proposed_by_id is None:
        raise Refused(_("書いた人が、もういません。書きなおしてから、もうひとりにたのんでください。"))
    advice.wordings.filter(stage=Stage.RELEASED).update(stage=Stage.REPLACED)
    waiting.stage, waiting.released_by_id, waiting.released_at = Stage.RELEASED, person, timezone.now()
    waiting.save()
    advice.checked_on, advice.checked_by_id = timezone.localdate(), person
    advice.withdrawn_at, advice.withdrawn_by_id, advice.withdrawal = None, None, ""
    advice.save()
    write(RELEASED, advice, by=by)
    return advice


@records(CHECKED)
def check_advice(advice: Advice, *, by: Actor) -> Advice:
    """Say that it is still true. Raises Forbidden, Refused when nobody can read it."""
    advice = _locked(advice, by)
    _require_public(advice)
    advice.checked_on, advice.checked_by_id = timezone.localdate(), by.required_person
    advice.save()
    write(CHECKED, advice, by=by)
    return advice


@records(RECALLED)
def withdraw_advice(advice: Advice, *, reason: str, by: Actor) -> Advice:
    """Take it away from everybody, with a reason; its wordings stay for the desk. Forbidden, Invalid, Refused."""
    advice = _locked(advice, by)
    _require_public(advice)
    if not reason.strip():
        raise Invalid(_("取り下げるわけを書いてください。窓口の人が読みます。"))
    advice.withdrawn_at, advice.withdrawn_by_id = timezone.now(), by.required_person
    advice.withdrawal = reason.strip()
    advice.save()
    write(RECALLED, advice, by=by)
    return advice


def _require_public(advice: Advice) -> None:
    if advice.withdrawn_at is not None or not advice.wordings.filter(stage=Stage.RELEASED).exists():
        raise Refused(_("いまは、公開していません。書きなおすと、もう一度公開できます。"))
