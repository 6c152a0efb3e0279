"""The ready papers say what the figures say: nothing more, nothing left out."""

from dataclasses import replace

from tests.apps.papers import reading, samples

from thongsuot.foundation.papers.balance import BalanceRow, Tally, balance_statement
from thongsuot.foundation.papers.lists import AllocationValues, allocation_list
from thongsuot.foundation.papers.minutes import CountLine, KindCount, Side, minutes_paper
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import Items, Paper, Paragraph, Table


def blocks_of(paper: Paper, section: int) -> tuple[object, ...]:
    return paper.sections[section].blocks


def test_the_minutes_sum_up_what_is_equal_different_uncounted_and_refused() -> None:
    summary = next(b for b in blocks_of(samples.minutes(), 2) if isinstance(b, Table))
    assert summary.rows[0] == ("Tài sản công", "I", 34, 32, 1, 0, 1, 279_150_000)
    for row in summary.rows:
        assert row[2] == sum(row[3:7])


def test_every_difference_and_every_refusal_stands_in_the_text_not_only_in_an_annex() -> None:
    differing, refused = [b for b in blocks_of(samples.minutes(), 3) if isinstance(b, Table)]
    assert [row[0] for row in differing.rows] == ["TS-00005"]
    assert differing.rows[0][3:6] == (3, 1, -2)
    assert [row[0] for row in refused.rows] == ["TS-00010"]
    assert refused.rows[0][3] == "Chưa có quyết định điều chuyển tài sản"


def test_minutes_without_differences_say_so() -> None:
    values = samples.minutes_values()
    kind = KindCount("Con dấu", (CountLine("CD-1", "Dấu UBND", "con dấu", 1, 1),))
    paper = minutes_paper(replace(values, kinds=(kind,)))
    nothing = [b for b in blocks_of(paper, 3) if isinstance(b, Paragraph)]
    assert [paragraph.text for paragraph in nothing] == ["Không có.", "Không có."]


def test_a_line_not_counted_yet_prints_blank_to_be_filled_in_by_hand() -> None:
    values = samples.minutes_values()
    kind = KindCount("Con dấu", (CountLine("CD-1", "Dấu UBND", "con dấu", 1),))
    paper = minutes_paper(replace(values, kinds=(kind,)))
    table = paper.annexes[0].blocks[0]
    assert table.rows[0] == ("CD-1", "Dấu UBND", "con dấu", 1, None, None, "")
    assert [column.total for column in table.columns[3:6]] == [True, False, False]


def test_quantities_in_parts_are_printed_in_their_measure() -> None:
    text = reading.pages(to_pdf(samples.minutes()))
    assert any("1,255 1,255" in page.replace("\n", " ") for page in text)


def test_different_measures_are_never_added_up() -> None:
    values = samples.minutes_values()
    kind = KindCount(
        "Tài sản công",
        (CountLine("1", "Bàn", "cái", 2, 2), CountLine("2", "Nhà", "m²", 12_050, 12_050)),
    )
    table = minutes_paper(replace(values, kinds=(kind,))).annexes[0].blocks[0]
    assert not any(column.total for column in table.columns)


def test_a_signature_made_in_the_system_is_shown_with_hour_and_method() -> None:
    text = reading.whole_text(to_pdf(samples.minutes()))
    assert "Đãxácnhậntrênhệthốnglúc16giờ25phútngày30/06/2025" in text
    assert "Phươngthức:nhậplạimậtkhẩu" in text
    assert "chữkýsố" not in text.lower()


def test_copies_are_shared_out_only_when_they_can_be() -> None:
    values = samples.minutes_values()
    closing = [blocks_of(minutes_paper(replace(values, copies=n)), -1)[-1].text for n in (6, 4)]
    assert "lập thành 06 bản có giá trị như nhau, mỗi bên giữ 02 bản./." in closing[0]
    assert closing[1].endswith("lập thành 04 bản có giá trị như nhau./.")


def test_hours_and_people_not_known_leave_room_to_write_and_are_never_made_up() -> None:
    nobody = Side("UBND phường Dương Nội", (), capacity="Đại diện bên nhận")
    values = replace(
        samples.minutes_values(), held_from=None, held_until=None, place="", receiver=nobody
    )
    text = reading.whole_text(to_pdf(minutes_paper(values)))
    room = "…" * 12
    assert f"vàohồi………giờ………phút,ngày………tháng………năm………,tại{room},cácbên" in text
    assert f"-Ông(bà){room},chứcvụ{room}." in text
    assert "kếtthúcvàohồi………giờ………phút.Biênbản" in text
    assert text.count("ĐẠIDIỆNBÊNNHẬN") == 1


def findings(paper: Paper) -> tuple[str, ...]:
    return next(b for b in blocks_of(paper, 0) if isinstance(b, Items)).texts


def test_the_balance_counts_what_is_left() -> None:
    assert findings(samples.balance())[0] == (
        "Đầu kỳ có 45.326 mục; đã có nơi nhận hoặc đã xử lý 45.090 mục; còn phải xử lý 236 mục;"
    )


def test_a_closed_balance_says_that_nothing_is_left() -> None:
    rows = (BalanceRow("UBND phường Yết Kiêu", "Tài sản công", Tally(4, 3, 1)),)
    paper = balance_statement(replace(samples.balance_values(), rows=rows, notes=()))
    assert findings(paper)[-1] == "Không còn mục nào chưa có nơi nhận hoặc chưa được xử lý."


def test_broken_books_are_said_first() -> None:
    rows = (BalanceRow("UBND phường Yết Kiêu", "Tài sản công", Tally(4, 3)),)
    paper = balance_statement(replace(samples.balance_values(), rows=rows))
    assert findings(paper)[0].startswith("Sổ không cân tại UBND phường Yết Kiêu")
    table = next(b for b in blocks_of(paper, 0) if isinstance(b, Table))
    assert table.rows[1][-1] == "Lệch 1"


def test_what_nobody_receives_stands_first_in_the_allocation_list() -> None:
    table = next(b for b in blocks_of(samples.allocation(), 0) if isinstance(b, Table))
    assert table.rows[0][1] == "CHƯA CÓ NƠI NHẬN (1 mục)"
    assert table.rows[1][0] == "NV-0007"


def test_an_empty_list_is_still_a_paper() -> None:
    values = AllocationValues(samples.FRAME, ())
    assert to_pdf(allocation_list(values)).startswith(b"%PDF")
    empty = minutes_paper(replace(samples.minutes_values(), kinds=()))
    assert to_pdf(empty).startswith(b"%PDF")
    nothing = balance_statement(replace(samples.balance_values(), rows=()))
    assert to_pdf(nothing).startswith(b"%PDF")
