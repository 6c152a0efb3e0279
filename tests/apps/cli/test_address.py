"""``thongsuot address``: one address, a file of them, and every file that is none."""

import csv
import json
from pathlib import Path

import pytest

from thongsuot.cli import main


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch) -> None:
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path_factory.getbasetemp() / "addresses"))


def batch(folder: Path, text: str | bytes, *more: str) -> tuple[int, list[list[str]]]:
    """Exit code and the rows written for a file with that content."""
    given, out = folder / "in.csv", folder / "out.csv"
    given.write_bytes(text if isinstance(text, bytes) else text.encode())
    code = main(["address", "--batch", str(given), "--out", str(out), *more])
    if not out.exists():
        return code, []
    with out.open(encoding="utf-8-sig", newline="") as rows:
        return code, list(csv.reader(rows))


def test_an_address_is_answered_with_its_clause(capsys) -> None:
    assert main(["address", "12 Lê Lợi,", "Phường Bến Nghé, Quận 1, TPHCM"]) == 0
    told = capsys.readouterr().out
    assert "Nay là: phường Sài Gòn, thành phố Hồ Chí Minh (mã 26740)" in told
    assert "khoản 1 Điều 1 Nghị quyết 1685/NQ-UBTVQH15" in told


def test_a_divided_ward_lists_all_it_may_be_and_none_is_exit_code_one(capsys) -> None:
    assert main(["address", "--json", "Phường Gia Thụy, Long Biên, Hà Nội"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["status"], told["why"], told["province_code"]) == ("several", "divided", "01")
    assert {u["code"] for u in told["units"]} == {"00118", "00127", "00145"}
    assert main(["address", "không ở đâu cả"]) == 1
    assert "Không nhận ra" in capsys.readouterr().out


def test_a_file_gets_five_columns_and_keeps_its_own(tmp_path, capsys) -> None:
    code, rows = batch(
        tmp_path,
        'stt,Địa chỉ\n1,"Phường 12, Quận Bình Thạnh, TP.HCM"\n2,"Gia Thụy, Long Biên, HN"\n3,\n4\n',
        "--json",
    )
    assert code == 1  # not every address is in one commune
    assert rows[0] == ["stt", "Địa chỉ", "status", "province_code", "ward_code", "candidates", "reason"]  # fmt: skip
    assert rows[1][2:6] == ["one", "79", "26929", "26929"]
    assert rows[2][2:5] == ["several", "01", ""]
    assert set(rows[2][5].split("|")) == {"00118", "00127", "00145"}
    assert [row[-5:-1] for row in rows[3:]] == [["none", "", "", ""]] * 2
    assert json.loads(capsys.readouterr().out) == {"one": 1, "several": 1, "none": 2}


def test_every_row_of_a_hostile_file_has_an_answer_and_no_cell_is_a_formula(tmp_path) -> None:
    text = 'address\n"=cmd|\' /C calc\'!A0"\n"' + "x" * 300_000 + '"\n"a\nb"\n"+1, Hà Nội"\n'
    code, rows = batch(tmp_path, text.encode() + b"\xff\xfe\x00, B\xe0n\n")
    assert code == 1
    assert [row[-5] for row in rows[1:]] == ["none"] * 5
    assert rows[1][0].startswith("'=")
    assert rows[4][0].startswith("'+")


@pytest.mark.parametrize(("content", "told"), [("", "tệp rỗng"), ("a,b\n1,2\n", "a, b")])
def test_a_file_without_the_column_is_refused_and_writes_nothing(
    tmp_path, capsys, content: str, told: str
) -> None:
    assert batch(tmp_path, content) == (2, [])
    assert told in capsys.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv"]


def test_wrong_use_is_said(tmp_path, capsys) -> None:
    given = tmp_path / "in.csv"
    given.write_text("address\n", encoding="utf-8")
    for wrong in (
        [],
        ["--batch", str(given)],
        ["--batch", str(given), "--out", str(given)],
        ["Hà Nội", "--out", str(given)],
        ["--batch", str(tmp_path / "none.csv"), "--out", str(tmp_path / "out.csv")],
    ):
        assert main(["address", *wrong]) == 2
        assert capsys.readouterr().err
    assert given.read_text(encoding="utf-8") == "address\n"
