"""The rules of the scheme: stages and their dates, questions, what merges, who may. Pure: no database, no clock."""
