"""Who acts: a person, alone or on behalf of a party."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Forbidden


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (id) acting for a party (id). Neither: the public. Every service takes `by: Actor`."""

    person: int | None = None
    party: int | None = None

    @property
    def required_person(self) -> int:
        """The person's id; Forbidden for somebody who has not signed in."""
        if self.person is None:
            raise Forbidden(_("サインインしてから、もう一度お試しください。"))
        return self.person

    @property
    def required_party(self) -> int:
        """The party's id; Forbidden for somebody who speaks for no party."""
        if self.party is None:
            raise Forbidden(_("どの主体として行うかを選んでください。"))
        return self.party


PUBLIC = Actor()
"""A reader who has not signed in."""

SYSTEM = Actor()
"""The platform itself: clocks, migrations, demonstrations."""
