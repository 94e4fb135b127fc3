"""Forms of rounds: rules, criteria and calendar for the desk; needs and capacity for departments."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.forms.fields import YenField
from wanowa.guideline.rules import Form as Shape
from wanowa.proposals.forms.reasons import why
from wanowa.proposals.models import Round, RoundStage
from wanowa.proposals.rules.lifecycle import Kind
from wanowa.proposals.rules.questions import QUESTIONS
from wanowa.proposals.rules.stages import Stage, StageKey, Way, proposed
from wanowa.proposals.rules.told import MOST_CRITERIA, CriterionRule, RoundRules
from wanowa.proposals.rules.vocabulary import Conflict, Shown
from wanowa.web.fields import DayField, body, line

MOST_PAPERS = 5


class RulesForm(forms.Form):
    """The rules of a round."""

    title = line(_("題名"), limit=60, required=True)
    intro = body(_("どんな募集か"), limit=1000)
    kinds = forms.MultipleChoiceField(
        label=_("どちらからの提案か"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    cap = YenField(label=_("1件の上限"), required=False)
    frame = YenField(label=_("全体の予算の枠"), required=False)
    places = forms.IntegerField(label=_("採択する数のめやす"), required=False, min_value=1, max_value=99)
    blind = forms.BooleanField(
        label=_("名前をふせて審査する"),
        help_text=_("ファイルと録音は、名前をふせられないので、審査する人に見せません。"),
        required=False,
    )
    questions = forms.MultipleChoiceField(
        label=_("足してたずねること"),
        choices=[(one.key.value, one.key.label) for one in QUESTIONS if not one.required],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    papers = body(_("つけるファイル"), limit=600, help_text=_("1行に1つ書きます。5つまでです。"), rows=3)
    conflicts = forms.MultipleChoiceField(
        label=_("審査しない人の決まり"),
        choices=Conflict.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    shown = forms.MultipleChoiceField(
        label=_("結果で公開すること"),
        choices=Shown.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean_papers(self) -> tuple[str, ...]:
        """Return one paper a line."""
        papers = tuple(row.strip()[:120] for row in self.cleaned_data["papers"].splitlines() if row.strip())
        if len(papers) > MOST_PAPERS:
            raise forms.ValidationError(
                _now("ファイルは5つまでにしてください。書類がふえると、提案しにくくなります。")
            )
        return papers

    def rules(self, fiscal_year: int, number: int, criteria: tuple[CriterionRule, ...]) -> RoundRules:
        """Return the rules as one value."""
        typed = self.cleaned_data
        return RoundRules(
            fiscal_year=fiscal_year,
            number=number,
            title=typed["title"],
            intro=typed["intro"],
            kinds=tuple(typed["kinds"]),
            questions=tuple(typed["questions"]),
            papers=typed["papers"],
            cap=typed["cap"],
            frame=typed["frame"],
            places=typed["places"],
            blind=typed["blind"],
            conflicts=tuple(typed["conflicts"]),
            shown=tuple(typed["shown"]),
            criteria=criteria,
        )


class CriterionForm(forms.Form):
    """One criterion with the meaning of each number of points, one a line."""

    label = line(_("何を見るか"), limit=60)
    weight = forms.IntegerField(label=_("重み"), required=False, min_value=1, max_value=100)
    levels = body(_("点数ごとのめやす"), limit=1000, help_text=_("1行目が1点、2行目が2点です。"), rows=3)

    def rule(self) -> CriterionRule | None:
        """Return the criterion; None when the row is empty."""
        typed = self.cleaned_data
        if not typed:  # an untouched row of the set is not cleaned
            return None
        levels = tuple(row.strip()[:400] for row in typed["levels"].splitlines() if row.strip())
        if not (typed["label"] or typed["weight"] or levels):
            return None
        return CriterionRule(typed["label"], typed["weight"] or 0, levels)


CriterionFormSet = forms.formset_factory(
    CriterionForm, extra=1, max_num=MOST_CRITERIA, validate_max=True, absolute_max=MOST_CRITERIA + 2
)


class StageForm(forms.Form):
    """One stage of the calendar."""

    starts_on = DayField(label=_("始まりの日"), required=True)
    ends_on = DayField(label=_("終わりの日"), required=True, help_text=_("その日の24時までです。"))
    way = forms.ChoiceField(label=_("進め方"), choices=Way.choices)
    required = forms.BooleanField(label=_("出ないと不利になる"), required=False)

    def stage(self, key: StageKey) -> Stage:
        """Return the stage as one value."""
        typed = self.cleaned_data
        first, last = date.fromisoformat(typed["starts_on"]), date.fromisoformat(typed["ends_on"])
        return Stage(key, first, last, Way(typed["way"]), typed["required"])


class ExtendForm(forms.Form):
    """A later last day."""

    until = DayField(label=_("新しい締め切りの日"), required=True)


class ReasonForm(forms.Form):
    """Why something is called off or taken back."""

    reason = why(_("わけ"), _("わけを書いてください。だれでも読めます。"), limit=600, rows=2)


class CapacityForm(forms.Form):
    """How many proposals a department can carry."""

    places = forms.IntegerField(label=_("いっしょにできる数"), min_value=0, max_value=99)
    forms = forms.MultipleChoiceField(
        label=_("合う協働の形"), choices=Shape.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = line(_("ひとこと"), limit=120)


class NeedForm(forms.Form):
    """A task for which a department looks for a partner."""

    title = line(_("題名"), limit=60, required=True)
    text = body(_("どんなことをいっしょにしたいか"), limit=1000, required=True)
    places = forms.IntegerField(label=_("いくつの主体と"), min_value=1, max_value=99, initial=1)
    budget = YenField(label=_("予算の枠"), required=False)


def initial_of(found: Round) -> dict[str, Any]:
    """Return the rules of a round as the form begins with them. No query."""
    names = ("title", "intro", "kinds", "cap", "frame", "places", "blind", "questions", "conflicts", "shown")
    return {name: getattr(found, name) for name in names} | {"papers": "\n".join(found.papers)}


def first_calendar(first_day: date, fiscal_year: int) -> dict[str, dict[str, Any]]:
    """Return days for a new calendar that can be kept: two months to write, evenings and the site, April at the end."""
    return {
        stage.key: {
            "starts_on": stage.starts_on,
            "ends_on": stage.ends_on,
            "way": stage.way,
            "required": stage.required,
        }
        for stage in proposed(first_day, fiscal_year)
    }


def stage_initial(row: RoundStage) -> dict[str, Any]:
    """Return a stage as its form begins with it. No query."""
    return {"starts_on": row.starts_on, "ends_on": row.ends_on, "way": row.way, "required": row.required}
