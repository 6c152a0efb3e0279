"""``thongsuot recut``: a table there and back, and what it says when it cannot."""

import csv
import json
from pathlib import Path

from thongsuot.cli import main


def write(folder: Path, *lines: str) -> str:
    path = folder / "so-lieu.csv"
    path.write_text("\n".join(("mã;đơn vị;số liệu;mã nhận;tỷ lệ", *lines)), encoding="utf-8")
    return str(path)


def test_a_divided_ward_is_named_and_not_cut(tmp_path, capsys) -> None:
    assert main(["recut", write(tmp_path, "09541;;1000"), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["given"], told["arrived"], told["left"]) == (1_000, 0, 1_000)
    assert told["not_cut"] == [{"code": "09541", "value": 1_000, "why": "no-shares"}]


def test_with_shares_it_is_cut_into_a_file_that_adds_up(tmp_path, capsys) -> None:
    table = write(tmp_path, "09541;;1001;09556;60%", "09541;;;00637;40%")
    out = tmp_path / "moi.csv"
    assert main(["recut", table, "--out", str(out)]) == 0
    rows = list(csv.DictReader(out.open(encoding="utf-8-sig")))
    assert {r["mã"]: int(r["số liệu"]) for r in rows} == {"09556": 601, "00637": 400}
    assert {r["cách tính"] for r in rows} == {"theo tỷ lệ"}


def test_a_file_that_is_none_is_said(tmp_path, capsys) -> None:
    assert main(["recut", str(tmp_path / "khong-co.csv")]) == 2
    assert "cannot read" in capsys.readouterr().err
    assert main(["recut", write(tmp_path, "99999;;5")]) == 1
    assert "unknown-unit" in capsys.readouterr().err
