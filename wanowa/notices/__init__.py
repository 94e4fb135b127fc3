"""Notices (通知): what is worth telling, to whom, by which channel.

Reads the record after commit with a cursor of its own, so it can be stopped, repeated and tested alone; no app
knows that it exists. The page is the truth; mail only says that there is something to read.
"""
