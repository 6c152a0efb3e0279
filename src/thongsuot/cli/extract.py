"""``thongsuot extract``: from a conclusion, a notice or a news report to drafts of duties."""

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from thongsuot.apps.directives.intake_backend import Reader, ask
from thongsuot.apps.directives.intake_reading import LARGEST, Unreadable, read_bytes
from thongsuot.cli import extract_words
from thongsuot.cli.lineage import read_day
from thongsuot.rules.directives.intake import Draft, extract, written_on


def add(subparsers: Any) -> None:
    """Add the command ``extract``."""
    one = subparsers.add_parser(
        "extract",
        help="bóc tách chỉ đạo, nhiệm vụ trong một văn bản / draft duties from a text",
        description="Đọc kết luận, thông báo, chỉ thị, công điện, biên bản, bản tin (TXT, DOCX, PDF, EML, ảnh quét) và nêu "
        "từng chỉ đạo: ai giao, ai chủ trì, phối hợp, ở đâu, hạn nào, báo cáo ai, căn cứ văn bản nào, kèm đúng câu trong văn bản. "
        "Chỉ là dự thảo: người đọc quyết định. Không cần cơ sở dữ liệu, không dùng mạng. / Reads a text and drafts its duties, "
        "each with the very words it was read from. Needs no database and no network. Exit code 2: the file gives no text.",
    )
    one.add_argument(
        "file",
        metavar="TỆP/FILE",
        help="đường dẫn tệp, - là đầu vào chuẩn / a path, or - for standard input",
    )
    one.add_argument(
        "--date",
        type=read_day,
        metavar="YYYY-MM-DD",
        help="ngày của văn bản, mặc định: ngày ghi trong văn bản, không có thì hôm nay / the day of the text",
    )
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.add_argument(
        "--reader",
        default="",
        metavar="LỆNH|URL",
        help="hỏi thêm một bộ đọc khác (lệnh hoặc địa chỉ http), kết quả được kiểm như của bộ luật / ask another reader too, checked alike",
    )
    one.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Draft the duties of one file. Returns 0 done, 2 a file that gives no text."""
    try:
        read = read_bytes(*_content(chosen.file))
    except OSError as missing:
        print(extract_words.no_file(chosen.file, missing), file=sys.stderr)
        return 2
    except Unreadable as unreadable:
        print(extract_words.problem(unreadable.problem), file=sys.stderr)
        return 2
    on = chosen.date or written_on(read.text) or datetime.now(UTC).astimezone().date()
    drafts = extract(read.text, on=on)
    if chosen.reader:
        drafts = _with_reader(chosen.reader, read.text, on, drafts)
    if chosen.json:
        print(json.dumps([one.as_plain() for one in drafts], ensure_ascii=False, indent=1))
    else:
        print(extract_words.answer(read, on, drafts))
    return 0


def _content(file: str) -> tuple[str, bytes]:
    if file == "-":
        return "-", sys.stdin.buffer.read(LARGEST + 1)
    path = Path(file)
    with path.open("rb") as opened:
        return path.name, opened.read(LARGEST + 1)


def _with_reader(told: str, text: str, on: date, drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Our drafts and what another reader found beside them; what does not hold is said, not used."""
    remote = told.startswith(("http://", "https://"))
    reader = Reader(address=told) if remote else Reader(command=told)
    more, wrong = ask(reader, text, on=on)
    for one in wrong:
        print(extract_words.problem(one), file=sys.stderr)
    beside = [one for one in more if all(one.end <= d.start or one.start >= d.end for d in drafts)]
    return tuple(sorted((*drafts, *beside), key=lambda one: one.start))
