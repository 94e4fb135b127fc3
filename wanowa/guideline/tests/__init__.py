"""Tests of guideline."""
