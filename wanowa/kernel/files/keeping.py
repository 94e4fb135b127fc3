"""An inspected file becomes a row; a file whose row goes is deleted once that is certain."""

from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from wanowa.kernel.files.acceptance import Accepted


def keep_file[Row: Any](row: Row, accepted: Accepted) -> Row:
    """Fill in what a new row says of its file, and insert it. The bytes are durable before the row commits.

    The row has the columns `name`, `media_type`, `digest` and `file`.
    """
    row.name, row.media_type, row.digest = accepted.name, accepted.media_type, accepted.digest
    row.file.save(accepted.name, ContentFile(accepted.content), save=False)
    row.save(force_insert=True)
    return row


def drop_file(file: FieldFile) -> None:
    """Delete the bytes of a file when the transaction commits in which its row goes; no file, nothing to do.

    After a rollback they are still there; what a crash between commit and deletion leaves, `sweep` finds.
    """
    if file.name:
        transaction.on_commit(partial(file.storage.delete, file.name), robust=True)
