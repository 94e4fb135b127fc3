"""Which ages took part, in bands so coarse that nobody is recognised (G-33b): numbers in fives, small ones hidden."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FEWEST = 5
"""Fewer people than this are never told as a number."""


class AgeBand(TextChoices):
    """The bands of age in which people are counted."""

    CHILDREN = "children", _("18歳より下")
    YOUNG = "young", _("18歳から39歳")
    MIDDLE = "middle", _("40歳から64歳")
    OLD = "old", _("65歳から上")


@dataclass(frozen=True, slots=True)
class Share:
    """One band: at least how many people; None for one to four, who might be recognised."""

    band: AgeBand
    least: int | None


def together(ages: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """Return the people of each band over all entries that say something."""
    counted = [tuple(each) for each in ages if each]
    return tuple(sum(band) for band in zip(*counted, strict=True)) if counted else (0,) * len(AgeBand)


def spread(counts: Sequence[int]) -> tuple[Share, ...]:
    """Return what may be told of the bands; nothing when too few people were counted altogether.

    Every number is rounded down to fives: whoever watches it grow cannot tell who came, and what is hidden
    cannot be worked out from the rest. A band without people is told as 0.
    """
    if sum(counts) < FEWEST:
        return ()
    return tuple(
        Share(band, None if 0 < count < FEWEST else count // FEWEST * FEWEST)
        for band, count in zip(AgeBand, counts, strict=True)
    )
