"""Days, receipts and shares: counted in working days, saying nothing about a person, never rounded up."""

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.calendar import WorkingCalendar
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.procedures.access import Relation, check_may, may
from thongsuot.rules.procedures.counting import (
    ACTS,
    STATES,
    TABLE,
    Dossier,
    Tally,
    check_step,
    due_on,
    judge,
    tally,
)
from thongsuot.rules.procedures.coverage import (
    Procedure,
    check_procedure,
    personal,
    share,
)
from thongsuot.rules.procedures.receipts import (
    ALPHABET,
    check_sign,
    desk_sign,
    is_receipt,
    receipt_number,
)

TUESDAY = date(2025, 7, 1)
CALENDAR = WorkingCalendar.of([date(2025, 9, 2)])
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


def codes(problems) -> list[str]:
    return [p.code for p in problems]


@pytest.mark.parametrize(
    ("days", "finished", "how"),
    [
        (3, date(2025, 7, 3), "early"),
        (3, date(2025, 7, 4), "on-time"),
        (3, date(2025, 7, 7), "late"),
        (0, TUESDAY, "on-time"),
    ],
)
def test_early_on_time_and_late_are_judged_by_working_day(days, finished, how) -> None:
    assert judge(Dossier(TUESDAY, days, finished), CALENDAR, finished) == how


def test_what_is_open_waits_until_its_day_and_is_overdue_after_it() -> None:
    open_one = Dossier(TUESDAY, 3)
    assert judge(open_one, CALENDAR, date(2025, 7, 4)) == "waiting"
    assert judge(open_one, CALENDAR, date(2025, 7, 5)) == "overdue"


def test_the_days_stand_still_while_papers_are_awaited() -> None:
    paused = Dossier(TUESDAY, 3, paused=(Period(date(2025, 7, 2), date(2025, 7, 9)),))
    assert due_on(paused, CALENDAR) == date(2025, 7, 11)  # five working days later
    still = Dossier(TUESDAY, 3, paused=(Period(date(2025, 7, 2), None),))
    assert due_on(still, CALENDAR, date(2025, 7, 9)) == date(2025, 7, 11)


@given(DAYS, st.integers(0, 60), st.integers(0, 120))
def test_a_dossier_is_late_when_it_took_more_working_days_than_it_had(day, days, took) -> None:
    received = CALENDAR.on_or_after(day)
    finished = CALENDAR.on_or_after(received + timedelta(took))
    passed = (received + timedelta(n) for n in range(1, (finished - received).days + 1))
    used = sum(1 for one in passed if CALENDAR.is_working(one))
    how = judge(Dossier(received, days, finished), CALENDAR, finished)
    assert how == ("late" if used > days else "on-time" if used == days else "early")


@given(st.lists(st.sampled_from(["early", "on-time", "late", "waiting", "overdue"])))
def test_every_dossier_is_counted_once_and_what_is_overdue_helps_no_rate(judgements) -> None:
    found = tally(judgements)
    assert found.received == found.finished + found.waiting + found.overdue == len(judgements)
    if found.kept is not None:
        assert 0 <= found.kept <= 10_000
        assert (found.kept == 10_000) == (found.late == found.overdue == 0)


def test_a_rate_of_nothing_is_no_rate() -> None:
    assert Tally(received=2, waiting=2).kept is None


@given(st.sampled_from(STATES), st.sampled_from(ACTS))
def test_what_is_not_in_the_table_is_refused(state, act) -> None:
    found = codes(check_step(Dossier(TUESDAY, 3, state=state), act, TUESDAY, TUESDAY, "lý do"))
    assert found == ([] if (state, act) in TABLE else ["procedures.not-in-this-state"])


def test_giving_back_needs_a_reason_and_days_keep_their_order() -> None:
    found = check_step(Dossier(TUESDAY, 3), "return", date(2025, 6, 30), TUESDAY, " ")
    assert codes(found) == ["procedures.before-receipt", "procedures.reason-needed"]
    assert codes(check_step(Dossier(TUESDAY, 3), "finish", date(2025, 7, 2), TUESDAY, "")) == [
        "procedures.day-to-come"
    ]


SECRETS = st.text(alphabet=ALPHABET, min_size=4, max_size=4)


@given(st.integers(2025, 2099), st.integers(1, 9_999_999), SECRETS, st.data())
def test_one_wrong_sign_on_a_receipt_is_noticed(year, sequence, secret, data) -> None:
    number = receipt_number("HCHD", year, sequence, secret)
    assert is_receipt(number)
    assert is_receipt(f" {number.lower()} ")
    at = data.draw(st.sampled_from([i for i, c in enumerate(number[:-1]) if c.isalnum()]))
    other = data.draw(st.sampled_from([c for c in string.digits + "ABCDEFGH" if c != number[at]]))
    slip = number[:at] + other + number[at + 1 :]
    assert (
        not is_receipt(slip) or (ord(other) - ord(number[at])) % 31 == 0 or _same(number[at], other)
    )


def _same(one: str, other: str) -> bool:
    return (int(one, 36) - int(other, 36)) % 31 == 0


def test_a_receipt_says_nothing_about_a_person_and_a_desk_has_a_short_sign() -> None:
    assert receipt_number("HCHD", 2025, 12, "7K4P")[:-1] == "HCHD-25-12-7K4P"
    assert desk_sign("Trung tâm hành chính công") == "TTHC"
    assert desk_sign("Đa") == "DXXX"
    assert check_sign("A") != check_sign("B")
    with pytest.raises(ValueError, match="not a receipt number"):
        receipt_number("HCHD", 2025, 12, "ab")


CODES = st.sets(st.sampled_from("abcdefgh"))


@given(CODES, CODES)
def test_all_of_them_means_none_is_missing(due, offered) -> None:
    found = share(due, offered)
    assert found.done + len(found.missing) == found.whole == len(due)
    assert (found.hundredths == 10_000) == (bool(due) and due <= offered)
    assert (found.hundredths is None) == (not due)


def test_a_procedure_is_due_at_its_tier_and_in_its_days() -> None:
    one = Procedure("1.1", frozenset({"commune"}), Period(TUESDAY, date(2025, 8, 1)))
    assert one.due_at("commune", TUESDAY)
    assert not one.due_at("province", TUESDAY)
    assert not one.due_at("commune", date(2025, 8, 1))
    assert codes(check_procedure("", "", -1, [])) == [
        "procedures.code-needed", "procedures.name-needed", "procedures.days-unfit",
        "procedures.level-needed",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [("gọi 0912 345 678", True), ("CCCD 001099000123", True), ("thiếu 2 bản sao", False),
     ("ngày 01/07/2025", False)],
)  # fmt: skip
def test_numbers_of_people_are_noticed(text, found) -> None:
    assert personal(text) is found


def test_the_desk_receives_and_the_city_keeps_the_catalogue() -> None:
    def actor(role: Role, body: int, area=()) -> Actor:
        hat = Hat(1, role, "vị trí", body, "cơ quan", frozenset(), frozenset(area))
        return Actor(1, "Ai đó", (hat,), hat)

    to = Relation(5, frozenset({10}))
    assert may(actor(Role.CLERK, 5), "receive", to)
    assert not may(actor(Role.CLERK, 6), "receive", to)
    assert not may(actor(Role.CLERK, 5), "shop", to)
    assert may(actor(Role.STEERING, 1, {10}), "catalogue", to)
    assert check_may(actor(Role.OPERATOR, 5), "receive", to).code == "procedures.not-allowed"
    assert check_may(Actor(1, "Bác Tư"), "receive", to).code == "procedures.no-post-today"
