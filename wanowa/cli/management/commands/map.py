"""`wanowa map`: the house on one page of Markdown: folders, what can happen and who writes it, lifecycles."""

import ast
import importlib
import importlib.util
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import AppConfig, apps
from django.core.management.base import BaseCommand

from wanowa.kernel.lifecycles import Lifecycle
from wanowa.record.verbs import Verb, known


class Command(BaseCommand):
    """Print the map; it is read from the code, so it cannot be out of date."""

    help = "家の間取り図（フォルダ・できごとと書き手・状態の移り変わり）を Markdown で書き出します。"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Write Markdown to standard output."""
        self.stdout.write("# わのわの間取り\n\n## フォルダ\n\n| フォルダ | 何のためか |\n|---|---|")
        for folder, sentence in folders():
            self.stdout.write(f"| `{folder}` | {sentence} |")
        self.stdout.write(
            "\n## できごと → 書き手 → 公開\n\n| できごと | 文 | 書き手 | 公開 |\n|---|---|---|---|"
        )
        for verb, writers in sorted(writers_of_verbs().items(), key=lambda item: item[0].name):
            shown = "○" if verb.public else "－"
            self.stdout.write(f"| `{verb.name}` | {verb.sentence} | {'、'.join(writers) or '－'} | {shown} |")
        self.stdout.write("\n## 状態の移り変わり")
        for name, lifecycle in lifecycles():
            self.stdout.write(f"\n### `{name}`\n\n```mermaid\n{lifecycle.diagram()}\n```")


def folders() -> Iterator[tuple[str, str]]:
    """Yield every package directly under wanowa/ with the first line of its docstring, sorted by name."""
    root = Path(importlib.import_module("wanowa").__path__[0])
    for module in sorted(root.glob("*/__init__.py")):
        docstring = ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or ""
        yield f"wanowa/{module.parent.name}/", docstring.split("\n", 1)[0]


def writers_of_verbs() -> dict[Verb, list[str]]:
    """Return every verb with the services that may write it (their `@records` says so)."""
    writers: dict[str, list[str]] = {name: [] for name in known()}
    for config in _ours():
        for module in _modules(config, "services"):
            for name, service in inspect.getmembers(module, inspect.isfunction):
                for verb in getattr(service, "verbs", ()) if service.__module__ == module.__name__ else ():
                    writers.setdefault(verb.name, []).append(f"`{config.label}.{name}`")
    return {verb: sorted(writers[name]) for name, verb in known().items()}


def lifecycles() -> Iterator[tuple[str, Lifecycle[Any, Any]]]:
    """Yield every lifecycle in the rules of the apps, as `app.NAME`."""
    seen: set[int] = set()
    for config in _ours():
        for module in _modules(config, "rules"):
            for name, value in vars(module).items():
                if isinstance(value, Lifecycle) and id(value) not in seen:
                    seen.add(id(value))
                    yield f"{config.label}.{name}", value


def _ours() -> list[AppConfig]:
    return [config for config in apps.get_app_configs() if config.name.startswith("wanowa.")]


def _modules(config: AppConfig, room: str) -> Iterator[ModuleType]:
    """Yield a room of an app: one module, or a folder's own and all in it."""
    name = f"{config.name}.{room}"
    if importlib.util.find_spec(name) is None:
        return
    module = importlib.import_module(name)
    yield module
    for found in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{name}."):
        yield importlib.import_module(found.name)
