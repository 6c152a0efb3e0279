"""The catalogue in versions, shops, dossiers by working day, and nothing about a person anywhere."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.apps.procedures.conftest import DAY, SET, DeskRoom

from thongsuot.apps.procedures import actions, permit, queries
from thongsuot.apps.procedures.models import Dossier, DossierStep, Procedure, Shop
from thongsuot.apps.registry.holdings import holdings_of
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.procedures.receipts import is_receipt

pytestmark = pytest.mark.django_db


def refused(call) -> tuple[int, list[str]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, [p.code for p in caught.value.problems]


def test_a_change_of_a_procedure_is_a_new_version_and_the_old_one_stays(
    desk_room: DeskRoom, trail
) -> None:
    desk_room.write()
    desk_room.write(days=2)
    live = Procedure.objects.get(code="1.001", live=True)
    assert (live.days, live.replaces.days) == (2, 3)
    assert trail()[-2:] == ["procedures.procedure-written"] * 2
    assert refused(lambda: desk_room.write(days=1_000, commune=False))[1] == [
        "procedures.days-unfit", "procedures.level-needed",
    ]  # fmt: skip
    assert refused(
        lambda: actions.write_procedure(desk_room.act(), values={"code": "9"})
    )[0] == 403  # fmt: skip


def test_a_procedure_names_the_decision_that_announced_it(desk_room: DeskRoom) -> None:
    assert refused(lambda: desk_room.write(decision=SET))[1] == ["procedures.set-unknown"]
    announce = {"number": SET, "day": DAY, "issuer": "UBND thành phố", "title": "Công bố bộ TTHC"}
    actions.announce_set(desk_room.act("city"), **announce)
    desk_room.write(decision=SET)
    assert Procedure.objects.get(live=True).announced.number == SET
    assert refused(lambda: actions.announce_set(desk_room.act("city"), **announce))[0] == 409


def test_coverage_names_what_is_missing_and_is_full_only_when_nothing_is(
    desk_room: DeskRoom,
) -> None:
    for code in ("1.001", "1.002", "1.003"):
        desk_room.write(code)
    desk_room.write("2.001", commune=False, province=True)
    shop = desk_room.shop("1.001", "1.002")
    (found,) = queries.coverage_of([shop], DAY)
    assert (found.share.done, found.share.whole, found.share.missing) == (2, 3, ("1.003",))
    actions.offer(desk_room.act(), shop_id=shop.pk, codes=["1.003"], receives=True, decides=True)
    (found,) = queries.coverage_of([shop], DAY)
    assert (found.share.hundredths, found.decides) == (10_000, 1)
    rows = queries.grid(Procedure.objects.filter(live=True, commune=True).order_by("code"), [shop])
    assert [cells for _p, cells in rows] == [["receives"], ["receives"], ["decides"]]
    actions.offer(desk_room.act(), shop_id=shop.pk, codes=["1.001"], receives=False)
    assert queries.coverage_of([shop], DAY)[0].share.missing == ("1.001",)


def test_a_dossier_gets_a_number_and_a_day_and_is_judged_when_it_is_done(
    desk_room: DeskRoom,
) -> None:
    desk_room.write()
    shop = desk_room.shop("1.001")
    row = desk_room.receive(shop)
    assert is_receipt(row.number)
    assert row.due_on == date(2025, 7, 11)
    assert desk_room.step(row, "finish", date(2025, 7, 10)).judged == "early"
    late = desk_room.step(desk_room.receive(shop), "finish", date(2025, 7, 14))
    assert late.judged == "late"
    desk_room.receive(shop)
    tally = queries.tally_of(Dossier.objects.all(), date(2025, 7, 15))
    assert (tally.received, tally.early, tally.late, tally.overdue) == (3, 1, 1, 1)
    assert tally.kept == 3_333
    assert queries.tallies(Dossier.objects.all(), date(2025, 7, 15)) == {shop.pk: tally}
    assert list(queries.faults()) == []


def test_the_day_moves_by_the_working_days_that_papers_were_awaited(desk_room: DeskRoom) -> None:
    desk_room.write()
    row = desk_room.receive(desk_room.shop("1.001"))
    paused = desk_room.step(row, "pause", date(2025, 7, 9), "Thiếu bản vẽ.")
    assert paused.state == "paused"
    going = desk_room.step(row, "resume", date(2025, 7, 16))
    assert going.due_on == date(2025, 7, 18)  # five working days later than 11 July
    assert desk_room.step(row, "finish", date(2025, 7, 18)).judged == "on-time"


def test_what_is_not_received_there_is_refused_and_no_number_of_a_person_is_kept(
    desk_room: DeskRoom,
) -> None:
    desk_room.write()
    desk_room.write("1.002")
    shop = desk_room.shop("1.001")
    assert refused(lambda: desk_room.receive(shop, "1.002"))[1] == ["procedures.not-offered"]
    assert refused(lambda: desk_room.receive(shop, received=date(2025, 7, 9)))[1] == [
        "procedures.day-to-come"
    ]
    assert refused(lambda: desk_room.receive(shop, "9.999"))[0] == 404
    row = desk_room.receive(shop, outside="H26-0001")
    assert refused(lambda: desk_room.receive(shop, outside="H26-0001"))[1] == [
        "procedures.outside-there"
    ]
    assert refused(
        lambda: desk_room.step(row, "return", DAY, "Gọi lại 0912 345 678 khi bổ sung")
    )[1] == ["procedures.personal"]  # fmt: skip
    assert refused(lambda: desk_room.step(row, "return", DAY))[1] == ["procedures.reason-needed"]
    assert refused(lambda: desk_room.step(row, "resume", DAY))[1] == [
        "procedures.not-in-this-state"
    ]


def test_open_dossiers_are_handed_on_before_their_body_or_shop_ends(desk_room: DeskRoom) -> None:
    desk_room.write()
    shop = desk_room.shop("1.001")
    row = desk_room.receive(shop)
    ward = desk_room.story.ward
    labels = {h.label for h in holdings_of(ward, DAY)}
    assert {"procedures.Dossier.body", "procedures.Shop.body"} <= labels
    assert refused(lambda: actions.end_shop(desk_room.act(), shop_id=shop.pk, on=DAY))[1] == [
        "procedures.shop-holds"
    ]
    for nobody in (ward, 0, 2**40):
        assert refused(
            lambda to=nobody: actions.move_open(
                desk_room.act(), from_id=ward, to_id=to, reason="Nhập phường (minh họa)."
            )
        )[1] == ["procedures.no-successor"]
    actions.move_open(
        desk_room.act(), from_id=ward, to_id=desk_room.story.other, reason="Nhập phường (minh họa)."
    )
    row.refresh_from_db()
    assert row.body_id == desk_room.story.other
    assert row.due_on == date(2025, 7, 11)  # handing over costs nobody a day
    assert "procedures.Dossier.body" not in {h.label for h in holdings_of(ward, DAY)}
    assert permit.visible(desk_room.people["rival"]).get() == row
    actions.end_shop(desk_room.act(), shop_id=shop.pk, on=DAY)  # what was handed on goes on
    assert "procedures.Shop.body" not in {h.label for h in holdings_of(ward, DAY)}
    assert list(queries.faults()) == []


def test_strangers_see_no_dossier(desk_room: DeskRoom) -> None:
    desk_room.write()
    row = desk_room.receive(desk_room.shop("1.001"))
    seen = {
        who: permit.visible(desk_room.people[who]).filter(pk=row.pk).exists()
        for who in ("clerk_ward", "city", "inspector", "rival", "operator", "tu")
    }
    assert seen == {"clerk_ward": True, "city": True, "inspector": True, "rival": False,
                    "operator": False, "tu": False}  # fmt: skip


def test_the_database_itself_keeps_dossiers_and_steps(desk_room: DeskRoom) -> None:
    desk_room.write()
    row = desk_room.receive(desk_room.shop("1.001"))
    for change in (
        lambda: DossierStep.objects.filter(dossier=row).update(on=DAY),
        lambda: Dossier.objects.filter(pk=row.pk).delete(),
        lambda: Dossier.objects.filter(pk=row.pk).update(received=date(2025, 7, 1)),
        lambda: Dossier.objects.filter(pk=row.pk).update(state="done"),
        lambda: Procedure.objects.update(name="khác"),
        lambda: Shop.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
