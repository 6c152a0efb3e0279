"""Whether every kept content is still what it was: changed, missing, untracked."""

import hashlib
from collections.abc import Iterator

from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import BLOCK, all_on_disk, path_of
from thongsuot.rules.kernel.problem import Problem


def faults() -> Iterator[Problem]:
    """What is wrong between the rows and the disk, in the order of the rows.

    ``files.changed`` and ``files.missing`` block; ``files.untracked`` only warns: it is what an
    upload leaves behind whose transaction was taken back.
    """
    known: set[str] = set()
    for row in StoredFile.objects.order_by("id").iterator(chunk_size=500):
        known.add(row.sha256)
        path = path_of(row.sha256)
        if not path.exists():
            yield Problem("files.missing", row.first_name, {"hash": row.sha256[:12]})
        elif _hash_of(row.sha256) != row.sha256:
            yield Problem("files.changed", row.first_name, {"hash": row.sha256[:12]})
    for sha256 in all_on_disk():
        if sha256 not in known:
            yield Problem("files.untracked", sha256[:12], blocks=False)


def _hash_of(sha256: str) -> str:
    digest = hashlib.sha256()
    with path_of(sha256).open("rb") as content:
        while block := content.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
