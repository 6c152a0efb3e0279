"""Files of addresses: every row an answer, no row a formula, nothing stops in the middle."""

import csv
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from thongsuot.apps.registry import address_batch
from thongsuot.apps.registry.sources_address import resolver
from thongsuot.cli import main

SAIGON = "12 Lê Lợi, Bến Nghé, Quận 1, TP.HCM"
TCVN3 = {
    "ê": 0xAA,
    "ư": 0xAD,
    "ạ": 0xB9,
    "à": 0xB5,
    "ỉ": 0xD8,
    "ó": 0xE3,
    "ờ": 0xEA,
    "Đ": 0xA7,
    "ị": 0xDE,
}


def run(tmp_path: Path, content: bytes, *more: str, out: str = "out.csv") -> list[list[str]]:
    source = tmp_path / "in.csv"
    source.write_bytes(content)
    main(["address", "--batch", str(source), "--out", str(tmp_path / out), *more])
    with (tmp_path / out).open(encoding="utf-8-sig", newline="") as answers:
        return list(csv.reader(answers))


def test_each_row_has_its_answer_whatever_stands_in_it(tmp_path: Path) -> None:
    rows = [
        "STT;Địa chỉ;Ghi chú",
        f"1;{SAIGON};=1+1",
        '2;"Phường Hạc Thành, tỉnh Thanh Hóa;never closed',
        "3",
        "4;北京市;@x",
        "5;\x00\x1b[31m;",
        f"6;{'x' * 100_000};",
        "7;=HYPERLINK(1);",
        "8;Xã Tân Tiến, Tuyên Quang;",
    ]
    content = "\n".join(rows).encode() + b"\n9;\xff\xfe P12;\n"
    told = run(tmp_path, content)
    assert told[0] == ["STT", "Địa chỉ", "Ghi chú", *address_batch.ADDED]
    assert [row[0] for row in told[1:]] == list("123456789")
    assert {len(row) for row in told} == {8}
    assert [row[3] for row in told[1:4]] == ["one", "one", "none"]
    assert told[1][2] == "'=1+1"
    assert told[4][2] == "'@x"
    assert told[7][1].startswith("'=")
    assert told[1][4:7] == ["79", "26740", "26740"]
    assert told[8][3:7] == ["several", "08", "", "02470|01051"]


def test_a_file_from_before_unicode_is_read_as_it_was_meant(tmp_path: Path) -> None:
    text = 'STT,Địa chỉ\n1,"Phường Hạc Thành, tỉnh Thanh Hóa"\n'
    content = b"".join(bytes([TCVN3[c]]) if c in TCVN3 else c.encode("latin-1") for c in text)
    told = run(tmp_path, content)
    assert told[1][2:5] == ["one", "38", "14797"]


def test_a_workbook_in_and_out_keeps_its_zeros_and_has_no_formula(tmp_path: Path) -> None:
    run(tmp_path, f'Mã,address\n007,"{SAIGON}"\n008,=1+1\n'.encode())
    book = tmp_path / "out.xlsx"
    assert main(["address", "--batch", str(tmp_path / "in.csv"), "--out", str(book)]) == 1
    cells = CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()
    assert cells[1][0] == "007"
    assert cells[1][4] == "26740"
    assert cells[2][1] == "'=1+1"
    back = tmp_path / "back.csv"
    main(["address", "--batch", str(book), "--out", str(back), "--column", "ADDRESS"])
    assert "26740" in back.read_text(encoding="utf-8-sig").splitlines()[1]


def test_a_file_without_the_column_or_that_is_no_workbook_is_refused(
    tmp_path: Path, capsys
) -> None:
    source = tmp_path / "in.csv"
    source.write_text("a,b\n1,2\n", encoding="utf-8")
    assert main(["address", "--batch", str(source), "--out", str(tmp_path / "o.csv")]) == 2
    assert "a, b" in capsys.readouterr().err
    broken = tmp_path / "in.xlsx"
    broken.write_bytes(b"PK\x03\x04 nothing")
    assert main(["address", "--batch", str(broken), "--out", str(tmp_path / "o.csv")]) == 2
    assert not (tmp_path / "o.csv").exists()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    reader = resolver()
    peaks = []
    for count in (1_000, 4_000):
        source = tmp_path / f"{count}.csv"
        with source.open("w", encoding="utf-8") as out:
            out.write("address\n")
            out.writelines(f'"{n} Lê Lợi, Bến Nghé, Quận 1, TP.HCM"\n' for n in range(count))
        tracemalloc.start()
        with address_batch.opened(source) as sheet:
            address_batch.write(tmp_path / "out.csv", address_batch.answered(sheet, reader))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000


def test_a_code_of_one_day_is_told_for_another_in_both_directions(capsys) -> None:
    assert main(["address", "--code", "26740", "--on", "30/06/2025", "--to", "01/07/2025"]) == 0
    assert "26740 Phường Sài Gòn" in capsys.readouterr().out
    assert main(["address", "--code", "26740", "--on", "01/07/2025", "--to", "30/06/2025"]) == 0
    told = capsys.readouterr().out
    assert "Bến Nghé" in told
    assert "Đa Kao" in told
    assert main(["address", "--code", "268", "--on", "30/06/2025"]) == 0
    assert "Hà Đông" in capsys.readouterr().out
    assert main(["address", "--code", "99999", "--on", "30/06/2025"]) == 1
    assert main(["address", "--code", "26740"]) == 2


@pytest.mark.parametrize(
    "program",
    [
        "from thongsuot.rules.registry import Resolver, Reading, code_on, Registry",
        "from thongsuot.apps.registry.sources_address import resolver\n"
        "assert resolver().resolve('P12 Q.Bình Thạnh tphcm').status == 'one'",
        "from thongsuot.apps.registry import address_batch",
    ],
)
def test_other_programs_need_no_django(program: str) -> None:
    check = "import sys; assert not [m for m in sys.modules if m.split('.')[0] == 'django']"
    subprocess.run([sys.executable, "-c", f"{program}\n{check}"], check=True)
