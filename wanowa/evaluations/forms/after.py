"""What may be typed in after the reveal: reasons, the joint text, the lesson card, what a body said."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from wanowa.evaluations.rules.joint import HEADINGS, LONGEST_SUMMARY, SAYINGS, Joint, Lesson
from wanowa.guideline.rules import View
from wanowa.web.fields import DayField, body, line


class CompareForm(forms.Form):
    """How the comparison is narrowed. Unknown values are refused, never ignored."""

    view = forms.ChoiceField(
        label=_("何について"), choices=[("", _("すべて")), *View.choices], required=False
    )


class ReasonForm(forms.Form):
    """Why it looked so to one party."""

    text = body(
        _("なぜ、こう見えましたか"),
        limit=1000,
        required=True,
        help_text=_("できごとや場面を書くと、伝わります。相手をせめることばは、さけてください。"),
    )


class TextForm(forms.Form):
    """The joint text under its three headings."""

    well = body(SAYINGS["well"], limit=2000, help_text=_("続けたいことを書きます。"))
    hard = body(SAYINGS["hard"], limit=2000, help_text=_("うまくいかなかったことと、そのわけを書きます。"))
    ahead = body(SAYINGS["ahead"], limit=2000, help_text=_("だれが、いつまでに、何をするかを書きます。"))

    def joint(self) -> Joint:
        """Return what was typed, for the service; call it when the form is valid."""
        return Joint(**self.cleaned_data)


class LessonForm(forms.Form):
    """The lesson card, under the headings of the standard data set for examples."""

    title = line(HEADINGS["title"])
    place = line(HEADINGS["place"], help_text=_("例：新倉地区、市内全域"))
    organisations = body(HEADINGS["organisations"], limit=600, rows=2)
    summary = body(
        HEADINGS["summary"],
        limit=LONGEST_SUMMARY,
        rows=3,
        help_text=_("300文字までで書きます。はじめて読む人にわかるように書きます。"),
    )
    reason = body(HEADINGS["reason"], limit=1000, rows=3, help_text=_("どんな困りごとがありましたか。"))
    purpose = body(HEADINGS["purpose"], limit=1000, rows=3)
    content = body(HEADINGS["content"], limit=2000)
    learned = body(HEADINGS["learned"], limit=2000, help_text=_("ほかの人が、まねできることを書きます。"))
    outcome = body(HEADINGS["outcome"], limit=2000)
    lasting = body(HEADINGS["lasting"], limit=1000, rows=3)
    method = body(HEADINGS["method"], limit=1000, rows=3)
    scheme = line(HEADINGS["scheme"], help_text=_("補助金などを使ったときに書きます。"))
    usable = forms.BooleanField(
        label=_("事例として使ってよい"),
        required=False,
        help_text=_("えらぶと、全員の同意のあと、だれでも読める事例になります。"),
    )

    def joint(self) -> Joint:
        """Return what was typed, for the service; call it when the form is valid."""
        return Joint(lesson=Lesson(**self.cleaned_data))


class SendBackForm(forms.Form):
    """What should be different before a party consents."""

    reason = body(
        _("直したいところ"),
        limit=600,
        required=True,
        rows=3,
        help_text=_("どこを、どう直したいかを書きます。ほかの主体が読みます。"),
    )


class CommentForm(forms.Form):
    """What a body said about a published evaluation."""

    meeting = line(_("会議の名前"), limit=80, required=True, help_text=_("例：市の懇話会の名前"))
    said_on = DayField(label=_("意見が出た日"))
    text = body(_("意見"), limit=2000, required=True, help_text=_("会議の記録のとおりに書きます。"))
    source = line(_("出どころ"), limit=200, required=True, help_text=_("例：会議録の名前とページ"))

    def clean_said_on(self) -> str:
        """Refuse an empty day with a sentence."""
        day: str = self.cleaned_data["said_on"]
        if not day:
            raise ValidationError(_("意見が出た日を入れてください。"))
        return day
