"""The policy text itself: from the file that the city gives to sections with places, and back to the words.

Pure. What the city hands out is often text taken from a PDF, so this reads broken lines, headings that stand
after their text, tables and footnotes; whatever it cannot read without doubt is refused with a sentence.
"""

from wanowa.guideline.rules.text.comparing import Changed, Compared, compared
from wanowa.guideline.rules.text.decoding import PolicyError, decoded, letters
from wanowa.guideline.rules.text.paragraphs import Block, Shape
from wanowa.guideline.rules.text.places import Place, place_of
from wanowa.guideline.rules.text.reading import Outline, Passage, outline_of
from wanowa.guideline.rules.text.sealing import fingerprint, source_digest

__all__ = [
    "Block",
    "Changed",
    "Compared",
    "Outline",
    "Passage",
    "Place",
    "PolicyError",
    "Shape",
    "compared",
    "decoded",
    "fingerprint",
    "letters",
    "outline_of",
    "place_of",
    "source_digest",
]
