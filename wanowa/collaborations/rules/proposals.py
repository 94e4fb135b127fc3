"""What each form proposes to write: tasks without people, and texts in our own words. Everything may be changed (G-25).

「○○」 marks what only the parties know; terms with such a blank cannot be offered. What is proposed becomes text of
an agreement, so it is Japanese whoever reads.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from wanowa.collaborations.rules.terms import Clause, Share, Task, Terms
from wanowa.guideline.rules import AREAS, FORMS, Area, Form
from wanowa.kernel.errors import Invalid

BLANK = "○○"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one form proposes: what is to be done, and the text of each clause that is plain text."""

    tasks: tuple[str, ...] = ()
    texts: Mapping[Clause, str] = field(default_factory=dict)


_SAFETY = "活動中のけがや損害は、市民活動の保険で備えます。危ないと感じたら、だれでも止められます。"
_PERSONAL_DATA = "知った個人情報は、この取組のためだけに使います。終わったら、消します。"
_PUBLICITY = "取組の名前、主体、目標、役割、経過を公開します。写真は、写る人の了解をとります。"
_CHANGES = (
    "変えるとき、終えるときは、全員の同意で決めます。"
    "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
)
_ENTRUSTED = (
    "受託する主体は、知った個人情報をこの仕事だけに使います。ほかの人に渡さず、写しをとりません。"
    "仕事をほかに頼むときは、先に了解をとります。もれたときは、すぐに委託する主体へ知らせます。"
    "終わったら、返すか消して、そのことを書いて伝えます。"
)

CUSTOMARY = Proposal(
    texts={
        Clause.SAFETY: _SAFETY,
        Clause.PERSONAL_DATA: _PERSONAL_DATA,
        Clause.PUBLICITY: _PUBLICITY,
        Clause.CHANGES: _CHANGES,
    }
)
"""What is proposed while no form is chosen."""

PROPOSALS: Mapping[Form, Proposal] = {
    Form.COMMITTEE: Proposal(
        ("会議をひらき、記録を残す", "会場とお金の準備をする", "当日の運営をする"),
        {
            Clause.SCHEDULE: (
                "会議は、○○ごとにひらきます。決めたことは、その日のうちに全員へ送ります。\n"
                "行う日：○○　場所：○○\n終わってから1か月のうちに、会計とふりかえりをします。"
            ),
            Clause.COST: (
                "入ったお金と出たお金は、会議のたびに見せます。あまったお金の使い道は、全員で決めます。"
            ),
            Clause.SAFETY: (
                "当日は、けがと事故の連絡係をおきます。参加者のけがは、市民活動の保険で備えます。"
                "危ないと感じたら、だれでも止められます。"
            ),
            Clause.PERSONAL_DATA: (
                "参加者の名前と連絡先は、事務局だけが持ちます。終わってから1か月のうちに消します。"
            ),
            Clause.PUBLICITY: (
                "チラシには、すべての主体の名前を同じ大きさでのせます。会議の記録と会計を公開します。"
                "写真は、写る人の了解をとります。つくった物は、どの主体も使えます。"
            ),
            Clause.CHANGES: (
                "日程や会場は、会議で変えられます。役割とお金は、全員の同意で変えます。"
                "会計をしめたら、委員会をとじます。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
    Form.ACCORD: Proposal(
        ("連絡先を知らせあう", "力を出す準備をする", "年に1回、いっしょに見なおす"),
        {
            Clause.SCHEDULE: (
                "担当どうしが、○○ごとに話します。\n力を出しあうとき：○○\n年に1回、この約束を見なおします。"
            ),
            Clause.COST: (
                "ふだんの準備は、それぞれの費用で行います。動いたときの費用は、そのつど話して決めます。"
            ),
            Clause.SAFETY: (
                "それぞれが、自分の人と物の安全に責任をもちます。むりなときは、断れます。断っても、約束は続きます。"
            ),
            Clause.PERSONAL_DATA: (
                "担当の名前と連絡先だけを、知らせあいます。担当が変わったら、前の連絡先を消します。"
            ),
            Clause.PUBLICITY: (
                "約束を結んだことと、その中身を公開します。相手の名前を広告に使うときは、先に了解をとります。"
                "いっしょにつくった物は、どの主体も使えます。"
            ),
            Clause.CHANGES: (
                "続けるかどうかは、終わる日の2か月前までに話します。やめたいときも、同じころまでに伝えます。"
                "変えるとき、終えるときは、全員の同意で決めます。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
    Form.JOINT_OPERATION: Proposal(
        ("運営の会議をひらく", "毎回の活動を行う", "負担金をあずかり、会計を見せる"),
        {
            Clause.SCHEDULE: (
                "運営の会議を、○○ごとにひらきます。\n活動の日：○○　場所：○○\n"
                "年度の終わりに、会計とふりかえりをします。"
            ),
            Clause.COST: (
                "負担金は、会計の主体が1つの口座であずかります。領収書を残し、3か月ごとに見せあいます。"
                "あまったお金は、出した割合で返します。"
            ),
            Clause.SAFETY: (
                "活動する日は、責任をもつ人を1人決めます。けがは、市民活動の保険で備えます。"
                "危ないと感じたら、だれでも止められます。"
            ),
            Clause.PERSONAL_DATA: (
                "参加者の名前と連絡先は、決めた人だけが見ます。年度の終わりに、いらないものを消します。"
            ),
            Clause.PUBLICITY: (
                "取組の中身、負担金の額、会計を公開します。知らせには、すべての主体の名前をのせます。"
                "つくった物と記録は、どの主体も使えます。"
            ),
            Clause.CHANGES: (
                "負担金と役割は、全員の同意で変えます。途中で終えるときは、残ったお金と物の分け方を先に決めます。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
    Form.PARTNERSHIP_CONTRACT: Proposal(
        ("仕様書と役割分担書をつくる", "仕事を行い、記録する", "進みぐあいを話し合う"),
        {
            Clause.SCHEDULE: (
                "仕事の中身：○○\n場所と回数：○○\n"
                "月に1回、両方の担当が集まり、やり方を見なおします。\n報告書は、○○までに出します。"
            ),
            Clause.COST: (
                "委託料は、かかる費用を両方で調べて決めます。はらう時期：○○\n"
                "仕事がふえたときは、話し合って額を直します。"
            ),
            Clause.SAFETY: (
                "仕事を始める前に、両方の担当が危ない所を見てまわります。けがと損害の保険は、受託する主体が入ります。"
                "危ないと感じたら、だれでも止められます。"
            ),
            Clause.PERSONAL_DATA: _ENTRUSTED,
            Clause.PUBLICITY: (
                "仕様書、役割、委託料を公開します。報告書には、両方の名前をのせます。"
                "つくった物の使い方は、「成果の帰属」にそって話します。"
            ),
            Clause.CHANGES: (
                "仕様と額は、全員の同意で変えます。続けられないときは、30日前までに伝え、済んだ分をはらいます。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
    Form.CONTRACT: Proposal(
        ("仕事を行い、記録する", "報告書を出す", "できたことを確かめ、委託料をはらう"),
        {
            Clause.SCHEDULE: "仕事の中身：○○\n場所と回数：○○\n報告書は、○○までに出します。",
            Clause.COST: "委託料は、報告書を確かめてから○○日のうちにはらいます。",
            Clause.SAFETY: (
                "けがと損害の保険は、受託する主体が入ります。事故があったら、すぐに委託する主体へ知らせます。"
                "危ないと感じたら、だれでも止められます。"
            ),
            Clause.PERSONAL_DATA: _ENTRUSTED,
            Clause.PUBLICITY: (
                "仕事の中身、委託料、報告書を公開します。受託する主体は、この仕事をしたことを知らせてかまいません。"
            ),
            Clause.CHANGES: (
                "仕事の中身と額は、全員の同意で変えます。続けられないときは、30日前までに伝え、済んだ分をはらいます。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
    Form.COOPERATION: Proposal(
        ("活動を続ける", "物や場所を用意する", "年に1回、いっしょに見なおす"),
        {
            Clause.SCHEDULE: (
                "活動の日：○○　場所：○○\n物や場所を使える期間：○○\n年に1回、続け方をいっしょに見なおします。"
            ),
            Clause.COST: (
                "活動の費用は、活動する主体が出します。貸した物がこわれたときは、支える主体が直します。"
            ),
            Clause.SAFETY: (
                "始める前に、使う物と場所の点検をします。けがは、市民活動の保険で備えます。"
                "危ないと感じたら、だれでも止められます。"
            ),
            Clause.PERSONAL_DATA: (
                "活動する人の名簿は、活動する主体だけが持ちます。支える主体には、人数だけを伝えます。"
            ),
            Clause.PUBLICITY: (
                "活動する主体の名前と、支える主体の名前を公開します。写真は、写る人の了解をとります。"
                "つくった物と記録は、活動する主体のものです。"
            ),
            Clause.CHANGES: (
                "休むとき、やめるときは、1か月前までに伝えます。終わったら、借りた物を返します。"
                "変えるとき、終えるときは、全員の同意で決めます。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
    Form.SUBSIDY: Proposal(
        ("事業を行う", "収支を書き、報告する", "報告を確かめ、補助の額を決める"),
        {
            Clause.SCHEDULE: (
                "事業の日と場所：○○\n報告：事業が終わってから○○日のうち\n額の決定：報告をうけてから○○日のうち"
            ),
            Clause.COST: (
                "補助は、○○に使います。ほかのことには使いません。領収書を残し、使わなかった分は返します。"
            ),
            Clause.SAFETY: (
                "安全の責任は、補助を受ける主体がもちます。けがは、市民活動の保険で備えます。"
                "危ないと感じたら、だれでも止められます。"
            ),
            Clause.PERSONAL_DATA: (
                "参加者の個人情報は、補助を受ける主体だけが持ちます。報告には、人数だけを書きます。"
            ),
            Clause.PUBLICITY: (
                "補助を受けたことと、収支を公開します。写真は、写る人の了解をとります。"
                "つくった物と記録は、補助を受ける主体のものです。"
            ),
            Clause.CHANGES: (
                "中身や金額を変えるときは、お金を使う前に、全員の同意をとります。"
                "途中でやめるときは、残ったお金を返します。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
    Form.ENDORSEMENT: Proposal(
        ("催しを準備し、行う", "名前の使い方を確かめる", "終わったあとに報告する"),
        {
            Clause.SCHEDULE: (
                "催しの日：○○　場所：○○\n申しこみの方法：○○\n終わってから1か月のうちに、ようすを知らせます。"
            ),
            Clause.COST: (
                "収入：○○　支出：○○\n後援する主体は、お金を出しません。参加費をとるときは、金額をここに書きます。"
            ),
            Clause.SAFETY: (
                "催しの安全と事故の責任は、主催する主体がもちます。けがは、市民活動の保険で備えます。"
                "天気が悪いときの中止は、主催する主体が決めます。"
            ),
            Clause.PERSONAL_DATA: (
                "申しこみの名前と連絡先は、主催する主体だけが持ちます。終わってから1か月のうちに消します。"
            ),
            Clause.PUBLICITY: (
                "チラシと案内に、「後援」と後援する主体の名前を書きます。名前を使えるのは、この催しの間だけです。"
                "刷る前に、原稿を見せます。"
            ),
            Clause.CHANGES: (
                "日や場所が変わるときは、すぐに知らせます。計画と大きくちがうときは、名前を使うのをやめて話します。"
                "変えるとき、終えるときは、全員の同意で決めます。"
                "意見がちがうときは、対話の部屋で話し、わこらぼに間に入ってもらえます。"
            ),
        },
    ),
}
"""What each form proposes."""

TEXTS = (
    *(Clause.SCHEDULE, Clause.COST, Clause.SAFETY),
    *(Clause.PERSONAL_DATA, Clause.PUBLICITY, Clause.CHANGES),
)
"""The clauses with a plain text for which a form may have a proposal."""
_ALL = (CUSTOMARY, *PROPOSALS.values())


def proposal_for(form: str) -> Proposal:
    """Return what a form proposes; what is customary for any other text."""
    return PROPOSALS[Form(form)] if form in Form.values else CUSTOMARY


def settled_area(area: str, form: str) -> str:
    """Return the area that was chosen, or the only one in which the form is used; '' when both are left open.

    Raises Invalid for words that do not exist and for a form that the area does not know.
    """
    if area and area not in Area.values:
        raise Invalid(_("その領域はありません。領域AからEの中から選んでください。"))
    if form and form not in Form.values:
        raise Invalid(_("その形態はありません。8つの形態の中から選んでください。"))
    if area and form and Form(form) not in AREAS[Area(area)].forms:
        raise Invalid(_("領域%(area)sには、この形態がありません。選びなおしてください。") % {"area": area})
    known = FORMS[Form(form)].areas if form and not area else ()
    return str(known[0]) if len(known) == 1 else area


def first_draft(
    title: str, summary: str, parties: Iterable[int], purpose: str, *, area: str = "", form: str = ""
) -> Terms:
    """Return terms to begin with: what the parties must write is empty, what the form knows is proposed.

    Raises Invalid when the form does not belong to the area.
    """
    members = tuple(sorted(parties))
    area = settled_area(area, form)
    terms = Terms(
        title=title,
        summary=summary,
        parties=members,
        purpose=purpose,
        aims=dict.fromkeys(members, ""),
        area=area,
        form=form,
        ownership=str(AREAS[Area(area)].ownership) if area else "",
        shares=tuple(Share(party) for party in members),
    )
    return with_proposals(terms, form)


def with_proposals(terms: Terms, form: str) -> Terms:
    """Return `terms` with what the form proposes in every clause that nobody has written yet; the others stay."""
    proposal = proposal_for(form)
    changed: dict[str, Any] = {
        str(clause): proposal.texts.get(clause, "")
        for clause in TEXTS
        if _unwritten(clause, getattr(terms, clause))
    }
    if _untaken(terms):
        changed["roles"] = tuple(Task(what) for what in proposal.tasks)
    return replace(terms, **changed)


def _unwritten(clause: Clause, text: str) -> bool:
    """Whether a text is empty, or still what some form proposed."""
    return not text or text in {one.texts[clause] for one in _ALL if clause in one.texts}


def _untaken(terms: Terms) -> bool:
    """Whether the role sheet is empty, or still what some form proposed, with nobody in it."""
    known = {Task(what) for one in _ALL for what in one.tasks}
    return set(terms.roles) <= known
