"""Writes the exact versions that everybody installs: `python -m config.pins` (or `just lock`).

`uv.lock` names download hosts, so it is not committed. What is: every version, indirect ones too, under
`[tool.uv] constraint-dependencies` in pyproject.toml, and the requirements*.lock with hashes for deployments.
"""

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT, LOCK = ROOT / "pyproject.toml", ROOT / "uv.lock"
DEPLOY = {"requirements.lock": (), "requirements-meaning.lock": ("--extra", "meaning")}
"""What deployments install: without extras, and with nearness of meaning."""
BLOCK = re.compile(r"\nconstraint-dependencies = \[\n(?:.*\n)*?\]\n")


def write() -> None:
    """Resolve anew without constraints, then pin what was found in both files. Needs the package index."""
    _constrain([])
    _uv("lock", "--upgrade", "--quiet")
    packages = tomllib.loads(LOCK.read_text(encoding="utf-8"))["package"]
    found = [(package["name"], package["version"]) for package in packages if "version" in package]
    names = [name for name, _ in found if name != "wanowa"]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise SystemExit(f"uv forks the lock for {', '.join(sorted(twice))}: bound these in pyproject.toml")
    _constrain([f"{name}=={version}" for name, version in sorted(found) if name != "wanowa"])
    _uv("lock", "--quiet")
    compile_for_deployment = (
        "pip compile pyproject.toml --universal --generate-hashes --no-header --no-annotate --quiet"
    )
    for name, extras in DEPLOY.items():
        _uv(
            *compile_for_deployment.split(),
            *extras,
            "--no-emit-index-url",
            "--no-emit-find-links",
            "--output-file",
            str(ROOT / name),
        )


def _constrain(pins: list[str]) -> None:
    text = PROJECT.read_text(encoding="utf-8")
    lines = "".join(f'    "{pin}",\n' for pin in pins)
    block = f"\nconstraint-dependencies = [\n{lines}]\n"
    PROJECT.write_text(BLOCK.sub(lambda _: block, text, count=1), encoding="utf-8")


def _uv(*arguments: str) -> None:
    subprocess.run(["uv", *arguments], cwd=ROOT, check=True)  # noqa: S603, S607 - the developer's own uv


if __name__ == "__main__":
    write()
