"""300 texts as people write them about their experience, each labelled with what it holds that others must not read."""

from itertools import islice, product

from wanowa.talent.rules import Warned

AROUND = (
    "連絡は{}までお願いします。",
    "庭の木を切れます。{}",
    "{}（夜はだめです）",
    "土曜に手伝えます。くわしくは{}へ。",
    "わたしの番号は{}です。",
)
PHONES = (
    "090-1234-5678",
    "09012345678",
    "０９０ー１２３４ー５６７８",
    "090 1234 5678",
    "090（1234）5678",
    "048-464-1111",
    "(048)464-1111",
    "048 464 1111",
    "+81 90 1234 5678",
    "+81-48-464-1111",
    "０４８－４６４－１１１１",
    "080−9876−5432",
    "070‐1111‐2222",
    "03-1234-5678",
    "0120-123-456",
    "〇九〇-一二三四-五六七八",
)
MAILS = (
    "hanako@example.jp",
    "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ",
    "hanako.wako@mail.example.co.jp",
    "hanako+wako@example.com",
    "hanako @ example.jp",
    "hanako(at)example.jp",
    "hanako[at]example.jp",
    "hanakoあっとexample.jp",
    "HANAKO@EXAMPLE.JP",
    "h_1950@docomo.example.ne.jp",
    "hanakoアットexampleドットjp",
    "wako-hana@city.example.lg.jp",
)
NUMBERS = (
    "123456789012",
    "1234 5678 9012",
    "1234-5678-9012",
    "１２３４５６７８９０１２",
    "１２３４　５６７８　９０１２",
    "9876-5432-1098",
    "9876 54321098",
    "987654321098",
    "1111-2222-3333",
    "４４４４－５５５５－６６６６",
)
HEALTH = (
    "身体障害者手帳を持っています。",
    "療育手帳があります。",
    "うつ病で休んでいました。",
    "糖尿病なので、早く帰ります。",
    "てんかんの薬を飲んでいます。",
    "去年、がんの手術をしました。",
    "母が認知症と診断されました。",
    "発達障害があります。",
    "心臓病で、重い物は持てません。",
    "週に3回、透析に通っています。",
    "精神障がい者の手帳2級です。",
    "持病があり、通院中です。",
)
CLEAN = (
    "公園の木を10年切ってきました。",
    "2011年から、毎月第1土曜に見回りをしています。",
    "小学校で、1年生から6年生まで、30人に教えました。",
    "午前9時30分から11時45分まで、手伝えます。",
    "合唱を40年つづけ、125人の前で歌いました。",
    "会計を、平成12年から令和3年までしました。",
    "高さ3メートルまでの木を切れます。",
    "2026年3月7日の催しで、司会をしました。",
    "英語の検定は2級、点字は50ページ訳しました。",
    "人形劇を100回、見せてきました。",
    "認知症サポーターの講座で話しました。",
    "点訳と手話ができます。障がいのある人とスポーツをします。",
    "スマートフォンの使い方を、月に2回教えています。",
    "料理は50人分まで作れます。米は20キロ使います。",
    "車は8人乗りで、荷物も運べます。",
    "母子手帳の使い方を、外国の人に説明しました。",
    "防災訓練で、消火器を使って見せました。",
    "1つ500円の材料で、竹とんぼを作ります。",
)


def _filled(values, label, count):
    return [(around.format(value), label) for around, value in islice(product(AROUND, values), count)]


LABELLED = [
    *_filled(PHONES, Warned.PHONE, 80),
    *_filled(MAILS, Warned.MAIL, 60),
    *_filled(NUMBERS, Warned.NUMBER, 50),
    *((f"{before}{text}", Warned.HEALTH) for before in ("", "庭の手入れができます。") for text in HEALTH),
    *((f"{before}{text}", None) for before in ("", "はじめまして。", "できること：", "★") for text in CLEAN),
    *((f"{text}よろしくお願いします。", None) for text in CLEAN[:14]),
]
