"""A real browser: axe finds nothing, the console stays silent, drafts come back, refusals are read out."""

import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from wanowa.kernel.errors import Refused
from wanowa.web import pages, problems
from wanowa.web.waiting import Again

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
FORM = """{% extends "web/page.html" %}{% block title %}試し{% endblock %}{% block main %}
<c-form draft="try" hx-post="/refuse/" hx-target="main">
<label for="text">文</label><textarea id="text" name="text" data-limit="5"></textarea>
<c-button>送る</c-button></c-form>{% endblock %}"""


def form(request):
    return pages.show(request, "form.html")


def refuse(request):
    raise Refused("いまはできません。来週、もう一度お試しください。")


def status(request, number):
    return problems.page(request, number, typed=["花壇の 水やり"])


def queue(request):
    if request.method == "POST":
        return HttpResponse(f"<title>ok</title><p>{request.POST['text']}</p>")
    first = datetime(2026, 12, 20, 23, 59, 31, tzinfo=ZoneInfo("Asia/Tokyo"))
    form = Again("/queue/", "application/x-www-form-urlencoded", [("text", "花壇の 水やり")], first)
    return problems.page(request, 503, typed=["花壇の 水やり"], waiting=form)


urlpatterns = [
    path("queue/", csrf_exempt(queue)),
    path("form/", form),
    path("refuse/", refuse),
    path("status/<int:number>/", status),
    path("empty/", lambda request: HttpResponse(status=204)),
    path("style/", include("wanowa.web.urls")),
]
handler404 = problems.not_found
pytestmark = [
    pytest.mark.urls("wanowa.web.tests.test_browser"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed: apt-get install chromium"),
]


class Quiet(WSGIRequestHandler):
    """Serves without a line on the terminal for each request."""

    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture
def address():
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  only where a browser is

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


@pytest.fixture
def said():
    return []


@pytest.fixture
def tab(browser, said):
    context = browser.new_context(locale="ja-JP", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()


@pytest.fixture
def _form_template(settings):
    from django_cotton.compiler_regex import CottonCompiler  # noqa: PLC0415

    loaders = settings.TEMPLATES[0]["OPTIONS"]["loaders"][0][1]
    local = ("django.template.loaders.locmem.Loader", {"form.html": CottonCompiler().process(FORM)})
    options = settings.TEMPLATES[0]["OPTIONS"] | {"loaders": [local, *loaders]}
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"OPTIONS": options}]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("where", ["/style/", "/style/look/", "/status/409/", "/queue/"])
def test_axe_finds_nothing_and_nothing_runs_over_the_edge(browser, address, where, width, scheme):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415

    context = browser.new_context(
        locale="ja-JP", viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + where)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


def test_the_gallery_is_silent_on_the_console(tab, address, said):
    tab.goto(address + "/style/")
    tab.click("[data-open=example-dialog]")
    assert tab.locator("dialog[open]").count() == 1
    tab.keyboard.press("Escape")
    assert said == []


@pytest.mark.usefixtures("_form_template")
def test_a_draft_comes_back_after_the_page_was_left(tab, address, said):
    tab.goto(address + "/form/")
    tab.fill("#text", "湧き水の見回り")
    assert tab.inner_text(".count") == "2文字こえています"
    tab.goto(address + "/style/")
    tab.goto(address + "/form/")
    assert tab.input_value("#text") == "湧き水の見回り"
    assert said == []


@pytest.mark.django_db  # the server's threads reach it; a refused form leaves nothing in it
@pytest.mark.usefixtures("_form_template")
def test_a_refusal_through_htmx_is_read_out_and_nothing_typed_is_lost(tab, address):
    tab.goto(address + "/form/")
    tab.fill("#text", "見回り")
    tab.click("text=送る")
    tab.wait_for_selector("#toasts .error")
    assert "来週、もう一度お試しください。" in tab.inner_text("[role=status]#toasts")
    assert tab.input_value("#text") == "見回り"


def test_the_queue_page_counts_down_in_sight_and_sends_by_itself(tab, address):
    tab.clock.install()
    tab.goto(address + "/queue/")
    assert "自動でもう一度送ります" in tab.inner_text("[data-again-state]")
    before = int(tab.inner_text("[data-again-left]"))
    tab.clock.run_for(5_000)
    assert 0 < int(tab.inner_text("[data-again-left]")) <= before - 5
    tab.clock.run_for(40_000)
    tab.wait_for_function("document.title === 'ok'")
    assert tab.inner_text("p") == "花壇の 水やり"


def test_the_queue_page_can_be_stopped_and_then_waits_for_its_reader(tab, address):
    tab.clock.install()
    tab.goto(address + "/queue/")
    tab.click("text=自動で送るのを止める")
    tab.clock.run_for(60_000)
    assert "自動では送りません" in tab.inner_text("[data-again-state]")
    assert not tab.is_visible("[data-again-count]")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.title === 'ok'")


def test_the_queue_page_needs_no_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/queue/")
    assert not page.is_visible("[data-again-count]")
    assert not page.is_visible("[data-again-stop]")
    page.click("text=もう一度送る")
    assert page.inner_text("p") == "花壇の 水やり"
    context.close()


def test_the_focus_can_be_seen_in_both_themes(browser, address):
    for scheme in ("light", "dark"):
        context = browser.new_context(color_scheme=scheme)
        page = context.new_page()
        page.goto(address + "/style/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style == "solid"
        context.close()
