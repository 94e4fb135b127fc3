"""Loaded before Django: tests run as the owner of the database, under a home of their own."""

import os

os.environ.setdefault("WANOWA_DATABASE_ROLE", "owner")
