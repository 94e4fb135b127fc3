"""What can happen while a round is judged. Never a score, never who stands back from what."""

from django.utils.translation import gettext_lazy as _

from wanowa.proposals.rules.judging import Outcome
from wanowa.record.verbs import Fact, KeptBack, Verb

ADMITTED = Verb(
    "proposals.proposal.admitted", _("協働の窓口が書類を確かめ、審査に進みました"), milestone=True
)
RETURNED = Verb(
    "proposals.proposal.returned",
    _("協働の窓口が、{until}までに書きたしてほしいと知らせました"),
    facts={"until": Fact.DAY, "missing": Fact.NUMBER, "proposer": Fact.PARTY},
)
PITCHED = Verb("proposals.pitch.written", _("{party}が、審査する人に伝えたいことを書きました"))
RECORDED = Verb(
    "proposals.recording.given", _("{party}が、録音や動画をつけました"), facts={"file": Fact.DIGEST}
)
UNRECORDED = Verb(
    "proposals.recording.removed", _("{party}が、録音や動画を外しました"), facts={"file": Fact.DIGEST}
)
JUDGING_BEGUN = Verb(
    "proposals.judging.begun",
    _("審査が始まりました（{proposals}件、{deadline}まで）"),
    public=True,
    milestone=True,
    facts={"proposals": Fact.NUMBER, "reviewers": Fact.NUMBER, "deadline": Fact.DAY},
)
DECLARED = Verb("proposals.reviewer.declared", _("審査する人が、かかわりのある主体を申し出ました"))
STOOD_BACK = Verb("proposals.reviewer.stood_back", _("審査する人が、この提案の審査から外れました"))
SHEET_SEALED = Verb(
    "proposals.sheet.sealed",
    _("審査する人が、提案{proposal}番の点に封をしました"),
    public=True,
    quiet=True,
    seals=True,
    facts={"proposal": Fact.NUMBER, "commitment": Fact.DIGEST},
)
INQUIRED = Verb(
    "proposals.inquiry.asked",
    _("審査する人から、質問がとどきました"),
    facts={"number": Fact.NUMBER, "proposer": Fact.PARTY},
)
INQUIRY_ANSWERED = Verb(
    "proposals.inquiry.answered", _("{party}が、審査の質問に答えました"), facts={"number": Fact.NUMBER}
)
SHEETS_OPENED = Verb(
    "proposals.judging.opened",
    _("審査の点を、全員の分、同時に開きました"),
    public=True,
    milestone=True,
    seals=True,
    facts={"sealed": Fact.NUMBER, "missing": Fact.NUMBER},
)
MINUTED = Verb(
    "proposals.minutes.kept", _("協働の窓口が、審査の話し合いを記録しました"), public=True, quiet=True
)
DECISION_PREPARED = Verb(
    "proposals.decision.prepared",
    _("協働の窓口が、結果の案を書きました"),
    quiet=True,
    facts={"revision": Fact.NUMBER},
)
ANNOUNCED = Verb(
    "proposals.judging.announced",
    _("審査の結果を、全員に同時に知らせました（採択{adopted}件）"),
    public=True,
    milestone=True,
    seals=True,
    facts={"adopted": Fact.NUMBER, "proposals": Fact.NUMBER},
)
DECIDED = Verb(
    "proposals.decision.told",
    _("審査の結果は「{outcome}」です"),
    milestone=True,
    facts={"outcome": Outcome, "reasons": Fact.DIGEST, "amount": Fact.YEN, "proposer": Fact.PARTY},
)
NAMES_TAKEN_OUT = Verb(
    "proposals.judging.names_taken_out",
    _("本人の希望で、審査の記録から名前を消しました"),
    quiet=True,
    facts={"texts": Fact.NUMBER},
)
REASONS_TAKEN_OUT = Verb(
    "proposals.decision.names_taken_out",
    _("本人の希望で、結果のわけから名前を消しました"),
    quiet=True,
    facts={"number": Fact.NUMBER, "reasons": Fact.DIGEST},
)
OBJECTED = Verb(
    "proposals.objection.filed",
    _("{party}が、結果について申し立てました"),
    kept_back={"text": KeptBack(_("申し立て"))},
)
OBJECTION_ANSWERED = Verb(
    "proposals.objection.answered",
    _("協働の窓口が、申し立てに答えました"),
    facts={"changed": Fact.FLAG, "proposer": Fact.PARTY},
    kept_back={"answer": KeptBack(_("答え"))},
)
