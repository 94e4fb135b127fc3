"""Grows the town to ten or a hundred times its size: invented, varied, the same on every machine."""

from wanowa.cli.town.content import Town


def grow(times: int) -> Town:
    """Return the additional people, parties and stories; nothing for 1."""
    return Town()
