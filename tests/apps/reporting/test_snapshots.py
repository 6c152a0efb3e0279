"""Snapshots, briefs and targets: the same figures, frozen for each recipient at its own cut-off."""

from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from tests.apps.handover.conftest import LOADED, _body, _unit
from tests.apps.reporting.conftest import CONTENT, DUE, Office

from thongsuot.apps.demo import chapter_reports
from thongsuot.apps.demo.cast import slug_of, team
from thongsuot.apps.demo.cast_reports import WARDS
from thongsuot.apps.demo.load import Teller
from thongsuot.apps.registry.models import Body, Coverage, Unit, UnitVersion
from thongsuot.apps.reporting import verify
from thongsuot.apps.reporting.actions import forms, papers, returns, rounds, targets
from thongsuot.apps.reporting.models import Brief, Measure, Recipient, Round, Snapshot
from thongsuot.apps.reporting.queries.rollup import gather
from thongsuot.apps.reporting.queries.rounds import counts_of
from thongsuot.apps.reporting.queries.snapshots import frozen, previous, works
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor, Hat, Role

HOUR = timedelta(hours=1)


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def number(snapshot: Snapshot, key: str) -> int:
    return next(f["number"] for f in snapshot.content["figures"] if f["key"] == key)


def test_a_snapshot_holds_what_was_filed_by_its_cut_off_and_nothing_later(office: Office) -> None:
    office.submit("an")
    office.submit("binh", DUE + 20 * HOUR, tong=5, dung_han=5, qua_han=0)  # after both cut-offs
    weekly = office.freeze()
    assert number(weekly, "tong") == 10
    assert weekly.content["counts"]["missing_names"] == ["ubnd phuong binh", "ubnd phuong chi"]
    returns.reopen(office.act("van", DUE + 21 * HOUR), return_id=office.returns["an"], reason="Sai")
    office.submit("an", DUE + 22 * HOUR, tong=30, dung_han=28)
    kept = Snapshot.objects.get(pk=weekly.pk)
    assert (kept.content, kept.digest) == (weekly.content, weekly.digest)
    assert list(verify.faults()) == []


def test_two_recipients_get_the_same_data_set_each_at_its_own_hour(office: Office) -> None:
    office.submit("an")
    office.submit("binh", DUE + 24 * HOUR)  # Saturday: too late for Friday, in time for Monday 9:00
    weekly, full = office.freeze(), office.freeze("Ban Thường vụ Thành ủy", on="2025-07-14")
    assert (number(weekly, "tong"), number(full, "tong")) == (10, 20)
    assert weekly.cut_at < full.cut_at
    assert full.content["counts"]["late_names"] == ["ubnd phuong binh"]
    shared = {u["body"]: u["filings"] for u in weekly.content["units"] if u["filings"]}
    both = {u["body"]: u["filings"] for u in full.content["units"]}
    assert all(both[body] == filings for body, filings in shared.items())


def test_another_version_needs_a_reason_and_leaves_the_first(office: Office) -> None:
    office.submit("an")
    first = office.freeze()
    with pytest.raises(Refused) as refused:
        office.freeze()
    assert codes(refused) == ["reporting.version-needs-reason"]
    returns.reopen(office.act("van", DUE + HOUR), return_id=office.returns["an"], reason="Sai")
    office.submit("an", DUE + 2 * HOUR, tong=30, dung_han=28)
    second = office.freeze(reason="Phường An đính chính")
    assert (number(first, "tong"), number(second, "tong"), second.version) == (10, 30, 2)


def test_before_its_hour_a_snapshot_is_early_and_says_so(office: Office) -> None:
    office.submit("an")
    with pytest.raises(Refused) as refused:
        office.freeze(at=DUE)
    assert codes(refused) == ["reporting.before-cut-off"]
    early = office.freeze(at=DUE, early=True)
    assert early.content["early"] is True
    assert early.cut_at == DUE


@pytest.mark.parametrize("sql", [
    "UPDATE reporting_snapshot SET digest = 'x'",
    "DELETE FROM reporting_snapshot",
    "UPDATE reporting_brief SET words = '{}'",
    "DELETE FROM reporting_brief",
    "UPDATE reporting_measure SET said = 0",
])  # fmt: skip
def test_the_database_keeps_what_was_frozen_and_signed(office: Office, sql: str) -> None:
    office.submit("an")
    snapshot = office.freeze()
    _indicator(office)
    targets.measure(office.act(), snapshot_id=snapshot.pk)
    _sign(office, snapshot)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(verify.faults()) == []


def _sign(office: Office, snapshot: Snapshot) -> Brief:
    brief = papers.start_brief(office.act(), snapshot_id=snapshot.pk)["brief"]
    words = {"tinh_hinh": "Ổn định", "ky_toi": "Tiếp tục"}
    papers.write_brief(office.act(), brief_id=brief, words=words, head={"number": "5"})
    content = papers.content_digest(Brief.objects.select_related("snapshot").get(pk=brief))
    papers.sign_brief(office.act("truong"), brief_id=brief, content=content)
    return Brief.objects.get(pk=brief)


def test_a_signed_brief_takes_no_more_words(office: Office) -> None:
    office.submit("an")
    brief = _sign(office, office.freeze())
    assert (brief.signed_name, brief.number) == ("Truong", "5")
    with pytest.raises(Refused) as refused:
        papers.write_brief(office.act(), brief_id=brief.pk, words={}, head={})
    assert codes(refused) == ["reporting.brief-signed"]
    with pytest.raises(Refused) as refused:
        papers.sign_brief(office.act("truong"), brief_id=brief.pk, content="")
    assert codes(refused) == ["reporting.brief-signed"]


def test_a_brief_with_a_part_missing_is_not_signed_and_names_it(office: Office) -> None:
    office.submit("an")
    brief = papers.start_brief(office.act(), snapshot_id=office.freeze().pk)["brief"]
    content = papers.content_digest(Brief.objects.select_related("snapshot").get(pk=brief))
    with pytest.raises(Refused) as refused:
        papers.sign_brief(office.act("truong"), brief_id=brief, content=content)
    assert [p.subject for p in refused.value.problems] == [
        "Tình hình và kết quả", "Nhiệm vụ thời gian tới",
    ]  # fmt: skip


def test_what_changed_is_told_against_the_last_snapshot_of_the_same_recipient(
    office: Office,
) -> None:
    office.submit("an")
    office.freeze()
    office.open_round("2025-07-21")
    office.submit("an", DUE + timedelta(days=6), tong=12, dung_han=10, thiet_bi=[17, 20])
    now = office.freeze(on="2025-07-21")
    last = previous(now)
    lines = {li.field.key: li for w in works(frozen(now), frozen(last)) for li in w.lines}
    assert (lines["tong"].was, lines["tong"].now, lines["tong"].difference) == ("10", "12", "+2")
    assert (lines["thiet_bi"].was, lines["thiet_bi"].difference) == ("16/20", "+1")
    assert lines["tai_khoan"].difference == ""


def _indicator(office: Office) -> int:
    done = targets.write_indicator(
        office.act(),
        series_id=office.series,
        title="Tỷ lệ",
        formula="dung_han / tong * 100",
        points=[{"on": "2025-07-01", "value": "50"}, {"on": "2025-12-31", "value": "95"}],
        about={"unit": "%"},
    )
    return int(str(done["indicator"]))


def test_an_indicator_is_measured_for_the_whole_and_for_each_unit(office: Office) -> None:
    office.submit("an")
    office.submit("binh", tong=10, dung_han=10, qua_han=0)
    snapshot = office.freeze()
    one = _indicator(office)
    targets.measure(office.act(), snapshot_id=snapshot.pk)
    rows = {m.key: m for m in Measure.objects.filter(indicator=one)}
    assert (rows[""].top, rows[""].bottom, rows[""].said, rows[""].units) == (90, 1, 2, 3)
    assert rows["ubnd phuong an"].top == 80
    assert rows["ubnd phuong chi"].top is None
    with pytest.raises(Refused) as refused:
        targets.measure(office.act(), snapshot_id=snapshot.pk)
    assert codes(refused) == ["reporting.nothing-to-measure"]


def test_a_formula_over_figures_that_are_not_there_is_refused(office: Office) -> None:
    with pytest.raises(Refused) as refused:
        targets.write_indicator(
            office.act(), series_id=office.series, title="x", formula="la / tong", points=[],
            about={},
        )  # fmt: skip
    assert codes(refused) == ["reporting.formula-unknown", "reporting.target-without-end"]


def test_old_periods_stay_in_the_form_and_the_units_of_their_time(office: Office) -> None:
    office.submit("an")
    fields = [*CONTENT["fields"], {**CONTENT["fields"][1], "key": "them", "title": "Thêm"}]
    office.write_form("2025-07-21", content={**CONTENT, "fields": fields}, form_id=office.form)
    before = office.one()
    office.open_round("2025-07-21")
    assert Round.objects.get(pk=before.pk).version_id != office.one().version_id

    forms.change_expected(
        office.act(), series_id=office.series, on="2025-08-01", end=[office.wards[2]]
    )
    kept = before.returns.count()
    done = rounds.open_round(office.act(), series_id=office.series, on="2025-08-05")
    assert (kept, done["expected"]) == (3, 2)


def test_wards_are_added_up_under_their_province_and_provinces_to_the_nation(
    office: Office,
) -> None:
    other = _unit("tinh-hai", "province", "province")
    ward = _unit("xa-dong", "commune", "commune", other)
    committee = Body.objects.get(key="ubnd-thanh-pho")
    Coverage.objects.create(body=committee, unit=other, recorded_at=LOADED)  # one that leads both
    body = _body("ubnd-xa-dong", "peoples-committee", "state", ward).pk
    office.series = office.open_series(name="Cả nước", bodies=[*office.wards, body], recipients=[])
    round_id = rounds.open_round(office.act(), series_id=office.series, on="2025-07-14")["round"]
    for who, tong in (("an", 10), ("binh", 20)):
        owner = Round.objects.get(pk=round_id).returns.get(
            body=office.wards[("an", "binh").index(who)]
        )
        returns.submit(
            office.act(who), return_id=owner.pk, values={"tong": tong, "dung_han": tong}, sources={}
        )
    hat = Hat(0, Role.CLERK, "x", body, "x", frozenset({body}))
    owner = Round.objects.get(pk=round_id).returns.get(body=body)
    act = Act(by=Actor(9, "x", (hat,), hat), key="xa-dong", at=office.now)
    returns.submit(act, return_id=owner.pk, values={"tong": 5, "dung_han": 5}, sources={})
    found = gather([Round.objects.get(pk=round_id)], DUE)
    sums = {g.name: g.sums.tallies["tong"].total for g in found.groups}
    assert sorted(sums.values()) == [5, 30]
    assert sum(sums.values()) == found.whole.tallies["tong"].total == 35
    assert found.whole.units == 3


def test_gathering_asks_the_same_few_queries_however_many_units(
    office: Office, django_assert_num_queries
) -> None:
    for who in ("an", "binh", "chi"):
        office.submit(who)
    round_ = Round.objects.select_related("version__form").get(pk=office.round)
    with django_assert_num_queries(5):
        gather([round_], DUE)


def test_the_chapter_has_one_late_one_silent_one_with_nothing_and_a_signed_brief(
    office: Office,
) -> None:
    city = Unit.objects.create(key="tp-ho-chi-minh", level="province")
    UnitVersion.objects.create(
        unit=city, kind="city", name="Hồ Chí Minh", folded="x", recorded_at=DUE
    )
    for n in range(WARDS):
        unit = Unit.objects.create(key=f"hcm-{n}", level="commune")
        UnitVersion.objects.create(
            unit=unit, kind="ward", name=f"Phường {n:02d}", parent=city, folded="x", recorded_at=DUE
        )
    teller = Teller(timezone.make_aware(datetime.combine(date(2025, 6, 6), time(8))))
    names = ["Hà Đông", "Phú Lương", "Bình Minh", "An Khánh", "Kiến Hưng"]
    bodies = {}
    for name in names:
        unit = _unit(f"u-{slug_of(name)}", "commune", "ward", city)
        bodies[team(slug_of(name))] = _body(f"t-{slug_of(name)}", "receiving-team", "team", unit).pk
    leads = _body("ban-chi-dao", "steering-committee", "team", city).pk
    hat = Hat(0, Role.STEERING, "x", leads, "x", frozenset({leads}))
    teller.actors["khanh"] = Actor(1, "Khánh", (), hat)
    stage = SimpleNamespace(bodies=bodies, new_units=dict.fromkeys(names, 0))
    chapter_reports.prepare(teller, stage)
    second = Round.objects.get(since=date(2025, 6, 16))
    counts = counts_of(second, teller.at)
    assert (counts.late, counts.silent, counts.nothing, counts.on_time) == (1, 1, 1, 2)
    chapter_reports.report_weekly(teller)
    weekly = Round.objects.get(
        since=date(2025, 7, 7), series__name__startswith="Báo cáo tuần của 17"
    )
    counts = counts_of(weekly, teller.at)
    assert (counts.expected, counts.late, counts.silent, counts.nothing) == (17, 1, 1, 1)
    assert Brief.objects.filter(signed_at__isnull=False).count() == 2
    full = Recipient.objects.filter(kind="fortnight", snapshots__isnull=False).get()
    assert full.snapshots.get().content["counts"]["expected"] == 17
    assert list(verify.faults()) == []
