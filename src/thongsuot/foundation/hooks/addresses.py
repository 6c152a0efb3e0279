"""Where a call may go: to the outside by https, and never by mistake into our own network."""

import ipaddress
import socket
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from thongsuot.foundation.refusal import Refused

LONGEST: Final = 500
HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS: Final = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart."""

    scheme: str
    host: str
    port: int
    path: str


def address_of(url: str) -> Address:
    """The address in its parts. Raises Refused for a form that may not be called.

    Only https; http to this very machine where private addresses are allowed (demonstration).
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Refused.because("hooks.url", url[:80]) from error
    host = parts.hostname or ""
    here = parts.scheme == "http" and host in HERE and settings.HOOKS_PRIVATE
    clean = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
    plain = not parts.username and not parts.password and not parts.fragment
    if not (clean and plain and host and (parts.scheme == "https" or here)):
        raise Refused.because("hooks.url", url[:80])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Address(parts.scheme, host, port or PORTS[parts.scheme], path)


def resolved(address: Address) -> str:
    """The one number of the host to connect to, checked after it was looked up.

    The connection goes to this number and is not looked up again: a name that answers with
    another number the second time gains nothing.

    Raises Refused when any number of the host is private, OSError when there is none.
    """
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    numbers = [str(f[4][0]) for f in found]
    if not settings.HOOKS_PRIVATE and not all(_outside(n) for n in numbers):
        raise Refused.because("hooks.private", address.host)
    return numbers[0]


def _outside(number: str) -> bool:
    ip = ipaddress.ip_address(number.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return (mapped or ip).is_global and not (mapped or ip).is_multicast
