"""What may be typed in: an idea, the rules of a round, what departments say, and a proposal's twelve questions."""
