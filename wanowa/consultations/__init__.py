"""Consultations (相談): a worry is held by somebody by name until something happens."""
