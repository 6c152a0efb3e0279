"""Files as other programs write them, files broken at random, and files that we write."""

import io
import random
import re
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from tests.apps.imports.shelf import COLUMNS, HEADER, KIND
from tests.apps.imports.shelf import ShelfSession as Rules
from tests.corpus.workbooks import SheetOf, book, ods, packed, parts, table

from thongsuot.foundation.imports.columns import shown
from thongsuot.foundation.imports.engine import Known
from thongsuot.foundation.imports.limits import Limits
from thongsuot.foundation.imports.preview import Preview, Source, prepare
from thongsuot.foundation.imports.readers import read_tables
from thongsuot.foundation.imports.rows import Staged, decode
from thongsuot.foundation.imports.table import Options
from thongsuot.foundation.imports.writing import guarded, sheet_name, unguarded, write_rows
from thongsuot.rules.kernel.problem import blocking

FORMULAS = [
    "=HYPERLINK(1)",
    "+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1",
    "'=1",
    "=cmd|' /C calc'!A0",
]


class NoRegister(Rules):
    """The rules of the shelf where nothing stands yet: no database is asked."""

    def known(self, keys) -> dict[str, Known]:
        return {}


def read(path: Path, name: str = "", **options) -> Preview:
    return prepare(
        Source(path, name or path.name), KIND, lambda: NoRegister({"shelf": 1}), Options(**options)
    )


def staged(preview: Preview) -> list[Staged]:
    assert preview.table is not None, preview.problems
    return [row for page in preview.table.pages for row in decode(page.content)]


def values(row: Staged) -> dict[str, object]:
    return dict(zip(KIND.names, row.values, strict=True))


def at(folder: Path, content: bytes, name: str = "tep.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: re.sub(r"<(/?)(\w+)", r"<\1x:\2", xml).replace("xmlns=", "xmlns:x=", 1),
        lambda xml: re.sub(r'<c r="(\w+)"( t="\w+")', r'<c\2 r="\1"', xml),
        lambda xml: re.sub(r'r="(\w+)"', r"r='\1'", xml),
        lambda xml: re.sub(r' r="\w+"', "", xml),
    ],
    ids=["prefixed", "other-order", "single-quotes", "without-places"],
)
def test_workbooks_of_other_programs_are_read_the_same(tmp_path, change) -> None:
    made = parts(SheetOf([HEADER, ["HS-001", "Sổ", 3]]))
    sheet = "xl/worksheets/sheet1.xml"
    head, body = str(made[sheet]).split("?>\n", 1)
    made[sheet] = f"{head}?>\n{change(body)}"
    rows = staged(read(at(tmp_path, packed(made))))
    assert (rows[0].key, values(rows[0])["quantity"]) == ("HS-001", 3)


def test_an_open_document_sheet_gives_the_same_rows_as_a_workbook(tmp_path) -> None:
    rows = [HEADER, ["HS-001", "Sổ", 3, "", 1500000, "30/06/2025"], ["HS-002", "Hồ sơ", 1]]
    first = staged(read(at(tmp_path, table(*rows))))
    second = staged(read(at(tmp_path, ods(rows), "tep.ods")))
    assert [row.values for row in first] == [row.values for row in second]


def test_far_cells_hidden_by_odd_writing_still_do_not_fill_the_memory(tmp_path) -> None:
    made = parts(SheetOf([HEADER, ["HS-001", "Sổ"]], far={"XFD1048576": "x"}))
    sheet = "xl/worksheets/sheet1.xml"
    made[sheet] = str(made[sheet]).replace('r="XFD1048576"', "r = 'XFD1048576'")
    preview = read(at(tmp_path, packed(made)))
    assert preview.table is not None or blocking(preview.problems)


def test_too_many_rows_are_told_before_anything_is_read(tmp_path) -> None:
    path = at(tmp_path, table(HEADER, *(["HS", "x"] for _n in range(300))))
    found = read_tables(path, limits=Limits(rows=100))
    assert [p.code for p in found.sheets[0].problems] == ["imports.too-many-rows"]


def test_files_broken_at_random_are_read_or_refused_and_never_break_us(tmp_path) -> None:
    chance = random.Random(7)
    whole = book(SheetOf([HEADER, *([f"HS-{n:03d}", "Sổ", n] for n in range(20))]))
    for turn in range(150):
        broken = bytearray(whole)
        for _spot in range(chance.randint(1, 12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        if turn % 5 == 0:
            broken = broken[: chance.randrange(len(broken))]
        preview = read(at(tmp_path, bytes(broken)))
        assert preview.table is not None or blocking(preview.problems)


def test_sheets_broken_at_random_inside_a_sound_package_never_break_us(tmp_path) -> None:
    chance = random.Random(11)
    made = parts(SheetOf([HEADER, *([f"HS-{n:03d}", "Sổ", n] for n in range(10))]))
    for _turn in range(150):
        part = chance.choice(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
        broken = bytearray(str(made[part]).encode())
        for _spot in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(32, 127)
        preview = read(at(tmp_path, packed({**made, part: bytes(broken)})))
        assert preview.table is not None or blocking(preview.problems)


def _exported(rows: list[dict[str, object]], folder: Path, form: str) -> Path:
    out = io.BytesIO()
    write_rows(KIND, rows, out, form=form)
    return at(folder, out.getvalue(), f"xuat.{form}")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_is_exported_can_be_imported_again_and_says_the_same(tmp_path, form) -> None:
    full = {
        "code": "00123", "title": "Sổ hộ tịch", "quantity": 3, "area": 150_050,
        "value": 9_007_199_254_740_993, "due": "2025-07-01", "since": "2019-06", "measure": "m²",
        "secrecy": "secret", "seal": "N-1", "parent": None, "note": "minh họa",
    }  # fmt: skip
    blank = {**dict.fromkeys(KIND.names), "code": "HS-2", "title": "Trống", "quantity": 1}
    rows = staged(read(_exported([full, blank], tmp_path, form)))
    assert [values(row) for row in rows] == [full, blank]
    assert not any(row.blocked for row in rows)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_no_cell_of_an_export_is_a_formula_and_the_text_comes_back(tmp_path, form) -> None:
    rows = [
        {**dict.fromkeys(KIND.names), "code": f"HS-{n}", "title": text, "quantity": 1}
        for n, text in enumerate(FORMULAS)
    ]
    path = _exported(rows, tmp_path, form)
    if form == "xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert all(cell.data_type != "f" for line in sheet for cell in line)
        back = [
            line[1] for line in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
        ]
        assert back[1:] == FORMULAS
    else:
        text = path.read_text("utf-8-sig")
        assert not re.search(r'(?:^|,)"?[=+@＝-]', text)
    titles = [values(row)["title"] for row in staged(read(path))]
    assert titles == [re.sub(r"\s", "", text) if text[0] in "\t\r" else text for text in FORMULAS]


def test_the_apostrophe_of_an_export_is_taken_away_and_no_other() -> None:
    assert [unguarded(guarded(text)) for text in FORMULAS] == FORMULAS
    assert unguarded("'quoted'") == "'quoted'"


def test_names_of_sheets_hold_nothing_that_may_not_stand_in_them() -> None:
    assert sheet_name("a/b\\c:d*e?[f]") == "a-b-c-d-e--f-"
    assert len(sheet_name("x" * 50)) == 31


def test_every_value_is_shown_as_a_person_would_type_it() -> None:
    by_key = {column.key: column for column in COLUMNS}
    for key, value, text in (
        ("value", 1_500_000, "1.500.000"),
        ("area", 150_050, "1.500,5"),
        ("due", "2025-07-01", "01/07/2025"),
        ("since", "2019-06", "06/2019"),
        ("since", "2019", "2019"),
        ("secrecy", "secret", "Mật"),
        ("note", None, ""),
    ):
        assert shown(by_key[key], value) == text
