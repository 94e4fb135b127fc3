"""The pages of the scheme, with who opens each and in which state."""

from tests.browser.pages import Stop
from tests.browser.stage import Somebody
from tests.browser.walks import send, unfolded
from tests.browser.world import World


def idea_sent(window: Somebody, _world: World) -> None:
    """Send an idea with an address, so that the code is asked for."""
    send("ひとことを送る", text="花がほしい。", email="minami@example.jp")(window, _world)


PROPOSALS = [
    Stop("proposals:overview", path="/proposals/"),
    Stop("proposals:overview", "us", "/proposals/", send("ひとことを送る", text="あ" * 201), 400, "wrong"),
    Stop("proposals:code", path="/proposals/", walk=idea_sent),
    Stop("proposals:seed", path="{p_seed}", state="answered"),
    Stop("proposals:seed", "coordinator", "{p_waiting}", state="at the desk"),
    Stop("proposals:round", path="{p_round}"),
    Stop("proposals:round", "officer", "{p_round}", unfolded, state="department"),
    Stop("proposals:round", path="{p_past}", state="before Wanowa"),
    Stop("proposals:edit_round", "coordinator", "{p_coming}", state="draft"),
    Stop("proposals:edit_round", "coordinator", "{p_open}", unfolded, state="open"),
    Stop(
        "proposals:new_round",
        "coordinator",
        "/proposals/rounds/new/",
        send("保存する", title=" "),
        400,
        "wrong",
    ),
    Stop("proposals:desk", "coordinator", "/proposals/desk/"),
    Stop("proposals:proposal", "us", "{p_writing}", unfolded, state="writing"),
    Stop("proposals:proposal", "us", "{p_sent}", state="sent"),
    Stop("proposals:proposal", "officer", "{p_call}", state="call"),
    Stop("proposals:write", "us", "{p_writing}write/"),
    Stop("proposals:submit", "us", "{p_writing}submit/"),
]
