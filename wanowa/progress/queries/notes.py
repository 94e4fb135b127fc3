"""Notes on outcomes: which a reader may see, and their photos."""

from django.db.models import QuerySet

from wanowa.collaborations.models import Collaboration
from wanowa.kernel.rows import only
from wanowa.progress.models import Note


def notes_in(collaboration: Collaboration, *, inside: bool) -> QuerySet[Note]:
    """Return the notes a reader may see, newest day first, with who wrote them. Costs one query."""
    found = Note.objects.filter(collaboration=collaboration, withdrawn_at__isnull=True)
    if not inside:
        found = found.filter(public=True)
    return found.select_related("party").order_by("-on", "-id")


def note_in(collaboration: Collaboration, pk: int, *, inside: bool) -> Note | None:
    """Return one note that the reader may see. Costs one query."""
    return only(notes_in(collaboration, inside=inside).filter(pk=pk))


def note_locked(note: Note) -> Note:
    """Return the row, fresh and locked; the collaboration is locked before. Costs one query."""
    return Note.objects.select_for_update().get(pk=note.pk)
