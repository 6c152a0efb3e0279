"""One way to write a value down, so that the same content always has the same hash."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from thongsuot.rules.kernel.ref import Ref


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Ref | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, set | frozenset):
        return sorted((_plain(v) for v in value), key=str)
    raise TypeError(f"{type(value).__name__} has no canonical form; floats have none on purpose")


def canonical(value: object) -> bytes:
    """The value as UTF-8 JSON: NFC text, sorted keys, no spaces, whole numbers only.

    Shapes: text, whole numbers, booleans, None, days, moments, references, exact decimals (as
    text), and lists, sets and mappings of these. Raises TypeError for anything else.
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest(value: object) -> str:
    """SHA-256 of the canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()
