from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.handover.check import (
    FAILING,
    LOSING,
    NOT_COUNTED,
    SORTS,
    Check,
    Finding,
    Outcome,
    Source,
    Table,
    open_table,
)
from thongsuot.rules.handover.matching import Thing, likely_matches, shares_words

HEADER = ("Mã", "Tên", "Số lượng", "Đơn vị tính")
Rows = Sequence[Sequence[object]]


def table(
    *rows: Sequence[object], file: str = "a.xlsx", header: Sequence[object] = HEADER
) -> Table:
    sheet = [header, *rows]
    made = open_table(Source(file, "Bảng kê"), lambda: iter(enumerate(sheet, 1)))
    assert made is not None
    return made


def check(held: Rows, *claims: Rows) -> Outcome:
    proof = Check()
    proof.hold(table(*held))
    for at, claim in enumerate(claims):
        proof.claim(table(*claim, file=f"ward{at}.xlsx"))
    return proof.outcome()


def sorts(outcome: Outcome) -> list[str]:
    return [finding.sort for finding in outcome.findings]


TEN = ("TS-1", "Bàn làm việc", 10.0, "cái")


def test_what_was_received_once_and_in_full_is_proved() -> None:
    outcome = check([TEN, ("TS-2", "Tủ", 1.0, "cái")], [TEN], [("TS-2", "Tủ", 1.0, "cái")])
    assert outcome.proved
    assert (outcome.matched, outcome.items, outcome.lost, outcome.findings) == (2, 2, 0, ())


def test_nothing_listed_proves_nothing() -> None:
    assert not check([], [TEN]).proved
    assert not check([]).proved


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], ["missing"]),
        ([[("TS-1", "Bàn làm việc", 9.0, "cái")]], ["short"]),
        ([[("TS-1", "Bàn làm việc", 11.0, "cái")]], ["over"]),
        ([[TEN], [TEN]], ["twice"]),
        ([[TEN, TEN]], ["twice"]),
        ([[TEN, ("TS-9", "Ghế", 1.0, "cái")]], ["unknown"]),
        ([[("TS-1", "Bàn làm việc", 10.0, "bộ")]], ["unit-differs"]),
        ([[("TS-1", "Con dấu tròn", 10.0, "cái")]], ["described-differently"]),
        ([[("TS-1", "Bàn làm việc", "", "cái")]], ["uncounted"]),
        ([[TEN, ("", "Ghế xoay", 1.0, "cái")]], ["no-code"]),
        ([[TEN, ("1E05", "Ghế xoay", 1.0, "cái")]], ["code-shortened"]),
        ([[("TS-1", "Bàn làm việc", "mười", "cái")]], ["uncounted", "quantity-unreadable"]),
        ([[("TS-1", "Bàn làm việc", -10.0, "cái")]], ["uncounted", "quantity-unreadable"]),
    ],
)  # fmt: skip
def test_a_difference_is_found(claims: list[Rows], expected: list[str]) -> None:
    outcome = check([TEN], *claims)
    assert sorts(outcome) == expected
    assert not outcome.proved


@pytest.mark.parametrize(
    "claim",
    [
        ("TS-1", "Bàn làm việc", 10, "Chiếc"),
        ("TS-1", "BÀN LÀM VIỆC", "10", "cái"),
        ("TS–1", "Ba\u0300n làm việc", "10,0", ""),
        (" TS-1\u200b", "", 10.0, "c"),
        ("TS-1", "Bàn làm việc cũ", "１０", None),
    ],
)
def test_a_difference_of_writing_only_is_none(claim: Sequence[object]) -> None:
    assert check([TEN], [claim]).proved


def test_a_division_that_adds_up_is_proved_and_said() -> None:
    outcome = check([TEN], [("TS-1", "Bàn", 6.0, "cái")], [("TS-1", "Bàn", 4.0, "cái")])
    assert outcome.proved
    assert sorts(outcome) == ["divided"]
    assert outcome.matched == 1


def test_a_division_that_does_not_add_up_is_short() -> None:
    outcome = check([TEN], [("TS-1", "Bàn", 6.0, "cái")], [("TS-1", "Bàn", 3.0, "cái")])
    (finding,) = outcome.findings
    assert (finding.sort, finding.listed, finding.received) == ("short", 100_000, 90_000)


def test_every_place_is_told() -> None:
    outcome = check([TEN], [TEN], [TEN])
    (finding,) = outcome.findings
    assert [(outcome.sources[p.source].file, p.row) for p in finding.held] == [("a.xlsx", 2)]
    assert [(outcome.sources[p.source].file, p.row) for p in finding.claimed] == [
        ("ward0.xlsx", 2), ("ward1.xlsx", 2)]  # fmt: skip


def test_the_same_line_twice_counts_once_and_two_lines_with_one_code_do_not_pass() -> None:
    assert sorts(check([TEN, TEN], [TEN])) == ["same-line-twice"]
    assert check([TEN, TEN], [TEN]).proved
    outcome = check([TEN, ("TS-1", "Ghế", 3.0, "cái")], [TEN])
    assert sorts(outcome) == ["listed-twice"]
    assert not outcome.proved


def test_codes_that_differ_only_by_dash_are_proposed_and_not_joined() -> None:
    outcome = check([TEN], [("ts 1", "Bàn làm việc", 10.0, "cái")])
    assert sorts(outcome) == ["missing", "unknown"]
    (pair,) = outcome.likely
    assert (pair.listed, pair.received, pair.score, pair.same_code) == (0, 1, 100, True)


def test_totals_headings_and_repeated_headers_are_no_items() -> None:
    made = table(
        (1.0, 2.0, 3.0, 4.0),
        ("I. Bàn ghế", "", "", ""),
        TEN,
        ("", "", "", ""),
        HEADER,
        ("Tổng cộng", "", 10.0, ""),
    )
    proof = Check()
    proof.hold(made)
    assert proof.outcome().items == 1
    assert made.skipped == {"heading": 2, "blank": 1, "header": 1, "total": 1}


def test_the_header_is_found_below_titles_and_by_other_names() -> None:
    rows = [["UBND QUẬN"], [], ["STT", "Ký hiệu", "Diễn giải", "SL", "ĐVT"], [1, "A-1", "Bàn", 2]]
    made = open_table(Source("f", "s"), lambda: iter(enumerate(rows, 1)))
    assert made is not None
    assert [line.code for _, line in made.lines()] == ["A-1"]


def test_a_sheet_without_a_code_column_is_no_table() -> None:
    rows = [["Tên", "Số lượng"], ["Bàn", 1]]
    assert open_table(Source("f", "s"), lambda: iter(enumerate(rows, 1))) is None


def test_a_doubtful_quantity_is_decided_by_its_column_or_not_at_all() -> None:
    decided = [("A", "x", "1.500", ""), ("B", "x", "1.500.000", "")]
    assert check(decided, [("A", "x", 1500.0, ""), ("B", "x", 1_500_000.0, "")]).proved
    assert "quantity-unreadable" in sorts(
        check([("A", "x", "1.500", "")], [("A", "x", 1500.0, "")])
    )


def test_without_a_quantity_column_each_row_is_one() -> None:
    header = ("Mã", "Tên")
    proof = Check()
    proof.hold(table(("A", "x"), header=header))
    proof.claim(table(("A", "x"), header=header, file="b"))
    proof.claim(table(("A", "x"), header=header, file="c"))
    assert sorts(proof.outcome()) == ["twice"]


def test_a_bare_list_of_codes_is_an_inventory() -> None:
    proof = Check()
    proof.hold(table(("A-1",), ("A-2",), header=("Mã", "Tên")))
    assert proof.outcome().items == 2


def test_blank_on_both_sides_is_the_same_nothing_counted() -> None:
    blank = ("A", "x", "", "")
    assert check([blank], [blank]).proved
    assert sorts(check([blank], [blank], [blank])) == ["twice"]


def test_sorts_that_lose_something_also_fail() -> None:
    assert LOSING < FAILING < set(SORTS)


# --- properties -------------------------------------------------------------------------------

QUANTITIES = st.integers(1, 50)


@settings(deadline=None)
@given(st.lists(QUANTITIES, min_size=1, max_size=30), st.data())
def test_any_exact_division_is_proved(quantities: list[int], data: st.DataObject) -> None:
    held = [(f"C-{at}", f"vật {at}", float(q), "cái") for at, q in enumerate(quantities)]
    claims: list[list[tuple[object, ...]]] = [[], [], []]
    for code, title, quantity, unit in held:
        left = int(quantity)
        for ward in data.draw(st.permutations([0, 1, 2])):
            share = data.draw(st.integers(0, left)) if ward != 2 else 0
            if share:
                claims[ward].append((code, title, float(share), unit))
                left -= share
        if left:
            claims[2].append((code, title, float(left), unit))
    outcome = check(held, *claims)
    assert outcome.proved
    assert outcome.matched == len(held)


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(0, 20), QUANTITIES, max_size=15),
    st.dictionaries(st.integers(0, 20), QUANTITIES, max_size=15),
)
def test_the_counts_are_what_set_and_number_say(
    listed: dict[int, int], received: dict[int, int]
) -> None:
    rows = [[(f"C-{c}", "vật", float(q), "cái") for c, q in side.items()]
            for side in (listed, received)]  # fmt: skip
    outcome = check(rows[0], rows[1])
    both = listed.keys() & received.keys()
    assert outcome.matched == sum(listed[c] == received[c] for c in both)
    assert outcome.counts["short"] == sum(listed[c] > received[c] for c in both)
    assert outcome.counts["over"] == sum(listed[c] < received[c] for c in both)
    assert outcome.counts["missing"] == len(listed.keys() - received.keys())
    assert outcome.counts["unknown"] == len(received.keys() - listed.keys())
    assert outcome.proved == (listed == received and bool(listed))


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8),
                          st.one_of(st.floats(), st.text(max_size=6)), st.text(max_size=6)),
                max_size=12))  # fmt: skip
def test_whatever_the_cells_hold_every_line_is_an_item_a_finding_or_counted_as_none(
    rows: list[tuple[str, str, object, str]],
) -> None:
    made = table(*rows)
    proof = Check()
    proof.hold(made)
    outcome = proof.outcome()
    lines_at = {place.row for f in outcome.findings for place in f.held}
    assert outcome.listed_lines + sum(made.skipped.values()) == len(rows)
    assert len(lines_at) == outcome.listed_lines
    assert not outcome.proved


# --- likely matches ---------------------------------------------------------------------------


def test_the_description_proposes_what_the_code_does_not() -> None:
    listed = [Thing(0, "HS-1", "Hồ sơ đất đai ông Nguyễn Văn Bình thửa 112", 1, "hồ sơ"),
              Thing(1, "HS-2", "Hồ sơ đất đai bà Trần Thị Hoa thửa 87", 1, "hồ sơ")]  # fmt: skip
    received = [Thing(7, "X-9", "hồ sơ đất đai bà Trần Thị Hoa, thửa 87", 1, "hồ sơ")]
    (pair,) = likely_matches(listed, received)
    assert (pair.listed, pair.received, pair.same_code) == (1, 7, False)
    assert pair.score >= 85


def test_things_that_share_only_common_words_are_not_proposed() -> None:
    listed = [Thing(0, "A", "Hồ sơ đất đai số 15", 1)]
    assert likely_matches(listed, [Thing(1, "B", "Xe ô tô bảy chỗ", 1)]) == ()


def test_proposals_are_the_same_every_time() -> None:
    listed = [Thing(at, f"A-{at}", f"Bàn làm việc số {at % 7}", at) for at in range(60)]
    received = [Thing(100 + at, f"B-{at}", f"bàn làm việc số {at % 7}", at) for at in range(20)]
    assert likely_matches(listed, received) == likely_matches(listed, received)


def test_a_blank_description_agrees_with_every_other() -> None:
    assert shares_words("", "Bàn")
    assert not shares_words("Con dấu tròn", "Bàn làm việc")


def test_a_finding_without_a_count_says_so() -> None:
    outcome = check([TEN])
    assert outcome.findings[0] == Finding(
        "missing", "TS-1", "Bàn làm việc", 100_000, NOT_COUNTED, "cái", ((0, 2),)
    )


CELLS = st.tuples(
    st.one_of(
        st.from_regex(r"[A-Z0-9]{1,3}[-./_]?[A-Z0-9]{0,3}", fullmatch=True),
        st.sampled_from(
            [
                "A-",
                "-A",
                "A\nB",
                "1E5",
                "12e-3",
                "Mã",
                "",
                " A",
                "A–1",
                "Đ1",
                "HĐ-đ",
                "A--1",
                "HS 001",
            ]
        ),
        st.floats(0, 1e6),
    ),
    st.one_of(st.just("Bàn"), st.just(3.0), st.none()),
    st.one_of(st.integers(0, 9).map(float), st.sampled_from(["5", "", None, True, 2.5, -1.0, 7])),
    st.sampled_from(["cái", "Chiếc", "", None, "thúng", "thing"]),
)


@settings(deadline=None)
@given(st.lists(CELLS, max_size=9), st.lists(CELLS, max_size=3))
def test_a_row_is_read_alike_alone_and_among_many(
    few: list[tuple[object, ...]], more: list[tuple[object, ...]]
) -> None:
    plain = [(f"P-{at}", "Bàn", 1.0, "cái") for at in range(4)]  # past the rows under the header
    together = table(*plain, *few, *more)
    alone = [line for row in (*plain, *few, *more) for _, line in table(row).lines()]
    assert [line for _, line in together.lines()] == alone
    numbers = [row for row, _ in together.lines()]
    assert numbers == sorted(numbers)
