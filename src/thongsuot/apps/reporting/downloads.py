"""Files that are made while a person waits."""

import urllib.parse

from django.http import HttpResponse


def download(content: bytes, media: str, name: str) -> HttpResponse:
    """An answer that is saved as a file under that name, and kept by no cache."""
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{urllib.parse.quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
