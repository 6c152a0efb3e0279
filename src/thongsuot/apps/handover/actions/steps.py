"""What every act on a transition begins with."""

from collections.abc import Callable, Mapping

from django.db.models import QuerySet

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.models import Item, Transition, TransitionBody
from thongsuot.apps.handover.models.choices import TransitionSide
from thongsuot.apps.handover.posting import Posting
from thongsuot.apps.handover.selection import Choice, chosen
from thongsuot.apps.registry.models import BodyVersion
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover import lifecycle
from thongsuot.rules.handover.ledger import Movement
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

Result = dict[str, object]
FIRST = 10  # so many things are named in a refusal about many


def chain_of(transition_id: int) -> str:
    """The chain of the trail on which every act on a transition stands."""
    return f"transition:{transition_id}"


def begin(act: Act, transition_id: int, doing: str = "work") -> Transition:
    """Take the transition for this act; others wait.

    Raises Refused: 404 when there is no such transition, 422 when its state does not allow it.
    """
    act.lock(chain_of(transition_id))
    transition = Transition.objects.filter(pk=transition_id).first()
    if transition is None:
        raise Refused.missing(Problem("handover.transition-missing"))
    problem = lifecycle.check_state(lifecycle.TRANSITION, transition.state, doing, transition.name)
    if problem is not None:
        raise Refused([problem])
    return transition


def select(act: Act, transition: Transition, doing: str, choice: Choice) -> "QuerySet[Item]":
    """The chosen items on which the person may do that; refusals of selection and right."""
    return chosen(permit.items_for(act.by, doing, transition), choice)


def name_of(body_id: int) -> str:
    """The name of a body, the newest one written."""
    return BodyVersion.objects.known().filter(body=body_id).order_by("-since", "-id").values_list(
        "name", flat=True
    ).first() or str(body_id)


def refuse_ended(transition: Transition, givers: "set[int]") -> None:
    """Nothing is put under a body that has ended; the refusal names the residual desk."""
    ended = TransitionBody.objects.filter(
        transition=transition, body__in=givers, ended_on__isnull=False
    )
    desk = name_of(transition.residual_id) if transition.residual_id else "–"
    refuse_if(
        Problem("handover.body-ended", name_of(row.body_id), {"on": row.ended_on, "desk": desk})
        for row in ended
    )


def refuse_strangers(transition: Transition, givers: "set[int]") -> None:
    """Only bodies that end in the transition give, and the residual desk; the ended ones no more."""
    known = set(
        TransitionBody.objects.filter(transition=transition, side=TransitionSide.ENDS).values_list(
            "body", flat=True
        )
    )
    known.add(transition.residual_id or 0)
    refuse_if(
        Problem("handover.body-not-in-transition", name_of(body)) for body in sorted(givers - known)
    )
    refuse_ended(transition, givers)


def givers_of(items: "QuerySet[Item]") -> "set[int]":
    """The bodies that the items belong to."""
    return set(items.order_by().values_list("giver", flat=True).distinct())


def refuse_first(wrong: "QuerySet[Item]", problem_for: Callable[[Item], Problem]) -> None:
    """Refuse when there is any such item, naming the first ones."""
    refuse_if(problem_for(item) for item in wrong.order_by("code", "id")[:FIRST])


def not_held(item: Item) -> Problem:
    """The item is no longer with its giver."""
    return Problem("handover.not-held", item.code, {"state": item.get_state_display()})


def record(  # noqa: PLR0913  # what every posting is recorded with
    act: Act,
    transition: Transition,
    posting: Posting,
    *,
    subject: Ref | None = None,
    reason: str = "",
    authority: str = "",
    also: Mapping[str, object] | None = None,
) -> Entry:
    """Write the entry of a posting: how many lines, and their digest."""
    refuse_if(posting.problems())
    return act.record(
        chain=chain_of(transition.pk),
        subject=subject or Ref("transition", transition.pk),
        after={"lines": posting.count, "digest": posting.digest(), **(also or {})},
        reason=reason,
        authority=authority,
    )


def move_all(
    act: Act,
    transition: Transition,
    items: "QuerySet[Item]",
    like: Movement,
    **after: object,
) -> int:
    """Move all that the items have in the source, as one act; returns how many moved.

    Raises Refused when nothing is there to move.
    """
    posting = Posting()
    count = posting.stage(items, like)
    if not count:
        raise Refused.because("handover.nothing-chosen")
    entry = record(
        act,
        transition,
        posting,
        reason=like.reason,
        authority=like.authority,
        also=after,
    )
    posting.post(entry)
    return count
