"""Documents for tests, made as a source would make them."""

from datetime import date, timedelta

from wanowa.search.queries import Readable, lexicon
from wanowa.search.services import recount, store

FIRST = date(2026, 4, 1)


def put(*texts, kind="activities", public=True, **more):
    """Index texts: (title, body) or a title alone, each a day newer than the one before."""
    readable = []
    for place, text in enumerate(texts):
        title, body = text if isinstance(text, tuple) else (text, "")
        key = more.pop("key", None) or f"{kind}-{place}-{title}"[:120]
        readable.append(
            Readable(key, title, body, f"/{key}/", day=FIRST + timedelta(days=place), public=public, **more)
        )
    store(kind, readable, lexicon())
    recount()
    return readable
