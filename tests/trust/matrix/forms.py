"""A form that would succeed, for every address that takes one: so a denial is a denial, not a typing error."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.trust.matrix import (
    activities,
    consultations,
    contributions,
    evaluations,
    exchange,
    introductions,
    judging,
    progress,
    proposals,
    reflections,
    talent,
)
from tests.trust.matrix.town import PDF
from wanowa.collaborations.rules import Clause, mark
from wanowa.opendata.tests.files import file_of, group
from wanowa.record.models import Entry
from wanowa.record.verbs import VALUE_REDACTED


def _reply(place, reply):
    return {"body": "土曜です", "answers": place.about.question, "reply": reply}


def _mark(place):
    draft = place.about.draft
    return mark(draft.terms, Clause.PURPOSE) if draft else ""


def _revision(place):
    return place.about.draft.revision if place.about.draft else 0


def _seen(place):
    return place.about.version.fingerprint if place.about.version else ""


def _entries():
    """Return every entry but those that the form itself leaves; of others' entries nothing goes."""
    return Entry.objects.exclude(verb=VALUE_REDACTED.name).values_list("pk", flat=True)


def _day():
    return timezone.localdate().isoformat()


def _file():
    return SimpleUploadedFile("案.pdf", PDF)


FORMS = {
    "collaborations:start": {
        "idea": lambda place, city, own: {
            "party": own,
            "title": "花の道",
            "summary": "花を植えます。",
            "purpose": "花のまち",
            "invited": [city.parties["bystander"].pk],
        }
    },
    "collaborations:clause": {
        "save": lambda place, city, own: {"text": "新しい目的", "seen": _mark(place)},
        "more": lambda place, city, own: {"text": "新しい目的", "seen": _mark(place), "more": "1"},
    },
    "collaborations:entry": {
        answer: lambda place, city, own, answer=answer: {"answer": answer, "measure": place.about.measure}
        for answer in ("assent", "reject", "withdraw")
    },
    "collaborations:propose_measure": {
        "hide": lambda place, city, own: {"ground": "rights", "reason": "ほかの人の名前があります"}
    },
    "collaborations:offer": {
        "offer": lambda place, city, own: {"revision": _revision(place), "reason": "よい案です"}
    },
    "collaborations:consent": {"consent": lambda place, city, own: {"seen": _seen(place)}},
    "collaborations:send_back": {"reason": lambda place, city, own: {"reason": "日づけを直したい"}},
    "collaborations:retract": {"retract": lambda place, city, own: {}},
    "collaborations:change": {
        "amend": lambda place, city, own: {"change": "amend"},
        "leave": lambda place, city, own: {"change": "leave"},
        "end": lambda place, city, own: {"change": "end", "reason": "おわりました"},
    },
    "collaborations:drop_change": {"drop": lambda place, city, own: {}},
    "collaborations:seat": {
        answer: lambda place, city, own, answer=answer: {"answer": answer}
        for answer in ("sit_down", "decline", "stand_up")
    },
    "collaborations:invite": {"invite": lambda place, city, own: {"party": city.parties["bystander"].pk}},
    "collaborations:join": {"ask": lambda place, city, own: {"party": own, "message": "手伝えます"}},
    "collaborations:answer_request": {
        answer: lambda place, city, own, answer=answer: {"answer": answer, "reason": "またの機会に"}
        for answer in ("accept", "decline", "withdraw")
    },
    "collaborations:room": {
        "speak": lambda place, city, own: {"body": "こんにちは", "file": _file()},
        "read": lambda place, city, own: {"read_up_to": place.about.message.pk},
        "ask": lambda place, city, own: {"body": "いつですか", "to": "all"},
        "answer": lambda place, city, own: _reply(place, "answer"),
        "decline": lambda place, city, own: _reply(place, "decline"),
        "withdraw": lambda place, city, own: {"withdraw": place.about.question},
    },
    "collaborations:understood": {
        reply: lambda place, city, own, reply=reply: {
            "reply": reply,
            "restatement": place.about.restated,
            "body": "日づけがちがいます",
        }
        for reply in ("confirm", "differ", "withdraw")
    },
    "collaborations:restate": {"restate": lambda place, city, own: {"body": "毎週集まるということですね"}},
    "notices:inbox": {"see": lambda place, city, own: {}},
    "notices:choose": {
        "mail_off": lambda place, city, own: {"choice": "mail_off"},
        "mute": lambda place, city, own: {"choice": "mute", "case": _hidden_case(city)},
    },
    "notices:off": {"off": lambda place, city, own: {"List-Unsubscribe": "One-Click"}},
    "opendata:groups": {
        "bring": lambda place, city, own: {"file": SimpleUploadedFile("gyousei.csv", file_of([group(5)]))}
    },
    "opendata:table": {"take_out": lambda place, city, own: {"encoding": "utf-8"}},
    "opendata:preview": {
        "map": lambda place, city, own: {"act": "map", "column_name": "0"},
        "confirm": lambda place, city, own: {
            "act": "confirm",
            "seen": place.about.seen,
            "even_if_shrunk": "on",
        },
        "drop": lambda place, city, own: {"act": "drop"},
    },
    "parties:first": {"invite": lambda place, city, own: {"email": "boss@example.jp"}},
    "parties:new": {
        "group": lambda place, city, own: {"kind": "citizen", "name": "花の会"},
        "department": lambda place, city, own: {"kind": "city", "name": "花とみどりの課"},
    },
    "parties:invitation": {"accept": lambda place, city, own: {}},
    "parties:edit": {"describe": lambda place, city, own: {"good_at": "水やり"}},
    "parties:rename": {"rename": lambda place, city, own: {"name": "新しい会"}},
    "parties:close": {"close": lambda place, city, own: {}},
    "parties:invite": {
        "invite": lambda place, city, own: {"email": "a@example.jp", "role": "member", "starts_on": _day()}
    },
    "parties:term": {
        "role": lambda place, city, own: {"act": "role", "role": "viewer", "on": _day()},
        "end": lambda place, city, own: {"act": "end", "last_day": _day()},
    },
    "parties:withdraw": {"withdraw": lambda place, city, own: {}},
    "parties:registration": {
        "apply": lambda place, city, own: {"fiscal_year": place.about.year + 1, "papers": [_file()]}
    },
    "parties:renew": {"renew": lambda place, city, own: {"fiscal_year": place.about.year + 1}},
    "parties:decide": {"accept": lambda place, city, own: {"decision": "accept", "reason": "確かめました"}},
    "people:settings": {
        "save": lambda place, city, own: {
            "name": "別の名",
            "reading": "べつ",
            "language": "ja",
            "text_size": "large",
            "theme": "dark",
        }
    },
    "people:export": {"export": lambda place, city, own: {}},
    "people:erase": {"erase": lambda place, city, own: {"word": "消します"}},
    "people:record": {"redact": lambda place, city, own: {"entry": list(_entries())}},
    "people:drafts": {"keep": lambda place, city, own: {"address": "/parties/new/", "name": "花の会"}},
    "people:confirm": {"send": lambda place, city, own: {"send": "1"}},
    "people:demo": {"enter": lambda place, city, own: {}},
    "record:compare": {
        "compare": lambda place, city, own: {"case": "auth.group/1", "number": 1, "words": "かあ" * 8}
    },
    "search:missed": {"report": lambda place, city, own: {"q": "ぬばたま"}},
    "search:unfound": {"add": lambda place, city, own: {"words": "水やり\n散水"}},
    "search:remove": {"remove": lambda place, city, own: {}},
    "web:language": {"choose": lambda place, city, own: {"next": "/search/"}},
    "web:look": {"choose": lambda place, city, own: {"theme": "dark"}},
    "account_login": {"code": lambda place, city, own: {"email": city.people["resident"].email}},
    "account_request_login_code": {"code": lambda place, city, own: {"email": city.people["resident"].email}},
    "account_confirm_login_code": {"code": lambda place, city, own: {"code": "123456"}},
    "mfa_login_webauthn": {"key": lambda place, city, own: {"credential": "{}"}},
    "mfa_authenticate": {"code": lambda place, city, own: {"code": "123456"}},
    "account_signup": {"join": lambda place, city, own: {"email": "b@example.jp", "name": "新しい人"}},
    "account_signup_by_passkey": {"join": lambda place, city, own: {"email": "c@example.jp", "name": "人"}},
    "account_email_verification_sent": {"code": lambda place, city, own: {"code": "123456"}},
    "mfa_signup_webauthn": {"key": lambda place, city, own: {"name": "鍵", "credential": "{}"}},
    "account_logout": {"leave": lambda place, city, own: {}},
    "account_email": {
        "add": lambda place, city, own: {"action_add": "1", "email": "d@example.jp"},
        "steal": lambda place, city, own: {"action_primary": "1", "email": city.people["unproven"].email},
    },
    "mfa_reauthenticate": {"code": lambda place, city, own: {"code": "123456"}},
    "mfa_reauthenticate_webauthn": {"key": lambda place, city, own: {"credential": "{}"}},
    "mfa_activate_totp": {"code": lambda place, city, own: {"code": "123456"}},
    "mfa_deactivate_totp": {"remove": lambda place, city, own: {}},
    "mfa_add_webauthn": {"key": lambda place, city, own: {"name": "鍵", "credential": "{}"}},
    "mfa_remove_webauthn": {"remove": lambda place, city, own: {}},
    "mfa_edit_webauthn": {"rename": lambda place, city, own: {"name": "鍵"}},
    "mfa_generate_recovery_codes": {"make": lambda place, city, own: {}},
    **activities.FORMS,
    **exchange.FORMS,
    **introductions.FORMS,
    **progress.FORMS,
    **contributions.FORMS,
    **evaluations.FORMS,
    **reflections.FORMS,
    **talent.FORMS,
    **proposals.FORMS,
    **judging.FORMS,
    **consultations.FORMS,
}
"""Address → variant → the fields, from the place, the town and the id of the sender's own party."""


def _hidden_case(city):
    idea = city.places["collaboration"]["idea"].about.collaboration
    return f"collaborations.collaboration/{idea.pk}"
