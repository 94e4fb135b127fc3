"""Files of the portal as people really send them: the same groups in every encoding, and broken ones."""

import csv
import io

from stdnum.jp import cn

from wanowa.opendata import services
from wanowa.opendata.queries import Preview
from wanowa.opendata.rules import COLUMNS, FIELD_COLUMNS

TOWN = "埼玉県和光市広沢1番5号"
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8 with BOM": "utf-8-sig",
    "cp932": "cp932",
    "utf-16": "utf-16",
    "utf-16 BE with BOM": "utf-16-be",
    "utf-16 LE without BOM": "utf-16-le",
}
"""Six ways to write the same file."""


def number(place: int) -> str:
    """Return an invented 法人番号 with the right check digit."""
    digits = f"{300_000_000_000 + place:012d}"
    return cn.calc_check_digit(digits) + digits


def group(place: int, **other: str) -> dict[str, str]:
    """Return one invented group as the portal would list it; `other` replaces cells."""
    row = {
        "法人名称": f"特定非営利活動法人わこうの会{place}",
        "法人名称カナ": f"トクテイヒエイリカツドウホウジンワコウノカイ{place}",
        "所轄庁": "埼玉県",
        "主たる事務所の所在地": TOWN,
        "主たる事業所の郵便番号": "0351234",
        "代表者氏名": "見本 太郎",
        "設立年月日": f"20{10 + place % 10}/4/1",
        "定款に記載された目的": "この法人は、\nまちの水辺を守ることを目的とする。",
        FIELD_COLUMNS[place % 20]: "○",
        "法人番号": number(place),
    }
    return row | {name.replace("_", ""): value for name, value in other.items()}


def text_of(rows: list[dict[str, str]], header: tuple[str, ...] = COLUMNS, newline: str = "\r\n") -> str:
    """Return rows as the text of a file."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=newline)
    writer.writerow(header)
    writer.writerows([row.get(name, "") for name in header] for row in rows)
    return out.getvalue()


def file_of(rows: list[dict[str, str]], encoding: str = "utf-8", **how: object) -> bytes:
    """Return rows as a file."""
    text = text_of(rows, **how)
    if encoding == "utf-16-be":
        text = "\ufeff" + text
    return text.encode(encoding)


def bring(desk, *groups, **how):
    """Bring a file of groups as the desk."""
    return services.bring("gyousei.csv", file_of(list(groups)), by=desk, **how)


def take_in(desk, *groups, **how):
    """Bring, confirm and take in a file of groups as the desk."""
    one = bring(desk, *groups)
    begun = services.confirm(one, seen=Preview(one).seen, by=desk, **how)
    return services.take_in(begun, by=desk)
