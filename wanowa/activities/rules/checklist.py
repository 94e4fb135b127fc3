"""The questions of participation and disclosure that the city answers in area E (G-24, guideline Ⅱ-4, Ⅱ-2(4))."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db.models import TextChoices
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from wanowa.activities.rules.words import check_day
from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Invalid, Sentence


class Question(TextChoices):
    """The questions in the order in which they are asked. A key is for ever: it stands on record."""

    EARLY = "early", _("早く知らせる")
    GROUNDS = "grounds", _("資料を見せる")
    HEARD = "heard", _("意見を聞く")
    EVERYBODY = "everybody", _("参加の幅をひろげる")
    REPLIED = "replied", _("意見に答える")
    PROCESS = "process", _("経過を見せる")
    RESULT = "result", _("決まったことを知らせる")


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """One question as people read it, what a good answer tells, and where it comes from."""

    key: Question
    sentence: Sentence
    hint: Sentence
    clause: Sentence


_ALL = (
    QuestionFacts(
        Question.EARLY,
        _("決める前に、何を決めるのかを知らせましたか。"),
        _("いつ、どこで知らせたかを書きます。"),
        _("指針 Ⅱ-2(4)"),
    ),
    QuestionFacts(
        Question.GROUNDS,
        _("決めるための資料を、だれでも見られるようにしましたか。"),
        _("ページのアドレスや、置いてある場所を書きます。"),
        _("指針 Ⅱ-2(4)"),
    ),
    QuestionFacts(
        Question.HEARD,
        _("市民の意見を聞きましたか。"),
        _("意見の募集、説明会、会議など、聞いた方法と場所を書きます。"),
        _("指針 Ⅱ-4・Ⅲ-1、市民参加条例 第10条"),
    ),
    QuestionFacts(
        Question.EVERYBODY,
        _("いつもは参加しにくい人のために、くふうをしましたか。"),
        _("夜や休みの日、やさしい日本語、オンラインなど、したことを書きます。"),
        _("指針 Ⅲ-1"),
    ),
    QuestionFacts(
        Question.REPLIED,
        _("もらった意見への市の考えを、公開しましたか。"),
        _("どこで読めるかを書きます。"),
        _("指針 Ⅱ-4・Ⅲ-1、市民参加条例 第10条"),
    ),
    QuestionFacts(
        Question.PROCESS,
        _("どう決めたのかの経過を、公開しましたか。"),
        _("会議の記録などを、どこで読めるかを書きます。"),
        _("指針 Ⅱ-2(4)"),
    ),
    QuestionFacts(
        Question.RESULT,
        _("決まったことと、そのわけを公開しましたか。"),
        _("どこで読めるかを書きます。"),
        _("指針 Ⅱ-4"),
    ),
)
QUESTIONS: Mapping[Question, QuestionFacts] = {facts.key: facts for facts in _ALL}


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: done, where and on which day; or not done, and why."""

    done: bool
    where: str = ""
    on: date | None = None
    reason: str = ""

    def digest(self) -> str:
        """Return the fingerprint under which the answer stands on record: 64 hex digits."""
        day = self.on.isoformat() if self.on else ""
        return sha256(canonical([self.done, self.where, day, self.reason])).hexdigest()

    def check(self) -> None:
        """Raise Invalid with the first thing that is missing."""
        if self.done and not self.where.strip():
            raise Invalid(_now("どこで見られるか、どうしたかを書いてください。"))
        if self.done and self.on is None:
            raise Invalid(_now("「はい」のときは、その日づけを書いてください。"))
        if self.on is not None:
            check_day(self.on)
        if not self.done and not self.reason.strip():
            raise Invalid(_now("「いいえ」のときは、そのわけを書いてください。"))


def unanswered(answered: Collection[str]) -> list[Question]:
    """Return the questions without an answer, in their order."""
    return [question for question in Question if question.value not in answered]


def keeps_open(answered: Collection[str]) -> Sentence | None:
    """Say which questions must be answered before the end; None when all are."""
    missing = unanswered(answered)
    if not missing:
        return None
    names = _now("、").join(str(question.label) for question in missing)
    return _now("先に、公開の質問に答えてください。まだ答えていないもの：%(names)s") % {"names": names}
