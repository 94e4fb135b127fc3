"""What waits for a person because of what she was asked to do: at the desk, for the city, as a reviewer."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wanowa.consultations.queries import waiting_at_the_desk
from wanowa.guideline.rules import Kind
from wanowa.home.queries.waiting import Todo
from wanowa.introductions.queries import open_for
from wanowa.kernel import eras
from wanowa.parties.queries import Held, awaiting_decision
from wanowa.people.models import User
from wanowa.people.queries import stands_for
from wanowa.progress.queries import quiet
from wanowa.proposals.queries.judging import sheets_awaited
from wanowa.proposals.queries.seeds import ideas_awaiting
from wanowa.record.queries import health

NEAR = 3
"""Days before its last one from which a review is urgent."""


def registrations_to_decide(person: User) -> list[Todo]:
    """Return the registrations that wait for a coordinator; nothing for others. Costs one query for a coordinator."""
    if not person.is_coordinator:
        return []
    return [
        Todo(
            title=_("団体登録を確かめる：%(name)s") % {"name": registration.party.name},
            detail=_("%(year)sの登録です。わけをそえて、返事をします。")
            % {"year": eras.fiscal_year_label(registration.fiscal_year)},
            href=reverse("parties:decide", args=[registration.party.slug, registration.fiscal_year]),
            action=_("確かめる"),
        )
        for registration in awaiting_decision()
    ]


def checkpoints_to_mend(person: User) -> list[Todo]:
    """Return that checkpoints are late or stopped; nothing for others than staff. Costs three queries for staff."""
    if not (person.is_staff or person.is_coordinator) or health().well:
        return []
    return [
        Todo(
            title=_("経過のまとめ印が止まっています"),
            detail=_("サーバーを見る人に知らせてください。市民のみなさんには、3日たつと知らせが出ます。"),
            href=reverse("record:checkpoints"),
            action=_("様子を見る"),
            urgent=True,
        )
    ]


def introductions_due(person: User) -> list[Todo]:
    """Return what a coordinator has to do for introductions by today; nothing for others. Costs her three queries."""
    if not person.is_coordinator:
        return []
    mine = open_for().filter(owner__in={person.pk} | stands_for(person.pk))
    if not (count := mine.filter(due__lte=timezone.localdate()).count()):
        return []
    return [
        Todo(
            title=_("きょうまでにする引き合わせが、%(count)sつあります") % {"count": count},
            detail=_("両方の主体のようすを聞いて、次にすることを書きます。"),
            href=f"{reverse('introductions:board')}?own=1",
            action=_("確かめる"),
        )
    ]


def cases_waiting(person: User, held: Iterable[Held]) -> list[Todo]:
    """Return that cases wait at the desk; nothing for others. Costs who works there ≤ nine queries."""
    if not (person.is_coordinator or any(one.party.kind == Kind.CITY for one in held)):
        return []
    held_cases, late, asked = waiting_at_the_desk(person.pk)
    detail = (
        _("期限のすぎた相談が、%(late)s件あります。") if late else _("期限の近いものから、ならんでいます。")
    )
    found = []
    if asked:
        found.append(
            Todo(
                title=_("相談の引き継ぎを、%(count)s件たのまれています") % {"count": asked},
                detail=_("引き受けるかどうかを、返事してください。"),
                href=reverse("consultations:desk"),
                action=_("返事する"),
                urgent=True,
            )
        )
    if held_cases:
        found.append(
            Todo(
                title=_("担当している相談が、%(count)s件あります") % {"count": held_cases},
                detail=detail % {"late": late},
                href=reverse("consultations:work"),
                action=_("見る"),
                urgent=bool(late),
            )
        )
    return found


def reviews_to_do(person: User) -> list[Todo]:
    """Return the rounds that wait for this person's sheets. Costs one query."""
    today = timezone.localdate()
    found = []
    for one in sheets_awaited(person.pk):
        about = {"left": one.left, "day": eras.era_date(one.until)}
        found.append(
            Todo(
                title=_("審査する：%(title)s") % {"title": one.title},
                detail=(
                    _("あと%(left)s件です。%(day)sの24時までに、封をします。")
                    if one.declared
                    else _("まず、かかわりのある主体を申し出ます。審査は%(day)sの24時までです。")
                )
                % about,
                href=reverse("proposals:reviews"),
                action=_("審査する") if one.declared else pgettext("review", "申し出る"),
                urgent=(one.until - today).days < NEAR,
            )
        )
    return found


def ideas_to_answer(person: User) -> list[Todo]:
    """Return that ideas wait for this coordinator's answer; nothing for others. Costs her three queries."""
    if not person.is_coordinator:
        return []
    count, late = ideas_awaiting({person.pk} | stands_for(person.pk))
    if not count:
        return []
    return [
        Todo(
            title=_("返事を待つひとこと提案が、%(count)s件あります") % {"count": count},
            detail=_("返事をする日をすぎたものが、%(late)s件あります。") % {"late": late}
            if late
            else _("返事をする日の近いものから、ならんでいます。"),
            href=reverse("proposals:desk"),
            action=_("返事する"),
            urgent=bool(late),
        )
    ]


def quiet_ones(person: User) -> list[Todo]:
    """Return that collaborations have gone quiet; nothing for others. Costs a coordinator two queries."""
    count = quiet().count() if person.is_coordinator else 0
    if not count:
        return []
    return [
        Todo(
            title=_("しばらく動きのない取組が、%(count)sつあります") % {"count": count},
            detail=_("こまっていることがないか、主体に声をかけてください。"),
            href=reverse("progress:quiet"),
            action=_("確かめる"),
        )
    ]
