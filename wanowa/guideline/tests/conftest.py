"""Fixtures for the tests of the guideline."""

from tests.conftest import _sealed_again, as_app, committed

__all__ = ["_sealed_again", "as_app", "committed"]
