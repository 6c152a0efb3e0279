"""The pages of guarded places, opened as the cast opens them."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.apps.guarding.conftest import clock
from tests.pages.guarding.walk import rows
from tests.pages.handover.stage import CAST

from thongsuot.apps.guarding.models import Guard, Place, Scan, Shift, Taking
from thongsuot.foundation import clock as house
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
EVERYBODY = ("anonymous", *CAST)


@pytest.fixture
def at_eight(monkeypatch) -> None:
    """The clock of the house stands at 14:05 on 24 June, just after a change of shifts."""
    monkeypatch.setattr(house, "now", lambda: clock(24, 14, 5))


def url(name: str, *args: object) -> str:
    return reverse(f"guarding:{name}", args=args)


def key(n: int = 0) -> dict[str, str]:
    return {"key": f"khoa-{n}-{Entry.objects.count()}"}


def test_everybody_gets_the_answer_of_the_table(stage, store) -> None:
    wrong = []
    for name, (args, answers) in rows().items():
        address = reverse(name, args=args(stage, store))
        for who in EVERYBODY:
            got = stage.as_(who).get(address).status_code
            if got != answers[who]:
                wrong.append(f"{name} {who}: {got} instead of {answers[who]}")
    assert not wrong, "\n".join(wrong)


def test_the_list_says_who_holds_the_watch_now(stage, store, at_eight) -> None:
    page = stage.as_("lan").get(url("places")).content.decode()
    assert "Bác Tám" in page
    assert "Kho lưu trữ 1" in page
    assert "Kho lưu trữ 1" not in stage.as_("minh").get(url("places")).content.decode()


def test_two_codes_typed_at_the_place_pass_the_watch(stage, store, at_eight) -> None:
    on_duty = Shift.objects.get(place=store["guarded"], since=clock(24, 14))
    number = list(Guard.objects.order_by("pk").values_list("pk", flat=True)).index(on_duty.guard_id)
    if number == 0:
        pytest.fail("the roster of the walk puts the first guard on this shift")
    lan = stage.as_("lan")
    where = url("scan", store["guarded"])
    first = lan.post(where, {"code": "ma-0", "what": "watch", **key(1)}, follow=True)
    assert "vẫn giữ ca" in first.content.decode()
    second = lan.post(where, {"code": f"MA {number}", "what": "watch", **key(2)}, follow=True)
    assert "đã nhận ca" in second.content.decode()
    assert Taking.objects.order_by("-at").first().guard_id == on_duty.guard_id


def test_a_wrong_code_is_refused_in_words_and_a_point_is_passed(stage, store, at_eight) -> None:
    lan, where = stage.as_("lan"), url("scan", store["guarded"])
    wrong = lan.post(where, {"code": "SAI", "what": "watch", **key(1)})
    assert wrong.status_code == 422
    assert "Không nhận ra mã này" in wrong.content.decode()
    good = lan.post(where, {"code": "cua-trc", "what": "round", **key(2)}, follow=True)
    assert "Đã qua điểm Cửa trước" in good.content.decode()
    assert Scan.objects.filter(kind="round").count() == 1
    assert stage.as_("hang").post(where, {"code": "x", **key(3)}).status_code == 403


def test_a_roster_is_previewed_with_its_gap_and_published_when_it_has_none(
    stage, store, at_eight
) -> None:
    lan, where = stage.as_("lan"), url("roster", store["guarded"])
    guards = list(Guard.objects.order_by("pk").values_list("pk", flat=True))
    turn = [*guards[1:], guards[0]]
    query = {"tu": "2025-06-27", "den": "2025-06-28", "ca": "06:00 14:00 22:00", "nguoi": guards}
    page = lan.get(where, query).content.decode()
    since, until = (re.findall(rf'name="{n}" value="([^"]+)"', page) for n in ("since", "until"))
    assert len(since) == 6
    rows_ = {"since": since, "until": until, "do": "1"}
    holed = lan.post(where, {**rows_, "guard": [*turn[:3], "", *turn[:2]], **key(1)})
    assert holed.status_code == 422
    assert "Bỏ trống bảo vệ từ 06:00 28/06/2025 đến 14:00 28/06/2025" in holed.content.decode()
    whole = lan.post(where, {**rows_, "guard": (turn * 2)[:6], **key(2)}, follow=True)
    assert "không có khoảng trống nào" in whole.content.decode(), re.findall(
        r'class="problem[^>]*>([^<]+)', whole.content.decode()
    )
    assert Shift.objects.filter(place=store["guarded"]).count() == 27


def test_odd_forms_of_a_roster_are_refused_with_a_sentence(stage, store) -> None:
    lan, where = stage.as_("lan"), url("roster", store["guarded"])
    for sent in (
        {}, {"since": ["x"], "until": ["y"], "guard": ["1"]},
        {"since": ["2025-06-27T06:00:00"], "until": ["2025-06-27T14:00:00"], "guard": ["1"]},
        {"since": ["2025-06-27T06:00:00Z"], "until": ["2025-06-27T06:00:00Z"], "guard": ["1"]},
    ):  # fmt: skip
        assert lan.post(where, {**sent, "do": "1", **key(1)}).status_code == 422
    for query in ("ca=x", "ca=06:00&tu=2025-06-30&den=2025-06-01&nguoi=1", "ca=06:00&tu=9999"):
        assert lan.get(f"{where}?{query}").status_code == 422


def test_an_absence_first_shows_the_shifts_and_then_takes_who_stands_in(stage, store) -> None:
    lan, where = stage.as_("lan"), url("absence", store["guarded"])
    last = Shift.objects.get(pk=store["guard_shift"])
    sent = {
        "guard_id": last.guard_id, "since": "2025-06-26T21:00", "until": "2025-06-27T06:00",
        "reason": "ốm",
    }  # fmt: skip
    first = lan.post(where, {**sent, **key(1)})
    assert first.status_code == 422
    page = first.content.decode()
    assert "Bỏ trống bảo vệ từ 22:00 26/06/2025" in page
    assert f'name="ca-{last.pk}"' in page
    name = re.search(r"Có thể bố trí: ([^,.]+)", page).group(1)
    able = Guard.objects.get(person__full_name=name)
    done = lan.post(where, {**sent, f"ca-{last.pk}": able.pk, **key(2)}, follow=True)
    assert "Đã ghi vắng" in done.content.decode()


def test_a_code_is_shown_once_and_works(stage, store, at_eight) -> None:
    lan, where = stage.as_("lan"), url("enrol", store["guard_body"])
    person = Guard.objects.get(pk=store["guard"]).person_id
    sent = {"person_id": person, **key(1)}
    page = lan.post(where, sent).content.decode()
    code = re.search(r"\b[A-Z2-7]{5}-[A-Z2-7]{5}\b", page).group(0)
    assert code in lan.post(where, sent).content.decode()  # the same form again: the same code
    assert code not in lan.get(url("people", store["guarded"])).content.decode()
    scan = {"code": code.lower(), "what": "watch", **key(2)}
    answer = lan.post(url("scan", store["guarded"]), scan)
    assert "không có ca trực lúc này" in answer.content.decode() or answer.status_code == 302


def test_the_book_prints_and_the_shifts_go_to_excel(stage, store, at_eight) -> None:
    lan = stage.as_("lan")
    paper = lan.get(url("book", store["guarded"]) + "?xuat=pdf")
    assert paper.content[:5] == b"%PDF-"
    book = lan.get(url("shifts", store["guarded"]) + "?xuat=xlsx")
    content = b"".join(book.streaming_content) if book.streaming else book.content
    sheet = load_workbook(BytesIO(content)).active
    assert any(row[2] == "Bác Tám" for row in sheet.iter_rows(values_only=True))
    assert (
        lan.get(url("book", store["guarded"]) + "?tu=2025-01-01&den=2025-06-24").status_code == 422
    )


def test_the_list_of_shifts_asks_no_more_for_more_rows(stage, store) -> None:
    lan, where = stage.as_("lan"), url("shifts", store["guarded"])
    lan.get(where)
    with CaptureQueriesContext(
        connection,
    ) as few:
        lan.get(where + "?ngay-tu=2025-06-20&ngay-den=2025-06-20")
    with CaptureQueriesContext(connection) as many:
        lan.get(where + "?ngay-tu=2025-06-20&ngay-den=2025-06-26")
    assert len(many) == len(few)


def test_another_guard_and_an_order_and_the_end_from_their_forms(stage, store, at_eight) -> None:
    lan, place = stage.as_("lan"), store["guarded"]
    gone = lan.post(
        url("shift", place, store["guard_shift"]),
        {"guard_id": "", "since": "2025-06-26T22:00", "until": "2025-06-27T06:00",
         "reason": "bỏ ca", **key(1)},
    )  # fmt: skip
    assert gone.status_code == 422
    assert "Bỏ trống bảo vệ" in gone.content.decode()
    ordered = lan.post(
        url("order", place), {"guard_id": store["guard"], "reason": "ốm", **key(2)}, follow=True
    )
    assert "giữ ca từ bây giờ" in ordered.content.decode()
    ended = lan.post(
        url("end", place),
        {"reason": "kho trống", "authority": "QĐ minh họa", **key(3)},
        follow=True,
    )
    assert "Đã kết thúc bảo vệ" in ended.content.decode()
    assert Place.objects.get(pk=place).until == clock(24, 14, 5)
    assert lan.get(url("place", place)).status_code == 200


def test_a_place_is_opened_from_its_form(stage, store) -> None:
    lan = stage.as_("lan")
    page = lan.get(url("open", store["guard_body"])).content.decode()
    values = dict(
        re.findall(r'name="(every|grace|silent|step|window|\w+_hours)" value="(\d+)"', page)
    )
    assert len(values) == 8
    sent = {"name": "Kho 2", "first_id": store["guard"], "head_id": store["guard"], **values}
    done = lan.post(url("open", store["guard_body"]), {**sent, **key(1)}, follow=True)
    assert "Đã mở nơi bảo vệ" in done.content.decode()
    assert Place.objects.filter(name="Kho 2").exists()


def test_the_place_stands_before_it_was_opened_when_the_story_goes_back(
    stage, store, monkeypatch
) -> None:
    monkeypatch.setattr(house, "now", lambda: clock(20, 6) - timedelta(days=3))
    for name in ("place", "book"):
        assert stage.as_("lan").get(url(name, store["guarded"])).status_code == 200
    assert stage.as_("lan").get(url("places")).status_code == 200
