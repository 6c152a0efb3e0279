"""What an address asks of a list is read, written and read again without loss."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from tests.pages.tables.site import JOBS

from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables import asked
from thongsuot.foundation.tables.columns import Column, Kind, follow, shown
from thongsuot.foundation.tables.exports import sheet_name
from thongsuot.foundation.tables.filters import Choice, Text
from thongsuot.foundation.tables.guarded import guarded, unguarded
from thongsuot.foundation.tables.listing import Listing
from thongsuot.foundation.tables.pager import _numbers
from thongsuot.foundation.tables.table import SIZES, Table

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=60)
ADDRESSES = st.fixed_dictionaries(
    {},
    optional={
        "q": ANY_TEXT,
        "tinh-trang": st.sampled_from(["queued", "done", "failed"]),
        "loai": st.sampled_from(["task", "case"]),
        "bat-dau-tu": st.dates().map(str),
        "so-luong-tu": st.integers(-(10**17), 10**17).map(str),
        "nang": st.sampled_from(["0", "1"]),
        "tre": st.just("1"),
        "xep": st.sampled_from(["title", "-title", "done", "-started"]),
        "cot": st.lists(st.sampled_from(["title", "done", "ended"])).map(",".join),
    },
)


@given(ADDRESSES)
def test_a_written_address_asks_for_the_same(address: dict[str, str]) -> None:
    try:
        first = asked.read(JOBS, dict(QueryDict(urlencode(address)).lists()))
    except Refused:
        return
    again = asked.read_text(JOBS, first.query())
    assert again == first
    assert again.query() == first.query()


@given(
    st.dictionaries(st.sampled_from(sorted({n for f in JOBS.filters for n in f.names()})), ANY_TEXT)
)
def test_whatever_is_typed_into_a_filter_is_understood_or_refused(typed: dict[str, str]) -> None:
    status = 200
    try:
        asked.read(JOBS, {name: [value] for name, value in typed.items()})
    except Refused as refused:
        status = refused.status if refused.problems else 0
    assert status in (200, 400)


@given(ANY_TEXT)
def test_a_text_is_the_same_after_a_csv_file(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")


@given(ANY_TEXT, st.integers(1, 12))
def test_every_title_makes_a_name_that_spreadsheets_take(title: str, number: int) -> None:
    name = sheet_name(title, number)
    assert 1 <= len(name) <= 31
    assert not set(name) & set("[]:*?/\\")
    assert not name.startswith("'")


@given(st.integers(1, 500), st.integers(1, 500))
def test_page_numbers_hold_the_ends_and_the_page_shown(here: int, last: int) -> None:
    here = min(here, last)
    numbers = [n for n in _numbers(here, last) if n]
    assert numbers[0] == 1
    assert numbers[-1] == last
    assert here in numbers
    assert numbers == sorted(set(numbers))


@pytest.mark.parametrize(
    ("columns", "filters", "size"),
    [
        ((), (), 50),
        ((Column("a", "A"), Column("a", "B")), (), 50),
        ((Column("a", "A"),), (Text("trang", "Tìm"),), 50),
        ((Column("a", "A"),), (Text("q", "Tìm"), Choice("q", "Loại")), 50),
        ((Column("a", "A"),), (), 10**6),
    ],
)
def test_a_declaration_that_cannot_work_is_noticed_when_it_is_made(
    columns: tuple[Column, ...], filters: tuple[Text | Choice, ...], size: int
) -> None:
    with pytest.raises(ValueError, match="test"):
        Table(code="test.bad", title="x", columns=columns, filters=filters, size=size)


def test_a_path_that_leads_nowhere_shows_nothing() -> None:
    assert follow({"a": None}, "a.b.c") is None
    assert shown(Kind.TEXT, follow({"a": {"b": ""}}, "a.b")) == "–"
    assert shown(Kind.MONEY, 1_284_600_000) == "1.284.600.000"
    assert shown(Kind.QUANTITY, (None, "m²")) == "–"


def test_sizes_are_the_ones_offered() -> None:
    assert [asked.read(JOBS, {"so-dong": [str(n)]}).size for n in SIZES] == list(SIZES)


def test_choices_that_are_worked_out_are_asked_once(rf) -> None:
    asked_for: list[int] = []

    def choices() -> list[tuple[str, str]]:
        asked_for.append(1)
        return [("a", "A"), ("b", "B")]

    table = Table(
        code="test.once", title="x", columns=(Column("pk", "Số"),),
        filters=(Choice("loai", "Loại", field="kind", choices=choices),),
    )  # fmt: skip
    request = rf.get("/?loai=b&loai=a")
    request.user = AnonymousUser()
    listing = Listing(table, Job.objects.none(), request)
    assert [chip.text for chip in listing.chips] == ["Loại: A", "Loại: B"]
    assert len(listing.panel[0].boxes) == 2
    assert len(asked_for) == 1
