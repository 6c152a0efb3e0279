"""Signs a PDF under a certificate (PAdES, baseline B) and says what signatures a PDF carries.

The only module that knows pyHanko; loaded through ``sealing.engine``. Nothing is fetched from a
network: lists of revoked certificates and stamps of time are not asked for. Knows no Django.
"""

import io
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms, keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields as places
from pyhanko.sign import signers
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from thongsuot.apps.proof.sealing import Hand, Unreadable, told
from thongsuot.rules.proof.certified import Found

LARGEST = 256 * 1024 * 1024
DIGITS = (frozenset(b"0123456789abcdef"), frozenset(b"0123456789ABCDEF"))
NOTHING_NEW = (
    ModificationLevel.NONE,
    ModificationLevel.LTA_UPDATES,
    ModificationLevel.FORM_FILLING,
)
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # what is wrong is the answer, not a log
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def sign(
    content: bytes, hand: Hand, field: str, fields: Sequence[str], *, name: str, reason: str
) -> bytes:
    """The PDF with one more signature, in that field; what was signed before stays as it is.

    Shapes: the first signature makes all the ``fields``, so that later ones only fill theirs in.

    Raises Unreadable when the content is no PDF or the field is filled in already.
    """
    vouching = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    for one in hand.chain:
        vouching.register(asn1.Certificate.load(one))
    signer = signers.SimpleSigner(
        signing_cert=asn1.Certificate.load(hand.own),
        signing_key=keys.PrivateKeyInfo.load(hand.key),
        cert_registry=vouching,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=places.SigSeedSubFilter.PADES,
        name=name,
        reason=reason,
    )
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(content), strict=False)
        there = {found for found, _, _ in places.enumerate_sig_fields(writer.prev)}
        for missing in (one for one in fields if one not in there):
            places.append_signature_field(writer, places.SigFieldSpec(missing))
        done = signers.sign_pdf(writer, meta, signer, existing_fields_only=True)
    except (PdfError, SigningError) as error:
        raise Unreadable(str(error)) from error
    return bytes(done.getvalue())


@dataclass(frozen=True, slots=True)
class Read:
    """The signatures of a PDF in the order they were made; ``covered``: the last covers it all."""

    found: tuple[Found, ...]
    covered: bool


def read(content: bytes, roots: Sequence[bytes], at: datetime) -> Read:
    """What signatures a PDF carries, each checked against its bytes and the roots given.

    Shapes: certificates are judged as of ``at``.

    Raises Unreadable when it is no PDF, whatever the reader stumbled on.
    """
    if len(content) > LARGEST:
        raise Unreadable("too large")
    trusted = [asn1.Certificate.load(one) for one in roots]
    try:
        embedded = list(PdfFileReader(io.BytesIO(content), strict=False).embedded_signatures)
        found = tuple(_found(content, one, trusted, at) for one in embedded)
        last = embedded[-1].evaluate_signature_coverage() if embedded else None
    except Exception as error:  # a damaged file makes the reader fail in any way
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return Read(found, last == SignatureCoverageLevel.ENTIRE_FILE)


def _found(content: bytes, embedded: Any, trusted: Sequence[Any], at: datetime) -> Found:
    context = ValidationContext(
        trust_roots=list(trusted),
        moment=at.astimezone(UTC),
        allow_fetching=False,
        revocation_mode="soft-fail",
    )
    status = validate_pdf_signature(embedded, signer_validation_context=context)
    return Found(
        field=str(embedded.field_name),
        certificate=told(x509.load_der_x509_certificate(embedded.signer_cert.dump())),
        at=status.signer_reported_dt,
        intact=bool(status.intact and status.valid),
        trusted=bool(status.trusted),
        whole=status.modification_level in NOTHING_NEW,
        plain=_plain(content, embedded) and _vouched(embedded, trusted),
    )


def _plain(content: bytes, embedded: Any) -> bool:
    """Whether the one place a signature cannot cover, itself, holds nothing but the signature.

    That is its digits, all in one case, then noughts to the end of the place.
    """
    first, length, second, _rest = (int(number) for number in embedded.byte_range)
    place = content[first + length : second]
    inner = place[1:-1]
    if place[:1] != b"<" or place[-1:] != b">" or len(inner) % 2:
        return False
    if not any(digits.issuperset(inner) for digits in DIGITS):
        return False
    raw = bytes.fromhex(inner.decode("ascii"))
    written = cms.ContentInfo.load(raw).dump(force=True)  # DER has one way to write a thing
    return raw.startswith(written) and not any(raw[len(written) :])


def _vouched(embedded: Any, trusted: Sequence[Any]) -> bool:
    """Whether the certificates that travel along, which no signature covers, are what they were.

    Each must be signed by one of them or of the roots that bears the name of its issuer. Where no
    root was given, one whose issuer is not at hand cannot be judged, and passes.
    """
    along = [one.dump() for one in embedded.other_embedded_certs]
    known = [*along, *(one.dump() for one in trusted)]
    return all(
        _issued(one, parents) if parents else not trusted
        for one in along
        for parents in [[parent for parent in known if _issuer_name(parent, one)]]
    )


def _issuer_name(parent: bytes, child: bytes) -> bool:
    found, issued = x509.load_der_x509_certificate(parent), x509.load_der_x509_certificate(child)
    return found.subject == issued.issuer


def _issued(child: bytes, parents: Sequence[bytes]) -> bool:
    certificate = x509.load_der_x509_certificate(child)
    for parent in parents:
        with suppress(InvalidSignature, ValueError, TypeError):
            certificate.verify_directly_issued_by(x509.load_der_x509_certificate(parent))
            return True
    return False
