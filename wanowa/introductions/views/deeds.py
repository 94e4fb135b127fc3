"""What the buttons on the page of an introduction do: each with its form, its service, and what to tell then."""

from collections.abc import Callable
from datetime import date

from django.forms import BaseForm
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wanowa.introductions import services
from wanowa.introductions.forms import (
    AfterwardsForm,
    GivingForm,
    JoinForm,
    NextForm,
    OwnerForm,
    TrialForm,
    WordsForm,
)
from wanowa.introductions.models import Introduction
from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden, Invalid, Refused
from wanowa.people.models import User
from wanowa.people.queries import coordinators
from wanowa.web.requests import Request

SENTENCES = {
    "accept": gettext_lazy("「会いたい」と答えました。相手も答えると、お知らせします。"),
    "decline": gettext_lazy("今回は見送りました。相手には、期限がすぎたとだけ伝わります。"),
    "withdraw": gettext_lazy("取り下げました。"),
    "take_back": gettext_lazy("渡したことを消しました。相手からは、もう見えません。"),
    "try": gettext_lazy("ためす日を決めました。相手にも見えます。"),
    "join": gettext_lazy("協働の話し合いを呼びかけました。相手が加わると、始まります。"),
    "help": gettext_lazy("一度の手伝いとして、書きとめました。"),
    "end": gettext_lazy("この引き合わせを終えました。"),
    "report": gettext_lazy("協働推進員に知らせました。相手には伝わりません。"),
    "look_back": gettext_lazy("ありがとうございます。協働推進員に伝わりました。"),
    "plan": gettext_lazy("次にすることを書きとめました。"),
    "hand_over": gettext_lazy("担当をかえました。新しい担当に、お知らせします。"),
}
AT_DESK = frozenset({"plan", "hand_over"})


class Deeds:
    """The forms of the page, and what the pressed button does for whom."""

    def __init__(self, request: Request, about: Introduction, acts_for: int | None, *, desk: bool) -> None:
        self.about, self.acts_for, self.desk = about, acts_for, desk
        self.person = request.user.pk
        self.chosen = request.POST.get("act", "") if request.method == "POST" else ""
        typed = request.POST
        known = request.user if isinstance(request.user, User) else None
        self.giving = GivingForm(self._typed(typed, "accept"), known=known)
        self.trial = TrialForm(self._typed(typed, "try"))
        self.join = JoinForm(self._typed(typed, "join"))
        self.report = WordsForm(
            self._typed(typed, "report"),
            label=gettext_lazy("何に困っていますか"),
            hint=gettext_lazy("協働推進員だけが読みます。相手には伝わりません。"),
        )
        self.back = AfterwardsForm(self._typed(typed, "look_back"))
        self.next = NextForm(
            self._typed(typed, "plan"),
            initial={"action": about.next_action, "due": about.due.isoformat() if about.due else ""},
        )
        others = coordinators(without=about.owner_id).order_by("name", "id") if desk else ()
        self.owner = OwnerForm(self._typed(typed, "hand_over"), others=others)

    def _typed(self, typed: QueryDict, act: str) -> QueryDict | None:
        return typed if self.chosen == act else None

    @property
    def forms(self) -> dict[str, object]:
        """The forms by the names that the template knows, and which button was pressed in vain."""
        return {
            "giving": self.giving,
            "trial_form": self.trial,
            "join_form": self.join,
            "report_form": self.report,
            "afterwards_form": self.back,
            "next_form": self.next,
            "owner_form": self.owner,
            "pressed": self.chosen,
        }

    def done(self) -> tuple[int, str]:
        """Do what the button says: 302 and the sentence to tell, or the status with the sentence in its form.

        Raises Invalid for an unknown button, and Forbidden or Refused where no form can hold the sentence.
        """
        if self.chosen in AT_DESK and not self.desk:
            raise Forbidden(_("協働推進員だけができます。窓口に相談してください。"))
        form, deed = self._deeds().get(self.chosen, (None, None))
        if deed is None:
            raise Invalid(_("どのボタンが押されたか、わかりません。ページをひらき直してください。"))
        if form is not None and not form.is_valid():
            return 400, ""
        try:
            deed()
        except Forbidden:
            raise
        except Refused as refusal:
            if form is None:
                raise
            form.add_error(None, str(refusal))
            return refusal.status, ""
        return 302, str(SENTENCES[self.chosen])

    @property
    def _by(self) -> Actor:
        """The reader, acting for her side; for the desk when the button is the desk's alone."""
        takes_back = self.chosen == "withdraw" and self.desk and self.about.by_desk
        return Actor(self.person, None if takes_back or self.chosen in AT_DESK else self.acts_for)

    def _deeds(self) -> dict[str, tuple[BaseForm | None, Callable[[], object]]]:
        about, by = self.about, self._by
        return {
            "accept": (
                self.giving,
                lambda: services.accept(
                    about, given=self.giving.given(), until=self.giving.last_day(), by=by
                ),
            ),
            "decline": (None, lambda: services.decline(about, by=by)),
            "withdraw": (None, lambda: services.withdraw(about, by=by)),
            "take_back": (None, lambda: services.take_back(about, by=by)),
            "try": (
                self.trial,
                lambda: services.try_out(
                    about, what=self.trial.cleaned_data["what"], day=_day(self.trial, "day"), by=by
                ),
            ),
            "join": (self.join, lambda: services.join(about, **self.join.cleaned_data, by=by)),
            "help": (None, lambda: services.help_once(about, by=by)),
            "end": (None, lambda: services.end(about, by=by)),
            "report": (
                self.report,
                lambda: services.report(about, words=self.report.cleaned_data["body"], by=by),
            ),
            "look_back": (self.back, lambda: services.look_back(about, **self.back.cleaned_data, by=by)),
            "plan": (
                self.next,
                lambda: services.plan(
                    about, action=self.next.cleaned_data["action"], due=_day(self.next, "due"), by=by
                ),
            ),
            "hand_over": (self.owner, self._hand_over),
        }

    def _hand_over(self) -> None:
        to = User.objects.get(pk=self.owner.cleaned_data["owner"])
        services.hand_over(self.about, to=to, by=self._by)


def _day(form: BaseForm, name: str) -> date:
    return date.fromisoformat(form.cleaned_data[name])
