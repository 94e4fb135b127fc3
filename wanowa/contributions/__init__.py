"""Contributions (出しあい): who gave what of the five resources, and whether that still fits the form."""
