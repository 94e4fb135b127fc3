"""Reading what parties look back upon. Before the reveal no query returns a word of a sealed evaluation."""

from wanowa.evaluations.queries.reading import (
    Revealed,
    Side,
    agreed_in,
    awaiting_agreement,
    awaiting_seal,
    may_read,
    overdue_rounds,
    revealed,
    round_at,
    rounds_of,
    running_round,
    sealed_in,
    writer_in,
    yardstick_of,
)

__all__ = [
    "Revealed",
    "Side",
    "agreed_in",
    "awaiting_agreement",
    "awaiting_seal",
    "may_read",
    "overdue_rounds",
    "revealed",
    "round_at",
    "rounds_of",
    "running_round",
    "sealed_in",
    "writer_in",
    "yardstick_of",
]
