import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.disclosure.access import public_paper
from thongsuot.rules.disclosure.asked import (
    EMPTY,
    LONGEST,
    NUMBER,
    OFFICE,
    PLACE,
    RECEIPT,
    asked_in,
)
from thongsuot.rules.proof.code import code_of


@pytest.mark.parametrize(
    ("text", "office", "place"),
    [
        ("Phòng Giáo dục quận Hà Đông", "education", "quận Hà Đông"),
        ("PHÒNG GD&ĐT quận Hà Đông, Hà Nội", "education", "quận Hà Đông, Hà Nội"),
        ("phong giao duc va dao tao huyen Bac Binh", "education", "huyen Bac Binh"),
        ("UBND huyện Bắc Bình, Bình Thuận", "committee", "huyện Bắc Bình, Bình Thuận"),
        ("Văn phòng đăng ký đất đai quận Hà Đông", "land-registration", "quận Hà Đông"),
        ("Phòng Tư pháp", "justice", ""),
        ("Phòng Tài nguyên và Môi trường - huyện A", "land", "huyện A"),
    ],
)
def test_an_old_office_is_known_by_the_ways_people_write_it(text, office, place) -> None:
    found = asked_in(text)
    assert (found.sort, found.office.code, found.place) == (OFFICE, office, place)


@pytest.mark.parametrize("text", ["H26.NNMT-250001", "TP-2019-00012", "nv-0411"])
def test_the_number_of_a_paper_is_one_word_of_letters_figures_and_a_sign(text) -> None:
    assert asked_in(text).sort == NUMBER


@pytest.mark.parametrize(
    "text", ["12/5", "1/7 Q.1", "Q.1", "P.12", "Phường 1", "12/5A Lê Lợi", "Bến Nghé", "phong thuy"]
)
def test_a_house_or_a_street_is_no_number_of_a_paper(text) -> None:
    assert asked_in(text).sort == PLACE


@given(st.text(alphabet="0123456789abcdef", min_size=64, max_size=64))
def test_the_code_of_every_receipt_is_known_by_its_check(hash_) -> None:
    code = code_of(hash_)
    assert asked_in(code).sort == asked_in(code.lower().replace("-", " ")).sort == RECEIPT


@given(st.text(max_size=2_000))
def test_any_text_is_something_and_never_longer_than_is_read(text) -> None:
    found = asked_in(text)
    assert len(found.text) <= LONGEST
    assert found.sort == EMPTY or found.text.strip()
    assert (found.sort == EMPTY) == (not found.text)


@pytest.mark.parametrize(
    ("secrecy", "kind", "citizen", "may"),
    [
        ("normal", "case", False, True),
        ("normal", "archive", True, True),
        ("normal", "person", False, False),
        ("secret", "case", True, False),
        ("confidential", "archive", True, False),
    ],
)
def test_only_papers_of_citizens_that_are_not_secret_are_found(secrecy, kind, citizen, may) -> None:
    assert public_paper(secrecy=secrecy, kind=kind, citizen=citizen) is may
