"""Evaluations (ふりかえり): each party looks back alone and sealed; revealed together, then reflected jointly."""
