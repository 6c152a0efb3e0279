"""Earlier questions are found by their words, with or without marks."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.difficulties.similar import (
    frequencies,
    likeness,
    tokens,
    weights,
)

TEXTS = {
    1: "Ai ký giấy phép xây dựng nhà ở riêng lẻ khi phòng Quản lý đô thị đã kết thúc?",
    2: "Phúc khảo bài thi tuyển sinh lớp 10 do ai thực hiện sau ngày 1/7?",
    3: "Bổ sung biên chế kế toán cho Đảng ủy phường",
    4: "Chứng thực bản sao từ bản chính: công chức tư pháp có được ký không?",
}


def _found(asked: str) -> list[int]:
    known = {pk: tokens(text) for pk, text in TEXTS.items()}
    weight = weights(frequencies(known.values()), len(known))
    return [one.id for one in likeness(tokens(asked), known, weight)]


def test_the_same_subject_is_found_without_marks_and_in_another_order() -> None:
    assert _found("giay phep xay dung nha o rieng le bay gio ai ky")[:1] == [1]
    assert _found("Đảng ủy phường xin thêm biên chế kế toán")[:1] == [3]


def test_another_subject_is_not_found_by_words_that_stand_everywhere() -> None:
    assert _found("Phường có được làm việc này không và ai phải làm?") == []


WORDS = st.text(alphabet="abcdeghikđăâêôơư áàảãạ,.", max_size=60)


@given(WORDS, WORDS)
def test_likeness_is_symmetric_between_nothing_and_the_same(one, other) -> None:
    a, b = tokens(one), tokens(other)
    forth, back = likeness(a, {1: b}, {}), likeness(b, {1: a}, {})
    assert [x.score for x in forth] == [x.score for x in back]
    assert all(0 < x.score <= 1 for x in forth)
    if a:
        assert likeness(a, {1: a}, {})[0].score == 1


@given(WORDS)
def test_marks_and_case_do_not_matter(text) -> None:
    assert tokens(text) == tokens(text.upper())
