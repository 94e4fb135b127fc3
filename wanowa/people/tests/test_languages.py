"""A reader chooses a language; nobody else's page, no header and no made-up value decides it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.utils.translation import get_language, gettext, override

from wanowa.kernel.languages import in_japanese, known, offered, speaking
from wanowa.people import queries
from wanowa.people.models import User
from wanowa.people.tests.factories import PersonFactory, sign_in
from wanowa.web import caching

pytestmark = pytest.mark.django_db
NONSENSE = ["xx", "de", "en-", "EN\x00", "../../etc", "ja_simple", "'", "\xe9", "e" * 5000]


@pytest.fixture
def english():
    browser = Client()
    browser.cookies["django_language"] = "en"
    return browser


def test_english_is_offered_because_its_words_are_there():
    assert offered() == ("ja", "en")
    assert (known("en"), known("zh_Hans"), known("de")) == ("en", "", "")


def test_every_page_leads_to_the_other_language_with_one_tap_and_back_to_where_the_reader_was(client):
    page = client.get("/style/look/?a=1&b=2").content.decode()
    link = "/style/language/en/"
    assert f'<a href="{link}" lang="en" hreflang="en" rel="nofollow">English</a>' in page
    answer = client.get(link, headers={"Referer": "http://testserver/style/look/?a=1&b=2"})
    assert (answer.status_code, answer["Location"]) == (302, "/style/look/?a=1&b=2")
    page = client.get(answer["Location"])
    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in page.content.decode()
    assert "Text size and colors" in page.content.decode()
    assert 'lang="ja" hreflang="ja" rel="nofollow">日本語</a>' in page.content.decode()


def test_the_cookie_is_kept_for_a_year_and_no_script_reads_it(client):
    cookie = client.get("/style/language/en/").cookies["django_language"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == (
        "en",
        365 * 24 * 60 * 60,
        True,
        "Lax",
    )


@pytest.mark.parametrize("value", NONSENSE)
def test_a_made_up_cookie_is_japanese(client, value):
    client.cookies["django_language"] = value
    assert client.get("/style/look/")["Content-Language"] == "ja"


@pytest.mark.parametrize("language", ["de", "zh-hans", "EN", "xx-yy"])
def test_a_language_without_words_is_not_found(client, language):
    answer = client.get(f"/style/language/{language}/")
    assert answer.status_code == 404
    assert "django_language" not in answer.cookies


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "me/",
        "",
        "http:///a",
    ],
)
def test_the_way_back_never_leads_to_another_site(client, address):
    assert client.get("/style/language/en/", {"next": address})["Location"] == "/"


@pytest.mark.parametrize(
    "referer",
    [
        "https://evil.example/",
        "http://testserver.evil.example/me/",
        "http://testserver//evil.example/",
        "me/",
    ],
)
def test_neither_does_a_page_that_claims_to_be_ours(client, referer):
    assert client.get("/style/language/en/", headers={"Referer": referer})["Location"] == "/"


def test_an_address_may_be_given_for_a_link_on_paper(client):
    """A poster in English can lead to a form in English."""
    answer = client.get(
        "/style/language/en/?next=/people/sign-up/", headers={"Referer": "http://testserver/me/"}
    )
    assert answer["Location"] == "/people/sign-up/"


def test_an_answer_to_a_form_leads_back_to_where_the_form_stood(client, english):
    person = sign_in(Client(), PersonFactory())
    for browser, leads in (
        (client, '<a href="/style/language/en/?next=%2Fproposals%2F%3Fa%3D1" lang="en"'),
        (person, '<input type="hidden" name="next" value="/proposals/?a=1">'),
    ):
        answer = browser.post("/proposals/", headers={"Referer": "http://testserver/proposals/?a=1"})
        assert answer.status_code == 400
        assert leads in answer.text
    foreign = client.post("/proposals/", headers={"Referer": "http://elsewhere.example/x"})
    assert "next=" not in foreign.text


def test_the_headers_of_a_browser_choose_nothing(client):
    page = client.get("/style/look/", headers={"Accept-Language": "en"})
    assert page["Content-Language"] == "ja"


def test_errors_and_refusals_are_in_the_readers_language(english):
    assert b"Page not found" in english.get("/nowhere/").content
    assert "ページが見つかりません".encode() in Client().get("/nowhere/").content


def test_the_thread_speaks_as_before_after_an_answer(english):
    with override("ja"):
        english.get("/style/look/")
        assert get_language() == "ja"


def test_a_link_changes_nothing_about_the_person_and_her_form_does(client):
    ana = PersonFactory()
    sign_in(client, ana)
    page = client.get("/me/").content.decode()
    assert '<form action="/style/language/en/" method="post">' in page
    client.get("/style/language/en/")
    ana.refresh_from_db()
    assert ana.language == "ja"
    answer = client.post("/style/language/en/", {"next": "/me/"})
    ana.refresh_from_db()
    assert (answer["Location"], ana.language) == ("/me/", "en")


def test_her_language_is_spoken_in_a_browser_that_has_none_of_its_own_without_a_query(
    client, django_assert_num_queries
):
    ana = PersonFactory()
    sign_in(client, ana)
    client.get("/style/look/")
    alone = [name for name in settings.MIDDLEWARE if name != "wanowa.people.views.look.Speaking"]
    with override_settings(MIDDLEWARE=alone), django_assert_num_queries(3) as before:
        bare = Client()
        bare.cookies = client.cookies
        assert bare.get("/style/look/")["Content-Language"] == "ja"
    User.objects.filter(pk=ana.pk).update(language="en")
    with django_assert_num_queries(len(before)):
        assert client.get("/style/look/")["Content-Language"] == "en"
    client.cookies["django_language"] = "ja"
    assert client.get("/style/look/")["Content-Language"] == "ja"


def test_two_readers_never_get_each_others_page_and_made_up_cookies_do_not_fill_the_shelf(monkeypatch):
    monkeypatch.setattr(caching, "_clocks", [lambda cases: "1"])
    caching.shelf.clear()
    pages = []
    for value in [None, "en", "ja", *NONSENSE, "en", None]:
        reader = Client()
        if value:
            reader.cookies["django_language"] = value
        pages.append(reader.get("/guideline/"))
    assert [page["Content-Language"] for page in pages] == ["ja", "en", *["ja"] * 10, "en", "ja"]
    assert {page.content for page in pages if page["Content-Language"] == "ja"} == {pages[0].content}
    assert pages[1].content == pages[-2].content != pages[0].content
    assert "Cookie" in pages[0]["Vary"]
    assert sum(key[2] == "/guideline/" for key in caching.shelf.pages) == 2
    caching.shelf.clear()


def test_what_is_spoken_ends_with_its_block():
    with override("en"):
        with in_japanese():
            assert gettext("マイページ") == "マイページ"
        assert gettext("マイページ") == "My page"
        with speaking("xx"):
            assert gettext("マイページ") == "マイページ"


@pytest.fixture
def _fresh_limits():
    cache.clear()


@pytest.mark.usefixtures("_fresh_limits")
def test_a_code_to_sign_in_comes_in_the_language_of_its_account_else_of_its_reader(client, english):
    ana, hana = PersonFactory(language="en"), PersonFactory()
    client.post("/people/sign-in/", {"email": ana.email})
    for address in (hana.email, "nobody@example.jp"):
        browser = Client()
        browser.cookies = english.cookies.copy()
        browser.post("/people/sign-in/", {"email": address})
    assert [letter.subject for letter in mail.outbox] == [
        "Wanowa: your sign-in code",
        "わのわ：サインインのコード",
        "Wanowa: you have no account yet",
    ]
    assert "Please enter this code on the sign-in page." in mail.outbox[0].body
    assert '<html lang="en">' in mail.outbox[0].alternatives[0].content


@pytest.mark.usefixtures("_fresh_limits")
def test_who_joins_in_english_is_written_to_in_english(english):
    english.post("/people/sign-up/", {"name": "Ana", "email": "ana@example.jp"})
    assert mail.outbox[0].subject == "Wanowa: code to join"
    assert User.objects.get(email="ana@example.jp").language == "en"


def test_the_language_of_an_address_without_an_account_is_nobodys_unless_the_reader_asks():
    PersonFactory(email="ana@example.jp", language="en")
    with override("en"):
        assert queries.language_at("Ana@Example.jp") == "en"
        assert queries.language_at("nobody@example.jp") == ""
        assert queries.language_at("nobody@example.jp", reader=True) == "en"


def test_settings_offer_the_languages_that_have_words_and_speak_the_chosen_one_at_once(client):
    ana = PersonFactory()
    sign_in(client, ana)
    assert b'value="ko"' not in client.get("/people/settings/").content
    chosen = {"name": "Ana", "language": "en", "text_size": "normal", "theme": "auto"}
    assert client.post("/people/settings/", chosen | {"language": "ko"}).status_code == 400
    answer = client.post("/people/settings/", chosen, follow=True)
    assert "Your settings are saved." in answer.content.decode()
    assert answer["Content-Language"] == "en"


def test_an_erasure_is_confirmed_in_the_language_that_is_read(english):
    ana = PersonFactory(language="en")
    sign_in(english, ana)
    assert "Please type “delete”." in english.get("/people/erase/").content.decode()
    assert english.post("/people/erase/", {"word": "消します？"}).status_code == 400
    assert "Your account was deleted" in english.post("/people/erase/", {"word": "Delete"}).content.decode()
    ana.refresh_from_db()
    assert ana.name == "登録を消した人"


def test_an_export_is_the_same_in_every_language(english):
    ana = PersonFactory(language="en")
    sign_in(english, ana)
    archive = ZipFile(BytesIO(english.post("/people/export/").content))
    assert "メールアドレス" in archive.read("data.html").decode()
    assert "e-mail" not in archive.read("data.html").decode().lower()
