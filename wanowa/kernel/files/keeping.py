"""An inspected file becomes a row."""

from typing import Any

from django.core.files.base import ContentFile

from wanowa.kernel.files.acceptance import Accepted


def keep_file[Row: Any](row: Row, accepted: Accepted) -> Row:
    """Fill in what a new row says of its file, and insert it. The bytes are durable before the row commits.

    The row has the columns `name`, `media_type`, `digest` and `file`.
    """
    row.name, row.media_type, row.digest = accepted.name, accepted.media_type, accepted.digest
    row.file.save(accepted.name, ContentFile(accepted.content), save=False)
    row.save(force_insert=True)
    return row
