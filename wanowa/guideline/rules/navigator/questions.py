"""The six questions of the navigator, their answers under stable keys, and how an address is read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Sentence

type Answers = Mapping[str, str]
"""Key of a question → key of its answer. A question that is missing counts like one answered with UNSURE."""

UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer. Its key stands in addresses that people have passed on: it is for ever."""

    key: str
    label: Sentence
    hint: Sentence = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, its name in a list of answers, and the answers, of which the last is always UNSURE."""

    key: str
    text: Sentence
    name: Sentence
    hint: Sentence
    options: tuple[Option, ...]

    def option(self, key: str) -> Option:
        """Return the answer of that key. StopIteration if there is none."""
        return next(option for option in self.options if option.key == key)


_UNSURE = Option(UNSURE, _("まだ、わからない"))

_ALL = (
    Question(
        "lead",
        _("だれが中心になって動きますか"),
        _("中心になる人"),
        _("いまの考えで大丈夫です。"),
        (
            Option("citizens", _("わたしたち"), _("住民、団体、会社などが、自分たちで考えて動きます。")),
            Option("both", _("わたしたちと市の両方"), _("同じくらい考えて、同じくらい動きます。")),
            Option("city", _("市"), _("市の取組に、わたしたちが力を貸します。")),
            Option("authority", _("市だけができること"), _("許可を出す、条例（まちのきまり）をつくるなど。")),
            _UNSURE,
        ),
    ),
    Question(
        "bring",
        _("市に、いちばん出してほしいものは何ですか"),
        _("市に出してほしいもの"),
        _("一つだけ選ぶなら、という気持ちで選んでください。"),
        (
            Option("nothing", _("とくにない"), _("自分たちの力で、できそうです。")),
            Option("name", _("市の名前での応援"), _("チラシに「後援」と書くなど。")),
            Option("goods", _("道具、場所、人手"), _("道具を借りる、場所を使う、手伝ってもらうなど。")),
            Option("share", _("お金や人手の出しあい"), _("市も、わたしたちも、同じ取組に出します。")),
            Option("money", _("お金"), _("かかる費用を、市に支えてほしいです。")),
            _UNSURE,
        ),
    ),
    Question(
        "what",
        _("どんなことをしますか"),
        _("すること"),
        _("いちばん近いものを選んでください。"),
        (
            Option("event", _("一度の催し"), _("お祭り、講演会など。年に一度の催しも、これです。")),
            Option("activity", _("続けて行う活動"), _("見守り、学習会、災害への備えなど。")),
            Option("place", _("場所や施設の世話"), _("公園の手入れ、施設の運営など。")),
            _UNSURE,
        ),
    ),
    Question(
        "who",
        _("市といっしょに動くのは、だれですか"),
        _("いっしょに動く人"),
        _("どちらもいるときは、中心になるほうを選んでください。"),
        (
            Option("residents", _("住民や団体"), _("自治会、NPO、ボランティアなど。")),
            Option("company", _("会社や大学など"), _("会社、商店、大学、病院など。")),
            _UNSURE,
        ),
    ),
    Question(
        "plan",
        _("することの中身は、だれが決めますか"),
        _("中身を決める人"),
        _("やり方や回数など、くわしいことです。"),
        (
            Option("ours", _("わたしたち"), _("自分たちの考えで進めます。")),
            Option("together", _("市と話し合って決める"), _("はじめから、いっしょに考えます。")),
            Option("city", _("市が、もう決めている"), _("決まった仕事を引き受けます。")),
            _UNSURE,
        ),
    ),
    Question(
        "result",
        _("できたものは、だれのものにしますか"),
        _("成果の持ち主"),
        _("作品、記録、しくみなどのことです。"),
        (
            Option("ours", _("わたしたち")),
            Option("both", _("わたしたちと市の両方")),
            Option("city", _("市")),
            _UNSURE,
        ),
    ),
)
QUESTIONS: Mapping[str, Question] = {question.key: question for question in _ALL}


def read(query: Mapping[str, Sequence[str]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the answers of an address in the order of the questions, and the keys that cannot be read.

    A key is unreadable when there is no such question or answer, or when it is given twice.
    """
    answers = {
        key: query[key][0]
        for key, question in QUESTIONS.items()
        if len(query.get(key, ())) == 1 and query[key][0] in {option.key for option in question.options}
    }
    return answers, tuple(key for key in query if key not in answers)
