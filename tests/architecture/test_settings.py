"""Every variable is explained where operators look, with the same words as in the code."""

import ast
import re

from tests.architecture.sources import ROOT


def _variables():
    tree = ast.parse((ROOT / "config/environment.py").read_text(encoding="utf-8"))
    (environment,) = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    fields = [node for node in environment.body if isinstance(node, ast.AnnAssign)]
    explained = [
        following.value.value
        for node, following in zip(environment.body, environment.body[1:], strict=False)
        if isinstance(node, ast.AnnAssign)
        and isinstance(following, ast.Expr)
        and isinstance(following.value, ast.Constant)
    ]
    assert len(fields) == len(explained), "a variable without an explanation"
    return {sentence.split(":", 1)[0] for sentence in explained}


def test_every_variable_stands_in_the_reference_and_no_other():
    reference = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## `([A-Z_]+)`$", reference, re.MULTILINE)) == _variables()


def test_only_environment_reads_the_environment():
    reading = re.compile(r"os\.(environ\b(?!\.setdefault)|getenv)")
    allowed = {
        "config/environment.py",
        "config/database/cluster.py",
        "config/database/embedded.py",
        "wanowa/cli/main.py",
        "wanowa/cli/supervisor.py",
    }
    found = {
        str(path.relative_to(ROOT))
        for folder in ("wanowa", "config")
        for path in (ROOT / folder).rglob("*.py")
        if "tests" not in path.parts and reading.search(path.read_text(encoding="utf-8"))
    }
    assert found <= allowed
