"""The process log (経過): who did what, for whom, when. Entries are added and never changed.

Every service writes here in the same transaction as its change, so the log and the data cannot
disagree. Notices, feeds, statistics and open data all read from here; no app listens to another.

The promise: each case is a numbered chain. Whoever changes, removes, inserts or reorders an entry, even as
the owner of the database, is found by `services.verify()`, which names the entry. What the chain alone cannot
show is the disappearance of the newest entries together with their head, or a chain rewritten as a whole:
for that, somebody outside must hold a checkpoint or a receipt.
"""
