"""An address is cut where people mean it to be, whatever they type."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.registry.address.text import (
    COMMUNE,
    DISTRICT,
    PROVINCE,
    key_of,
    parts_of,
    segments_of,
    signs,
    typed_keys,
    words_of,
)


def cut(text: str) -> list[tuple[int, str]]:
    return [(s.tiers, s.key) for part in parts_of(text) for s in segments_of(words_of(part))]


def test_a_kind_says_the_tier_written_out_or_short_with_and_without_marks() -> None:
    whole = [(COMMUNE, "ea"), (DISTRICT, "b"), (PROVINCE, "c")]
    assert cut("Xã Ea, Huyện B, Tỉnh C") == whole
    assert cut("x.Ea - h. B - T. C") == whole
    assert cut("xa ea huyen b tinh c") == whole
    assert cut("P3 Q.12")[:2] == [(COMMUNE, "3"), (DISTRICT, "12")]


def test_streets_and_houses_are_no_units() -> None:
    for text in ("Xa lộ Hà Nội", "12/5 đường Bình Thạnh", "Lạc Long Quân"):
        assert [tiers for tiers, _ in cut(text)] == [0]


def test_a_dash_inside_a_name_does_not_part_it() -> None:
    assert [key for _, key in cut("Tỉnh Bà Rịa - Vũng Tàu")] == ["bariavungtau"]


def test_the_same_name_has_one_key_however_it_is_typed() -> None:
    assert {key_of(n) for n in ("Mỹ Hòa", "MỸ HOÀ", "Mĩ Hòa", "my hoa", "Mỹ\u00a0Hòa")} == {"mihoa"}
    assert key_of("Phường 01") == "phuong01"
    assert key_of("01") == "1"
    assert key_of("Đắk R'Lấp") == key_of("Đắk R\u2019Lấp") == "dakrlap"


def test_marks_tell_names_apart_wherever_the_tone_stands() -> None:
    assert signs("Hoà Bình") == signs("Hòa Bình")
    assert signs("Lộc Thành") != signs("Lộc Thạnh")
    assert signs("Đông") != signs("Dông")


def test_a_word_that_its_marks_make_a_name_is_no_kind() -> None:
    assert cut("Xã Đồng Tịnh Huyện B") == [(COMMUNE, "dongtinh"), (DISTRICT, "b")]
    assert cut("Xã Lỗ Sơn Huyện B")[0] == (COMMUNE, "loson")
    assert cut("5 Xa lộ Hà Nội")[0][0] == 0


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Phuwowngf Beens Nghes", "phuong ben nghe"),  # Telex
        ("Phu7o7ng2 Be61n Nghe1", "Phuong Ben Nghe"),  # VNI
        ("DDoongf Thaps", "dong thap"),
        ("Ho Chi Minh", None),
    ],
)
def test_keys_pressed_without_the_keyboard_set_are_read_without_marks(
    typed: str, meant: str | None
) -> None:
    told = typed_keys(typed)
    assert (told and told.lower()) == (meant and meant.lower())


@given(st.text(max_size=80))
def test_any_text_can_be_cut_and_composed_or_decomposed_is_the_same(text: str) -> None:
    cut(text)
    assert cut(unicodedata.normalize("NFD", text)) == cut(unicodedata.normalize("NFC", text))
