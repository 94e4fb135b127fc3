"""What parties agree on, as structured clauses. The canonical form is what a fingerprint covers."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules import POSTS, Form, PostFacts

type Content = dict[str, Any]
"""The JSON form of Terms: strings, integers, lists, objects, null. No floats."""


class Clause(TextChoices):
    """The clauses in the order in which they are read."""

    TITLE = "title", _("題名とあらまし")
    PARTIES = "parties", _("いっしょに取り組む主体")
    PURPOSE = "purpose", _("目的")
    GOALS = "goals", _("実施目標（数ではかること）")
    OUTCOMES = "outcomes", _("成果目標（だれが、どう変わるか）")
    ROLES = "roles", _("役割の分担")
    AIMS = "aims", _("それぞれのねらい")
    FORM = "form", _("活動領域と形態")
    SCHEDULE = "schedule", _("期間と進め方")
    COST = "cost", _("費用とその分担")
    OWNERSHIP = "ownership", _("成果の帰属")
    SAFETY = "safety", _("保険と安全")
    PERSONAL_DATA = "personal_data", _("個人情報の扱い")
    PUBLICITY = "publicity", _("広報と公開")
    CHANGES = "changes", _("変更・終了・意見がちがうとき")


@dataclass(frozen=True, slots=True)
class Goal:
    """実施目標: something that is counted."""

    what: str = ""
    target: int | None = None
    unit: str = ""
    due: str = ""
    """ISO date, or empty."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """成果目標: what changes in whom, and how we will see it."""

    who: str = ""
    change: str = ""
    observed: str = ""


@dataclass(frozen=True, slots=True)
class Bring:
    """What one party brings to one task."""

    party: int
    resource: str
    """A key of guideline.rules.Resource."""
    what: str = ""
    hours: int | None = None
    yen: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the role sheet: who does it, who answers for it, by when, with what."""

    what: str = ""
    doers: tuple[int, ...] = ()
    responsible: int | None = None
    due: str = ""
    brings: tuple[Bring, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one party pays, in yen."""

    party: int
    yen: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """The whole text of a collaboration. Parties are ids; days are ISO; money is whole yen."""

    title: str = ""
    summary: str = ""
    parties: tuple[int, ...] = ()
    purpose: str = ""
    goals: tuple[Goal, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    roles: tuple[Task, ...] = ()
    aims: Mapping[int, str] = field(default_factory=dict)
    area: str = ""
    form: str = ""
    posts: Mapping[str, int] = field(default_factory=dict)
    """Key of guideline.rules.Post → the party that holds it."""
    starts: str = ""
    ends: str = ""
    schedule: str = ""
    shares: tuple[Share, ...] = ()
    cost: str = ""
    ownership: str = ""
    safety: str = ""
    personal_data: str = ""
    publicity: str = ""
    changes: str = ""

    @property
    def holders(self) -> tuple[tuple[PostFacts, int | None], ...]:
        """The posts of the form in the order of its paper, each with the party that holds it; none without a form."""
        facts = POSTS[Form(self.form)] if self.form in Form.values else ()
        return tuple((post, self.posts.get(post.key)) for post in facts)

    @property
    def total(self) -> int:
        """The budget in yen: the sum of the shares, so that the two can never disagree."""
        return sum(share.yen for share in self.shares)

    def content(self) -> Content:
        """Return the canonical JSON form; `Terms.of` reads it back unchanged.

        Posts stand in it only when there are any: texts from before there were posts keep their fingerprints.
        """
        content: Content = {
            "title": self.title,
            "summary": self.summary,
            "parties": sorted(self.parties),
            "purpose": self.purpose,
            "goals": [
                {"what": goal.what, "target": goal.target, "unit": goal.unit, "due": goal.due}
                for goal in self.goals
            ],
            "outcomes": [
                {"who": outcome.who, "change": outcome.change, "observed": outcome.observed}
                for outcome in self.outcomes
            ],
            "roles": [
                {
                    "what": task.what,
                    "doers": sorted(task.doers),
                    "responsible": task.responsible,
                    "due": task.due,
                    "brings": [
                        {
                            "party": bring.party,
                            "resource": bring.resource,
                            "what": bring.what,
                            "hours": bring.hours,
                            "yen": bring.yen,
                        }
                        for bring in task.brings
                    ],
                }
                for task in self.roles
            ],
            "aims": {str(party): aim for party, aim in sorted(self.aims.items())},
            "area": self.area,
            "form": self.form,
            "starts": self.starts,
            "ends": self.ends,
            "schedule": self.schedule,
            "shares": [
                {"party": share.party, "yen": share.yen, "note": share.note}
                for share in sorted(self.shares, key=lambda share: share.party)
            ],
            "cost": self.cost,
            "ownership": self.ownership,
            "safety": self.safety,
            "personal_data": self.personal_data,
            "publicity": self.publicity,
            "changes": self.changes,
        }
        if self.posts:
            content["posts"] = {str(post): holder for post, holder in sorted(self.posts.items())}
        return content

    @classmethod
    def of(cls, content: Content) -> "Terms":
        """Read the JSON form back."""
        plain = {
            name: content[name]
            for name in (
                *("title", "summary", "purpose", "area", "form", "starts", "ends", "schedule", "cost"),
                *("ownership", "safety", "personal_data", "publicity", "changes"),
            )
        }
        return cls(
            **plain,
            parties=tuple(content["parties"]),
            goals=tuple(Goal(**goal) for goal in content["goals"]),
            outcomes=tuple(Outcome(**outcome) for outcome in content["outcomes"]),
            roles=tuple(
                Task(
                    what=task["what"],
                    doers=tuple(task["doers"]),
                    responsible=task["responsible"],
                    due=task["due"],
                    brings=tuple(Bring(**bring) for bring in task["brings"]),
                )
                for task in content["roles"]
            ),
            aims={int(party): aim for party, aim in content["aims"].items()},
            shares=tuple(Share(**share) for share in content["shares"]),
            posts=dict(content.get("posts", {})),
        )


def for_joining(terms: Terms, party: int) -> Terms:
    """Return `terms` with one more party, whose aim and share are still to be written."""
    return replace(
        terms,
        parties=tuple(sorted({*terms.parties, party})),
        aims={**terms.aims, party: terms.aims.get(party, "")},
        shares=(*(share for share in terms.shares if share.party != party), Share(party)),
    )


def for_leaving(terms: Terms, party: int) -> Terms:
    """Return `terms` without one party. Its tasks and posts stay, held by nobody: somebody must take them over."""
    return replace(
        terms,
        parties=tuple(other for other in terms.parties if other != party),
        aims={other: aim for other, aim in terms.aims.items() if other != party},
        posts={post: holder for post, holder in terms.posts.items() if holder != party},
        shares=tuple(share for share in terms.shares if share.party != party),
        roles=tuple(
            replace(
                task,
                doers=tuple(doer for doer in task.doers if doer != party),
                responsible=None if task.responsible == party else task.responsible,
                brings=tuple(bring for bring in task.brings if bring.party != party),
            )
            for task in terms.roles
        ),
    )
