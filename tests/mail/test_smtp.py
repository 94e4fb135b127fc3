"""Letters over a real SMTP server: they arrive whole, and a server that is down is answered kindly."""

import re
import socket
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache

from wanowa.people.models import Allowance, User
from wanowa.people.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
SMTP = "django.core.mail.backends.smtp.EmailBackend"


class Postbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        """Keep a letter."""
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy.default)))
        return "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def mailer(port):
    return {"default": {"BACKEND": SMTP, "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": 5}}}


@pytest.fixture
def postbox(settings):
    cache.clear()
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.MAILERS = mailer(controller.port)
    yield box
    controller.stop()


def test_a_sign_in_code_arrives_over_smtp_with_its_japanese_subject(client, postbox):
    person = PersonFactory()
    page = client.post("/people/sign-in/", {"email": person.email})
    ((recipients, letter),) = postbox.letters
    assert recipients == [person.email]
    assert letter["Subject"] == "わのわ：サインインのコード"
    text = letter.get_body(("plain",)).get_content()
    html = letter.get_body(("html",)).get_content()
    code = re.search(r"\d{3}-\d{3}", text).group()
    assert code in html
    assert person.name not in str(letter)
    assert letter["Reply-To"] is None
    done = client.post(page.url, {"code": code})
    assert done.url == "/me/"


def test_a_mail_server_that_is_down_is_answered_kindly_and_undoes_the_sign_up(client, settings):
    cache.clear()
    settings.MAILERS = mailer(free_port())
    answer = client.post("/people/sign-up/", {"email": "new@example.jp", "name": "和光 花子"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "いま、メールを送れません" in page
    assert "new@example.jp" in page
    assert "和光 花子" in page
    assert not User.objects.exists()
    assert not Allowance.objects.filter(sent__gt=0).exists()
    person = PersonFactory()
    assert client.post("/people/sign-in/", {"email": person.email}).status_code == 503
    assert client.post("/people/sign-in/", {"email": "nobody@example.jp"}).status_code == 503


@pytest.mark.parametrize("reply", ["550 no such user", "451 later"])
def test_a_letter_the_server_refuses_is_answered_kindly(client, settings, reply):
    cache.clear()

    class Refusing:
        async def handle_RCPT(self, *_arguments):  # noqa: N802 - aiosmtpd's name
            return reply

    controller = Controller(Refusing(), hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings.MAILERS = mailer(controller.port)
        assert client.post("/people/sign-in/", {"email": PersonFactory().email}).status_code == 503
    finally:
        controller.stop()


def test_a_line_break_cannot_smuggle_a_header(client, postbox):
    for email in ("x@example.jp\nBcc: y@example.jp", "x@example.jp\r\n\r\nHello", '"a\r\nb"@example.jp'):
        assert client.post("/people/sign-in/", {"email": email}).status_code == 400
        assert client.post("/people/sign-up/", {"email": email, "name": "x"}).status_code == 400
    assert postbox.letters == []
