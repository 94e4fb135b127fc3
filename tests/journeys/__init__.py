"""The journeys of shared paper and people: end to end through real pages, with every width, with and without JavaScript."""
