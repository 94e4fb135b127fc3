"""Contributions (出しあい): who gave what of the five resources, in a double-entry ledger; drift is noticed."""
