"""Invented content for the gallery of components; nothing here is a real person or project."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from wanowa.web import charts


class Example(forms.Form):
    """One field of every sort."""

    title = forms.CharField(label=_("取組の名前"), max_length=40, help_text=_("あとで変えられます。"))
    email = forms.EmailField(
        label=_("連絡先のメール"),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    purpose = forms.CharField(label=_("めざすこと"), widget=forms.Textarea, max_length=200)
    area = forms.ChoiceField(
        label=_("領域"), choices=[("", _("えらんでください")), ("C", _("C　対等")), ("B", _("B　市民が主"))]
    )
    lead = forms.ChoiceField(
        label=_("だれが中心になりますか"),
        widget=forms.RadioSelect,
        help_text=_("いまの考えでかまいません。"),
        choices=[
            ("citizens", _("わたしたちが中心で、市に少し手伝ってほしい")),
            ("both", _("わたしたちと市が、同じくらい動く")),
            ("unsure", _("まだわからない")),
        ],
    )
    resources = forms.MultipleChoiceField(
        label=_("もちよるもの"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("people", _("ヒト")), ("goods", _("モノ")), ("money", _("カネ")), ("place", _("場所"))],
    )
    amount = forms.IntegerField(label=_("金額（円）"), min_value=0, required=False)
    day = forms.DateField(
        label=_("はじめる日"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    paper = forms.FileField(label=_("書類"), required=False, help_text=_("PDF・画像、10 MBまで。"))
    agree = forms.BooleanField(label=_("名前がページに出ることを確かめました"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A page of a list, as the pagination component sees it."""

    previous: str
    next: str


KINDS = {
    "city": "環境課",
    "citizen": "湧水を守る会",
    "resident": "佐藤さん",
    "local": "新倉自治会",
    "company": "和光ものづくり株式会社",
    "public": "和光高校",
    "nation": "理化学研究所",
}


def parties(count: int, given: int) -> list[dict[str, object]]:
    """Return `count` parties of every kind in turn, of whom the first `given` have consented."""
    kinds = list(KINDS.items()) * 2
    return [
        {"kind": kind, "name": name, "given": place < given}
        for place, (kind, name) in enumerate(kinds[:count])
    ]


def drawings() -> dict[str, charts.Chart]:
    """Return one chart of every sort."""
    walks = [(date(2026, 4, 25), 1), (date(2026, 6, 27), 2), (date(2026, 9, 26), 4)]
    hours = [
        charts.Row("湧水を守る会", (96, 72)),
        charts.Row("環境課", (40, 44)),
        charts.Row("新倉自治会", (12, None)),
    ]
    return {
        "line": charts.line("観察会をひらく", walks, unit="回", target=6, until=date(2027, 3, 31)),
        "bars": charts.bars("それぞれの時間", hours, series=("約束", "実際"), unit="時間", heading="主体"),
    }


def content() -> dict[str, object]:
    """Return the context of the gallery."""
    typed = {"title": "湧水のみちをつなぐ", "email": "yusui@", "purpose": "湧き水" * 70, "lead": "both"}
    return {
        "form": Example(auto_id="new_%s"),
        "wrong": Example(typed, auto_id="wrong_%s"),
        "rings": [parties(count, given) for count, given in ((1, 1), (2, 1), (3, 2), (4, 4), (5, 0), (8, 6))],
        "three": parties(3, 2),
        "all": parties(3, 3),
        "everyone": parties(7, 7),
        "trail": [
            (_("さがす"), "/collaborations/"),
            (_("湧水のみちをつなぐ"), "#rings"),
            (_("内容の合意"), ""),
        ],
        "steps": [
            {"label": _("はじまり"), "state": "done"},
            {"label": _("話し合い"), "state": "done"},
            {"label": _("合意"), "state": "done"},
            {"label": _("取組"), "state": "current"},
            {"label": _("ふりかえり"), "state": "todo"},
        ],
        "tabs": [
            {"label": _("概要"), "href": "#tabs", "current": True},
            {"label": _("役割の分担"), "href": "#table", "current": False},
            {"label": _("話し合い（3）"), "href": "#form", "current": False},
        ],
        "pieces": [
            ("equal", "食材費は"),
            ("delete", "全額を団体が負担する"),
            ("insert", "市が負担金として年18万円を上限に負担し、残りを団体が負担する"),
            ("equal", "。\n配達は、毎月第2・第4土曜日に行う。"),
        ],
        **drawings(),
        "moment": datetime(2026, 11, 14, 1, 0, tzinfo=UTC),
        "page": Piece("/style/", "/style/?after=x"),
        "toasts": [
            {"tags": "success", "text": _("第4版に同意しました。相手の同意を待っています。")},
            {"tags": "warning", "text": _("下書きだけを残しました。まだ送っていません。")},
            {"tags": "error", "text": _("送れませんでした。もう一度おしてください。")},
        ],
        "unbroken": "https://example.jp/" + "とても長い名前の資料と添付ファイル" * 6 + "x" * 120,
    }
