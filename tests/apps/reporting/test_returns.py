"""Filling in, submitting, recalling, reopening, locking: what is kept and what is refused."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from tests.apps.reporting.conftest import DUE, GOOD, Office

from thongsuot.apps.reporting import verify
from thongsuot.apps.reporting.actions import returns, rounds
from thongsuot.apps.reporting.models import Filing, Return, Round, Series
from thongsuot.apps.reporting.queries.returns import before_of, owed, standing_filing
from thongsuot.apps.reporting.queries.rounds import counts_of, latest_rounds, round_lines
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry

MINUTE = timedelta(minutes=1)


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_a_period_expects_everybody_of_the_series_and_knows_its_deadline(office: Office) -> None:
    round_ = office.one()
    assert round_.due_at == DUE
    assert round_.returns.count() == 3
    assert (round_.since.isoformat(), round_.until.isoformat()) == ("2025-07-14", "2025-07-21")


def test_a_period_is_opened_once(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        rounds.open_round(office.act(), series_id=office.series, on="2025-07-16")
    assert codes(refused) == ["reporting.round-opened-already"]


def test_a_submitted_return_stands_and_leaves_one_entry_on_the_trail(office: Office) -> None:
    office.submit("an")
    got = office.get("an")
    assert (got.state, got.received_at is not None) == ("submitted", True)
    filing = Filing.objects.get(owner=got)
    assert filing.values == GOOD
    assert Entry.objects.get(pk=filing.entry).act == "reporting.return-submitted"
    assert list(verify.faults()) == []


def test_a_draft_may_be_wrong_and_a_submission_may_not(office: Office) -> None:
    wrong = {"tong": 10, "dung_han": 1, "qua_han": 1}
    returns.save_draft(office.act("an"), return_id=office.returns["an"], values=wrong, sources={})
    assert office.get("an").state == "draft"
    with pytest.raises(Refused) as refused:
        returns.submit(office.act("an"), return_id=office.returns["an"], values=wrong, sources={})
    assert codes(refused) == ["reporting.total-differs"]
    assert office.get("an").received_at is None


def test_what_the_form_does_not_ask_is_not_kept(office: Office) -> None:
    office.submit("an", khac="x")
    assert "khac" not in standing_filing(office.get("an")).values


def test_a_figure_of_the_system_must_be_confirmed_by_a_person(office: Office) -> None:
    sources = {"tai_khoan": {"value": 129, "source": "sổ tài khoản", "confirmed": False}}
    with pytest.raises(Refused) as refused:
        returns.submit(
            office.act("an"), return_id=office.returns["an"], values=GOOD, sources=sources
        )
    assert codes(refused) == ["reporting.figure-unconfirmed"]
    sources["tai_khoan"]["confirmed"] = True
    returns.submit(office.act("an"), return_id=office.returns["an"], values=GOOD, sources=sources)
    assert Filing.objects.get(owner=office.returns["an"]).sources == sources


def test_nothing_to_report_is_an_answer(office: Office) -> None:
    returns.report_nothing(office.act("chi"), return_id=office.returns["chi"])
    counts = counts_of(office.one(), DUE + MINUTE)
    assert (counts.nothing, counts.received, counts.silent) == (1, 1, 2)


def test_one_late_one_silent_one_with_nothing_to_report(office: Office) -> None:
    returns.report_nothing(office.act("chi"), return_id=office.returns["chi"])
    office.submit("an", DUE + MINUTE)
    counts = counts_of(office.one(), DUE + 2 * MINUTE)
    assert (counts.expected, counts.on_time, counts.nothing, counts.late, counts.silent) == (
        3, 0, 1, 1, 1,
    )  # fmt: skip
    assert counts.late_names == ("ubnd phuong an",)
    assert counts.missing_names == ("ubnd phuong binh",)


def test_a_recall_takes_the_report_away_and_tells_who_gathers(office: Office) -> None:
    office.submit("an")
    with pytest.raises(Refused) as refused:
        returns.recall(office.act("an"), return_id=office.returns["an"], reason=" ")
    assert codes(refused) == ["reporting.reason-needed"]
    returns.recall(office.act("an"), return_id=office.returns["an"], reason="Nhầm số quá hạn")
    got = office.get("an")
    assert (got.state, got.received_at) == ("recalled", None)
    assert Notice.objects.filter(user=office.users["van"], kind="reporting.recalled").count() == 1
    office.submit("an", DUE + MINUTE)
    assert office.get("an").received_at > DUE


def test_a_reopened_return_keeps_its_moment_when_it_is_corrected(office: Office) -> None:
    office.submit("an")
    first = office.get("an").received_at
    returns.reopen(office.act("van"), return_id=office.returns["an"], reason="Số 7 sai")
    assert office.get("an").state == "reopened"
    assert Notice.objects.filter(user=office.users["an"], kind="reporting.reopened").exists()
    office.submit("an", DUE + MINUTE, tong=12, dung_han=10)
    assert office.get("an").received_at == first
    assert standing_filing(office.get("an")).values["tong"] == 12


def test_a_locked_period_takes_nothing_but_from_the_unit_opened_again(office: Office) -> None:
    office.submit("an")
    office.lock()
    with pytest.raises(Refused) as refused:
        office.submit("binh", DUE + timedelta(days=4))
    assert codes(refused) == ["reporting.period-locked"]
    returns.reopen(office.act("van"), return_id=office.returns["an"], reason="Đối chiếu lại")
    office.submit("an", DUE + timedelta(days=4), tong=11, dung_han=9)
    assert not office.get("an").unlocked
    with pytest.raises(Refused) as refused:
        office.submit("an", DUE + timedelta(days=5))
    assert codes(refused) == ["reporting.period-locked"]
    assert list(verify.faults()) == []


def test_locking_with_units_missing_needs_a_reason_and_a_head(office: Office) -> None:
    office.submit("an")
    with pytest.raises(Refused) as refused:
        office.lock(reason="")
    assert codes(refused) == ["reporting.lock-with-missing"]
    with pytest.raises(Refused) as refused:
        rounds.lock_round(office.act("van"), round_id=office.round, reason="x")
    assert codes(refused) == ["reporting.not-allowed"]
    office.lock()
    with pytest.raises(Refused) as refused:
        office.lock()
    assert codes(refused) == ["reporting.locked-already"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reporting_filing SET number = 9",
        "DELETE FROM reporting_filing",
        "UPDATE reporting_round SET lock_reason = 'khác'",
        "UPDATE reporting_return SET state = 'expected'",
        "DELETE FROM reporting_return",
        "UPDATE reporting_formversion SET title = 'khác'",
    ],
)
def test_the_database_itself_keeps_a_locked_period(office: Office, sql: str) -> None:
    office.submit("an")
    office.lock()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_database_refuses_a_filing_into_a_locked_period(office: Office) -> None:
    office.submit("an")
    office.lock()
    with pytest.raises(DatabaseError), transaction.atomic():
        Filing.objects.create(
            owner_id=office.returns["binh"], round_id=office.round, number=1, kind="submitted",
            values={}, at=DUE, by=0, by_name="x", entry=0,
        )  # fmt: skip


def test_the_same_form_sent_twice_is_one_filing(office: Office) -> None:
    act = {"return_id": office.returns["an"], "values": GOOD, "sources": {}}
    first = returns.submit(office.act("an", key="khoa-mot"), **act)
    assert returns.submit(office.act("an", key="khoa-mot"), **act) == first
    assert Filing.objects.count() == 1


def test_a_ward_neither_sees_nor_writes_the_return_of_another(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        returns.submit(office.act("an"), return_id=office.returns["binh"], values=GOOD, sources={})
    assert (codes(refused), refused.value.status) == (["reporting.return-missing"], 404)
    with pytest.raises(Refused) as refused:
        returns.submit(
            office.act("kiem"), return_id=office.returns["binh"], values=GOOD, sources={}
        )
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        returns.submit(
            office.act("quan"), return_id=office.returns["binh"], values=GOOD, sources={}
        )
    assert refused.value.status == 404


def test_last_weeks_values_are_shown_and_a_jump_only_warns(office: Office) -> None:
    office.submit("an")
    office.open_round("2025-07-21")
    assert before_of(office.get("an")).values["thiet_bi"] == (16, 20)
    office.submit("an", DUE + timedelta(days=5), tong=100, dung_han=98)
    assert office.get("an").state == "submitted"


def test_reminding_tells_the_people_of_the_silent_only(office: Office) -> None:
    office.submit("an")
    done = rounds.remind(office.act("van", DUE + MINUTE), round_id=office.round)
    assert done == {"reminded": 2, "told": 2}
    told = Notice.objects.filter(kind="reporting.reminded").values_list("user", flat=True)
    assert set(told) == {office.users["binh"].pk, office.users["chi"].pk}
    assert office.get("binh").reminded == 1
    office.submit("binh")
    office.submit("chi")
    with pytest.raises(Refused) as refused:
        rounds.remind(office.act("van"), round_id=office.round)
    assert codes(refused) == ["reporting.nobody-missing"]


def test_what_a_ward_owes_is_on_its_list_until_it_is_there(office: Office) -> None:
    assert [r.pk for r in owed(office.actors["an"], DUE)] == [office.returns["an"]]
    office.submit("an")
    assert list(owed(office.actors["an"], DUE)) == []
    returns.reopen(office.act("van"), return_id=office.returns["an"], reason="Sửa")
    assert [r.pk for r in owed(office.actors["an"], DUE)] == [office.returns["an"]]


def test_the_pages_of_a_series_ask_few_queries(office: Office, django_assert_num_queries) -> None:
    for day in ("2025-07-21", "2025-07-28", "2025-08-04"):
        office.open_round(day)
    series = Series.objects.get(pk=office.series)
    with django_assert_num_queries(3):
        assert len(round_lines(series, DUE)) == 4
    with django_assert_num_queries(3):
        assert latest_rounds(Series.objects.all(), DUE)[0].counts.expected == 3
    round_ = Round.objects.get(pk=office.round)
    with django_assert_num_queries(2):
        counts_of(round_, DUE)


def test_an_ad_hoc_report_has_the_days_that_are_named(office: Office) -> None:
    office.series = office.open_series(
        name="Đột xuất", rhythm={"kind": "ad-hoc", "due_at": "17:00"}
    )
    with pytest.raises(Refused) as refused:
        rounds.open_round(office.act(), series_id=office.series, on="2025-07-15")
    assert codes(refused) == ["reporting.last-day-needed"]
    office.open_round("2025-07-15", until="2025-07-16")
    assert Return.objects.filter(round=office.round).count() == 3
