"""The groups of citizens go out, in the columns of the portal."""

from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.errors import Forbidden
from wanowa.opendata.queries import exported, file_of
from wanowa.opendata.rules import Encoding
from wanowa.opendata.verbs import EXPORTED
from wanowa.people.models import User
from wanowa.record.services import records, write


@records(EXPORTED)
def export(encoding: Encoding = Encoding.UTF8, *, by: Actor) -> tuple[bytes, dict[str, str]]:
    """Return the file, and the characters that the encoding could not hold with what stands instead.

    It holds names of representatives, as the portal publishes them: so it is for the desk, and on record.
    """
    person = User.objects.get(pk=by.required_person)
    if not (person.is_coordinator or person.is_staff):
        raise Forbidden(_("書き出しは、協働の窓口の人だけができます。窓口にご連絡ください。"))
    header, rows = exported()
    raw, lost = file_of(header, rows, encoding)
    write(EXPORTED, person, by=by, rows=len(rows))
    return raw, lost
