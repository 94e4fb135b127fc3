"""What can happen in the progress of a collaboration: numbers, notes, tasks that move, and what is called to mind."""

from django.utils.translation import gettext_lazy as _

from wanowa.progress.rules import State
from wanowa.record.verbs import Fact, KeptBack, Kind, Verb

_READING = {"goal": Fact.DIGEST, "on": Fact.DAY, "hundredths": Fact.NUMBER}
_WORD = {"word": KeptBack(_("ひとこと"))}

MEASURED = Verb(
    "progress.measurement.entered",
    _("{party}が、{on}までの実施目標の数を書きました"),
    public=True,
    facts=_READING,
    kept_back=_WORD,
)
REMEASURED = Verb(
    "progress.measurement.corrected",
    _("{party}が、記録{instead}番の数を書きなおしました"),
    public=True,
    facts={**_READING, "instead": Fact.NUMBER},
    kept_back=_WORD,
)

_EVIDENCE = {
    "outcome": Fact.DIGEST,
    "on": Fact.DAY,
    "quoted": Fact.FLAG,
    "count": Fact.NUMBER,
    "photo": Fact.DIGEST,
}
_TOLD = {
    "text": KeptBack(_("見えたこと")),
    "quote": KeptBack(_("言った人のことば")),
    "alt": KeptBack(_("写真に写っているもの")),
}
NOTED = Verb(
    "progress.note.written",
    _("{party}が、成果目標について書きました"),
    public=True,
    facts=_EVIDENCE,
    kept_back=_TOLD,
)
NOTED_INSIDE = Verb(
    "progress.note.kept_inside",
    _("{party}が、成果目標について、この取組の主体だけに書きました"),
    facts=_EVIDENCE,
    kept_back=_TOLD,
)
NOTE_WITHDRAWN = Verb(
    "progress.note.withdrawn",
    _("{party}が、記録{note}番の成果の書きこみを取り下げました"),
    facts={"note": Fact.NUMBER},
)

_MOVE: dict[str, Kind] = {"task": Fact.DIGEST, "turn": Fact.NUMBER, "state": State}
MOVED = Verb(
    "progress.task.moved",
    _("{party}が、役割の1つを「{state}」にしました"),
    public=True,
    facts=_MOVE,
    kept_back=_WORD,
)
TROUBLED = Verb(
    "progress.task.troubled",
    _("{party}が、役割の1つで「{state}」と知らせました"),
    facts=_MOVE,
    kept_back=_WORD,
)

_DUE = {"task": Fact.DIGEST, "day": Fact.DAY, "responsible": Fact.PARTY}
DUE_SOON = Verb(
    "progress.task.due_soon", _("{responsible}の役割の1つは、{day}までです"), facts=_DUE, quiet=True
)
OVERDUE = Verb(
    "progress.task.overdue", _("{responsible}の役割の1つが、{day}をすぎました"), facts=_DUE, quiet=True
)
UNMEASURED = Verb(
    "progress.goal.unmeasured",
    _("{since}から、実施目標の1つに新しい数がありません"),
    facts={"goal": Fact.DIGEST, "since": Fact.DAY},
    quiet=True,
)
QUIET = Verb(
    "progress.collaboration.quiet",
    _("{since}のあと、どの主体も何も書いていません"),
    facts={"since": Fact.DAY},
    quiet=True,
)
