"""The same second: one file confirmed twice. Real threads."""

import threading

import pytest
from django.db import connection

from wanowa.kernel.errors import Refused
from wanowa.opendata import services
from wanowa.opendata.models import Import
from wanowa.opendata.queries import Preview
from wanowa.opendata.tests.files import bring, group
from wanowa.parties.models import Party
from wanowa.record.models import Entry

pytestmark = pytest.mark.usefixtures("committed")


def test_two_confirmations_at_once_take_one_file_in_once(desk):
    one = bring(desk, group(1), group(2))
    seen, outcomes = Preview(one).seen, []
    gate = threading.Barrier(2)

    def confirm():
        gate.wait()
        try:
            begun = services.confirm(Import.objects.get(pk=one.pk), seen=seen, by=desk)
            outcomes.append(services.take_in(begun, by=desk).status)
        except Refused as refusal:
            outcomes.append(refusal.status)
        finally:
            connection.close()

    both = [threading.Thread(target=confirm) for _ in range(2)]
    [thread.start() for thread in both]
    [thread.join() for thread in both]
    assert sorted(map(str, outcomes)) == ["409", "done"]
    assert Party.objects.count() == 2
    assert Entry.objects.filter(verb="opendata.import.done").count() == 1
