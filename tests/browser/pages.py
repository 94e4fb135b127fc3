"""What a page of the browser's tests is, and which addresses show none."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from django.urls import URLResolver, get_resolver

from tests.browser.stage import Somebody
from tests.browser.world import World

NOT_OURS = {"admin"}
"""Django's own staff pages: their markup is Django's."""
FILES = {
    "checkpoint",
    "collaborations:attachment",
    "collaborations:bundle",
    "collaborations:whole_bundle",
    "consultations:attachment",
    "consultations:card",
    "consultations:report_file",
    "exchange:calendar",
    "exchange:picture",
    "proposals:paper",
    "proposals:file",
    "contributions:receipt",
    "contributions:table",
    "evaluations:paper",
    "evaluations:table",
    "healthz",
    "opendata:report",
    "papers:draft",
    "papers:paper",
    "parties:paper",
    "progress:photo",
    "proposals:history_table",
    "proposals:recording",
    "proposals:summary",
    "proposals:summary_paper",
    "record:keys",
    "record:note",
    "record:receipt",
    "talent:receipt",
    "talent:sheet",
    "web:asset",
}
"""Addresses that answer with a file or a word, not with a page."""
DEEDS = {
    "proposals:draft",
    "evaluations:draft",
    "collaborations:send_back",
    "collaborations:retract",
    "collaborations:drop_change",
    "collaborations:seat",
    "collaborations:invite",
    "collaborations:answer_request",
    "notices:choose",
    "activities:watch",
    "exchange:move",
    "parties:withdraw",
    "parties:renew",
    "people:drafts",
    "search:missed",
    "search:remove",
    "talent:act",
    "web:language",
}
"""Addresses that only take forms."""
ELSEWHERE = {
    "account_request_login_code": "has the address of account_login",
    "mfa_login_webauthn": "answers JSON to the page of account_login",
}

type Walk = Callable[[Somebody, World], None]


@dataclass(frozen=True)
class Stop:
    """One page in one state."""

    view: str
    who: str = ""
    path: str = ""
    walk: Walk | None = None
    status: int = 200
    state: str = ""
    language: str = "ja"

    def __str__(self) -> str:
        return f"{self.view} {self.state or self.who}".strip().replace(" ", "-")

    def open(self, window: Somebody, world: World) -> None:
        """Lead the window to this page, in another language by the switch that every page has."""
        path = self.path.format(**world.paths)
        if self.language != "ja":
            window.go(f"/style/language/{self.language}/?next={quote(path)}")
        elif path:
            window.go(path)
        if self.walk:
            self.walk(window, world)


def names() -> set[str]:
    """Return the name of every address of the platform."""

    def walk(patterns, spaces: tuple[str, ...] = ()):
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                if pattern.namespace not in NOT_OURS:
                    more = (pattern.namespace,) if pattern.namespace else ()
                    yield from walk(pattern.url_patterns, (*spaces, *more))
            else:
                yield ":".join((*spaces, pattern.name))

    return set(walk(get_resolver().url_patterns))
