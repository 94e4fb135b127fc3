"""Notices (通知): what is worth telling, to whom, by which channel. Reads the record; nobody imports it."""
