"""``thongsuot receipt verify`` of a PDF: whether the signatures in it are right, from the file alone."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from thongsuot.cli.receipt_words import SAYS
from thongsuot.rules.kernel.problem import Problem, blocking
from thongsuot.rules.proof.certified import Found, check_signed


def is_pdf(raw: bytes) -> bool:
    """Whether the file says of itself that it is a PDF."""
    return raw.startswith(b"%PDF-")


def verify_pdf(content: bytes, roots: Sequence[Path], *, as_json: bool) -> int:
    """Check the signatures of a PDF and say who signed, or what is wrong: 0 true, 1 wrong, 2 unusable."""
    from thongsuot.apps.proof import sealing

    try:
        trusted = [one for path in roots for one in sealing.roots_of(path.read_bytes())]
        engine = sealing.engine()
    except (OSError, sealing.Unreadable) as error:
        print(f"Không dùng được / unusable: {error}", file=sys.stderr)
        return 2
    found: tuple[Found, ...] = ()
    try:
        read = engine.read(content, trusted, datetime.now(UTC))
        found = read.found
        problems = list(check_signed(found, roots=bool(roots), covered=read.covered))
    except sealing.Unreadable as error:
        problems = [Problem("proof.pdf-unreadable", facts={"error": str(error)[:200]})]
    wrong = bool(blocking(problems))
    if as_json:
        print(json.dumps(_answer(problems, found, wrong=wrong), ensure_ascii=False))
    else:
        _print(problems, found, wrong=wrong)
    return 1 if wrong else 0


def _signer(one: Found) -> dict[str, Any]:
    told = one.certificate
    return {
        "field": one.field,
        "subject": told.subject,
        "issuer": told.issuer,
        "serial": told.serial,
        "fingerprint": told.fingerprint,
        "at": one.at.isoformat() if one.at else None,
        "intact": one.intact and one.plain,
        "trusted": one.trusted,
    }


def _answer(
    problems: Sequence[Problem], found: Sequence[Found], *, wrong: bool
) -> dict[str, object]:
    return {
        "ok": not wrong,
        "problems": [
            {"code": p.code, "subject": p.subject, "facts": dict(p.facts), "blocks": p.blocks}
            for p in problems
        ],
        "signatures": [_signer(one) for one in found],
    }


def _print(problems: Sequence[Problem], found: Sequence[Found], *, wrong: bool) -> None:
    print("SAI / WRONG" if wrong else "ĐÚNG / TRUE")
    for one in () if wrong else found:
        at = f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M}Z" if one.at else "?"
        print(f"  {one.field}: {one.certificate.subject} · {one.certificate.issuer} · {at}")
    for p in problems:
        more = ", ".join(f"{name}: {value}" for name, value in p.facts.items())
        print(f"- {SAYS.get(p.code, p.code)}: {'; '.join(x for x in (p.subject, more) if x)}")
