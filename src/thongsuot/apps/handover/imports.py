"""Inventories come in from Excel: the eleven kinds, each a table that the importer of the house takes."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.handover import listing, permit, queries
from thongsuot.apps.handover.actions.items import take_back
from thongsuot.apps.handover.listing import CHANGEABLE, Changed, Listed, change_problems
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.models.choices import ItemState, TransitionSide
from thongsuot.apps.handover.posting import Posting
from thongsuot.apps.registry.models import UnitVersion
from thongsuot.foundation import clock
from thongsuot.foundation.imports.engine import (
    BatchView,
    ImportKind,
    Known,
    Ready,
    Scope,
    Value,
    Values,
    register,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.handover.kinds import KINDS, Kind
from thongsuot.rules.handover.kinds_rules import row_problems
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import UNITS, to_decimal, to_parts
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

COMMON = (
    *("title", "field", "place", "container", "secrecy", "citizen", "next_due", "season"),
    *("note", "value"),
)
PREFIXES = ("phuong ", "xa ", "thi tran ", "p ", "x ")


class Inventory:
    """The rules of one kind for one transition, with bodies and old wards looked up once."""

    def __init__(self, kind: Kind, scope: Scope) -> None:
        self.kind = kind
        self.annex = tuple(column.key for column in kind.annex)
        self.transition = Transition.objects.get(pk=scope["transition"])
        names = queries.body_names(scope["givers"])
        self.names = tuple(names.values())
        self.givers = _by_name(names)
        self.only = next(iter(scope["givers"])) if len(scope["givers"]) == 1 else 0
        self.wards = _wards(self.transition)
        self.today = clock.today()
        self.late = listing.is_late(self.transition, self.today)
        self.empty = not Item.objects.filter(transition=self.transition, kind=kind.code).exists()

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of this kind that are on the list, asked once and only after the freeze."""
        items = Item.objects.filter(transition=self.transition, kind=self.kind.code)
        return frozenset(items.exclude(state=ItemState.UNDONE).values_list("code", flat=True))

    def fill(self, values: Values) -> None:
        """Fill in what a blank cell means."""
        values["measure"] = values["measure"] or self.kind.measure
        if values["quantity"] is None and not self.kind.counted:
            values["quantity"] = 1
        values["secrecy"] = values["secrecy"] or "normal"
        if values["citizen"] is None:
            values["citizen"] = False

    def judge(self, values: Values) -> list[Problem]:
        """Say what is wrong in a row: its own fields, whose it is, where it is from."""
        found: list[Problem] = []
        if values["quantity"] is not None and _parts(values) is None:
            facts = {"value": str(values["quantity"]), "unit": str(values["measure"])}
            found.append(Problem("handover.quantity-too-fine", "quantity", facts))
        if values["giver"] and not self.giver(values["giver"]):
            known = tuple(sorted(self.names))[:6]
            given: dict[str, object] = {"value": str(values["giver"]), "givers": known}
            found.append(Problem("handover.giver-not-yours", "giver", given))
        if values["unit"] and self.ward(values["unit"]) is None:
            found.append(Problem("handover.ward-unknown", "unit", {"value": str(values["unit"])}))
        found.extend(row_problems(self.kind, values, self.today))
        if self.late and not values["note"] and str(values["code"]) not in self.codes:
            frozen: dict[str, object] = {"on": self.transition.freeze_on}
            found.append(Problem("handover.list-frozen", "note", frozen))
        return found

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """What is on the list already under these codes, and whether it may still be changed."""
        if self.empty:
            return {}
        items = Item.objects.filter(
            transition=self.transition, kind=self.kind.code, code__in=keys
        ).exclude(state=ItemState.UNDONE)
        stuck = change_problems(self.transition, self.kind.code, keys)
        mine = set(self.givers.values())
        found = {}
        for item in items:
            problem = stuck.get(item.code)
            if item.giver_id not in mine:
                # Nothing of another body is shown: only that the code is taken.
                problem, values = Problem("handover.code-taken", "code"), {}
            else:
                values = self._as_row(item)
            found[item.code] = Known(values, problem)
        return found

    def _as_row(self, item: Item) -> dict[str, Value]:
        unit = UNITS.get(item.measure)
        quantity = to_decimal(item.opened, unit) if unit else Decimal(item.opened)
        row: dict[str, Value] = {
            **{name: getattr(item, name) for name in COMMON if name != "next_due"},
            "next_due": item.next_due.isoformat() if item.next_due else None,
            "quantity": int(quantity) if quantity == int(quantity) else str(quantity.normalize()),
            "measure": item.measure,
        }
        row.update({key: item.annex.get(key) for key in self.annex})
        return row

    def giver(self, name: Value) -> int:
        """The body of that name among those of this import; 0 when there is none."""
        return self.givers.get(fold(str(name)), 0)

    def ward(self, name: Value) -> int | None:
        """The old ward of that name, with or without its kind in front."""
        text = fold(str(name))
        for prefix in ("", *PREFIXES):
            if text.startswith(prefix) and text[len(prefix) :] in self.wards:
                return self.wards[text[len(prefix) :]]
        return None

    def listed(self, ready: Ready) -> Listed:
        """A row as it is put on the list."""
        values = ready.values
        due = values["next_due"]
        return Listed(
            kind=self.kind.code,
            code=str(values["code"]),
            title=str(values["title"]),
            giver=self.giver(values["giver"]) if values["giver"] else self.only,
            quantity=_parts(values) or 0,
            measure=str(values["measure"]),
            unit=self.ward(values["unit"]) if values["unit"] else None,
            field=str(values["field"] or ""),
            value=values["value"] if isinstance(values["value"], int) else None,
            place=str(values["place"] or ""),
            container=str(values["container"] or ""),
            secrecy=str(values["secrecy"]),
            citizen=bool(values["citizen"]),
            next_due=date.fromisoformat(str(due)) if due and len(str(due)) == 10 else None,
            season=str(values["season"] or ""),
            annex={key: values[key] for key in self.annex if values[key] not in (None, "")},
            note=str(values["note"] or ""),
            row=ready.number,
        )


def _parts(values: Values) -> int | None:
    """The quantity in smallest parts of its unit; None when it is finer than the unit allows."""
    unit = UNITS.get(str(values["measure"]))
    quantity = values["quantity"]
    if unit is None:
        return quantity if isinstance(quantity, int) else None
    if isinstance(quantity, int) and unit.scale == 0:
        return quantity
    try:
        return to_parts(Decimal(str(quantity)), unit)
    except (ArithmeticError, ValueError):
        return None


def _by_name(names: Mapping[int, str]) -> dict[str, int]:
    return {fold(name): body for body, name in names.items()}


def _wards(transition: Transition) -> dict[str, int]:
    """The wards and communes of the place before it changed, by folded name."""
    before = UnitVersion.objects.known().filter(
        parent=transition.unit, since__lt=transition.effective_on
    )
    older = UnitVersion.objects.known().filter(parent=transition.unit, since__isnull=True)
    return {fold(v.name): v.unit_id for v in (*older, *before)}


def write(
    kind: Kind, act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]
) -> dict[str, object]:
    """Put the new rows on the list and correct those that are there; all or nothing."""
    session = Inventory(kind, batch.scope)
    transition = session.transition
    changed: list[Changed] = []

    def new() -> Iterator[Listed]:
        for page in pages:
            for ready in page:
                if not ready.changes:
                    yield session.listed(ready)
                else:
                    changed.append(Changed(session.listed(ready), _columns(kind, ready.changes)))

    opened = listing.open_rows(act.entry, transition, new(), batch=batch.id)
    return {"opened": opened, "corrected": listing.change_rows(act.entry, transition, changed)}


def _columns(kind: Kind, changes: Mapping[str, Value]) -> frozenset[str]:
    annex = {column.key for column in kind.annex}
    named = {name for name in changes if name in CHANGEABLE or name == "quantity"}
    return frozenset(named | ({"annex"} if annex & set(changes) else set()))


def undo(act: Act, batch: BatchView) -> dict[str, object]:
    """Take a whole import off the list, while nothing else has happened to its items."""
    transition = Transition.objects.get(pk=batch.scope["transition"])
    posting = Posting()
    count = take_back(posting, transition, batch.id)
    posting.post(act.entry)
    return {"undone": count}


def may_import(actor: Actor, scope: Scope) -> None:
    """Refuse whoever may not put items on the list of every body of the import."""
    transition = permit.transition_in_sight(actor, scope["transition"])
    for giver in scope["givers"]:
        permit.allow(actor, "items.add", Relation(giver=giver, place=transition.unit_id))


def own_givers(actor: Actor, transition: Transition) -> dict[int, str]:
    """The bodies that end here and for which the person may put items on the list, by name."""
    ends = transition.bodies.filter(side=TransitionSide.ENDS, ended_on=None)
    ids = [
        body for body in ends.values_list("body", flat=True) if _may_add(actor, body, transition)
    ]
    names = queries.body_names(ids)
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def _may_add(actor: Actor, body: int, transition: Transition) -> bool:
    try:
        permit.allow(actor, "items.add", Relation(giver=body, place=transition.unit_id))
    except Refused:
        return False
    return True


def place_of(scope: Scope) -> str:
    """Where the rows go, in words."""
    names = queries.body_names(scope["givers"])
    if len(names) == 1:
        return next(iter(names.values()))
    named = Transition.objects.filter(pk=scope["transition"]).values_list("name", flat=True)
    return str(named.first() or "") or _("%(n)s cơ quan") % {"n": len(names)}


def declare() -> None:
    """Make the eleven kinds known to the importer."""
    for kind in KINDS.values():
        opened: Callable[[Scope], Any] = partial(Inventory, kind)
        register(
            ImportKind(
                code=f"handover.{kind.code}",
                title=kind.name,
                columns=kind.columns,
                key="code",
                open=opened,
                write=partial(write, kind),
                take_back=undo,
                chain=lambda scope: f"transition:{scope['transition']}",
                subject=lambda scope: Ref("transition", int(scope["transition"])),
                may=may_import,
                place=place_of,
                back=lambda scope: reverse("handover:imports", args=[scope["transition"]]),
                body=lambda scope: int(scope["givers"][0]) if len(scope["givers"]) == 1 else 0,
                summed=("quantity", "value"),
            )
        )
