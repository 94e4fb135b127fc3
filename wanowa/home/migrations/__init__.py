"""Schema history of home."""
