"""The words that coordinators add: recorded, at once in use."""

from collections.abc import Sequence
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wanowa.kernel.actors import Actor
from wanowa.kernel.canonical import canonical
from wanowa.kernel.errors import Conflict, Forbidden, Invalid
from wanowa.kernel.text import search_key
from wanowa.record.services import records, write
from wanowa.search.models import Synonym, Unfound
from wanowa.search.queries import is_desk
from wanowa.search.verbs import ADDED, REMOVED

MOST = 12
"""Words of one group."""


@records(ADDED)
def add_synonyms(words: Sequence[str], *, by: Actor) -> Synonym:
    """Let words mean the same to the search. Forbidden for others than the desk, Conflict when they do already."""
    _require_desk(by)
    kept = list({search_key(word): word.strip() for word in words if word.strip()}.values())
    if not 2 <= len(kept) <= MOST:
        raise Invalid(
            _("ちがうことばを、2つから%(most)dこまで書いてください。1行に1つずつです。") % {"most": MOST}
        )
    try:
        with transaction.atomic():
            group = Synonym.objects.create(words=sorted(kept))
    except IntegrityError:
        raise Conflict(_("このことばの組は、もう加えてあります。一覧で確かめてください。")) from None
    Unfound.objects.filter(text__in=[search_key(word) for word in kept]).delete()
    write(ADDED, group, by=by, words=len(kept), fingerprint=_fingerprint(group.words))
    return group


@records(REMOVED)
def remove_synonyms(pk: int, *, by: Actor) -> Synonym:
    """Let words mean different things again. Conflict when somebody was faster."""
    _require_desk(by)
    group = Synonym.objects.select_for_update().filter(pk=pk, removed_at__isnull=True).first()
    if group is None:
        raise Conflict(_("このことばの組は、もう外れています。一覧で確かめてください。"))
    group.removed_at = timezone.now()
    group.save()
    write(REMOVED, group, by=by)
    return group


def _require_desk(by: Actor) -> None:
    if not is_desk(by.required_person):
        raise Forbidden(_("協働推進員だけができます。ことばの追加は、窓口に知らせてください。"))


def _fingerprint(words: Sequence[str]) -> str:
    return sha256(canonical(list(words))).hexdigest()
