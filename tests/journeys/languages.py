"""What a page says in another language, and which Japanese is left on it that nobody of the town wrote."""

import re
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext, override, pgettext
from playwright.sync_api import Page

from wanowa.guideline.queries import pack
from wanowa.people.rules import Language

JAPANESE = re.compile("[ぁ-ゖァ-ヺ一-鿿]")
TEXTS = """() => {
  const strange = node => {
    const at = node.closest("[lang]");
    return at && at !== document.documentElement && at.lang.startsWith("ja");
  };
  const found = [];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement;
    if (!at.closest("script, style") && !strange(at)) found.push(walk.currentNode.data);
  }
  const spoken = ["aria-label", "placeholder", "title", "alt", "data-label", "content"];
  for (const at of document.querySelectorAll(spoken.map(name => `[${name}]`).join())) {
    if (!strange(at)) found.push(...spoken.map(name => at.getAttribute(name) ?? ""));
  }
  return found.map(text => text.trim()).filter(Boolean);
}"""
"""Everything a page shows or says, but for what is marked as Japanese."""


def say(language: str, sentence: str, context: str = "") -> str:
    """Return a sentence of the interface in a language."""
    with override(language):
        return pgettext(context, sentence) if context else gettext(sentence)


def left_in_japanese(page: Page, words: Iterable[str]) -> list[str]:
    """Return the Japanese on a page that is neither among these words of people nor a name of the town."""
    known = sorted({*words, *_names()}, key=len, reverse=True)
    return [text for text in page.evaluate(TEXTS) if JAPANESE.search(_without(text, known))]


def _without(text: str, known: Iterable[str]) -> str:
    for one in known:
        text = text.replace(one, "")
    return text


def _names() -> set[str]:
    """Return how languages are called by those who speak them, and how the city and its desk are."""
    town = pack()
    languages = {*(name for _code, name in settings.LANGUAGES), *(str(one.label) for one in Language)}
    return languages | {town.city.name, town.desk.name, town.desk.nickname}
