"""The pages of judging, with who opens each and in which state."""

from tests.browser.pages import Stop
from tests.browser.stage import Somebody
from tests.browser.walks import send, unfolded
from tests.browser.world import World


def heard(window: Somebody, world: World) -> None:
    """Open what is folded; the player has found the recording, and knows that it lasts two seconds."""
    unfolded(window, world)
    window.page.wait_for_function("Math.round(document.querySelector('audio').duration) === 2")


JUDGING = [
    Stop("proposals:history", path="/proposals/history/"),
    Stop("proposals:reviews", "judge", "/proposals/reviews/"),
    Stop("proposals:reviews", "stranger", "/proposals/reviews/", state="nothing asked"),
    Stop(
        "proposals:review",
        "judge",
        "/proposals/reviews/{j_scoring_1}/",
        send("この点で封をする", words="よい案です。"),
        400,
        "wrong",
    ),
    Stop("proposals:review", "judge", "/proposals/reviews/{j_told_1}/", state="open"),
    Stop("proposals:judging", "coordinator", "{j_checking}judging/?about={j_checking_1}", state="checking"),
    Stop("proposals:judging", "coordinator", "{j_scoring}judging/", state="scoring"),
    Stop("proposals:judging", "coordinator", "{j_opened}judging/", state="opened"),
    Stop("proposals:judging", "coordinator", "{j_told}judging/?about={j_told_2}", state="objection"),
    Stop("proposals:result", path="{j_told}result/"),
    Stop("proposals:outcome", "us", "/proposals/{j_scoring_1}/outcome/", heard, state="scoring"),
    Stop("proposals:outcome", "us", "/proposals/{j_told_1}/outcome/", state="less money"),
    Stop("proposals:gate", "coordinator", "/proposals/gate/?about={j_award}"),
    Stop("proposals:gate", "coordinator", "/proposals/gate/", state="budget"),
]
