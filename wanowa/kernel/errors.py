"""How the platform says no: a sentence for the person, and the HTTP status that goes with it."""

from django.utils.functional import Promise

type Sentence = str | Promise
"""A Japanese sentence, perhaps translated later."""


class Refused(Exception):
    """The platform does not do it now. The sentence says why and what the person can do instead."""

    status = 409

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


class Forbidden(Refused):
    """The person may not do this for this party (403)."""

    status = 403


class Invalid(Refused):
    """What was typed cannot be accepted as it stands (400)."""

    status = 400


class Conflict(Refused):
    """Somebody else was faster; the reader saw an older state (409)."""
