"""Documentation that fails when it falls behind: folders, words, commands, verbs, tables, decisions, links."""

import inspect
import io
import pkgutil
import re
import shlex
import struct
import tomllib
import unicodedata
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.management import call_command, load_command_class
from django.db.models import TextChoices

from tests.architecture.sources import OURS, ROOT, WANOWA, name, ours, tracked
from wanowa.cli.management import commands
from wanowa.cli.management.commands.map import lifecycles
from wanowa.guideline import rules as guideline
from wanowa.record.verbs import Fact, known

DOCS = ROOT / "docs"
PAGES = [path for path in tracked() if path.suffix == ".md"]
COMMANDS = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
CLAUSES = {
    "G-21",
    "G-22a",
    "G-22b",
    "G-22c",
    "G-22d",
    "G-22e",
    "G-22f",
    "G-23",
    "G-24",
    "G-25",
    "G-26",
    "G-31b",
    "G-32b",
    "G-33a",
    "G-33b",
    "G-33c",
    "G-33d",
    "G-3C",
    "G-41",
    "G-42a",
    "G-42g",
    "G-42h",
    "G-5",
}
"""The clauses of the guideline that are served, whole or in part."""
LARGEST_IMAGE = 200 * 1024


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row, the lines under headings left out."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not set(line) <= set("|-: ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def anchor(heading: str) -> str:
    """Return the address of a heading as GitHub makes it."""
    plain = re.sub(r"[`*]|\[([^\]]*)\]\([^)]*\)", r"\1", heading.strip().lower())
    kept = [c for c in plain if c in "-_ " or unicodedata.category(c)[0] in "LMN"]
    return "".join(kept).replace(" ", "-")


def prose(text: str) -> str:
    """Return the text without its blocks of code, where a # opens a comment and a bracket is no link."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


# Links


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page):
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = unquote(target).partition("#")
        found = (page.parent / path).resolve() if path else page
        if not found.exists():
            broken.append(target)
        elif fragment:
            headings = re.findall(r"^#+ (.+)$", prose(found.read_text(encoding="utf-8")), re.MULTILINE)
            if fragment not in {anchor(heading) for heading in headings}:
                broken.append(target)
    assert broken == []


def test_every_page_is_in_the_table_of_contents():
    contents = read("docs/README.md")
    listed = {
        (DOCS / target.partition("#")[0]).resolve() for target in re.findall(r"\]\(([^):]+)\)", contents)
    }
    pages = {path for path in PAGES if DOCS in path.parents and path != DOCS / "README.md"}
    assert pages - listed == set()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_path_that_a_page_names_exists(page):
    text = prose(page.read_text(encoding="utf-8"))
    named = re.findall(r"`((?:wanowa|config|tests|docs|benchmarks|\.ci)/[\w./-]+)`", text)
    named += re.findall(r"`((?:wanowa|config|tests)/[\w./-]+)::\w+`", text)
    assert [path for path in named if not (ROOT / path).exists()] == []


# Words


def glossary() -> list[list[str]]:
    return rows(read("docs/reference/glossary.md"))


def test_every_folder_is_in_the_glossary():
    folders = {config.label for config in OURS} | {path.parent.name for path in WANOWA.glob("*/__init__.py")}
    found = {cells[0].strip("`") for cells in glossary() if len(cells) == 3}
    assert folders - found == set()


def test_every_key_of_the_guideline_is_in_the_glossary_with_its_label():
    text = read("docs/reference/glossary.md")
    vocabularies = [
        value
        for value in vars(guideline).values()
        if inspect.isclass(value) and issubclass(value, TextChoices) and value is not TextChoices
    ]
    assert len(vocabularies) >= 8
    missing = [
        f"`{key}` {label}"
        for vocabulary in vocabularies
        for key, label in vocabulary.choices
        if f"`{key}` {label}" not in text
    ]
    assert missing == []


def test_the_key_words_of_the_journeys_are_in_the_glossary():
    words = (
        *("協働の取組", "主体", "合意", "同意する", "経過", "担当"),
        *("ふりかえり", "できること", "してほしいこと", "引き合わせ", "ひとこと提案"),
    )
    text = read("docs/reference/glossary.md")
    assert [word for word in words if word not in text] == []


def unsaid() -> list[str]:
    """Return the words that the glossary tells us not to say."""
    return [
        word
        for cells in glossary()
        if len(cells) == 4
        for word in cells[3].split("、")
        if word and word != "not"
    ]


def _says(word: str) -> re.Pattern[str]:
    """Match a word by itself: ログ, but not プログラム."""
    katakana = "ァ-ヶー"
    return re.compile(rf"(?<![{katakana}]){word}(?![{katakana}])" if re.search("[ァ-ヶ]", word) else word)


def test_no_page_says_a_word_that_the_glossary_avoids():
    assert len(unsaid()) > 20
    spoken = [path for path in ours(".html", ".txt") if "tests" not in path.parts]
    spoken += [path for path in ours(".py") if path.stem in ROOMS_THAT_SPEAK and "tests" not in path.parts]
    found = {
        f"{name(path)}: {word}"
        for path in spoken
        for word in unsaid()
        if _says(word).search(path.read_text(encoding="utf-8"))
    }
    assert found == set()


ROOMS_THAT_SPEAK = {"forms", "rules", "services", "verbs", "views", "models"}


def test_the_words_for_people_in_the_readme_follow_the_glossary():
    pages = ["README.md", *(name(path) for path in PAGES if {"tutorials", "how-to"} & set(path.parts))]
    found = {
        f"{page}: {word}" for page in pages for word in unsaid() if _says(word).search(prose(read(page)))
    }
    assert {entry for entry in found if not entry.endswith(("契約書", "ログ"))} == set()


# Commands


def test_every_command_of_ours_is_explained():
    explained = re.findall(r"^## `(\w+)`$", read("docs/reference/commands.md"), re.MULTILINE)
    assert sorted(explained) == COMMANDS


@pytest.mark.parametrize("command", [command for command in COMMANDS if command != "migrate"])
def test_every_option_of_a_command_is_explained(command):
    page = read("docs/reference/commands.md")
    section = page.split(f"## `{command}`\n", 1)[1].split("\n## ", 1)[0]
    parser = load_command_class("wanowa.cli", command).create_parser("wanowa", command)
    theirs = load_command_class("django.core", "check").create_parser("wanowa", "check")
    everywhere = {"--skip-checks"} | {
        option for action in theirs._actions for option in action.option_strings
    }
    options = {option for action in parser._actions for option in action.option_strings}
    own = {option for option in options - everywhere if option.startswith("--")}  # short ones beside them
    assert set(re.findall(r"^\| `(--[\w-]+)`", section, re.MULTILINE)) == own


def test_the_commands_of_the_readme_are_those_of_ci_and_of_the_project():
    words = [re.findall(r"^```sh\n(.*?)^```$", read(page), re.MULTILINE | re.DOTALL) for page in READMES]
    assert words[0] == words[1]
    assert [block.strip() for block in words[0]] == ["pip install uv && uv run wanowa demo", "uv run pytest"]
    assert "wanowa" in tomllib.loads(read("pyproject.toml"))["project"]["scripts"]
    assert "uv run pytest" in read(".ci/run")
    assert "demo" in COMMANDS


READMES = ("README.md", "README.en.md")


def test_the_words_of_just_that_pages_name_exist():
    words = set(re.findall(r"^(\w[\w-]*)(?: \*\w+)?:", read("justfile"), re.MULTILINE))
    named = {
        word
        for page in PAGES
        for word in re.findall(r"(?:`|uv run )just (\w+)", page.read_text(encoding="utf-8"))
    }
    assert named <= words


def test_the_wanowa_commands_that_pages_name_exist():
    django = {"help", "shell", "dbshell", "showmigrations", "check", "sendtestemail"}
    blocks = [
        block
        for page in PAGES
        for block in re.findall(r"^```sh\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    ]
    lines = [
        shlex.split(line, comments=True)
        for block in blocks
        for line in block.splitlines()
        if "<<" not in line
    ]
    named = {words[i + 1] for words in lines for i, word in enumerate(words[:-1]) if word.endswith("wanowa")}
    assert {word for word in named if re.fullmatch("[a-z]+", word)} <= {*COMMANDS, *django}


# Verbs, lifecycles, data


def rows_of_verbs() -> list[str]:
    """Return the rows of docs/reference/verbs.md, one a verb, sorted by name."""
    return [
        f"| `{verb.name}` | {verb.sentence} | {_facts(verb)} | {_readers(verb)} |"
        for _, verb in sorted(known().items())
        if ".tests." not in verb.name and not verb.name.startswith("record.test.")
    ]


def _readers(verb) -> str:
    return "★" if verb.milestone else "○" if verb.public else "－"


def _facts(verb) -> str:
    told = (
        f"{fact}: {kind.name if isinstance(kind, Fact) else kind.__name__}"
        for fact, kind in verb.facts.items()
    )
    return ", ".join(told) or "–"


def test_every_verb_is_listed_with_its_sentence_and_its_facts():
    listed = [line for line in read("docs/reference/verbs.md").splitlines() if line.startswith("| `")]
    missing = [row for row in rows_of_verbs() if row not in listed]
    assert missing == [], "add these rows to docs/reference/verbs.md"
    assert listed == rows_of_verbs(), "rows of verbs that are gone, or out of order"


def test_the_map_is_as_wanowa_map_draws_it():
    drawn = io.StringIO()
    call_command("map", stdout=drawn)
    assert read("docs/reference/map.md") == drawn.getvalue(), "draw it again: just map"


def test_a_lifecycle_in_a_page_is_that_of_the_rules():
    truth = {label: lifecycle.diagram() for label, lifecycle in lifecycles()}
    told = {
        label: diagram
        for page in PAGES
        for label, diagram in re.findall(
            r"<!-- lifecycle: ([\w.]+) -->\n```mermaid\n(.*?)\n```",
            page.read_text(encoding="utf-8"),
            re.DOTALL,
        )
    }
    assert "collaborations.LIFECYCLE" in told
    assert told == {label: truth.get(label) for label in told}


def test_every_table_of_ours_is_described():
    ours_alone = {
        model._meta.db_table for config in OURS for model in apps.get_app_config(config.label).get_models()
    }
    listed = {cells[0].strip("`") for cells in rows(read("docs/reference/data.md"))} - {"table"}
    assert listed == ours_alone


def test_every_constraint_and_trigger_of_ours_is_described():
    page = read("docs/reference/data.md")
    constraints = {
        constraint.name
        for config in OURS
        for model in apps.get_app_config(config.label).get_models()
        for constraint in model._meta.constraints
    }
    migrations = "\n".join(path.read_text(encoding="utf-8") for path in WANOWA.glob("*/migrations/*.py"))
    triggers = set(re.findall(r"CREATE (?:CONSTRAINT )?TRIGGER (\w+)", migrations))
    assert len(triggers) > 10
    assert {known_as for known_as in constraints | triggers if f"`{known_as}`" not in page} == set()


# The guideline, decisions, pictures


def test_every_clause_leads_to_code_and_to_a_test():
    table = {
        cells[0]: cells for cells in rows(read("docs/reference/guideline.md")) if cells[0].startswith("G-")
    }
    assert set(table) == CLAUSES
    for clause, cells in table.items():
        paths = re.findall(r"`([\w./-]+)(?:::(\w+))?`", " ".join(cells))
        assert any("test" in path for path, _ in paths), f"{clause} has no proof"
        for path, test in paths:
            assert (ROOT / path).exists(), f"{clause}: {path}"
            assert not test or f"def {test}(" in read(path), f"{clause}: {test}"


def test_every_decision_has_the_same_shape_and_a_number_of_its_own():
    pages = sorted((DOCS / "decisions").glob("*.md"))
    assert [path.name[:4] for path in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(path.name[:4])} · "), path.name
        parts = re.findall(r"^\*\*(Context|Decision|Consequences)\.\*\*", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Consequences"], path.name


def test_pictures_are_light_have_words_and_are_shown():
    pictures = {path for path in tracked() if path.parent == DOCS / "images"}
    shown = {
        ((page.parent / target).resolve(), words)
        for page in PAGES
        for words, target in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", page.read_text(encoding="utf-8"))
    }
    assert pictures == {path for path, _ in shown}
    assert all(words for _, words in shown)
    assert {name(path): path.stat().st_size for path in pictures if path.stat().st_size > LARGEST_IMAGE} == {}


def test_pictures_are_as_wide_as_their_name_says():
    for path in (DOCS / "images").glob("*.png"):
        (width,) = struct.unpack(">I", path.read_bytes()[16:20])
        assert path.stem.endswith(f"-{width}"), path.name
