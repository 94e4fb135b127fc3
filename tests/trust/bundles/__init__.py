"""Bundles, built and read from the page of the format alone: nothing here imports the platform's own code for them."""
