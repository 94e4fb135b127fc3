"""What becomes of an adopted proposal: nothing begins before its budget has passed."""

from django.utils.translation import gettext_lazy as _

from wanowa.record.verbs import Fact, KeptBack, Verb

_REASON = {"reason": KeptBack(_("わけ"))}

BUDGET_PASSED = Verb(
    "proposals.budget.passed",
    _("{fiscal_year}年度の予算が、{passed_on}に成立しました"),
    public=True,
    milestone=True,
    seals=True,
    facts={"fiscal_year": Fact.NUMBER, "passed_on": Fact.DAY},
    kept_back={"document": KeptBack(_("議案や文書の番号"))},
)
AWARD_REDUCED = Verb(
    "proposals.award.reduced",
    _("市が、金額を{before}円から{offered}円にしたいと知らせました"),
    facts={"before": Fact.YEN, "offered": Fact.YEN, "proposer": Fact.PARTY},
    kept_back=_REASON,
)
AWARD_AGREED = Verb(
    "proposals.award.agreed", _("{party}が、{amount}円で進めることに同意しました"), facts={"amount": Fact.YEN}
)
AWARD_DECLINED = Verb("proposals.award.declined", _("{party}が、採択を辞退しました"), kept_back=_REASON)
AWARD_CARRIED = Verb(
    "proposals.award.carried",
    _("市が、始まりを{fiscal_year}年度に延ばしました"),
    facts={"fiscal_year": Fact.NUMBER, "proposer": Fact.PARTY},
    kept_back=_REASON,
)
AWARD_CANCELLED = Verb(
    "proposals.award.cancelled",
    _("市が、実施しないことを知らせました"),
    facts={"proposer": Fact.PARTY},
    kept_back=_REASON,
)
AWARD_STARTED = Verb(
    "proposals.award.started",
    _("予算が成立し、{party}が協働の話し合いを始めました"),
    milestone=True,
    facts={"fiscal_year": Fact.NUMBER, "amount": Fact.YEN},
)
YEAR_NOTED = Verb(
    "proposals.award.continued",
    _("{fiscal_year}年度につづいているかを、記録しました"),
    facts={"fiscal_year": Fact.NUMBER, "continues": Fact.FLAG},
)
