"""Two introductions of the town: one that a coordinator has made and nobody answered, one in which both said yes."""

from datetime import timedelta

from django.utils import timezone

from tests.trust.matrix.places import Place, about
from wanowa.introductions import services
from wanowa.introductions.rules import Given, Origin
from wanowa.kernel.actors import Actor


def introductions(people, parties):
    """Return the introductions by state; in each, the second side has complained to the desk."""

    def actor(principal):
        return Actor(people[principal].pk, parties[principal].pk)

    def begun(second, origin, by):
        return services.introduce(
            first=parties["home"], second=parties[second], purpose="花だん", origin=origin, by=by
        )

    asked = begun("partner", Origin.DESK, Actor(people["coordinator"].pk))
    met = begun("city_partner", Origin.PARTY, actor("representative"))
    services.accept(met, given=Given(), by=actor("city_partner"))
    reports = {
        "asked": services.report(asked, words="困りました。", by=actor("partner")),
        "met": services.report(met, words="困りました。", by=actor("city_partner")),
    }
    return {
        state: Place(state, {"pk": one.pk}, about(remark=reports[state].pk))
        for state, one in {"asked": asked, "met": met}.items()
    }


def _day():
    return (timezone.localdate() + timedelta(days=9)).isoformat()


def _act(act, **more):
    return {act: lambda place, city, own: {"act": act, **{name: value() for name, value in more.items()}}}


FORMS = {
    "introductions:new": {
        "ask": lambda place, city, own: {
            "first": own or city.parties["home"].pk,
            "second": city.parties["bystander"].pk,
            "purpose": "花だん",
        }
    },
    "introductions:board": {
        "freeze": lambda place, city, own: {
            "act": "freeze",
            "remark": place.about.remark,
            "body": "しつこいため",
        }
    },
    "introductions:introduction": _act("accept")
    | _act("decline")
    | _act("withdraw")
    | _act("report", body=lambda: "困りました。")
    | _act("try", what=lambda: "水やり", day=_day)
    | _act("plan", action=lambda: "聞く", due=_day),
}
"""Address → variant → the fields, as in `forms`."""
