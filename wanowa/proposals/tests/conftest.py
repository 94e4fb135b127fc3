"""Fixtures of the tests of proposals: real commits when asked for."""

from tests.conftest import _emptied_not_flushed, committed

__all__ = ["_emptied_not_flushed", "committed"]
