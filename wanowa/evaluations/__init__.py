"""Evaluations (ふりかえり): every party looks back alone, sealed; then all see both sides at once."""
