"""The pages: ask by everyday words, read the article, act, and be refused with a reason."""

import io
import json
from collections.abc import Callable
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.apps.authority.conftest import Office

from thongsuot.apps.authority.models import Clash, Delegation, Review, Rule
from thongsuot.cli import main
from thongsuot.foundation.accounts.models import ApiToken, User
from thongsuot.foundation.accounts.tokens import hash_of, new_secret

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


def page(client: Client, name: str, *args: object, status: int = 200, query: str = "") -> str:
    got = client.get(reverse(f"authority:{name}", args=args) + query)
    assert got.status_code == status, got.content.decode()[:1_500]
    return got.content.decode()


def send(client: Client, name: str, *args: object, **values: object):
    values.setdefault("key", f"khoa-{name}-{len(values)}-{args}")
    return client.post(reverse(f"authority:{name}", args=args), values)


def test_anybody_asks_by_everyday_words_and_reads_the_article(
    office: Office, browser: Browser
) -> None:
    office.publish("R1")
    office.delegate()
    text = page(browser(), "card", query="?viec=giay+phep+xay+dung&noi=phuong-mot&ngay=2025-08-01")
    assert "Chủ tịch UBND" in text
    assert "Chủ Một" in text
    assert "Điều 5, 140/2025/NĐ-CP" in text
    assert "01/03/2027" in text
    assert "Phó Một" not in text  # who was delegated is for those who work there
    assert "Phó Một" in page(browser("clerk"), "card", query="?viec=xay-nha")


def test_a_place_with_two_meanings_is_asked_and_an_unknown_one_is_said(
    office: Office, browser: Browser
) -> None:
    office.publish("R1")
    both = page(browser(), "card", query="?viec=xay-nha&noi=phuong")
    assert "Địa bàn nào?" in both
    assert "noi=phuong-hai" in both
    assert "Không tìm thấy địa bàn" in page(browser(), "card", query="?viec=xay-nha&noi=zzz")


def test_a_clash_is_doubtful_and_names_both(office: Office, browser: Browser) -> None:
    office.publish("R1")
    office.publish("R2", to_organ="peoples-council", to_title="")
    text = page(browser(), "card", query="?viec=xay-nha&noi=phuong-mot")
    assert "văn bản vênh nhau" in text
    assert "Hội đồng nhân dân cấp xã" in text
    Clash.objects.create(code="x", first="R1", second="R2", what="Hai nơi cùng được giao.")
    assert "Hai nơi cùng được giao." in page(browser(), "clashes")


def test_a_gap_says_why_and_an_odd_amount_is_told(office: Office, browser: Browser) -> None:
    assert "Sổ chưa có quy định nào" in page(browser(), "card", query="?viec=lap-truong")
    assert "không phải là số tiền" in page(browser(), "card", query="?viec=xay-nha&tien=abc")
    assert "Chưa tìm thấy việc nào" in page(browser(), "card", query="?viec=qqqq")


def test_a_rule_page_tells_who_checked_it_and_when(office: Office, browser: Browser) -> None:
    office.write("R1")
    office.check("R1", "chair")
    text = page(browser(), "rule", "R1")
    assert "Chủ Một" in text
    assert "Còn cần 1 người đối chiếu" in text
    done = send(browser("clerk"), "check-rule", "R1", verdict="same", against="Công báo số 1")
    assert done.status_code == 302
    assert send(browser("khanh"), "publish-rule", "R1").status_code == 302
    assert Rule.objects.get(code="R1", live=True).status == "published"


def test_the_city_writes_a_rule_and_is_told_what_is_wrong(office: Office, browser: Browser) -> None:
    sent = {"code": "m-1", "matter": "xay-nha", "kind": "division", "to_tier": "commune",
            "text": "không có", "since": "31/02/2025"}  # fmt: skip
    city = browser("khanh")
    assert "không phải là một ngày" in send(city, "new-rule", **sent).content.decode()
    answer = send(city, "new-rule", **(sent | {"since": "01/07/2025"}))
    assert answer.status_code == 422
    assert "chưa có trong sổ văn bản" in answer.content.decode()
    good = sent | {"since": "2025-07-01", "text": "140/2025/NĐ-CP", "place": "phuong-mot"}
    answer = send(city, "new-rule", key="k-tot", **good)
    assert answer.status_code == 302
    assert Rule.objects.get(code="M-1").places.count() == 1
    assert send(city, "new-rule", key="k-tot", **good).status_code == 302  # the same form twice
    assert Rule.objects.count() == 1


def test_what_expires_is_counted_in_days(office: Office, browser: Browser) -> None:
    office.publish("R1")
    text = page(browser(), "expiry")
    left = (date(2027, 3, 1) - date(2025, 8, 1)).days
    assert str(left) in text
    assert "140/2025/NĐ-CP" in text


def test_before_and_after_on_the_page_and_in_a_workbook(office: Office, browser: Browser) -> None:
    office.publish("R1")
    query = "?tu=2025-06-30&den=2025-07-01"
    assert "nhận thêm" in page(browser(), "diff", query=query)
    got = browser().get(reverse("authority:diff") + query + "&xuat=xlsx")
    rows = list(openpyxl.load_workbook(io.BytesIO(got.content)).active.values)
    assert rows[1][2] == "Cấp giấy phép xây dựng"
    assert "không phải là một ngày" in page(browser(), "diff", query="?tu=xyz")


def test_a_rule_is_tried_and_nothing_is_written(office: Office, browser: Browser) -> None:
    office.publish("R1")
    sent = {"on": "2025-08-01", "matter": "xay-nha", "kind": "division", "to_tier": "province",
            "text": "140/2025/NĐ-CP", "replaces": "r1"}  # fmt: skip
    text = send(browser("khanh"), "simulation", **sent).content.decode()
    assert "chuyển nơi" in text
    assert Rule.objects.filter(live=True).count() == 1


def test_the_chairman_delegates_signs_after_his_password_and_revokes(
    office: Office, browser: Browser
) -> None:
    clerk, chair = browser("clerk"), browser("chair")
    sent = {"number": "9/UQ", "giver": office.seats["chair"], "post": office.posts["deputy"],
            "person": "1", "since": "2025-08-01", "until": "2025-12-31", "form": "TUQ.",
            "seal": "giver", "most": "1.000.000"}  # fmt: skip
    assert send(clerk, "new-delegation", **sent).status_code == 302
    row = Delegation.objects.get()
    assert row.most == 1_000_000
    sign = reverse("authority:sign-delegation", args=[row.pk])
    assert chair.get(sign).status_code == 302  # the password first
    chair.post(reverse("accounts:confirm"), {"password": "thu-nghiem-1", "next": sign})
    assert "vẫn chịu trách nhiệm" in chair.get(sign).content.decode()
    assert chair.post(sign, {"key": "ky-1"}).status_code == 302
    assert "đang có hiệu lực" in page(chair, "delegation", row.pk)
    done = send(chair, "revoke-delegation", row.pk, on="2025-08-02", reason="Hết việc")
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.state == "revoked"


def test_a_ward_reviews_and_the_grid_shows_it(office: Office, browser: Browser) -> None:
    office.publish("R1")
    clerk = browser("clerk")
    refused = send(clerk, "review", "phuong-mot", "R1", state="blocked", reason="")
    assert refused.status_code == 422
    assert (
        send(
            clerk, "review", "phuong-mot", "R1", key="k2", state="blocked", reason="Thiếu máy"
        ).status_code
        == 302
    )
    assert Review.objects.get().reason == "Thiếu máy"
    assert "Thiếu máy" in page(clerk, "sheet", "phuong-mot")
    grid = page(browser("khanh"), "grid")
    assert "1 trên 2 ô đã rà soát" in grid


def test_the_sheet_of_a_ward_asks_nothing_for_each_rule_that_is_blocked(
    office: Office, browser: Browser
) -> None:
    clerk = browser("clerk")
    asked = []
    for code in ("R1", "R2", "R3"):
        office.publish(code)
        send(
            clerk,
            "review",
            "phuong-mot",
            code,
            key=f"k-{code}",
            state="blocked",
            reason="Thiếu máy",
        )
        with CaptureQueriesContext(connection) as queries:
            shown = page(clerk, "sheet", "phuong-mot")
        asked.append(len(queries))
    assert shown.count("viec=xay-nha&amp;dieu=") == 3
    assert asked[1] == asked[2]


def test_pages_cost_few_queries(
    office: Office, browser: Browser, django_assert_max_num_queries
) -> None:
    for n in range(6):
        office.publish(f"R{n}", matter="xay-nha" if n else "lap-truong")
    client = browser()
    with django_assert_max_num_queries(40):
        page(client, "card", query="?viec=lap-truong&noi=phuong-mot")
    with django_assert_max_num_queries(12):
        page(client, "rules")
    with django_assert_max_num_queries(16):
        page(client, "diff")


def test_the_api_answers_as_the_card_does(office: Office, browser: Browser) -> None:
    office.publish("R1")
    user = User.objects.get(username="clerk")
    secret = new_secret()
    ApiToken.objects.create(
        user=user, name="thử", prefix=secret[:10], hash=hash_of(secret), made_at=timezone.now(),
        appointment=office.seats["clerk"], expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    ask = {"matter": "xay-nha", "place": "phuong-mot", "on": "2025-08-01"}
    head = {"Authorization": f"Bearer {secret}"}
    told = browser().get("/api/v1/authority/who", ask, headers=head).json()
    assert (told["person"], told["basis"][0]["article"]) == ("Chủ Một", "5")
    assert browser().get("/api/v1/authority/who", {"matter": "x"}, headers=head).status_code == 404
    found = browser().get("/api/v1/authority/matters", {"q": "mo truong"}, headers=head).json()
    assert found[0]["code"] == "lap-truong"
    rules = browser().get("/api/v1/authority/rules", headers=head).json()["rows"]
    assert [r["code"] for r in rules] == ["R1"]


def test_the_command_answers_with_the_article(office: Office, on_the_day: None, capsys) -> None:
    office.publish("R1")
    asked = ["authority", "cap phep xay dung", "--place", "phuong-mot", "--on", "01/08/2025"]
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["person"], told["basis"][0]["article"]) == ("Chủ Một", "5")
    assert main(asked) == 0
    assert "Theo Điều 5, 140/2025/NĐ-CP" in capsys.readouterr().out
    assert main(["authority", "mở trường"]) == 1
    assert "CHƯA CÓ AI" in capsys.readouterr().out
    assert main(["authority", "qqqq zzzz"]) == 1
    assert main([*asked[:2], "--place", "phuong"]) == 2


ODD = (
    "9" * 30,
    "9" * 5_000,
    "²",
    "-1",
    "'\"><script>",
    "a\x00b",
    "\ud7ff" * 300,
    "31/02/2025",
    "9999-12-31",
    "0001-01-01",
)
ASKED = (
    "viec",
    "noi",
    "ngay",
    "tien",
    "tu",
    "den",
    "cap",
    "linh-vuc",
    "co-quan",
    "thay-doi",
    "xuat",
    "tinh-trang",
    "q",
)
SENT = (
    "code", "matter", "kind", "to_tier", "to_organ", "text", "since", "until", "least", "most", "place",
    "verdict", "against", "on", "reason", "state", "number", "giver", "post", "form", "seal", "by",
    "effect", "article", "clause", "name", "field", "words", "named", "tu", "matters", "replaces",
)  # fmt: skip


def test_nothing_typed_breaks_a_page(office: Office, browser: Browser) -> None:
    office.publish("R1")
    pk = office.delegate()
    city, clerk = browser("khanh"), browser("clerk")
    for client in (city, clerk):
        client.raise_request_exception = False
    reads = ("card", "rules", "texts", "expiry", "clashes", "diff", "groups", "delegations", "grid")
    acts = (
        (city, "new-rule", ()), (city, "edit-rule", ("R1",)), (city, "withdraw-rule", ("R1",)),
        (city, "simulation", ()), (city, "new-matter", ()), (city, "text-days", ("nd-140",)),
        (city, "text-part", ("nd-140",)), (city, "text-change", ("nd-140",)), (city, "group", (1,)),
        (clerk, "new-delegation", ()), (clerk, "absence", ()), (clerk, "check-rule", ("R1",)),
        (clerk, "review", ("phuong-mot", "R1")), (city, "revoke-delegation", (pk,)),
    )  # fmt: skip
    broken = []
    for n, odd in enumerate(ODD):
        for name in reads:
            got = city.get(reverse(f"authority:{name}"), dict.fromkeys(ASKED, odd))
            if got.status_code >= 500:
                broken.append((name, "GET", odd[:12]))
        for client, name, args in acts:
            sent = dict.fromkeys(SENT, odd) | {"key": f"le-{n}-{name}"}
            got = client.post(reverse(f"authority:{name}", args=args), sent)
            if got.status_code >= 500:
                broken.append((name, "POST", odd[:12]))
    assert broken == []


def test_the_card_is_printed_on_a_sheet_with_its_square_code(
    office: Office, browser: Browser
) -> None:
    office.publish("R1")
    asked = "?viec=xay-nha&noi=phuong-mot&ngay=2025-08-01"
    assert "/tham-quyen/the/?viec=xay-nha" in page(browser(), "card", query=asked)
    sheet = page(browser(), "card-sheet", query=asked)
    assert "card-a5" in sheet
    assert "<svg" in sheet
    assert "http://testserver/tham-quyen/?viec=xay-nha" in sheet
    assert "card-a4" in page(browser(), "card-sheet", query=f"{asked}&kho=a4")
    assert "Trước đây" in sheet
    back = browser().get(reverse("authority:card-sheet") + "?viec=qqqq")
    assert (back.status_code, back["Location"]) == (302, "/tham-quyen/?viec=qqqq")


def test_a_draft_waits_on_a_page_of_its_own_and_the_rule_stays(
    office: Office, browser: Browser
) -> None:
    office.publish("R1")
    sent = {"matter": "xay-nha", "kind": "division", "to_tier": "commune", "article": "9",
            "to_organ": "peoples-committee", "to_title": "Chủ tịch UBND",
            "text": "140/2025/NĐ-CP", "since": "2025-07-01", "reading": "part"}  # fmt: skip
    done = send(browser("khanh"), "edit-rule", "R1", **sent)
    assert done["Location"].endswith("/R1/?ban=du-thao")
    text = page(browser("clerk"), "rule", "R1")
    assert "Có dự thảo bản mới" in text
    assert "Điều 5" in text
    draft = page(browser("clerk"), "rule", "R1", query="?ban=du-thao")
    assert "Điều 9" in draft
    assert "Đối chiếu với văn bản" in draft
    for who in ("clerk", "chair"):
        send(browser(who), "check-rule", "R1", verdict="same", against="Công báo", key=f"k-{who}")
    assert "Điều 5" in page(browser(), "card", query="?viec=xay-nha&noi=phuong-mot")
    send(browser("khanh"), "publish-rule", "R1")
    assert "Điều 9" in page(browser(), "card", query="?viec=xay-nha&noi=phuong-mot")
    send(browser("khanh"), "edit-rule", "R1", **sent | {"article": "10"}, key="lan-hai")
    dropped = browser("khanh").post(
        reverse("authority:withdraw-rule", args=["R1"]) + "?ban=du-thao",
        {"key": "bo-du-thao", "reason": "Nhầm điều"},
    )
    assert dropped.status_code == 302
    assert Rule.objects.get(code="R1", live=True).article == "9"
    assert not Rule.objects.filter(waiting=True).exists()


def test_a_question_without_a_match_offers_what_is_called_almost_so(
    office: Office, browser: Browser
) -> None:
    text = page(browser(), "card", query="?viec=capgiayphep+xaydung")
    assert "Gần giống" in text
    assert "Cấp giấy phép xây dựng" in text
