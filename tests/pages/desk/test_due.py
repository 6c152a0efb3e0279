"""Reports, briefs, milestones, boards and answers that wait stand on the desk of whom they wait for."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.apps.reporting.conftest import DUE, office, trail
from tests.pages.reporting.conftest import Desk, desk, story_day

from thongsuot.apps.directives.actions import make_plan, record_document, set_up_board
from thongsuot.apps.registry.models import Body
from thongsuot.apps.reporting.actions import papers, returns
from thongsuot.foundation import clock

__all__ = ["desk", "office", "story_day", "trail"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Iterator[object]:
    """The clock of the house stands on the day that is asked for."""
    before = clock._story_day

    def stand(day: date) -> None:
        clock.follow(lambda: day)

    yield stand
    clock._story_day = before


def order_of_the_committee(desk: Desk) -> int:
    """What the committee issued, so that its office may task the wards in its name."""
    one = desk.office
    issuer = Body.objects.get(key="ubnd-thanh-pho").pk
    paper = {"issuer": issuer, "kind": "conclusion", "issued_on": date(2025, 7, 1),
             "title": "Kết luận (minh họa)", "text": "Giao phường."}  # fmt: skip
    done = record_document(one.act("van"), kept_by=one.gatherer, document=paper)
    return int(str(done["document"]))


def home(desk: Desk, who: str) -> str:
    answer = desk.as_(who).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_report_waits_for_the_ward_that_owes_it_until_it_is_there(desk: Desk, at) -> None:
    mine = reverse("reporting:return", args=[desk.office.returns["an"]])
    assert mine in home(desk, "an")
    assert ">quá hạn<" not in home(desk, "an")
    assert mine not in home(desk, "binh")
    at(date(2025, 7, 21))
    assert ">quá hạn<" in home(desk, "an")
    desk.office.submit("an", at=DUE + timedelta(days=3))
    assert mine not in home(desk, "an")
    assert "không có việc nào chờ đồng chí" in home(desk, "an")


def test_a_report_opened_again_waits_for_its_ward(desk: Desk) -> None:
    desk.office.submit("an")
    returns.reopen(desk.office.act("van"), return_id=desk.office.returns["an"], reason="Sai tổng")
    assert "Sửa báo cáo được mở lại" in home(desk, "an")


def test_who_gathers_sees_how_many_are_there_and_a_head_what_is_to_be_signed(
    desk: Desk, at
) -> None:
    desk.office.submit("an")
    assert "1/3 đơn vị đã báo cáo" in home(desk, "van")
    at(date(2025, 7, 21))
    assert "Đôn đốc nộp báo cáo" in home(desk, "van")
    snapshot = desk.office.freeze(at=DUE + timedelta(hours=3))
    papers.start_brief(desk.office.act("van", DUE + timedelta(hours=4)), snapshot_id=snapshot.pk)
    assert "Đọc và ký văn bản" in home(desk, "truong")
    assert "Soạn tiếp, trình ký" in home(desk, "van")
    for who in ("an", "quan"):
        assert "gửi Thường trực Thành ủy" not in home(desk, who)


def test_milestones_and_boards_wait_for_the_bodies_that_owe_them(desk: Desk, at) -> None:
    one = desk.office
    make_plan(
        one.act("van"), owner_id=one.gatherer, plan={"kind": "scheme", "title": "Đề án (minh họa)"},
        steps=[{"title": "Trình dự thảo", "due_on": date(2025, 7, 15), "body": one.wards[0]},
               {"title": "Còn xa", "due_on": date(2025, 9, 15)}],
    )  # fmt: skip
    board = set_up_board(
        one.act("van"), owner_id=one.gatherer, title="Trọng tâm (minh họa)", points=["Một"],
        bodies=one.wards[:2], every="weekly", anchor_on=date(2025, 7, 14),
        document_id=order_of_the_committee(desk),
    )["board"]  # fmt: skip
    for who in ("van", "an"):
        assert "Trình dự thảo" in home(desk, who)
        assert "Còn xa" not in home(desk, who)
    assert "Trình dự thảo" not in home(desk, "binh")
    say = reverse("directives:board-say", args=[board])
    assert say in home(desk, "an")
    assert say not in home(desk, "chi")
    assert "0/2 nơi đã báo" in home(desk, "van")


def test_more_of_it_asks_the_database_no_more_often(desk: Desk) -> None:
    def asked() -> int:
        home(desk, "van")
        with CaptureQueriesContext(connection) as seen:
            home(desk, "van")
        return len(seen)

    def more(n: int) -> None:
        one = desk.office
        make_plan(
            one.act("van"), owner_id=one.gatherer, plan={"kind": "scheme", "title": f"Đề án {n}"},
            steps=[{"title": f"Mốc {n}.{m}", "due_on": date(2025, 7, 15)} for m in range(5)],
        )  # fmt: skip
        set_up_board(
            one.act("van"), owner_id=one.gatherer, title=f"Bảng {n}", points=["Một"],
            bodies=one.wards, every="weekly", anchor_on=date(2025, 7, 14),
            document_id=order,
        )  # fmt: skip

    order = order_of_the_committee(desk)
    more(1)
    few = asked()
    for n in range(2, 6):
        more(n)
    assert asked() == few


def test_what_does_not_fit_is_counted_and_said(desk: Desk) -> None:
    one = desk.office
    steps = [{"title": f"Mốc {n}", "due_on": date(2025, 7, 15)} for n in range(40)]
    make_plan(
        one.act("van"), owner_id=one.gatherer, plan={"kind": "scheme", "title": "Đề án"}, steps=steps
    )  # fmt: skip
    page = home(desk, "van")
    assert page.count("Mốc kế hoạch: ") == 30
    assert "Còn ít nhất 11 việc nữa" in page  # and the period that is gathered
