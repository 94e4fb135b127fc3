"""An invented policy in the shapes that cities really hand out. No city, no plan and no figure of it is real."""

import datetime as dt

from wanowa.guideline.models import Edition
from wanowa.guideline.rules.text import outline_of, source_digest
from wanowa.guideline.services import load
from wanowa.kernel.actors import SYSTEM

PRINTED = """
― みんなで水辺をまもるまちへ ―

（令和３年４月策定）
 この町には小さな川が三本流れており、むかしから多くの人がその水をつかって暮ら

してきました。川は町のたからであり、これからも残していきたいと考えています。

町のひとりひとりと役場1が力を出しあい、川をきれいにしていくことが必要です。そ

のための考え方をここにまとめ、町2のみんなで分かちあうことにします。

第Ⅰ章 この方針のねらい

1
町の仕事をするところ
2ここでいう町とは、川のまわりに住む人と、川で働く人と、川で学ぶ人のすべてを合わせた
集まりのことをいいます。
 １ 水辺の考え方

水辺は、だれか一人のものではなく、町に住むみんなのものです。だからこそ、つか

う人がたがいにゆずりあい、きまりをまもってつかうことが大切になります。

２ 水辺をまもる約束

町では、次の二つの約束をさだめて、いつもこの約束にもとづいて水辺の仕事をすす

めていくことにします。

（１） 話しあいの約束

水辺のことをきめるときは、つかう人たちと役場がよく話しあい、みんなが

なっとくできる答えをさがします。

第Ⅱ章 水辺についての考え方
 急いできめることはしません。

（２） 見せあいの約束

水のよごれぐあいや費用のつかいみちは、だれでも見られるようにしておき

ます。

３ 水辺の仕事の分け方

水辺の仕事を三つに分けると次の表のようになります。町の人と役場は、この表を見

ながら、どの分け方がよいかを話しあってきめていきます。

分け方
だれが
どこで
つかう道具
１ ごみひろい
２ 花うえ
３ 水しらべ
見はり A B C
なお、この分け方は何年かに一度、川のようすに合わせて見なおすことにして、その

ときには町の人の考えを聞くことにします。

４ 水辺のこよみ

春には川びらきをおこない、夏には水しらべをおこないます。秋と冬には、つかった

道具の手入れをします。
 コラム むかしの川あそび

この町の子どもたちは、むかし夏になると毎日のように川であそび、魚や虫の名まえをお

としよりから教わっていました。

１ これからの仕事

（１） 水辺のあつまり

① あつまりのひらきかた

あつまりは年に四回ひらき、だれでも入ることができます。役場は場所

を用意し、知らせを出します。

第Ⅲ章 これからのこと
 ② あつまりの知らせ

知らせは紙と電子の両方で出し、読みやすい言葉で書くようにつとめま

す。

この方針は、町の人と役場がいっしょに考えてつくったものです。これからも川のようす

に合わせて、何年かに一度、みんなで見なおしていきます。

第Ⅳ章 おわりに
"""
"""As text taken from a PDF: broken and spaced lines, chapters after their text, a table, footnotes, a column."""

PLAIN = """第１章　ねらい

この方針は、水辺をまもるためのものです。

# 第２章　考え方

1. 水辺の考え方
水辺はみんなのものです。
2. 約束
二つの約束があります。
(1) 話しあい
よく話しあいます。
(2) 見せあい
費用を見せます。
| 仕事 | 人 |
| 花うえ | 町の人 |
"""
"""As somebody types it: one paragraph a line, headings before their text."""

REVISED = PLAIN.replace("よく話しあいます。", "なっとくするまで、よく話しあいます。").replace(
    "(2) 見せあい\n費用を見せます。", "(2) 手わけ\n仕事を分けます。\n(3) 見せあい\n費用を見せます。"
)
"""PLAIN with one sentence changed and one item put in between."""


def loaded(text: str = PRINTED, label: str = "令和3年4月策定", adopted_on: dt.date | None = None) -> Edition:
    """Load a text as the next edition."""
    return load(
        outline_of(text), label=label, adopted_on=adopted_on, source_digest=source_digest(text), by=SYSTEM
    )


def two_editions() -> None:
    """Load a text and its revision, so that every page about the text has something to show."""
    loaded(PLAIN, "令和2年4月策定", dt.date(2020, 4, 1))
    loaded(PRINTED, "令和3年4月改定", dt.date(2021, 4, 1))
