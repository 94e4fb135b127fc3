"""Ways to pages that no address alone leads to: forms sent, codes typed, keys touched."""

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from playwright.sync_api import CDPSession

from tests.browser.pages import Walk
from tests.browser.stage import Somebody
from tests.browser.world import LONG, SECRET, World
from wanowa.evaluations import services as evaluations
from wanowa.evaluations.models import Round
from wanowa.evaluations.rules import Sketch
from wanowa.kernel.actors import Actor


def send(button: str, last: bool = False, **fields: str) -> Walk:
    """Return how to fill fields (by name) and press a button."""

    def walk(window: Somebody, _world: World) -> None:
        for name, text in fields.items():
            window.page.locator(f"main [name={name}]").first.fill(text)
        window.press(button, last=last)

    return walk


def _code() -> str:
    return "".join(letter for letter in mail.outbox[-1].body.split("コード")[-1] if letter.isdigit())[:6]


def asked_for_a_code(window: Somebody, world: World) -> None:
    send("コードを送る", email=world.people["newcomer"].email)(window, world)


def second_factor(window: Somebody, world: World) -> None:
    mail.outbox.clear()
    send("コードを送る", email=world.people["secured"].email)(window, world)
    send("つづける", code=_code())(window, world)


def first_passkey(window: Somebody, world: World) -> None:
    mail.outbox.clear()
    send("つぎへ", name="鍵 新子", email="key@example.jp")(window, world)
    send("つづける", code=_code())(window, world)


def with_keys(window: Somebody) -> CDPSession:
    """Give the window a finger to touch a passkey with."""
    session = window.page.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": True}})
    return session


def with_a_passkey(then: str) -> Walk:
    def walk(window: Somebody, world: World) -> None:
        with_keys(window)
        window.go("/people/safety/passkeys/add/")
        window.write("名前", "わたしのスマホ")
        window.press("パスキーを作る")
        window.page.wait_for_url(lambda address: not address.endswith("/add/"))  # it has been made
        window.go("/people/safety/passkeys/")
        if then.startswith("/"):
            window.go(then)
        elif then:
            window.press(then)

    return walk


def _code_of_the_app() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def with_the_receipt(window: Somebody, world: World) -> None:
    send("くらべる", receipt=world.receipt)(window, world)


def moved_consent(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate("input => { input.value = 'f'.repeat(64); }")
    window.press("この内容に同意する")


def gone_measure(window: Somebody, world: World) -> None:
    window.page.locator("input[name=measure]").first.evaluate("input => { input.value = '999999'; }")
    window.press("賛成する")


def without_words(window: Somebody, world: World) -> None:
    window.press("ちがうところがある")
    window.press("ちがうところを伝える")


def moved_answer(window: Somebody, world: World) -> None:
    """Answer a question that a colleague has answered since the page was opened."""
    found = Round.objects.get(collaboration__slug=world.paths["round filling"].split("/")[2])
    by = Actor(world.people["us"].pk, found.proposed_by_id)
    evaluations.save_draft(found, key="others", sketch=Sketch("2", LONG), seen=0, by=by)
    window.page.locator("main [name=words]").fill("あまり広がりませんでした。")
    window.page.locator("main [value='3']").check()
    window.press("残して、次へ")


def moved_clause(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate("input => { input.value = 'f'.repeat(16); }")
    window.page.locator("main textarea").first.fill(LONG)
    window.press("保存する")


def moved_party(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate(
        "input => { input.value = '2020-01-01T00:00:00+00:00'; }"
    )
    window.write("得意なこと", LONG)
    window.press("公開する")


def moved_activity(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate("input => { input.value = 'f'.repeat(64); }")
    window.write("していること", LONG)
    window.press("公開する")


def hand_raised(window: Somebody, world: World) -> None:
    """Raise a hand for a first step, up to the code that comes by mail."""
    window.go(f"{world.paths['x_step']}raise/")
    send("コードを受けとる", name="みなみ", email="walker@example.jp")(window, world)
    window.page.wait_for_url("**/code/")


def unfolded(window: Somebody, world: World) -> None:
    """Open what lies folded up."""
    window.page.locator("main summary").first.click()
