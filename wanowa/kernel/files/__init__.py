"""Files people hand in: checked before they are accepted, on the disk before they are acknowledged."""

from wanowa.kernel.files.acceptance import RECORDINGS, Accepted, accept, accept_recording
from wanowa.kernel.files.keeping import drop_file, keep_file
from wanowa.kernel.files.names import clean_name
from wanowa.kernel.files.storage import DurableStorage

__all__ = [
    "RECORDINGS",
    "Accepted",
    "DurableStorage",
    "accept",
    "accept_recording",
    "clean_name",
    "drop_file",
    "keep_file",
]
