"""Pages in a real browser: axe, headings, overflow, paper; and the hands with which the journeys are made."""
