import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.kernel.text import (
    code_key,
    detect_legacy,
    fold,
    heaped_marks,
    look_alikes,
    nfc,
    plain_dashes,
    sort_key,
    tidy,
    unseen,
)

TEXT = st.text(max_size=60)
SENTENCES = (
    "Phường Hòa Bình, quận Hà Đông",
    "Hồ sơ cấp giấy chứng nhận quyền sử dụng đất",
    "Ủy ban nhân dân thành phố Hồ Chí Minh",
    "Quốc lộ số 1, đoạn qua xã Yên Nghĩa",
    "Kết luận thanh tra chưa thực hiện",
)


@pytest.mark.parametrize(
    "written",
    ["Hòa Bình", "Hoà Bình", "HÒA BÌNH", "hoa binh", "Hoà-Bình", "Hòa\u00a0Bình", " Hòa  Bình ",
     unicodedata.normalize("NFD", "Hòa Bình"), "Hòa–Bình", "Ho\u200bà Bình"],
)  # fmt: skip
def test_a_name_is_found_however_it_was_typed(written: str) -> None:
    assert fold(written) == "hoa binh"


@pytest.mark.parametrize("written", ["Đông", "Ðông", "Ɖông", "đông", "ĐÔNG"])
def test_every_look_of_d_with_stroke_folds_to_d(written: str) -> None:
    assert fold(written) == "dong"


@settings(deadline=None)
@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(TEXT)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@settings(deadline=None)
@given(TEXT)
def test_a_tidied_text_is_found_as_the_original(text: str) -> None:
    assert fold(tidy(text)) == fold(text)


@settings(deadline=None)
@given(st.characters())
def test_every_single_sign_folds_to_itself_folded(sign: str) -> None:
    assert fold(fold(sign)) == fold(sign)


def test_tidy_makes_one_line_of_composed_letters() -> None:
    assert tidy(" Ða\u0323i  hoc\t\u00a0Lua\u0323\u0302t\u200b\n") == "Đại hoc Luật"


def test_tidy_leaves_clean_text_alone() -> None:
    for text in SENTENCES:
        assert tidy(text) == text
        assert nfc(text) == text


def test_codes_that_differ_by_case_space_or_dash_have_one_key() -> None:
    assert code_key("HĐ–01 a") == code_key("hđ-01A") == code_key("HD 01a") == "hd01a"


def test_smart_dashes_become_plain_ones() -> None:
    assert plain_dashes("HĐ–01—2") == "HĐ-01-2"


def test_names_stand_in_dictionary_order() -> None:
    names = ["Phường 10", "Đà Nẵng", "Hạ Long", "Phường 2", "Hà Trung", "Dak", "Hà Đông", "Âu",
             "An", "ăn", "Hai"]  # fmt: skip
    assert sorted(names, key=sort_key) == [
        "An", "ăn", "Âu", "Dak", "Đà Nẵng", "Hà Đông", "Hà Trung", "Hạ Long", "Hai", "Phường 2",
        "Phường 10",
    ]  # fmt: skip


def test_tones_stand_in_their_order() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(["mạ", "mã", "má", "ma", "mả", "mà"], key=sort_key) == tones


def test_hidden_signs_are_seen() -> None:
    assert unseen("a\u200bb")
    assert unseen("a\u202eb")
    assert not unseen("Hà Đông")


def test_heaped_marks_are_noticed_and_vietnamese_is_not() -> None:
    assert heaped_marks("Z" + "\u0301" * 9)
    assert not heaped_marks(unicodedata.normalize("NFD", "Ngữ ổn"))


def test_a_cyrillic_letter_in_a_code_is_pointed_at() -> None:
    assert look_alikes("HS-А1") == ((4, "А", "A"),)
    assert look_alikes("HS-A1") == ()
    assert look_alikes("Москва") == ()  # simply Russian


# --- old encodings ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "encoding", "meant"),
    [
        ("Ph­êng Hßa B×nh", "tcvn3", "Phường Hòa Bình"),
        ("Quèc lé", "tcvn3", "Quốc lộ"),
        ("§éc lËp - Tù do - H¹nh phóc", "tcvn3", "Độc lập - Tự do - Hạnh phúc"),
        ("Phöôøng Hoøa Bình", "vni", "Phường Hòa Bình"),
        ("THAØNH PHOÁ HOÀ CHÍ MINH", "vni", "THÀNH PHỐ HỒ CHÍ MINH"),
        ("PhýõÌng HoÌa BiÌnh", "cp1258", "Phường Hòa Bình"),
        ("Phß¶ng Hòa Bình", "viscii", "Phường Hòa Bình"),
    ],
)
def test_an_old_encoding_is_proposed(typed: str, encoding: str, meant: str) -> None:
    found = detect_legacy(typed)
    assert found is not None
    assert (found.encoding, found.proposal) == (encoding, meant)


@pytest.mark.parametrize("meant", SENTENCES)
def test_utf8_read_as_windows_1252_is_read_back(meant: str) -> None:
    spoilt = "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in meant.encode()
    )
    found = detect_legacy(spoilt)
    assert found is not None
    assert (found.encoding, found.proposal, found.exact) == ("utf-8", meant, True)


def test_lost_bytes_are_said_to_be_lost() -> None:
    found = detect_legacy(SENTENCES[0].encode().decode("cp1252", "ignore"))
    assert found is not None
    assert not found.exact
    assert "\ufffd" in found.proposal


def test_capitals_of_tcvn3_are_for_a_person_to_judge() -> None:
    found = detect_legacy("Uû ban nh©n d©n huyÖn")
    assert found is not None
    assert found.case_lost


@pytest.mark.parametrize(
    "text",
    [*SENTENCES, "", "Hà", "Thanh Trì", "Krông Ana", "Müller", "Café", "3×4 m", "10 µm", "m²",
     "Phòng QLĐT", "“Nhà” – số 9", "QĐ 12/QĐ-UBND", "Ea H’leo", "±5 °C", "Ngô Bảo Châu", "TÒA ÁN"],
)  # fmt: skip
def test_unicode_text_is_left_alone(text: str) -> None:
    assert detect_legacy(text) is None


@settings(deadline=None)
@given(TEXT)
def test_looking_for_an_old_encoding_never_fails(text: str) -> None:
    detect_legacy(text)
