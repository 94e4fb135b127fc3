"""What can happen while parties look back, how it reads, and whether the public may know. Never what they wrote."""

from django.utils.translation import gettext_lazy as _

from wanowa.evaluations.rules import Occasion
from wanowa.record.verbs import Fact, KeptBack, Verb

YARDSTICK_KEPT = Verb(
    "evaluations.yardstick.kept",
    _("この取組をふりかえるときの項目を、決めておきました"),
    public=True,
    quiet=True,
    facts={"fingerprint": Fact.DIGEST},
)
ROUND_PROPOSED = Verb(
    "evaluations.round.proposed",
    _("{party}が、第{number}回のふりかえり（{occasion}）を提案しました"),
    public=True,
    facts={
        "number": Fact.NUMBER,
        "occasion": Occasion,
        "deadline": Fact.DAY,
        "fingerprint": Fact.DIGEST,
    },
)
ROUND_AGREED = Verb(
    "evaluations.round.agreed",
    _("{party}が、第{number}回のふりかえりの進め方に同意しました"),
    public=True,
    facts={"number": Fact.NUMBER, "fingerprint": Fact.DIGEST},
)
ROUND_OPENED = Verb(
    "evaluations.round.opened",
    _("全員が同意し、第{number}回のふりかえりが始まりました"),
    public=True,
    milestone=True,
    facts={"number": Fact.NUMBER, "deadline": Fact.DAY},
)
ROUND_CLOSED = Verb(
    "evaluations.round.closed",
    _("{party}が、第{number}回のふりかえりの提案をとりやめました"),
    public=True,
    facts={"number": Fact.NUMBER},
)
SEALED = Verb(
    "evaluations.evaluation.sealed",
    _("{party}が、第{number}回のふりかえりに封をしました"),
    public=True,
    seals=True,
    facts={"number": Fact.NUMBER, "commitment": Fact.DIGEST},
)
REMINDED = Verb(
    "evaluations.evaluation.reminded",
    _("第{number}回のふりかえりで、{awaited}の封を{deadline}まで待っています"),
    facts={"number": Fact.NUMBER, "awaited": Fact.PARTY, "deadline": Fact.DAY},
    quiet=True,
)
MISSED = Verb(
    "evaluations.evaluation.missed",
    _("第{number}回のふりかえりで、{missing}は未提出です"),
    facts={"number": Fact.NUMBER, "missing": Fact.PARTY},
)
REVEALED = Verb(
    "evaluations.round.revealed",
    _("第{number}回のふりかえりの封を、全員の分、同時に開きました"),
    public=True,
    milestone=True,
    seals=True,
    facts={"number": Fact.NUMBER, "sealed": Fact.NUMBER, "missing": Fact.NUMBER},
)
FORGOTTEN = Verb(
    "evaluations.evaluation.forgotten",
    _("本人の希望で、{party}の第{number}回のふりかえりの文を消しました"),
    facts={"number": Fact.NUMBER},
)

# ── After the reveal ─────────────────────────────────────────────────────────────────────────────────────────────

REASON_GIVEN = Verb(
    "evaluations.reason.given",
    _("{party}が、第{number}回のふりかえりに、そう見えたわけを書きました"),
    facts={"number": Fact.NUMBER, "criterion": Fact.KEY},
    kept_back={"text": KeptBack(_("そう見えたわけ"))},
)
REFLECTION_EDITED = Verb(
    "evaluations.reflection.edited",
    _("{party}が、第{number}回のまとめの下書きを直しました"),
    facts={"number": Fact.NUMBER, "revision": Fact.NUMBER},
    quiet=True,
)
STATEMENT_OFFERED = Verb(
    "evaluations.statement.offered",
    _("{party}が、第{number}回のまとめを、全員の前に出しました"),
    facts={"number": Fact.NUMBER, "draft": Fact.NUMBER, "fingerprint": Fact.DIGEST},
)
STATEMENT_APPROVED = Verb(
    "evaluations.statement.approved",
    _("{party}が、第{number}回のまとめと公開に同意しました"),
    seals=True,
    facts={"number": Fact.NUMBER, "draft": Fact.NUMBER, "fingerprint": Fact.DIGEST, "shows_own": Fact.FLAG},
)
STATEMENT_RETRACTED = Verb(
    "evaluations.statement.retracted",
    _("{party}が、第{number}回のまとめへの同意を取り下げました"),
    facts={"number": Fact.NUMBER, "draft": Fact.NUMBER},
)
STATEMENT_SENT_BACK = Verb(
    "evaluations.statement.sent_back",
    _("{party}が、第{number}回のまとめを話し合いに戻しました"),
    facts={"number": Fact.NUMBER, "draft": Fact.NUMBER},
    kept_back={"reason": KeptBack(_("戻した理由"))},
)
PUBLISHED = Verb(
    "evaluations.round.published",
    _("全員が同意し、第{number}回のふりかえりを公開しました"),
    public=True,
    milestone=True,
    seals=True,
    facts={"number": Fact.NUMBER, "draft": Fact.NUMBER, "fingerprint": Fact.DIGEST},
)
COMMENT_ENTERED = Verb(
    "evaluations.comment.entered",
    _("協働の窓口が、第{number}回のふりかえりに、会議の意見をのせました"),
    public=True,
    facts={"number": Fact.NUMBER, "said_on": Fact.DAY},
    kept_back={
        "body": KeptBack(_("どの会議か")),
        "text": KeptBack(_("意見")),
        "source": KeptBack(_("出どころ")),
    },
)
CONTINUED = Verb(
    "evaluations.round.continued",
    _("{party}が、第{number}回のふりかえりから、次の準備を始めました"),
    public=True,
    facts={"number": Fact.NUMBER},
)
REASONS_FORGOTTEN = Verb(
    "evaluations.reason.forgotten",
    _("本人の希望で、{party}が第{number}回のふりかえりに書いたわけを消しました"),
    facts={"number": Fact.NUMBER},
)
