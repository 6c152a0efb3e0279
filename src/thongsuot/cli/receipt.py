"""``thongsuot receipt verify``: whether a receipt is true, from its file alone.

Loads no Django, needs no server and no database. A PDF of signed minutes is checked by the
signatures that it carries itself (``receipt_pdf``).
"""

import argparse
import hashlib
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from thongsuot.cli import receipt_pdf
from thongsuot.cli.receipt_words import SAYS
from thongsuot.rules.kernel.problem import Problem, blocking
from thongsuot.rules.proof.checkpoint import NotANote, read_key
from thongsuot.rules.proof.receipt import LARGEST, Document, NotAReceipt, read
from thongsuot.rules.proof.verify import Trust, check_files, cosigners, read_held, told, verify

Commands = Any  # argparse keeps the type of its subparsers private


def add(commands: Commands) -> None:
    """Add ``receipt`` with its own commands."""
    room = commands.add_parser("receipt", help="biên nhận / receipts")
    acts = room.add_subparsers(dest="act", metavar="VIỆC/ACT", required=True)
    one = acts.add_parser(
        "verify",
        help="kiểm tra một biên nhận, không cần mạng / check a receipt, offline",
        description="Kiểm tra biên nhận hoặc ho-so.json: dấu niêm, hai chữ ký, nội dung, chỗ trong "
        "nhật ký, và có tiếp nối điểm kiểm tra đang giữ không. Tệp PDF: các chữ ký số trong nó. Mã thoát: 0 đúng; 1 sai; 2 tệp không "
        "dùng được. / Checks the seal, both signatures, the content, its place in the log, and that "
        "the log continues any checkpoint you kept. A PDF: the signatures in it. Exit code: 0 true, 1 wrong, 2 unusable.",
    )
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="OLD",
                     help="điểm kiểm tra hoặc mã vuông đang giữ / a checkpoint or square code kept")  # fmt: skip
    one.add_argument("--key", action="append", default=[],
                     help="khóa của cơ quan / key of the office, name+number+base64")  # fmt: skip
    one.add_argument("--witness", action="append", default=[], metavar="KEY",
                     help="khóa của người làm chứng / key of a witness")  # fmt: skip
    one.add_argument("--root", type=Path, action="append", default=[], metavar="PEM",
                     help="chứng thư gốc, khi tệp là PDF ký số / root certificate, for a signed PDF")  # fmt: skip
    one.add_argument("--json", action="store_true")
    one.set_defaults(run=verify_file)


def verify_file(chosen: argparse.Namespace) -> int:
    """Check one file and say what is wrong with it, or what it proves."""
    try:
        with chosen.file.open("rb") as file:
            raw = file.read(LARGEST + 1)
            if receipt_pdf.is_pdf(raw):
                return receipt_pdf.verify_pdf(raw + file.read(), chosen.root, as_json=chosen.json)
        trust = Trust(
            [read_key(key) for key in chosen.key],
            [read_held(path.read_text(encoding="utf-8")) for path in chosen.checkpoint],
            [read_key(key) for key in chosen.witness],
        )
    except (OSError, UnicodeDecodeError, NotANote) as error:
        print(f"Không đọc được / unusable: {error}", file=sys.stderr)
        return 2
    problems = list(verify(raw, trust))
    document = _read(raw)
    if document is not None and not blocking(problems):
        problems += check_files(document, _hashes(document, chosen.file.parent))
    wrong = bool(blocking(problems))
    if chosen.json:
        print(json.dumps(_answer(problems, document, wrong=wrong), ensure_ascii=False))
    else:
        _print(problems, document, trust, wrong=wrong)
    return 1 if wrong else 0


def _read(raw: bytes) -> Document | None:
    try:
        return read(raw)
    except NotAReceipt:
        return None


def _hashes(document: Document, folder: Path) -> dict[str, str]:
    """The files beside evidence that are there; a name with a path in it is none of them."""
    paths = {name: folder / name for name in document.files if Path(name).name == name}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        if path.is_file()
    }


def _answer(
    problems: list[Problem], document: Document | None, *, wrong: bool
) -> dict[str, object]:
    said = told(document) if document is not None and not wrong else None
    return {
        "ok": not wrong,
        "problems": [
            {"code": p.code, "subject": p.subject, "facts": dict(p.facts), "blocks": p.blocks}
            for p in problems
        ],
        "receipt": said,
    }


def _print(
    problems: list[Problem], document: Document | None, trust: Trust, *, wrong: bool
) -> None:
    print("SAI / WRONG" if wrong else "ĐÚNG / TRUE")
    if document is not None and not wrong:
        mark = document.checkpoint
        print(f"  {document.code} · {mark.origin} · {mark.size} dòng / entries")
        for leaf in document.entries:
            facts = leaf.facts
            print(f"  {str(facts.get('at'))[:19]} {facts.get('act')} {facts.get('actor_name')}")
        for name, at in cosigners(document, trust.witnesses):
            seen = f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d %H:%M}Z"
            print(f"  xác nhận / cosigned: {name} {seen}")
    for p in problems:
        more = ", ".join(f"{name}: {value}" for name, value in p.facts.items())
        print(f"- {SAYS.get(p.code, p.code)}: {'; '.join(x for x in (p.subject, more) if x)}")
