"""Against real commits: who loads one file at the same time makes one version."""

import threading

import pytest
from django.db import connections

from wanowa.guideline.models import Edition
from wanowa.guideline.services import AlreadyLoaded
from wanowa.guideline.tests.samples import PLAIN, loaded


@pytest.mark.usefixtures("committed")
def test_two_who_load_the_same_file_at_once_make_one_version():
    outcomes = []
    start = threading.Barrier(4)

    def go():
        try:
            start.wait()
            loaded(PLAIN)
            outcomes.append("loaded")
        except AlreadyLoaded:
            outcomes.append("there")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["loaded", "there", "there", "there"]
    assert Edition.objects.count() == 1
