"""A table too long to print becomes a file that the paper binds by its hash."""

import hashlib
import io
from dataclasses import replace

import openpyxl
from tests.apps.papers import reading, samples

from thongsuot.foundation.papers import fit, to_pdf
from thongsuot.foundation.papers.fitting import PRINTED_ROWS, table_rows
from thongsuot.foundation.papers.minutes import KindCount, minutes_paper


def test_a_paper_short_enough_comes_back_as_it_is() -> None:
    paper = samples.minutes()
    fitted = fit(paper)
    assert fitted.paper is paper
    assert fitted.files == ()
    assert table_rows(paper) < PRINTED_ROWS


def test_the_longest_table_leaves_first_and_the_paper_names_its_hash() -> None:
    paper = samples.minutes()
    fitted = fit(paper, limit=20)
    (file,) = fitted.files
    assert file.name == "phu-luc-01-bang-01.xlsx"
    assert file.rows == 34
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()
    assert table_rows(fitted.paper) == table_rows(paper) - 34
    text = reading.whole_text(to_pdf(fitted.paper))
    assert file.sha256 in text
    assert file.name in text
    assert "CộngcộtGiátrịtheosổ(đồng):279.150.000" in text


def test_the_file_holds_every_row_and_the_same_sums() -> None:
    (file,) = fit(samples.minutes(), limit=20).files
    page = openpyxl.load_workbook(io.BytesIO(file.content)).active
    rows = [[cell.value for cell in row] for row in page.iter_rows()]
    assert sum(isinstance(row[0], int) for row in rows) == 34
    assert 279_150_000 in rows[-1]


def test_several_tables_of_one_part_leave_without_mixing_places() -> None:
    paper = samples.inventory()
    fitted = fit(paper, limit=0)
    assert [file.rows for file in fitted.files] == [7, 2]
    assert table_rows(fitted.paper) == 0
    assert [section.title for section in fitted.paper.sections] == ["TÀI SẢN CÔNG", "TRỤ SỞ", ""]


def test_a_changed_row_of_an_attached_table_changes_the_paper() -> None:
    values = samples.minutes_values()
    lines = samples.asset_lines()
    other = (*lines[:-1], replace(lines[-1], note="khác"))
    first = fit(samples.minutes(), limit=20).files[0]
    kinds = (KindCount("Tài sản công", other), *values.kinds[1:])
    second = fit(minutes_paper(replace(values, kinds=kinds)), limit=20).files[0]
    assert first.sha256 != second.sha256
