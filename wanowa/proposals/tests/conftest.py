"""Fixtures of the tests of proposals: real commits when asked for."""

from tests.conftest import _sealed_again, committed

__all__ = ["_sealed_again", "committed"]
