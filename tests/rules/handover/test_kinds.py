from datetime import date

import pytest

from thongsuot.rules.handover.kinds import KINDS, ColumnType, Kind, kind_like
from thongsuot.rules.handover.kinds_columns import common_columns
from thongsuot.rules.handover.kinds_rules import row_problems
from thongsuot.rules.kernel.cells import (
    read_bool,
    read_choice,
    read_code,
    read_date,
    read_int,
    read_money,
    read_number,
    read_quantity,
    read_text,
    read_unit,
    read_year,
)
from thongsuot.rules.kernel.cells_row import header_key
from thongsuot.rules.kernel.quantity import UNITS

ON = date(2025, 6, 20)
EVERY = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
READERS = {
    "text": read_text, "code": read_code, "int": read_int, "money": read_money, "date": read_date,
    "year": read_year, "bool": read_bool, "unit": read_unit, "quantity": read_number,
}  # fmt: skip


def wrong(kind: str, **values: object) -> list[str]:
    return [problem.code for problem in row_problems(KINDS[kind], values, ON)]


def test_there_are_the_eleven_kinds() -> None:
    assert list(KINDS) == [
        "task", "case", "archive", "asset", "office", "finance", "project", "person",
        "service_unit", "seal", "dataset",
    ]  # fmt: skip


@EVERY
def test_a_kind_has_every_common_column_and_one_annex_of_its_own(kind: Kind) -> None:
    common = {column.key for column in common_columns()}
    assert common < set(kind.by_key)
    assert {"code", "title", "giver"} <= set(kind.required)
    assert kind.columns[-1].key == "note"


@EVERY
def test_no_two_columns_have_one_key_or_one_printed_title(kind: Kind) -> None:
    keys = [column.key for column in kind.columns]
    titles = [header_key(column.title) for column in kind.columns]
    assert len(set(keys)) == len(keys)
    assert len(set(titles)) == len(titles)


@EVERY
def test_every_column_is_known_by_its_printed_title(kind: Kind) -> None:
    for column in kind.columns:
        assert kind.header.key_of(column.title) == column.key
        assert kind.header.key_of(column.title + " (*)") == column.key


@EVERY
def test_every_column_tells_how_to_fill_it(kind: Kind) -> None:
    for column in kind.columns:
        assert column.help.endswith(".")
        assert column.source in ("read", "inferred")
        assert bool(column.choices) == (column.type in (ColumnType.CHOICE, ColumnType.UNIT))
        assert not column.unit or column.unit in UNITS


@EVERY
def test_a_template_of_a_kind_is_known_as_that_kind(kind: Kind) -> None:
    assert kind in kind_like([column.title for column in kind.columns])


@EVERY
def test_the_examples_of_a_kind_are_rows_without_error(kind: Kind) -> None:
    for at in (0, 1):
        values: dict[str, object] = {}
        for column in kind.columns:
            example = column.examples[at]
            if example == "":
                assert not column.required
                continue
            if column.unit:
                cell = read_quantity(example, UNITS[column.unit])
            elif column.type is ColumnType.CHOICE:
                cell = read_choice(example, column.words)
            else:
                cell = READERS[column.type](example)
            assert cell.readable, (column.key, cell)
            values[column.key] = cell.value
        assert not [p for p in row_problems(kind, values, ON) if p.blocks]


def test_titles_that_fit_no_kind_are_of_no_kind() -> None:
    assert kind_like(["Mã", "Tên", "Số lượng"]) == ()


def test_the_position_of_a_person_is_not_a_place() -> None:
    assert KINDS["person"].header.key_of("Vị trí") == "position"
    assert KINDS["asset"].header.key_of("Vị trí") == "place"


# --- between the fields -----------------------------------------------------------------------


def test_a_secret_record_has_a_seal_number() -> None:
    assert wrong("archive", secrecy="secret") == ["handover.secret-without-seal"]
    assert wrong("archive", secrecy="secret", seal_no="NP-01") == []
    assert wrong("archive", secrecy="normal") == wrong("archive", secrecy="") == []


def test_the_remaining_value_is_not_above_the_original_cost() -> None:
    assert wrong("asset", value=11, original_cost=10) == ["handover.value-above-cost"]
    assert wrong("asset", value=10, original_cost=10) == []
    assert wrong("asset", value=10) == []


def test_nothing_is_newer_than_the_day_it_was_counted() -> None:
    assert wrong("asset", year=2025, counted_on=date(2024, 12, 31)) == ["handover.year-after-count"]
    assert wrong("asset", year=2026) == ["handover.year-after-count"]
    assert wrong("case", received_on="2025-06-21") == ["handover.received-after-count"]


def test_a_count_lies_not_in_the_future() -> None:
    assert wrong("asset", counted_on="2025-06-21") == ["handover.counted-in-future"]


def test_days_may_come_as_days_or_as_text() -> None:
    for received, due in ((date(2025, 6, 2), date(2025, 6, 1)), ("2025-06-02", "2025-06-01")):
        found = row_problems(KINDS["case"], {"received_on": received, "next_due": due}, ON)
        assert [p.code for p in found] == ["handover.due-passed", "handover.due-before-receipt"]


def test_a_day_known_only_in_part_says_nothing() -> None:
    assert wrong("case", next_due="2019") == wrong("case", next_due="2019-06") == []


def test_a_deadline_in_the_past_is_a_warning() -> None:
    (problem,) = row_problems(KINDS["seal"], {"next_due": "2025-06-19"}, ON)
    assert not problem.blocks


def test_the_years_of_records_run_forward() -> None:
    assert wrong("archive", year_from=2020, year_to=2011) == ["handover.years-reversed"]


def test_no_more_than_everything_is_digitised() -> None:
    assert wrong("archive", digitised=101) == ["handover.over-hundred-percent"]


def test_a_task_without_person_day_or_basis_comes_in_with_a_warning() -> None:
    (problem,) = row_problems(KINDS["task"], {"assignee": "Trần Thị Lan"}, ON)
    assert problem.facts["missing"] == ("Mốc tới hạn", "Căn cứ pháp lý")
    assert not problem.blocks


def test_a_returned_seal_was_returned_to_somebody() -> None:
    assert wrong("seal", returned_on="2025-06-19") == ["handover.seal-returned-to-nobody"]


def test_money_and_people_stay_within_what_was_given() -> None:
    assert wrong("finance", spent=2, estimate=1) == ["handover.spent-above-estimate"]
    assert wrong("project", disbursed=2, total=1) == ["handover.disbursed-above-total"]
    assert wrong("service_unit", headcount=2, quota=1) == ["handover.headcount-above-quota"]


def test_a_finding_names_its_paper_and_a_contract_its_end() -> None:
    assert wrong("finance", finance_type="finding") == ["handover.finding-without-paper"]
    assert wrong("dataset", expires_on="2025-06-19") == ["handover.contract-expired"]


def test_nothing_of_something_is_not_listed() -> None:
    assert wrong("asset", quantity=0) == ["handover.quantity-zero"]


def test_every_problem_names_a_column_of_the_kind() -> None:
    for kind in KINDS.values():
        values: dict[str, object] = {
            column.key: {"int": 10**6, "money": 1, "year": 2100, "date": "2099-01-01"}.get(
                column.type, "secret" if column.key == "secrecy" else None
            )
            for column in kind.columns
        }
        for problem in row_problems(kind, values, ON):
            assert problem.subject in kind.by_key
