"""Progress (進みぐあい): what was measured against the goals, what was done, what comes next."""
