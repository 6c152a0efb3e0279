"""The list of items, one item, and acts on many: seen, done once, refused with a sentence."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.pages.handover.stage import Stage, heads, keep_rule, key_in

from thongsuot.apps.handover import actions
from thongsuot.apps.handover.models import Item
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db


def chosen(stage: Stage, who: str, doing: str, **values: object):
    return stage.send(who, "act", doing, **values)


def queries_of(stage: Stage, who: str, name: str, *args: object) -> int:
    client, address = stage.as_(who), stage.url(name, *args)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_list_shows_a_giver_its_own_items_and_a_receiver_what_is_confirmed(
    stage: Stage,
) -> None:
    ids = stage.story.list_items(2)
    assert "TS-0001" in stage.page("lan", "items")
    assert "TS-0001" not in stage.page("minh", "items")
    stage.story.give_to(stage.story.ward, ids[:1])
    page = stage.page("minh", "items")
    assert "TS-0001" in page
    assert "TS-0002" not in page
    for stranger in ("hoa", "son"):
        assert "TS-0001" not in stage.page(stranger, "items")
    for stranger in ("quantri", "xa", "het"):
        stage.page(stranger, "items", status=404)


def test_the_list_comes_as_a_part_to_a_page_that_is_open_already(stage: Stage) -> None:
    stage.story.list_items(1)
    address = stage.url("items")
    whole = stage.as_("lan").get(address).content.decode()
    part = stage.as_("lan").get(address, headers={"HX-Request": "true", "HX-Target": "list"})
    assert "<html" in whole
    assert "<html" not in part.content.decode()


def test_an_act_first_says_what_it_will_do_then_does_it_and_leaves_one_entry(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    asked = chosen(stage, "lan", "ket-thuc", chon=pk)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Kết thúc: 1 mục" in re.sub(r"\s+", " ", page)
    before = Entry.objects.count()
    done = chosen(stage, "lan", "ket-thuc", chon=pk, do="1", reason="đã xong", key=key_in(page))
    assert done.status_code == 302
    assert Entry.objects.count() == before + 1
    assert stage.story.item(pk).state == "closed"


def test_a_double_click_acts_once_and_the_second_answer_is_the_first(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    form = {"chon": pk, "do": "1", "reason": "đã xong", "key": "hai-lan-bam"}
    first = chosen(stage, "lan", "ket-thuc", **form)
    entries = Entry.objects.count()
    second = chosen(stage, "lan", "ket-thuc", **form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Entry.objects.count() == entries


def test_a_double_click_on_all_that_match_acts_once_although_nothing_matches_any_more(
    stage: Stage,
) -> None:
    ids = stage.story.list_items(3)
    form = {"tat-ca": "1", "loc": "state=held", "do": "1", "reason": "xong", "key": "bam-tat-ca"}
    assert chosen(stage, "lan", "ket-thuc", **form).status_code == 302
    entries = Entry.objects.count()
    assert chosen(stage, "lan", "ket-thuc", **form).status_code == 302
    assert Entry.objects.count() == entries
    assert {stage.story.item(pk).state for pk in ids} == {"closed"}


def test_rows_that_changed_between_looking_and_acting_are_told_with_409(stage: Stage) -> None:
    stage.story.list_items(2)
    asked = chosen(stage, "lan", "ket-thuc", **{"tat-ca": "1", "loc": "state=held"})
    hidden = dict(re.findall(r'name="(tat-ca|loc|thay)" value="([^"]*)"', asked.content.decode()))
    actions.add_items(
        stage.story.act(stage.story.lan), transition_id=stage.story.transition,
        giver_id=stage.story.office, rows=[stage.story.row(70)],
    )  # fmt: skip
    before = heads()
    late = chosen(stage, "lan", "ket-thuc", do="1", reason="xong", **hidden)
    assert late.status_code == 409
    assert heads() == before


@pytest.mark.parametrize(
    ("who", "doing", "status"),
    [("minh", "ket-thuc", 403), ("hang", "ket-thuc", 403), ("khanh", "tieu-huy", 403),
     ("son", "chot", 403), ("xa", "ket-thuc", 404), ("het", "ket-thuc", 404)],
)  # fmt: skip
def test_who_may_not_act_is_refused_with_a_sentence_and_nothing_happens(
    stage: Stage, who: str, doing: str, status: int
) -> None:
    (pk,) = stage.story.list_items(1)
    stage.story.give_to(stage.story.ward, [pk])
    before = heads()
    got = chosen(
        stage, who, doing, chon=pk, do="1", reason="x", authority="1/QĐ",
        receiver_id=stage.story.ward,
    )  # fmt: skip
    assert got.status_code == status
    assert heads() == before
    assert stage.story.item(pk).state == "held"


def test_what_the_rules_refuse_is_told_with_422_and_what_was_typed_stays(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    got = chosen(stage, "lan", "tieu-huy", chon=pk, do="1", reason="hết hạn lưu giữ", authority="")
    page = got.content.decode()
    assert got.status_code == 422
    assert "cần ghi số, ngày của quyết định làm căn cứ" in page
    assert "hết hạn lưu giữ" in page


def test_a_form_without_its_key_is_told_to_load_the_page_again(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    got = chosen(stage, "lan", "ket-thuc", chon=pk, do="1", reason="x", key="")
    assert got.status_code == 400
    assert "tải lại trang" in got.content.decode()


def test_the_five_steps_are_not_skipped(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    got = chosen(stage, "lan", "buoc", chon=pk, do="1", to="4")
    assert got.status_code == 422
    assert stage.story.item(pk).step == 1


@pytest.mark.parametrize("code", ["0", "-1", "9" * 30, "1 OR 1=1", "abc", "%00", "1.5"])
def test_a_forged_choice_is_refused_and_never_an_error_of_ours(stage: Stage, code: str) -> None:
    stage.story.list_items(1)
    got = chosen(stage, "lan", "ket-thuc", chon=code, do="1", reason="x")
    assert got.status_code in (400, 404, 422)


@pytest.mark.parametrize(
    "query",
    ["trang=-1", "trang=1000000000", "trang=abc", "co=1000000000", "sap=password", "sap=a.b",
     "sap=x;--", "state=nope", "q=%00", "cot=password", "giver=1%20OR%201=1", "kind=\x1b"],
)  # fmt: skip
def test_an_odd_query_is_answered_with_a_page_or_refused_and_never_an_error_of_ours(
    stage: Stage, query: str
) -> None:
    stage.story.list_items(1)
    got = stage.as_("lan").get(f"{stage.url('items')}?{query}")
    assert got.status_code in (200, 302, 400, 404, 422)
    assert "TS-0001" in got.content.decode() or got.status_code != 200 or "=" in query


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "{% now 'Y' %}",
     "${jndi:ldap://x}", "a\r\nSet-Cookie: x=1", "‮đảo", "\u200bẩn"],
)  # fmt: skip
def test_what_people_write_is_shown_as_text_everywhere(stage: Stage, text: str) -> None:
    minutes, (pk,) = stage.story.dispatched(1, title=f"Tên {text}", container=text[:40])
    pages = [
        stage.page("lan", "items"),
        stage.page("lan", "item", pk),
        stage.page("minh", "minutes-page", minutes),
        stage.page("lan", "balance"),
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "Tên 49" not in page
    paper = stage.as_("lan").get(stage.url("paper", minutes, "docx"))
    assert paper.status_code == 200
    assert "Set-Cookie" not in paper.headers


def test_the_item_page_offers_only_what_fits_and_may_be_done(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    stage.story.give_to(stage.story.ward, [pk])
    lans, minhs = stage.page("lan", "item", pk), stage.page("minh", "item", pk)
    assert "/muc/lam/ket-thuc/" in lans
    assert "/muc/lam/mo-lai/" not in lans
    assert "/muc/lam/" not in minhs
    assert "/muc/lam/" not in stage.page("hang", "item", pk)


def test_a_split_is_exact_and_parts_that_do_not_add_up_are_refused(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1, quantity=10, value=1_000_000)
    parts = {"receiver_id": [stage.story.ward, stage.story.other, ""], "reason": "hai phường"}
    wrong = stage.send("lan", "split", pk, quantity=["3", "3", "3"], **parts)
    assert wrong.status_code == 422
    assert "các phần cộng lại 9, phải bằng 10" in wrong.content.decode()
    assert "hai phường" in wrong.content.decode()
    form = {"quantity": ["3", "3", "4"], "key": "chia-mot-lan", **parts}
    assert stage.send("lan", "split", pk, **form).status_code == 302
    entries = Entry.objects.count()
    assert stage.send("lan", "split", pk, **form).status_code == 302
    assert Entry.objects.count() == entries
    children = Item.objects.filter(parent=pk).order_by("code")
    assert [c.opened for c in children] == [3, 3, 4]
    assert sum(c.value or 0 for c in children) == 1_000_000


@pytest.mark.parametrize("typed", ["1.5", "-3", "1e1", "NaN", "½", "1_0", "a", "9" * 40])
def test_a_part_that_is_no_whole_number_is_refused_and_not_read_as_another(
    stage: Stage, typed: str
) -> None:
    (pk,) = stage.story.list_items(1, quantity=15)
    got = stage.send("lan", "split", pk, quantity=[typed, "5"], receiver_id=["", ""], reason="thử")
    assert got.status_code == 422
    assert stage.story.item(pk).q_held == 15


def test_a_part_is_not_given_to_a_body_that_was_not_offered(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    for body in (987_654, stage.bodies["elsewhere"]):
        got = stage.send(
            "lan", "split", pk, quantity=["5", "5"], receiver_id=[body, ""], reason="thử"
        )
        assert got.status_code == 422


def test_a_dispute_is_opened_once_and_settled_by_the_city_with_a_decision(stage: Stage) -> None:
    (pk,) = stage.story.list_items(1)
    stage.story.give_to(stage.story.ward, [pk])
    form = {"reason": "hai nơi cùng nhận", "receiver_id": stage.story.other, "key": "mo-mot-lan"}
    assert stage.send("minh", "dispute", pk, **form).status_code == 302
    entries = Entry.objects.count()
    assert stage.send("minh", "dispute", pk, **form).status_code == 302
    assert Entry.objects.count() == entries
    assert stage.story.item(pk).state == "disputed"
    assert "TS-0001" in stage.page("khanh", "disputes")
    assert "hai nơi cùng nhận" in stage.page("khanh", "disputes")
    settle = {"to": "held", "reason": "theo hiện trạng", "receiver_id": stage.story.other}
    assert stage.send("lan", "dispute", pk, authority="9/QĐ", **settle).status_code == 403
    unfounded = stage.send("khanh", "dispute", pk, authority="", **settle)
    assert unfounded.status_code == 422
    assert "theo hiện trạng" in unfounded.content.decode()
    assert stage.send("khanh", "dispute", pk, authority="9/QĐ", **settle).status_code == 302
    item = stage.story.item(pk)
    assert (item.state, item.receiver_id) == ("held", stage.story.other)


def test_rules_are_written_run_and_retired_each_leaving_one_entry(stage: Stage) -> None:
    stage.story.list_items(2)
    rule = {"name": "Tài sản về phường", "reason": "theo địa bàn", "kind": "asset",
            "receiver": stage.story.ward, "priority": "5"}  # fmt: skip
    before = Entry.objects.count()
    assert stage.send("khanh", "write-rule", **rule).status_code == 302
    assert stage.send("khanh", "propose").status_code == 302
    assert Entry.objects.count() == before + 2
    page = stage.page("khanh", "allocation")
    assert "Tài sản về phường" in page
    pk = int(re.findall(r"/quy-tac/(\d+)/bo/", page)[0])
    form = {"reason": "ghi nhầm", "key": "bo-mot-lan"}
    assert stage.send("minh", "retire-rule", pk, **form).status_code == 403
    assert stage.send("khanh", "retire-rule", pk, **form).status_code == 302
    entries = Entry.objects.count()
    assert stage.send("khanh", "retire-rule", pk, **form).status_code == 302
    assert Entry.objects.count() == entries


@pytest.mark.parametrize(
    "wrong",
    [{"priority": "cao"}, {"priority": "-1"}, {"giver": 987_654}, {"place": 987_654},
     {"receiver": 987_654}, {"receiver": ""}, {"reason": ""}, {"name": ""}],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_with_422_and_the_form_stays(
    stage: Stage, wrong: dict[str, object]
) -> None:
    rule = {"name": "Tài sản về phường", "reason": "theo địa bàn", "receiver": stage.story.ward}
    before = heads()
    got = stage.send("khanh", "write-rule", **(rule | wrong))
    assert got.status_code == 422
    assert "theo địa bàn" in got.content.decode() or "Tài sản về phường" in got.content.decode()
    assert heads() == before


def test_a_body_with_an_open_item_is_not_closed_and_the_item_is_named(stage: Stage) -> None:
    stage.story.list_items(1)
    got = stage.send("khanh", "close-body", stage.story.office, authority="1/NQ")
    assert got.status_code == 422
    assert stage.send("lan", "close-body", stage.story.office, authority="1/NQ").status_code == 403
    assert stage.send("khanh", "lock").status_code == 422


def test_longer_lists_ask_the_database_no_more_often(stage: Stage) -> None:
    stage.story.list_items(2)
    keep_rule(stage.story)
    few = {n: queries_of(stage, "lan", n) for n in ("items", "balance", "allocation", "closing")}
    rows = [stage.story.row(n) for n in range(100, 130)]
    actions.add_items(
        stage.story.act(stage.story.lan), transition_id=stage.story.transition,
        giver_id=stage.story.office, rows=rows,
    )  # fmt: skip
    many = {n: queries_of(stage, "lan", n) for n in few}
    assert many == few


def test_more_disputes_ask_the_database_no_more_often(stage: Stage) -> None:
    ids = stage.story.list_items(6)
    for pk in ids[:2]:
        stage.send("lan", "dispute", pk, reason="chưa rõ")
    few = queries_of(stage, "lan", "disputes")
    for pk in ids[2:]:
        stage.send("lan", "dispute", pk, reason="chưa rõ")
    assert queries_of(stage, "lan", "disputes") == few


@pytest.mark.parametrize(("form", "magic"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_statement_is_taken_away_as_a_file(stage: Stage, form: str, magic: bytes) -> None:
    stage.story.list_items(2)
    got = stage.as_("lan").get(stage.url("statement", form))
    assert got.status_code == 200
    assert got.getvalue().startswith(magic)
    assert "attachment" in got.headers["Content-Disposition"]


def test_a_form_of_statement_that_does_not_exist_is_no_page(stage: Stage) -> None:
    assert stage.as_("lan").get(stage.url("statement", "exe")).status_code == 404
