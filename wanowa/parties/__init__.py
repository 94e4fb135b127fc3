"""Parties (主体): the residents, groups, companies and departments that work together, and who may act for whom."""
