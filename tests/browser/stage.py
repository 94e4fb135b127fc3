"""A town that commits, a server for it, a browser, and people who look at its pages."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.hands import Hand, Keyboard, Mouse
from tests.conftest import empty
from wanowa.people.models import User
from wanowa.people.tests.factories import sign_in
from wanowa.web.caching import shelf

CHROMIUM = next(
    (path for path in ("/usr/bin/chromium", which("chromium")) if path and Path(path).exists()), None
)
SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 10_000
"""Milliseconds that an expectation waits on a slow machine."""


class Quiet(WSGIRequestHandler):
    """Serves without a line on the terminal for each request."""

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def town(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Let everything commit, as in a town; at the end of the module the town is empty again."""
    patch = pytest.MonkeyPatch()
    # Playwright's loop runs in this thread; the database is asked between its turns, never within one.
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with django_db_blocker.unblock():
        cache.clear()
        shelf.clear()
        yield
        empty()
        shelf.clear()
    patch.undo()


class Server(ThreadedWSGIServer):
    """Remembers the threads that answer: each has a connection of its own, which must be gone before the database."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.answering: list[threading.Thread] = []

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Answer, as its parent does."""
        self.answering.append(threading.current_thread())
        super().process_request_thread(request, client_address)


@pytest.fixture(scope="module")
def address(town) -> Iterator[str]:
    """Serve the town and return where."""
    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"  # passkeys belong to names, not to numbers
    server.shutdown()
    thread.join()
    server.server_close()
    for answering in server.answering:
        answering.join(PATIENCE / 1000)


@pytest.fixture(scope="module")
def browser(town) -> Iterator[Browser]:
    """Open Debian's Chromium; skip where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()
        connections.close_all()  # those of the tests hang on Playwright's loop


@dataclass
class Somebody:
    """A person (or nobody in particular) with a browser window open on the town."""

    page: Page
    address: str
    hand: Hand
    said: list[str] = field(default_factory=list)
    status: int = 0
    """The status of the last page."""

    def __post_init__(self) -> None:
        self.page.on("response", self._opened)

    def _opened(self, response) -> None:
        if _a_page(response.request) and not 300 <= response.status < 400:
            self.status = response.status

    def go(self, path: str) -> None:
        """Type an address."""
        self.page.goto(self.address + path)

    def press(self, name: str, *, last: bool = False, inside: str = "main") -> None:
        """Press the button, link or summary of that name."""
        found = self.page.locator(inside).locator("button, a, summary", has_text=name)
        self.hand.press(found.last if last else found.first)

    def write(self, label: str, text: str, *, nth: int = 0) -> None:
        """Write into the field of that label."""
        self.hand.write(self._field(label, nth), text)

    def choose(self, label: str, option: str, *, nth: int = 0) -> None:
        """Choose from the list of that label."""
        self.hand.choose(self._field(label, nth), option)

    def tick(self, label: str, *, nth: int = 0) -> None:
        """Tick the box of that label."""
        self.hand.tick(self._field(label, nth))

    def reads(self, *sentences: str) -> None:
        """See each of the sentences somewhere on the page."""
        for sentence in sentences:
            expect(self.page.locator("body")).to_contain_text(sentence)

    def reads_not(self, *sentences: str) -> None:
        """See none of the sentences."""
        for sentence in sentences:
            expect(self.page.locator("body")).not_to_contain_text(sentence)

    def has(self, label: str, text: str, *, nth: int = 0) -> None:
        """See the field of that label hold the text."""
        expect(self._field(label, nth)).to_have_value(text)

    def _field(self, label: str, nth: int):
        return self.page.locator("main").get_by_label(label).nth(nth)


type Visit = Callable[..., Somebody]


@pytest.fixture
def transactional_db(town) -> None:
    """Tell pytest-django by name that these tests commit; here the town is emptied a module at a time."""


@pytest.fixture
def visit(browser: Browser, address: str, transactional_db) -> Iterator[Visit]:
    """Return how to open a window for somebody. A word on the console, a dialog, a stranger's host: a failure."""
    opened: list[tuple[BrowserContext, list[str]]] = []

    def open_window(
        person: User | None = None,
        *,
        width: int = 1280,
        scripts: bool = True,
        keyboard: bool = False,
        **more: object,
    ) -> Somebody:
        context = browser.new_context(
            locale="ja-JP",
            viewport={"width": width, "height": 740 if width < 600 else 800},
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        said = listen(context, address)
        opened.append((context, said))
        if person is not None:
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": address}]
            )
        page = context.new_page()
        return Somebody(page, address, Keyboard(page) if keyboard else Mouse(page), said)

    yield open_window
    for context, _said in opened:
        context.close()
    assert [line for _context, said in opened for line in said] == []


def _a_page(request) -> bool:
    """Tell whether a person asked for this: a page, or the piece of one that htmx puts in."""
    return request.is_navigation_request() or "hx-request" in request.headers


def session_of(person: User) -> str:
    """Return the session of a person who has signed in and shown a second factor."""
    session = sign_in(Client(), person).session
    session["account_authentication_methods"][0]["reauthenticated"] = True
    session.save()
    return session.session_key


def listen(context: BrowserContext, address: str) -> list[str]:
    """Return the list that fills with everything a page must not do."""
    said: list[str] = []
    home = urlsplit(address).netloc

    def asked(request) -> None:
        if urlsplit(request.url).scheme in {"http", "https"} and urlsplit(request.url).netloc != home:
            said.append(f"asks a stranger: {request.url}")

    def answered(response) -> None:
        if response.status >= 500 or (response.status >= 400 and not _a_page(response.request)):
            said.append(f"{response.status} {response.url}")

    def spoken(message) -> None:
        # The console repeats every answer of 4xx; `answered` tells which of them a page may give.
        if not message.text.startswith("Failed to load resource"):
            said.append(f"{message.type}: {message.text}")

    def dialog(opened) -> None:
        said.append(f"a dialog: {opened.message}")
        opened.dismiss()

    context.on("request", asked)
    context.on("response", answered)
    context.on("console", spoken)
    context.on("dialog", dialog)
    context.on("weberror", lambda error: said.append(str(error.error)))
    return said
