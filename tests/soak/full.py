"""The disk is full: a small one of its own where mounting is allowed, else a limit on file sizes."""

import contextlib
import http.client
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from tests.soak.clients import OK, UNKNOWN, Crowd
from tests.soak.cluster import PATIENCE
from tests.soak.kills import judged
from tests.soak.office import Office


class Disk(Protocol):
    """What can be filled and emptied under a running office."""

    name: str

    def fill(self, here: Office) -> None:
        """No room any more."""

    def free(self, here: Office) -> None:
        """Room again."""


class Small:
    """A tmpfs of its own; filled by a file that is taken away again."""

    name = "a tmpfs of its own"

    def __init__(self, folder: Path) -> None:
        self.ballast = folder / "ballast"

    def fill(self, here: Office) -> None:
        """Write until there is no room for one byte."""
        with self.ballast.open("ab", buffering=0) as file, contextlib.suppress(OSError):
            for size in (1 << 20, 1 << 12, 1):
                with contextlib.suppress(OSError):
                    while file.write(bytes(size)):
                        pass

    def free(self, here: Office) -> None:
        """Take the file away."""
        self.ballast.unlink()


class Limit:
    """Where mounting is not allowed: no file of the server may be larger than one block."""

    name = "RLIMIT_FSIZE (mounting is not allowed here)"

    def fill(self, here: Office) -> None:
        """From now on."""
        self._set(here, 4096)

    def free(self, here: Office) -> None:
        """No longer."""
        self._set(here, resource.RLIM_INFINITY)

    def _set(self, here: Office, size: int) -> None:
        assert here.process is not None
        group = os.getpgid(here.process.pid)
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                pid = int(entry.name)
                if os.getpgid(pid) == group:
                    hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
                    resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


def room_for(database: Path) -> int:
    """Megabytes in which a database lives and grows a little: twice its size, and some."""
    return 64 + 2 * database.stat().st_size // (1 << 20)


@contextlib.contextmanager
def small_disk(folder: Path, megabytes: int = 128) -> Iterator[Disk]:
    """A folder with so much room, or the limit where that cannot be had."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
        check=False, capture_output=True,
    ).returncode == 0  # fmt: skip
    try:
        yield Small(folder) if mounted else Limit()
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)


def run(here: Office, disk: Disk, *, before: int = 8) -> dict[str, Any]:
    """Acts, no room, room again; what was said meanwhile, and the figures."""
    here.start()
    crowd = Crowd(here)
    crowd.begin()
    assert crowd.record.wait(OK, before, PATIENCE), crowd.record.odd[-3:]
    page = f"/ban-giao/{here.facts['transition']}/"
    assert here.get(page, signed_in=True)[0] == http.client.OK
    disk.fill(here)
    crowd.record.odd.clear()
    assert crowd.record.wait(UNKNOWN, 8, PATIENCE), "the disk did not fill"
    pages = [here.get(page, signed_in=True)[0] for _ in range(3)]
    said, upload = list(crowd.record.odd), _upload_without_room(here, disk)
    disk.free(here)
    resumed = crowd.record.wait(OK, before, PATIENCE)
    crowd.end()
    found = judged(here, crowd)
    return found | {
        "pages": pages, "said": said, "upload": upload, "resumed": resumed,
        "upload after": _upload(here, disk), "how": disk.name,
    }  # fmt: skip


def _upload_without_room(here: Office, disk: Disk) -> int:
    """The answer to a file when there is no room: what the office gave back meanwhile is filled."""
    for _ in range(10):
        disk.fill(here)
        answer = _upload(here, disk)
        if answer != http.client.OK:
            break
    return answer


def _upload(here: Office, disk: Disk) -> int:
    """The answer to a file kept in the store of the office; on a disk that can be full."""
    return int(here.run("tests.soak.keeping")) if isinstance(disk, Small) else 0
