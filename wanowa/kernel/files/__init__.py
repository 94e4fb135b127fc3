"""Files people hand in: checked before they are accepted, on the disk before they are acknowledged."""

from wanowa.kernel.files.acceptance import Accepted, accept
from wanowa.kernel.files.names import clean_name
from wanowa.kernel.files.storage import DurableStorage

__all__ = ["Accepted", "DurableStorage", "accept", "clean_name"]
