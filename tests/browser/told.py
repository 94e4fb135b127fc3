"""The pages of looking back after the reveal, with who opens them and in which state."""

from tests.browser.pages import Stop
from tests.browser.walks import send

AFTER_THE_REVEAL = [
    Stop("evaluations:compare", path="/evaluations/"),
    Stop("evaluations:compare", path="/evaluations/?view=nothing", status=400, state="wrong"),
    Stop("evaluations:results", "us", "{differing}", state="seen differently"),
    Stop("evaluations:results", "us", "{half}", state="one side missing"),
    Stop("evaluations:results", path="{public}", state="published"),
    Stop("evaluations:why", "us", "{differing}why/{question_key}/"),
    Stop("evaluations:write", "us", "{differing}write/text/", state="text"),
    Stop(
        "evaluations:write",
        "us",
        "{differing}write/lesson/",
        send("保存する", summary="あ" * 5000),
        400,
        "lesson",
    ),
    Stop("evaluations:approve", "us", "{differing}approve/", state="before it is offered"),
    Stop("evaluations:approve", "officer", "{waiting_text}approve/", state="waiting"),
    Stop("evaluations:comment", "coordinator", "{public}comment/"),
    Stop("evaluations:ahead", "us", "{public}ahead/"),
]
