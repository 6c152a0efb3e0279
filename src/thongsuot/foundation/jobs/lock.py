"""One worker process per SQLite file: a lock the system takes back when the process dies.

On SQLite a running job may hold the only write lock for minutes, so its sign of life cannot be
written meanwhile, and silence proves nothing. The lock of the operating system does: whoever holds
it knows that no other process works, and that every job still marked as running was interrupted.
On PostgreSQL the signs of life are written beside the job and this lock is not needed.
"""

import importlib
import os
from pathlib import Path
from typing import IO

from django.db import connection

_held: list[IO[bytes]] = []


def needed() -> bool:
    """Whether the database is one where only one process may work."""
    return connection.vendor == "sqlite"


def take() -> bool:
    """Take the lock for this process, until it ends. False when another process has it."""
    if _held:
        return True
    path = Path(f"{connection.settings_dict['NAME']}.jobs")
    file = path.open("ab")
    if os.name == "posix":
        fcntl = importlib.import_module("fcntl")  # not there on every system
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
    _held.append(file)
    return True
