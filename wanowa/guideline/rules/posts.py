"""The posts (役) of each form: who stands for what in the agreement and on its paper (G-22c, G-25, guideline Ⅱ-5).

A post is held by a party that the terms name. Any kind of party may hold any post: no rule asks for a kind (G-22f).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from wanowa.guideline.rules.vocabulary import Form
from wanowa.kernel.errors import Sentence


class Side(TextChoices):
    """How an agreement with two sides calls them."""

    FIRST = "first", _("甲")
    SECOND = "second", _("乙")


class Post(TextChoices):
    """What a party stands for in one agreement. Two forms may know the same post."""

    CHAIR = "chair", _("委員長")
    ACCOUNTS = "accounts", _("会計")
    OFFICE = "office", _("事務局")
    FIRST = "first", _("協定する主体（甲）")
    SECOND = "second", _("協定する主体（乙）")
    CONTACT = "contact", _("連絡の担当")
    FIRST_OPERATOR = "first_operator", _("運営する主体（甲）")
    SECOND_OPERATOR = "second_operator", _("運営する主体（乙）")
    TREASURER = "treasurer", _("負担金の会計")
    CLIENT = "client", _("委託する主体")
    CONTRACTOR = "contractor", _("受託する主体")
    LEAD = "lead", _("責任をもつ担当")
    ACTOR = "actor", _("活動する主体")
    SUPPORTER = "supporter", _("支える主体")
    RECIPIENT = "recipient", _("補助を受ける主体")
    GRANTOR = "grantor", _("補助する主体")
    HOST = "host", _("主催する主体")
    ENDORSER = "endorser", _("後援する主体")


@dataclass(frozen=True, slots=True)
class PostFacts:
    """One post of one form: what it means, its side on paper (None: named equally), and the post it stands opposite to.

    Two opposite posts are held by two different parties; any other two may be held by one.
    """

    key: Post
    meaning: Sentence
    side: Side | None = None
    opposite: Post | None = None
    guideline: str = "G-25"
    clause: str = "Ⅱ-5"


def _sides(
    first: Post, first_meaning: Sentence, second: Post, second_meaning: Sentence, *, named: bool = True
) -> tuple[PostFacts, PostFacts]:
    """Return two opposite posts; `named` says whether paper calls them 甲 and 乙."""
    return (
        PostFacts(first, first_meaning, Side.FIRST if named else None, second),
        PostFacts(second, second_meaning, Side.SECOND if named else None, first),
    )


POSTS: Mapping[Form, tuple[PostFacts, ...]] = {
    Form.COMMITTEE: (
        PostFacts(Post.CHAIR, _("会議をひらき、話をまとめます。ひとりで決める人ではありません。")),
        PostFacts(Post.ACCOUNTS, _("お金の出し入れを書き、みんなに見せます。")),
        PostFacts(Post.OFFICE, _("連絡、会場の予約、記録をうけもちます。")),
    ),
    Form.ACCORD: (
        *_sides(
            *(Post.FIRST, _("協定書に「甲」と書かれる主体です。甲が上という意味ではありません。")),
            *(Post.SECOND, _("協定書に「乙」と書かれる主体です。甲と同じ立場です。")),
        ),
        PostFacts(Post.CONTACT, _("いざというとき、はじめに連絡をうける主体です。")),
    ),
    Form.JOINT_OPERATION: (
        *_sides(
            *(Post.FIRST_OPERATOR, _("人手かお金を出して、いっしょに運営します。協定書では「甲」です。")),
            *(Post.SECOND_OPERATOR, _("人手かお金を出して、いっしょに運営します。協定書では「乙」です。")),
        ),
        PostFacts(Post.TREASURER, _("出しあったお金をあずかり、使い道を記録します。")),
    ),
    Form.PARTNERSHIP_CONTRACT: (
        *_sides(
            *(
                Post.CLIENT,
                _("仕事をお願いし、委託料をはらいます。仕様書は、受ける主体といっしょにつくります。"),
            ),
            *(Post.CONTRACTOR, _("仕事をうけもち、自分の知識と経験を生かします。")),
        ),
        PostFacts(Post.LEAD, _("仕事の進みぐあいを見て、こまったときに話し合いをひらきます。")),
    ),
    Form.CONTRACT: _sides(
        *(Post.CLIENT, _("仕事をお願いし、委託料をはらいます。")),
        *(Post.CONTRACTOR, _("仕様書のとおりに仕事をして、報告します。")),
    ),
    Form.COOPERATION: _sides(
        *(Post.ACTOR, _("活動を自分で考え、つづけて行います。")),
        *(Post.SUPPORTER, _("物、場所、人手を出して、活動を支えます。")),
    ),
    Form.SUBSIDY: _sides(
        *(Post.RECIPIENT, _("自分の考えで事業を行い、お金の使い道を報告します。")),
        *(Post.GRANTOR, _("条件を決めてお金を出し、報告を確かめます。")),
        named=False,
    ),
    Form.ENDORSEMENT: _sides(
        *(Post.HOST, _("催しをひらき、責任をもちます。")),
        *(Post.ENDORSER, _("催しを応援し、名前を使ってもらいます。")),
        named=False,
    ),
}
"""The posts of each form, in the order in which paper names them."""
