"""The twelve questions of a full proposal at most, and what is wrong with the answers so far."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from wanowa.kernel.errors import Refused
from wanowa.kernel.money import parse_yen, yen
from wanowa.kernel.text import graphemes


class QuestionKey(TextChoices):
    """What is asked; the key is for ever."""

    TITLE = "title", _l("題名")
    SUMMARY = "summary", _l("ひとことで言うと")
    ISSUE = "issue", _l("まちの、どんなこまりごとですか")
    AIM = "aim", _l("どうなったら、うれしいですか")
    DOING = "doing", _l("何をしますか")
    ROLES = "roles", _l("だれが、何をしますか")
    TOGETHER = "together", _l("なぜ、いっしょにするとよいですか")
    SCHEDULE = "schedule", _l("いつ、何をしますか")
    AMOUNT = "amount", _l("市に出してほしいお金")
    BUDGET = "budget", _l("お金の使いみち")
    MEASURE = "measure", _l("うまくいったと、何でわかりますか")
    AFTER = "after", _l("終わったあと、どうしますか")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: how long an answer may be (characters as a reader counts them), and whether it is needed."""

    key: QuestionKey
    limit: int
    help: Promise
    required: bool = False
    line: bool = False
    """One line only."""


QUESTIONS: Final = (
    Question(QuestionKey.TITLE, 60, _l("読む人が、何のことか分かる題名にします。"), required=True, line=True),
    Question(QuestionKey.SUMMARY, 200, _l("ひとこと提案の文が、そのまま入ります。"), required=True),
    Question(
        QuestionKey.ISSUE, 600, _l("だれが、どこで、こまっていますか。見たことを書きます。"), required=True
    ),
    Question(QuestionKey.AIM, 400, _l("1年後に、まちがどうなっているとよいですか。"), required=True),
    Question(
        QuestionKey.DOING, 800, _l("することを、順に書きます。かじょう書きで大丈夫です。"), required=True
    ),
    Question(QuestionKey.ROLES, 600, _l("提案する主体と、相手の、それぞれがすることです。"), required=True),
    Question(QuestionKey.TOGETHER, 400, _l("ひとりではできないことは、何ですか。")),
    Question(QuestionKey.SCHEDULE, 400, _l("始まるのは、予算が決まったあとの4月からです。")),
    Question(
        QuestionKey.AMOUNT,
        20,
        _l("120,000円、12万円のように書きます。いらないときは0円です。"),
        required=True,
        line=True,
    ),
    Question(QuestionKey.BUDGET, 400, _l("何に、いくらかかりますか。だいたいで大丈夫です。")),
    Question(
        QuestionKey.MEASURE, 400, _l("数えられることと、見てわかることを、1つずつ書きます。"), required=True
    ),
    Question(QuestionKey.AFTER, 400, _l("2年目からの人とお金は、どうしますか。")),
)
"""In the order in which they are asked."""
BY_KEY: Final[Mapping[str, Question]] = {question.key.value: question for question in QUESTIONS}
REQUIRED: Final = frozenset(question.key for question in QUESTIONS if question.required)
LONGEST_KEPT: Final = 20_000
"""Code points of an answer that are kept while writing, far above every limit: nothing typed is cut off."""


def asked(chosen: Collection[str]) -> tuple[Question, ...]:
    """Return the questions of a round: those always asked, and those chosen, in order."""
    return tuple(question for question in QUESTIONS if question.required or question.key in chosen)


def shortcomings(
    questions: Collection[Question],
    answers: Mapping[str, str],
    cap: int | None,
    unsolved: Collection[str] = (),
) -> dict[str, str]:
    """Return what has to be done before handing in, by question; empty when it is ready.

    `unsolved` are the questions at which two texts stand and nobody has looked.
    """
    found = {}
    for question in questions:
        text = answers.get(question.key, "").strip()
        if question.key in unsolved:
            found[str(question.key)] = _("2人の文があります。「つづきを書く」で、1つにしてください。")
        elif question.required and not text:
            found[str(question.key)] = _("ここを書いてください。")
        elif (length := graphemes(text)) > question.limit:
            found[str(question.key)] = _(
                "%(limit)d文字までに短くしてください。いまは%(length)d文字です。"
            ) % {
                "limit": question.limit,
                "length": length,
            }
        elif question.key is QuestionKey.AMOUNT and (wrong := _wrong_amount(text, cap)):
            found[str(question.key)] = wrong
    return found


def _wrong_amount(text: str, cap: int | None) -> str:
    try:
        amount = parse_yen(text)
    except Refused as refusal:
        return str(refusal)
    if cap is not None and amount > cap:
        return _("この募集では、1件%(cap)sまでです。金額を見なおしてください。") % {"cap": yen(cap)}
    return ""
