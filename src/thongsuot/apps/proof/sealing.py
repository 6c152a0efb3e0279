"""Keys and certificates from their files, for signing PDF. Knows no Django, and no PDF."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

from thongsuot.rules.proof.certified import Certificate


class Unreadable(ValueError):
    """What was given is no PDF, no certificate or no key, or the passphrase does not open it."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A private key with its certificate and those that vouch for it. Never shown, never stored."""

    certificate: Certificate
    key: bytes = field(repr=False)
    own: bytes = field(repr=False)
    chain: tuple[bytes, ...] = field(default=(), repr=False)


def installed() -> bool:
    """Whether what signs and checks PDF is there: an extra (``requirements/pades.txt``)."""
    return find_spec("pyhanko") is not None


def engine() -> Any:
    """What signs and checks PDF (``pades.py``), loaded when it is first needed.

    Raises Unreadable where the extra is not installed.
    """
    if not installed():
        raise Unreadable("pyHanko is not installed: python3 tools/environment.py pades")
    return import_module("thongsuot.apps.proof.pades")


def digest(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def told(certificate: x509.Certificate) -> Certificate:
    """What stands in a certificate."""
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
        signs = usage.digital_signature or usage.content_commitment
    except x509.ExtensionNotFound:
        signs = True
    return Certificate(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        fingerprint=certificate.fingerprint(SHA256()).hex(),
        since=certificate.not_valid_before_utc,
        until=certificate.not_valid_after_utc,
        signs=signs,
    )


def _hand(
    key: PrivateKeyTypes | None, own: x509.Certificate | None, chain: Iterable[x509.Certificate]
) -> Hand:
    if key is None or own is None:
        raise Unreadable("no key or no certificate in it")
    public = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if key.public_key().public_bytes(*public) != own.public_key().public_bytes(*public):
        raise Unreadable("the certificate is of another key")
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    others = tuple(one.public_bytes(Encoding.DER) for one in chain)
    return Hand(told(own), secret, own.public_bytes(Encoding.DER), others)


def from_pkcs12(content: bytes, passphrase: bytes | None) -> Hand:
    """The key and certificate in a PKCS#12 file. Raises Unreadable."""
    try:
        key, own, chain = pkcs12.load_key_and_certificates(content, passphrase)
    except ValueError as error:
        raise Unreadable("no PKCS#12, or the passphrase does not open it") from error
    return _hand(key, own, chain)


def from_pem(
    key: bytes, certificate: bytes, chain: Sequence[bytes], passphrase: bytes | None
) -> Hand:
    """A key and a certificate from PEM files. Raises Unreadable."""
    try:
        secret = load_pem_private_key(key, passphrase)
        own, *rest = x509.load_pem_x509_certificates(certificate)
        others = [one for text in chain for one in x509.load_pem_x509_certificates(text)]
    except (ValueError, TypeError) as error:
        raise Unreadable("no PEM, or the passphrase does not open it") from error
    return _hand(secret, own, [*rest, *others])


def roots_of(content: bytes) -> tuple[bytes, ...]:
    """The certificates in a PEM file, to trust. Raises Unreadable."""
    try:
        found = x509.load_pem_x509_certificates(content)
    except ValueError as error:
        raise Unreadable("no certificates in PEM") from error
    return tuple(one.public_bytes(Encoding.DER) for one in found)
