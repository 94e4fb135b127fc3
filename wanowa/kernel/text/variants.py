"""Tables of characters that stand for each other: variant kanji for search, look-alikes for deception.

VARIANT_KANJI holds the pairs met in Japanese family, place and group names: old and new forms, and the
usual 異体字 such as 髙 and 﨑, chosen by hand. Characters that NFKC already folds, such as U+FA19 for 神,
need no row. For search only: 斎 and 斉 are different names, but whoever looks for one wants both.
"""

_VARIANTS = """
    亜亞 圧壓 栄榮 円圓 塩鹽 縁緣 応應 桜櫻 岡崗 温溫 会會 絵繪 壊壞 懐懷 学學 岳嶽 楽樂 関關 館舘
    巌巖 帰歸 吉𠮷 亀龜 旧舊 峡峽 橋槗𣘺 尭堯 区區 薫薰 群羣 恵惠 渓溪 経經 継繼 芸藝 剣劍 検檢 県縣
    顕顯 厳嚴 広廣 高髙 号號 国國 黒黑 斎斉齋齊 済濟 雑雜 崎﨑嵜 沢澤 桟棧 参參 産產 実實 収收 寿壽
    渋澁 従從 秋穐 舟舩 条條 将將 焼燒 緑綠 浄淨 真眞 声聲 静靜 瀬瀨 浅淺 銭錢 蔵藏 総總 巣巢 曽曾
    増增 桑桒 続續 団團 体體 対對 台臺 滝瀧 択擇 単單 虫蟲 昼晝 鎮鎭 逓遞 鉄鐵 点點 転轉 伝傳 島嶋嶌
    灯燈 当當 党黨 稲稻 徳德 独獨 読讀 豊豐 富冨 弐貳 売賣 麦麥 発發 浜濱濵 彦彥 桧檜 仏佛 辺邊邉
    弁辨瓣辯 宝寶 峰峯 万萬 満滿 弥彌 柳栁 薬藥 与與 余餘 予豫 来來 頼賴 竜龍 両兩 涼凉 凛凜 塁壘 礼禮
    齢齡 歴歷 恋戀 楼樓 録錄 渕淵渊 槙槇 遥遙 内內 横橫 歩步 鶴靏靍 鴎鷗 薗園 翠翆 禄祿 晋晉 戸戶 説說
    郷鄕 為爲 画畫 図圖 鉱鑛 戦戰 権權 観觀 労勞 営營 庁廳 蛍螢
"""

VARIANT_KANJI: dict[str, str] = {
    variant: family[0] for family in _VARIANTS.split() for variant in family[1:] if variant != family[0]
}
"""Each variant → the one that stands for its family in the search key."""

LOOKALIKES: dict[str, str] = {
    look: seen
    for seen, looks in {
        # Kanji read as katakana (the kana are folded to hiragana afterwards).
        "ロ": "口囗",
        "カ": "力",
        "エ": "工",
        "ニ": "二",
        "タ": "夕",
        "ト": "卜",
        "ハ": "八",
        "ミ": "三",
        "チ": "千",
        "オ": "才",
        "ヒ": "匕",
        # Strokes and rings.
        "一": "-‐ー―_ㅡ丨",
        "o": "0〇○◯⚪οσоօ",
        # Handakuten seen as dakuten: ぽ and ぼ.
        "\u3099": "\u309a",
        # Latin, from Greek, Cyrillic, and digits.
        "l": "1iIıι|іӏ",
        "a": "αаɑ",
        "b": "вƅ",
        "c": "сϲ",
        "e": "εеҽ",
        "h": "һн",
        "j": "ϳј",
        "k": "κк",
        "m": "мμ",
        "n": "ηпռ",
        "p": "ρр",
        "s": "ѕ",
        "t": "τт",
        "u": "υս",
        "v": "νѵ",
        "w": "ωшѡ",
        "x": "χх",
        "y": "γуү",
    }.items()
    for look in looks
}
"""Each look-alike → what a hurried reader takes it for. A pragmatic subset of UTS #39 for Japanese names."""
