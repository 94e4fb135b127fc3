"""Posts of an invented town to search in: any number of them, the same for the same seed.

The words are written in all the ways in which people write them; every post is a few sentences put together by chance.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

PLACES = (
    "中央",
    "新倉",
    "丸山台",
    "広沢",
    "本町",
    "白子",
    "下新倉",
    "西大和団地",
    "諏訪",
    "東京都",
    "京都",
    "光が丘",
)
WHO = (
    *(
        "子ども",
        "こども",
        "子供",
        "小学生",
        "高校生",
        "親子",
        "保護者",
        "高齢者",
        "お年寄り",
        "シニア",
        "外国人",
    ),
    *(
        "障がいのある人",
        "障害のある方",
        "障碍のある人",
        "認知症の人",
        "ひとり親",
        "学生",
        "住民",
        "近所の人",
        "商店会",
        "自治会",
    ),
    *(
        "町内会",
        "ＮＰＯ",
        "特定非営利活動法人",
        "市民活動団体",
        "会社の人",
        "先生がた",
        "渡辺さんたち",
        "渡邉家",
        "髙橋さん",
        "高橋さん",
    ),
    *("齋藤さん", "斉藤さん", "𠮷田さん", "吉田さん", "山﨑さん", "山崎さん"),
)
WHAT = (
    *(
        "防災訓練",
        "避難訓練",
        "避難所の受付",
        "炊き出し",
        "炊出し",
        "水の備え",
        "災害への備え",
        "ＡＥＤの使い方",
        "救命講習",
    ),
    *(
        "湧き水の見守り",
        "湧水の調べ",
        "わき水のそうじ",
        "川のごみ拾い",
        "ゴミの分別",
        "清掃",
        "花壇の手入れ",
        "花だんづくり",
        "緑のカーテン",
    ),
    *(
        "こども食堂",
        "子ども食堂",
        "フードドライブ",
        "読み聞かせ",
        "学習の手伝い",
        "子育てサロン",
        "育児の相談",
        "見守り",
        "声かけ",
        "通学路の点検",
    ),
    *(
        "パソコン教室",
        "スマホ教室",
        "スマートフォンの相談",
        "コンピューター入門",
        "プログラミング",
        "多文化の集い",
        "日本語教室",
        "やさしい日本語",
        "手話の会",
    ),
    *(
        "車いすのお花見",
        "車椅子の体験",
        "介護の勉強会",
        "体操",
        "ラジオ体操",
        "ウォーキング",
        "サッカー",
        "音楽会",
        "コンサート",
        "合唱",
        "演奏",
    ),
    *(
        "お祭り",
        "夏まつり",
        "盆おどり",
        "もちつき",
        "餅つき",
        "朝市",
        "フリーマーケット",
        "農園",
        "畑の手伝い",
        "芋ほり",
        "自転車の点検",
        "サイクリング",
    ),
    *(
        "会議",
        "打ち合わせ",
        "打合せ",
        "ミーティング",
        "説明会",
        "ワークショップ",
        "アンケート",
        "ふりかえり",
        "振り返り",
        "評価",
        "広報",
        "チラシづくり",
    ),
    *(
        "引っ越しの手伝い",
        "引越しの片づけ",
        "電球の交換",
        "庭の草取り",
        "ペットの世話",
        "図書館の本の修理",
        "図書室の当番",
        "写真の整理",
        "歴史の散歩",
    ),
)
DEEDS = (
    "をします",
    "をひらきます",
    "の手伝いを探しています",
    "を始めました",
    "を続けています",
    "を相談したいです",
    "の道具を貸します",
    "は延期です",
)
UNITS = ("人", "名", "円", "kg", "㎡", "時間", "回", "日", "本", "％", "km", "分")
ENDINGS = (
    "はじめての人も、どうぞ。", "雨のときは、やめます。", "くわしくは、ページを見てください。", "いっしょにやりませんか。", "見学だけでもかまいません。",
    "ﾎﾞﾗﾝﾃｨｱを集めています。", "ボランティア保険に入ります。", "申込みはいりません。", "申し込みは前の日までです。", "参加費はありません。", "駐車場はありません。",
    "飲み物を持ってきてください。", "市役所の課も手伝います。", "補助金を使います。", "助成金に申請しました。", "経過はここに書きます。", "全員で決めました。",
)  # fmt: skip
RARE = (
    "龍笛",
    "鰻",
    "麹",
    "檜",
    "琴",
    "凧",
    "藍染め",
    "曼荼羅",
    "ガムラン",
    "ヨーヨー",
    "けん玉",
    "蛍",
    "蝶",
    "燕",
    "茶道",
    "弓道",
    "俳句",
    "紙芝居",
    "落語",
    "囲碁",
)


class Post(NamedTuple):
    """One post."""

    title: str
    body: str
    day: date


def posts(count: int, seed: int = 5) -> Iterator[Post]:
    """Yield `count` posts."""
    chance = random.Random(seed)
    for number in range(count):
        pick = chance.choice
        what, place = pick(WHAT), pick(PLACES)
        title = pick(
            (f"{place}の{what}", f"{pick(WHO)}と{what}", f"第{chance.randint(1, 40)}回 {what}", what)
        )
        lines = [f"{place}で、{pick(WHO)}といっしょに{what}{pick(DEEDS)}。"]
        lines += [_sentence(chance) for _ in range(chance.randint(2, 6))]
        if chance.random() < 0.02:
            lines.append(f"{pick(RARE)}の会も、となりでしています。")
        yield Post(title, "\n".join(lines), date(2021, 4, 1) + timedelta(days=number % 2000))


def _sentence(chance: random.Random) -> str:
    pick = chance.choice
    amount = f"{chance.randint(1, 300)}{pick(UNITS)}"
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    return pick(
        (
            f"令和{chance.randint(3, 9)}年{month}月{day}日の{chance.randint(8, 20)}時からです。",
            f"{pick(PLACES)}の{pick(WHO)}が、{pick(WHAT)}{pick(DEEDS)}。",
            f"{pick(WHAT)}には、{amount}がいります。",
            f"定員は{chance.randint(3, 120)}人、{pick(WHO)}も入れます。",
            pick(ENDINGS),
            pick(ENDINGS),
        )
    )
