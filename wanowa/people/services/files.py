"""What a crash leaves between file and row: a file that belongs to nobody goes, a row without its file is told."""

import structlog

from wanowa.kernel.files.sweeping import TooMany, missing, strays
from wanowa.record.services.unrecorded import unrecorded

log = structlog.get_logger("wanowa.people")


@unrecorded("a file that no row names is nobody's history")
def sweep_files() -> int:
    """Delete the files that no row names; return how many. Tell the program's own log of rows without their file.

    Costs two queries for each column of files, and a look at the disk for each file.
    """
    for one in missing():
        log.error("file_missing", table=one.table, row=one.key, file=one.name)
    try:
        found = strays()
    except TooMany as fault:
        log.error("files_of_another_database", seen=str(fault))  # noqa: TRY400 - nothing in the trace helps
        return 0
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)
