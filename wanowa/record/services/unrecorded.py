"""The rare writers that leave no entry, each with its reason: housekeeping that is nobody's history."""

from collections.abc import Callable


def unrecorded[**P, R](reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a service that writes nothing worth recording; `reason` says why. Changes nothing at run time.

    Without this mark or `@records`, the architecture test refuses a service.
    """

    def mark(service: Callable[P, R]) -> Callable[P, R]:
        service.unrecorded = reason  # type: ignore[attr-defined]
        return service

    return mark
