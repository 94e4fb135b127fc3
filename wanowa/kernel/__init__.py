"""What every app may lean on: actors, lifecycles, refusals, Japanese text, calendar. No domain word."""
