"""Pages in another language: the frame of all, and the first that a newcomer sees."""

from tests.browser.pages import Stop

LANGUAGES = [
    Stop("home:front", path="/", state="in English", language="en"),
    Stop("home:me", "us", "/me/", state="in English", language="en"),
    Stop("account_login", path="/people/sign-in/", state="in English", language="en"),
    Stop("exchange:listing", path="{x_step}", state="in English", language="en"),
    Stop("web:look", path="/style/look/", state="in English", language="en"),
]
