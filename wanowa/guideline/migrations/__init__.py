"""Schema history of guideline."""
