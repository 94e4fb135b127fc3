"""Django's own pages: staff look, nobody writes, and for everybody else they do not exist."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.trust.matrix.addresses import addresses
from tests.trust.matrix.changes import Watch
from tests.trust.matrix.people import PRINCIPALS
from tests.trust.matrix.policy import expected
from tests.trust.matrix.trial import outcome

pytestmark = pytest.mark.django_db
OFFICE = [address for address in addresses() if address.row == "admin:*"]
LED_ON = {"admin:logout": {"POST": {200, 302}, "GET": {405}, "HEAD": {405}}}
"""Signing out is the one thing a form does here."""
THINGS = {"object_id": "1", "content_type_id": "1", "app_label": "auth", "url": "x"}


def url_of(address):
    if (
        address.name.startswith("admin:")
        and address.route.startswith("admin/")
        and "admin:admin/" not in address.name
    ):
        return reverse(address.name, kwargs={name: THINGS[name] for name in address.parameters})
    return "/" + address.route.replace("<path:object_id>", "1").replace("(?P<url>.*)$", "x/")


@pytest.mark.parametrize("address", OFFICE, ids=lambda address: address.name)
def test_staff_look_and_nobody_writes(address, city, record_property):
    place, url, count = city.places["site"]["here"], url_of(address), 0
    watch = Watch()
    for principal in PRINCIPALS:
        for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
            got = outcome(city.visitor(principal, place).send(method, url, {"name": "x", "_save": "1"}))
            changed = watch.changed()
            count += 1
            promised = expected("admin:*", principal, "here", method, "any")
            if principal == "staff":
                met = got in LED_ON.get(address.name, {}).get(
                    method, {promised} if method not in {"GET", "HEAD"} else {200, 302, 403, 404}
                )
            else:
                met = got == promised
            assert met, f"{principal} {method} {url}: {got}, not {promised}"
            assert not changed, f"{principal} {method} {url} changed something"
    record_property("cells", count)


def test_no_table_of_ours_and_none_with_secrets_is_shown():
    shown = {model._meta.app_label for model in admin.site._registry}
    assert shown <= {"auth", "procrastinate"}


def test_staff_read_groups_but_do_not_rename_them(city):
    group = Group.objects.create(name="窓口")
    staff = city.visitor("staff", city.places["site"]["here"])
    url = reverse("admin:auth_group_change", args=[group.pk])
    assert staff.send("GET", url).status_code == 200
    assert staff.send("POST", url, {"name": "別の名"}).status_code == 405
    group.refresh_from_db()
    assert group.name == "窓口"
