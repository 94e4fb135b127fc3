"""Where a thing is filed, and everything that happened to it."""

from django.db.models import Model, QuerySet

from wanowa.record.models import Entry
from wanowa.record.verbs import known


def case_of(subject: Model) -> str:
    """Return the case under which `subject` is filed: "app.model/pk". ValueError before it is saved."""
    if subject.pk is None:
        raise ValueError(f"{subject!r} has no case before it is saved")
    return f"{subject._meta.label_lower}/{subject.pk}"


def history(subject: Model, *, public_only: bool = False) -> QuerySet[Entry]:
    """Return the steps of `subject`, oldest first; `public_only`: those all may read. Costs one query."""
    entries = Entry.objects.filter(case=case_of(subject)).order_by("number")
    if not public_only:
        return entries
    return entries.filter(verb__in=[verb.name for verb in known().values() if verb.public])


def highlights(subject: Model, *, public_only: bool = False) -> QuerySet[Entry]:
    """Return `history` without the quiet verbs, for where only the last few steps are told. Costs one query."""
    quiet = [verb.name for verb in known().values() if verb.quiet]
    return history(subject, public_only=public_only).exclude(verb__in=quiet)
