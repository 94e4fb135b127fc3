"""Every write is a service that says who acts and leaves an entry on the record."""

import ast
import importlib
import importlib.util
import inspect
from pathlib import Path

import pytest

from tests.architecture.sources import OURS, ROOT
from wanowa.record.verbs import known

WRITERS = [
    config
    for config in OURS
    if config.label != "record"
    and importlib.util.find_spec(f"{config.name}.services")  # record defines the guard
]


def _doors(config):
    """Yield the services that others may call: a module's own, or what a folder hands out in its __init__."""
    module = importlib.import_module(f"{config.name}.services")
    for name, service in inspect.getmembers(module, inspect.isfunction):
        own = service.__module__ == module.__name__ or service.__module__.startswith(f"{module.__name__}.")
        if own and not name.startswith(("_", "register_")):
            yield name, service


@pytest.mark.parametrize("config", WRITERS, ids=lambda c: c.label)
def test_every_service_takes_an_actor_and_leaves_a_record(config):
    for name, service in _doors(config):
        if getattr(service, "unrecorded", ""):
            continue
        by = inspect.signature(service).parameters.get("by")
        assert by is not None, f"{name} does not say who acts"
        assert by.kind is inspect.Parameter.KEYWORD_ONLY, f"{name} takes `by` by position"
        assert getattr(service, "verbs", ()), f"{name} is not guarded by @records"


@pytest.mark.parametrize("verb", known().values(), ids=lambda verb: verb.name)
def test_every_verb_is_named_after_its_app_and_reads_in_japanese(verb):
    assert verb.name.split(".")[0] in {config.label for config in OURS}
    assert any("\u3040" <= character <= "\u30ff" for character in str(verb.sentence)), "no Japanese sentence"


def _kept_back():
    """Yield every value that a service keeps back: the name of the verb in the source, and the field."""
    for config in OURS:
        for path in Path(config.path).rglob("services*/*.py"):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "write":
                    for given in call.keywords:
                        if given.arg in {"personal", "published"}:
                            yield from _fields(config, call.args[0], given.value)


def _fields(config, verb, value):
    module = importlib.import_module(f"{config.name}.verbs")
    name = verb.attr if isinstance(verb, ast.Attribute) else verb.id
    for node in ast.walk(value):
        if isinstance(node, ast.Dict):
            yield from ((getattr(module, name), key.value) for key in node.keys)


@pytest.mark.parametrize(("verb", "field"), list(_kept_back()), ids=str)
def test_every_value_kept_back_has_a_name_and_an_owner(verb, field):
    """Else a page could not say what it is, and an erasure not whose."""
    assert field in verb.kept_back, f"say in {verb.name} what {field} is: kept_back"


def test_the_search_for_values_kept_back_finds_some():
    assert len(list(_kept_back())) >= 10


def test_the_contracts_on_imports_are_kept(capfd, monkeypatch):
    from importlinter.cli import lint_imports, logging_config  # noqa: PLC0415 - slow to import, needed once

    monkeypatch.setattr(logging_config, "dictConfig", lambda _told: None)  # it silences every logger of ours
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capfd.readouterr().out
