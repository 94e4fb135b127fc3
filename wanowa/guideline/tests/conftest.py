"""Fixtures for the tests of the guideline."""

from tests.conftest import _emptied_not_flushed, as_app, committed

__all__ = ["_emptied_not_flushed", "as_app", "committed"]
