"""What the architecture tests read: the files that git tracks, and the apps of ours."""

import subprocess
from functools import cache
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[2]
WANOWA = ROOT / "wanowa"
OURS = [config for config in apps.get_app_configs() if config.name.startswith("wanowa.")]


@cache
def tracked() -> list[Path]:
    """Return every file that is committed or about to be (nothing that git ignores)."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return sorted(path for name in listed.split("\0") if name and (path := ROOT / name).is_file())


def ours(*suffixes: str) -> list[Path]:
    """Return the tracked files under wanowa/ and config/ with one of `suffixes`, migrations left out."""
    return [
        path
        for path in tracked()
        if path.suffix in suffixes
        and path.relative_to(ROOT).parts[0] in {"wanowa", "config"}
        and "migrations" not in path.parts
    ]


def name(path: Path) -> str:
    """Return a path as people say it."""
    return str(path.relative_to(ROOT))
