"""What verify compares: activities, watches, suggestions and answers with what the record says happened.

Every row carries the moment of the entry that made it, and every text the fingerprint under which it was told. So a
row without its entry, an entry without its row, and a text that says something else are found.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from hashlib import sha256

from wanowa.activities.models import Activity, Answer, Suggestion, Watch
from wanowa.activities.rules import SuggestionStatus
from wanowa.activities.verbs import (
    AGREED,
    ANSWERED,
    DECLINED,
    EDITED,
    ENDED,
    FORGOTTEN,
    LAPSED,
    RECOMMENDED,
    STARTED,
    SUGGESTED,
    UNWATCHED,
    WATCHED,
    WITHDRAWN,
)
from wanowa.collaborations.models import Collaboration
from wanowa.record.models import Entry
from wanowa.record.queries import case_of
from wanowa.record.rules import Problem

_TEXTS = {STARTED.name, EDITED.name, FORGOTTEN.name}
_SETTLING = {
    SuggestionStatus.ACCEPTED.value: AGREED.name,
    SuggestionStatus.DECLINED.value: DECLINED.name,
    SuggestionStatus.WITHDRAWN.value: WITHDRAWN.name,
    SuggestionStatus.LAPSED.value: LAPSED.name,
}
_VERBS = (
    *_TEXTS,
    *_SETTLING.values(),
    *(verb.name for verb in (ENDED, WATCHED, UNWATCHED, SUGGESTED, RECOMMENDED, ANSWERED)),
)

type Stories = dict[str, list[Entry]]
"""The entries of `_VERBS` by case, oldest first."""


def activities_match_the_record() -> Iterable[Problem]:
    """Compare every row with the record, and the record with the rows. Costs five queries."""
    stories: Stories = defaultdict(list)
    entries = Entry.objects.filter(verb__in=_VERBS).order_by("case", "number")
    for entry in entries.iterator(chunk_size=2000):
        stories[entry.case].append(entry)
    yield from _activities(stories)
    yield from _watches(stories)
    yield from _suggestions(stories)
    yield from _answers(stories)


def _activities(stories: Stories) -> Iterator[Problem]:
    gone = {case for case, story in stories.items() if _named(story, STARTED.name)}
    for activity in Activity.objects.order_by("id").iterator(chunk_size=500):
        case = case_of(activity)
        gone.discard(case)
        story = stories.get(case, [])
        if not _as_told(activity, story):
            yield _problem(case, story, "row", "活動の文・アドレス・状態が、経過の記録とちがいます。")
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "活動が、表から消えています。")


def _as_told(activity: Activity, story: list[Entry]) -> bool:
    started, ended, forgotten = (_named(story, name) for name in (STARTED.name, ENDED.name, FORGOTTEN.name))
    texts = [entry for entry in story if entry.verb in _TEXTS]
    if not started or not texts:
        return False
    addressed = forgotten or started
    return (
        texts[-1].facts["text"] == activity.words.digest()
        and addressed[-1].facts["address"] == sha256(activity.slug.encode()).hexdigest()
        and (started[0].party, started[0].facts["area"]) == (activity.party_id, activity.area)
        and activity.ended_at == (ended[-1].at if ended else None)
        and activity.forgotten_at == (forgotten[-1].at if forgotten else None)
    )


def _watches(stories: Stories) -> Iterator[Problem]:
    """Each watch is one entry, and one more when it ended: the same moments for the same departments."""
    rows: dict[str, Counter[tuple[object, ...]]] = defaultdict(Counter)
    for watch in Watch.objects.iterator(chunk_size=2000):
        case = case_of(Activity(pk=watch.activity_id))
        rows[case][WATCHED.name, watch.department_id, watch.since] += 1
        if watch.until:
            rows[case][UNWATCHED.name, watch.department_id, watch.until] += 1
    told = {
        case: Counter(
            (entry.verb, entry.party, entry.at)
            for entry in story
            if entry.verb in {WATCHED.name, UNWATCHED.name}
        )
        for case, story in stories.items()
    }
    for case in sorted(rows.keys() | told.keys()):
        if rows[case] != told.get(case, Counter()):
            yield _problem(case, stories.get(case, []), "watch", "見守りの表が、経過の記録とちがいます。")


def _suggestions(stories: Stories) -> Iterator[Problem]:
    gone = {
        case
        for case, story in stories.items()
        if _named(story, SUGGESTED.name) or _named(story, RECOMMENDED.name)
    }
    for suggestion in Suggestion.objects.select_related("activity").iterator(chunk_size=500):
        case = case_of(suggestion)
        gone.discard(case)
        story = stories.get(case, [])
        if not _as_suggested(suggestion, story):
            yield _problem(case, story, "suggestion", "申し出の表が、経過の記録とちがいます。")
    for case in sorted(gone):
        yield _problem(case, stories[case], "missing", "申し出が、表から消えています。")


def _as_suggested(suggestion: Suggestion, story: list[Entry]) -> bool:
    verb = RECOMMENDED.name if suggestion.suggested_by_id is None else SUGGESTED.name
    made = _named(story, verb)
    if not made:
        return False
    words = {entry.party: entry.at for entry in [*made, *_named(story, AGREED.name)] if entry.party}
    settled = _named(story, _SETTLING.get(suggestion.status, ""))
    return (
        (made[0].party, made[0].facts["department"]) == (suggestion.suggested_by_id, suggestion.department_id)
        and suggestion.owner_agreed_at == words.get(suggestion.activity.party_id)
        and suggestion.department_agreed_at == words.get(suggestion.department_id)
        and suggestion.settled_at == (settled[-1].at if settled else None)
    )


def _answers(stories: Stories) -> Iterator[Problem]:
    rows: dict[str, Counter[tuple[object, ...]]] = defaultdict(Counter)
    for answer in Answer.objects.iterator(chunk_size=2000):
        about = Activity(pk=answer.activity_id) if answer.activity_id else None
        case = case_of(about or Collaboration(pk=answer.collaboration_id))
        facts = (answer.question, answer.number, answer.reply.digest())
        rows[case][answer.party_id, answer.answered_at, *facts] += 1
    told = {
        case: Counter(
            (entry.party, entry.at, *(entry.facts[name] for name in ("question", "number", "answer")))
            for entry in _named(story, ANSWERED.name)
        )
        for case, story in stories.items()
    }
    for case in sorted(rows.keys() | told.keys()):
        if rows[case] != told.get(case, Counter()):
            yield _problem(
                case, stories.get(case, []), "answer", "公開の質問への答えが、経過の記録とちがいます。"
            )


def _named(story: list[Entry], name: str) -> list[Entry]:
    return [entry for entry in story if entry.verb == name]


def _problem(case: str, story: list[Entry], kind: str, sentence: str) -> Problem:
    return Problem(case=case, number=story[-1].number if story else None, kind=kind, sentence=sentence)
