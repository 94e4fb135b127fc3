"""What can happen to an activity, to the suggestion of moving on, and to the answers in area E."""

from django.utils.translation import gettext_lazy as _

from wanowa.activities.rules import Question
from wanowa.guideline.rules import Area
from wanowa.record.verbs import Fact, Verb

STARTED = Verb(
    "activities.activity.started",
    _("{party}が、この活動をのせました"),
    public=True,
    facts={"area": Area, "address": Fact.DIGEST, "text": Fact.DIGEST},
)
EDITED = Verb(
    "activities.activity.edited",
    _("{party}が、活動の紹介を書きなおしました"),
    public=True,
    facts={"text": Fact.DIGEST},
)
ENDED = Verb("activities.activity.ended", _("{party}が、活動を終えました"), public=True, milestone=True)
MOVED = Verb(
    "activities.activity.moved",
    _("{department}といっしょに、動きはじめました"),
    public=True,
    milestone=True,
    facts={"department": Fact.PARTY},
)
FORGOTTEN = Verb(
    "activities.activity.forgotten",
    _("本人の希望で、この活動の文を消しました"),
    public=True,
    facts={"address": Fact.DIGEST, "text": Fact.DIGEST},
)
WATCHED = Verb("activities.watch.begun", _("{party}が、この活動を見守りはじめました"), public=True)
UNWATCHED = Verb("activities.watch.ended", _("{party}が、見守りをやめました"), public=True)

# A suggestion is filed as a case of its own: so nobody outside can tell a declined one from an unanswered one.
SUGGESTED = Verb(
    "activities.suggestion.made",
    _("{party}が、いっしょに動くことを申し出ました"),
    facts={"department": Fact.PARTY},
)
RECOMMENDED = Verb(
    "activities.suggestion.recommended",
    _("協働推進員が、{department}といっしょに動くことをすすめました"),
    facts={"department": Fact.PARTY},
)
AGREED = Verb("activities.suggestion.agreed", _("{party}が、申し出を受けました"))
DECLINED = Verb("activities.suggestion.declined", _("{party}は、今回は見送りました"))
WITHDRAWN = Verb("activities.suggestion.withdrawn", _("申し出が、取り下げられました"))
LAPSED = Verb("activities.suggestion.lapsed", _("活動が終わり、申し出も終わりました"))

ANSWERED = Verb(
    "activities.checklist.answered",
    _("{party}が、公開の質問「{question}」に答えました"),
    public=True,
    facts={"question": Question, "number": Fact.NUMBER, "answer": Fact.DIGEST},
)
OVERDUE = Verb(
    "activities.checklist.overdue",
    _("公開の質問が残ったまま、{day}をすぎました"),
    public=True,
    facts={"day": Fact.DAY, "missing": Fact.NUMBER},
)
