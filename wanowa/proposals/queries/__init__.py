"""Reading the scheme: rounds and their calendar, what departments can carry, ideas, proposals, and for whom."""
