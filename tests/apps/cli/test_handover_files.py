"""``thongsuot handover``: templates, and two piles of files against each other, without a server."""

import json
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.corpus import containers
from tests.corpus.cases import Case
from tests.corpus.workbooks import SheetOf, book, ods, table

from thongsuot.cli import main
from thongsuot.cli.handover_words import FILE_WORDS, SORT_WORDS
from thongsuot.foundation.imports.lean_reader import lean_tables
from thongsuot.foundation.imports.readers import read_tables
from thongsuot.foundation.imports.template_book import write_template
from thongsuot.rules.handover.check import SORTS
from thongsuot.rules.handover.kinds import KINDS, Kind
from thongsuot.rules.kernel.cells import read_date

HEADER = ("Mã", "Tên", "Số lượng", "Đơn vị tính")
DESK, SEAL, FILE = (
    ("TS-1", "Bàn làm việc", 10, "cái"),
    ("CD-1", "Con dấu UBND quận", 1, "con dấu"),
    ("HS-1", "Hồ sơ đất đai thửa 112 ông Bình", 1, "hồ sơ"),
)
Rows = Sequence[Sequence[object]]


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    def write(name: str, *rows: Sequence[object], content: bytes | None = None) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(table(HEADER, *rows) if content is None else content)
        return path

    return write


def check(inventory: Path | Sequence[Path], *receipts: Path, more: Sequence[str] = ()) -> int:
    given = [inventory] if isinstance(inventory, Path) else inventory
    return main(["handover", "check", "--inventory", *map(str, given), "--receipts",
                 *map(str, receipts), *more])  # fmt: skip


def test_two_equal_piles_are_proved_and_the_exit_code_says_so(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(put("quan.xlsx", DESK, SEAL), put("a.xlsx", DESK), put("b.xlsx", SEAL))
    assert code == 0
    assert "KẾT LUẬN: KHỚP. Cả 2 mục" in capsys.readouterr().out


def test_what_nobody_received_is_named_with_file_sheet_and_row(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = check(put("quan.xlsx", DESK, SEAL), put("a.xlsx", DESK))
    said = capsys.readouterr().out
    assert code == 1
    assert "THIẾU (1)" in said
    assert "CD-1  Con dấu UBND quận" in said
    assert "quan.xlsx › trang Bảng kê › dòng 3" in said


def test_a_thing_under_another_code_is_proposed_with_its_score(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    other = ("X-9", "hồ sơ đất đai, thửa 112, ông Bình", 1, "hồ sơ")
    code = check(put("quan.xlsx", DESK, FILE), put("a.xlsx", DESK, other))
    said = capsys.readouterr().out
    assert code == 1
    assert "GỢI Ý KHỚP" in said
    assert "9" in said.split("GỢI Ý KHỚP")[1].splitlines()[1]
    assert "HS-1" in said.split("GỢI Ý KHỚP")[1]


def test_a_program_reads_the_same_as_json(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    short = ("TS-1", "Bàn làm việc", 9.5, "cái")
    code = check(put("quan.xlsx", DESK, SEAL), put("a.xlsx", short), more=["--json"])
    outcome = json.loads(capsys.readouterr().out)
    assert code == 1
    assert (outcome["proved"], outcome["lost"], outcome["items"]) == (False, 2, 2)
    assert outcome["counts"]["short"] == outcome["counts"]["missing"] == 1
    (finding,) = [f for f in outcome["findings"] if f["sort"] == "short"]
    assert (finding["listed"], finding["received"]) == ("10", "9.5")
    assert finding["claimed_at"] == [{"file": "a.xlsx", "sheet": "Bảng kê", "row": 2}]
    assert set(outcome["counts"]) == set(SORTS)


def test_the_report_is_a_workbook_in_which_no_code_is_a_formula(
    put: Callable[..., Path], tmp_path: Path
) -> None:
    evil = ("=HYPERLINK(1)", "=cmd|x", 1, "cái")
    out = tmp_path / "bao-cao.xlsx"
    assert check(put("quan.xlsx", DESK), put("a.xlsx", evil), more=["--out", str(out)]) == 1
    sheet = load_workbook(out)["Chi tiết"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]
    assert {"=HYPERLINK(1)", "=cmd|x"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    assert load_workbook(out).sheetnames == ["Kết luận", "Chi tiết", "Gợi ý khớp"]


def test_xlsx_ods_and_csv_stand_beside_each_other(put: Callable[..., Path]) -> None:
    lines = "Mã;Tên;Số lượng;Đơn vị tính\nCD-1;Con dấu UBND quận;1;con dấu\n"
    text = put("b.csv", content=("\ufeff" + lines).encode())
    sheet = put("a.ods", content=ods([HEADER, DESK]))
    assert check(put("quan.xlsx", DESK, SEAL), sheet, text) == 0


def test_a_folder_stands_for_the_files_in_it(put: Callable[..., Path], tmp_path: Path) -> None:
    put("nhan/a.xlsx", DESK)
    put("nhan/b.xlsx", SEAL)
    put("nhan/~$b.xlsx", content=b"lock")
    assert check(put("quan.xlsx", DESK, SEAL), tmp_path / "nhan") == 0


def test_several_inventories_are_one_pile(put: Callable[..., Path]) -> None:
    both = [put("1/ke.xlsx", DESK), put("2/ke.xlsx", SEAL)]
    assert check(both, put("a.xlsx", DESK, SEAL)) == 0


@pytest.mark.parametrize("case", [c for c in containers.CASES if c.outcome == "R"
                                  and c.id not in ("A18", "A19")], ids=lambda c: c.id)  # fmt: skip
def test_a_file_that_cannot_be_used_is_said_so_with_exit_code_2(
    case: Case, put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bad = put(Path(case.name).name, content=case.build())
    assert check(put("quan.xlsx", DESK), bad) == 2
    said = capsys.readouterr().err
    assert said.startswith("Không đối chiếu được: ")
    assert "imports." not in said


def test_sheets_broken_inside_a_sound_package_are_said_so_and_never_break_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given, broken, chance = tmp_path / "a.xlsx", tmp_path / "b.xlsx", random.Random(11)
    write_template(given, KINDS["task"].name, KINDS["task"].columns)
    with zipfile.ZipFile(given) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    answers = set()
    for _turn in range(80):
        content = bytearray(parts["xl/worksheets/sheet1.xml"])
        for _spot in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(32, 127)
        with zipfile.ZipFile(broken, "w") as out:
            for name, kept in parts.items():
                out.writestr(name, bytes(content) if name.endswith("sheet1.xml") else kept)
        answers.add(check(broken, given))
    assert 2 in answers
    assert answers <= {0, 1, 2}
    assert "b.xlsx" in capsys.readouterr().err


def test_a_missing_file_and_a_file_given_twice_are_said_so(
    put: Callable[..., Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = put("quan.xlsx", DESK)
    assert check(one, tmp_path / "none.xlsx") == 2
    assert check(one, one) == 2
    assert "đưa vào hai lần" in capsys.readouterr().err


def test_a_bad_file_is_said_in_json_too(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(put("quan.xlsx", DESK), put("a.xlsx", content=b""), more=["--json"]) == 2
    assert json.loads(capsys.readouterr().out)["proved"] is False


def test_a_file_without_a_code_column_is_refused(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    bare = put("a.xlsx", content=table(("Tên", "Số lượng"), ("Bàn", 1)))
    assert check(put("quan.xlsx", DESK), bare) == 2
    assert "cột mã" in capsys.readouterr().err


def test_two_columns_of_one_meaning_are_refused(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    doubled = put("a.xlsx", content=table(("Mã", "Mã số", "Tên"), ("1", "2", "Bàn")))
    assert check(put("quan.xlsx", DESK), doubled) == 2
    assert "“Mã” và “Mã số”" in capsys.readouterr().err


def test_a_sheet_that_was_not_read_keeps_the_piles_from_being_proved(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    second = SheetOf([("danh sách khác",), ("Bàn thứ hai",)], name="Trang 2")
    two = put("quan.xlsx", content=book(SheetOf([HEADER, DESK]), second))
    receipt = put("a.xlsx", DESK)
    assert check(two, receipt) == 1
    assert "quan.xlsx › Trang 2" in capsys.readouterr().out
    assert check(two, receipt, more=["--sheet", "Bảng kê"]) == 0


def test_a_hidden_sheet_is_not_read_and_said_so(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    hidden = SheetOf([HEADER, SEAL], name="Ẩn", state="hidden")
    two = put("quan.xlsx", content=book(SheetOf([HEADER, DESK]), hidden))
    assert check(two, put("a.xlsx", DESK)) == 0
    assert "trang ẩn “Ẩn” có 2 dòng không được đọc" in capsys.readouterr().out


def test_rows_that_are_no_items_are_counted_in_the_report(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    listed = put("quan.xlsx", DESK, ("Tổng cộng", "", 10, ""), ("", "", "", ""))
    assert check(listed, put("a.xlsx", DESK)) == 0
    assert "bỏ qua 1 dòng cộng" in capsys.readouterr().out


def test_long_lists_are_cut_in_print_and_say_by_how_much(
    put: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    many = [(f"TS-{at}", f"Bàn số {at}", 1, "cái") for at in range(30)]
    assert check(put("quan.xlsx", *many), put("a.xlsx", DESK), more=["--limit", "5"]) == 1
    assert "… và 24 mục nữa" in capsys.readouterr().out


def test_no_django_is_loaded(put: Callable[..., Path]) -> None:
    script = (
        "import sys; from thongsuot.cli import main; code = main(sys.argv[1:]); "
        "assert not [m for m in sys.modules if m.split('.')[0] == 'django']; sys.exit(code)"
    )
    command = [sys.executable, "-c", script, "handover", "check", "--inventory",
               str(put("quan.xlsx", DESK)), "--receipts", str(put("a.xlsx", DESK))]  # fmt: skip
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_every_finding_and_every_refusal_has_words() -> None:
    assert set(SORT_WORDS) == set(SORTS)
    said = {code for case in containers.CASES if case.outcome == "R" for code in case.says}
    assert said <= set(FILE_WORDS)


# --- the short way of reading -----------------------------------------------------------------

ROWS = [HEADER, DESK, ("", "", "", ""), ("TS-2", "Tủ “cũ” & kệ", 2.5, "cái"), ("00123", "", 0, "")]


@pytest.mark.parametrize(
    "content",
    [
        table(*ROWS),
        table(*ROWS, ("x",) * 40),
        book(SheetOf(ROWS), SheetOf([("a",)], name="Ẩn", state="hidden")),
        ods(ROWS),
        "Mã;Tên\nA-1;Bàn\n".encode(),
    ],
    ids=["ordinary", "beyond column Z", "two sheets", "ods", "csv"],
)
def test_the_short_way_reads_what_the_careful_way_reads(
    content: bytes, put: Callable[..., Path]
) -> None:
    path = put("a.csv" if content.startswith("Mã".encode()) else "a.xlsx", content=content)
    short, careful = lean_tables(path), read_tables(path)
    assert [(s.name, s.hidden) for s in short.sheets] == [
        (s.name, s.hidden) for s in careful.sheets
    ]
    for one, other in zip(short.sheets, careful.sheets, strict=True):
        assert list(one.rows()) == list(other.rows())


def test_a_cell_at_the_end_of_the_sheet_fills_no_memory(put: Callable[..., Path]) -> None:
    far = next(case for case in containers.CASES if case.id == "A16")
    sheets = lean_tables(put("a.xlsx", content=far.build())).sheets
    assert sum(1 for _ in sheets[0].rows()) < 2_000


# --- templates --------------------------------------------------------------------------------


def test_a_template_is_written_for_a_kind_and_for_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mau.xlsx"
    assert main(["handover", "template", "asset", "--out", str(out)]) == 0
    assert out.exists()
    assert main(["handover", "template", "--all", str(tmp_path / "mau")]) == 0
    assert {p.stem for p in (tmp_path / "mau").iterdir()} == set(KINDS)
    assert "Tài sản công" in capsys.readouterr().out


def test_a_template_without_a_place_to_write_is_wrong_use(tmp_path: Path) -> None:
    assert main(["handover", "template", "asset"]) == 2
    assert main(["handover", "template"]) == 2
    assert main(["handover", "template", "asset", "--out", str(tmp_path / "no" / "x.xlsx")]) == 2


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
def test_a_template_reads_back_as_its_kind_with_its_examples(kind: Kind, tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    write_template(path, kind.name, kind.columns)
    workbook = read_tables(path)
    rows = [row for _, row in workbook.sheets[0].rows()]
    found = kind.header.match(rows[0])
    assert list(found.places) == [column.key for column in kind.columns]
    for at in (0, 1):
        for column in kind.columns:
            value = rows[at + 1][found.places[column.key]]
            example = column.examples[at]
            if column.type == "date" and example:
                assert value == read_date(example).value
            else:
                assert value == example


def test_code_columns_keep_zeros_and_lists_are_offered(tmp_path: Path) -> None:
    path = tmp_path / "mau.xlsx"
    kind = KINDS["asset"]
    write_template(path, kind.name, kind.columns)
    workbook = load_workbook(path)
    sheet = workbook["Bảng kê"]
    at = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.column_dimensions[at["Mã (*)"]].width > 10
    assert sheet[f"{at['Mã (*)']}2"].data_type == "s"
    lists = {str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation
             if v.type == "list"}  # fmt: skip
    assert "Giá trị cho phép" in lists[f"{at['Tình trạng']}2"]
    assert sheet.freeze_panes == "C2"
    assert "Hướng dẫn" in workbook.sheetnames
    allowed = [cell.value for cell in workbook["Giá trị cho phép"][1]]
    assert "Độ mật" in allowed


def test_the_same_template_is_the_same_file(tmp_path: Path) -> None:
    kind = KINDS["seal"]
    for name in ("a.xlsx", "b.xlsx"):
        write_template(tmp_path / name, kind.name, kind.columns)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_two_templates_as_they_are_prove_each_other(tmp_path: Path) -> None:
    kind = KINDS["archive"]
    for name in ("giao.xlsx", "nhan.xlsx"):
        write_template(tmp_path / name, kind.name, kind.columns)
    assert check(tmp_path / "giao.xlsx", tmp_path / "nhan.xlsx") == 0


def test_a_day_in_a_template_is_a_day(tmp_path: Path) -> None:
    kind = KINDS["case"]
    write_template(tmp_path / "a.xlsx", kind.name, kind.columns)
    rows = [row for _, row in read_tables(tmp_path / "a.xlsx").sheets[0].rows()]
    at = kind.header.match(rows[0]).places["received_on"]
    assert rows[1][at] == date(2025, 6, 2)
