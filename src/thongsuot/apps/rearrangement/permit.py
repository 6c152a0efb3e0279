"""Who may do and see what of schemes, turned into refusals and into sets of rows."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from thongsuot.apps.rearrangement.models import Option, PresentUnit, Scheme
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.rearrangement.access import READERS, Sides, check_may, may

LARGEST = 2**63 - 1


def sides(scheme: Scheme) -> Sides:
    """The bodies around a scheme."""
    return Sides(
        keeper=scheme.keeper_id,
        gatherer=scheme.gatherer_id,
        approver=scheme.approver_id,
        owners=frozenset(scheme.owners.values_list("body", flat=True)),
        asked=frozenset(scheme.opinions.values_list("body", flat=True)),
        places=frozenset({scheme.unit_id} if scheme.unit_id else ()),
    )


def owned(scheme: Scheme, body: int) -> Sides:
    """The bodies around what belongs to one department in a scheme."""
    known = sides(scheme)
    return replace(known, owners=known.owners & {body})


def allow(actor: Actor, act: str, to: Sides) -> None:
    """Refuse (403) whoever may not do that."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def allowed(actor: Actor, act: str, to: Sides) -> bool:
    """Whether the post acted in may do that; what a page offers."""
    return may(actor, act, to)


def own_bodies(actor: Actor) -> frozenset[int]:
    """The bodies the post acted in speaks for; none for an operator or without a post."""
    hat = actor.hat
    if hat is None or hat.role is Role.OPERATOR:
        return frozenset()
    return hat.bodies | {hat.body}


def visible(actor: Actor) -> "QuerySet[Scheme]":
    """The schemes that concern the post: led, gathered, decided, taken part in, asked about; its area's."""
    mine, hat = own_bodies(actor), actor.hat
    if not mine or hat is None:
        return Scheme.objects.none()
    sight = Q(keeper__in=mine) | Q(gatherer__in=mine)
    # The competent body, those asked and the area see it once it is more than somebody's draft.
    shown = ~Q(state="draft")
    sight |= Q(approver__in=mine) & shown
    sight |= Q(pk__in=Scheme.objects.filter(owners__body__in=mine).values("pk"))
    sight |= Q(pk__in=Scheme.objects.filter(opinions__body__in=mine).values("pk")) & shown
    if hat.role in READERS:
        sight |= Q(unit__in=hat.area) & shown
    return Scheme.objects.filter(sight)


def in_sight(actor: Actor, pk: int) -> Scheme:
    """The scheme, when it concerns the post. Raises Refused (404) otherwise, always the same."""
    found = visible(actor).filter(pk=pk).first() if 0 < pk <= LARGEST else None
    if found is None:
        raise Refused.missing(Problem("rearrangement.missing"))
    return found


def sees_whole(actor: Actor, scheme: Scheme) -> bool:
    """Whether the person sees every department of the scheme, not only its own."""
    return may(actor, "whole.see", sides(scheme))


def visible_units(actor: Actor, scheme: Scheme) -> "QuerySet[PresentUnit]":
    """The units of a scheme in sight: all of them, or those of one's own department."""
    rows = PresentUnit.objects.filter(scheme=scheme)
    return rows if sees_whole(actor, scheme) else rows.filter(owner__in=own_bodies(actor))


def unit_in_sight(actor: Actor, scheme: Scheme, pk: int) -> PresentUnit:
    """One unit of a scheme, when the person may see it. Raises Refused (404) otherwise."""
    found = visible_units(actor, scheme).filter(pk=pk).first() if 0 < pk <= LARGEST else None
    if found is None:
        raise Refused.missing(Problem("rearrangement.unit-missing"))
    return found


def option_in_sight(actor: Actor, scheme: Scheme, pk: int) -> Option:
    """One option of a scheme. Raises Refused (404) for any other."""
    found = Option.objects.filter(scheme=scheme, pk=pk).first() if 0 < pk <= LARGEST else None
    if found is None:
        raise Refused.missing(Problem("rearrangement.option-missing"))
    return found
