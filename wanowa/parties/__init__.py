"""Parties (主体): residents, groups, companies and departments that work together, and who acts for whom."""
