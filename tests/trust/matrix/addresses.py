"""Every address of the platform, walked from the URL resolver, so that none can be forgotten."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

ADMIN = "admin"
"""The namespace whose addresses Django makes by itself: one rule stands for all of them."""


@dataclass(frozen=True, slots=True)
class Address:
    """One address: the name under which it is reversed, the parameters in it, and what answers there."""

    name: str
    route: str
    parameters: tuple[str, ...]
    view: Callable[..., object]

    @property
    def row(self) -> str:
        """The row of policy.toml that speaks about it."""
        return "admin:*" if self.name.startswith(f"{ADMIN}:") else self.name


def addresses(patterns: Iterable[URLPattern | URLResolver] | None = None) -> list[Address]:
    """Return every address that the resolver answers, in its order; one without a name keeps its route."""
    return list(_walk(get_resolver().url_patterns if patterns is None else patterns, "", ""))


def _walk(patterns: Iterable[URLPattern | URLResolver], route: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _walk(pattern.url_patterns, path, inner)
        else:
            yield Address(
                space + (pattern.name or path),
                path,
                tuple(pattern.pattern.regex.groupindex),
                pattern.callback,
            )
