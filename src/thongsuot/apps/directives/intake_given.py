"""What somebody brings to be read: a text pasted, a file, an e-mail with the files attached to it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from thongsuot.apps.directives.actions.documents import LONGEST
from thongsuot.apps.directives.intake_reading import (
    LARGEST,
    Unreadable,
    attachments_of,
    can_scan,
    read_bytes,
)
from thongsuot.foundation.files.names import display_name
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.forms import actor_in
from thongsuot.rules.kernel.problem import Problem

__all__ = ["Given", "given_in"]

KEPT_SORTS = ("pdf", "docx", "scan")


@dataclass(frozen=True, slots=True)
class Given:
    """A text that was pasted or stands in a file: its words, the id of the file kept, a scan to read."""

    name: str
    text: str
    file: int = 0
    scan: bool = False


def given_in(request: HttpRequest) -> list[Given]:
    """What was pasted or sent: one text, and for an e-mail each of its files that can be read.

    Raises Refused when nothing was given or the file itself gives no text.
    """
    pasted, sent = request.POST.get("text", ""), request.FILES.get("file")
    if sent is None:
        if not pasted.strip():
            raise Refused.because("intake.nothing-given")
        return [Given("", pasted.replace("\r\n", "\n"))]
    content, name = sent.read(LARGEST + 1), sent.name or "tep"
    first = _file(request, name, content)
    if request.POST.get("attached", "all") == "none":
        return [first]
    return [first, *_attached(request, name, content)]


def _attached(request: HttpRequest, name: str, content: bytes) -> list[Given]:
    """The files of an e-mail that can be read; the others are named to the person."""
    try:
        files = attachments_of(name, content)
    except Unreadable as unreadable:
        raise Refused([unreadable.problem]) from unreadable
    found: list[Given] = []
    left: list[str] = []
    for one in files:
        called = display_name(one.name)
        try:
            found.append(_file(request, called, one.content))
        except Refused:  # a picture, a program, a locked file: the e-mail is brought in without it
            left.append(called)
    if left:
        told = _("Không đọc được tệp đính kèm: %(names)s.") % {"names": "; ".join(left)}
        messages.warning(request, told)
    return found


def _file(request: HttpRequest, name: str, content: bytes) -> Given:
    """One file read, and kept when its look matters."""
    try:
        read = read_bytes(name, content, scan=False)
    except Unreadable as unreadable:
        raise Refused([unreadable.problem]) from unreadable
    if read.scanned and not can_scan():
        raise Refused.because("intake.no-scanner", name)
    if len(read.text) > LONGEST:
        raise Refused([Problem("intake.file-too-large", name, {"most": LONGEST})])
    file = keep(content, name, by=actor_in(request)).pk if read.sort in KEPT_SORTS else 0
    return Given(name, read.text.replace("\r\n", "\n"), file, read.scanned)
