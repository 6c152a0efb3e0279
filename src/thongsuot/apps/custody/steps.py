"""What every act on boxes begins with, and the few reads that several acts share."""

import secrets
from dataclasses import dataclass

from django.db.models import F, Q

from thongsuot.apps.custody import permit
from thongsuot.apps.custody.models import Container, Placing, Seal, Stay
from thongsuot.apps.handover.models import TransitionBody
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.registry.models import Appointment
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.custody import sealing
from thongsuot.rules.custody.labels import CODES, label_of
from thongsuot.rules.custody.places import Stay as StayValue
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.text import fold

Result = dict[str, object]
LONGEST_NAME, LONGEST_TEXT, MOST = 80, 500, 300


def chain_of(transition_id: int) -> str:
    """The chain of the trail on which every act on the boxes of a transition stands."""
    return f"custody:{transition_id}"


def begin(act: Act, container_id: int) -> Container:
    """Take the boxes of the container's transition for this act; others wait.

    Raises Refused (404) for a container that is not there or not in sight.
    """
    found = permit.container_in_sight(act.by, container_id)
    act.lock(chain_of(found.transition_id))
    return Container.objects.select_related("transition").get(pk=found.pk)


def worded(text: str, code: str, longest: int = LONGEST_TEXT, subject: str = "") -> str:
    """A text as it is kept. Raises Refused when it is empty (``code``) or too long."""
    plain = " ".join(text.split())
    if not plain:
        raise Refused([Problem(code, subject)])
    if len(plain) > longest:
        raise Refused.because("custody.text-too-long", subject, most=longest)
    return plain


def folded(name: str) -> str:
    """A name as it is searched and compared."""
    return fold(name)[:120]


def new_label() -> str:
    """A label that no container bears; it says nothing about what it is put on."""
    for _try in range(100):
        label = label_of(secrets.randbelow(CODES))
        if not Container.objects.filter(label=label).exists():
            return label
    raise RuntimeError("no free label found")


def refuse_ended(transition_id: int, body: int) -> None:
    """Nothing is put into boxes of a body that has ended."""
    ended = TransitionBody.objects.filter(
        transition=transition_id, body=body, ended_on__isnull=False
    ).first()
    if ended is not None:
        raise Refused.because("custody.body-ended", name_of(body), on=ended.ended_on)


def name_of(body: int) -> str:
    """The name of a body."""
    return body_names([body]).get(body, str(body))


@dataclass(frozen=True, slots=True)
class Witness:
    """The second person: the account, and the name and post as they are written down."""

    user: int
    name: str


def witness_of(act: Act, user_id: int) -> Witness:
    """The second person of an act: an active account with a post on that day, not the first.

    Raises Refused otherwise.
    """
    refuse_if(sealing.check_pair(act.by.user, user_id))
    held = (
        Appointment.objects.on(act.on)
        .filter(person__account=user_id, person__account__is_active=True)
        .select_related("person", "post")
        .order_by("pk")
        .first()
    )
    if held is None:
        raise Refused.because("custody.witness-without-post")
    return Witness(user_id, f"{held.person.full_name}, {held.post.title}"[:200])


def signed_name(act: Act) -> str:
    """The first person as written down: name and post."""
    post = act.by.hat.post if act.by.hat else ""
    return (f"{act.by.name}, {post}" if post else act.by.name)[:200]


def stays_of(container: Container) -> list[StayValue]:
    """Where a container has been, in order, as the rules see it."""
    return [
        StayValue(s.place_id, s.since, s.until)
        for s in Stay.objects.filter(container=container).order_by("since")
    ]


def place_of(container: Container) -> Container | None:
    """Where a container stands now; None for a store."""
    stay = Stay.objects.filter(container=container, until__isnull=True).select_related("place")
    found = stay.first()
    return found.place if found else None


def live_seals(container_ids: list[int]) -> list[str]:
    """The numbers of the seals that are on these containers, or on the boxes they stand in."""
    above = Stay.objects.filter(container__in=container_ids, until__isnull=True).values("place")
    return list(
        Seal.objects.filter(
            Q(box__in=container_ids) | Q(box__in=above), opened__isnull=True
        ).values_list("number", flat=True)
    )


def refuse_sealed(container_ids: list[int], subject: str) -> None:
    """Contents of a sealed box do not change. Raises Refused naming the seals."""
    problem = sealing.check_contents(live_seals(container_ids), subject)
    if problem is not None:
        raise Refused([problem])


def within(box_id: int) -> list[int]:
    """The box and the folders that stand in it now."""
    inner = Stay.objects.filter(place=box_id, until__isnull=True).values_list(
        "container", flat=True
    )
    return [box_id, *inner]


def items_within(box_id: int) -> "list[int]":
    """The items that lie in the box and in its folders now."""
    rows = Placing.objects.filter(container__in=within(box_id), until__isnull=True)
    return list(rows.order_by("pk").values_list("item", flat=True))


def add_things(container_id: int, more: int) -> None:
    """Change how many things are directly in a container."""
    Container.objects.filter(pk=container_id).update(things=F("things") + more)
