"""The progress of the small town: months of numbers, notes with photos, a board with every state, silence."""

from decimal import Decimal

from wanowa.collaborations.rules import Goal, Task
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.kernel.actors import SYSTEM
from wanowa.progress import queries, services
from wanowa.progress.queries import Reminder
from wanowa.progress.rules import Evidence, Reading, State
from wanowa.progress.tests.factories import days_ago, photo
from wanowa.progress.verbs import QUIET
from wanowa.record.queries import case_of
from wanowa.record.services import records
from wanowa.record.services.writing import write_in

LONG = "子どもたちが、湧き水の場所と、水の温度のはかり方を、はじめて来た人に自分のことばで教えていました。"


def progress(paths: dict[str, str], two: Town) -> None:
    """Make them, and note where each lies."""
    us, city = two.actors
    goals = (
        Goal("湧き水のみちの観察と手入れの日を、子どもたちといっしょにひらく", 12, "回", "2027-03-15"),
        Goal("参加した人", 240, "人（のべ）", "2027-03-15"),
    )
    tasks = tuple(
        Task(what, two.parties, two.parties[place % 2], due)
        for place, (what, due) in enumerate(
            (
                ("観察会の準備と案内を、毎月のお便りにまとめて全戸に配る", days_ago(20).isoformat()),
                ("道具の貸し出し", days_ago(-2).isoformat()),
                ("水位計の取り付け", "毎月第2金曜まで"),
                ("許可の手続き", days_ago(-60).isoformat()),
            )
        )
    )
    found = agreed(two, goals=goals, roles=tasks)
    first, second = queries.goals_of(found)
    for number in range(6):
        reading = Reading(Decimal(number + 1), days_ago(170 - number * 33))
        last = services.measure(found, reading, goal=first.key, word=LONG if number == 3 else "", by=us)
    services.remeasure(last, Reading(Decimal(7), last.on), word="1回、数えわすれていました。", by=city)
    outcome = next(iter(queries.outcomes_of(found)))
    evidence = Evidence(
        LONG, "水は、畑の下を通ってくるんだよ。", consented=True, count=14, alt="川をのぞく子ども"
    )
    services.note(found, evidence, outcome=outcome, on=days_ago(1), public=True, photo=photo(), by=us)
    inner = Evidence("人手が足りず、1回おやすみしました。")
    services.note(found, inner, outcome=outcome, on=days_ago(0), public=False, by=city)
    states = (State.TROUBLED, State.DOING, State.DONE)
    for state, task in zip(states, queries.tasks_of(found), strict=False):
        services.move(found, state, task=task.key, seen=0, word="人が、あと2人いります。", by=us)
    paths["progress"] = f"/progress/{found.slug}/"
    paths["measured"] = f"/progress/{found.slug}/goals/{first.short}/"
    paths["unmeasured"] = f"/progress/{found.slug}/goals/{second.short}/"
    paths["last_month"] = f"/progress/{found.slug}/{days_ago(38):%Y-%m}/"
    silent = agreed(two)
    paths["silent"] = f"/progress/{silent.slug}/"
    _went_quiet(silent, by=SYSTEM)


@records(QUIET)
def _went_quiet(collaboration, *, by):
    reminder = Reminder(QUIET, days_ago(50))
    return write_in(case_of(collaboration), QUIET, by=by, facts=reminder.facts)
