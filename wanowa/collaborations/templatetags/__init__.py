"""Template tags of collaborations."""
