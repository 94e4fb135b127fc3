"""The 17 projects of the proposal scheme."""

from wanowa.cli.town.content import Story


def stories() -> tuple[Story, ...]:
    """Return them."""
    return ()
