"""The principals: everybody who might knock, and how each is signed in."""

import time
from http.cookies import SimpleCookie

from django.test import Client

from wanowa.people.tests.factories import sign_in

AT_TABLE = ("viewer", "member", "representative", "partner", "city_partner")
OUTSIDE = ("resident", "stranger", "ex_representative", "city", "coordinator", "staff")
PRINCIPALS = ("anonymous", *OUTSIDE, "invited", "newcomer", *AT_TABLE, "unproven")


class Visitor:
    """A browser of one principal: always as it was at the beginning, whatever the last request did to it."""

    def __init__(self, person=None, *, proven=True):
        self.client = Client(raise_request_exception=False)
        if person and proven:
            sign_in(self.client, person)
        elif person:
            self.client.force_login(person)
        if person and proven:  # shown an hour from now on: the walk may last
            session = self.client.session
            session["account_authentication_methods"] = [
                {"method": "mfa", "type": "totp", "at": time.time() + 3600}
            ]
            session.save()
        self.cookies = {name: morsel.value for name, morsel in self.client.cookies.items()}

    def send(self, method, url, data=None, **headers):
        """Send one request and return the answer."""
        self.client.cookies = SimpleCookie(self.cookies)
        if method == "POST":
            return _read(self.client.post(url, data or {}, headers=headers))
        return _read(self.client.generic(method, url, "", headers=headers))

    def raw(self, method, url, body="", kind="application/x-www-form-urlencoded"):
        """Send bytes that no browser would."""
        self.client.cookies = SimpleCookie(self.cookies)
        path, _mark, query = url.partition("?")
        return _read(self.client.generic(method, path, body, content_type=kind, QUERY_STRING=query))


def _read(response):
    """Return an answer read to its end, with its `body`; the test client forgets the file behind a HEAD."""
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    for close in response._resource_closers:
        close()
    return response
