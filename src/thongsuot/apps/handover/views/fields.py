"""The boxes that acts on items ask for: their words, how they are read, what they offer."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import queries
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import Step, TransitionSide
from thongsuot.apps.registry.models import Body, BodyKind, Coverage
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.quantity import UNITS, to_parts

Choices = Iterable[tuple[object, object]]
ABOVE = (BodyKind.DEPARTMENT, BodyKind.PEOPLES_COMMITTEE, BodyKind.PARTY_COMMITTEE, BodyKind.POLICE,
         BodyKind.SERVICE_UNIT, BodyKind.PROJECT_BOARD)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """One box of a form."""

    name: str
    label: str | Promise
    read: Callable[[str], object] = lambda text: text
    choices: Callable[[Transition], Choices] | None = None
    help: str | Promise = ""
    required: bool = True
    long: bool = False
    initial: str = ""

    def value(self, text: str) -> object:
        """The value behind what was typed. Raises Refused when it cannot be one."""
        return self.read(text.strip()[:2_000])


def whole(text: str) -> int:
    """A whole number as typed, 0 when empty. Raises Refused for anything else."""
    if not text.strip():
        return 0
    digits = plain_number(text)
    if digits is None or "." in digits or len(digits) > 18:
        raise Refused.because("handover.not-a-number", "", value=text[:40])
    return int(digits)


WRITTEN = re.compile(r"(?:\d{1,3}(?:[.\s]\d{3})+|\d{1,18})(?:,\d{1,9})?", re.ASCII)


def plain_number(text: str) -> str | None:
    """A number as an office writes it (1.234 or 2,5) as a program reads it; None if it is none.

    A point parts thousands and nothing else: 1.5 is refused, not taken for 15.
    """
    typed = text.strip()
    if not WRITTEN.fullmatch(typed):
        return None
    return re.sub(r"[.\s]", "", typed).replace(",", ".")


def parts_of(text: str, measure: str) -> int | None:
    """A count as typed (1.234 or 2,5) in smallest parts of its unit; None when it is no number."""
    plain = plain_number(text)
    unit = UNITS.get(measure)
    if plain is None:
        return None
    try:
        return to_parts(Decimal(plain), unit) if unit else int(plain)
    except (ArithmeticError, ValueError):
        return None


def offered(body: int | None, choices: "Iterable[tuple[int, str]]") -> int | None:
    """The body chosen, when it was one of those offered. Raises Refused for any other."""
    if body and body not in {value for value, _label in choices}:
        raise Refused.because("handover.receiver-unknown", str(body))
    return body or None


def receivers(transition: Transition) -> list[tuple[int, str]]:
    """Bodies that may receive: those that begin, those already named, and those above."""
    begins = transition.bodies.filter(side=TransitionSide.BEGINS).values_list("body", flat=True)
    named = Item.objects.filter(transition=transition).order_by().values_list("receiver", flat=True)
    ruled = transition.rules.values_list("receiver", flat=True)
    ids = {*begins, *named.distinct(), *ruled} - {None}
    above = Coverage.objects.known().filter(
        Q(body__kind__in=ABOVE), unit__in=_above(transition), body__bloc__isnull=False
    )
    ids |= set(above.values_list("body", flat=True))
    ends = transition.bodies.filter(side=TransitionSide.ENDS).values_list("body", flat=True)
    names = queries.body_names(ids - set(ends))
    return sorted(names.items(), key=lambda pair: pair[1])


def _above(transition: Transition) -> list[int]:
    versions = transition.unit.versions.known().values_list("parent", flat=True)
    return [parent for parent in versions if parent]


def bodies_ending(transition: Transition) -> list[tuple[int, str]]:
    """The bodies that end in the transition, by name."""
    ids = transition.bodies.filter(side=TransitionSide.ENDS).values_list("body", flat=True)
    names = queries.body_names(ids)
    return sorted(names.items(), key=lambda pair: pair[1])


def body_kind(body_id: int) -> str:
    """The kind of a body, for forms that ask."""
    return str(Body.objects.values_list("kind", flat=True).get(pk=body_id))


FIELDS: dict[str, Field] = {
    f.name: f
    for f in (
        Field(
            "to", _("Chuyển tới bước"), whole, lambda t: [c for c in Step.choices if 1 < c[0] < 5]
        ),
        Field("receiver_id", _("Nơi nhận"), whole, receivers),
        Field("keeper_id", _("Cơ quan giữ"), whole, receivers),
        Field("reason", _("Lý do"), help=_("Người đọc sau này cần hiểu vì sao."), long=True),
        Field(
            "authority",
            _("Căn cứ"),
            help=_("Số, ngày của quyết định hoặc văn bản."),
            required=False,
        ),
        Field("place", _("Nơi bàn giao"), required=False, initial=""),
        Field(
            "of",
            _("Mở lại từ"),
            str,
            lambda t: (("closed", _("đã kết thúc")), ("kept", _("giữ lại"))),
        ),
        Field("quantity", _("Số lượng"), whole),
    )
}
