"""The pages of progress, with who opens each and in which state."""

from tests.browser.pages import Stop
from tests.browser.walks import send

WRONG = "あ" * 5000
PROGRESS = [
    Stop("progress:board", path="{progress}"),
    Stop("progress:board", "us", "{progress}"),
    Stop("progress:board", path="{silent}", state="empty"),
    Stop("progress:month", path="{last_month}"),
    Stop("progress:goal", "us", "{measured}"),
    Stop("progress:goal", "us", "{unmeasured}", send("数を書く", value="たくさん"), 400, "wrong"),
    Stop("progress:tasks", path="{progress}tasks/"),
    Stop("progress:tasks", "us", "{progress}tasks/"),
    Stop("progress:notes", "us", "{progress}notes/"),
    Stop("progress:notes", "us", "{progress}notes/", send("成果のようすを書く", text=WRONG), 400, "wrong"),
    Stop("progress:quiet", "coordinator", "/progress/quiet/"),
]
