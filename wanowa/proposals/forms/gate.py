"""What may be typed in at the budget gate: that a budget passed, less money, a reason, how a year went."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from wanowa.proposals.forms.judging import YenField
from wanowa.proposals.forms.reasons import why
from wanowa.web.fields import DayField, line

FIRST_YEAR, LAST_YEAR = 2000, 2100


class BudgetForm(forms.Form):
    """On which day the budget of a fiscal year passed, and by which document."""

    fiscal_year = forms.IntegerField(
        label=_("どの年度の予算ですか（西暦）"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    passed_on = DayField(label=_("成立した日"), help_text=_("議会で予算が決まった日です。"), required=True)
    document = line(_("議案や文書の番号"), required=True)

    @property
    def day(self) -> date:
        """The day typed."""
        return date.fromisoformat(self.cleaned_data["passed_on"])


class ReasonForm(forms.Form):
    """Why; the proposer reads it."""

    reason = why(
        _("わけ"),
        _("わけを書いてください。提案した人に伝わります。"),
        help_text=_("提案した人が読みます。"),
    )


class ReduceForm(ReasonForm):
    """A smaller amount, and why."""

    offered = YenField(label=_("新しい金額"), help_text=_("いまより小さい金額です。"))


class YearForm(forms.Form):
    """Whether a project went on in a fiscal year, and how."""

    fiscal_year = forms.IntegerField(label=_("年度（西暦）"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    continues = forms.ChoiceField(
        label=_("つづいていますか"),
        widget=forms.RadioSelect,
        choices=[("yes", _("つづいている（★）")), ("no", _("終わった"))],
    )
    note = why(_("どんな形で"), _("どんな形でつづいているか、終わったかを書いてください。"))
