"""Progress (進みぐあい): what was measured, what changed in whom, which task is where; quiet work is noticed."""
