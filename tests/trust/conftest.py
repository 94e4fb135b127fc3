"""For the trust tests: a town that stands once a module, in one transaction that is rolled back at its end."""

from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import transaction
from django.template.base import Template
from django.test import override_settings

from tests.trust.matrix import town
from wanowa.web.caching import shelf


def _render(template, context):
    """Do what Django does outside of tests, where no copy of the context is kept for each template of a page."""
    return template.nodelist.render(context)


@contextmanager
def standing(folder):
    """Build the town in one transaction, with files and keys in a folder of its own; undo everything in the end."""
    own = override_settings(MEDIA_ROOT=folder, LOG_KEY=folder / "keys" / "log-key")
    with own, patch.object(Template, "_render", _render), transaction.atomic():
        shelf.clear()
        yield town.build()
        transaction.set_rollback(True)
        shelf.clear()


@pytest.fixture(scope="module")
def city(django_db_setup, django_db_blocker, tmp_path_factory):
    """Return the town."""
    with django_db_blocker.unblock(), standing(Path(tmp_path_factory.mktemp("uploads"))) as built:
        yield built


def pytest_terminal_summary(terminalreporter):
    """Print the two figures of the matrix, summed over all workers."""
    totals = {"cells": 0, "unexplained": 0}
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    for report in reports:
        # the report of the teardown carries them once more
        if getattr(report, "when", "") == "call":
            for name, value in report.user_properties:
                if name in totals:
                    totals[name] += value
    if totals["cells"]:
        terminalreporter.write_line(
            f"permission matrix: {totals['cells']:,} cells, {totals['unexplained']} unexplained"
        )
