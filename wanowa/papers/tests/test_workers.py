"""Two workers at the same moment: each paper is issued once, and the record tells it once."""

import multiprocessing

import pytest
from django.db import connection

from wanowa.guideline.rules import Form
from wanowa.papers.models import Issue
from wanowa.papers.tests import agreements as make
from wanowa.papers.tests.racing import issuer
from wanowa.papers.verbs import ISSUED
from wanowa.record.queries import history
from wanowa.record.services import verify

pytestmark = pytest.mark.usefixtures("committed")


def test_two_workers_at_once_issue_each_paper_once():
    made = [make.in_form(Form.SUBSIDY, make.town(2)) for _ in range(3)]
    spawn = multiprocessing.get_context("spawn")
    barrier = spawn.Barrier(2)
    results = spawn.Queue()
    name = connection.settings_dict["NAME"]
    workers = [spawn.Process(target=issuer, args=(barrier, results, name), daemon=True) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert [results.get(timeout=120) for _ in workers] == ["done", "done"]
    for worker in workers:
        worker.join(30)
    assert Issue.objects.count() == 3 * 8
    for collaboration in made:
        assert history(collaboration).filter(verb=ISSUED.name).count() == 8
    assert verify().clean
