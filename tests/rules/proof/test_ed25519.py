"""The check of signatures against RFC 8032; tests/apps/proof has it against a library."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.proof.ed25519 import L, signed

RFC_8032 = (
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
)


@pytest.mark.parametrize(("public", "message", "signature"), RFC_8032)
def test_the_vectors_of_the_rfc_hold_and_hold_for_nothing_else(
    public: str, message: str, signature: str
) -> None:
    key, text, sig = map(bytes.fromhex, (public, message, signature))
    assert signed(key, text, sig)
    assert not signed(key, text + b"x", sig)
    higher = (int.from_bytes(sig[32:], "little") + L).to_bytes(32, "little")
    assert not signed(key, text, sig[:32] + higher)  # the same signature in a second form
    assert not signed(key, text, sig[:-1])
    assert not signed(key[:-1], text, sig)


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_what_is_no_point_and_no_signature_is_just_not_signed(key: bytes, sig: bytes) -> None:
    assert not signed(key, b"x", sig)


def test_a_key_under_which_one_signature_fits_everything_is_no_key() -> None:
    small = bytes(32)  # a point of order four
    assert not signed(small, b"x", bytes(64))
