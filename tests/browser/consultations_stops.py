"""The pages of the desk, with who opens each and in which state."""

from tests.browser.consultations import LONG
from tests.browser.pages import Stop
from tests.browser.walks import send

CONSULTATIONS = [
    Stop("consultations:index", path="/consultations/"),
    Stop("consultations:index", path="/consultations/", walk=send("相談を送る"), status=400, state="wrong"),
    Stop(
        "consultations:receipt",
        path="/consultations/",
        walk=send("相談を送る", text="花壇の水やりを手伝いたいです。", email="hanako@example.jp"),
    ),
    Stop(
        "consultations:look",
        path="/consultations/look/",
        walk=send("ひらく", number="1234-5678", words="ねこ"),
        status=400,
        state="wrong",
    ),
    Stop("consultations:by_link", path="{c_link}"),
    Stop("consultations:case", "member_of_the_bank", "{c_case}", state="under way"),
    Stop("consultations:case", "member_of_the_bank", "{c_over}", state="over"),
    Stop("consultations:desk", "coordinator", "/consultations/desk/"),
    Stop("consultations:new", "coordinator", "/consultations/desk/new/"),
    Stop("consultations:rota", "coordinator", "/consultations/desk/rota/"),
    Stop("consultations:held", "coordinator", "{c_held}", state="open"),
    Stop("consultations:held", "coordinator", "{c_shut}", state="shut"),
    Stop("consultations:held", "officer", "{c_held}", state="asked"),
    Stop("consultations:index", path="/consultations/", walk=send("送る前に", text=LONG), state="near"),
    Stop("consultations:answers", path="/consultations/answers/"),
    Stop("consultations:answers", "coordinator", "/consultations/answers/?case={c_number}", state="write"),
    Stop("consultations:answer", path="{c_answer}", state="public"),
    Stop("consultations:answer", "officer", "{c_waiting}", state="waits"),
    Stop("consultations:work", "coordinator", "/consultations/my-work/"),
    Stop("consultations:report", "coordinator", "/consultations/report/?month={c_month}"),
]
