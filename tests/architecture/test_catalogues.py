"""The words of other languages: whole, with the same placeholders, and the same wherever they are said."""

import ast
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.utils.translation import to_language

from config.messages import APPS, catalogue, catalogues, collected, known, written
from wanowa.kernel.languages import FRAME

LANGUAGES = sorted({to_language(folder.name) for folder in APPS.glob("*/locale/*") if folder.is_dir()})
CATALOGUES = [(language, app, path) for language in LANGUAGES for app, path in catalogues(language).items()]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|<[^<>]+>")
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
QUOTED = re.compile(r"「[^」]*」|\([^()]*\)")
"""Names that stand in brackets as they are written in Japan."""


def faults(entry: polib.POEntry) -> list[str]:
    """Return what is wrong with a translation, in words."""
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    found = [] if all(text.strip() for text in texts) or not entry.msgid.strip() else ["empty"]
    if entry.fuzzy:
        found.append("fuzzy")
    wanted = Counter(PLACEHOLDER.findall(entry.msgid))
    if any(text and Counter(PLACEHOLDER.findall(text)) != wanted for text in texts):
        found.append("other placeholders")
    if any(JAPANESE.search(QUOTED.sub("", text)) for text in texts):
        found.append("still Japanese")
    return found


def apart(app: Path, path: Path) -> list[str]:
    """Return the words that the code says and the catalogue lacks, and those that nobody says any more."""
    there = {(entry.msgctxt, entry.msgid, entry.msgid_plural or "") for entry in polib.pofile(str(path))}
    said = set(collected(app))
    return [f"lacks {word}" for word in said - there] + [f"nobody says {word}" for word in there - said]


@pytest.mark.parametrize(
    ("language", "app", "path"), CATALOGUES, ids=lambda value: getattr(value, "name", value)
)
def test_a_catalogue_is_whole(language, app, path):
    assert apart(app, path) == [], f"run: just messages {language}"
    wrong = {entry.msgid: faults(entry) for entry in polib.pofile(str(path)) if faults(entry)}
    assert wrong == {}


def silent(language: str, apps: Path = APPS) -> list[str]:
    """Return the apps that have words, and none in this language."""
    without = (app for app in sorted(apps.iterdir()) if not catalogue(app, language).exists())
    return [app.name for app in without if app.is_dir() and collected(app)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_can_choose_a_language_finds_it_in_every_app(language):
    assert not catalogue(APPS / FRAME, language).exists() or silent(language) == []


def test_an_app_that_lacks_a_language_is_found(tmp_path):
    (tmp_path / "garden").mkdir()
    (tmp_path / "garden" / "rules.py").write_text("HEIGHT = 3\n")
    assert silent("en", tmp_path) == []
    (tmp_path / "garden" / "page.html").write_text('{% translate "花" %}')
    assert silent("en", tmp_path) == ["garden"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_of_several_apps_has_one_translation(language):
    """Django gives that of the first app installed: another one would never be read."""
    paths = list(catalogues(language).values())
    counts = known(paths)
    others = [
        (path.parts[-5], entry.msgid, entry.msgstr, counts[word].msgstr)
        for path in paths
        for entry in polib.pofile(str(path))
        if (word := (entry.msgctxt, entry.msgid, entry.msgid_plural)) in counts
        and entry.msgstr != counts[word].msgstr
    ]
    assert others == [], f"run: just messages {language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_catalogue_has_the_same_plain_header(language):
    plain = written([], language, {}).metadata
    for path in catalogues(language).values():
        file = polib.pofile(str(path))
        assert (file.header.strip(), dict(file.metadata)) == ("", plain), path


def test_a_missing_word_and_a_word_too_many_are_found(tmp_path):
    app = APPS / "web"
    words = collected(app)
    path = tmp_path / "django.po"
    written(words, "en", {}).save(str(path))
    assert apart(app, path) == []
    written([*words[1:], (None, "だれも言わない", "")], "en", {}).save(str(path))
    assert apart(app, path) == [f"lacks {words[0]}", f"nobody says {(None, 'だれも言わない', '')}"]


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("保存する", "", "empty"),
        ("%(count)s件", "%(number)s cases", "other placeholders"),
        ("<b>大切</b>", "important", "other placeholders"),
        ("100%%", "100", "other placeholders"),
        ("保存する", "保存", "still Japanese"),
    ],
)
def test_a_faulty_translation_is_found(text, translation, fault):
    assert fault in faults(polib.POEntry(msgid=text, msgstr=translation))


def test_a_guess_is_found_and_a_name_in_brackets_may_stay():
    assert faults(polib.POEntry(msgid="保存する", msgstr="Save", flags=["fuzzy"])) == ["fuzzy"]
    assert faults(polib.POEntry(msgid="懇話会", msgstr="citizens' advisory council (懇話会)")) == []


def test_words_are_collected_however_gettext_is_called(tmp_path):
    (tmp_path / "rules.py").write_text(
        "from django.utils.translation import gettext as say, pgettext_lazy\n"
        'A = say("ひとつ" "つづき")\nB = pgettext_lazy("日", "月")\n'
    )
    (tmp_path / "page.html").write_text(
        '<c-card title="{% translate "見出し（a）" %}">{% blocktranslate with n=n %}{{ n }}人{% endblocktranslate %}'
        '{% translate "月" context "日" %}</c-card>'
    )
    assert collected(tmp_path) == [
        (None, "見出し（a）", ""),
        (None, "%(n)s人", ""),
        ("日", "月", ""),
        (None, "ひとつつづき", ""),
    ]


def spoken_in(module: ast.Module, name: str) -> list[tuple[int, bool]]:
    """Return the line of each call of `name`, and whether it stands where Japanese is spoken."""
    inside = {
        id(node)
        for block in ast.walk(module)
        if isinstance(block, ast.With) and any(JAPANESE_BLOCK.search(ast.unparse(one)) for one in block.items)
        for node in ast.walk(block)
    }
    return [
        (node.lineno, id(node) in inside)
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


JAPANESE_BLOCK = re.compile(r"in_japanese\(\)|override\('ja'\)")


def test_every_paper_is_set_in_japanese_whoever_asks_for_it():
    found = {
        f"{path.relative_to(APPS)}:{line}": said
        for path in APPS.rglob("*.py")
        if "tests" not in path.parts
        for line, said in spoken_in(ast.parse(path.read_text()), "printed")
    }
    assert len(found) >= 5
    assert [place for place, said in found.items() if not said] == []


def test_a_paper_in_the_readers_language_is_found():
    module = ast.parse("with in_japanese():\n    printed(a)\nprinted(b)")
    assert spoken_in(module, "printed") == [(3, False), (2, True)]
