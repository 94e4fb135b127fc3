"""The first text of a collaboration, written from the proposal: nobody types again what stands there."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from wanowa.collaborations.rules import Share, Terms
from wanowa.kernel.eras import fiscal_year_days
from wanowa.proposals.rules.questions import QuestionKey

LONGEST_CLAUSE = 4000
"""Characters of one clause."""


def first_text(answers: Mapping[str, str], fiscal_year: int, amount: int, department: int | None) -> Terms:
    """Return what the table begins with: aim, schedule and money of the proposal, in the year of its budget.

    The department carries the amount that was adopted; everything else stays open, to be talked about.
    """
    starts, ends = fiscal_year_days(fiscal_year)

    def said(*keys: QuestionKey) -> str:
        parts = [(str(key.label), answers.get(key, "").strip()) for key in keys]
        return "\n".join(f"{label}：{text}" for label, text in parts if text)[:LONGEST_CLAUSE]

    return Terms(
        summary=answers.get(QuestionKey.SUMMARY, ""),
        purpose=said(QuestionKey.ISSUE, QuestionKey.AIM),
        starts=starts.isoformat(),
        ends=ends.isoformat(),
        schedule=said(QuestionKey.DOING, QuestionKey.ROLES, QuestionKey.SCHEDULE),
        shares=(Share(department, amount, _("採択された金額")),) if department else (),
        cost=said(QuestionKey.BUDGET),
    )
