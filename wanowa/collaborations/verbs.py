"""What can happen in a collaboration, how it reads, and whether the public may know."""

from django.utils.translation import gettext_lazy as _

from wanowa.collaborations.rules import Remedy
from wanowa.record.rules import Ground
from wanowa.record.verbs import Fact, KeptBack, Verb

STARTED = Verb(
    "collaborations.idea.started",
    _("{party}が、協働の話し合いを呼びかけました"),
    public=True,
    facts={"address": Fact.DIGEST},
)
INVITED = Verb(
    "collaborations.party.invited",
    _("{party}が、{invited}を招きました"),
    facts={"invited": Fact.PARTY},
)
SEATED = Verb("collaborations.party.seated", _("{party}が、話し合いに加わりました"), public=True)
DECLINED = Verb("collaborations.party.declined", _("{party}は、今回は見送りました"))
STOOD_UP = Verb("collaborations.party.stood_up", _("{party}が、話し合いから抜けました"), public=True)
TALKS_OPENED = Verb(
    "collaborations.talks.opened", _("全員がそろい、話し合いが始まりました"), public=True, milestone=True
)
GIVEN_UP = Verb("collaborations.idea.given_up", _("この話し合いは、取りやめになりました"), public=True)
EDITED = Verb(
    "collaborations.draft.edited",
    _("{party}が、下書きを直しました"),
    facts={"revision": Fact.NUMBER},
    quiet=True,
)
CHANGE_BEGUN = Verb(
    "collaborations.change.begun",
    _("{party}が、変更の準備を始めました"),
    public=True,
    facts={"change": Fact.KEY},
)
CHANGE_DROPPED = Verb("collaborations.change.dropped", _("{party}が、変更の準備をやめました"), public=True)
OFFERED = Verb(
    "collaborations.version.offered",
    _("{party}が、第{number}版を提案しました"),
    public=True,
    facts={"number": Fact.NUMBER, "change": Fact.KEY, "fingerprint": Fact.DIGEST},
)
CONSENTED = Verb(
    "collaborations.version.consented",
    _("{party}が、第{number}版に同意しました"),
    public=True,
    seals=True,
    facts={"number": Fact.NUMBER, "fingerprint": Fact.DIGEST},
)
RETRACTED = Verb(
    "collaborations.version.retracted",
    _("{party}が、第{number}版への同意を取り下げました"),
    public=True,
    facts={"number": Fact.NUMBER},
)
SENT_BACK = Verb(
    "collaborations.version.sent_back",
    _("{party}が、第{number}版を話し合いに戻しました"),
    public=True,
    facts={"number": Fact.NUMBER},
    kept_back={"reason": KeptBack(_("戻した理由"))},
)
TOOK_EFFECT = Verb(
    "collaborations.version.took_effect",
    _("全員が同意し、第{number}版が効力をもちました"),
    public=True,
    milestone=True,
    seals=True,
    facts={"number": Fact.NUMBER, "change": Fact.KEY, "fingerprint": Fact.DIGEST},
)
ASKED_TO_JOIN = Verb(
    "collaborations.joining.asked", _("{party}が、仲間に入りたいと申し出ました"), public=True
)
JOINING_ANSWERED = Verb(
    "collaborations.joining.answered",
    _("{party}が、{asker}の申し出に答えました"),
    facts={"asker": Fact.PARTY, "accepted": Fact.FLAG},
)
JOINING_WITHDRAWN = Verb("collaborations.joining.withdrawn", _("{party}が、申し出を取り下げました"))
SPOKE = Verb(
    "collaborations.room.spoke", _("{party}が、対話の部屋に書きました"), facts={"message": Fact.NUMBER}
)
ASKED = Verb(
    "collaborations.room.asked",
    _("{party}が、対話の部屋で質問しました"),
    facts={"message": Fact.NUMBER, "to": Fact.PARTY},
)
ANSWERED = Verb(
    "collaborations.room.answered",
    _("{party}が、質問に答えました"),
    facts={"message": Fact.NUMBER, "question": Fact.NUMBER},
)
QUESTION_DECLINED = Verb(
    "collaborations.question.declined",
    _("{party}が、質問に「答えない」と返事しました"),
    facts={"message": Fact.NUMBER, "question": Fact.NUMBER},
)
QUESTION_WITHDRAWN = Verb(
    "collaborations.question.withdrawn",
    _("{party}が、質問を取り下げました"),
    facts={"question": Fact.NUMBER},
)
QUESTION_WAITS = Verb(
    "collaborations.question.waits",
    _("質問が、{days}営業日のあいだ答えを待っています"),
    facts={"question": Fact.NUMBER, "days": Fact.NUMBER},
)
RESTATED = Verb(
    "collaborations.restatement.made",
    _("{party}が、どう受けとったかを伝えました"),
    facts={"message": Fact.NUMBER, "about": Fact.NUMBER, "clause": Fact.KEY},
)
CONFIRMED = Verb(
    "collaborations.restatement.confirmed",
    _("{party}が、受けとりを「そのとおり」と確かめました"),
    facts={"message": Fact.NUMBER, "restatement": Fact.NUMBER},
)
DIFFERED = Verb(
    "collaborations.restatement.differed",
    _("{party}が、受けとりとちがうところを伝えました"),
    facts={"message": Fact.NUMBER, "restatement": Fact.NUMBER},
)
RESTATEMENT_WITHDRAWN = Verb(
    "collaborations.restatement.withdrawn",
    _("{party}が、受けとりを取り下げました"),
    facts={"restatement": Fact.NUMBER},
)
FILED = Verb(
    "collaborations.room.filed",
    _("{party}が、ファイルを置きました"),
    facts={"message": Fact.NUMBER, "digest": Fact.DIGEST},
)
MEASURE_PROPOSED = Verb(
    "collaborations.measure.proposed",
    _("{party}が、記録{target}番に「{remedy}」ことを提案しました"),
    facts={"target": Fact.NUMBER, "remedy": Remedy, "field": Fact.KEY, "ground": Ground},
    kept_back={"reason": KeptBack(_("提案のわけ")), "note": KeptBack(_("訂正の案"))},
)
MEASURE_ASSENTED = Verb(
    "collaborations.measure.assented",
    _("{party}が、記録{target}番の見直しに賛成しました"),
    facts={"target": Fact.NUMBER, "proposal": Fact.NUMBER},
)
MEASURE_REJECTED = Verb(
    "collaborations.measure.rejected",
    _("{party}が、記録{target}番の見直しに反対しました"),
    facts={"target": Fact.NUMBER, "proposal": Fact.NUMBER},
)
MEASURE_WITHDRAWN = Verb(
    "collaborations.measure.withdrawn",
    _("{party}が、記録{target}番の見直しの提案を取り下げました"),
    facts={"target": Fact.NUMBER, "proposal": Fact.NUMBER},
)
