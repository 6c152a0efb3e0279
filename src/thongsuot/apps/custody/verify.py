"""What about the boxes does not fit together; for ``thongsuot verify``."""

from collections.abc import Iterator

from django.db.models import Count as CountOf
from django.db.models import Q

from thongsuot.apps.custody.models import Container, Placing, Stay
from thongsuot.rules.custody.places import STORE, check_nesting, check_stays, check_tree
from thongsuot.rules.custody.places import Stay as StayValue
from thongsuot.rules.kernel.problem import Problem


def faults() -> Iterator[Problem]:
    """Stays without gaps, nobody in itself, the order kept, the figures equal to what is inside."""
    kinds = dict(Container.objects.values_list("pk", "kind"))
    labels = dict(Container.objects.values_list("pk", "label"))
    stays: dict[int, list[StayValue]] = {}
    for s in Stay.objects.order_by("container", "since").iterator(2_000):
        stays.setdefault(s.container_id, []).append(StayValue(s.place_id, s.since, s.until))
    now = {pk: told[-1].place for pk, told in stays.items()}
    for pk, kind in kinds.items():
        yield from check_stays(stays.get(pk, ()), labels[pk])
        at = now.get(pk)
        wrong = check_nesting(kind, kinds[at] if at else None, labels[pk])
        if wrong is not None and not (kind == STORE and at is None):
            yield wrong
    yield from check_tree({pk: now.get(pk) for pk in kinds})
    yield from _figures(labels)


def _figures(labels: dict[int, str]) -> Iterator[Problem]:
    live = Q(until__isnull=True)
    items = dict(Placing.objects.filter(live).values_list("container").annotate(n=CountOf("pk")))
    inside = dict(Stay.objects.filter(live).values_list("place").annotate(n=CountOf("pk")))
    for pk, things in Container.objects.values_list("pk", "things"):
        counted = items.get(pk, 0) + inside.get(pk, 0)
        if counted != things:
            yield Problem("custody.things-differ", labels[pk], {"kept": things, "counted": counted})
