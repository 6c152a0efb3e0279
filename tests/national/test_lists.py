"""A province that has only Excel files: the export says what the check of the files says."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.corpus.workbooks import table

from thongsuot.cli import main
from thongsuot.national.check import Outcome, count, verify
from thongsuot.national.engines import duckdb_engine

HEADER = ("Mã", "Tên", "Số lượng", "Đơn vị tính")
LISTED = (
    ("TS-1", "Bàn", 10, "cái"), ("TS-2", "Ghế", 4, "cái"), ("TS-3", "Đất", "12,5", "m²"),
    ("TS-4", "Tủ", 1, "cái"), ("TS-5", "Xe", 2, "cái"),
)  # fmt: skip


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., str]:
    def write(name: str, *rows: Sequence[object]) -> str:
        path = tmp_path / name
        path.write_bytes(table(HEADER, *rows))
        return str(path)

    return write


def lists(out: Path, inventory: str, *receipts: str, more: Sequence[str] = ("--kind", "asset")):
    return main(["national", "lists", "--inventory", inventory, "--receipts", *receipts, "--out",
                 str(out), "--province", "24", "--name", "Bắc Ninh (minh họa)", *more])  # fmt: skip


def counted(folder: Path) -> Outcome:
    exports, refused = verify([folder])
    assert not refused
    with duckdb_engine(exports, memory="256MB", threads=1) as engine:
        return count(engine, exports)


def test_equal_files_lose_nothing(put, tmp_path, capsys) -> None:
    out = tmp_path / "24"
    assert (
        lists(out, put("a.xlsx", *LISTED), put("b.xlsx", *LISTED[:2]), put("c.xlsx", *LISTED[2:]))
        == 0
    )
    assert "5 mục" in capsys.readouterr().out
    outcome = counted(out)
    assert outcome.nothing_lost
    (row,) = outcome.balance["24"]
    assert (row.opened_items, row.items.accepted) == (5, 5)


def test_what_nobody_received_is_missing_and_what_nobody_listed_is_unknown(put, tmp_path) -> None:
    received = put(
        "b.xlsx", ("TS-1", "Bàn", 9, "cái"), LISTED[2], ("ts-4", "Tủ", 1, "cái"), LISTED[4]
    )
    again = put("c.xlsx", LISTED[4])
    assert lists(tmp_path / "24", put("a.xlsx", *LISTED), received, again) == 0
    outcome = counted(tmp_path / "24")
    (row,) = outcome.balance["24"]
    assert (row.items.missing, row.items.accepted) == (3, 2)  # TS-1 in part, TS-2, TS-4
    assert {(f.code, f.verdict) for f in outcome.findings} == {
        ("ts-4", "unknown"),
        ("TS-5", "twice"),
    }
    assert outcome.faults == {}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("", "Bàn", 1, "cái"), "dòng 3: Không có mã"),
        (("TS-1", "Bàn", "1.500", "cái"), "dòng 3"),
        (("TS-1", "Bàn", 11, "cái"), "dòng 3: Trùng mã"),
        (("TS-9", "Bàn", "", "cái"), "dòng 3: Chưa đếm"),
        (("TS-9", "Bàn", 0, "cái"), "dòng 3: Chưa đếm"),
        (("TS-9", "Bàn", "1,25", "cái"), "dòng 3: Số lượng không đọc được"),
    ],
)
def test_a_line_that_cannot_be_counted_stops_the_export(put, tmp_path, capsys, row, words) -> None:
    assert lists(tmp_path / "24", put("a.xlsx", LISTED[0], row), put("b.xlsx", LISTED[0])) == 2
    assert words in capsys.readouterr().err
    assert not (tmp_path / "24").exists()


def test_the_kind_must_be_known(put, tmp_path, capsys) -> None:
    one = put("a.xlsx", LISTED[0])
    assert lists(tmp_path / "24", one, put("b.xlsx", LISTED[0]), more=()) == 2
    assert "--kind" in capsys.readouterr().err
