"""One editor for each clause: it reads the clause out of Terms, and writes what was typed back into Terms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.forms.choosing import FormForm, PostSet
from wanowa.collaborations.forms.fields import CountField, DayField, YenField, body, line
from wanowa.collaborations.rules import Bring, Clause, Goal, Outcome, Share, Task, Terms
from wanowa.guideline.rules import Resource

type Parties = Mapping[int, str]
type Rows = BaseFormSet[forms.Form]

MOST_ROWS = 30


class TitleForm(forms.Form):
    """題名とあらまし."""

    title = line(_("題名"), limit=60, required=True)
    summary = body(
        _("あらまし"),
        limit=300,
        rows=3,
        help_text=_("はじめて読む人に、何をするのかが伝わるように。300字まで。"),
    )


class TextForm(forms.Form):
    """A clause that is plain text."""

    text = body(_("内容"), rows=6)


class GoalForm(forms.Form):
    """One 実施目標."""

    what = line(_("すること"), limit=80, help_text=_("例：観察会をひらく。消すときは、空にします。"))
    target = CountField(label=_("めざす数"))
    unit = line(_("単位"), limit=10, help_text=_("例：回、人、か所"))
    due = DayField(label=_("いつまで"), required=False)


class OutcomeForm(forms.Form):
    """One 成果目標."""

    who = line(_("だれが"), limit=60, help_text=_("例：参加したこども。消すときは、空にします。"))
    change = line(_("どう変わるか"), limit=120)
    observed = line(_("どう確かめるか"), limit=120, help_text=_("例：観察会のあとの聞き取り"))


class TaskForm(forms.Form):
    """One line of the role sheet."""

    what = line(_("すること"), limit=80, help_text=_("消すときは、空にします。"))
    doers = forms.TypedMultipleChoiceField(
        label=_("する主体"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    responsible = forms.TypedChoiceField(
        label=_("責任をもつ主体"), coerce=int, empty_value=None, required=False
    )
    due = line(_("いつまで"), limit=40, help_text=_("例：毎月末、令和9年2月"))

    def __init__(self, *args: Any, parties: Parties, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["doers"].choices = list(parties.items())  # type: ignore[attr-defined]
        self.fields["responsible"].choices = [("", _("未定")), *parties.items()]  # type: ignore[attr-defined]


class BringForm(forms.Form):
    """What one party brings to one task."""

    party = forms.TypedChoiceField(label=_("主体"), coerce=int, empty_value=None, required=False)
    resource = forms.ChoiceField(label=_("出しあうもの"), choices=Resource.choices, required=False)
    what = line(_("内容"), limit=60)
    hours = CountField(label=_("時間"))
    yen = YenField(label=_("円"), required=False)

    def __init__(self, *args: Any, parties: Parties, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].choices = [("", _("選ばない")), *parties.items()]  # type: ignore[attr-defined]


class ScheduleForm(forms.Form):
    """期間と進め方."""

    starts = DayField(label=_("始まる日"), required=False)
    ends = DayField(label=_("終わる日"), required=False)
    schedule = body(_("進め方"), help_text=_("例：毎月第1土曜に集まります。"))


class ShareForm(forms.Form):
    """What one party pays."""

    yen = YenField(label=_("出す金額（円）"), required=False)
    note = line(_("何に使うか"), limit=60)


class CostForm(forms.Form):
    """Words about the cost."""

    cost = body(_("費用についての約束"), help_text=_("例：余ったお金は、次の年に使います。"))


class AimForm(forms.Form):
    """One party's own aim."""

    aim = body(
        _("わたしたちのねらい"),
        help_text=_("この取組で実現したいことと、自分たちで決めることを、自分のことばで。"),
    )


@dataclass(slots=True)
class Row:
    """A form of a list, with its own list inside when it is a task."""

    form: forms.Form
    inner: Rows | None = None


@dataclass(slots=True)
class ClauseEditor:
    """The forms of one clause. `written` is only meaningful after `is_valid`."""

    clause: Clause
    base: Terms
    author: int
    parties: Parties
    form: forms.Form | None = None
    rows: Rows | None = None
    inner: tuple[Rows, ...] = ()
    shares: tuple[tuple[int, str, forms.Form], ...] = ()

    @property
    def table(self) -> list[Row]:
        """Return the rows to show, tasks with what is brought to them."""
        if self.rows is None:
            return []
        inner: Iterable[Rows | None] = self.inner or (None,) * len(self.rows.forms)
        return [Row(form, brings) for form, brings in zip(self.rows.forms, inner, strict=False)]

    @property
    def fields(self) -> list[forms.BoundField]:
        """Return the fields to show one after the other; those of the posts stand apart."""
        apart = {field.name for posts in self.posts for field in posts.fields}
        return [field for field in self.form or () if field.name not in apart]

    @property
    def posts(self) -> list[PostSet]:
        """Return the posts of each form, in the clause of the form."""
        return self.form.post_sets if isinstance(self.form, FormForm) else []

    @property
    def proposals(self) -> bool:
        """Whether the proposed texts of the form are wanted. Only meaningful after `is_valid`."""
        return bool(self._typed().get("proposals"))

    @property
    def forms(self) -> list[forms.Form]:
        """Return every single form, for the summary of errors."""
        return [
            *([self.form] if self.form else []),
            *(self.rows.forms if self.rows else []),
            *(form for brings in self.inner for form in brings.forms),
            *(form for _party, _name, form in self.shares),
        ]

    def is_valid(self) -> bool:
        """Whether everything typed can be read; looks at all forms, so that all errors show at once."""
        sets = [*([self.rows] if self.rows is not None else []), *self.inner]
        singles = [*([self.form] if self.form else []), *(form for _party, _name, form in self.shares)]
        wrong = [
            *(form for form in singles if not form.is_valid()),
            *(rows for rows in sets if not rows.is_valid()),
        ]
        return not wrong

    def written(self) -> Terms:
        """Return the base terms with this clause as typed."""
        match self.clause:
            case Clause.TITLE:
                return replace(self.base, **self._typed())
            case Clause.GOALS:
                return replace(self.base, goals=tuple(Goal(**row) for row in self._filled()))
            case Clause.OUTCOMES:
                return replace(self.base, outcomes=tuple(Outcome(**row) for row in self._filled()))
            case Clause.ROLES:
                return replace(self.base, roles=tuple(self._tasks()))
            case Clause.AIMS:
                return replace(self.base, aims={**self.base.aims, self.author: self._typed()["aim"]})
            case Clause.FORM:
                return replace(self.base, **self.form.typed) if isinstance(self.form, FormForm) else self.base
            case Clause.SCHEDULE:
                return replace(self.base, **self._typed())
            case Clause.COST:
                shares = tuple(
                    Share(party, form.cleaned_data["yen"] or 0, form.cleaned_data["note"])
                    for party, _name, form in self.shares
                )
                return replace(self.base, shares=shares, cost=self._typed()["cost"])
            case _:
                return replace(self.base, **{self.clause.value: self._typed()["text"]})

    def _typed(self) -> dict[str, Any]:
        return self.form.cleaned_data if self.form else {}

    def _filled(self) -> list[dict[str, Any]]:
        rows = [form.cleaned_data for form in self.rows.forms] if self.rows else []
        return [row for row in rows if row.get("what") or row.get("who") or row.get("change")]

    def _tasks(self) -> Iterable[Task]:
        for row in self.table:
            typed = row.form.cleaned_data
            if not typed.get("what"):
                continue
            brought = [form.cleaned_data for form in row.inner.forms] if row.inner else []
            yield Task(
                what=typed["what"],
                doers=tuple(sorted(typed["doers"])),
                responsible=typed["responsible"],
                due=typed["due"],
                brings=tuple(
                    Bring(bring["party"], bring["resource"], bring["what"], bring["hours"], bring["yen"])
                    for bring in brought
                    if bring.get("party")
                ),
            )


def editor_for(
    clause: Clause,
    terms: Terms,
    *,
    author: int,
    parties: Parties,
    typed: QueryDict | None = None,
    more: bool = False,
) -> ClauseEditor:
    """Return the editor of a clause, filled from `terms` or from what was `typed`; `more` adds an empty row."""
    make = partial(ClauseEditor, clause, terms, author, parties)
    match clause:
        case Clause.TITLE:
            return make(form=TitleForm(typed, initial={"title": terms.title, "summary": terms.summary}))
        case Clause.GOALS:
            return make(rows=_rows(GoalForm, [_plain(goal) for goal in terms.goals], typed, more=more))
        case Clause.OUTCOMES:
            return make(
                rows=_rows(OutcomeForm, [_plain(outcome) for outcome in terms.outcomes], typed, more=more)
            )
        case Clause.ROLES:
            rows = _rows(
                TaskForm,
                [_plain(task) for task in terms.roles],
                typed,
                more=more,
                form_kwargs={"parties": parties},
            )
            return make(rows=rows, inner=tuple(_brings(terms, rows, parties, typed, more=more)))
        case Clause.AIMS:
            return make(form=AimForm(typed, initial={"aim": terms.aims.get(author, "")}))
        case Clause.FORM:
            return make(form=FormForm(typed, terms=terms, parties=parties))
        case Clause.SCHEDULE:
            initial = {"starts": terms.starts, "ends": terms.ends, "schedule": terms.schedule}
            return make(form=ScheduleForm(typed, initial=initial))
        case Clause.COST:
            pays = {share.party: share for share in terms.shares}
            shares = tuple(
                (
                    party,
                    name,
                    ShareForm(
                        typed,
                        prefix=f"share-{party}",
                        initial={"yen": pays[party].yen, "note": pays[party].note} if party in pays else {},
                    ),
                )
                for party, name in parties.items()
            )
            return make(form=CostForm(typed, initial={"cost": terms.cost}), shares=shares)
        case _:
            return make(form=TextForm(typed, initial={"text": getattr(terms, clause.value)}))


def _plain(row: Goal | Outcome | Task | Bring) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}


def _rows(
    row: type[forms.Form],
    initial: list[dict[str, Any]],
    typed: QueryDict | None,
    *,
    more: bool,
    prefix: str = "row",
    form_kwargs: dict[str, Any] | None = None,
) -> Rows:
    """Return the forms of a list. Rows are never 'unchanged': each is read as it was typed."""
    kind = formset_factory(row, extra=0 if initial else 1, max_num=MOST_ROWS, validate_max=True)
    if typed is not None:
        typed = typed.copy()
        total = f"{prefix}-TOTAL_FORMS"
        typed.setdefault(total, "1")
        typed.setdefault(f"{prefix}-INITIAL_FORMS", "0")
        count = str(typed[total])
        if more and count.isascii() and count.isdigit():
            typed[total] = str(min(int(count) + 1, MOST_ROWS))
    rows = kind(typed, initial=initial, prefix=prefix, form_kwargs=form_kwargs or {})
    for form in rows.forms:
        form.empty_permitted = False
        form.use_required_attribute = False
    return rows


def _brings(
    terms: Terms, rows: Rows, parties: Parties, typed: QueryDict | None, *, more: bool
) -> Iterable[Rows]:
    for place, _form in enumerate(rows.forms):
        known = terms.roles[place].brings if place < len(terms.roles) else ()
        prefix = f"brings-{place}"
        yield _rows(
            BringForm,
            [_plain(bring) for bring in known],
            typed,
            more=more and typed is not None and f"{prefix}-TOTAL_FORMS" in typed,
            prefix=prefix,
            form_kwargs={"parties": parties},
        )
