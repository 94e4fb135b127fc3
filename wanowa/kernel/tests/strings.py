"""A corpus of difficult strings (T40) that every field, page, mail, export and log must keep or refuse.

`SAMPLES` says for each string whether a single line and a body may hold it. What may be held must come back
byte for byte on every path; what may not must be refused with a sentence, never repaired, never a 500.
"""

from typing import NamedTuple


class Sample(NamedTuple):
    """One string and where it may be stored."""

    name: str
    text: str
    line: bool = True
    body: bool = True


def _kept(**texts: str) -> list[Sample]:
    return [Sample(name, text) for name, text in texts.items()]


def _body_only(**texts: str) -> list[Sample]:
    return [Sample(name, text, line=False) for name, text in texts.items()]


def _refused(**texts: str) -> list[Sample]:
    return [Sample(name, text, line=False, body=False) for name, text in texts.items()]


NAMES = _kept(
    plain="山田太郎",
    hashigo_taka="髙橋",
    tatsu_saki="山﨑",
    tsuchi_yoshi="𠮷田",
    kami_compatibility="\ufa19谷",
    kuro_compatibility="\ufa3a田",
    watanabe_ivs="渡邉\U000e0100",
    watanabe_two_ivs="渡邉\U000e0100邊\U000e0101",
    tsuji_ivs="辻\U000e0100",
    katsuragi_ivs="葛\U000e0100城",
    standardised_variation="﨑\ufe00",
    saito_four="斎藤 斉藤 齋藤 齊藤",
    sawa_old="澤田",
    hama_two="濱と濵",
    shimada_three="島田 嶋田 嶌田",
    supplementary_plane="𩸽と𠀋と𡈽",
    extension_g="\U00030000",
    small_tsu="ほっともっと",
    long_vowel="コーヒー",
    iteration_marks="佐々木 すゞき",
    old_kana="ゐゑヰヱ",
    katakana_phonetic="ㇰㇱㇲ",
    middle_dot="レオナルド・ダ・ヴィンチ",
    full_width_space="山田　太郎",
    hyphen_minus="サン-テグジュペリ",
    apostrophe="O'Neill",
    right_quote="O’Neill",
    umlaut="Jürgen Müller",
    decomposed="e\u0301cole",
    turkish_i="İstanbul ıssız",
    sharp_s="Weißstraße",
    long_name="寿限無寿限無五劫の擦り切れ" * 8,
)
COMPATIBILITY = _kept(
    half_width_kana="ｶﾞｷﾞｸﾞ",
    half_width_mixed="ﾃｽﾄﾃﾞｽ",
    decomposed_ga="か\u3099",
    decomposed_pa="は\u309a",
    composed_ga="が",
    era_heisei="㍻",
    era_reiwa="㋿",
    company="㈱わのわ",
    circled_one="①②⑳",
    roman_four="Ⅳ ⅳ",
    square_units="㍍㌔㎡",
    full_width_digits="１２３",
    full_width_latin="ＷＡＮＯＷＡ",
    full_width_at="ｗａｎｏｗａ＠ｅｘａｍｐｌｅ",
    wave_dash="10〜20",
    full_width_tilde="10～20",
    minus_sign="−5",
    full_width_minus="－5",
    em_dash="わ—の―わ",
    horizontal_bar="わ―わ",
    kanji_one="一丁目",
    yen_sign="¥100",
    full_width_yen="￥100",
    ligature="ﬁn",
    superscript="m²",
    fraction="½",
    ohm="Ω Ω",
    angstrom="Å Å",
    kelvin="K",
    parenthesised="（株）(株)",
    brackets="「」『』【】〔〕",
    punctuation="、。，．・：；？！",
    ideographic_zero="〇",
    half_width_corner="｢ﾃｽﾄ｣",
)
EMOJI = _kept(
    simple="🎉",
    heart="❤\ufe0f",
    text_heart="❤\ufe0e",
    keycap="1\ufe0f\u20e3",
    skin_tone="👍🏽",
    family="👨\u200d👩\u200d👧\u200d👦",
    kiss="👩🏻\u200d❤\ufe0f\u200d💋\u200d👨🏿",
    woman_technologist="👩\u200d💻",
    rainbow_flag="🏳\ufe0f\u200d🌈",
    flag_japan="🇯🇵",
    flags="🇻🇳🇨🇳🇰🇷",
    building="和光市🏛",
    new_emoji="🫠",
)
LANGUAGES = _kept(
    easy_japanese="ごみは、朝8時までに出してください。",
    easy_japanese_spaced="あした　公園で　花を　うえます。",
    ruby_marks="協働（きょうどう）",
    ruby_aozora="｜協働《きょうどう》",
    english="Let's work together — as equals.",
    chinese_simplified="让我们一起建设城市",
    chinese_traditional="讓我們一起建設城市",
    korean="함께 만드는 도시",
    korean_jamo="\u1112\u1161\u11ab",
    vietnamese="Cùng nhau xây dựng thành phố",
    vietnamese_decomposed="Vie\u0323\u0302t",
    tagalog="Magtulungan tayo para sa ating lungsod",
    portuguese="Construímos a cidade em conjunto",
    spanish="¿Trabajamos juntos? ¡Sí, mañana!",
    nepali="सँगै शहर बनाऔं",
    indonesian="Mari membangun kota bersama",
    thai="ร่วมกันสร้างเมือง",
    burmese="အတူတူ မြို့ကို တည်ဆောက်ကြစို့",
    khmer="សាងសង់ទីក្រុងជាមួយគ្នា",
    sinhala="අපි එක්ව නගරය ගොඩනඟමු",
    bengali="আসুন একসাথে শহর গড়ি",
    mongolian="Хамтдаа хотоо бүтээцгээе",
    russian="Построим город вместе",
    ukrainian="Збудуємо місто разом",
    arabic="لنبني المدينة معا",
    hebrew="נבנה את העיר יחד",
    persian_without_joiner="شهر را با هم بسازیم",
    urdu="آئیں مل کر شہر بنائیں",
    mixed_directions="和光市 مدينة Wako",
    greek="Μαζί για την πόλη",
)
HARMLESS_ATTACKS = _kept(
    script="'\"><script>alert(1)</script>",
    image_onerror="<img src=x onerror=alert(1)>",
    svg="<svg/onload=alert(1)>",
    javascript_link="javascript:alert(1)",
    template="{{7*7}}",
    template_tag="{% load static %}",
    format_string="%s%n {0} {person}",
    dollar="${7*7}",
    header_injection="%0d%0aBcc:victim@example.invalid",
    sql="'; DROP TABLE people;--",
    like_wildcards="%_\\",
    formula="=1+1",
    formula_full_width="＝1+1",
    formula_plus="+81312345678",
    formula_minus="-2+3",
    formula_at="@SUM(A1)",
    formula_command="=cmd|' /C calc'!A0",
    formula_hyperlink='=HYPERLINK("https://example.invalid")',
    csv_quotes='"a","b"',
    csv_semicolon="a;b;c",
    path="../../etc/passwd",
    windows_path="..\\..\\windows",
    markdown="**「重要」**です [x](javascript:1)",
    typst="#let x = 1; $x^2$",
    latex="\\input{/etc/passwd}",
    xml_entity="&lt;&amp;&#x41;",
    json='{"a": null}',
    log4j="${jndi:ldap://example.invalid}",
    url_encoded="%E5%92%8C%E5%85%89",
    percent_null="%00",
    backslashes="\\n\\t\\0",
    null_word="null",
    none_word="None",
    nan_word="NaN",
    true_word="TRUE",
    leading_zeros="00112291",
    long_number="12345678901234567890",
    scientific="1E5",
    date_like="1-2",
    some_marks="Z\u0301\u0302\u0303a\u0323l\u0324go",
    replacement="\ufffd",
    only_spaces="   ",
    edge_spaces=" 前後 ",
    megabyte="わ" * 349_526,
)
BODIES = _body_only(
    newline="一行目\n二行目",
    crlf="一行目\r\n二行目",
    tab="列1\t列2",
    header_newline="件名\nBcc: victim@example.invalid",
    right_to_left_mark="عربي\u200f!",
    left_to_right_mark="עברית\u200e!",
    arabic_letter_mark="\u061cعربي",
    isolate="和光 \u2067עברית\u2069 です",
    first_strong_isolate="\u2068abc\u2069",
    formula_after_newline="ふつう\n=1+1",
)
REFUSED = _refused(
    nul="a\x00b",
    bell="a\x07b",
    backspace="a\x08b",
    escape="a\x1b[31mb",
    delete="a\x7fb",
    lone_carriage_return="a\rb",
    form_feed="a\x0cb",
    vertical_tab="a\x0bb",
    c1_control="a\x85b",
    line_separator="a\u2028b",
    paragraph_separator="a\u2029b",
    right_to_left_override="請求書\u202efdp.exe",
    left_to_right_override="a\u202db",
    embedding="a\u202bb\u202c",
    zero_width_space="公\u200b式",
    zero_width_non_joiner="公\u200c式",
    joiner_between_letters="公\u200d式",
    joiner_after_emoji="🎉\u200d式",
    joiner_alone="\u200d",
    word_joiner="公\u2060式",
    byte_order_mark="\ufeff公式",
    soft_hyphen="公\u00ad式",
    combining_grapheme_joiner="公\u034f式",
    hangul_filler="\u3164",
    half_width_hangul_filler="\uffa0",
    invisible_times="a\u2062b",
    deprecated_format="a\u206ab",
    interlinear_anchor="\ufff9協働\ufffaきょうどう\ufffb",
    tag_characters="a\U000e0061\U000e0062",
    tag_flag="🏴\U000e0067\U000e0062\U000e007f",
    noncharacter_fffe="a\ufffeb",
    noncharacter_ffff="a\uffffb",
    noncharacter_fdd0="a\ufdd0b",
    last_noncharacter="\U0010ffff",
    unassigned="a\u0378b",
    high_surrogate="a\ud842b",
    low_surrogate="a\udfb7b",
    zalgo="Z" + "\u0301\u0302\u0303\u0323" * 30,
    endless_emoji="\u200d".join("👩" * 40),
)
PRIVATE_USE = _refused(
    private_use_first="外字\ue000",
    private_use_last="外字\uf8ff",
    private_use_plane="外字\U000f0000",
)
"""Refused in ordinary lines and bodies, kept in the names of persons and parties."""

SAMPLES = [
    *NAMES,
    *COMPATIBILITY,
    *EMOJI,
    *LANGUAGES,
    *HARMLESS_ATTACKS,
    *BODIES,
    *REFUSED,
    *PRIVATE_USE,
]
LINES = [sample for sample in SAMPLES if sample.line]
"""What a single line must keep byte for byte."""
TEXTS = [sample for sample in SAMPLES if sample.body]
"""What a body must keep byte for byte (CR LF as the line break it stands for)."""
