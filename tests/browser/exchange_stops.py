"""The pages of exchange, with who opens each and in which state."""

from tests.browser.pages import Stop
from tests.browser.stage import Somebody
from tests.browser.walks import hand_raised, send, unfolded
from tests.browser.world import World

WRONG = "あ" * 5000


def words_asked(window: Somebody, world: World) -> None:
    """Let the page propose words to be found by, one of which it does not know."""
    unfolded(window, world)
    told = {"title": "庭木のせんていと草むしり", "text": "うたも歌えます。", "word": "ぬぬぬ"}
    send("題名と文から、ことばをさがす", **told)(window, world)


def saved_by_enter(window: Somebody, _world: World) -> None:
    """Press Enter in a field: it saves, though another button stands before that of saving."""
    title = window.page.locator("main [name=title]")
    title.fill(WRONG)
    with window.page.expect_navigation():
        title.press("Enter")


EXCHANGE = [
    Stop("exchange:directory", path="/exchange/"),
    Stop("exchange:directory", path="/exchange/?q=ないことば&when=evening", state="empty"),
    Stop("exchange:first", path="/exchange/first/?quarter=suwa"),
    Stop("exchange:new", "us", "/exchange/new/", words_asked),
    Stop(
        "exchange:new",
        "us",
        "/exchange/new/?kind=step",
        send("のせて、公開する", minutes="500"),
        400,
        "wrong",
    ),
    Stop("exchange:mine", "us", "/exchange/mine/"),
    Stop("exchange:listing", "us", "{x_offer}", state="offer inside"),
    Stop("exchange:listing", path="{x_regular}", state="thanked"),
    Stop("exchange:listing", "us", "{x_draft}", state="draft"),
    Stop("exchange:listing", path="{x_step}", state="step"),
    Stop("exchange:listing", "us", "{x_past}", state="past"),
    Stop("exchange:edit", "us", "{x_offer}edit/", saved_by_enter, 400, "wrong"),
    Stop("exchange:pictures", "us", "{x_offer}pictures/"),
    Stop(
        "exchange:raise",
        path="{x_full}raise/",
        walk=send("コードを受けとる", email="x"),
        status=400,
        state="wrong",
    ),
    Stop("exchange:code", walk=hand_raised),
    Stop("exchange:guests", "us", "{x_step}guests/"),
    Stop("exchange:hand", path="{x_hand}", state="thanks"),
    Stop("exchange:hand", path="{x_came}", state="afterwards"),
    Stop("exchange:make_pledge", "stranger", "{x_offer}pledge/"),
    Stop("exchange:pledge", "us", "{x_raised}", state="raised"),
    Stop("exchange:pledge", "us", "{x_promised}", state="agreed"),
    Stop("exchange:keep", path="{x_keep}"),
]
