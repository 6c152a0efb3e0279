"""What the system knows about the work of a person or a body: the grounds that nobody has to claim."""

from datetime import date

from django.db.models import Count, F, Q

from thongsuot.apps.directives.models import BOUND, Duty, DutyState, Manner

Figure = dict[str, object]


def figures_of(body: int, person: int | None, until: date) -> list[Figure]:
    """Duties led by the body (and in the person's hands) that were due by a day: kept, late, open.

    Shapes: each has label, done and of; recalled duties and requests count nowhere. One query.
    """
    rows = Duty.objects.filter(BOUND, lead=body, every="", due_on__lte=until, manner=Manner.TASK)
    rows = rows.exclude(state=DutyState.RECALLED)
    if person is not None:
        rows = rows.filter(person=person)
    in_time = Q(done_at__isnull=False, done_at__lte=F("due_at"))
    found = rows.aggregate(
        n=Count("pk"),
        kept=Count("pk", filter=in_time),
        done=Count("pk", filter=Q(done_at__isnull=False)),
        accepted=Count("pk", filter=Q(state=DutyState.COMPLETED)),
    )
    every = int(found["n"])
    return [
        {"label": "in-time", "done": int(found["kept"]), "of": every},
        {"label": "done", "done": int(found["done"]), "of": every},
        {"label": "accepted", "done": int(found["accepted"]), "of": every},
    ]
