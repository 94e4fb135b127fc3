"""The bank in the town: a resident in it, a department that looks and asks, one request open and one accepted."""

from datetime import timedelta

from django.utils import timezone

from tests.trust.matrix.places import Place, about
from wanowa.kernel.actors import Actor
from wanowa.people.tests.factories import PersonFactory
from wanowa.talent import services
from wanowa.talent.models import Request
from wanowa.talent.queries import digest_of_token, pseudonym
from wanowa.talent.rules import Field
from wanowa.talent.tests.factories import accepted, asked, looked, on_paper, registered

TOKEN = "t" * 43


def _actor(people, parties, principal):
    return Actor(people[principal].pk, parties[principal].pk)


def asking(people, parties):
    """Return a request that a resident has not answered, and one that she has accepted, by its state."""
    profile = registered(people["resident"])
    sent = asked(profile, _actor(people, parties, "city_partner"))
    Request.objects.filter(pk=sent.pk).update(token_digest=digest_of_token(TOKEN))
    done = accepted(profile, _actor(people, parties, "city"), Field.NAME)
    return {
        state: Place(state, {"pk": request.pk, "token": TOKEN if state == "sent" else "x" * 43}, about())
        for state, request in {"sent": sent, "accepted": done}.items()
    }


def bank(people, parties):
    """Return what looks, numbers and lists lead to: somebody on paper, who was found and asked."""
    paper = on_paper(checked_first=True)
    other = on_paper()
    office = _actor(people, parties, "city_partner")
    look = looked(office)
    waiting = asked(other, office)
    checked = asked(paper, _actor(people, parties, "city"))
    desk, second = Actor(people["coordinator"].pk), Actor(PersonFactory(is_coordinator=True).pk)
    theirs = services.ask_for_export(reason="点検", by=second)
    mine = services.ask_for_export(reason="点検", by=desk)
    services.approve_export(mine, by=second)
    kwargs = {
        "talent:cards.pk": look.pk,
        "talent:ask.pk": look.pk,
        "talent:ask.handle": pseudonym(paper.pk, office.party),
        "talent:person.pk": other.pk,
        "talent:receipt.pk": other.pk,
        "talent:sheet.name": "form",
    }
    things = about(
        theirs=theirs.pk, mine=mine.pk, number=paper.number, waiting=waiting.pk, checked=checked.pk
    )
    return {"here": Place("here", kwargs, things)}


def _until():
    return (timezone.localdate() + timedelta(days=9)).isoformat()


def _told(**more):
    return {
        "skill_1": "cooking",
        "name": "山田 太郎",
        "method": "mail",
        "tier_skills": "2",
        "tier_experience": "0",
        "tier_area": "0",
        "tier_times": "1",
        "tier_reward": "0",
        "tier_age_band": "0",
        **more,
    }


def _act(act, **more):
    return {act: lambda place, city, own: {"act": act, **more}}


FORMS = {
    "talent:edit": {"register": lambda place, city, own: _told()},
    "talent:act": _act("hide") | _act("confirm"),
    "talent:leave": {"leave": lambda place, city, own: {}},
    "talent:look": {
        "look": lambda place, city, own: {
            "party": own,
            "wanted": "pruning",
            "purpose": "花植えの手伝いをさがしています。",
        }
    },
    "talent:cards": {"next": lambda place, city, own: {}},
    "talent:ask": {"ask": lambda place, city, own: {"purpose": "花植えを手伝ってください。"}},
    "talent:request": {
        "accept": lambda place, city, own: {
            "answer": "accept",
            "fields_to_hand": ["name"],
            "until": _until(),
        },
        "decline": lambda place, city, own: {"answer": "decline"},
        "stop": lambda place, city, own: {"answer": "stop"},
        "report": lambda place, city, own: {"answer": "report", "body": "困っています。"},
        "open": lambda place, city, own: {"answer": "open"},
        "speak": lambda place, city, own: {"answer": "speak", "body": "よろしくお願いします。"},
    },
    "talent:answer": {
        "accept": lambda place, city, own: {
            "answer": "accept",
            "fields_to_hand": ["name"],
            "until": _until(),
        },
        "decline": lambda place, city, own: {"answer": "decline"},
    },
    "talent:board": {
        "find": lambda place, city, own: {"act": "find", "number": place.about.number},
        "pass": lambda place, city, own: {"act": "pass", "request": place.about.checked},
        "freeze": lambda place, city, own: {
            "act": "freeze",
            "request": place.about.checked,
            "body": "しつこいお願いです。",
        },
    },
    "talent:new": {
        "register": lambda place, city, own: _told(
            channel="paper", method="phone", contact="048-464-0000", may_call="on"
        )
    },
    "talent:person": {
        "open": lambda place, city, own: {"act": "open", "purpose": "お願いを電話で伝えるため"},
        "decline": lambda place, city, own: {
            "act": "decline",
            "request": place.about.waiting,
            "channel": "phone",
        },
        "confirm": lambda place, city, own: {"act": "confirm", "channel": "phone"},
        "change": lambda place, city, own: {"act": "change", "channel": "phone", "name": "山田"},
        "leave": lambda place, city, own: {"act": "leave", "channel": "desk"},
    },
    "talent:exports": {
        "ask": lambda place, city, own: {"act": "ask", "body": "名簿の点検"},
        "approve": lambda place, city, own: {"act": "approve", "export": place.about.theirs},
        "take": lambda place, city, own: {"act": "take", "export": place.about.mine},
    },
}
"""Address → variant → the fields, as in `forms`."""
