"""``thongsuot extract``: every kind of file, and every file that is none."""

import io
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import docx
import pytest
import typst

from thongsuot.apps.directives.intake_reading import can_scan
from thongsuot.cli import main
from thongsuot.rules.directives.intake import KEYS

TEXT = (
    "Chủ tịch UBND tỉnh yêu cầu Sở Y tế khẩn trương rà soát kho thuốc, báo cáo UBND tỉnh trước ngày 20/6.\n\n"
    "Giao Sở Tài chính bố trí kinh phí mua sắm vật tư.\n"
)


def answered(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    assert main(["extract", *arguments, "--json"]) == 0
    told: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return told


def test_a_text_gives_a_list_with_exactly_the_keys_of_the_exchange_form(tmp_path, capsys) -> None:
    path = tmp_path / "ket-luan.txt"
    path.write_bytes("\ufeff".encode() + TEXT.replace("\n", "\r\n").encode())
    told = answered(capsys, str(path), "--date", "2025-05-14")
    assert [list(one) for one in told] == [list(KEYS)] * 2
    assert (told[0]["deadline"], told[0]["responsible"]) == ("2025-06-20", ["Sở Y tế"])
    whole = path.read_bytes().decode()
    assert [whole[one["start"] : one["end"]] for one in told] == [one["quote"] for one in told]


def test_a_person_reads_who_does_what_by_when(tmp_path, capsys) -> None:
    path = tmp_path / "ket-luan.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(path), "--date", "14/05/2025"]) == 0
    told = capsys.readouterr().out
    assert "2 chỉ đạo, đọc theo ngày 14/05/2025" in told
    assert "Chủ trì: Sở Y tế" in told
    assert "Hạn: 20/06/2025 («trước ngày 20/6»)" in told


def test_a_text_comes_from_standard_input_and_its_own_day_counts(capsys, monkeypatch) -> None:
    text = f"Sông Thao, ngày 2 tháng 3 năm 2024\n\n{TEXT}"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert [one["deadline"] for one in answered(capsys, "-")] == ["2024-06-20", None]


def test_a_word_file_gives_its_paragraphs_lists_and_tables(tmp_path, capsys) -> None:
    made = docx.Document()
    made.add_paragraph("Chủ tịch UBND tỉnh yêu cầu Sở Y tế thực hiện các nhiệm vụ sau:")
    made.add_paragraph("Rà soát kho thuốc trước ngày 20/6;", style="List Bullet")
    made.add_paragraph("Báo cáo UBND tỉnh hằng tuần.", style="List Bullet")
    made.add_table(rows=1, cols=2).rows[0].cells[0].text = "Phụ lục"
    made.save(tmp_path / "thong-bao.docx")
    told = answered(capsys, str(tmp_path / "thong-bao.docx"), "--date", "2025-05-14")
    assert [(one["responsible"], one["deadline"], one["recurrence"]) for one in told] == [
        (["Sở Y tế"], "2025-06-20", None),
        (["Sở Y tế"], None, "weekly"),
    ]


def _printed(form: str) -> bytes:
    """The text on a page, as a PDF or as a picture of it."""
    lines = TEXT.replace("\n", "\\ \n")
    source = f'#set page(width: 21cm, height: 12cm)\n#set text(font: "Be Vietnam Pro", size: 13pt)\n{lines}'
    fonts = Path(typst.__file__).parent
    shipped = next(Path("src").rglob("foundation/papers/fonts"), fonts)
    made = typst.compile(source.encode(), font_paths=[str(shipped)], format=form, ppi=200)
    assert isinstance(made, bytes)
    return made


def test_a_pdf_gives_the_text_of_its_pages(tmp_path, capsys) -> None:
    (tmp_path / "a.pdf").write_bytes(_printed("pdf"))
    told = answered(capsys, str(tmp_path / "a.pdf"), "--date", "2025-05-14")
    assert [one["responsible"] for one in told] == [["Sở Y tế"], ["Sở Tài chính"]]
    assert told[0]["deadline"] == "2025-06-20"


def test_a_picture_is_read_where_the_machine_can_and_refused_in_words_where_not(
    tmp_path, capsys, monkeypatch
) -> None:
    (tmp_path / "quet.png").write_bytes(_printed("png"))
    if can_scan():
        told = answered(capsys, str(tmp_path / "quet.png"), "--date", "2025-05-14")
        assert told[0]["deadline"] == "2025-06-20"
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["extract", str(tmp_path / "quet.png")]) == 2
    assert "Tesseract" in capsys.readouterr().err


def test_a_mail_gives_its_words_plain_or_as_a_page(tmp_path, capsys) -> None:
    path = tmp_path / "thu.eml"
    head = "From: a@example.vn\nSubject: =?utf-8?b?xJDDtG4gxJHhu5Fj?=\nMIME-Version: 1.0\n"
    path.write_bytes(f"{head}Content-Type: text/plain; charset=utf-8\n\n{TEXT}".encode())
    assert len(answered(capsys, str(path), "--date", "2025-05-14")) == 2
    page = "<style>p{}</style>" + "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
    path.write_bytes(f"{head}Content-Type: text/html; charset=utf-8\n\n{page}".encode())
    assert len(answered(capsys, str(path), "--date", "2025-05-14")) == 2


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.txt", b"", "file-without-text"),
        ("a.txt", b"\xff\xff\xff", "file-not-text"),
        ("a.exe", b"MZ\x00\x00", "file-not-text"),
        ("a.docx", b"PK\x03\x04 no archive", "file-damaged"),
        ("a.pdf", b"%PDF-1.7 no document", "file-damaged"),
    ],
)
def test_a_file_without_text_is_exit_code_two_with_its_reason(
    tmp_path, capsys, name: str, content: bytes, code: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert main(["extract", str(tmp_path / name), "--json"]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f"intake.{code}" in told.err


def test_a_path_that_is_not_there_is_exit_code_two(tmp_path, capsys) -> None:
    assert main(["extract", str(tmp_path / "khong-co.txt")]) == 2
    assert "không mở được" in capsys.readouterr().err


def reader(folder: Path, code: str) -> str:
    """A command that answers as another reader would; it gets the question on standard input."""
    program = folder / "reader.py"
    program.write_text(
        f"import json, sys\nasked = json.load(sys.stdin)\n{code}\n", encoding="utf-8"
    )
    return f"{sys.executable} {program}"


CLAIM = """
quote = "Phòng Y tế niêm yết danh mục thuốc"
lie = {"quote": "Sở Y tế nộp 5 tỷ đồng", "start": 0, "end": 9}
print(json.dumps([{"quote": quote, "responsible": ["Phòng Y tế"], "deadline": "2025-13-45"}, lie]))
"""


def test_another_reader_adds_what_holds_and_its_lies_are_told(tmp_path, capsys) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        f"{TEXT}\nPhụ lục kèm theo nêu Phòng Y tế niêm yết danh mục thuốc.", encoding="utf-8"
    )
    assert main(["extract", str(path), "--json", "--reader", reader(tmp_path, CLAIM)]) == 0
    told = capsys.readouterr()
    added = json.loads(told.out)[-1]
    assert (added["responsible"], added["deadline"]) == (["Phòng Y tế"], None)
    assert "intake.claim-not-in-text" in told.err
    assert "intake.claim-day-unknown" in told.err


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("print('no json')", "answer-not-json"),
        ("print('{}')", "answer-not-a-list"),
        ("sys.exit(3)", "reader-silent"),
    ],
)
def test_a_reader_that_fails_leaves_our_drafts_as_they_are(tmp_path, capsys, code, said) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(path), "--json", "--reader", reader(tmp_path, code)]) == 0
    told = capsys.readouterr()
    assert len(json.loads(told.out)) == 2
    assert f"intake.{said}" in told.err


class Answering(BaseHTTPRequestHandler):
    """A reader at an address: claims the sentence after ours, and one that is nowhere."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        at = asked["text"].index("Phụ lục")
        claim = {
            "quote": asked["text"][at : at + 20],
            "start": at,
            "end": at + 20,
            "responsible": ["Bộ Không có"],
        }
        answer = json.dumps({"directives": [claim, {"quote": "không có trong văn bản"}]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def test_a_reader_at_an_address_is_checked_alike(tmp_path, capsys) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{TEXT}\nPhụ lục: danh mục thuốc kèm theo.", encoding="utf-8")
    with HTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            url = f"http://127.0.0.1:{server.server_port}/"
            assert main(["extract", str(path), "--json", "--reader", url]) == 0
        finally:
            server.shutdown()
            thread.join()
    told = capsys.readouterr()
    assert json.loads(told.out)[-1]["responsible"] == []
    assert "claim-name-not-in-text" in told.err
    assert "claim-not-in-text" in told.err
    assert main(["extract", str(path), "--json", "--reader", url]) == 0
    assert "reader-silent" in capsys.readouterr().err
