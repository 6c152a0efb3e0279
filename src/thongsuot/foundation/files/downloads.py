"""Sending a kept file to a person who may have it."""

from django.http import FileResponse

from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.names import name_for
from thongsuot.foundation.files.store import open_file

CAGE = "sandbox; default-src 'none'"


def send(stored: StoredFile, name: str = "") -> FileResponse:
    """The content as a download, never shown inside the site and never kept by a cache.

    Whether the person may have it is the caller's question, asked before: the view of a room
    finds the row through its own scoped query and answers 404 otherwise.
    """
    response = FileResponse(
        open_file(stored),
        as_attachment=True,
        filename=name_for(name or stored.first_name, stored.media),
        content_type=stored.media,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = CAGE
    return response
