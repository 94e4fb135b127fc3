"""Schema history of record."""
