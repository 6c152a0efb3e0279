"""``thongsuot copy-proof``: proves that a copy of folders and databases is the same, without a server.

Loads no Django. Reads only; the record is written outside what it proves.
"""

import argparse
import getpass
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from thongsuot import __version__
from thongsuot.cli import copy_engines, copy_sample, copy_tables, copy_words
from thongsuot.cli.copy_folder import Journal, Unreadable, scan
from thongsuot.rules.continuity import comparing, verification
from thongsuot.rules.continuity.comparing import Difference
from thongsuot.rules.continuity.proof import (
    Kind,
    Maker,
    NotAProof,
    Proof,
    Sampled,
    as_fields,
    as_text,
    read_proof,
)
from thongsuot.rules.kernel.problem import Problem, blocking

Commands = Any  # argparse keeps the type of its subparsers private
SAMPLE = 20
MOST_SAMPLED = 1_000


class Stopped(Exception):
    """Nothing can be proved; ``problems`` say why, all of them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__()


@dataclass
class Progress:
    """How far the reading is, said on the screen at most twice a second and nowhere else."""

    loud: bool
    files: int = 0
    amount: int = 0
    last: float = field(default_factory=time.monotonic)

    def __call__(self, files: int, amount: int) -> None:
        """Count files and bytes (rows for a database)."""
        self.files += files
        self.amount += amount
        now = time.monotonic()
        if self.loud and now - self.last > 0.5:
            self.last = now
            words = (
                f"{copy_words.number(self.files)} tệp, {copy_words.number(self.amount)} byte, dòng"
            )
            print(f"\r  đã đọc {words}", end="", file=sys.stderr, flush=True)

    def done(self) -> None:
        """Take the line away."""
        if self.loud:
            print("\r" + " " * 70 + "\r", end="", file=sys.stderr, flush=True)


def add(subparsers: Commands) -> None:
    """Add ``copy-proof`` with its own commands."""
    room = subparsers.add_parser(
        "copy-proof", help="chứng nhận bản sao dữ liệu / proof that a copy of data is the same"
    )
    commands = room.add_subparsers(dest="act", metavar="VIỆC/ACT", required=True)
    one = _command(commands, "make", "lập chứng nhận của thứ được sao / make the proof", make)
    one.add_argument("path", type=Path, metavar="PATH")
    one.add_argument("--out", type=Path, metavar="PROOF.json", help="ghi chứng nhận / write it")
    one.add_argument("--resume", action="store_true",
                     help="đọc tiếp lần bị ngắt / go on where a reading stopped")  # fmt: skip
    one = _command(commands, "verify", "đối chiếu bản sao với chứng nhận / check a copy", verify)
    one.add_argument("path", type=Path, metavar="PATH")
    one.add_argument("--proof", type=Path, required=True, metavar="PROOF.json")
    one.add_argument(
        "--out", type=Path, metavar="RESULT.json", help="ghi kết quả / write the result"
    )
    one.add_argument("--original", type=Path, metavar="PATH",
                     help="đọc lại mẫu, so từng byte với bản gốc / sample against the original")  # fmt: skip
    one.add_argument(
        "--limit", type=int, default=40, help="số chỗ khác in ra / differences printed"
    )
    one = _command(
        commands, "compare", "so SQLite với bản kết xuất PostgreSQL / compare engines", compare
    )
    one.add_argument("path", type=Path, metavar="SQLITE")
    one.add_argument("other", type=Path, metavar="DUMP")


def _command(commands: Commands, name: str, help_: str, run: Any) -> argparse.ArgumentParser:
    one: argparse.ArgumentParser = commands.add_parser(
        name, help=help_, description=help_ + ". Mã thoát/exit code: 0 đúng/equal; 1 khác/different; "
        "2 không chứng nhận được/not possible.",
    )  # fmt: skip
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    if name != "compare":
        one.add_argument("--sample", type=int, default=SAMPLE, metavar="N",
                         help="số tệp, dòng đọc lại lần hai / read a second time (0: none)")  # fmt: skip
        one.add_argument("--by", default="", help="người thực hiện / who does it")
    one.set_defaults(run=_guarded(run))
    return one


def _guarded(run: Any) -> Any:
    """The command, with everything that makes a proof impossible said in sentences."""

    def guarded(chosen: argparse.Namespace) -> int:
        try:
            return int(run(chosen))
        except Stopped as stopped:
            problems = stopped.problems
        except (Unreadable, NotAProof) as fault:
            problems = (fault.problem,)
        except OSError as error:
            problems = (
                Problem("continuity.unreadable", str(error.filename or ""), {"why": str(error)}),
            )
        except KeyboardInterrupt:
            print(
                "Đã dừng. Không có chứng nhận nào được ghi. / Stopped; nothing was written.",
                file=sys.stderr,
            )
            return 130
        if chosen.json:
            print(json.dumps({"error": [copy_words.said(p) for p in problems]}, ensure_ascii=False))
        print("Không chứng nhận được:", file=sys.stderr)
        for line in copy_words.refusal(problems):
            print(line, file=sys.stderr)
        return 2

    return guarded


def make(chosen: argparse.Namespace) -> int:
    """Make the proof of a folder, a file or a database."""
    if chosen.out:
        refuse_inside(chosen.out, chosen.path)
        refuse_existing(chosen.out)
    journal = _journal(chosen)
    proof = prove(chosen.path, maker(chosen.by), progress(chosen), journal)
    proof = sampled(proof, chosen.path, chosen.sample, progress(chosen))
    if chosen.out:
        write(chosen.out, as_text(proof))
    if journal:
        journal.done()
    if chosen.json:
        print(json.dumps(as_fields(proof)))
        return 0
    for line in copy_words.about(proof):
        print(line)
    if journal and journal.taken:
        print(f"Tiếp tục lần trước: {copy_words.number(journal.taken)} tệp không đổi được lấy lại.")
    print(f"Đã ghi: {chosen.out}" if chosen.out else "Chưa ghi tệp: thêm --out PROOF.json để giữ.")
    return 0


def verify(chosen: argparse.Namespace) -> int:
    """Check a copy against its proof; says what is missing, changed, extra or renamed."""
    for path in (chosen.out, chosen.proof):
        if path:
            refuse_inside(path, chosen.path)
    if chosen.out:
        refuse_existing(chosen.out)
    proof = read_proof(chosen.proof.read_bytes())
    copy = prove(chosen.path, maker(chosen.by), progress(chosen), None)
    found = [*comparing.differences(proof, copy), *_inside(proof, copy, chosen.path)]
    again, wrong = copy_sample.read_again(
        proof, chosen.path, chosen.original, min(chosen.sample, MOST_SAMPLED), progress(chosen)
    )
    known = {(d.what, d.name) for d in found}
    found += [d for d in wrong if (d.what, d.name) not in known]
    done = verification.verified(proof.root, copy.root, copy.maker, found, again)
    fields = verification.as_fields(done)
    if chosen.out:
        write(chosen.out, json.dumps(fields, indent=1) + "\n")
    if chosen.json:
        print(json.dumps(fields))
    else:
        for line in (*copy_words.about(proof), *copy_words.report(done, max(chosen.limit, 0))):
            print(line)
    return 0 if done.equal else 1


def compare(chosen: argparse.Namespace) -> int:
    """Compare the tables that a SQLite file and a PostgreSQL dump share."""
    return copy_engines.run(chosen.path, chosen.other, as_json=chosen.json, say=progress(chosen))


def _inside(proof: Proof, copy: Proof, path: Path) -> Iterator[Difference]:
    """Indexes are no rows: when a SQLite file has other bytes, SQLite itself is asked about them."""
    if copy.kind is Kind.SQLITE and not comparing.same_bytes(proof, copy):
        why = copy_tables.whole_inside(path)
        if why:
            yield Difference(comparing.CHANGED, "file", path.name, {"was": "ok", "now": why[:200]})


def maker(who: str) -> Maker:
    """Who works here now, with which version."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return Maker(f"thongsuot {__version__}", at, who or _login(), platform.node())


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name
        return str(getattr(os, "getuid", lambda: "?")())


def progress(chosen: argparse.Namespace) -> Progress:
    """Progress is for people: never with --json, never into a file."""
    return Progress(loud=sys.stderr.isatty() and not chosen.json)


def _journal(chosen: argparse.Namespace) -> Journal | None:
    if not chosen.out or not chosen.path.is_dir():
        return None
    journal = Journal(chosen.out.with_name(chosen.out.name + ".partial"))
    if chosen.resume:
        journal.load()
    else:
        journal.path.unlink(missing_ok=True)
    return journal


def prove(path: Path, by: Maker, say: Progress, journal: Journal | None) -> Proof:
    """Read everything below a path. Raises Stopped, Unreadable."""
    if not path.exists():
        raise Stopped([Problem("continuity.not-there", str(path))])
    kind = copy_tables.kind_of(path)
    proof = Proof(kind, path.resolve().name, by)
    if kind is Kind.FOLDER:
        found = scan(path, say, journal)
        say.done()
        _warn(found.problems)
        return replace(proof, entries=tuple(found.entries))
    size, sha256 = copy_tables.hash_whole(path, say)
    proof = replace(proof, whole=sha256, size=size)
    if kind is not Kind.FILE:
        reading = copy_tables.read(path, kind, say)
        say.done()
        _warn(reading.problems)
        proof = replace(
            proof,
            tables=tuple(reading.tables),
            schema=reading.schema,
            left_out=tuple(reading.left_out),
        )
    return proof


def _warn(problems: list[Problem]) -> None:
    if blocking(problems):
        raise Stopped(problems)
    for line in copy_words.refusal(problems):
        print(f"Lưu ý {line}", file=sys.stderr)


def sampled(proof: Proof, path: Path, count: int, say: Progress) -> Proof:
    """The proof with the names of what its own root chooses to be read a second time."""
    chosen = copy_sample.choose(proof, path, min(max(count, 0), MOST_SAMPLED), say)
    say.done()
    return replace(proof, sampled=chosen) if chosen != Sampled() else proof


def refuse_inside(record: Path, path: Path) -> None:
    """A record inside what it proves would change it, and be lost with it. Raises Stopped."""
    place, whole = record.resolve(), path.resolve()
    if place == whole or whole in place.parents:
        raise Stopped([Problem("continuity.proof-inside", str(record))])


def refuse_existing(record: Path) -> None:
    """A record is evidence: it is never written over. Raises Stopped."""
    if record.exists():
        raise Stopped([Problem("continuity.out-exists", str(record))])


def write(path: Path, text: str) -> None:
    """Write a record whole or not at all, and so that a power cut does not take it back."""
    with _beside(path) as temporary:
        with temporary.open("w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        temporary.chmod(0o644)
        os.replace(temporary, path)


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(dir=path.resolve().parent, prefix=f".{path.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
