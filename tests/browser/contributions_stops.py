"""The pages of ledgers, with who opens each and in which state."""

from tests.browser.pages import Stop
from tests.browser.walks import send

WRONG = "あ" * 5000
CONTRIBUTIONS = [
    Stop("contributions:overview", path="{ledger}"),
    Stop("contributions:overview", "us", "{ledger}"),
    Stop("contributions:overview", "us", "{drifting}", state="drifting"),
    Stop("contributions:overview", "us", "{no_ledger}", state="empty"),
    Stop("contributions:new", "us", "{ledger}new/hours/", state="hours"),
    Stop("contributions:new", "us", "{ledger}new/passed/", state="passed"),
    Stop("contributions:new", "us", "{ledger}new/things/", state="things"),
    Stop("contributions:new", "us", "{ledger}new/hours/", send("書く", last=True, time=WRONG), 400, "wrong"),
    Stop("contributions:entries", "us", "{ledger}entries/"),
    Stop("contributions:entries", "officer", "{ledger}entries/", state="other side"),
    Stop("contributions:entry", "officer", "{ledger}entries/4/", state="to confirm"),
    Stop("contributions:entry", "us", "{ledger}entries/2/", state="confirmed"),
    Stop("contributions:entry", "us", "{ledger}entries/5/", state="disputed"),
]
