"""The `wanowa` command: our commands and Django's, and one plain sentence when something is not in order."""

import os
import sys


def main() -> None:
    """Run one command; without a word, tell which there are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError

    try:
        execute_from_command_line(_known(sys.argv))
    except (ImproperlyConfigured, OperationalError) as fault:
        if os.environ.get("WANOWA_TRACEBACK"):
            raise
        print(f"{fault}", file=sys.stderr)
        sys.exit(1)


def _known(words: list[str]) -> list[str]:
    """Return the words as Django knows them: `load-guideline` is the module load_guideline, also after `help`."""
    names = 3 if words[1:2] == ["help"] else 2
    return [
        word.replace("-", "_") if 0 < place < names and not word.startswith("-") else word
        for place, word in enumerate(words)
    ]
