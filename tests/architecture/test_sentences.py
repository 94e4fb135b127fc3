"""Sentences in templates: two that stand side by side are one text, or other languages run them together."""

import re

import pytest

from config.messages import APPS

SPOKEN = sorted(folder.parent for folder in APPS.glob("*/locale"))
JOINED = re.compile(
    r'。(?:" %\}|\{% endblocktranslate %\})(?:\{% (?:if|for|endif|endfor)[^%]*%\})*'
    r"\{% (?:translate|blocktranslate|when)[^%]*%\}[^{]{0,20}"
)
"""Also across what is shown only sometimes: every text could be there. What `else` parts is never side by side."""


@pytest.mark.parametrize("app", SPOKEN, ids=lambda app: app.name)
def test_sentences_side_by_side_are_one_text(app):
    """Japanese needs no space after 。; where a tag ends, no translation can add one."""
    found = {
        (path.name, joined[0])
        for path in app.rglob("templates/**/*.html")
        for joined in JOINED.finditer(path.read_text())
    }
    assert found == set()


def test_sentences_that_run_together_are_found():
    assert JOINED.search('{% translate "保存しました。" %}{% translate "つづけられます。" %}')
    assert JOINED.search(
        "{% blocktranslate %}{{ n }}件です。{% endblocktranslate %}{% blocktranslate %}つぎ。"
    )
    assert JOINED.search('{% translate "受けました。" %}{% endif %}{% when at %}')
    assert JOINED.search('{% translate "はい。" %}{% endif %}{% if n %}{% blocktranslate %}{{ n }}件。')
    assert not JOINED.search(
        '{% if a %}{% translate "はい。" %}{% else %}{% translate "いいえ。" %}{% endif %}'
    )
    assert not JOINED.search('<p>{% translate "保存しました。" %}</p><p>{% translate "つづけられます。" %}')
