"""Opening what is sealed. Only `sight` (for others) and `own` (for herself) decide what may be opened."""

from collections.abc import Iterable

from wanowa.kernel import keyrings
from wanowa.talent.models import Profile
from wanowa.talent.rules import Field


def opened(profile: Profile, fields: Iterable[Field]) -> dict[Field, str]:
    """Return the values of the fields that hold something. No query; reads the person's key file.

    Raises Unopened when the key is gone.
    """
    sealed = {field: bytes(getattr(profile, field.value)) for field in fields}
    if not any(sealed.values()):
        return {}
    key = keyrings.fetch(profile.key)
    return {field: key.unseal(value, place=place(profile, field)) for field, value in sealed.items() if value}


def place(profile: Profile, field: Field) -> str:
    """Return what a sealed value is bound to: table, column and row."""
    return keyrings.place_of(Profile._meta.db_table, field.value, profile.pk)


def keys_in_use() -> set[str]:
    """Return the keys that close somebody's fields. Costs one query."""
    return set(Profile.objects.values_list("key", flat=True))
