"""What can happen around an introduction. Nothing of it is public.

What a side answers stands in a case of its own, so that the case of the introduction does not move when a side
says no: nobody can tell that from silence, not even by counting entries.
"""

from django.utils.translation import gettext_lazy as _

from wanowa.introductions.rules import Afterwards, Origin
from wanowa.record.verbs import Fact, Verb

_OUTCOME = {"first": Fact.PARTY, "second": Fact.PARTY}

ASKED = Verb(
    "introductions.introduction.asked",
    _("引き合わせの返事を待っています"),
    facts={"first": Fact.PARTY, "second": Fact.PARTY, "origin": Origin, "answer_by": Fact.DAY},
)
MET = Verb("introductions.introduction.met", _("両方が「会いたい」と答えました"), facts=_OUTCOME)
LAPSED = Verb("introductions.introduction.lapsed", _("期限がすぎました。今回は見送りです"))
WITHDRAWN = Verb("introductions.introduction.withdrawn", _("引き合わせが取り下げられました"))
TRIED = Verb("introductions.introduction.tried", _("{day}にためすことにしました"), facts={"day": Fact.DAY})
JOINED = Verb("introductions.introduction.joined", _("協働の話し合いが始まりました"), facts=_OUTCOME)
HELPED = Verb("introductions.introduction.helped", _("一度の手伝いになりました"), facts=_OUTCOME)
ENDED = Verb("introductions.introduction.ended", _("引き合わせが終わりました"))
FOLLOWED_UP = Verb("introductions.introduction.followed_up", _("そのあと、どうなったかを教えてください"))
HANDED_OVER = Verb("introductions.introduction.handed_over", _("担当の協働推進員がかわりました"))
TAKEN_IN = Verb(
    "introductions.introduction.taken_in",
    _("担当の人が窓口をはなれたので、ほかの協働推進員が引き取りました"),
)
PLANNED = Verb(
    "introductions.introduction.planned", _("協働推進員が、次にすることを書きました"), facts={"due": Fact.DAY}
)

ACCEPTED = Verb(
    "introductions.side.accepted",
    _("「会いたい」と答えました"),
    facts={"fields": Fact.NUMBER, "until": Fact.DAY},
)
DECLINED = Verb("introductions.side.declined", _("今回は見送りました"))
TAKEN_BACK = Verb("introductions.side.taken_back", _("渡したことを取り消しました"))
FORGOTTEN = Verb("introductions.side.forgotten", _("渡したことが消えました"))
REPORTED = Verb("introductions.side.reported", _("困った引き合わせとして、協働推進員に知らせました"))
LOOKED_BACK = Verb(
    "introductions.side.looked_back",
    _("そのあとのことを知らせました（{afterwards}）"),
    facts={"afterwards": Afterwards},
)
