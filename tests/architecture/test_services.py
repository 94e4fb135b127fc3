"""Every write is a service that says who acts and leaves an entry on the record."""

import importlib
import importlib.util
import inspect

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


def test_the_contracts_on_imports_are_kept(capfd):
    from importlinter.cli import lint_imports  # noqa: PLC0415 - slow to import, needed once

    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert code == 0, capfd.readouterr().out
