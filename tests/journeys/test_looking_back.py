"""Journey 5, ふりかえり: scored apart and sealed, revealed, the largest difference first, published, next year."""

import pytest

from tests.browser.stage import Somebody
from tests.journeys.cast import cast, page_of, windows
from wanowa.collaborations.tests.factories import Town, agreed
from wanowa.evaluations import services
from wanowa.evaluations.models import Round
from wanowa.evaluations.rules import Sketch
from wanowa.evaluations.tests.factories import opened
from wanowa.kernel.actors import Actor

BY_HAND = 2
"""How many of the questions are answered in the window; a colleague has written the others before."""


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"width": 360, "scripts": True}, id="phone"),
        pytest.param({"width": 360, "scripts": False}, id="phone-without-scripts"),
    ],
)
def test_two_parties_look_back_apart_and_go_on_together(visit, how):
    ours, theirs = members = cast(2)
    collaboration = agreed(Town((ours.actor, theirs.actor)))
    found = opened(Town((ours.actor, theirs.actor)), collaboration)
    for member in members:
        _written_before(found, member.actor)
    a, b = windows(visit, members, **how)
    anybody = visit(**how)
    page = f"/evaluations/{collaboration.slug}/1/"
    first = found.asked[0]

    _answer(a, found, "5", "雨でも6回できました。")
    _seal(a, page)
    a.reads("あなたの主体は、封をしました。")
    b.go(f"{page}round/")
    b.reads("封をしました")
    b.reads_not("雨でも6回できました。")
    _answer(b, found, "1", "来た人が少なく見えました。")
    _seal(b, page)

    a.go(page)
    a.reads(
        "見方がいちばん分かれたところ", first.title, "雨でも6回できました。", "来た人が少なく見えました。"
    )
    anybody.go(page)
    assert anybody.status == 404
    a.go(f"{page}why/{first.key}/")
    a.write("なぜ、こう見えましたか", "回数だけを数えていました。")
    a.press("わけを書く")
    b.go(page)
    b.reads("回数だけを数えていました。")

    b.go(f"{page}write/text/")
    b.write("よかったこと", "こどもが名前を言えるようになりました。")
    b.write("むずかしかったこと", "数え方が、別々でした。")
    b.write("次にすること", "はじめに、数え方を決めます。")
    b.press("保存する")
    b.press("このまとめを出す")
    a.go("/me/")
    a.reads(f"まとめを読んで答える：{collaboration.title}")
    a.go(f"{page}approve/")
    a.reads("はじめに、数え方を決めます。", "すぐに公開されます")
    a.press("同意して、公開してよい")
    a.reads("全員の同意がそろい、公開しました。")
    anybody.go(page)
    anybody.reads("雨でも6回できました。", "来た人が少なく見えました。", "はじめに、数え方を決めます。")

    a.press("次の年を準備する")
    a.reads("見方がいちばん分かれたところ", first.title)
    a.press("次の内容の下書きを作る")
    a.reads("内容をいっしょに書く", "はじめに、数え方を決めます。", first.title)
    anybody.go(page_of(collaboration))
    anybody.reads("第1回のふりかえり")


def _written_before(found: Round, by: Actor) -> None:
    for question in found.asked[BY_HAND:]:
        services.save_draft(found, key=question.key, sketch=Sketch("4", ""), seen=0, by=by)


def _answer(who: Somebody, found: Round, score: str, words: str) -> None:
    """Answer the questions that are left: the first as told, the others in the middle."""
    for place, question in enumerate(found.asked[:BY_HAND]):
        who.go(f"/evaluations/{found.collaboration.slug}/{found.number}/desk/{question.key}/")
        who.page.locator(f"input[name=choice][value='{score if place == 0 else 4}']").check()
        if place == 0:
            who.page.locator("textarea[name=words]").fill(words)
        who.press("残して")


def _seal(who: Somebody, page: str) -> None:
    who.go(f"{page}seal/")
    who.press("この内容で封をする")
