"""How a receiver knows that a call is ours: a signature over the moment and the content."""

import hashlib
import hmac
import secrets

from django.conf import settings

HEADER = "X-ThongSuot-Signature"
PREFIX = "tsh_"


def new_salt() -> str:
    """What tells one secret from another."""
    return secrets.token_hex(32)


def secret_of(salt: str) -> str:
    """The secret of an endpoint. Whoever has the database alone cannot compute it."""
    key = str(settings.SECRET_KEY).encode()
    return PREFIX + hmac.new(key, f"hooks/{salt}".encode(), hashlib.sha256).hexdigest()


def signature(secret: str, moment: int, body: bytes) -> str:
    """The header for a body sent at a moment (seconds since 1970): ``t=…,v1=…``."""
    mac = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={mac.hexdigest()}"
