"""``thongsuot backup``, ``restore`` and ``drill``: the product's own data, out and back, and compared."""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from thongsuot import __version__
from thongsuot.cli import backup_engines as engines
from thongsuot.cli import backup_state
from thongsuot.cli.backup_bundle import (
    BadBundle,
    Manifest,
    read_manifest,
    unpack,
    write,
)
from thongsuot.cli.copy_words import number
from thongsuot.cli.office import _django
from thongsuot.rules.continuity.heads import Head, check_goes_on
from thongsuot.rules.kernel.problem import Problem

Commands = Any  # argparse keeps the type of its subparsers private
WORDS = {
    "continuity.backup-older": "{subject}: bản sao lưu dừng ở bút tích {there}, hệ thống đã tới {known}; phục hồi sẽ mất {lost} việc đã ghi",
    "continuity.backup-forked": "{subject}: từ bút tích {at} là một lịch sử khác; bản sao lưu không thuộc hệ thống này hoặc đã bị sửa",
}


def add(subparsers: Commands) -> None:
    """Add the three commands."""
    one = subparsers.add_parser(
        "backup", help="sao lưu cơ sở dữ liệu và tệp / back up database and files"
    )
    one.add_argument("--out", type=Path, required=True, metavar="FILE")
    one.add_argument("--heads", type=Path, metavar="HEADS.json",
                     help="ghi thêm đầu nhật ký để giữ ở nơi khác / also write the heads of the trail")  # fmt: skip
    one.set_defaults(run=_guarded(backup))
    one = subparsers.add_parser(
        "restore",
        help="phục hồi vào thư mục trống rồi kiểm tra / restore into an empty folder and check",
    )
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--into", type=Path, required=True, metavar="DIR")
    one.add_argument("--database", default="", metavar="URL",
                     help="cơ sở dữ liệu PostgreSQL trống / an empty PostgreSQL database")  # fmt: skip
    one.add_argument("--heads", type=Path, metavar="HEADS.json",
                     help="đầu nhật ký giữ ở nơi khác / heads kept elsewhere")  # fmt: skip
    one.add_argument("--older", action="store_true",
                     help="chấp nhận bản cũ hơn; nêu những gì sẽ mất / accept an older one")  # fmt: skip
    one.set_defaults(run=_guarded(restore))
    one = subparsers.add_parser(
        "drill",
        help="diễn tập: sao lưu, phục hồi vào thư mục tạm, so lại / back up, restore aside, compare",
    )
    one.set_defaults(run=_guarded(drill))
    for name in ("backup", "restore", "drill"):
        subparsers.choices[name].add_argument("--json", action="store_true")


def _guarded(run: Any) -> Any:
    def guarded(chosen: argparse.Namespace) -> int:
        try:
            return int(run(chosen))
        except (BadBundle, OSError, RuntimeError) as fault:
            if chosen.json:
                print(json.dumps({"ok": False, "error": str(fault)}, ensure_ascii=False))
            print(f"Không làm được: {fault}", file=sys.stderr)
            return 2
        except KeyboardInterrupt:
            print(
                "Đã dừng, không để lại tệp dở dang. / Stopped; nothing half-made stays.",
                file=sys.stderr,
            )
            return 130

    return guarded


def backup(chosen: argparse.Namespace) -> int:
    """Back up while the office works."""
    manifest = make(chosen.out)
    if chosen.heads:
        content = json.dumps({"heads": [asdict(h) for h in manifest.heads]}, indent=1)
        chosen.heads.write_text(content + "\n", encoding="utf-8")
    if chosen.json:
        print(json.dumps({"ok": not manifest.lost, **manifest.fields()}))
    else:
        rows = number(sum(manifest.counts.values()))
        print(f"Đã sao lưu: {chosen.out} ({number(chosen.out.stat().st_size)} byte)")
        print(f"{rows} dòng của {number(len(manifest.counts))} bảng, {number(manifest.files)} tệp, "
              f"{number(len(manifest.heads))} chuỗi nhật ký. Khóa bí mật không nằm trong bản sao lưu.")  # fmt: skip
        for name in manifest.lost:
            print(f"TỆP MẤT HOẶC HỎNG TỪ TRƯỚC: {name}", file=sys.stderr)
    return 1 if manifest.lost else 0


def make(out: Path) -> Manifest:
    """Write a backup of the running database and its files. Raises BadBundle."""
    _django()
    from django.db import connection

    from thongsuot.foundation.files.models import StoredFile
    from thongsuot.foundation.files.store import path_of

    if out.exists():
        raise BadBundle(f"đã có {out}; bản sao lưu cũ không bị ghi đè / it exists")
    with tempfile.TemporaryDirectory(dir=out.resolve().parent, prefix=".thongsuot-") as folder:
        database, heads, counts = engines.snapshot(connection, Path(folder))
        # Files are only ever added: every one that the copy names is there, or was lost before.
        names = list(StoredFile.objects.order_by("id").values_list("sha256", flat=True))
        names = names[: counts["files_storedfile"]]

        def describe(sha256: str, count: int, lost: list[str]) -> Manifest:
            at = datetime.now(UTC).isoformat(timespec="seconds")
            tool = f"thongsuot {__version__}"
            return Manifest(
                connection.vendor, tool, at, sha256, tuple(heads), counts, count, tuple(lost)
            )

        return write(out, database, (path_of(name) for name in names), describe)


def restore(chosen: argparse.Namespace) -> int:
    """Restore into an empty folder (and database), and prove that it is the one that was saved."""
    known = _known(chosen.heads)
    lines, older = bring_back(chosen.file, chosen.into, chosen.database, known, older=chosen.older)
    if chosen.json:
        print(
            json.dumps({"ok": True, "into": str(chosen.into), "older": older}, ensure_ascii=False)
        )
        return 0
    for line in (*lines, *(f"Lưu ý: {words}" for words in older)):
        print(line)
    return 0


def _known(kept: Path | None) -> list[Head]:
    """Where the record was last seen: as kept outside, or else as the running system says."""
    if kept is not None:
        try:
            return [Head(**h) for h in json.loads(kept.read_text(encoding="utf-8"))["heads"]]
        except (ValueError, KeyError, TypeError) as error:
            raise BadBundle(f"{kept} không phải tệp đầu nhật ký / is no file of heads") from error
    _django()
    from django.db import DatabaseError, connection

    try:
        return backup_state.heads_and_counts(connection)[0]
    except DatabaseError:
        return []  # nothing is running here: a new machine
    finally:
        connection.close()


def bring_back(
    file: Path, into: Path, url: str, known: Iterable[Head], *, older: bool
) -> tuple[list[str], list[str]]:
    """Restore, compare, and only then give the folder its name. Returns what was compared, and lost.

    Raises BadBundle with every reason why what came back is not what was saved, or is too old.
    """
    heads = list(known)
    manifest = read_manifest(file)
    if (manifest.engine == "postgresql") != bool(url):
        wanted = (
            "cần --database URL" if manifest.engine == "postgresql" else "không dùng --database"
        )
        raise BadBundle(f"bản sao lưu của {manifest.engine}: {wanted} / wrong engine")
    with _aside(into) as folder:
        database = unpack(file, folder, manifest)
        if url:
            _load(url, database)
        state = backup_state.ask(
            {"THONGSUOT_VAR": str(folder.resolve()), "DATABASE_URL": url}, heads, whole=True
        )
        _refuse(_unlike(manifest, state))
        sizes = {h.chain: h.size for h in state.heads}
        problems = check_goes_on(heads, sizes, state.seen)
        lost = [_said(p) for p in problems if p.code == "continuity.backup-older"]
        forked = [_said(p) for p in problems if p.code != "continuity.backup-older"]
        _refuse(forked + ([] if older else lost))
        if url:
            database.unlink()
    return _compared(manifest), lost


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise BadBundle("\n- ".join(["bản phục hồi không được chấp nhận:", *reasons[:40]]))


def _unlike(manifest: Manifest, state: backup_state.State) -> list[str]:
    """In what a restored database is not what the backup said when it was made."""
    lines = [f"hỏng: {fault}" for fault in state.faults]
    if set(state.heads) != set(manifest.heads):
        lines.append("đầu nhật ký khác với lúc sao lưu / the heads of the trail differ")
    for table in sorted(manifest.counts.keys() | state.counts.keys()):
        was, now = manifest.counts.get(table), state.counts.get(table)
        if was != now:
            lines.append(f"bảng {table}: lúc sao lưu {was} dòng, phục hồi được {now}")
    return lines


def _said(problem: Problem) -> str:
    return WORDS[problem.code].format(subject=problem.subject, **problem.facts)


def _compared(manifest: Manifest) -> list[str]:
    return [
        f"Phục hồi đủ và khớp: {number(len(manifest.heads))} chuỗi nhật ký, "
        f"{number(sum(manifest.counts.values()))} dòng của {number(len(manifest.counts))} bảng, "
        f"{number(manifest.files)} tệp; sổ cân, chốt chặn đủ.",
        f"Bản sao lưu lập lúc {manifest.at}, {manifest.tool}.",
        *(f"Đã mất từ trước khi sao lưu: tệp {name}" for name in manifest.lost),
    ]


def _load(url: str, dumped: Path) -> None:
    """Bring the dump into an empty database; one that holds anything is refused."""
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        engines.dump(engines.settings_of(url), before)
        listing = engines.tables_in(before)
    if listing:
        raise BadBundle(
            f"cơ sở dữ liệu đích không trống (có {listing} bảng) / the database is not empty"
        )
    engines.load(url, dumped)


@contextmanager
def _aside(into: Path) -> Iterator[Path]:
    """A folder beside the target that takes its name when everything fits, and goes away if not."""
    if into.exists() and (not into.is_dir() or any(into.iterdir())):
        raise BadBundle(f"{into} không trống; không ghi đè lên dữ liệu đang có / is not empty")
    into.resolve().parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=into.resolve().parent, prefix=".phuc-hoi-"))
    try:
        yield folder
        if into.exists():
            into.rmdir()
        folder.rename(into)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def drill(chosen: argparse.Namespace) -> int:
    """Back up, restore beside it, compare; nothing of it stays."""
    _django()
    from django.db import connection

    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="thongsuot-drill-") as folder:
        file = Path(folder) / "backup.tar"
        manifest = make(file)
        saved = time.monotonic()
        with _own_database(connection) as url:
            lines, _lost = bring_back(
                file, Path(folder) / "restored", url, manifest.heads, older=False
            )
        done = time.monotonic()
        size = file.stat().st_size
    seconds = {"backup": round(saved - begun, 1), "restore": round(done - saved, 1)}
    if chosen.json:
        print(
            json.dumps(
                {
                    "ok": not manifest.lost,
                    "seconds": seconds,
                    "bytes": size,
                    "lost": list(manifest.lost),
                }
            )
        )
    else:
        for line in lines:
            print(line)
        print(f"Sao lưu {seconds['backup']} giây, phục hồi và kiểm tra {seconds['restore']} giây, "
              f"{number(size)} byte. Ghi lần diễn tập này vào sổ: /sao-luu/dien-tap/them/")  # fmt: skip
    return 1 if manifest.lost else 0


@contextmanager
def _own_database(connection: Any) -> Iterator[str]:
    """For PostgreSQL a database of the drill's own, dropped afterwards; for SQLite none is needed."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"thongsuot_drill_{time.time_ns()}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield engines.url_of(connection.settings_dict, name)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}"')
