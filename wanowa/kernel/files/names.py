"""The name of a file as people see it: kept as given, without what deceives or climbs out of its folder."""

import regex
from django.utils.translation import gettext_lazy as _

from wanowa.kernel.errors import Invalid
from wanowa.kernel.text import truncated

_UNSAFE = regex.compile(
    r'[\p{Cc}\p{Cs}\p{Cn}\p{Co}\p{Zl}\p{Zp}<>:"/\\|?*]|(?![\uFE00-\uFE0F\U000E0100-\U000E01EF])\p{Default_Ignorable_Code_Point}'
)
_PROGRAM = regex.compile(
    r"\.\s*(?:app|bat|cmd|com|cpl|exe|hta|jar|jse?|lnk|mht|msi|php|pif|ps1|py|scr|sh|[sx]?html?|svgz?|vb[es]|wsf|xml)\s*\.",
    regex.IGNORECASE,
)
_STEM_LIMIT = 100


def clean_name(given: str, *, extension: str) -> str:
    """Return the last part of `given`, at most 100 graphemes and the extension, safe to show and to download.

    Folders, `..`, control, direction and invisible characters are dropped; `extension` (`.pdf`) is the one
    that fits the content. Invalid when another extension in the name is that of a program (請求書.exe.pdf).
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    visible = _UNSAFE.sub("", last)
    if _PROGRAM.search(visible):
        raise Invalid(_("ファイルの名前に拡張子が2つあります。名前を変えてから、もう一度送ってください。"))
    stem = visible.rpartition(".")[0] if "." in visible else visible
    return truncated(stem.strip(". ") or "file", _STEM_LIMIT) + extension
