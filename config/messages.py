"""Collecting the words of an app into its catalogues: `just messages`. Tests compare with what is collected here.

Words are found where Django finds them when a page is made: calls of gettext, whatever they are called in a module,
and the tags of templates. A word that another app says too has one translation, that of the first app installed.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import polib
from django.conf import settings
from django.utils.translation import to_language, to_locale
from django.utils.translation.template import templatize

type Word = tuple[str | None, str, str]
"""Context, the Japanese text, and its plural (nothing in almost all)."""

APPS: Final = Path(__file__).resolve().parent.parent / "wanowa"
SHAPES: Final = {
    "gettext": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
    "npgettext": ("context", "text", "plural"),
}
"""What stands in the first places of each call."""
ENDINGS: Final = ("", "_lazy", "_noop")
CALL: Final = re.compile(r"\b(_|n?p?gettext)\(")
TEMPLATES: Final = {".html", ".txt"}
PLURALS: Final = {"en": "nplurals=2; plural=(n != 1);", "vi": "nplurals=1; plural=0;"}
"""How a language counts; others here know no plural either."""


def collected(app: Path) -> list[Word]:
    """Return the words of an app, each once, in the order of its files and lines."""
    found: dict[Word, None] = {}
    for path in sorted(path for path in app.rglob("*") if not {"tests", "migrations"} & set(path.parts)):
        if path.suffix == ".py":
            found |= dict.fromkeys(_of_module(ast.parse(path.read_text())))
        elif path.suffix in TEMPLATES:
            found |= dict.fromkeys(_of_template(path.read_text()))
    return list(found)


def _of_module(module: ast.Module) -> Iterator[Word]:
    names = {
        alias.asname or alias.name: alias.name
        for statement in ast.walk(module)
        if isinstance(statement, ast.ImportFrom) and statement.module == "django.utils.translation"
        for alias in statement.names
    }
    calls = (node for node in ast.walk(module) if isinstance(node, ast.Call))
    named = (call for call in calls if isinstance(call.func, ast.Name) and call.func.id in names)
    for call in sorted(named, key=lambda call: (call.lineno, call.col_offset)):
        yield from _said(names[call.func.id], call.args)  # type: ignore[attr-defined]


def _of_template(source: str) -> Iterator[Word]:
    """Yield the words of a template. Django writes its tags as calls among crossed-out text; each is read alone."""
    crossed = templatize(source)
    for call in CALL.finditer(crossed):
        function = "gettext" if call[1] == "_" else call[1]
        yield from _said(function, _arguments(crossed, call.end()))


def _arguments(text: str, start: int) -> list[ast.expr]:
    """Return the arguments of the call whose bracket opens before `start`: up to the first `)` that closes it."""
    end = text.find(")", start)
    while end >= 0:
        try:
            call = ast.parse(f"f({text[start : end + 1]}", mode="eval").body
        except SyntaxError:
            end = text.find(")", end + 1)
        else:
            return call.args if isinstance(call, ast.Call) else []
    return []


def _said(function: str, arguments: Iterable[ast.expr]) -> Iterator[Word]:
    shape = next((SHAPES[name] for name in SHAPES for end in ENDINGS if function == name + end), ())
    said = dict(zip(shape, arguments, strict=False))
    texts = {place: node.value for place, node in said.items() if isinstance(node, ast.Constant)}
    if "text" in texts:
        context, plural = texts.get("context"), texts.get("plural", "")
        yield None if context is None else str(context), str(texts["text"]), str(plural)


def catalogue(app: Path, language: str) -> Path:
    """Return where the words of an app lie in a language."""
    return app / "locale" / to_locale(language) / "LC_MESSAGES" / "django.po"


def catalogues(language: str) -> dict[Path, Path]:
    """Return apps that have a folder for the language and their catalogues, in the order in which Django asks."""
    names = [name.split(".")[1] for name in settings.INSTALLED_APPS if name.startswith("wanowa.")]
    apps = [APPS / name for name in dict.fromkeys(["kernel", "press", *names])]
    return {app: catalogue(app, language) for app in apps if catalogue(app, language).parent.parent.is_dir()}


def known(paths: Iterable[Path]) -> dict[Word, polib.POEntry]:
    """Return what is translated; of two translations the one that counts."""
    found: dict[Word, polib.POEntry] = {}
    for path in paths:
        for entry in polib.pofile(str(path)) if path.exists() else ():
            if entry.translated():
                found.setdefault((entry.msgctxt, entry.msgid, entry.msgid_plural), entry)
    return found


def written(words: Iterable[Word], language: str, translated: Mapping[Word, polib.POEntry]) -> polib.POFile:
    """Return the catalogue of `words`: translated where that is known, the others empty."""
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": "Wanowa",
        "Language": to_locale(language),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS.get(language, "nplurals=1; plural=0;"),
    }
    for context, text, plural in words:
        more: dict[str, Any] = {}
        found = translated.get((context, text, plural))
        if plural:
            more = {"msgid_plural": plural, "msgstr_plural": found.msgstr_plural if found else {0: "", 1: ""}}
        elif found:
            more = {"msgstr": found.msgstr}
        flags = ["python-format"] if "%(" in text else []
        file.append(polib.POEntry(msgctxt=context, msgid=text, flags=flags, **more))
    return file


def main(language: str) -> None:
    """Bring every catalogue of a language up to date, and say what waits for a translation."""
    files = catalogues(language)
    translated = known(files.values())
    for app, path in files.items():
        path.parent.mkdir(exist_ok=True)
        file = written(collected(app), language, translated)
        file.save(str(path))
        print(  # noqa: T201 - tells the developer
            f"{app.name}: {len(file)} 語、うち訳のないもの {len(file.untranslated_entries())}"
        )


if __name__ == "__main__":
    for language in sys.argv[1:] or sorted({folder.name for folder in APPS.glob("*/locale/*")}):
        main(to_language(language))
