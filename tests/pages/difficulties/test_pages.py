"""Pages of difficulties: two steps before sending, answers for all, nothing for strangers."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.pages.difficulties.walk import things
from tests.pages.handover.stage import Stage, heads, key_in

from thongsuot.apps.difficulties.models import Difficulty
from thongsuot.foundation.notices.models import Notice

pytestmark = pytest.mark.django_db
RAISE = reverse("difficulties:raise")
GIVEN = {"sort": "difficulty", "title": "Ai ký giấy phép xây dựng nhà ở?", "field": "khac",
         "text": "Phòng Quản lý đô thị đã kết thúc.", "tu": "/ban-giao/"}  # fmt: skip


def test_the_first_step_shows_where_it_goes_and_who_asked_before_and_sends_nothing(
    stage: Stage,
) -> None:
    things(stage)
    before = heads()
    answer = stage.as_("son").post(RAISE, {**GIVEN, "do": "xem", "key": "k1"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "ban chi dao" in page  # the steering committee is above, for want of a rule
    assert "Ai ký giấy phép xây dựng?" in page
    assert "Cơ quan tôi cũng vướng việc này" in page
    assert "Hạn trả lời: hết thứ Ba 08/07/2025." in page
    assert heads() == before


def test_sending_tells_who_must_answer_and_lands_on_its_page(stage: Stage) -> None:
    things(stage)
    answer = stage.as_("son").post(RAISE, {**GIVEN, "do": "gui", "key": "k2"}, follow=True)
    page = answer.content.decode()
    row = Difficulty.objects.order_by("pk").last()
    assert row is not None
    assert row.about_path == "/ban-giao/"
    assert f"VM-{row.pk}" in page
    assert Notice.objects.filter(user=stage.users["khanh"], title__contains=row.code).exists()
    again = stage.as_("son").post(RAISE, {**GIVEN, "do": "gui", "key": "k2"})
    assert again.status_code == 302
    assert Difficulty.objects.count() == 3


def test_what_is_missing_is_said_all_at_once_and_what_was_typed_stays(stage: Stage) -> None:
    answer = stage.as_("minh").post(RAISE, {"title": "Ngắn", "do": "gui", "key": "k3"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("còn trống") >= 3
    assert 'value="Ngắn"' in page


@pytest.mark.parametrize(
    "path", ["https://ngoai.example/", "//ngoai.example/", "/khong-co/", "javascript:1", "\x00"]
)
def test_a_page_elsewhere_is_never_kept_as_what_it_is_about(stage: Stage, path: str) -> None:
    page = stage.as_("minh").get(RAISE, {"tu": path}).content.decode()
    assert 'name="tu" value=""' in page
    assert "Về trang:" not in page


def test_every_page_offers_to_raise_a_difficulty_about_it(stage: Stage) -> None:
    page = stage.page("lan", "balance")
    assert f"{RAISE}?tu=%2Fban-giao%2F{stage.story.transition}%2F" in page
    assert RAISE not in stage.as_("quantri").get("/co-quan/").content.decode()


def test_the_part_for_typing_needs_no_page_around_it(stage: Stage) -> None:
    things(stage)
    url = reverse("difficulties:similar")
    part = stage.as_("minh").get(url, {"title": "giay phep xay dung"}, HTTP_HX_REQUEST="true")
    whole = stage.as_("minh").get(url, {"title": "giay phep xay dung"})
    assert "<html" not in part.content.decode()
    assert "<html" in whole.content.decode()
    assert "Ai ký giấy phép xây dựng?" in part.content.decode()


def test_answering_by_its_form_answers_for_all_and_a_stranger_finds_nothing(stage: Stage) -> None:
    made = things(stage)
    url = reverse("difficulties:act", args=[made["difficulty"], "tra-loi"])
    stage.as_("son").post(reverse("difficulties:join", args=[made["difficulty"]]), {"key": "gop-1"})
    page = stage.as_("khanh").get(url).content.decode()
    sent = {"key": key_in(page), "answer": "partly", "text": "Phường ký, sở hướng dẫn thêm."}
    assert stage.as_("khanh").post(url, sent).status_code == 302
    assert Difficulty.objects.filter(state="answered", answer="partly").count() == 2
    for who in ("minh", "son"):
        shown = stage.as_(who).get(reverse("difficulties:one", args=[made["difficulty"]]))
        assert "Phường ký, sở hướng dẫn thêm." in shown.content.decode()
    assert stage.as_("xa").get(url).status_code == 404


def _queries(stage: Stage, who: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert stage.as_(who).get(reverse("difficulties:all")).status_code == 200
    return len(seen)


def test_the_list_costs_the_same_for_many_rows(stage: Stage) -> None:
    things(stage)
    _queries(stage, "khanh")
    few = _queries(stage, "khanh")
    for number in range(6):
        stage.as_("son").post(
            RAISE, {**GIVEN, "title": f"Vướng mắc thứ {number}", "do": "gui", "key": f"n{number}"}
        )
    assert _queries(stage, "khanh") == few


def test_the_proposals_of_an_occasion_are_a_paper_to_send_up(stage: Stage) -> None:
    for number in (2, 1):
        stage.as_("minh").post(
            RAISE,
            {**GIVEN, "do": "gui", "key": f"kn-{number}", "sort": "proposal",
             "title": f"Kiến nghị thứ {number} của phường", "occasion": "buổi làm việc 17/6",
             "ordinal": str(number)},
        )  # fmt: skip
    url = reverse("difficulties:occasion")
    page = stage.as_("minh").get(url, {"dip": "buổi làm việc 17/6"}).content.decode()
    assert page.index("Kiến nghị thứ 1") < page.index("Kiến nghị thứ 2")
    paper = stage.as_("minh").get(url, {"dip": "buổi làm việc 17/6", "xuat": "docx"})
    assert b"".join(paper)[:2] == b"PK"
    assert "kien-nghi.docx" in paper.headers["Content-Disposition"]
    assert io.BytesIO(
        b"".join(stage.as_("minh").get(url, {"dip": "buổi làm việc 17/6", "xuat": "pdf"}))
    ).read(4) == b"%PDF"  # fmt: skip
