"""What every act on a scheme begins with, and the words that all of them check alike."""

from collections.abc import Iterable

from thongsuot.apps.rearrangement import permit
from thongsuot.apps.rearrangement.models import Scheme
from thongsuot.apps.registry.models import Body
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.reaching import principals_of, reach_of
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import tidy
from thongsuot.rules.rearrangement.access import Sides
from thongsuot.rules.rearrangement.lifecycle import check_step

Result = dict[str, object]
MOST_OWNERS, MOST_UNITS, MOST_OPTIONS = 200, 5_000, 6


def chain_of(scheme: int) -> str:
    """The chain of the trail on which the acts on a scheme stand."""
    return f"rearrangement:{scheme}"


def take(act: Act, scheme_id: int, right: str, doing: str, to: Sides | None = None) -> Scheme:
    """The scheme, locked, with the right asked for. Raises Refused 404, 403, or 422 for its state."""
    found = permit.in_sight(act.by, scheme_id)
    act.lock(chain_of(found.pk))
    scheme = Scheme.objects.get(pk=found.pk)
    permit.allow(act.by, right, to or permit.sides(scheme))
    problem = check_step(scheme.state, doing, scheme.title[:80])
    if problem is not None:
        raise Refused([problem])
    return scheme


def worded(text: object, name: str, most: int = 300, *, needed: bool = False) -> str:
    """A text on one line. Raises Refused: missing, too long, or no text."""
    clean = tidy(str(text or ""))
    if needed and not clean:
        raise Refused.because("rearrangement.needed", name)
    if len(clean) > most:
        raise Refused.because("rearrangement.too-long", name, most=most)
    if "\x00" in clean:
        raise Refused.because("rearrangement.not-text", name)
    return clean


def known_bodies(bodies: Iterable[int]) -> None:
    """Refuse numbers that are no body."""
    wanted = set(bodies)
    missing = wanted - set(Body.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing:
        raise Refused([Problem("rearrangement.body-unknown", str(b)) for b in sorted(missing)])


def refuse_out_of_reach(act: Act, keeper: int, owners: Iterable[int], basis: str) -> None:
    """Refuse departments that do not stand below who leads the scheme, or below whom it works for."""
    orders = principals_of(keeper, act.on) if basis.strip() else ()
    wanted = list(owners)
    outside = reach_of(keeper, wanted, act.on, orders).unbound(wanted)
    if outside:
        names = body_names(outside, act.on)
        raise Refused([Problem("rearrangement.not-below", names[b]) for b in outside])
