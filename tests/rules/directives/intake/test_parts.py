"""The parts of the grammar, each by the phrases it must and must not take."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.directives.intake import KEYS, extract, written_on
from thongsuot.rules.directives.intake.bodies import names_at
from thongsuot.rules.directives.intake.papers import cited
from thongsuot.rules.directives.intake.source import Source
from thongsuot.rules.directives.intake.times import limits, rhythm
from thongsuot.rules.directives.intake.tokens import Words

ON = date(2025, 5, 14)  # a Wednesday


def due(text: str, on: date = ON) -> list[str]:
    low = Source.of(text).low
    return [str(limit.day) for limit in limits(low, 0, len(low), on)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("trước ngày 30/5/2025", "2025-05-30"),
        ("chậm nhất ngày 20-6", "2025-06-20"),
        ("trước 17 giờ ngày 20/5", "2025-05-20"),
        ("trước ngày 5 tháng 6 năm 2025", "2025-06-05"),
        ("báo cáo trước ngày 30/9", "2025-09-30"),
        ("gửi kế hoạch trước ngày 1/8", "2025-08-01"),
        ("trong quý III", "2025-09-30"),
        ("trong quý IV/2025", "2025-12-31"),
        ("hoàn thành trong tháng 9/2025", "2025-09-30"),
        ("vào giữa tháng 7", "2025-07-15"),
        ("đến cuối năm hoàn thành", "2025-12-31"),
        ("trong 3 tháng cuối năm", "2025-12-31"),
        ("từ nay đến hết năm 2026", "2026-12-31"),
        ("trong tuần này", "2025-05-18"),
        ("xong trong tháng tới", "2025-06-30"),
        ("từ ngày 20/5 đến ngày 25/5", "2025-05-25"),
        ("trong 6 tháng đầu năm", "2025-06-30"),
        ("trong ngày hôm nay", "2025-05-14"),
        ("chậm nhất 30 ngày sau khi có quyết định", "None"),
        ("trước 17 giờ hằng ngày", "None"),
        ("trước ngày 25/12 hằng năm", "None"),
        ("trước ngày 30/2/2025", "None"),
    ],
)
def test_a_limit_gives_the_last_day_it_leaves(text: str, day: str) -> None:
    assert due(f"phải thực hiện {text}") == [day]


@pytest.mark.parametrize(
    "text",
    [
        "theo Công văn số 12/UBND-KT ngày 3/4/2025",
        "kế hoạch giai đoạn 2021-2025",
        "tầm nhìn đến năm 2050",
        "tình hình (từ ngày 1 đến ngày 15-9)",
        "tăng 4,2% so với năm 2024",
    ],
)
def test_days_of_papers_and_periods_told_are_no_limit(text: str) -> None:
    assert due(text) == []


def test_a_winter_text_means_the_next_year_by_a_spring_day() -> None:
    assert due("xong trước ngày 10/1", date(2024, 12, 20)) == ["2025-01-10"]
    assert due("xong trước ngày 10/11", date(2024, 12, 20)) == ["2024-11-10"]


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.sampled_from(["/", "-"]))
def test_any_day_written_out_is_read_back(day: date, sign: str) -> None:
    text = f"hoàn thành trước ngày {day.day}{sign}{day.month}{sign}{day.year}"
    assert due(text) == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "often"),
    [
        ("báo cáo hằng tuần", "weekly"),
        ("báo cáo hàng ngày", "daily"),
        ("báo cáo 2 tuần/lần", "biweekly"),
        ("báo cáo 6 tháng một lần", "semiannual"),
        ("định kỳ hằng quý báo cáo", "quarterly"),
        ("trước ngày 25 hằng tháng", "monthly"),
        ("trước ngày 25/12 hàng năm", "annual"),
        ("thường xuyên báo cáo", None),
        ("chi trả trợ cấp hằng tháng", None),
        ("xây dựng kế hoạch hằng năm", None),
    ],
)
def test_a_rhythm_is_of_the_doing_and_not_of_the_thing(text: str, often: str | None) -> None:
    low = Source.of(text).low
    assert rhythm(low, 0, len(low)) == often


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Tài nguyên và Môi trường, Sở Tài chính và Ban Dân tộc khẩn trương", ["Sở Tài nguyên và Môi trường", "Sở Tài chính", "Ban Dân tộc"]),
        ("Vụ Tổ chức - Biên chế chủ trì", ["Vụ Tổ chức - Biên chế"]),
        ("Chủ tịch UBND các xã, phường và Giám đốc Sở Y tế phải", ["Chủ tịch UBND các xã, phường", "Giám đốc Sở Y tế"]),
        ("Ban Quản lý dự án đầu tư xây dựng thị xã bàn giao", ["Ban Quản lý dự án đầu tư xây dựng thị xã"]),
        ("17 phường, xã rà soát", ["17 phường, xã"]),
        ("báo cáo tình hình", []),
        ("hội nghị đánh giá", []),
    ],
)  # fmt: skip
def test_names_are_parted_at_heads_and_end_at_the_verb(text: str, names: list[str]) -> None:
    words = Words.of(Source.of(text))
    assert [one.text for one in names_at(words, 0, len(words))[0]] == names


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("theo Nghị định số 131/2025/NĐ-CP ngày 12/6/2025 và Luật Đất đai năm 2024", ["Nghị định số 131/2025/NĐ-CP", "Luật Đất đai"]),
        ("theo Chỉ thị 03-CT/TU của Tỉnh ủy", ["Chỉ thị 03-CT/TU"]),
        ("thực hiện Luật Cán bộ, công chức (sửa đổi)", ["Luật Cán bộ, công chức (sửa đổi)"]),
        ("thực hiện 12 Nghị định của Chính phủ", ["12 Nghị định của Chính phủ"]),
        ("trực 24/24 giờ, 3 xã/phường, phát triển KT-XH", []),
        ("triển khai Chỉ thị này", []),
    ],
)  # fmt: skip
def test_documents_are_cited_by_number_or_name(text: str, papers: list[str]) -> None:
    source = Source.of(text)
    assert list(cited(source.text, source.low, 0, len(source.low))) == papers


NO_ORDERS = (
    "UBND quận đề nghị thành phố bố trí vốn cho 3 dự án.",
    "Tháng trước, UBND tỉnh đã yêu cầu Sở Xây dựng rà soát các dự án.",
    "Thường trực Tỉnh ủy biểu dương các xã đã hoàn thành nhiệm vụ.",
    "Huyện sẽ triển khai sắp xếp bộ máy, dự kiến xong trước ngày 19/6.",
    "Chủ tịch UBND tỉnh cho phép Sở Tài chính kéo dài thời gian giải ngân.",
    "Địa phương kiến nghị Trung ương sửa đổi quy định về định mức.",
)


@pytest.mark.parametrize("text", NO_ORDERS)
def test_requests_upward_history_praise_plans_and_permissions_are_no_orders(text: str) -> None:
    assert extract(text, on=ON) == ()


def test_lead_and_bodies_directed_are_told_apart() -> None:
    (draft,) = extract(
        "Thường trực Thành ủy giao Đảng ủy UBND thành phố lãnh đạo, chỉ đạo UBND thành phố rà soát trụ sở dôi dư.",
        on=ON,
    )
    assert draft.issuer == "Thường trực Thành ủy"
    assert draft.responsible == ("Đảng ủy UBND thành phố",)
    assert draft.coordinating == ("UBND thành phố",)
    (draft,) = extract(
        "Chủ tịch UBND tỉnh giao Sở Y tế chủ trì, phối hợp với Sở Tài chính mua sắm vật tư, báo cáo UBND tỉnh (qua Sở Nội vụ).",
        on=ON,
    )
    assert (draft.responsible, draft.coordinating) == (("Sở Y tế",), ("Sở Tài chính",))
    assert draft.report_to == ("UBND tỉnh", "Sở Nội vụ")


@given(st.text(max_size=400))
def test_any_text_at_all_is_read_without_failing_and_every_quote_stands_in_it(text: str) -> None:
    for draft in extract(text, on=ON):
        assert text[draft.start : draft.end] == draft.quote
        assert list(draft.as_plain()) == list(KEYS)


WORDS = st.sampled_from(
    [
        "UBND",
        "tỉnh",
        "yêu",
        "cầu",
        "giao",
        "Sở",
        "Y",
        "tế",
        ";",
        ",",
        ".",
        ":",
        "khẩn",
        "trương",
        "rà",
        "soát",
        "báo",
        "cáo",
        "trước",
        "ngày",
        "15/6",
        "phối",
        "hợp",
        "với",
        "-",
        "1.",
        "a)",
        "“",
        "”",
        "(",
        ")",
        "phải",
        "Đồng",
        "chí",
        "Nguyễn",
        "Văn",
        "An",
        "\n",
        "\n\n",
        "hằng",
        "tuần",
        "Luật",
        "Đất",
        "đai",
        "và",
        "để",
        "không",
        "về",
    ]
)


@given(st.lists(WORDS, max_size=120))
def test_office_words_in_any_order_are_read_and_drafts_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    drafts = extract(text, on=ON)
    assert [text[d.start : d.end] for d in drafts] == [d.quote for d in drafts]
    assert all(a.end <= b.start for a, b in itertools.pairwise(drafts))


def test_the_day_of_a_text_is_the_one_in_its_head_and_not_of_a_document_it_cites() -> None:
    assert written_on(
        "Theo Nghị định số 5/2025/NĐ-CP ngày 01/02/2025.\nHà Nội, ngày 9 tháng 7 năm 2025"
    ) == date(2025, 7, 9)
    assert written_on("Sáng 3/4/2024, hội nghị diễn ra.") == date(2024, 4, 3)
    assert written_on("không có ngày") is None


class Registry:
    """An office that knows two bodies."""

    def body(self, name: str, on: date) -> str | None:
        known = {"sở y tế": "42", "ubnd phường hà đông": "7"}
        return known.get(name.lower()) if on == ON else None


def test_names_that_the_registry_knows_come_with_its_bodies() -> None:
    (draft,) = extract(
        "UBND thành phố yêu cầu UBND phường Hà Đông phối hợp với Sở Y tế kiểm tra các cơ sở.",
        on=ON,
        names=Registry(),
    )
    assert draft.known == {"UBND phường Hà Đông": "7", "Sở Y tế": "42"}
