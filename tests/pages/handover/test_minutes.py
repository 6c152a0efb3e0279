"""Minutes on the page: both counts, refusing, signing with the password, what stays unchanged."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages.handover.stage import PASSWORD, Stage, heads, key_in

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import MinutesLine
from thongsuot.apps.handover.views.fields import parts_of
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db


def sign_in(stage: Stage, who: str) -> None:
    """Sign in by the door, so that the password is fresh."""
    client = Client()
    got = client.post("/dang-nhap/", {"username": who, "password": PASSWORD})
    assert got.status_code == 302
    stage.clients[who] = client


def signed_on_the_page(stage: Stage, who: str, minutes: int, side: str):
    page = stage.page(who, "sign", minutes, side)
    content = re.findall(r'name="content" value="([^"]+)"', page)[0]
    return stage.send(who, "sign", minutes, side, key=key_in(page), content=content)


def test_each_side_counts_in_its_own_boxes_and_sees_the_other_count(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(2)
    first, second = stage.lines(minutes)
    before = Entry.objects.count()
    got = stage.send("minh", "count", minutes, **{f"c_{first.pk}": "9", f"v_{first.pk}": "0"})
    assert got.status_code == 302
    assert Entry.objects.count() == before + 1
    first.refresh_from_db()
    assert (first.receiver_count, first.giver_count) == (9, None)
    assert "9 cái" in stage.page("lan", "minutes-page", minutes)
    assert f'name="c_{second.pk}"' in stage.page("minh", "minutes-page", minutes)
    assert 'name="c_' not in stage.page("hang", "minutes-page", minutes)


def test_a_count_sent_twice_is_written_once(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    (line,) = stage.lines(minutes)
    form = {f"c_{line.pk}": "9", f"v_{line.pk}": "0", "key": "dem-mot-lan"}
    assert stage.send("minh", "count", minutes, **form).status_code == 302
    entries = Entry.objects.count()
    assert stage.send("minh", "count", minutes, **form).status_code == 302
    assert Entry.objects.count() == entries
    line.refresh_from_db()
    assert line.receiver_version == 1


def test_a_stale_count_is_told_who_counted_and_keeps_what_was_typed(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    (line,) = stage.lines(minutes)
    stage.send("minh", "count", minutes, **{f"c_{line.pk}": "9", f"v_{line.pk}": "0"})
    late = stage.send("minh", "count", minutes, **{f"c_{line.pk}": "7", f"v_{line.pk}": "0"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Nguyễn Văn Minh vừa ghi 9" in page
    assert 'value="7"' in page
    line.refresh_from_db()
    assert line.receiver_count == 9


@pytest.mark.parametrize("typed", ["1.5", "-1", "ba", "1e2", "NaN", "1_0", "²", "2,5", "9" * 30])
def test_what_is_no_count_is_refused_at_its_line_and_kept(stage: Stage, typed: str) -> None:
    minutes, _ids = stage.story.dispatched(1)
    (line,) = stage.lines(minutes)
    got = stage.send("minh", "count", minutes, **{f"c_{line.pk}": typed, f"v_{line.pk}": "0"})
    assert got.status_code == 422
    assert "TS-0001" in got.content.decode()
    line.refresh_from_db()
    assert line.receiver_count is None


@pytest.mark.parametrize(
    ("typed", "parts"),
    [("1.234", 1_234), ("1 234", 1_234), ("12", 12), ("0", 0), ("1.23", None), ("12.34", None)],
)
def test_a_point_parts_thousands_and_nothing_else(typed: str, parts: int | None) -> None:
    assert parts_of(typed, "cái") == parts


@pytest.mark.parametrize(
    "name", ["c_0", "c_-1", "c_" + "9" * 30, "c_abc", "c_1 OR 1=1", "c_" + "9" * 5_000, "c_²"]
)
def test_a_line_that_is_not_on_the_minutes_is_not_counted(stage: Stage, name: str) -> None:
    minutes, _ids = stage.story.dispatched(1)
    assert stage.send("minh", "count", minutes, **{name: "1"}).status_code in (400, 422)


def test_a_line_of_other_minutes_is_not_counted(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    foreign = MinutesLine.objects.latest("pk").pk + 1
    assert stage.send("minh", "count", minutes, **{f"c_{foreign}": "1"}).status_code == 422


def test_only_the_sides_count(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    (line,) = stage.lines(minutes)
    for who, status in (("hang", 403), ("khanh", 403), ("son", 404), ("xa", 404), ("het", 404)):
        got = stage.send(who, "count", minutes, **{f"c_{line.pk}": "1"})
        assert got.status_code == status, who
        assert stage.send(who, "count", minutes, **{"con-lai": "1"}).status_code == status, who


def test_a_line_is_refused_with_a_reason_once_and_never_over_a_newer_count(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    (line,) = stage.lines(minutes)
    page = stage.page("minh", "refuse", minutes, line.pk)
    assert "trở lại bên giao" in page
    no = stage.send("minh", "refuse", minutes, line.pk, reason="", version="0")
    assert no.status_code == 422
    assert "cần ghi lý do" in no.content.decode()
    form = {"reason": "không thấy tại kho", "version": "0", "key": "tu-choi-mot-lan"}
    assert stage.send("minh", "refuse", minutes, line.pk, **form).status_code == 302
    entries = Entry.objects.count()
    assert stage.send("minh", "refuse", minutes, line.pk, **form).status_code == 302
    assert Entry.objects.count() == entries
    late = stage.send("minh", "refuse", minutes, line.pk, reason="lại", version="0")
    assert late.status_code == 409
    line.refresh_from_db()
    assert (line.refused, line.reason) == (True, "không thấy tại kho")


def test_signing_asks_for_the_password_and_comes_back_to_the_same_place(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    stage.story.count_all(minutes)
    address = stage.url("sign", minutes, "giver")
    asked = stage.as_("lan").get(address)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/xac-nhan/?next=")
    content = stage.story.content(minutes)
    sent = stage.send("lan", "sign", minutes, "giver", content=content)
    assert sent["Location"].startswith("/xac-nhan/")
    assert stage.minutes(minutes).state == "counting"
    wrong = stage.as_("lan").post("/xac-nhan/", {"password": "sai", "next": address})
    assert wrong.status_code == 422
    assert stage.as_("lan").get(address).status_code == 302
    right = stage.as_("lan").post("/xac-nhan/", {"password": PASSWORD, "next": address})
    assert right["Location"] == address
    assert stage.as_("lan").get(address).status_code == 200


def test_an_old_password_is_asked_for_again(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    sign_in(stage, "lan")
    session = stage.as_("lan").session
    session["confirmed_at"] = session["confirmed_at"] - 301
    session.save()
    assert stage.as_("lan").get(stage.url("sign", minutes, "giver")).status_code == 302


def test_both_heads_sign_and_nothing_on_the_minutes_changes_any_more(stage: Stage) -> None:
    minutes, (pk,) = stage.story.dispatched(1)
    stage.story.count_all(minutes)
    (line,) = stage.lines(minutes)
    sign_in(stage, "lan")
    sign_in(stage, "minh")
    before = Entry.objects.count()
    assert signed_on_the_page(stage, "lan", minutes, "giver").status_code == 302
    assert signed_on_the_page(stage, "minh", minutes, "receiver").status_code == 302
    assert Entry.objects.count() == before + 2
    assert stage.minutes(minutes).state == "signed"
    assert stage.story.item(pk).state == "accepted"
    was = heads()
    late = {f"c_{line.pk}": "1", f"v_{line.pk}": str(line.receiver_version)}
    assert stage.send("minh", "count", minutes, **late).status_code in (403, 409, 422)
    assert stage.send("minh", "refuse", minutes, line.pk, reason="x").status_code in (409, 422)
    assert stage.send("lan", "withdraw", minutes, reason="x").status_code in (409, 422)
    assert stage.send("lan", "reopen", minutes, reason="x").status_code in (409, 422)
    assert heads() == was
    page = stage.page("lan", "minutes-page", minutes)
    assert 'name="c_' not in page
    assert "Đính chính" in page


def test_a_signature_sent_twice_is_one(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    stage.story.count_all(minutes)
    sign_in(stage, "lan")
    page = stage.page("lan", "sign", minutes, "giver")
    form = {
        "key": key_in(page),
        "content": re.findall(r'name="content" value="([^"]+)"', page)[0],
    }
    assert stage.send("lan", "sign", minutes, "giver", **form).status_code == 302
    entries = Entry.objects.count()
    assert stage.send("lan", "sign", minutes, "giver", **form).status_code == 302
    assert Entry.objects.count() == entries


def test_what_changed_after_the_page_was_drawn_is_not_signed(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    stage.story.count_all(minutes)
    (line,) = stage.lines(minutes)
    sign_in(stage, "lan")
    page = stage.page("lan", "sign", minutes, "giver")
    content = re.findall(r'name="content" value="([^"]+)"', page)[0]
    stage.send("minh", "count", minutes, **{f"c_{line.pk}": "8", f"v_{line.pk}": "1"})
    got = stage.send("lan", "sign", minutes, "giver", content=content)
    assert got.status_code == 409
    assert stage.minutes(minutes).state == "counting"


def test_lines_nobody_counted_stop_the_signature_and_are_named(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    sign_in(stage, "lan")
    got = signed_on_the_page(stage, "lan", minutes, "giver")
    assert got.status_code == 422
    assert "TS-0001" in got.content.decode()


def test_nobody_signs_for_the_other_side_and_a_member_signs_nothing(stage: Stage) -> None:
    minutes, _ids = stage.story.dispatched(1)
    stage.story.count_all(minutes)
    for who in ("lan", "minh", "hang", "khanh"):
        sign_in(stage, who)
    content = stage.story.content(minutes)
    for who, side in (
        ("minh", "giver"),
        ("lan", "receiver"),
        ("hang", "giver"),
        ("khanh", "giver"),
    ):
        assert stage.send(who, "sign", minutes, side, content=content).status_code == 403
        stage.page(who, "sign", minutes, side, status=403)
    stage.page("lan", "sign", minutes, "both", status=404)


def test_the_giver_takes_minutes_back_and_what_it_gave_is_held_again(stage: Stage) -> None:
    minutes, (pk,) = stage.story.dispatched(1)
    assert stage.send("minh", "withdraw", minutes, reason="x").status_code == 403
    form = {"reason": "lập nhầm", "key": "rut-mot-lan"}
    assert stage.send("lan", "withdraw", minutes, **form).status_code == 302
    assert stage.send("lan", "withdraw", minutes, **form).status_code == 302
    assert stage.story.item(pk).state == "held"
    (line,) = stage.lines(minutes)
    late = stage.send("minh", "count", minutes, **{f"c_{line.pk}": "1", f"v_{line.pk}": "0"})
    assert late.status_code in (403, 409, 422)


def test_a_correction_opens_new_minutes_and_leaves_the_signed_ones(stage: Stage) -> None:
    minutes, _ids = stage.story.handed_over(1)
    (line,) = stage.lines(minutes)
    for odd in ("0", "9" * 30, "9" * 5_000, "²", "x"):
        got = stage.send("lan", "correct", minutes, dong=odd, reason="đếm sai")
        assert got.status_code in (404, 422), odd
    got = stage.send("lan", "correct", minutes, dong=line.pk, reason="đếm sai")
    assert got.status_code == 302
    assert stage.minutes(minutes).state == "signed"
    assert "Biên bản đính chính số" in stage.page("lan", "minutes-page", minutes)


@pytest.mark.parametrize(("form", "magic"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_the_minutes_are_taken_away_as_a_paper(stage: Stage, form: str, magic: bytes) -> None:
    minutes, _ids = stage.story.dispatched(2)
    got = stage.as_("minh").get(stage.url("paper", minutes, form))
    assert got.status_code == 200
    assert got.getvalue().startswith(magic)
    assert stage.as_("son").get(stage.url("paper", minutes, form)).status_code == 404
    assert stage.as_("minh").get(stage.url("paper", minutes, "exe")).status_code == 404


def test_more_lines_and_more_minutes_ask_the_database_no_more_often(stage: Stage) -> None:
    def asked(name: str, *args: object) -> int:
        address = stage.url(name, *args)
        stage.as_("lan").get(address)
        with CaptureQueriesContext(connection) as seen:
            assert stage.as_("lan").get(address).status_code == 200
        return len(seen)

    small, _ids = stage.story.dispatched(2)
    few, listed = asked("minutes-page", small), asked("minutes")
    large = _dispatch(stage, _more(stage, 30))
    assert large != small
    assert asked("minutes-page", large) == few
    assert asked("minutes") == listed


def _more(stage: Stage, count: int) -> list[int]:
    s = stage.story
    rows = [s.row(n) for n in range(200, 200 + count)]
    made = actions.add_items(s.act(s.lan), transition_id=s.transition, giver_id=s.office, rows=rows)
    done = list(made["items"])
    for to in (2, 3, 4):
        actions.advance_step(s.act(s.lan), transition_id=s.transition, to=to, choice={"ids": done})
    s.give_to(s.ward, done)
    return done


def _dispatch(stage: Stage, ids: list[int]) -> int:
    s = stage.story
    made = actions.dispatch(s.act(s.lan), transition_id=s.transition, choice={"ids": ids})
    return int(made["minutes"][0])
