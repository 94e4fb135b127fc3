"""Papers (書類): an agreement as the official documents of its form, issued once and never changed."""
