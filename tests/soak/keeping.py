"""Keeps a file in the store of an office, as an upload does; prints 200, or what it was refused with."""

import hashlib
import os
import sys

from tests.soak.seeding import begin


def main() -> None:
    """Keep it, and see that it is there whole, or that nothing of it is."""
    begin()
    from django.db import Error, transaction  # noqa: PLC0415

    from thongsuot.foundation.files import store  # noqa: PLC0415
    from thongsuot.foundation.files.models import StoredFile  # noqa: PLC0415
    from thongsuot.foundation.ui.outage import status_of  # noqa: PLC0415

    content = b"%PDF-1.4\n" + os.urandom(200_000) + b"\n%%EOF\n"
    hashed = hashlib.sha256(content).hexdigest()
    try:
        with transaction.atomic():
            store.keep(content, "bien-ban.pdf", by=1)
        answer = 200
    except (OSError, Error) as error:
        answer = status_of(error)
    there = StoredFile.objects.filter(sha256=hashed).exists()
    whole = store.path_of(hashed).exists() and store.path_of(hashed).read_bytes() == content
    assert (answer == 200) == there, "a row without an acknowledgement, or the other way round"
    assert whole or not there, "a row without its content"
    sys.stdout.write(str(answer))


if __name__ == "__main__":
    main()
