"""Pieces of pages that depend on nothing but what is named: written once, given again while they stay the same.

    {% remember party.name party.kind %}…{% endremember %}

The names are the whole key, so there is nothing to invalidate: another value, another piece. Name everything
that the piece shows; the reader's language comes by itself. What a person may see does not belong inside unless
it is named, and neither do forms: a token would be given to somebody else, so a piece that asks for one is refused.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final

from django.db.models import Model
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

BUDGET: Final = 8 * 1024 * 1024
"""Characters of pieces that one process keeps."""
SECRETS: Final = ("csrfmiddlewaretoken", "idempotency_key")


class Pieces:
    """The pieces kept by this process, least recently asked for first to go."""

    def __init__(self, budget: int = BUDGET) -> None:
        self.budget, self.size = budget, 0
        self.kept: OrderedDict[Hashable, SafeString] = OrderedDict()
        self.lock = threading.Lock()

    def get(self, key: Hashable, write: Callable[[], SafeString]) -> SafeString:
        """Return the piece, written now if it is new."""
        with self.lock:
            if (piece := self.kept.get(key)) is not None:
                self.kept.move_to_end(key)
                return piece
        piece = write()
        if any(secret in piece for secret in SECRETS):
            raise TemplateSyntaxError(
                "A form inside {% remember %} would give one reader's token to another."
            )
        with self.lock:
            if key not in self.kept:
                self.kept[key] = piece
                self.size += len(piece)
            while self.size > self.budget:
                self.size -= len(self.kept.popitem(last=False)[1])
        return piece

    def clear(self) -> None:
        """Forget everything."""
        with self.lock:
            self.kept.clear()
            self.size = 0


pieces = Pieces()


class Remembered(Node):
    """A piece of a template and the values it depends on."""

    def __init__(self, names: list[FilterExpression], nodelist: NodeList) -> None:
        self.names, self.nodelist = names, nodelist

    def render(self, context: Context) -> SafeString:
        """Return the piece for the values of now."""
        values = (_frozen(name.resolve(context)) for name in self.names)
        return pieces.get((self, get_language(), *values), lambda: self.nodelist.render(context))


def _frozen(value: object) -> Hashable:
    """Return something that stays as it is and equals only what would be written alike."""
    if isinstance(value, list | tuple):
        return tuple(map(_frozen, value))
    if isinstance(value, Model):
        raise TemplateSyntaxError("{% remember %} names fields: a row equals itself however it has changed.")
    # 1 == True == 1.0, but they are written differently.
    return type(value), value


def remember(parser: Parser, token: Token) -> Remembered:
    """Compile `{% remember name … %}`."""
    _tag, *names = token.split_contents()
    if not names:
        raise TemplateSyntaxError("{% remember %} names the values that its piece shows.")
    nodelist = parser.parse(["endremember"])
    parser.delete_first_token()
    return Remembered([parser.compile_filter(name) for name in names], nodelist)
