"""Everybody installs the same versions: what is pinned, what deployments install and what runs here agree."""

import re
import tomllib
from importlib.metadata import distributions

import pytest

from tests.architecture.sources import ROOT


def _name(text: str) -> str:
    return re.sub(r"[-_.]+", "-", text).lower()


def _pins() -> dict[str, str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pins = [pin.split("==") for pin in project["tool"]["uv"]["constraint-dependencies"]]
    assert all(len(pin) == 2 for pin in pins), "a pin is not exact"
    return {_name(name): version for name, version in pins}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-meaning.lock"])
def test_what_deployments_install_is_what_is_pinned(name):
    lock = (ROOT / name).read_text(encoding="utf-8")
    deployed = dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", lock, re.MULTILINE))
    assert deployed
    pins = _pins()
    assert {name: pins.get(_name(name)) for name in deployed} == deployed
    assert "--hash=sha256:" in lock
    assert "://" not in lock


def test_what_is_installed_here_is_what_is_pinned():
    installed = {_name(found.metadata["Name"]): found.version for found in distributions()}
    installed.pop("wanowa")
    pins = _pins()
    assert {name: pins.get(name) for name in installed} == installed


def test_every_direct_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {_name(re.match(r"[A-Za-z0-9_.-]+", text).group()) for text in wanted}
    assert names <= set(_pins())


def test_every_direct_dependency_is_deployed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    deployed = {
        _name(found) for found in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==", lock, re.MULTILINE)
    }
    wanted = {
        _name(re.match(r"[A-Za-z0-9_.-]+", text).group()) for text in project["project"]["dependencies"]
    }
    assert wanted - deployed == set()
