"""Where is my file now? Everybody may ask, nobody learns more than which office to go to."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from thongsuot.apps.disclosure import shipped
from thongsuot.apps.disclosure.models import Contact, Matter
from thongsuot.foundation import clock
from thongsuot.foundation.accounts.models import SignInAttempt
from thongsuot.foundation.accounts.throttle import CHECKED_PER_ACCOUNT
from thongsuot.foundation.trail.models import Entry

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[3]
SPLIT = "Phường Quang Trung, quận Hà Đông, Hà Nội"
ENDED = "Phòng Giáo dục quận Hà Đông, Hà Nội"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch) -> None:
    monkeypatch.setenv("THONGSUOT_VAR", str(tmp_path_factory.getbasetemp() / "addresses"))


def page(q: str, status: int = 200, door: str = "where", **more: str) -> str:
    answer = Client().get(reverse(f"disclosure:{door}"), {"q": q, **more})
    assert answer.status_code == status, answer.content.decode()[:2_000]
    return answer.content.decode()


def test_the_empty_page_says_what_to_type_and_gives_three_examples() -> None:
    told = page("")
    assert told.count('<li><a href="?q=') == 3
    assert "Địa chỉ cũ, cơ quan cũ, hoặc số biên nhận" in told


def test_an_address_gets_its_unit_of_now_its_clause_and_its_counter(
    django_assert_max_num_queries,
) -> None:
    with django_assert_max_num_queries(8):
        told = page("12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM")
    assert "Rõ một nơi" in told
    assert "Phường Sài Gòn" in told
    assert "1685/NQ-UBTVQH15" in told
    assert "Trung tâm Phục vụ hành chính công phường Sài Gòn" in told
    assert "chưa công bố địa chỉ" in told


def test_a_divided_ward_asks_and_never_guesses() -> None:
    told = page(SPLIT)
    assert "Nhà bạn ở phía nào?" in told
    assert "Rõ một nơi" not in told
    for name in ("Phường Hà Đông", "Phường Kiến Hưng"):
        assert f"Nếu là {name}" in told


def test_the_side_that_was_chosen_is_one_answer_and_can_be_chosen_again() -> None:
    keys = re.findall(r"chon=([a-z0-9-]+)", page(SPLIT))
    told = page(SPLIT, chon=keys[0])
    assert "Rõ một nơi" in told
    assert "Theo phần bạn đã chọn." in told
    assert "Rõ một nơi" not in page(SPLIT, chon="khong-co-noi-nay")


def test_the_matter_changes_the_office() -> None:
    assert "Trung tâm Phục vụ hành chính công phường Hà Đông" in page(SPLIT, viec="ho-tich")
    told = page(SPLIT, viec="sua-van-bang")
    assert "Sở Giáo dục và Đào tạo thành phố Hà Nội" in told
    assert "Nếu là" not in told
    assert "chưa đối chiếu văn bản" in told
    assert "UBND bất kỳ xã, phường nào" in page(SPLIT, viec="chung-thuc")


def test_a_matter_leads_to_who_decides_it_by_which_article() -> None:
    told = page(SPLIT, viec="giay-phep-xay-dung")
    assert "/tham-quyen/?viec=giay-phep-xay-dung" in told
    assert "ai có thẩm quyền, theo điều nào" in told
    assert "/tham-quyen/?viec=" not in page(SPLIT, viec="tai-lieu-luu-tru")


def test_every_matter_that_names_a_power_names_one_of_the_register() -> None:
    with (ROOT / "data" / "authority" / "matters.csv").open(encoding="utf-8") as lines:
        known = {row["code"] for row in csv.DictReader(lines)}
    named = {rule.power for rule in shipped.rules() if rule.power}
    assert len(named) > 5
    assert named <= known


def test_an_office_of_a_district_asks_for_the_ward_and_answers_what_the_province_decides() -> None:
    told = page(ENDED)
    assert "Bạn ở xã, phường cũ nào?" in told
    assert "Phường Yên Nghĩa" in told
    assert "Chỉnh sửa văn bằng" in told
    assert "Sở Giáo dục và Đào tạo thành phố Hà Nội" in page(ENDED, viec="sua-van-bang")


def test_a_name_borne_before_and_after_gives_both_readings() -> None:
    told = page("Phường Tân An, Cần Thơ")
    assert "Bạn muốn nói nơi nào?" in told
    assert "cũ, trước 01/07/2025" in told
    assert "tên hiện nay" in told


def test_what_is_not_known_says_what_to_do() -> None:
    assert "Chưa trả lời được" in page("xyz khong co dau")
    assert "Hãy ghi thêm huyện, quận" in page("Phòng Giáo dục")


@pytest.fixture
def later() -> Iterator[None]:
    """The clock of the house stands on the first day without the decrees of June 2025."""
    before = clock._story_day
    clock.follow(lambda: date(2027, 3, 1))
    yield
    clock._story_day = before


def test_a_matter_whose_rule_has_ended_is_said_to_have_ended(later) -> None:
    assert "Quy định đã hết hạn" in page(SPLIT, viec="giay-phep-xay-dung")


def listed(stage, number: int, **more) -> None:
    row = {"kind": "case", "code": f"H26.GD-{number:06}", "measure": "hồ sơ", "quantity": 1, "value": None,
           "title": "Chỉnh sửa văn bằng của Nguyễn Thị Kín", "citizen": True,
           "annex": {"applicant": "Nguyễn Thị Kín"}, **more}  # fmt: skip
    stage.story.list_items(1, **row)


def test_a_number_tells_the_office_and_nothing_of_the_person(stage) -> None:
    listed(stage, 7)
    told = page("H26.GD-000007")
    assert "phong giao duc" in told
    assert "Không phải nộp lại hồ sơ" in told
    assert "Kín" not in told
    assert "văn bằng của" not in told
    assert SignInAttempt.objects.count() == 0


def test_a_number_that_is_not_public_answers_exactly_like_one_that_is_not_there(stage) -> None:
    listed(stage, 8, secrecy="secret")
    secret, nothing = page("H26.GD-000008"), page("H26.GD-999998")
    assert secret.replace("000008", "N") == nothing.replace("999998", "N")
    assert "Không có hồ sơ công khai mang số" in nothing


def test_wrong_numbers_are_slowed_down_and_addresses_are_not() -> None:
    for number in range(CHECKED_PER_ACCOUNT):
        page(f"H26.GD-{number:06}")
    assert "Hãy đợi mười lăm phút" in page("H26.GD-000001", status=429)
    assert "Phường Sài Gòn" in page("12 Lê Lợi, P. Bến Nghé, Q.1, TPHCM")


def test_the_link_is_readable_and_in_english_it_stays_english() -> None:
    told = page(SPLIT, viec="ho-tich", tieng="en")
    assert '<html lang="en"' in told
    assert "Civil status" in told
    assert "tieng=vi" in told
    answer = Client().get(reverse("disclosure:where"), {"q": SPLIT, "tieng": "en"})
    assert answer.headers["Content-Language"] == "en"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_text_for_a_chat_has_the_answer_the_counter_and_the_link() -> None:
    told = page("Phường Văn Quán, quận Hà Đông, Hà Nội", viec="ho-tich")
    message = told.split('<textarea id="message"')[1].split("</textarea>")[0]
    assert "nay là:" in message
    assert "Nơi nộp:" in message
    assert "/ho-so-o-dau/?q=phuong+van+quan,+quan+ha+dong,+ha+noi&amp;viec=ho-tich" in message


def test_the_card_has_the_square_code_of_the_link_and_its_sheet_of_paper() -> None:
    told = page(SPLIT, door="card", kho="a4")
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in told
    assert "viewBox" in told.split('class="square"')[1][:400]
    assert "card-a4" in told
    assert "card-a5" in page(SPLIT, door="card", kho="b0")
    assert "Chưa có câu trả lời để in" in page("", door="card")


def test_the_page_needs_no_script_and_is_small(client) -> None:
    answer = client.get(reverse("disclosure:where"), {"q": SPLIT})
    told = answer.content.decode()
    assert re.findall(r'<script src="[^"]*/([^"/]+)"', told) == ["where.js"]
    assert "bootstrap" not in told
    assert len(answer.content) < 16_000


@pytest.mark.parametrize(
    "text",
    ["x" * 5_000, "\u202e\u200b", "%", "a,b,c,d,e", "<script>alert(1)</script>", "=1+1", "\x00"],
)
def test_odd_text_is_answered_and_never_run(text) -> None:
    told = page(text)
    assert "<script>alert" not in told
    page(text, door="card")


def test_nothing_of_a_question_is_kept(stage) -> None:
    before = Entry.objects.count()
    page(SPLIT)
    page("H26.GD-000001")
    assert Entry.objects.count() == before
    assert "Quang Trung" not in str(list(SignInAttempt.objects.values()))


# --- those who keep it ------------------------------------------------------------------------------------


def test_the_steering_committee_tells_of_a_ward_and_the_public_sees_it(stage) -> None:
    khanh = stage.as_("khanh")
    listed(stage, 9)
    door = reverse("disclosure:contact", args=[stage.story.office])
    assert khanh.get(door).status_code == 200
    sent = {
        "key": uuid4().hex,
        "address": "Số 9 phố B",
        "phone": "024 0000 1109",
        "since": "2025-06-24",
    }
    assert khanh.post(door, sent | {"phone": "abc"}).status_code == 422
    assert khanh.post(door, sent).status_code == 302
    assert "Số 9 phố B" in page("H26.GD-000009")
    assert 'href="tel:02400001109"' in page("H26.GD-000009")
    assert stage.as_("minh").post(door, sent).status_code == 403


def test_the_list_shows_first_who_has_told_nothing(stage, django_assert_max_num_queries) -> None:
    Contact.objects.create(
        body_id=stage.story.ward, since=date(2025, 7, 1), address="Số 1", recorded_at="2025-06-24T00:00Z",
        entry=1,
    )  # fmt: skip
    with django_assert_max_num_queries(36):
        told = stage.as_("khanh").get(reverse("disclosure:contacts")).content.decode()
    assert told.index("ubnd phuong dai mo") < told.index("ubnd phuong ha dong")


def test_a_matter_is_put_right_by_form_and_taken_back(stage) -> None:
    khanh, door = stage.as_("khanh"), reverse("disclosure:matter", args=["ho-tich"])
    sent = {"key": uuid4().hex, "name": "Hộ tịch (sửa)", "reach": "province", "kind": "department",
            "sector": "Tư pháp", "since": "2025-07-01"}  # fmt: skip
    assert khanh.post(door, sent).status_code == 302
    assert "Sở Tư pháp thành phố Hà Nội" in page(SPLIT, viec="ho-tich")
    assert khanh.post(door, {"key": uuid4().hex, "do": "withdraw"}).status_code == 302
    assert "Sở Tư pháp" not in page(SPLIT, viec="ho-tich")
    assert Matter.objects.count() == 2
    assert stage.as_("hoa").post(door, sent).status_code == 403
