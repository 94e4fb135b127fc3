"""The process log (経過): who did what, for whom, when. Entries are added and never changed.

Every service writes here in the same transaction as its change, so the log and the data cannot
disagree. Notices, feeds, statistics and open data all read from here; no app listens to another.
"""
