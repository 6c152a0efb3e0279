"""Which office signs PDF with which certificate: one file of settings, keys in files of their own."""

import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core import checks
from django.db import DatabaseError

from thongsuot.apps.proof import sealing
from thongsuot.apps.proof.sealing import Hand, Unreadable
from thongsuot.foundation import clock
from thongsuot.rules.proof.certified import check_certificate

OTHERS = stat.S_IRWXG & ~stat.S_IRGRP | stat.S_IRWXO
EXAMPLE = "docs/operate says how the file is written."


@dataclass(frozen=True, slots=True)
class Setup:
    """The certificates that could be read, by the key of their body; what could not, and why."""

    hands: Mapping[str, Hand] = field(default_factory=dict)
    roots: tuple[bytes, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()  # number of the check, what is wrong
    files: tuple[Path, ...] = ()  # what must be readable by this account alone


def wanted() -> bool:
    """Whether this office has been set up to sign PDF."""
    return bool(settings.PADES)


def load() -> Setup:
    """Read the settings and every key they name. Nothing is kept in memory between two signatures."""
    if not wanted():
        return Setup()
    path = Path(settings.PADES)
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        offices = dict(said.get("office", {}))
        rooted = [path.parent / str(name) for name in said.get("roots", [])]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TypeError, ValueError) as error:
        return Setup(wrong=(("proof.E001", f"THONGSUOT_PADES cannot be read: {error}"),))
    hands: dict[str, Hand] = {}
    roots: list[bytes] = []
    wrong: list[tuple[str, str]] = []
    files: list[Path] = []
    for root in rooted:
        try:
            roots += sealing.roots_of(root.read_bytes())
        except (OSError, Unreadable) as error:
            wrong.append(("proof.E003", f"The root certificate {root} cannot be read: {error}"))
    for name, office in offices.items():
        try:
            hands[name] = _hand(office, path.parent, files)
        except (OSError, KeyError, TypeError, AttributeError, Unreadable) as error:
            said_so = f"needs {error}" if isinstance(error, KeyError) else str(error)
            wrong.append(("proof.E003", f"The certificate of {name} cannot be used: {said_so}"))
    if not offices:
        wrong.append(("proof.E001", "THONGSUOT_PADES names no office."))
    return Setup(hands, tuple(roots), tuple(wrong), tuple(files))


def _hand(office: Mapping[str, Any], folder: Path, files: list[Path]) -> Hand:
    secret: bytes | None = None
    if "passphrase" in office:
        kept = folder / office["passphrase"]
        files.append(kept)
        secret = kept.read_bytes().rstrip(b"\r\n")
    if "pkcs12" in office:
        files.append(folder / office["pkcs12"])
        return sealing.from_pkcs12(files[-1].read_bytes(), secret)
    files.append(folder / office["key"])
    chain = [(folder / name).read_bytes() for name in office.get("chain", [])]
    own = (folder / office["certificate"]).read_bytes()
    return sealing.from_pem((folder / office["key"]).read_bytes(), own, chain, secret)


HINTS = {
    "proof.E001": f"Put the path of a TOML file in THONGSUOT_PADES, or leave it out. {EXAMPLE}",
    "proof.E002": "Run: python3 tools/environment.py pades. Or leave THONGSUOT_PADES out.",
    "proof.E003": f"Look at the path, the passphrase file, and that key and certificate are one pair. {EXAMPLE}",
    "proof.E004": "Ask who issued it for a certificate that may sign documents, and put it in its place.",
    "proof.E005": "Use the key of the body, as in the address of its page: /co-quan/KEY/.",
    "proof.W001": "Put the next certificate in its place before that day.",
    "proof.W002": "Run: chmod 600 on it.",
}
NUMBERS = {
    "proof.certificate-of-other-use": ("proof.E004", "is not for signing documents"),
    "proof.certificate-not-yet": ("proof.E004", "is not valid yet"),
    "proof.certificate-expired": ("proof.W001", "has ended: nobody can sign with it"),
    "proof.certificate-ends-soon": ("proof.W001", "ends soon"),
}


def _message(number: str, text: str) -> checks.CheckMessage:
    kind = checks.Error if number.startswith("proof.E") else checks.Warning
    return kind(text, hint=HINTS[number], id=number)


def certificates_fit(
    app_configs: object = None, databases: object = None, **_: Any
) -> list[checks.CheckMessage]:
    """proof.E001–E004, W001, W002: what is wrong with signing PDF as it was set up; nothing when off."""
    if not wanted():
        return []
    return [_message(number, text) for number, text in _wrong(load())]


def _wrong(setup: Setup) -> Iterator[tuple[str, str]]:
    yield from setup.wrong
    if not sealing.installed():
        yield "proof.E002", "THONGSUOT_PADES is set, and pyHanko is not installed."
    for name, hand in setup.hands.items():
        for problem in check_certificate(hand.certificate, clock.now()):
            number, text = NUMBERS[problem.code]
            until = hand.certificate.until.date()
            yield number, f"The certificate of {name} ({problem.subject}, until {until}) {text}."
    for path in setup.files:
        if path.exists() and path.stat().st_mode & OTHERS:
            yield "proof.W002", f"{path} can be read by other accounts of this machine."


def bodies_known(
    app_configs: "list[AppConfig] | None" = None, databases: "list[str] | None" = None, **_: Any
) -> list[checks.CheckMessage]:
    """proof.E005: every certificate is of a body that the registry knows. Asks the database."""
    if not wanted() or not databases:
        return []
    names = set(load().hands)
    try:
        rows = apps.get_model("registry", "Body")._default_manager.filter(key__in=names)
        unknown = names - set(rows.values_list("key", flat=True))
    except DatabaseError as error:
        return [checks.Warning(f"The registry cannot be read: {error}", id="proof.W003")]
    return [
        _message("proof.E005", f"THONGSUOT_PADES has a certificate for {name}: no such body.")
        for name in sorted(unknown)
    ]
