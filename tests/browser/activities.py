"""Activities of the small town: watched, asked to move on, moved on, ended; the city's own with answers and without."""

from wanowa.activities import services
from wanowa.activities.rules import Question, Reply
from wanowa.activities.tests.factories import DONE, NOT_DONE, answer_all, of_the_city, own, suggested
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.kernel.actors import Actor

LONG = "毎月第1土曜の朝に集まって、湧き水のまわりを見回り、気づいたことを地図に書きこんでいます。"


def activities(paths: dict[str, str], us: Actor, officer: Actor, coordinator: Actor) -> None:
    """Make them, and note where each lies."""
    watched = own(us, title="湧水のみちの朝の見回りと、こどもたちとつくる水辺の生きもの地図", what=LONG * 4)
    services.watch(watched, by=officer)
    asked = own(us, title="朝のラジオ体操")
    waiting = suggested(asked, officer, officer)
    moved = own(us, title="花のある駅前")
    services.accept(suggested(moved, officer, us), by=officer)
    over = own(us, title="おわった勉強会")
    services.end(over, by=us)
    task = of_the_city(officer, title="自転車の安全な利用をすすめる条例づくり", what=LONG * 2)
    for question in (Question.EARLY, Question.GROUNDS):
        services.answer(task, question, NOT_DONE, seen=0, by=officer)
    corrected = Reply(done=True, where=f"https://example.jp/{'very-long-address-' * 6}", on=DONE.on)
    services.answer(task, Question.EARLY, corrected, seen=1, by=officer)
    ready = of_the_city(officer, title="緑の基本計画の見直し")
    answer_all(ready, officer)
    recommended = own(us, title="すすめられた会")
    both = suggested(recommended, officer, coordinator)
    together = agreed(Town((officer, us)), area="E", form="", ownership="city")
    made = {"watched": watched, "asking": asked, "moved": moved, "over": over}
    made |= {"task": task, "ready": ready}
    for name, activity in made.items():
        paths[name] = activity.get_absolute_url()
    paths["suggestion"], paths["recommended"] = waiting.get_absolute_url(), both.get_absolute_url()
    paths["together"] = f"/activities/checklists/{together.slug}/"
