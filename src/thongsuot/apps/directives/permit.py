"""The table of rights, turned into refusals and into sets of rows."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from thongsuot.apps.directives.models import Board, Document, Duty, Meeting, Party, Plan
from thongsuot.apps.registry.find import places_of
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.among import within
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.directives.access import Sides, check_may, may, scope_of
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem

LARGEST = 2**63 - 1
MANY = 5_000  # duties of some bodies that are still collected
M = TypeVar("M", bound=Model)


def allow(actor: Actor, act: str, to: Sides) -> None:
    """Refuse (403) whoever may not do that here."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def own_bodies(actor: Actor, act: str) -> frozenset[int]:
    """The bodies for which the person may do that as the one who assigns."""
    bodies = scope_of(actor).bodies
    return frozenset(b for b in bodies if may(actor, act, Sides(assigner=b)))


def unit_of(body: int) -> int | None:
    """The territory by which a thing of that body is in somebody's area; None when it has none."""
    return next(iter(places_of(body)), None) if body else None


def sides(duty: Duty) -> Sides:
    """The bodies around a duty."""
    return Sides(
        assigner=duty.assigner_id,
        lead=duty.lead_id or 0,
        helps=frozenset(duty.parts.values_list("body", flat=True)),
        told=duty.report_to_id or 0,
        places=frozenset({duty.unit_id} if duty.unit_id else ()),
    )


def visible_duties(actor: Actor, *, whole: bool = False) -> "QuerySet[Duty]":
    """The duties a person may see: those that concern its bodies, those of its area.

    A draft is seen by the side that drafts it alone. ``whole``: every one will be read anyway, as
    for an exact sum; it changes only how they are found.
    """
    scope = scope_of(actor)
    if scope.nothing:
        return Duty.objects.none()
    mine = _concerning(scope.bodies, whole=whole)
    if not scope.area:
        return Duty.objects.filter(mine)
    return Duty.objects.filter(mine | (within("unit_id", scope.area) & ~Q(state="draft")))


def _concerning(bodies: Iterable[int], *, whole: bool) -> Q:
    """The duties that concern one of the bodies.

    Few are collected first. Of a body that has given a million, each duty met is looked up instead:
    collecting them for every question would take longer than the page.
    """
    parties = Party.objects.filter(body__in=bodies)
    if whole or parties.order_by().values("pk")[: MANY + 1].count() <= MANY:
        return Q(pk__in=parties.values("duty"))
    return Q(Exists(parties.filter(duty=OuterRef("pk"))))


def duty_in_sight(actor: Actor, duty_id: int) -> Duty:
    """A duty in sight. Raises Refused (404) for any other, always the same."""
    return _one(visible_duties(actor), duty_id, "directives.duty-missing")


def visible_documents(actor: Actor) -> "QuerySet[Document]":
    """The documents of its bodies (issued, kept, received) and of its area."""
    scope = scope_of(actor)
    if scope.nothing:
        return Document.objects.none()
    bodies = scope.bodies
    received = Q(recipients__body__in=bodies)
    with_duty = Q(duties__parties__body__in=bodies)
    return Document.objects.filter(
        Q(issuer__in=bodies)
        | Q(kept_by__in=bodies)
        | within("unit_id", scope.area)
        | Q(pk__in=Document.objects.filter(received).values("pk"))
        | Q(pk__in=Document.objects.filter(with_duty).values("pk"))
    )


def document_in_sight(actor: Actor, document_id: int) -> Document:
    """A document in sight. Raises Refused (404) for any other."""
    return _one(visible_documents(actor), document_id, "directives.document-missing")


def visible_boards(actor: Actor) -> "QuerySet[Board]":
    """The boards that its bodies own or report on, and those of its area."""
    scope = scope_of(actor)
    if scope.nothing:
        return Board.objects.none()
    return Board.objects.filter(
        Q(owner__in=scope.bodies)
        | within("unit_id", scope.area)
        | Q(pk__in=Board.objects.filter(places__body__in=scope.bodies).values("pk"))
    )


def board_in_sight(actor: Actor, board_id: int) -> Board:
    """A board in sight. Raises Refused (404) for any other."""
    return _one(visible_boards(actor), board_id, "directives.board-missing")


def visible_plans(actor: Actor) -> "QuerySet[Plan]":
    """The plans that its bodies own or have a milestone in, those linked below them, its area's."""
    scope = scope_of(actor)
    if scope.nothing:
        return Plan.objects.none()
    bodies = scope.bodies
    return Plan.objects.filter(
        Q(owner__in=bodies)
        | Q(above__owner__in=bodies)
        | within("unit_id", scope.area)
        | Q(pk__in=Plan.objects.filter(milestones__body__in=bodies).values("pk"))
        | Q(pk__in=Plan.objects.filter(below__owner__in=bodies).values("pk"))
    )


def plan_in_sight(actor: Actor, plan_id: int) -> Plan:
    """A plan in sight. Raises Refused (404) for any other."""
    return _one(visible_plans(actor), plan_id, "directives.plan-missing")


def visible_meetings(actor: Actor) -> "QuerySet[Meeting]":
    """The sessions that its bodies held, came to or owe answers of, and those of its area."""
    scope = scope_of(actor)
    if scope.nothing:
        return Meeting.objects.none()
    bodies = scope.bodies
    return Meeting.objects.filter(
        Q(host__in=bodies)
        | within("unit_id", scope.area)
        | Q(pk__in=Meeting.objects.filter(attendance__body__in=bodies).values("pk"))
        | Q(pk__in=Meeting.objects.filter(questions__owed_by__in=bodies).values("pk"))
    )


def meeting_in_sight(actor: Actor, meeting_id: int) -> Meeting:
    """A session in sight. Raises Refused (404) for any other."""
    return _one(visible_meetings(actor), meeting_id, "directives.meeting-missing")


def _one(rows: "QuerySet[M]", pk: int, code: str) -> M:
    found = rows.filter(pk=pk).first() if 0 < pk <= LARGEST else None
    if found is None:
        raise Refused.missing(Problem(code))
    return found


def bodies_known(bodies: Iterable[int]) -> list[Problem]:
    """One problem for each number that is no body."""
    wanted = set(bodies)
    known = set(Body.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    return [Problem("directives.body-unknown", str(b)) for b in sorted(wanted - known)]
