"""The codes people type or scan at a place: a guard's own, kept as a keyed hash, and those on walls."""

import base64
import hashlib
import hmac

from django.conf import settings

LONG, SHORT = 10, 6  # letters of a guard's own code; of a point's on the wall


def _drawn(purpose: str, seed: str, length: int) -> str:
    mac = hmac.new(settings.SECRET_KEY.encode(), f"{purpose}/{seed}".encode(), hashlib.sha256)
    return base64.b32encode(mac.digest()).decode()[:length]


def badge_for(key: str) -> str:
    """The own code made by the form with that key: the same form sent twice makes one code."""
    return _drawn("guarding.badge", key, LONG)


def point_code_for(key: str) -> str:
    """The code of a check point made by the form with that key."""
    return _drawn("guarding.point", key, SHORT)


def cleaned(code: str) -> str:
    """A code as typed: case, spaces and dashes do not matter, 0, 1 and 8 are O, I and B."""
    return "".join(code.upper().split()).replace("-", "").translate(str.maketrans("018", "OIB"))


def hashed(code: str) -> str:
    """What is kept of a guard's own code."""
    mac = hmac.new(settings.SECRET_KEY.encode(), f"guarding/{cleaned(code)}".encode(), "sha256")
    return mac.hexdigest()
