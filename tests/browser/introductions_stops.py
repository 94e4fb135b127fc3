"""The pages of introductions, with who opens each and in which state."""

from datetime import timedelta

from django.utils import timezone

from tests.browser.pages import Stop
from tests.browser.walks import send

DAY = (timezone.localdate() + timedelta(days=6)).isoformat()
INTRODUCTIONS = [
    Stop("introductions:board", "coordinator", f"/introductions/?day={DAY}"),
    Stop("introductions:mine", "us", "/introductions/mine/"),
    Stop(
        "introductions:new",
        "us",
        "/introductions/new/",
        send("たのむ", purpose="090-1234-5678"),
        400,
        "wrong",
    ),
    Stop("introductions:new", "coordinator", "/introductions/new/", state="desk"),
    Stop("introductions:introduction", "us", "{to_answer}", state="to answer"),
    Stop("introductions:introduction", "us", "{introduced}", state="together"),
    Stop("introductions:introduction", "coordinator", "{introduced}", state="desk"),
    Stop("introductions:introduction", "us", "{joined}", state="afterwards"),
]
