"""Searching across the apps: following the record, rebuilding, forgetting, the words of the desk."""
