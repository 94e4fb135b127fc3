"""The guideline (指針): its vocabulary with stable keys, and the municipality packs that make a city data."""
