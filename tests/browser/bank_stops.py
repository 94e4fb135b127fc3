"""The pages of the talent bank, with who opens each and in which state."""

from tests.browser.pages import Stop
from tests.browser.walks import send

BANK = [
    Stop("talent:index", path="/talent/"),
    Stop("talent:mine", "member_of_the_bank", "/talent/mine/"),
    Stop("talent:edit", "newcomer", "/talent/mine/edit/"),
    Stop(
        "talent:edit",
        "newcomer",
        "/talent/mine/edit/",
        send("登録する", experience="090-1234-5678"),
        400,
        "wrong",
    ),
    Stop("talent:leave", "member_of_the_bank", "/talent/mine/leave/"),
    Stop("talent:look", "officer", "/talent/look/"),
    Stop("talent:cards", "officer", "{look}"),
    Stop("talent:ask", "officer", "{ask}"),
    Stop("talent:request", "member_of_the_bank", "{asked_for}", state="asked"),
    Stop("talent:request", "officer", "{agreed}", state="accepted"),
    Stop("talent:answer", path="{answer}"),
    Stop("talent:board", "coordinator", "/talent/desk/"),
    Stop("talent:new", "coordinator", "/talent/desk/new/"),
    Stop("talent:person", "coordinator", "{on_the_paper}", state="open"),
    Stop("talent:person", "coordinator", "{to_tell}", state="shut"),
    Stop("talent:exports", "coordinator", "/talent/desk/exports/"),
]
