"""The written policy as a table of expectations, read without a glance at the views."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[1] / "policy.toml"
SAFE = ("GET", "HEAD")
REST = ("PUT", "PATCH", "DELETE", "OPTIONS")


@cache
def policy():
    """Return the file as it stands."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def rows():
    """Return the rows by the name of the address."""
    return policy()["address"]


def variants(name):
    """Return the forms that a row speaks about."""
    return [] if name.endswith("*") else list(rows()[name].get("POST", {}))


def expected(name, principal, state, method, variant=None):
    """Return what the policy promises: a status, "sign-in" or "gate"."""
    if method in REST:
        return 405
    row = rows()[name]
    if principal == "unproven" and not row.get("before_second_factor", False):
        return "gate"
    if principal == "anonymous" and not row.get("public", False):
        return "sign-in"
    table = row.get("GET") if method in SAFE else row.get("POST", {}).get(variant)
    return 405 if table is None else _outcome(table, principal, state)


def _outcome(table, principal, state):
    """Return the answer of the first column for the state, then of the first group that holds the principal."""
    if isinstance(table, int | str):
        return table
    column = next(entry for states, entry in table.items() if states == "any" or state in states.split())
    if isinstance(column, int | str):
        return column
    groups = policy()["groups"]
    for group, outcome in column.items():
        if group in {principal, "others"} or principal in groups.get(group, ()):
            return outcome
    raise KeyError(f"the policy does not say what {principal} gets")
