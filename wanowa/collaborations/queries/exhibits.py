"""What a bundle takes along of a collaboration: the agreed texts, and what the words in them are called."""

from collections.abc import Iterator

from wanowa.collaborations.models import Collaboration, Version
from wanowa.collaborations.rules import Change, Clause, sealed_text
from wanowa.collaborations.verbs import TOOK_EFFECT
from wanowa.guideline.rules import Area, Form, Ownership, Post, Resource
from wanowa.record.models import Entry
from wanowa.record.services import Exhibit, Reading


def agreed_texts(case: str) -> Iterator[Exhibit]:
    """Yield the text of every version that took effect, exactly as its fingerprint covers it. Costs two queries."""
    label, _slash, key = case.partition("/")
    if label != Collaboration._meta.label_lower:
        return
    effects = Entry.objects.filter(case=case, verb=TOOK_EFFECT.name).order_by("number")
    entries = {entry.facts["number"]: entry.number for entry in effects}
    for version in Version.objects.filter(collaboration=int(key), number__in=entries).order_by("number"):
        sealed = sealed_text(
            version.collaboration_id,
            version.number,
            Change(version.change),
            version.concerned,
            version.reason,
            version.content,
        )
        yield Exhibit(f"version-{version.number}.json", sealed, entries[version.number], "version")


def reading() -> Reading:
    """Return the Japanese words for the keys of an agreed text, in the order in which they are read."""
    return Reading(
        labels={
            **{clause.value: clause.label for clause in Clause if clause is not Clause.TITLE},
            **_WORDS,
            **dict(Post.choices),
            **{
                f"{name}.{value}": label
                for name, choices in (
                    ("area", Area),
                    ("form", Form),
                    ("ownership", Ownership),
                    ("resource", Resource),
                    ("change", Change),
                )
                for value, label in choices.choices
            },
        },
        order=_ORDER,
        parties=("aims", "concerned", "doers", "parties", "party", "responsible", *Post.values),
    )


_ORDER = (
    *(
        "title",
        "summary",
        "parties",
        "purpose",
        "goals",
        "outcomes",
        "roles",
        "aims",
        "area",
        "form",
        "posts",
    ),
    *("starts", "ends", "schedule", "shares", "cost", "ownership", "safety", "personal_data", "publicity"),
    *(
        "changes",
        "what",
        "who",
        "change",
        "observed",
        "target",
        "unit",
        "doers",
        "responsible",
        "due",
        "brings",
    ),
    *("party", "resource", "hours", "yen", "note"),
)
_WORDS = {
    "title": "題名",
    "summary": "あらまし",
    "area": "活動領域",
    "form": "形態",
    "posts": "役どころ",
    "starts": "始まり",
    "ends": "終わり",
    "shares": "費用の分担",
    "cost": "費用のこと",
    "what": "内容",
    "target": "目標の数",
    "unit": "単位",
    "due": "いつまで",
    "who": "だれが",
    "change": "どう変わるか",
    "observed": "確かめ方",
    "doers": "する主体",
    "responsible": "責任をもつ主体",
    "brings": "持ち寄るもの",
    "party": "主体",
    "resource": "種類",
    "hours": "時間",
    "yen": "円",
    "note": "メモ",
}
"""Words for the keys that are no clause of their own."""
