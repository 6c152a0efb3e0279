"""The kinds of notices the rooms give, and by which way each reaches people unless they choose."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Way(StrEnum):
    """How a notice reaches a person. In the list of the site it always appears."""

    SITE = "site"
    DIGEST = "digest"
    AT_ONCE = "at-once"


WAYS: dict[Way, str | Promise] = {
    Way.SITE: _("chỉ trong hệ thống"),
    Way.DIGEST: _("thư tổng hợp mỗi ngày"),
    Way.AT_ONCE: _("thư ngay"),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice: its code ``room.what``, its name in the settings, its way by default.

    ``quiet``: even the title says too much for a mail; the mail only counts such notices.
    """

    code: str
    label: str | Promise
    way: Way = Way.DIGEST
    quiet: bool = False


_KINDS: dict[str, Kind] = {}


def register(kinds: Iterable[Kind]) -> None:
    """Offer kinds of notices. Call it from ``AppConfig.ready``; the same code replaces itself."""
    for kind in kinds:
        _KINDS[kind.code] = kind


def kind(code: str) -> Kind:
    """The kind with that code. Raises LookupError when no room registered it."""
    if code not in _KINDS:
        raise LookupError(f"no such kind of notice: {code}")
    return _KINDS[code]


def every_kind() -> tuple[Kind, ...]:
    """All kinds, by code."""
    return tuple(_KINDS[code] for code in sorted(_KINDS))


def known(code: str) -> Kind:
    """The kind with that code, or a nameless quiet one for a kind that is no longer there."""
    return _KINDS.get(code, Kind(code, _("Việc khác"), Way.SITE, quiet=True))
