"""The pages of rounds up to the reveal, with who opens each and in which state."""

from tests.browser.pages import Stop
from tests.browser.walks import moved_answer, send
from tests.browser.world import LONG

EVALUATIONS = [
    Stop("evaluations:rounds", "us", "{rounds told}"),
    Stop("evaluations:rounds", "officer", "{rounds asked}", state="one is running"),
    Stop(
        "evaluations:rounds",
        "us",
        "{rounds told}",
        send("この進め方を提案する", deadline="2020-01-01"),
        400,
        "wrong",
    ),
    Stop("evaluations:round", "officer", "{round asked}round/", state="proposed"),
    Stop("evaluations:round", "us", "{round filling}round/", state="filling"),
    Stop("evaluations:round", "us", "{round waiting}round/", state="sealed"),
    Stop("evaluations:round", "us", "{round told}round/", state="told"),
    Stop("evaluations:desk", "double", "{round filling}desk/", state="two sides"),
    Stop("evaluations:desk", "us", "{round filling}desk/"),
    Stop("evaluations:desk", "us", "{round complete}desk/", state="complete"),
    Stop("evaluations:answer", "us", "{round filling}desk/goal.1/"),
    Stop(
        "evaluations:answer",
        "us",
        "{round filling}desk/equality/",
        send("残して、一覧へ", words=LONG),
        400,
        "wrong",
    ),
    Stop("evaluations:answer", "us", "{round filling}desk/others/", moved_answer, 409, "moved"),
    Stop("evaluations:seal", "us", "{round complete}seal/"),
]
