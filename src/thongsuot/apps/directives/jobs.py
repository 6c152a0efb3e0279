"""Scans read letter by letter, beside the pages."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives.actions.intake import put_scanned_text
from thongsuot.apps.directives.intake_reading import Unreadable, read_bytes
from thongsuot.apps.directives.models import Document
from thongsuot.foundation.files.store import open_file
from thongsuot.foundation.jobs.registry import Progress, job
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor

SYSTEM = Actor(user=0, name="Hệ thống")


@job("directives.read-scan", title=_("Đọc chữ trong bản quét"), repeatable=True, heavy=True)
def read_scan(progress: Progress, *, document: int) -> dict[str, object]:
    """Read the file of a document that has no text yet, and give the document its text."""
    found = Document.objects.select_related("file").get(pk=document)
    if found.file is None:
        raise Refused.because("intake.nothing-given")
    with open_file(found.file) as content:
        data = content.read()
    try:
        read = read_bytes(found.title[:80], data)
    except Unreadable as unreadable:
        raise Refused([unreadable.problem]) from unreadable
    act = Act(by=SYSTEM, key=f"read-scan/{progress.key}", at=progress.at)
    put_scanned_text(act, document_id=document, text=read.text)
    return {"url": reverse("directives:intake", args=[document])}
