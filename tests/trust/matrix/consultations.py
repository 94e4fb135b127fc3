"""The desk in the town: a resident's case that is offered to a department, and one that is closed."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.trust.matrix.places import Place, about
from wanowa.consultations import services
from wanowa.consultations.models import Advice, Case, Wording
from wanowa.consultations.queries import link_of
from wanowa.consultations.rules import Outcome
from wanowa.consultations.tests.factories import told
from wanowa.kernel.actors import Actor
from wanowa.kernel.files import accept
from wanowa.people.tests.factories import PersonFactory

REPLY = {"question": "道具は借りられますか", "answer": "公園の係が貸します。", "category": "green"}


def cases(people, own, pdf):
    """Return a case that waits and one that is over, by state; the coordinator of the town is on duty."""
    desk = Actor(people["coordinator"].pk)
    second = PersonFactory(is_coordinator=True)
    today = timezone.localdate()
    services.set_duty(people["coordinator"], since=today, until=today + timedelta(days=30), by=desk)
    made = {state: _opened(people, pdf) for state in ("offered", "closed")}
    asked = services.offer(made["offered"].case, to=[own["city"]], reason="くわしい課に。", by=desk)[0]
    services.close(made["closed"].case, outcome=Outcome.INFORMATION, words="伝えました。", by=desk)
    services.open_reading(made["closed"].case, by=desk)
    other = _opened(people, pdf).case
    return {
        state: Place(
            state,
            {
                "number": receipt.case.number,
                "token": link_of(receipt.case).rstrip("/").rpartition("/")[2],
                "consultations:attachment.pk": receipt.case.files.get().pk,
            },
            about(
                number=receipt.case.number,
                words=receipt.passphrase,
                handover=asked.pk,
                other=other.number,
                desk=people["coordinator"].pk,
                deputy=second.pk,
            ),
        )
        for state, receipt in made.items()
    }


def _opened(people, pdf):
    file = accept(SimpleUploadedFile("案.pdf", pdf))
    made = services.open_case(told(), files=[file], by=Actor(people["resident"].pk))
    return services.Receipt(Case.objects.get(pk=made.case.pk), made.passphrase)


def _day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _act(act, **more):
    return {act: lambda place, city, own: {"act": act, **more}}


def advice(people, own, cases):
    """Return an answer that the department `city` wrote, and the same one when the coordinator has released it."""
    city = people["city"]
    made = {}
    for state in ("proposed", "released"):
        one = Advice.objects.create(checked_on=timezone.localdate() if state == "released" else None)
        wording = Wording.objects.create(
            advice=one,
            question="花壇の世話はだれにたのみますか",
            answer="公園の係が、道具を貸します。",
            category="green",
            proposed_by=city,
            proposed_at=timezone.now(),
        )
        if state == "released":
            services.release_advice(wording, by=Actor(people["coordinator"].pk))
        made[state] = Place(
            state,
            {"pk": one.pk, "month": f"{timezone.localdate():%Y-%m}", "kind": "csv"},
            about(wording=wording.pk, number=cases["closed"].about.number),
        )
    return made


FORMS = {
    "consultations:index": {"ask": lambda place, city, own: {"text": "困っています。", "language": "ja"}},
    "consultations:receipt": {"code": lambda place, city, own: {"code": "123456"}},
    "consultations:look": {
        "look": lambda place, city, own: {"number": place.about.number, "words": place.about.words}
    },
    "consultations:by_link": {"open": lambda place, city, own: {}},
    "consultations:case": _act("speak", body="もうひとつあります。") | _act("after", helped="solved"),
    "consultations:answers": {
        "write": lambda place, city, own: REPLY | {"number": place.about.number},
    },
    "consultations:answer": _act("rewrite", **REPLY)
    | _act("check")
    | _act("withdraw", body="制度が変わりました。")
    | {"release": lambda place, city, own: {"act": "release", "wording": place.about.wording}},
    "consultations:desk": {
        "glass": lambda place, city, own: {"number": place.about.number, "purpose": "けがの心配があります。"}
    },
    "consultations:new": {
        "write": lambda place, city, own: {
            "channel": "phone",
            "text": "花壇のこと",
            "language": "ja",
            "consented": "on",
        }
    },
    "consultations:rota": {
        "duty": lambda place, city, own: {
            "act": "duty",
            "duty-person": place.about.desk,
            "duty-since": _day(60),
            "duty-until": _day(70),
        },
        "away": lambda place, city, own: {
            "act": "away",
            "away-person": place.about.desk,
            "away-deputy": place.about.deputy,
            "away-since": _day(60),
            "away-until": _day(70),
        },
    },
    "consultations:held": _act("open")
    | _act("answer", body="返事です。")
    | _act("note", body="メモです。")
    | _act("sort", category="green")
    | _act("close", outcome="impossible", words="できません。")
    | _act("plant", text="夜も明るい花だんがほしいです。", agreed="on")
    | {
        "accept": lambda place, city, own: {"act": "accept", "handover": place.about.handover},
        "refuse": lambda place, city, own: {
            "act": "refuse",
            "handover": place.about.handover,
            "body": "うちの仕事ではありません。",
        },
        "pass": lambda place, city, own: {
            "act": "pass",
            "person": place.about.deputy,
            "reason": "わけです。",
        },
        "link": lambda place, city, own: {"act": "link", "number": place.about.other},
    },
}
"""Address → variant → the fields, as in `forms`."""
