"""Schema history of web."""
