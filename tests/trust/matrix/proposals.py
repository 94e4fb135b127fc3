"""The scheme in the town: an open round, an idea, and proposals being written, calling for partners, handed in."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.trust.matrix.places import Place, about
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import picture
from wanowa.proposals.forms.writing import seen_of
from wanowa.proposals.queries.proposals import answers_of, written
from wanowa.proposals.queries.rounds import apply_end
from wanowa.proposals.queries.seeds import token_of
from wanowa.proposals.services import departments, partnering, submitting, writing
from wanowa.proposals.tests import factories as make


def scheme(people, parties):
    """Return one round and one idea, and a proposal of the first party in each state."""

    def actor(principal):
        return Actor(people[principal].pk, parties[principal].pk)

    us, office = actor("representative"), actor("city_partner")
    desk = Actor(people["coordinator"].pk)
    found = make.opened(desk)
    need = departments.publish_need(found, title="公園の世話", text="花を植える人", by=office)
    seed = make.idea()
    made = {}
    for state in ("draft", "calling", "sent"):
        proposal = make.accompanied(make.written(make.begun(found, us), us), us, office)
        partnering.ask_partner(proposal, party=parties["partner"].pk, by=us)
        file = writing.attach(proposal, accepted=accept(SimpleUploadedFile("花.png", picture())), by=us)
        if state == "calling":
            partnering.call(proposal, by=us)
        if state == "sent":
            submitting.submit(proposal, seen=make.seen(proposal), by=us)
        made[state] = (make.fresh(proposal), file)
    return {
        state: _place(state, proposal, file, found, need, seed, parties)
        for state, (proposal, file) in made.items()
    }


def _place(state, proposal, file, found, need, seed, parties):
    asked = proposal.partners.get(party=parties["partner"])
    things = about(
        need=need.pk,
        seed=seed,
        partner=asked.pk,
        file=file.pk,
        fingerprint=make.seen(proposal),
        answers=seen_of(written(proposal, answers_of(proposal))),
        until=(apply_end(found) + timedelta(days=1)).isoformat(),
        round=found,
    )
    kwargs = {
        "pk": proposal.pk,
        "attachment": file.pk,
        "token": token_of(seed),
        "proposals:round.pk": found.pk,
        "proposals:edit_round.pk": found.pk,
    }
    return Place(state, kwargs, things)


def _act(act, **more):
    return lambda place, city, own: {"act": act, "as_party": own or "", **more}


def calendar():
    """Return the fields of a calendar and of plain rules."""
    fields = {
        "act": "save",
        "title": "募集",
        "kinds": ["citizen", "city"],
        "criteria-TOTAL_FORMS": "1",
        "criteria-INITIAL_FORMS": "0",
        "criteria-0-label": "必要か",
        "criteria-0-weight": "2",
        "criteria-0-levels": "いいえ\nはい",
    }
    for stage in make.calendar():
        fields |= {
            f"{stage.key}-starts_on": stage.starts_on.isoformat(),
            f"{stage.key}-ends_on": stage.ends_on.isoformat(),
            f"{stage.key}-way": stage.way,
        }
        if stage.required:
            fields[f"{stage.key}-required"] = "on"
    return fields


FORMS = {
    "proposals:overview": {
        "seed": lambda place, city, own: {"act": "seed", "text": "花がほしい。"},
        "open": lambda place, city, own: {
            "act": "open",
            "number": place.about.seed.number,
            "words": place.about.seed.words,
        },
    },
    "proposals:code": {"code": lambda place, city, own: {"code": "123456"}},
    "proposals:desk": {
        "counter": lambda place, city, own: {"channel": "phone", "text": "花がほしい。", "name": "よし江"},
        "take_over": _act("take_over"),
    },
    "proposals:seed": {
        "ask": _act("ask", body="つづきです"),
        "answer": _act("answer", body="返事です"),
        "settle": _act("settle"),
        "grow": _act("grow"),
    },
    "proposals:new_round": {"save": lambda place, city, own: calendar()},
    "proposals:edit_round": {
        "save": lambda place, city, own: calendar(),
        "open": _act("open"),
        "extend": lambda place, city, own: {"act": "extend", "until": place.about.until},
        "call_off": _act("call_off", reason="わけ"),
        "copy": _act("copy"),
    },
    "proposals:round": {
        "begin": _act("begin"),
        "declare": _act("declare", places="2"),
        "need": _act("need", title="道の花", text="花を植える人", places="1"),
        "withdraw": lambda place, city, own: {
            "act": "withdraw",
            "need": place.about.need,
            "reason": "わけ",
            "as_party": own or "",
        },
    },
    "proposals:proposal": {
        "speak": _act("speak", body="こんにちは"),
        "state": _act("state", text="考えです"),
        "ask": lambda place, city, own: {"act": "ask", "party": city.parties["bystander"].pk},
        "call": _act("call"),
        "offer": _act("offer", word="できます"),
        "join": lambda place, city, own: {"act": "join", "partner": place.about.partner},
        "detach": lambda place, city, own: {"act": "detach", "file": place.about.file, "as_party": own or ""},
        "withdraw": _act("withdraw"),
    },
    "proposals:write": {
        "save": lambda place, city, own: {
            "title": "別の題名",
            "aim": "別のねらい",
            "seen": place.about.answers,
            "as_party": own or "",
        }
    },
    "proposals:draft": {
        "keep": lambda place, city, own: {
            "aim": "別のねらい",
            "seen": place.about.answers,
            "as_party": own or "",
        }
    },
    "proposals:submit": {"submit": lambda place, city, own: {"seen": place.about.fingerprint}},
}
"""Address → variant → the fields, as in `forms`."""
