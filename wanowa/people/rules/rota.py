"""Who takes what comes to the desk on a day, and who stands for whom. Pure: the desk says who is away."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rota:
    """One day at the desk."""

    planned: int | None = None
    """Whom the rota names for what is new; None: nobody by name."""
    deputies: Mapping[int, int] = field(default_factory=dict)
    """Who is away, and who stands for her."""

    def chain(self, person: int) -> Iterator[int]:
        """Yield who stands for a person, then who stands for that one if she is away too, once each.

        >>> list(Rota(deputies={1: 2, 2: 3, 3: 1}).chain(1)), list(Rota().chain(1))
        ([2, 3], [])
        """
        seen, now = {person}, self.deputies.get(person)
        while now is not None and now not in seen:
            yield now
            seen.add(now)
            now = self.deputies.get(now)

    def present(self, person: int) -> int | None:
        """Return who is there for a person: she herself, the first of her deputies who is there, or nobody.

        >>> Rota(deputies={1: 2, 2: 3}).present(1), Rota(deputies={1: 2}).present(3)
        (3, 3)
        >>> Rota(deputies={1: 2, 2: 1}).present(1)
        """
        return next((one for one in (person, *self.chain(person)) if one not in self.deputies), None)

    def stands_for(self, person: int) -> frozenset[int]:
        """Return who is away while this person stands for her, at once or because a deputy is away as well.

        >>> sorted(Rota(deputies={1: 2, 2: 3}).stands_for(3)), sorted(Rota(deputies={1: 2}).stands_for(1))
        ([1, 2], [])
        """
        return frozenset(away for away in self.deputies if person in self.chain(away))
