"""Every write is a service that says who acts and leaves an entry on the record."""

import importlib
import importlib.util
import inspect
import pkgutil

import pytest

from tests.architecture.sources import OURS, ROOT
from wanowa.record.verbs import known

WRITERS = [
    config
    for config in OURS
    if config.label != "record"
    and importlib.util.find_spec(f"{config.name}.services")  # record defines the guard
]


def _modules(config, room):
    module = importlib.import_module(f"{config.name}.{room}")
    yield module
    for found in pkgutil.walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
        yield importlib.import_module(found.name)


@pytest.mark.parametrize("config", WRITERS, ids=lambda c: c.label)
def test_every_service_takes_an_actor_and_leaves_a_record(config):
    for module in _modules(config, "services"):
        for name, service in inspect.getmembers(module, inspect.isfunction):
            if service.__module__ != module.__name__ or name.startswith(("_", "register_")):
                continue
            if getattr(service, "unrecorded", ""):
                continue
            assert getattr(service, "verbs", ()), f"{module.__name__}.{name} is not guarded by @records"
            by = inspect.signature(service).parameters.get("by")
            assert by is not None, f"{name} does not say who acts"
            assert by.kind is inspect.Parameter.KEYWORD_ONLY, f"{name} takes `by` by position"


@pytest.mark.parametrize("verb", known().values(), ids=lambda verb: verb.name)
def test_every_verb_is_named_after_its_app_and_reads_in_japanese(verb):
    assert verb.name.split(".")[0] in {config.label for config in OURS}
    assert any("\u3040" <= character <= "\u30ff" for character in str(verb.sentence)), "no Japanese sentence"


def test_the_contracts_on_imports_are_kept(capfd):
    from importlinter.cli import lint_imports  # noqa: PLC0415 - slow to import, needed once

    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capfd.readouterr().out
