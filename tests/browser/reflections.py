"""Look backs of the small town after the reveal: seen differently, with a side missing, put before all, published."""

from wanowa.collaborations.tests.factories import Town, agreed, town
from wanowa.evaluations.services.commenting import enter_comment
from wanowa.evaluations.services.reflecting import give_reason
from wanowa.evaluations.tests import factories as make
from wanowa.evaluations.tests.reflecting import offered, over, published, sealed, told, wrote
from wanowa.guideline.rules import Kind
from wanowa.kernel.actors import Actor

LONG = "雨で中止になった日が3回ありました。それでも、こどもたちは湧き水の場所を言えるようになりました。" * 3


def reflections(paths: dict[str, str], three: Town, coordinator: Actor) -> None:
    """Make them, and note where each lies."""
    two = Town(three.actors[:2])
    differing = make.opened(two)
    keys = [question.key for question in differing.asked]
    sealed(differing, two.actors[0], choice="5", words=LONG, **{keys[3]: "unknown", keys[5]: "4"})
    differing = sealed(differing, two.actors[1], choice="4", words="よく話せました。", **{keys[4]: "1"})
    for by, text in ((two.actors[1], LONG), (two.actors[0], "会議の日を、先に決めておけばよかったです。")):
        give_reason(differing, criterion=keys[4], text=text, by=by)
    wrote(differing, two.actors[0])
    half = make.opened(two)
    sealed(half, two.actors[0], choice="4", words="よく話せました。")
    over(half)
    make.services.reveal(half)
    waiting = told(Town(three.actors))
    offered(waiting, Town(three.actors))
    done = published(two, lesson=True)
    enter_comment(
        done,
        body="市民参加と協働の懇話会",
        text="次の年は、こどもの声も聞いてください。",
        said_on=done.until,
        source="第2回会議録 4ページ",
        by=coordinator,
    )
    kinds = (Kind.CITIZEN, Kind.LOCAL, Kind.COMPANY, Kind.PUBLIC, Kind.RESIDENT)
    for form in ("accord", "joint_operation"):
        people = town(5, kinds)
        published(people, agreed(people, form=form))
    made = {"differing": differing, "half": half, "waiting_text": waiting, "public": done}
    for name, found in made.items():
        paths[name] = f"/evaluations/{found.collaboration.slug}/{found.number}/"
    paths["question_key"] = keys[4]
