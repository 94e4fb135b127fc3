"""The newcomer's promise: every app has the same rooms, and every module says what it is."""

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import OURS, ROOT, name, ours, tracked

ROOMS = {
    "__init__",
    "admin",
    "apps",
    "forms",
    "models",
    "queries",
    "rules",
    "services",
    "tasks",
    "urls",
    "verbs",
    "views",
}
FOLDERS = {"locale", "management", "migrations", "packs", "static", "templates", "templatetags", "tests"}
FREE = {"kernel", "web", "cli"}
LONGEST = 400
PYTHON = [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


@pytest.mark.parametrize("config", [c for c in OURS if c.label not in FREE], ids=lambda c: c.label)
def test_an_app_has_no_room_that_others_lack(config):
    here = Path(config.path)
    assert {p.stem for p in here.glob("*.py")} <= ROOMS
    assert {p.name for p in here.iterdir() if p.is_dir() and p.name != "__pycache__"} <= FOLDERS | ROOMS


@pytest.mark.parametrize("config", OURS, ids=lambda c: c.label)
def test_the_label_the_folder_and_the_template_folder_are_one_word(config):
    here = Path(config.path)
    assert config.label == here.name
    allowed = (
        {here.name, "cotton", "allauth", "account", "mfa"}
        if config.label in {"web", "people"}
        else {here.name}
    )
    found = {p.name for kind in ("templates", "static") for p in (here / kind).glob("*/")}
    found -= {p.name for p in (here / "templates").glob("*.html")}
    assert found <= allowed


@pytest.mark.parametrize("module", PYTHON, ids=name)
def test_every_module_says_what_it_is(module):
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))), "no module docstring"


def test_no_file_is_too_long_to_read():
    kinds = {".py", ".html", ".css", ".js"}
    files = [path for path in tracked() if path.suffix in kinds and "migrations" not in path.parts]
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST} == {}


def _public_functions(tree):
    """Yield what other modules may call: functions and methods without a leading underscore."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public_functions(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


@pytest.mark.parametrize("module", [p for p in ours(".py") if "tests" not in p.parts], ids=name)
def test_every_public_function_explains_itself(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert [f.name for f in _public_functions(tree) if not ast.get_docstring(f)] == []


IMPURE = {
    "django.http",
    "django.shortcuts",
    "django.utils.timezone",
    "django.db",
    "django.db.transaction",
    "time",
}


@pytest.mark.parametrize("module", [p for p in ours(".py") if "rules" in {p.stem, *p.parts}], ids=name)
def test_rules_know_no_database_no_request_and_no_clock(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {
        alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert imported & IMPURE == set()
    assert called & {"now", "today", "localdate", "utcnow"} == set()


def test_no_folder_is_a_junk_drawer():
    forbidden = {"utils", "helpers", "common", "core", "misc", "util", "helper", "shared"}
    found = {
        name(path)
        for path in tracked()
        if path.suffix == ".py" and forbidden & {*path.parent.parts, path.stem}
    }
    assert {path for path in found if not forbidden & set(ROOT.parts)} == set()
