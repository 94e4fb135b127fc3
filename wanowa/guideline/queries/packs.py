"""The municipality pack of this city, read once from its folder."""

import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wanowa.guideline.rules import Pack, PackError, pack_of

PACKS = Path(__file__).resolve().parents[1] / "packs"


def pack() -> Pack:
    """Return the municipality pack chosen by WANOWA_PACK, read once. Costs no query.

    ImproperlyConfigured, with a sentence for the city's IT, when the pack is missing or not understood.
    """
    return _loaded(settings.PACK)


@cache
def _loaded(name: str) -> Pack:
    known = {folder.name: folder for folder in PACKS.iterdir() if folder.is_dir()}
    if name not in known:
        raise ImproperlyConfigured(
            f"WANOWA_PACK の「{name}」というパックはありません。使えるのは {'、'.join(sorted(known))} です。"
        )
    try:
        return pack_of(
            {
                file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
                for file in known[name].glob("*.toml")
            }
        )
    except (PackError, tomllib.TOMLDecodeError) as wrong:
        raise ImproperlyConfigured(f"パック「{name}」を読めません。{wrong}") from wrong
