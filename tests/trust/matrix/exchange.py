"""What the small town offers and needs: an offer with a raised hand, a draft, a first step with a guest, one done."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.trust.matrix.places import Place, about
from wanowa.exchange import services
from wanowa.exchange.queries import keep_token, token_of
from wanowa.exchange.tests import factories as make
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import accept
from wanowa.kernel.tests.upload_samples import picture


def listings(people, parties):
    """Return the listings by state."""

    def actor(principal):
        return Actor(people[principal].pk, parties[principal].pk)

    mine, other = actor("representative"), actor("partner")
    offer, done = make.listing(mine), services.finish(make.listing(mine), by=mine)
    draft = services.put(make.words(), publish=False, by=mine)
    step = make.step(mine)
    hand, pledge = make.hand(step), make.pledge(offer, other)
    file = accept(SimpleUploadedFile("花.png", picture()))
    pictures = {
        state: services.add_picture(listing, file, alternative="花", by=mine).pk
        for state, listing in (("offer", offer), ("draft", draft), ("step", step))
    }
    made = {"offer": offer, "draft": draft, "step": step, "done": done}
    return {
        state: Place(
            state,
            {
                "pk": listing.pk,
                "picture": pictures.get(state, 0),
                "exchange:pledge.pk": pledge.pk if listing is offer else 0,
                "exchange:hand.token": token_of(hand) if listing is step else "x",
                "exchange:calendar.token": token_of(hand) if listing is step else "x",
                "exchange:keep.token": keep_token(offer) if listing is offer else "x",
            },
            about(listing=listing, seen=listing.words.digest(), picture=pictures.get(state, 0)),
        )
        for state, listing in made.items()
    }


def text(**more):
    """Return the fields of a listing's text."""
    return {
        "side": "offer",
        "resource": "people",
        "title": "草むしり",
        "text": "できます。",
        "days": 180,
        **more,
    }


def rewritten(place, city, own):
    """Return the fields of the text of this listing, changed."""
    step = {
        "kind": "step",
        "day": (timezone.localdate() + timedelta(days=3)).isoformat(),
        "starts": "09:30",
        "minutes": 30,
        "capacity": 3,
        "place": "公園",
    }
    return text(title="別の題名", seen=place.about.seen, **(step if place.state == "step" else {}))


FORMS = {
    "exchange:new": {
        "put": lambda place, city, own: text(party=own),
        "draft": lambda place, city, own: text(party=own, keep="draft"),
        "words": lambda place, city, own: text(party=own, more="keys", word="せんてい"),
    },
    "exchange:edit": {"rewrite": rewritten},
    "exchange:move": {
        move: lambda place, city, own, move=move: {"move": move}
        for move in ("pause", "meet", "finish", "withdraw", "publish")
    },
    "exchange:pictures": {"remove": lambda place, city, own: {"remove": place.about.picture}},
    "exchange:raise": {"raise": lambda place, city, own: {"name": "あら", "email": "new@example.jp"}},
    "exchange:code": {"code": lambda place, city, own: {"code": "123456"}},
    "exchange:guests": {"counter": lambda place, city, own: {"name": "よし江", "channel": "counter"}},
    "exchange:hand": {"lower": lambda place, city, own: {"act": "lower"}},
    "exchange:keep": {"keep": lambda place, city, own: {}},
    "exchange:make_pledge": {"pledge": lambda place, city, own: {"word": "行けます", "as_party": own}},
    "exchange:pledge": {
        answer: lambda place, city, own, answer=answer: {"answer": answer}
        for answer in ("accept", "decline", "take_back")
    },
}
"""Address → variant → the fields, as in `forms`."""
