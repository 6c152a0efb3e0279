"""The store of files: once per content, never changed, told by content, every loss found."""

import io
import json
import struct
import zipfile
import zlib

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from thongsuot.foundation.files import fixity, names
from thongsuot.foundation.files.downloads import send
from thongsuot.foundation.files.kinds import CSV, DOCX, JPEG, ODS, PDF, PNG, XLSX, kind_of
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import keep, open_file, path_of
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor

LAN = Actor(user=7, name="Trần Thị Lan")
A_PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def boxed(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, content in entries.items():
            box.writestr(name, content)
    return out.getvalue()


def a_png(width: int, height: int) -> bytes:
    body = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + body + struct.pack(">I", zlib.crc32(body))


def a_jpeg(width: int, height: int) -> bytes:
    frame = b"\x08" + struct.pack(">HH", height, width) + b"\x03" + b"\x00" * 9
    return (
        b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
        + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame + b"\xff\xd9"
    )  # fmt: skip


TAKEN = {
    "bien-ban.pdf": (A_PDF, PDF),
    "kiem-ke.xlsx": (boxed({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), XLSX),
    "to-trinh.docx": (boxed({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), DOCX),
    "bang.ods": (boxed({"mimetype": ODS.encode(), "content.xml": b"<x/>"}), ODS),
    "danh-sach.csv": ("\ufeffMã;Tên\nHĐ-1;Hồ sơ\n".encode(), CSV),
    "utf16.csv": ("Mã\tTên\nHĐ-1\tHồ sơ\n".encode("utf-16"), CSV),
    "tcvn3.csv": (b"M\xb7,T\xaan\nHS1,Ph\xad\xeang\n", CSV),
    "anh.png": (a_png(800, 600), PNG),
    "anh.JPG": (a_jpeg(800, 600), JPEG),
}

REFUSED = {
    "rong.pdf": (b"", "files.empty"),
    "khoang-trang.csv": (b" \r\n\t " * 100, "files.empty"),
    "chi-co-dau.csv": (b"\xef\xbb\xbf \r\n" * 1, "files.empty"),
    "a.pdf.exe": (b"MZ\x90\x00" + b"\x00" * 100, "files.executable"),
    "script.csv": (b"#!/bin/sh\nrm -rf /\n", "files.executable"),
    "eicar.csv": (
        b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
        "files.executable",
    ),
    "hinh.svg": (b"<svg xmlns='x'><script>1</script></svg>", "files.markup"),
    "trang.pdf": (b"<!DOCTYPE html><html></html>", "files.markup"),
    "trang.csv": ("\ufeff  <html>".encode(), "files.markup"),
    "lan.csv": (b"a,b\n<script>alert(1)</script>", "files.markup"),
    "utf16.html": ("<html><body>".encode("utf-16"), "files.markup"),
    "cu.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "files.old-or-locked"),
    "macro.xlsx": (
        boxed({"[Content_Types].xml": b"x", "xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}),
        "files.macros",
    ),
    "scan.zip": (boxed({"a.png": b"x", "../b.png": b"x"}), "files.not-accepted"),
    "cut.xlsx": (TAKEN["kiem-ke.xlsx"][0][:-30], "files.broken"),
    "cut.pdf": (b"%PDF-1.7\nnothing more", "files.broken"),
    "gif.gif": (b"GIF89a\x01\x00\x01\x00" + b"\x00" * 20, "files.not-accepted"),
    "bom.png": (a_png(50_000, 50_000), "files.too-many-pixels"),
    "bom.jpg": (a_jpeg(60_000, 60_000), "files.too-many-pixels"),
    "cut.jpg": (b"\xff\xd8\xff\xe0\x00\x10JF", "files.broken"),
    "ten-sai.pdf": (b"a,b\n1,2\n", "files.wrong-ending"),
    "ten-sai.xls": (TAKEN["kiem-ke.xlsx"][0], "files.wrong-ending"),
    "hop-le.pdf.exe": (A_PDF, "files.wrong-ending"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_known_by_its_content(name: str) -> None:
    content, media = TAKEN[name]
    stored = keep(content, name, by=LAN)
    assert (stored.media, stored.size, stored.by) == (media, len(content), 7)
    with open_file(stored) as kept:
        assert kept.read() == content


@pytest.mark.django_db
@pytest.mark.parametrize("name", REFUSED)
def test_what_may_harm_or_lies_about_itself_is_refused_and_leaves_nothing(
    name: str, settings
) -> None:
    content, code = REFUSED[name]
    with pytest.raises(Refused) as caught:
        keep(content, name, by=LAN)
    assert [p.code for p in caught.value.problems] == [code]
    assert not StoredFile.objects.exists()
    assert not [p for p in settings.FILES_ROOT.rglob("*") if p.is_file()]


@pytest.mark.django_db
def test_the_same_content_twice_is_one_file_under_two_names() -> None:
    first = keep(A_PDF, "lần một.pdf", by=LAN)
    second = keep(io.BytesIO(A_PDF), "lần hai.pdf", by=8)
    assert first.pk == second.pk
    assert second.first_name == "lần một.pdf"
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_a_kept_file_is_read_only_and_lies_under_its_hash() -> None:
    stored = keep(A_PDF, "a.pdf", by=LAN)
    path = path_of(stored.sha256)
    assert path.stat().st_mode & 0o222 == 0
    assert path.parent.name == stored.sha256[2:4]


@pytest.mark.django_db
def test_the_limit_is_noticed_while_reading(settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1024 * 1024

    class Endless:
        given = 0

        def read(self, size: int = -1, /) -> bytes:
            self.given += size
            assert self.given < 4 * settings.UPLOAD_MAX_BYTES
            return b"x" * size

    with pytest.raises(Refused) as caught:
        keep(Endless(), "dai.csv", by=LAN)
    assert caught.value.status == 413
    assert not [p for p in settings.FILES_ROOT.rglob("*") if p.is_file()]


@pytest.mark.django_db
def test_a_flipped_byte_a_lost_file_and_a_stray_one_are_each_named() -> None:
    flipped = keep(A_PDF, "lat.pdf", by=LAN)
    lost = keep(A_PDF + b"\n%%EOF", "mat.pdf", by=LAN)
    assert list(fixity.faults()) == []
    path = path_of(flipped.sha256)
    path.chmod(0o600)
    content = bytearray(path.read_bytes())
    content[9] ^= 1
    path.write_bytes(content)
    path_of(lost.sha256).unlink()
    stray = path_of("ab" * 32)
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    assert [(p.code, p.blocks) for p in fixity.faults()] == [
        ("files.changed", True),
        ("files.missing", True),
        ("files.untracked", False),
    ]


@pytest.mark.django_db
def test_the_command_fails_on_a_loss_and_says_so_to_programs() -> None:
    out = io.StringIO()
    stored = keep(A_PDF, "a.pdf", by=LAN)
    call_command("check_files", "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"ok": True, "faults": []}
    path_of(stored.sha256).unlink()
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check_files", "--json", stdout=out)
    assert json.loads(out.getvalue())["faults"][0]["code"] == "files.missing"


@pytest.mark.django_db
def test_a_row_about_a_file_never_changes() -> None:
    stored = keep(A_PDF, "a.pdf", by=LAN)
    with pytest.raises(DatabaseError), transaction.atomic():
        StoredFile.objects.filter(pk=stored.pk).update(first_name="khác.pdf")


@pytest.mark.django_db
def test_a_download_is_caged_and_carries_a_clean_name() -> None:
    stored = keep(A_PDF, "a.pdf", by=LAN)
    response = send(stored, "Biên bản\u202e 12/6\r\nX-Evil: 1")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment")
    assert ".pdf" in disposition
    assert "\n" not in disposition
    assert b"".join(response.streaming_content) == A_PDF
    response.close()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\lan\\kiểm kê.xlsx", "kiểm kê.xlsx"),
        ("hoa\u202efdp.exe", "hoafdp.exe"),
        ("CON.pdf", "_CON.pdf"),
        ("a\x00b.csv", "ab.csv"),
        ('b<i>:"ảnh"?.png', "b-i---ảnh--.png"),
        ("  . ", "tep"),
        ("tên. ", "tên"),
        ("dài" * 100 + ".xlsx", ("dài" * 100)[:145] + ".xlsx"),
    ],
)
def test_a_name_is_shown_without_what_harms(typed: str, shown: str) -> None:
    assert names.display_name(typed) == shown


def test_a_pdf_that_does_something_when_opened_is_marked() -> None:
    active = A_PDF.replace(b"<<>>", b"<</OpenAction<</S/JavaScript/JS(app.alert(1))>>/Encrypt 1>>")
    assert kind_of(io.BytesIO(active), len(active)).remarks == ("active", "encrypted")
