"""Who may do and see what of decisions, turned into refusals and into sets of rows."""

from datetime import date

from django.db.models import Q, QuerySet

from thongsuot.apps.decisions.models import Docket, Session, Version
from thongsuot.apps.decisions.models.choices import VersionState
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import BodyKind, BodyVersion, Coverage
from thongsuot.apps.registry.naming import units_of_area
from thongsuot.apps.registry.successors import going_on
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.decisions.access import Relation, check_may, may
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

READS_AREA = frozenset({Role.STEERING, Role.INSPECTOR})


def relation(row: Docket, *, with_asked: bool = False) -> Relation:
    """A docket as far as access goes."""
    asked = row.consultations.values_list("body", flat=True) if with_asked else ()
    places = frozenset({row.unit_id} if row.unit_id else ())
    return Relation(row.owner_id, row.party_id or 0, row.council_id or 0, frozenset(asked), places)


def allow(actor: Actor, act: str, to: Relation) -> None:
    """Refuse (403) whoever may not do that."""
    problem = check_may(actor, act, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def allowed(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that; what a page offers."""
    return may(actor, act, to)


def _mine(actor: Actor) -> frozenset[int]:
    return actor.hat.bodies | {actor.hat.body} if actor.hat else frozenset()


def _sees_nothing(actor: Actor) -> bool:
    return actor.hat is None or actor.hat.role is Role.OPERATOR


def visible(actor: Actor) -> "QuerySet[Docket]":
    """The dockets that concern the post: of its bodies, asked of them, or of its area."""
    rows = Docket.objects.all()
    hat = actor.hat
    if hat is None or _sees_nothing(actor):
        return rows.none()
    mine = _mine(actor)
    asked = Docket.objects.filter(consultations__body__in=mine).order_by().values("pk")
    own = Q(owner__in=mine) | Q(party__in=mine) | Q(council__in=mine) | Q(pk__in=asked)
    if hat.role in READS_AREA:
        own |= units_of_area(hat.area)
    return rows.filter(own)


def visible_sessions(actor: Actor) -> "QuerySet[Session]":
    """The sessions of the councils of the units in which the post's bodies act, or of its area."""
    rows = Session.objects.all()
    hat = actor.hat
    if hat is None or _sees_nothing(actor):
        return rows.none()
    if hat.role in READS_AREA:
        return rows.filter(units_of_area(hat.area) | Q(council__in=_mine(actor)))
    units = Coverage.objects.known().filter(body__in=_mine(actor)).values("unit")
    return rows.filter(Q(unit__in=units) | Q(council__in=_mine(actor)))


def visible_versions(actor: Actor) -> "QuerySet[Version]":
    """The regulations and assignments of the post's units, or of its area; drafts of its bodies alone."""
    rows = Version.objects.all()
    hat = actor.hat
    if hat is None or _sees_nothing(actor):
        return rows.none()
    mine, issued = _mine(actor), ~Q(state=VersionState.DRAFT)
    if hat.role in READS_AREA:
        return rows.filter((issued & units_of_area(hat.area)) | Q(body__in=mine))
    units = Coverage.objects.known().filter(body__in=mine).values("unit")
    return rows.filter(Q(issued, unit__in=units) | Q(body__in=mine) | Q(other__in=mine))


def docket_in_sight(actor: Actor, pk: int) -> Docket:
    """The docket, when it concerns the post. Raises Refused (404) otherwise, always the same."""
    found = visible(actor).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("decisions.missing"))
    return found


def session_in_sight(actor: Actor, pk: int) -> Session:
    """The session, when the post may see it. Raises Refused (404) otherwise."""
    found = visible_sessions(actor).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("decisions.session-missing"))
    return found


def version_in_sight(actor: Actor, pk: int) -> Version:
    """The version of a register, when the post may see it. Raises Refused (404) otherwise."""
    found = visible_versions(actor).filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Refused.missing(Problem("decisions.version-missing"))
    return found


def own_body(actor: Actor, kinds: tuple[str, ...], on: date) -> int:
    """The body of one of these kinds for which the post speaks; 0 when there is none.

    One that has not begun counts too: drafts are written before a ward goes live.
    """
    rows = BodyVersion.objects.known().filter(
        Q(until__isnull=True) | Q(until__gt=on), body__in=_mine(actor), body__kind__in=kinds
    )
    found = dict(rows.order_by("-pk").values_list("body__kind", "body"))
    return next((found[kind] for kind in kinds if kind in found), 0)


def beside(body: int, kind: BodyKind, on: date) -> int:
    """The body of a kind in the unit in which another acts, on a day; 0 when there is none.

    Where none acts yet, the one that begins there: drafts are written before a ward goes live.
    """
    units = acts_in(body)
    covering = Coverage.objects.on(on).filter(unit__in=units).values("body")
    now = BodyVersion.objects.on(on).filter(body__in=covering, body__kind=kind)
    found = now.order_by("body").values_list("body", flat=True).first()
    if found is not None:
        return found
    covering = Coverage.objects.known().filter(unit__in=units).values("body")
    later = going_on(on).filter(body__in=covering, body__kind=kind)
    return later.order_by("body").values_list("body", flat=True).first() or 0


def unit_of(body: int) -> int | None:
    """The unit in which a body acts; the first of several."""
    return min(acts_in(body), default=None)
