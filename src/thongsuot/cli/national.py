"""``thongsuot national``: an office hands its figures up, and the nation counts all of them.

Needs the extra ``national`` (DuckDB, Arrow), and ``spark`` for a cluster. Only ``export`` loads
Django: who checks needs no database.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from thongsuot.rules.handover.kinds import KINDS

Commands = Any  # argparse keeps the type of its subparsers private
EXTRA = (
    "Lệnh này cần các gói mở rộng: pip install --require-hashes -r requirements/{}.txt / "
    "this command needs the packages of requirements/{}.txt"
)


class BadUse(Exception):
    """A command that cannot be done as it was given, with the sentence that says why."""


def add(subparsers: Commands) -> None:
    """Add ``national`` with its own commands."""
    room = subparsers.add_parser("national", help="đối chiếu toàn quốc / the whole nation")
    commands = room.add_subparsers(dest="act", metavar="VIỆC/ACT", required=True)
    one = commands.add_parser("key", help="tạo khóa ký / make a signing key")
    one.add_argument("--out", type=Path, required=True, help="tệp khóa riêng / private key file")
    one.set_defaults(run=key)
    one = commands.add_parser(
        "export",
        help="xuất số liệu của cơ quan (Parquet, có mã băm, ký) / export signed Parquet",
        description="Xuất danh mục, các lần chuyển và biên nhận đã ký: chỉ mã, loại, số lượng; không "
        "có tên mục, tên người. / Codes and figures only, no titles and no names.",
    )
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--province", required=True, help="mã tỉnh hai chữ số / official code")
    one.add_argument("--key", type=Path, help="khóa riêng Ed25519, PEM / private key")
    one.set_defaults(run=export)
    _add_lists(commands)
    _add_check(commands)


def _add_lists(commands: Commands) -> None:
    one = commands.add_parser(
        "lists",
        help="bản xuất từ tệp Excel, ODS, CSV / an export from files",
        description="Cho tỉnh chưa dùng hệ thống này: đọc tệp như handover check, mục không nơi nào nhận "
        "thành thiếu. / For a province that has only files.",
    )
    one.add_argument("--inventory", nargs="+", type=Path, required=True, metavar="GIVER")
    one.add_argument("--receipts", nargs="+", type=Path, required=True, metavar="WARD")
    one.add_argument("--out", type=Path, required=True, metavar="DIR")
    one.add_argument("--province", required=True, help="mã tỉnh hai chữ số / official code")
    one.add_argument("--name", default="", help="tên tỉnh / its name")
    one.add_argument("--kind", choices=list(KINDS), metavar="KIND",
                     help="loại, khi cột của tệp không cho biết / the kind where columns do not tell")  # fmt: skip
    one.add_argument("--key", type=Path, help="khóa riêng Ed25519, PEM / private key")
    one.set_defaults(run=lists)


def _add_check(commands: Commands) -> None:
    one = commands.add_parser(
        "check",
        help="kiểm bản xuất của các tỉnh rồi cộng / verify and count all exports",
        description="Mã thoát: 0 không mất gì; 1 còn thiếu hoặc không khớp; 2 có bản xuất không dùng "
        "được. / Exit code: 0 nothing lost, 1 something is, 2 an export cannot be used.",
    )
    one.add_argument("folders", nargs="+", type=Path, metavar="DIR", help="mỗi tỉnh một thư mục")
    one.add_argument("--engine", choices=("duckdb", "spark", "sqlite"), default="duckdb")
    one.add_argument("--master", default="local[*]", metavar="URL", help="Spark: spark://…:7077")
    one.add_argument("--memory", default="2GB", help="giới hạn bộ nhớ / memory limit (2GB)")
    one.add_argument("--keys", type=Path, metavar="JSON",
                     help='khóa công khai của từng tỉnh {"01": "…"} / public key of each province')  # fmt: skip
    one.add_argument("--leave-out", action="store_true",
                     help="bỏ bản xuất hỏng, vẫn cộng các tỉnh khác / count the others")  # fmt: skip
    one.add_argument("--limit", type=int, default=20, help="số mã in ra mỗi loại / codes printed")
    one.add_argument("--json", action="store_true", help="in JSON / print JSON")
    one.set_defaults(run=check)


@contextmanager
def _extra(name: str) -> Iterator[None]:
    """Say what to install when a package of an extra is not there."""
    try:
        yield
    except ModuleNotFoundError as fault:
        if (fault.name or "").startswith("thongsuot"):
            raise
        raise BadUse(EXTRA.format(name, name)) from fault


def key(chosen: argparse.Namespace) -> int:
    """Make a key pair; prints the public part."""
    try:
        with _extra("national"):
            from thongsuot.national.exports import new_key
        print(new_key(chosen.out))
    except BadUse as fault:
        return _stop(str(fault))
    except OSError as fault:
        return _stop(f"không ghi được khóa / cannot write the key: {fault}")
    return 0


def export(chosen: argparse.Namespace) -> int:
    """Write the export of this office."""
    try:
        with _extra("national"):
            from thongsuot.cli.national_office import write_export
        return _exported(lambda: write_export(chosen.out, chosen.province, chosen.key))
    except BadUse as fault:
        return _stop(str(fault))


def lists(chosen: argparse.Namespace) -> int:
    """Write an export from files."""
    from thongsuot.cli.handover import BadFile

    try:
        with _extra("national"):
            from thongsuot.cli.national_lists import write_lists
        return _exported(lambda: write_lists(chosen))
    except BadUse as fault:
        return _stop(str(fault))
    except BadFile as fault:
        return _stop(f"không xuất được / cannot export: {fault}")


def _exported(write: Callable[[], int]) -> int:
    """Write an export; what stands in the way becomes a sentence."""
    from thongsuot.cli.national_words import REFUSED_WORDS
    from thongsuot.national.exports import Refusal

    try:
        return write()
    except Refusal as fault:
        return _stop(f"không xuất được: {REFUSED_WORDS[fault.code].format(**fault.facts)}")
    except (ValueError, OSError) as fault:
        return _stop(f"không xuất được / cannot export: {fault}")


def check(chosen: argparse.Namespace) -> int:
    """Verify the exports and count them."""
    try:
        with _extra("spark" if chosen.engine == "spark" else "national"):
            return _check(chosen)
    except BadUse as fault:
        return _stop(str(fault))
    except OSError as fault:
        return _stop(f"không đọc được / cannot read: {fault}")


def _check(chosen: argparse.Namespace) -> int:
    from thongsuot.cli.national_words import as_json, as_text, refused_words
    from thongsuot.national.check import Outcome, count, verify
    from thongsuot.national.engines import ENGINES, megabytes

    try:
        megabytes(chosen.memory)
    except ValueError as fault:
        raise BadUse(f"--memory {chosen.memory}: ví dụ 512MB, 2GB") from fault
    exports, refused = verify(chosen.folders, _keys(chosen.keys))
    if not exports or (refused and not chosen.leave_out):
        for one in refused:
            print(f"Không tính được. {refused_words(one)}", file=sys.stderr)
        if chosen.json:
            print(json.dumps(as_json(Outcome((), refused, {}, {}, ())), ensure_ascii=False))
        return 2
    with ENGINES[chosen.engine](exports, memory=chosen.memory, master=chosen.master) as engine:
        outcome = count(engine, exports, refused)
    if chosen.json:
        print(json.dumps(as_json(outcome), ensure_ascii=False, indent=1))
    else:
        print("\n".join(as_text(outcome, max(chosen.limit, 0))))
    return 0 if outcome.nothing_lost else 1


def _keys(path: Path | None) -> Mapping[str, str] | None:
    if path is None:
        return None
    try:
        keys = json.loads(path.read_text(encoding="utf-8"))
        return {str(code): str(public) for code, public in keys.items()}
    except (ValueError, AttributeError) as fault:
        raise BadUse(f'{path}: cần JSON {{"01": "khóa công khai"}}') from fault


def _stop(words: str) -> int:
    print(words, file=sys.stderr)
    return 2
