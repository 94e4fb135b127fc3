"""Every page there is, with who opens it and in which state: a page that is missing here fails a test."""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.urls import URLResolver, get_resolver
from playwright.sync_api import CDPSession

from tests.browser.stage import Somebody
from tests.browser.world import LONG, SECRET, World

NOT_OURS = {"admin"}
"""Django's own staff pages: their markup is Django's."""
FILES = {
    "checkpoint",
    "collaborations:attachment",
    "collaborations:bundle",
    "collaborations:whole_bundle",
    "healthz",
    "opendata:report",
    "parties:paper",
    "record:keys",
    "record:note",
    "record:receipt",
    "web:asset",
}
"""Addresses that answer with a file or a word, not with a page."""
DEEDS = {
    "collaborations:send_back",
    "collaborations:retract",
    "collaborations:drop_change",
    "collaborations:seat",
    "collaborations:invite",
    "collaborations:answer_request",
    "notices:choose",
    "activities:watch",
    "parties:withdraw",
    "parties:renew",
    "people:drafts",
}
"""Addresses that only take forms."""
ELSEWHERE = {
    "account_request_login_code": "has the address of account_login",
    "mfa_login_webauthn": "answers JSON to the page of account_login",
}

type Walk = Callable[[Somebody, World], None]


@dataclass(frozen=True)
class Stop:
    """One page in one state."""

    view: str
    who: str = ""
    path: str = ""
    walk: Walk | None = None
    status: int = 200
    state: str = ""

    def __str__(self) -> str:
        return f"{self.view} {self.state or self.who}".strip().replace(" ", "-")

    def open(self, window: Somebody, world: World) -> None:
        """Lead the window to this page."""
        if self.path:
            window.go(self.path.format(**world.paths))
        if self.walk:
            self.walk(window, world)


def names() -> set[str]:
    """Return the name of every address of the platform."""

    def walk(patterns, spaces: tuple[str, ...] = ()):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace not in NOT_OURS:
                    more = (pattern.namespace,) if pattern.namespace else ()
                    yield from walk(pattern.url_patterns, (*spaces, *more))
            else:
                yield ":".join((*spaces, pattern.name))

    return set(walk(get_resolver().url_patterns))


def send(button: str, last: bool = False, **fields: str) -> Walk:
    """Return how to fill fields (by name) and press a button."""

    def walk(window: Somebody, _world: World) -> None:
        for name, text in fields.items():
            window.page.locator(f"main [name={name}]").first.fill(text)
        window.press(button, last=last)

    return walk


def _code() -> str:
    return "".join(letter for letter in mail.outbox[-1].body.split("コード")[-1] if letter.isdigit())[:6]


def _asked_for_a_code(window: Somebody, world: World) -> None:
    send("コードを送る", email=world.people["newcomer"].email)(window, world)


def _second_factor(window: Somebody, world: World) -> None:
    mail.outbox.clear()
    send("コードを送る", email=world.people["secured"].email)(window, world)
    send("つづける", code=_code())(window, world)


def _first_passkey(window: Somebody, world: World) -> None:
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


def _with_a_passkey(then: str) -> Walk:
    def walk(window: Somebody, world: World) -> None:
        with_keys(window)
        window.go("/people/safety/passkeys/add/")
        window.write("名前", "わたしのスマホ")
        window.press("パスキーを作る")
        window.page.wait_for_url("**/people/safety/**")
        window.go("/people/safety/passkeys/")
        if then.startswith("/"):
            window.go(then)
        elif then:
            window.press(then)

    return walk


def _code_of_the_app() -> str:
    return format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time())))


def _with_the_receipt(window: Somebody, world: World) -> None:
    send("くらべる", receipt=world.receipt)(window, world)


def _moved_consent(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate("input => { input.value = 'f'.repeat(64); }")
    window.press("この内容に同意する")


def _moved_clause(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate("input => { input.value = 'f'.repeat(16); }")
    window.page.locator("main textarea").first.fill(LONG)
    window.press("保存する")


def _moved_party(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate(
        "input => { input.value = '2020-01-01T00:00:00+00:00'; }"
    )
    window.write("得意なこと", LONG)
    window.press("公開する")


def _moved_activity(window: Somebody, world: World) -> None:
    window.page.locator("input[name=seen]").evaluate("input => { input.value = 'f'.repeat(64); }")
    window.write("していること", LONG)
    window.press("公開する")


WRONG = "あ" * 5000
STOPS = [
    Stop("home:front", path="/"),
    Stop("home:front", "us", "/"),
    Stop("home:me", "us", "/me/"),
    Stop("home:me", "newcomer", "/me/", state="empty"),
    Stop("home:visitors", path="/me/visitors/"),
    Stop("record:explanation", path="/record/"),
    Stop("record:checkpoints", path="/record/checkpoints/"),
    Stop("record:compare", path="/record/compare/"),
    Stop(
        "record:compare",
        path="/record/compare/",
        walk=send("くらべる", receipt=WRONG),
        status=400,
        state="wrong",
    ),
    Stop(
        "record:compare",
        path="/record/compare/",
        walk=send("くらべる", case="auth.group/1", number="1", words="かあ" * 8),
        state="no match",
    ),
    Stop("record:compare", path="/record/compare/", walk=_with_the_receipt, state="fits"),
    Stop("web:gallery", path="/style/"),
    Stop("web:look", path="/style/look/"),
    Stop("collaborations:directory", path="/collaborations/"),
    Stop("collaborations:directory", path="/collaborations/?q=ないことば", state="empty"),
    Stop("collaborations:directory", path="/collaborations/?status=nothing", status=400, state="wrong"),
    Stop("collaborations:start", "us", "/collaborations/new/"),
    Stop("collaborations:start", "us", "/collaborations/new/?area=B&form=subsidy", state="chosen"),
    Stop("collaborations:start", "us", "/collaborations/new/?area=B&form=accord", status=400, state="misfit"),
    Stop("collaborations:start", "newcomer", "/collaborations/new/", state="without a party"),
    Stop(
        "collaborations:start", "us", "/collaborations/new/", send("呼びかける", summary=WRONG), 400, "wrong"
    ),
    *(
        Stop("collaborations:collaboration", who, f"{{{name}}}", state=f"{name} {who or 'anybody'}")
        for name, who in (
            ("idea", "us"),
            ("idea", "officer"),
            ("talking", ""),
            ("talking", "us"),
            ("offered", "officer"),
            ("active", ""),
            ("active", "us"),
            ("active", "stranger"),
            ("asked", "us"),
            ("suspended", ""),
            ("suspended", "us"),
            ("ended", ""),
            ("withdrawn", ""),
        )
    ),
    Stop("collaborations:collaboration", path="{idea}", status=404, state="hidden"),
    Stop("collaborations:log", path="{active}log/"),
    Stop("collaborations:log", "us", "{active}log/"),
    Stop("collaborations:take_home", path="{active}log/take-home/"),
    Stop("collaborations:take_home", "us", "{active}log/take-home/"),
    Stop("collaborations:terms", "us", "{idea}terms/", state="nearly empty"),
    Stop("collaborations:terms", "us", "{talking}terms/", state="talking"),
    Stop("collaborations:terms", "us", "{active}terms/", state="amending"),
    Stop("collaborations:terms", "us", "{amending}terms/", state="while offered"),
    Stop("collaborations:terms", "us", "{leaving}terms/", state="leaving"),
    *(
        Stop("collaborations:clause", "us", f"{{active}}terms/{clause}/", state=clause)
        for clause in ("title", "goals", "outcomes", "roles", "aims", "form", "schedule", "cost", "safety")
    ),
    Stop(
        "collaborations:clause",
        "us",
        "{active}terms/goals/",
        send("保存する", **{"row-0-what": WRONG, "row-0-target": "x"}),
        400,
        "wrong",
    ),
    Stop("collaborations:clause", "us", "{active}terms/purpose/", _moved_clause, 409, "moved"),
    Stop("collaborations:offer", "us", "{talking}offer/", state="something is missing"),
    Stop("collaborations:offer", "us", "{active}offer/", state="amendment"),
    Stop("collaborations:consent", "officer", "{offered}consent/", state="first"),
    Stop("collaborations:consent", "us", "{offered}consent/", state="given"),
    Stop("collaborations:consent", "officer", "{amending}consent/", state="amendment"),
    Stop("collaborations:consent", "officer", "{amending}consent/", _moved_consent, 409, "moved"),
    Stop("collaborations:version", path="{active}versions/1/"),
    Stop("collaborations:version", "us", "{amending}versions/2/", state="open"),
    Stop("collaborations:change", "us", "{active}change/"),
    Stop("collaborations:change", "us", "{suspended}change/", state="suspended"),
    Stop("collaborations:change", "us", "{active}change/", send("提案する", last=True), 400, "wrong"),
    Stop("collaborations:join", "stranger", "{active}join/"),
    Stop("collaborations:join", "newcomer", "{active}join/", state="without a party"),
    Stop("collaborations:join", "stranger", "{active}join/", send("申し出る"), 400, "wrong"),
    Stop("collaborations:room", "us", "{active}room/"),
    Stop("collaborations:room", "us", "{suspended}room/", state="empty"),
    Stop("collaborations:room", "officer", "{question}", state="answering"),
    Stop("collaborations:room", "us", "{active}room/", send("書く", last=True), 400, "wrong"),
    Stop("activities:directory", path="/activities/"),
    Stop("activities:directory", path="/activities/?q=ないことば", state="empty"),
    Stop("activities:directory", path="/activities/?area=B", status=400, state="wrong"),
    Stop("activities:start", "us", "/activities/new/"),
    Stop("activities:start", "officer", "/activities/new/", state="city"),
    Stop("activities:start", "newcomer", "/activities/new/", state="without a party"),
    Stop("activities:start", "us", "/activities/new/", send("のせて", what=WRONG), 400, "wrong"),
    Stop("activities:watching", "officer", "/activities/watching/"),
    Stop("activities:watching", "coordinator", "/activities/watching/", state="all"),
    Stop("activities:watching", "us", "/activities/watching/", status=403, state="forbidden"),
    *(
        Stop("activities:activity", who, f"{{{name}}}", state=f"{name} {who or 'anybody'}")
        for name, who in (
            ("watched", ""),
            ("watched", "us"),
            ("watched", "officer"),
            ("asking", "us"),
            ("asking", "officer"),
            ("moved", ""),
            ("over", ""),
            ("task", ""),
            ("task", "officer"),
            ("ready", ""),
        )
    ),
    Stop("activities:log", path="{task}log/"),
    Stop("activities:edit", "us", "{watched}edit/"),
    Stop("activities:edit", "us", "{watched}edit/", _moved_activity, 409, "moved"),
    Stop("activities:end", "us", "{watched}end/"),
    Stop("activities:end", "officer", "{task}end/", state="questions are open"),
    Stop("activities:suggest", "us", "{watched}suggest/"),
    Stop("activities:suggest", "coordinator", "{watched}suggest/", state="coordinator"),
    Stop("activities:suggest", "us", "{watched}suggest/", send("申し出る", last=True), 400, "wrong"),
    Stop("activities:suggestion", "us", "{suggestion}"),
    Stop("activities:suggestion", "officer", "{suggestion}", state="suggester"),
    Stop("activities:suggestion", "coordinator", "{recommended}", state="recommended"),
    Stop("activities:checklist", path="{task}checklist/"),
    Stop("activities:checklist", "officer", "{task}checklist/"),
    Stop("activities:answer", "officer", "{task}checklist/early/", state="again"),
    Stop("activities:answer", "officer", "{task}checklist/result/", state="first"),
    Stop("activities:answer", "officer", "{task}checklist/result/", send("答えを公開"), 400, "wrong"),
    Stop("activities:collaboration_checklist", path="{together}"),
    Stop("activities:collaboration_answer", "officer", "{together}heard/"),
    Stop("guideline:overview", path="/guideline/"),
    Stop("guideline:form", path="/guideline/forms/accord/"),
    Stop("guideline:area", path="/guideline/areas/C/"),
    Stop("guideline:area", path="/guideline/areas/A/", state="without forms"),
    Stop("guideline:kind", path="/guideline/kinds/local/"),
    Stop("guideline:principle", path="/guideline/principles/equality/"),
    Stop("guideline:navigator", path="/guideline/navigator/", state="start"),
    Stop("guideline:navigator", path="/guideline/navigator/?lead=both&bring=share", state="under way"),
    Stop("guideline:navigator", path="/guideline/navigator/?lead=both&bring=share&ask=bring", state="again"),
    Stop("guideline:navigator", path="/guideline/navigator/?lead=king&utm=x", status=400, state="wrong"),
    *(
        Stop("guideline:navigator_result", path=f"/guideline/navigator/result/?{answers}", state=state)
        for state, answers in (
            ("A", "lead=citizens&bring=nothing"),
            ("B", "lead=citizens&bring=money&what=event"),
            ("C", "lead=both&bring=name&what=activity&who=residents&plan=city"),
            ("E", "lead=authority"),
            ("nothing known", "lead=unsure"),
        )
    ),
    Stop("guideline:navigator_result", path="/guideline/navigator/result/?x=1", status=400, state="wrong"),
    Stop("guideline:navigator_compare", path="/guideline/navigator/compare/"),
    Stop(
        "guideline:navigator_compare",
        path="/guideline/navigator/compare/?one=contract&other=partnership_contract&lead=city&plan=together",
        state="with answers",
    ),
    Stop(
        "guideline:navigator_compare",
        path="/guideline/navigator/compare/?one=subsidy&other=subsidy",
        status=400,
        state="wrong",
    ),
    Stop("guideline:ownership", path="/guideline/ownership/both/"),
    Stop("guideline:text", path="/guideline/text/"),
    Stop("guideline:edition", path="/guideline/text/1/", state="older"),
    Stop("guideline:changes", path="/guideline/text/2/changes/"),
    Stop("notices:inbox", "us", "/notices/"),
    Stop("notices:inbox", "newcomer", "/notices/", state="empty"),
    Stop("notices:off", path="{off}"),
    Stop("notices:off", path="{off}", walk=send("メールを止める"), state="done"),
    Stop("parties:directory", path="/parties/"),
    Stop("parties:directory", path="/parties/?q=ないことば", state="empty"),
    Stop("parties:directory", path="/parties/?kind=king", status=400, state="wrong"),
    Stop("parties:new", "newcomer", "/parties/new/"),
    Stop("parties:new", "newcomer", "/parties/new/", send("参加して", corporate_number="12"), 400, "wrong"),
    Stop("parties:party", path="{ours}"),
    Stop("parties:party", "us", "{ours}"),
    Stop("parties:party", path="{closed}", state="closed"),
    Stop("parties:edit", "us", "{ours}edit/"),
    Stop("parties:edit", "us", "{ours}edit/", send("公開する", corporate_number="12"), 400, "wrong"),
    Stop("parties:edit", "us", "{ours}edit/", _moved_party, 409, "moved"),
    Stop("parties:edit", "reader", "{ours}edit/", status=403, state="forbidden"),
    Stop("parties:rename", "us", "{ours}edit/name/"),
    Stop("parties:close", "us", "{ours}close/", state="with obstacles"),
    Stop("parties:close", "stranger", "{outside}close/", state="free"),
    Stop("parties:members", "us", "{ours}members/"),
    Stop("parties:members", "reader", "{ours}members/"),
    Stop("parties:invite", "us", "{ours}members/invite/"),
    Stop(
        "parties:invite",
        "us",
        "{ours}members/invite/",
        send("招待のメールを送る", email="だれか"),
        400,
        "wrong",
    ),
    Stop("parties:invitation", "newcomer", "{invitation}", state="mine"),
    Stop("parties:invitation", "stranger", "{invitation}", state="of another"),
    Stop("parties:invitation", "stranger", "/parties/invitations/nothing/", status=404, state="gone"),
    Stop("parties:term", "us", "{term}"),
    Stop("parties:term", "us", "{term}", send("引き継ぎを決める"), 400, "wrong"),
    Stop("parties:registration", "us", "{ours}registration/"),
    Stop("parties:registration", "stranger", "{outside}registration/", state="empty"),
    Stop("parties:registration", "coordinator", "{applying}registration/"),
    Stop("parties:decide", "coordinator", "{applying}registration/{year}/decide/"),
    Stop(
        "parties:decide", "coordinator", "{applying}registration/{year}/decide/", send("決める"), 400, "wrong"
    ),
    Stop("parties:party", path="{listed}", state="nobody joined"),
    Stop("parties:first", "coordinator", "{listed}members/first/"),
    Stop("opendata:groups", "coordinator", "/opendata/groups/"),
    Stop("opendata:groups", "coordinator", "/opendata/groups/", send("ファイルを読む"), 400, "wrong"),
    Stop("opendata:table", "coordinator", "/opendata/groups/table/"),
    Stop("opendata:preview", "coordinator", "{read_file}"),
    Stop("opendata:preview", "coordinator", "{faulty_file}", state="faulty"),
    Stop("opendata:preview", "coordinator", "{taken_in}", state="done"),
    Stop("people:settings", "us", "/people/settings/"),
    Stop("people:settings", "us", "/people/settings/", send("保存する", name=""), 400, "wrong"),
    Stop("people:export", "us", "/people/export/"),
    Stop("people:erase", "us", "/people/erase/", state="with obstacles"),
    Stop("people:erase", "newcomer", "/people/erase/"),
    Stop("people:privacy", path="/people/privacy/"),
    Stop("people:confirm", "newcomer", "/people/confirm/"),
    Stop("people:demo", path="{demo}"),
    Stop("account_login", path="/people/sign-in/"),
    Stop(
        "account_login",
        path="/people/sign-in/",
        walk=send("コードを送る", email="だれか"),
        status=400,
        state="wrong",
    ),
    Stop("account_confirm_login_code", path="/people/sign-in/", walk=_asked_for_a_code),
    Stop("mfa_authenticate", path="/people/sign-in/", walk=_second_factor),
    Stop("account_signup", path="/people/sign-up/"),
    Stop(
        "account_signup",
        path="/people/sign-up/",
        walk=send("コードを送る", name="", email=""),
        status=400,
        state="wrong",
    ),
    Stop("account_signup_by_passkey", path="/people/sign-up/with-passkey/"),
    Stop(
        "account_email_verification_sent",
        path="/people/sign-up/",
        walk=send("コードを送る", name="和光", email="new@example.jp"),
    ),
    Stop("mfa_signup_webauthn", path="/people/sign-up/with-passkey/", walk=_first_passkey),
    Stop("account_logout", "us", "/people/sign-out/"),
    Stop("account_inactive", path="/people/inactive/"),
    Stop("account_email", "us", "/people/address/"),
    Stop("mfa_index", "us", "/people/safety/", state="empty"),
    Stop("mfa_index", "secured", "/people/safety/"),
    Stop("mfa_reauthenticate", "secured", "/people/safety/confirm/"),
    Stop("mfa_reauthenticate_webauthn", "key", walk=_with_a_passkey("/people/safety/confirm/passkey/")),
    Stop("mfa_activate_totp", "us", "/people/safety/app/add/"),
    Stop(
        "mfa_activate_totp",
        "us",
        "/people/safety/app/add/",
        send("使えるようにする", code="000000"),
        400,
        "wrong",
    ),
    Stop("mfa_deactivate_totp", "secured", "/people/safety/app/remove/"),
    Stop("mfa_list_webauthn", "us", "/people/safety/passkeys/", state="empty"),
    Stop("mfa_list_webauthn", "key", walk=_with_a_passkey("")),
    Stop("mfa_add_webauthn", "us", "/people/safety/passkeys/add/"),
    Stop("mfa_remove_webauthn", "key", walk=_with_a_passkey("外す")),
    Stop("mfa_edit_webauthn", "key", walk=_with_a_passkey("名前を変える")),
    Stop("mfa_view_recovery_codes", "secured", "/people/safety/codes/"),
    Stop("mfa_generate_recovery_codes", "secured", "/people/safety/codes/make/"),
    Stop("", path="/nothing/", status=404, state="not found"),
    Stop("collaborations:seat", "us", "{active}seat/", status=405, state="opened by hand"),
]
