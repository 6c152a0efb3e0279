"""Looking at minutes: their lines, what they would move, their content under the signatures."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.models import LineCount, Minutes, MinutesLine, Signature
from thongsuot.rules.handover.minutes import Line, Signing, Tally, content_hash
from thongsuot.rules.kernel.actor import Actor

visible_minutes = permit.visible_minutes
minutes_in_sight = permit.minutes_in_sight


def _counted(which: Q) -> Coalesce:
    """How many lines of minutes are so: looked up per minutes shown, never joined for all."""
    lines = MinutesLine.objects.filter(which, minutes=OuterRef("pk")).order_by().values("minutes")
    return Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0)


def minutes_of(actor: Actor, transition_id: int) -> "QuerySet[Minutes]":
    """The minutes of a transition that the person may see, newest first, with how far they are."""
    return (
        permit.visible_minutes(actor)
        .filter(transition=transition_id)
        .annotate(
            line_count=_counted(Q()),
            giver_counted=_counted(Q(giver_count__isnull=False)),
            receiver_counted=_counted(Q(receiver_count__isnull=False) | Q(refused=True)),
        )
        .order_by("-number")
    )


def lines_of(minutes: Minutes) -> "QuerySet[MinutesLine]":
    """The lines of minutes with their items, kind by kind, in the order of codes."""
    return (
        MinutesLine.objects.filter(minutes=minutes)
        .select_related("item", "corrects")
        .order_by("item__kind", "item__code")
    )


def _line_values(minutes: Minutes) -> Iterator[Line]:
    rows = MinutesLine.objects.filter(minutes=minutes).values_list(
        "item__code",
        "quantity",
        "giver_count",
        "receiver_count",
        "refused",
        "reason",
        "item__measure",
    )
    for code, sent, giver, receiver, refused, reason, measure in rows.iterator(5_000):
        yield Line(code, sent, giver, receiver, refused, reason, measure)


def heading_of(minutes: Minutes) -> dict[str, object]:
    """What of minutes themselves the signatures stand under."""
    return {
        "transition": minutes.transition_id,
        "number": minutes.number,
        "round": minutes.round,
        "giver": minutes.giver_id,
        "receiver": minutes.receiver_id,
        "opened_on": minutes.opened_on,
        "corrects": minutes.corrects_id,
    }


def content_of(minutes: Minutes) -> str:
    """The hash of the minutes as they are now."""
    return content_hash(heading_of(minutes), _line_values(minutes))


def signatures_of(minutes: Minutes) -> tuple[Signing, ...]:
    """The signatures that count: those of the running round."""
    rows = Signature.objects.filter(minutes=minutes, round=minutes.round).order_by("at")
    return tuple(Signing(s.user, s.body_id, s.side, s.content) for s in rows)


def signature_rows(minutes: Minutes) -> "QuerySet[Signature]":
    """Every signature ever put under the minutes, in order; earlier rounds do not count."""
    return Signature.objects.filter(minutes=minutes).order_by("round", "at")


def counts_of(line: MinutesLine) -> "QuerySet[LineCount]":
    """Who counted a line, when, and how many, in order."""
    return LineCount.objects.filter(line=line).order_by("at", "id")


DIFFERS = Q(refused=False) & (
    (Q(giver_count__isnull=False) & ~Q(giver_count=F("quantity")))
    | (Q(receiver_count__isnull=False) & ~Q(receiver_count=F("quantity")))
)


def tally_of(minutes: Minutes) -> Tally:
    """The minutes in figures, without reading their lines one by one."""
    found = MinutesLine.objects.filter(minutes=minutes).aggregate(
        n_lines=Count("pk"),
        n_counted_by_giver=Count("pk", filter=Q(giver_count__isnull=False)),
        n_counted_by_receiver=Count("pk", filter=Q(receiver_count__isnull=False)),
        n_refused=Count("pk", filter=Q(refused=True)),
        n_differing=Count("pk", filter=DIFFERS),
    )
    return Tally(**{name.removeprefix("n_"): count for name, count in found.items()})


def left_to_count(minutes: Minutes) -> dict[str, int]:
    """How many lines each side has still to count before anybody may sign."""
    left = MinutesLine.objects.filter(minutes=minutes, refused=False)
    return left.aggregate(
        giver=Count("pk", filter=Q(giver_count=None)),
        receiver=Count("pk", filter=Q(receiver_count=None)),
    )


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex of minutes: the lines of one kind, and how many differ or were refused."""

    kind: str
    lines: int
    differing: int
    refused: int


def annexes_of(minutes: Minutes) -> tuple[Annex, ...]:
    """The annexes of minutes, one for each kind on them."""
    rows = (
        MinutesLine.objects.filter(minutes=minutes)
        .order_by("item__kind")
        .values_list("item__kind")
        .annotate(
            lines=Count("pk"),
            differing=Count("pk", filter=DIFFERS),
            refused_lines=Count("pk", filter=Q(refused=True)),
        )
    )
    return tuple(Annex(*row) for row in rows)
