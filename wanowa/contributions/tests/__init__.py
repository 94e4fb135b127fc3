"""Tests of contributions."""
