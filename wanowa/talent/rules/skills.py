"""What people can do, as a small tree of terms: the pack writes them, this module reads and finds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wanowa.kernel.languages import named
from wanowa.kernel.text import search_key


@dataclass(frozen=True, slots=True)
class Skill:
    """One term: its stable key, its name, its name in やさしい日本語, its kind, other words for it, a wider term."""

    key: str
    label: str
    plain: str
    kind: str
    synonyms: tuple[str, ...] = ()
    parent: str = ""
    en: str = ""

    @property
    def told(self) -> str:
        """The name and what it means, to choose from; the English name says both."""
        return named(f"{self.label}（{self.plain}）", self.en)


@dataclass(frozen=True, slots=True)
class SkillKind:
    """A broad kind of things people can do."""

    key: str
    label: str
    en: str = ""

    @property
    def told(self) -> str:
        """The name in the reader's language."""
        return named(self.label, self.en)


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the city, coarse enough that nobody is found by it."""

    key: str
    label: str
    en: str = ""

    @property
    def told(self) -> str:
        """The name in the reader's language."""
        return named(self.label, self.en)


@dataclass(frozen=True)
class Skills:
    """Everything the pack says."""

    kinds: tuple[SkillKind, ...]
    blocks: tuple[Block, ...]
    skills: tuple[Skill, ...]
    by_key: Mapping[str, Skill] = field(default_factory=dict)

    def labels(self, keys: Any) -> list[str]:
        """Return the names of known keys, in the order of the pack."""
        wanted = set(keys)
        return [named(skill.label, skill.en) for skill in self.skills if skill.key in wanted]

    def kinds_of(self, keys: Any) -> frozenset[str]:
        """Return the kinds that known keys belong to."""
        return frozenset(self.by_key[key].kind for key in keys if key in self.by_key)

    def kind_label(self, key: str) -> str:
        """Return the name of a kind."""
        return next((kind.told for kind in self.kinds if kind.key == key), "")

    def block_label(self, key: str) -> str:
        """Return the name of a block."""
        return next((block.told for block in self.blocks if block.key == key), "")

    def matching(self, words: str) -> frozenset[str]:
        """Return the keys of terms whose names or synonyms hold every word, and of what lies below them."""
        wanted = [search_key(word) for word in words.split()]
        direct = {
            skill.key
            for skill in self.skills
            if all(
                any(
                    word in search_key(said) for said in (skill.label, skill.plain, skill.en, *skill.synonyms)
                )
                for word in wanted
            )
        }
        return frozenset(direct | {skill.key for skill in self.skills if skill.parent in direct})


def skills_of(table: Mapping[str, Any]) -> Skills:
    """Return what a pack's skills.toml says. ValueError, for the city's IT, when it contradicts itself."""
    kinds = tuple(SkillKind(**row) for row in table.get("kind", ()))
    blocks = tuple(Block(**row) for row in table.get("block", ()))
    skills = tuple(
        Skill(**{**row, "synonyms": tuple(one for one in row.get("synonyms", ()) if one)})
        for row in table.get("skill", ())
    )
    by_key = {skill.key: skill for skill in skills}
    known = {kind.key for kind in kinds}
    if len(by_key) < len(skills):
        raise ValueError("skills.toml に、同じ key が2回あります。どちらかを変えてください。")
    for skill in skills:
        if skill.kind not in known or (skill.parent and skill.parent not in by_key):
            raise ValueError(f"skills.toml の「{skill.key}」の kind か parent が、ほかにありません。")
    return Skills(kinds, blocks, skills, by_key)
