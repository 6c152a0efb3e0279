"""An error that is not ours: the disk is full, or the database does not answer."""

import errno
from typing import Final

from django.db import InterfaceError, OperationalError

FULL: Final = 507
AWAY: Final = 503
NO_ROOM: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
SAYS_FULL: Final = ("disk is full", "no space left", "disk full", "disk i/o error")


def status_of(error: BaseException | None) -> int:
    """The status that tells what is wrong: 507 no room, 503 no database, else 500.

    SQLite says *disk I/O error* where a file may not grow.
    """
    if isinstance(error, OSError) and error.errno in NO_ROOM:
        return FULL
    if isinstance(error, OperationalError) and any(s in str(error).lower() for s in SAYS_FULL):
        return FULL
    return AWAY if isinstance(error, OperationalError | InterfaceError) else 500
