"""What every app may lean on: actors, lifecycles, refusals, Japanese text and calendar. Knows no domain word."""
