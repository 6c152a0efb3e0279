"""A file comes in, is looked at, repaired, written whole or not at all, and taken back."""

import itertools
from typing import Any

import pytest
from django.utils import timezone
from tests.apps.imports.shelf import SHELF, SHORT, things
from tests.corpus.workbooks import Xml, table

from thongsuot.foundation.files.store import keep
from thongsuot.foundation.imports import actions, queries
from thongsuot.foundation.imports.models import ImportBatch, StagedPage, State
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor

pytestmark = pytest.mark.django_db
LAN = Actor(1, "Trần Thị Lan")
_keys = itertools.count()


def act(who: Actor = LAN) -> Act:
    return Act(by=who, key=f"imports-test-{next(_keys)}", at=timezone.now())


def brought(content: bytes, name: str = "bang-ke.xlsx", **options: Any) -> ImportBatch:
    stored = keep(content, name, by=LAN)
    made = actions.bring(
        act(), kind=SHELF, scope={"shelf": 1}, file=stored.pk, name=name, options=options
    )
    actions.stage(int(str(made["batch"])))
    return ImportBatch.objects.get(pk=made["batch"])


def applied(batch: ImportBatch, **more: Any) -> dict[str, object]:
    return actions.apply(act(), batch_id=batch.pk, digest=batch.digest, **more)


ROWS = [
    ["HS-001", "Sổ đăng ký khai sinh 2019", 1, 1_500_000, "30/06/2025", "minh họa"],
    ["HS-002", "Hồ sơ chứng thực", 3, 0, "01/07/2025", ""],
    ["HS-003", "Hồ sơ hòa giải", 2, "", "", ""],
]


def test_a_good_file_is_previewed_and_then_written_whole() -> None:
    batch = brought(table(SHORT, *ROWS))
    assert (batch.state, queries.counts_of(batch).new) == (State.STAGED, 3)
    assert things() == {}
    result = applied(batch)
    assert (result["new"], result["entry_act"]) == (3, "imports.applied")
    assert things()["HS-001"]["value"] == 1_500_000
    assert things()["HS-001"]["due"] == "2025-06-30"
    entry = Entry.objects.get(act="imports.applied")
    assert entry.after["digest"] == batch.digest
    assert (entry.chain, entry.after["file"]) == ("shelf:1", batch.file.sha256)


def test_one_bad_row_stops_the_whole_file_until_it_is_repaired_or_left() -> None:
    batch = brought(table(SHORT, *ROWS, ["HS-004", "", 1, "", "", ""]))
    assert queries.counts_of(batch).error == 1
    with pytest.raises(Refused) as refused:
        applied(batch)
    assert refused.value.problems[0].code == "imports.rows-with-errors"
    assert things() == {}
    assert Entry.objects.filter(act="imports.applied").count() == 0
    actions.fix_cells(
        act(),
        batch_id=batch.pk,
        version=batch.version,
        cells=[{"row": 5, "column": "title", "text": "Hồ sơ con nuôi"}],
    )
    batch.refresh_from_db()
    applied(batch)
    assert things()["HS-004"]["title"] == "Hồ sơ con nuôi"


def test_rows_with_errors_may_be_left_out_when_the_person_says_so() -> None:
    batch = brought(table(SHORT, *ROWS, ["HS-004", "", 1, "", "", ""]))
    applied(batch, leave_errors=True)
    assert set(things()) == {"HS-001", "HS-002", "HS-003"}


def test_a_failure_while_writing_leaves_nothing_behind() -> None:
    batch = brought(table(SHORT, *ROWS, ["HS-009", "Hỏng", 1, "", "", "hỏng khi ghi"]))
    with pytest.raises(Refused):
        applied(batch)
    batch.refresh_from_db()
    assert (things(), batch.state) == ({}, State.STAGED)
    assert Entry.objects.filter(act="imports.applied").count() == 0


def test_the_same_file_again_has_nothing_new_and_shuffled_rows_neither() -> None:
    applied(brought(table(SHORT, *ROWS)))
    for rows in (ROWS, [ROWS[2], ROWS[0], ROWS[1]]):
        batch = brought(table(SHORT, *rows), name="ten-khac.xlsx")
        counts = queries.counts_of(batch)
        assert (counts.new, counts.changed, counts.same) == (0, 0, 3)
        with pytest.raises(Refused) as refused:
            applied(batch)
        assert refused.value.problems[0].code == "imports.nothing-to-write"
    same = brought(table(SHORT, *ROWS))
    assert "imports.same-file" in {problem.code for problem in queries.problems_of(same)}
    assert len(things()) == 3


def test_a_corrected_file_shows_the_difference_and_blank_changes_nothing() -> None:
    applied(brought(table(SHORT, *ROWS)))
    corrected = [["HS-001", "Sổ đăng ký khai sinh 2019", 4, "", "30/06/2025", ""], ROWS[1], ROWS[2]]
    batch = brought(table(SHORT, *corrected))
    counts = queries.counts_of(batch)
    assert (counts.changed, counts.same) == (1, 2)
    row = queries.rows_of(batch, "thay-doi", 1, 50).rows[0]
    assert row.was == {"quantity": 1}
    applied(batch)
    assert things()["HS-001"]["quantity"] == 4
    assert things()["HS-001"]["value"] == 1_500_000


def test_a_row_that_may_not_be_touched_any_more_is_an_error_when_it_comes_again() -> None:
    applied(brought(table(SHORT, ["HS-001", "Sổ", 1, "", "", "đã ký"])))
    batch = brought(table(SHORT, ["HS-001", "Sổ khác", 1, "", "", ""]))
    row = queries.rows_of(batch, "loi", 1, 50).rows[0]
    assert row.faults[0].code == "imports.no-undo"


def test_what_was_previewed_is_what_may_be_written() -> None:
    batch = brought(table(SHORT, *ROWS))
    seen = batch.digest
    actions.fix_cells(
        act(),
        batch_id=batch.pk,
        version=batch.version,
        cells=[{"row": 2, "column": "title", "text": "Tên khác"}],
    )
    with pytest.raises(Refused) as refused:
        actions.apply(act(), batch_id=batch.pk, digest=seen)
    assert (refused.value.status, things()) == (409, {})


def test_staged_rows_changed_behind_our_back_are_not_written() -> None:
    batch = brought(table(SHORT, *ROWS))
    page = StagedPage.objects.get(batch=batch)
    page.content = bytes(page.content).replace(b"HS-001", b"HS-00X")
    page.save()
    with pytest.raises(Refused):
        applied(batch)


def test_a_whole_import_is_taken_back_with_a_reason_and_only_while_nothing_moved() -> None:
    batch = brought(table(SHORT, *ROWS))
    applied(batch)
    with pytest.raises(Refused):
        actions.take_back(act(), batch_id=batch.pk, reason="  ")
    actions.take_back(act(), batch_id=batch.pk, reason="Nhầm tệp")
    batch.refresh_from_db()
    assert (things(), batch.state, batch.reason) == ({}, State.UNDONE, "Nhầm tệp")
    assert Entry.objects.get(act="imports.taken-back").reason == "Nhầm tệp"
    with pytest.raises(Refused):
        actions.take_back(act(), batch_id=batch.pk, reason="Lần nữa")


def test_the_same_key_twice_applies_once() -> None:
    batch = brought(table(SHORT, *ROWS))
    once = act()
    first = actions.apply(once, batch_id=batch.pk, digest=batch.digest)
    again = actions.apply(once, batch_id=batch.pk, digest=batch.digest)
    assert first == again
    assert len(things()) == 3


def test_a_dropped_import_cannot_be_applied() -> None:
    batch = brought(table(SHORT, *ROWS))
    actions.drop(act(), batch_id=batch.pk)
    assert StagedPage.objects.count() == 0
    with pytest.raises(Refused):
        applied(batch)


def test_a_stranger_can_neither_bring_nor_apply() -> None:
    batch = brought(table(SHORT, *ROWS))
    stranger = Actor(9, "Bác Tư")
    with pytest.raises(Refused) as refused:
        actions.apply(act(stranger), batch_id=batch.pk, digest=batch.digest)
    assert refused.value.status == 404
    with pytest.raises(Refused):
        actions.bring(
            act(stranger),
            kind=SHELF,
            scope={"shelf": 1},
            file=batch.file_id,
            name="x.xlsx",
            options={},
        )


def test_a_mapping_given_once_is_remembered_for_the_same_header() -> None:
    header = ["Ký mã", "Tên hồ sơ", "Cột riêng"]
    batch = brought(table(header, ["HS-001", "Sổ", "x"]))
    assert batch.state == State.ASKED
    assert "imports.header-not-found" in {p.code for p in queries.problems_of(batch)}
    actions.answer(
        act(),
        batch_id=batch.pk,
        version=batch.version,
        options={"mapping": {"0": "code", "1": "title", "2": "-"}},
    )
    assert actions.stage(batch.pk) == State.STAGED
    later = brought(table(header, ["HS-002", "Sổ khác", "y"]), name="thang-sau.xlsx")
    assert later.state == State.STAGED
    codes = {p.code for p in queries.problems_of(later)}
    assert "imports.mapping-remembered" in codes
    assert "imports.column-unknown" not in codes


def test_fixing_a_code_judges_both_rows_that_had_it() -> None:
    batch = brought(table(SHORT, ROWS[0], ["HS-001", "Khác", 1, "", "", ""], ["HS-002", "Ba", 1]))
    assert queries.counts_of(batch).error == 2
    result = actions.fix_cells(
        act(),
        batch_id=batch.pk,
        version=batch.version,
        cells=[{"row": 3, "column": "code", "text": "HS-005"}],
    )
    assert result["errors"] == 0
    batch.refresh_from_db()
    result = actions.fix_cells(
        act(),
        batch_id=batch.pk,
        version=batch.version,
        cells=[{"row": 3, "column": "code", "text": "hs 002"}],
    )
    assert result["errors"] == 2


def test_whole_numbers_stay_exact_up_to_what_a_bigint_holds() -> None:
    exact = Xml("><v>9007199254740993</v></c>")
    rows = [
        ["HS-001", "Số dài trong ô số", 1, exact, "", ""],
        ["HS-002", "Số dài trong ô chữ", 1, "1000000000000000000", "", ""],
        ["HS-003", "Quá lớn", 1, "9223372036854775808", "", ""],
    ]
    batch = brought(table(SHORT, *rows))
    assert queries.counts_of(batch).error == 1
    applied(batch, leave_errors=True)
    assert things()["HS-001"]["value"] == 9_007_199_254_740_993
    assert things()["HS-002"]["value"] == 10**18
