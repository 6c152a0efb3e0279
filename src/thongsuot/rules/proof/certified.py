"""Minutes as PDF under an office's certificate (PAdES): what a certificate must be, and who is due."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from thongsuot.rules.kernel.problem import Problem

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Certificate:
    """What stands in a certificate: for whom, by whom, its number and digest, from when until when.

    ``signs`` says whether its holder may sign documents with it (key usage).
    """

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    since: datetime
    until: datetime
    signs: bool = True


def check_certificate(certificate: Certificate, at: datetime) -> Iterator[Problem]:
    """Why a certificate cannot sign at that moment; a warning when its end is near."""
    subject, facts = certificate.subject, {"since": certificate.since, "until": certificate.until}
    if not certificate.signs:
        yield Problem("proof.certificate-of-other-use", subject)
    if at < certificate.since:
        yield Problem("proof.certificate-not-yet", subject, facts)
    elif at >= certificate.until:
        yield Problem("proof.certificate-expired", subject, facts)
    elif at >= certificate.until - SOON:
        yield Problem("proof.certificate-ends-soon", subject, facts, blocks=False)


@dataclass(frozen=True, slots=True)
class Found:
    """One signature found in a PDF: where, under which certificate, and what became of it.

    ``intact``: the bytes it covers are those that were signed; ``trusted``: its certificate comes
    from a root that was given; ``whole``: nothing was added to the file after it beyond further
    signatures; ``plain``: its own bytes are written in the one form there is. ``at`` is the moment
    that the signer wrote into it.
    """

    field: str
    certificate: Certificate
    at: datetime | None
    intact: bool
    trusted: bool
    whole: bool
    plain: bool


def check_signed(found: Iterable[Found], *, roots: bool, covered: bool) -> Iterator[Problem]:
    """What is wrong with the signatures of a PDF; ``covered``: the last one covers the whole file."""
    listed = list(found)
    if not listed:
        yield Problem("proof.pdf-unsigned")
    for one in listed:
        if not (one.intact and one.plain):
            yield Problem("proof.pdf-changed", one.field)
        elif not one.whole:
            yield Problem("proof.pdf-added-to", one.field)
        elif roots and not one.trusted:
            yield Problem("proof.pdf-of-no-root", one.certificate.subject)
        elif not roots:
            facts = {"issuer": one.certificate.issuer, "fingerprint": one.certificate.fingerprint}
            yield Problem("proof.pdf-issuer-unknown", one.certificate.subject, facts, blocks=False)
    if listed and not covered:
        yield Problem("proof.pdf-added-to", listed[-1].field)
