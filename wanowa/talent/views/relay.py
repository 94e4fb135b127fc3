"""Answering a request by the link of a mail, and the page on which both sides speak once it is accepted."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from wanowa.kernel.actors import PUBLIC, Actor
from wanowa.kernel.errors import Invalid
from wanowa.talent import models, queries, services
from wanowa.talent.forms import AnswerForm, WordsForm
from wanowa.talent.rules import Channel, Shown, Status
from wanowa.talent.views.standing import trail, user_of, writing_for
from wanowa.web.deeds import attempted
from wanowa.web.pages import show
from wanowa.web.requests import Request

SENTENCES = {
    "accept": _later("受けました。相手に伝わります。"),
    "decline": _later("見送りました。わけは、相手に伝わりません。"),
    "later": _later("あとで返事ができます。期限まで、同じページを使えます。"),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: Request, token: str) -> HttpResponse:
    """Read a request and answer it, without signing in; looking alone, as mail scanners do, answers nothing."""
    found = queries.by_token(token)
    if found is None:
        return show(request, "talent/answered.html", {"gone": True}, status=404)
    form, status = AnswerForm(request.POST or None), 200
    if request.method == "POST":
        chosen = request.POST.get("answer", "")
        status = answered(found, form, chosen, Channel.MAIL, PUBLIC, token)
        if status == 302:
            return show(request, "talent/answered.html", {"sentence": SENTENCES[chosen], "answer": chosen})
    return show(request, "talent/answer.html", {"asked": found, "form": form, "by_link": True}, status=status)


def answered(
    found: models.Request, form: AnswerForm, chosen: str, channel: Channel, by: Actor, token: str = ""
) -> int:
    """Do what was answered: 302 when done, else the status, with the sentence in the form."""
    deeds: dict[str, Callable[[], object]] = {
        "accept": lambda: services.accept(
            found, hand_over=form.handed(), until=form.last_day(), channel=channel, token=token, by=by
        ),
        "decline": lambda: services.decline(found, channel=channel, token=token, by=by),
        "later": lambda: services.postpone(found, channel=channel, token=token, by=by),
    }
    if chosen not in deeds:
        raise Invalid(_("「受ける」「見送る」「あとで」のどれかを押してください。"))
    if chosen == "accept":
        return attempted(form, deeds[chosen])
    deeds[chosen]()
    return 302


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def request(request: Request, pk: int) -> HttpResponse:
    """Show a request to both sides: who was asked answers here too; both speak once it is accepted. Six queries."""
    person, mine = user_of(request), writing_for(request)
    found = queries.request_of(pk, person.pk, mine)
    if found is None:
        raise Http404
    asked, is_person = found
    by = Actor(person.pk) if is_person else Actor(person.pk, asked.party_id)
    form, words, status = AnswerForm(), WordsForm(), 200
    if request.method == "POST":
        chosen = request.POST.get("answer", "")
        if is_person and chosen in SENTENCES:
            form = AnswerForm(request.POST)
            status = answered(asked, form, chosen, Channel.WEB, by)
            sentence = str(SENTENCES[chosen])
        else:
            words = WordsForm(request.POST if chosen in {"speak", "report"} else None)
            status, sentence = _done(asked, words, chosen, is_person=is_person, by=by)
        if status == 302:
            messages.success(request, sentence)
            return redirect("talent:request", pk)
    shown, reporting = queries.shown(asked), request.POST.get("answer") == "report"
    accepted = asked.status == Status.ACCEPTED
    context = {
        "asked": asked,
        "is_person": is_person,
        "shown": shown,
        "waits": asked.status == Status.SENT if is_person else shown is Shown.WAITING,
        "accepted": accepted,
        "form": form,
        "words": words,
        "message": WordsForm() if reporting else words,
        "reporting": reporting,
        "said": list(queries.said_about(asked)) if accepted else [],
        "fields": sorted(queries.handed_fields(asked)) if accepted and not is_person else [],
        "handed": _handed(asked, person.pk) if accepted and not is_person else None,
        "trail": trail(_("お願い")),
    }
    return show(request, "talent/request.html", context, status=status)


def _handed(asked: models.Request, person: int) -> list[tuple[object, str]] | None:
    values = queries.handed_values(asked, person)
    return None if values is None else [(field.label, value) for field, value in queries.said(values)]


def _done(
    asked: models.Request, words: WordsForm, chosen: str, *, is_person: bool, by: Actor
) -> tuple[int, str]:
    """Do what a button says: the status, and the sentence for the person."""
    if chosen == "speak":
        return attempted(words, lambda: services.speak(asked, body=words.cleaned_data["body"], by=by)), _(
            "書きました。相手が読めます。"
        )
    if chosen == "report" and is_person:
        return attempted(words, lambda: services.report(asked, words=words.cleaned_data["body"], by=by)), _(
            "協働推進員に知らせました。相手には伝わりません。"
        )
    if chosen == "open" and not is_person:
        services.open_handed(asked, by=by)
        return 302, _("1時間、読めます。読んだことは、本人にわかります。")
    if chosen == "stop" and not is_person:
        services.stop(asked, by=by)
        return 302, _("お願いを取り下げました。")
    raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
