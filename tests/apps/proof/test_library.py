"""The check of signatures in the rules agrees with the library that makes them."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from thongsuot.rules.proof.ed25519 import signed


def by_library(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=80), st.integers(0, 8 * 96 - 1))
def test_the_library_and_the_rules_agree_on_right_and_on_bent_signatures(
    seed: bytes, message: bytes, bit: int
) -> None:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    whole = bytearray(public + private.sign(message))
    assert signed(bytes(whole[:32]), message, bytes(whole[32:]))
    whole[bit // 8] ^= 1 << bit % 8
    key, sig = bytes(whole[:32]), bytes(whole[32:])
    assert not signed(key, message, sig)
    assert not by_library(key, message, sig)
