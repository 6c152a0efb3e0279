"""Kinds of sentences that were read wrong at first sight in texts of other authors, each with sentences of our own."""

import time
import unicodedata
from datetime import date

import pytest

from thongsuot.rules.directives.intake import Draft, extract

ON = date(2025, 6, 2)


def read(text: str) -> tuple[Draft, ...]:
    return extract(text, on=ON)


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("UBND tỉnh giao Sở Tài nguyên và môi trường rà soát hồ sơ.", "Sở Tài nguyên và môi trường"),
        ("Thủ tướng giao Bộ Nông nghiệp và phát triển nông thôn lập đề án.", "Bộ Nông nghiệp và phát triển nông thôn"),
        ("UBND tỉnh giao Sở Văn hoá, thể thao và du lịch kiểm tra lễ hội.", "Sở Văn hoá, thể thao và du lịch"),
        ("UBND TP giao Quỹ Đầu tư phát triển ứng vốn cho dự án.", "Quỹ Đầu tư phát triển"),
        ("UBND tỉnh yêu cầu các cơ quan tham mưu tiếp thu ý kiến.", "các cơ quan tham mưu"),
        ("UBND tỉnh giao Ban Quản lý dự án 3 hoàn thiện thiết kế.", "Ban Quản lý dự án 3"),
        ("UBND tỉnh đề nghị mỗi thôn chỉ có một điểm tập kết rác.", "mỗi thôn"),
        ("UBND phường giao Tổ trưởng 9 tổ dân phố lập danh sách hộ nghèo.", "Tổ trưởng 9 tổ dân phố"),
        ("Bộ Y tế có công văn gửi tỉnh Hoa Sơn đề nghị rà soát kho thuốc.", "tỉnh Hoa Sơn"),
        ("Phó Thủ tướng chỉ đạo bộ Công Thương kiểm tra giá xăng dầu.", "bộ Công Thương"),
    ],
)  # fmt: skip
def test_names_written_in_small_letters_and_groups_told_apart_are_whole(
    text: str, lead: str
) -> None:
    (one,) = read(text)
    assert one.responsible == (lead,)


def test_a_short_name_means_the_body_last_named_in_full() -> None:
    found = read(
        "Chủ tịch UBND phường biểu dương Trung tâm Văn hóa phường. Chủ tịch UBND phường yêu cầu Trung tâm sửa chữa sân khấu."
    )
    assert found[-1].responsible == ("Trung tâm Văn hóa phường",)


@pytest.mark.parametrize(
    "text",
    [
        "Ngày 30/5, UBND tỉnh Hoa Sơn đã có công văn yêu cầu Sở Xây dựng rà soát chung cư cũ.",
        "Chủ tịch tỉnh giao Sở Y tế rà soát kho thuốc. Phó Chủ tịch UBND tỉnh Trần Văn An cũng đã chỉ đạo Sở Công Thương kiểm tra chợ.",
    ],
)
def test_an_order_told_with_da_is_the_news_when_a_paper_of_a_day_gives_it(text: str) -> None:
    assert read(text)[-1].responsible[0] in ("Sở Xây dựng", "Sở Công Thương")


@pytest.mark.parametrize(
    "text",
    [
        "Trước đó, UBND tỉnh Hoa Sơn đã yêu cầu Sở Xây dựng rà soát chung cư cũ.",
        "Nhiều lần, UBND huyện đã chỉ đạo UBND xã Tân Lập xử lý bãi rác.",
        "Giám đốc Sở Trần Văn An cho biết Sở đã báo cáo và đã có văn bản, yêu cầu các trường thực hiện nhưng nhiều nơi vẫn chậm.",
        "Ông An sau đó đã xin lỗi người dân, đồng thời yêu cầu cấp dưới sửa chữa.",
        "Nghị định nêu rõ cơ sở lưu trú phải thông báo việc lưu trú trước 23 giờ.",
        "Họ phải sống trong cảnh ngập nước nhiều năm nay.",
        "Sở Xây dựng đề nghị UBND tỉnh giao UBND các huyện tháo dỡ công trình sai phép.",
        "Dự báo từ đêm 3/6 vùng núi có mưa to, sau đó phải đề phòng lũ.",
        "Cùng ngày, đoàn công tác đã khảo sát kho lưu trữ.",
    ],
)
def test_what_is_told_asked_upward_or_laid_down_by_law_is_no_duty(text: str) -> None:
    assert read(text) == ()


def test_one_day_given_to_several_tasks_goes_to_each() -> None:
    found = read(
        "UBND tỉnh giao Sở Nội vụ lập danh sách dôi dư. Đồng thời, xây dựng phương án bố trí. "
        "Cả 2 việc này phải hoàn thành và báo cáo UBND tỉnh trước ngày 20/6."
    )
    assert [(one.deadline, one.report_to) for one in found] == [
        (date(2025, 6, 20), ("UBND tỉnh",))
    ] * 2


@pytest.mark.parametrize(
    "after",
    [
        "Báo cáo kết quả với UBND tỉnh trước ngày 20/6.",
        "Báo cáo kết quả giải quyết cho UBND tỉnh trước ngày 20/6.",
        "Kết quả báo cáo UBND tỉnh chậm nhất ngày 20/6.",
        "Dự án này phải báo cáo UBND tỉnh trước ngày 20/6.",
    ],
)
def test_a_sentence_that_only_reports_belongs_to_the_task_before_it(after: str) -> None:
    (one,) = read(f"UBND tỉnh giao Sở Xây dựng kiểm tra hiện trường cầu Bến Đá. {after}")
    assert one.deadline == date(2025, 6, 20)
    assert one.report_to == ("UBND tỉnh",)


def test_an_aim_after_a_semicolon_is_no_task_of_its_own() -> None:
    found = read(
        "Bộ Y tế yêu cầu Sở Y tế đổi mới quy trình để nâng cao chất lượng; giảm thời gian chờ."
    )
    assert len(found) == 1


def test_a_bare_prohibition_in_a_run_of_orders_is_a_duty() -> None:
    found = read("UBND tỉnh yêu cầu Sở Tài chính tiết kiệm chi. Không tổ chức liên hoan cuối năm.")
    assert [one.responsible for one in found] == [("Sở Tài chính",)] * 2


def test_to_propose_after_what_was_found_is_the_task() -> None:
    found = read(
        "UBND tỉnh giao Sở Xây dựng kiểm tra chung cư. Từ đó đề xuất biện pháp xử lý, báo cáo UBND tỉnh trước ngày 20/6."
    )
    assert [one.deadline for one in found] == [None, date(2025, 6, 20)]


def test_the_issuer_binds_itself_among_dated_orders() -> None:
    found = read(
        "UBND tỉnh Hoa Sơn giao Sở Nội vụ trước ngày 5/6 trình danh sách. Trước ngày 9/6, UBND tỉnh thành lập Tổ công tác."
    )
    assert [one.deadline for one in found] == [date(2025, 6, 5), date(2025, 6, 9)]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Thủ tướng yêu cầu chủ tịch UBND các tỉnh Nghệ An, Thanh Hoá, Hà Tĩnh sơ tán dân.", ("tỉnh Nghệ An", "Thanh Hoá", "Hà Tĩnh")),
        ("UBND huyện Kim Lan giao Phòng Kinh tế nghiệm thu tại các xã An Phú, Tân Lập và Đồng Hà.", ("xã An Phú", "Tân Lập", "Đồng Hà")),
        ("UBND tỉnh Hoa Sơn giao Sở Xây dựng kiểm tra hồ điều tiết Bàu Sen.", ("hồ điều tiết Bàu Sen",)),
        ("Phó chủ tịch UBND TP.HCM Trần Văn An giao Sở Y tế rà soát.", ("TP.HCM",)),
    ],
)  # fmt: skip
def test_a_duty_applies_where_its_clause_says(text: str, scope: tuple[str, ...]) -> None:
    (one,) = read(text)
    assert one.scope == scope


def test_a_text_about_one_district_means_it_though_the_city_orders() -> None:
    found = read(
        "Thành phố Lam Giang xử lý đất rừng Kim Sơn\n\nUBND thành phố Lam Giang yêu cầu xử lý vi phạm đất rừng tại huyện Kim Sơn.\n\n"
        "Ngày 1/6, UBND thành phố Lam Giang làm việc với huyện Kim Sơn. UBND thành phố giao Thanh tra thành phố chuyển hồ sơ. "
        "UBND huyện Kim Sơn rà soát giấy chứng nhận."
    )
    assert {one.scope for one in found} == {("huyện Kim Sơn",)}


def test_a_line_broken_after_a_shortened_word_is_one_sentence() -> None:
    (one,) = read(
        "UBND tỉnh giao Sở Du lịch phối hợp với UBND TP.\nHoa Lư tổ chức lễ hội trước ngày 20/6."
    )
    assert one.deadline == date(2025, 6, 20)


def test_a_number_before_a_day_is_the_paper_and_not_the_day() -> None:
    (one,) = read(
        "UBND tỉnh yêu cầu Sở Y tế thực hiện Nghị quyết 98 ngày 26/12/2014 của Chính phủ."
    )
    assert one.legal_refs == ("Nghị quyết 98",)


# --------------------------------------------------------------- texts as they come

ORDERS = (
    "Chủ tịch UBND tỉnh yêu cầu:",
    "Sở Y tế rà soát kho thuốc, báo cáo UBND tỉnh trước ngày 20/6/2025.",
    "Sở Tài chính bố trí kinh phí trước ngày 25/6/2025.",
)


@pytest.mark.parametrize("mark", ["- ", "+ ", "* ", "• ", "1. ", "a) ", "(i) ", "1.1. ", "– "])
def test_every_style_of_bullets_gives_the_same_duties(mark: str) -> None:
    head, *items = ORDERS
    found = read("\n".join([head, *(mark + item for item in items)]))
    assert [one.responsible for one in found] == [("Sở Y tế",), ("Sở Tài chính",)]
    assert [str(one.deadline) for one in found] == ["2025-06-20", "2025-06-25"]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.upper(),
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace(", ", " , "),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("rà soát kho", "rà soát\nkho"),
    ],
    ids=["capitals", "apart", "wide", "loose", "crlf", "bom", "broken"],
)
def test_the_look_of_a_text_changes_no_duty_and_every_place_is_exact(change: object) -> None:
    text = change("\n".join(ORDERS))  # type: ignore[operator]
    found = read(text)
    assert [str(one.deadline) for one in found] == ["2025-06-20", "2025-06-25"]
    assert [one.quote for one in found] == [text[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    "text",
    ["", "   \n\n", "\ufeff", "The committee shall report to the ministry before 20/6.", "会议要求各部门报告。", "1 2 3", "%PDF-1.4 \x00"],
)  # fmt: skip
def test_what_is_no_vietnamese_gives_nothing(text: str) -> None:
    assert read(text) == ()


def test_a_sentence_that_stands_twice_word_for_word_is_drafted_once() -> None:
    told = "UBND tỉnh yêu cầu Sở Y tế rà soát hồ sơ, báo cáo trước ngày 1/7."
    assert len(read(f"{told}\n\n{told}")) == 1


HOSTILE = {
    "one sentence": "Sở Y tế rà soát hồ sơ, báo cáo UBND tỉnh, khắc phục tồn tại, ",
    "days": "trước ngày 1/2 ",
    "tasks": "Sở Y tế rà soát hồ sơ trước ngày 1/7; ",
    "brackets": "(",
    "both": "Cả hai việc này phải xong trước ngày 1/2. ",
    "places": "xã An, ",
    "names": "Nguyễn Văn An ",
    "broken": "TP.\n",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def spent(letters: int) -> float:
        text = "UBND tỉnh yêu cầu " + piece * (letters // len(piece))
        begun = time.process_time()
        read(text)
        return time.process_time() - begun

    spent(2_000)
    small, large = min(spent(15_000), spent(15_000)), spent(120_000)
    assert large < 8 * small * 3 + 0.2  # a square would be 64 times


def test_thousands_of_leads_do_not_multiply_with_the_items_of_their_list() -> None:
    head = "UBND tỉnh yêu cầu " + ", ".join(f"xã A{n}" for n in range(3000)) + ":"
    found = read("\n".join([head, *(f"- Rà soát hồ sơ số {n}." for n in range(300))]))
    assert len(found) == 300
    assert max(len(one.responsible) for one in found) <= 200


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Bộ GTVT giao Cục Quản lý đường bộ III kiểm tra trạm thu phí.", ("Cục Quản lý đường bộ III",)),
        ("Tổng cục yêu cầu các cục quản lý đường bộ lập kế hoạch.", ("các cục quản lý đường bộ",)),
        ("Phó Thủ tướng yêu cầu chủ tịch UBND, trưởng Ban an toàn giao thông tỉnh Hoa Sơn thăm hỏi nạn nhân.",
         ("chủ tịch UBND", "trưởng Ban an toàn giao thông tỉnh Hoa Sơn")),
        ("UBND tỉnh yêu cầu UBND các huyện, thị xã, thành phố: Kim Sơn, An Bình, Tân Hà rà soát hồ sơ.",
         ("UBND các huyện, thị xã, thành phố: Kim Sơn, An Bình, Tân Hà",)),
    ],
)  # fmt: skip
def test_fields_in_small_letters_and_places_after_a_colon_belong_to_the_name(
    text: str, leads: tuple[str, ...]
) -> None:
    (one,) = read(text)
    assert ", ".join(one.responsible) == ", ".join(leads)


def test_a_person_is_sent_by_phan_cong_and_a_force_is_only_the_object() -> None:
    found = read(
        "Thủ tướng yêu cầu UBND tỉnh Hoa Sơn chống hạn. Phân công lực lượng trực suốt mùa khô. "
        "Đồng thời phân công Thứ trưởng Bộ Y tế Trần Văn An trực tiếp xuống hiện trường kiểm tra."
    )
    assert [one.responsible[0] for one in found[:2]] == ["UBND tỉnh Hoa Sơn"] * 2
    assert "Thứ trưởng Bộ Y tế" in found[2].responsible[0]


def test_a_day_gone_by_that_something_happened_on_is_no_limit() -> None:
    (one,) = read("UBND tỉnh giao Sở Xây dựng điều tra vụ sập mái vào ngày 10-5 tại chợ An Bình.")
    assert one.deadline is None
