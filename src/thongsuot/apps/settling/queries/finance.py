"""Looking at closing sheets: the sheet, what confirms it, the items of the ledger behind it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from thongsuot.apps.handover.models import Item, Transition, TransitionBody
from thongsuot.apps.handover.models.choices import ItemState, Kind, TransitionSide
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.settling.models import (
    ClosingSheet,
    Confirmation,
    ConfirmedAmount,
    SheetException,
    SheetLine,
)
from thongsuot.apps.settling.models.choices import SheetState
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.settling.finance import (
    LedgerItem,
    Line,
    Section,
    Statement,
    closing_problems,
)

GONE = (ItemState.UNDONE, ItemState.REPLACED)
DONG = "đồng"


def finance_items(transition_id: int, bodies: Iterable[int]) -> "QuerySet[Item]":
    """The finance items that bodies have on the list; those taken off or divided are left out."""
    return Item.objects.filter(
        transition=transition_id, kind=Kind.FINANCE, giver__in=list(bodies)
    ).exclude(state__in=GONE)


def sheet_of(transition_id: int, body_id: int) -> ClosingSheet | None:
    """The closing sheet of a body; None while there is none."""
    return ClosingSheet.objects.filter(transition=transition_id, body=body_id).first()


def line_value(row: SheetLine) -> Line:
    """A line as the rules take it."""
    return Line(
        section=Section(row.section),
        code=row.code,
        title=row.title,
        amount=row.amount,
        account=row.account,
        granted=row.granted,
        spent=row.spent,
        counterparty=row.counterparty,
        paper=row.paper,
        items=tuple(row.items),
    )


def item_value(item: Item) -> LedgerItem:
    """A finance item as the rules take it. An amount in đồng may stand as the quantity."""
    amount = item.value
    if amount is None:
        amount = item.opened if item.measure == DONG else 0
    return LedgerItem(
        code=item.code,
        sort=str(item.annex.get("finance_type") or ""),
        amount=amount,
        account=str(item.annex.get("account") or ""),
        root=item.parent.code if item.parent else "",
    )


def statement_of(sheet: ClosingSheet) -> Statement:
    """A sheet with its newest confirmation, the items behind it and what was excused."""
    return statements([sheet])[sheet.body_id]


def statements(sheets: Iterable[ClosingSheet]) -> dict[int, Statement]:
    """The statements of several sheets of one transition, by body; five queries however many."""
    by_id = {sheet.pk: sheet for sheet in sheets}
    lines: dict[int, list[Line]] = defaultdict(list)
    for row in SheetLine.objects.filter(sheet__in=by_id, live=True).order_by("pk"):
        lines[row.sheet_id].append(line_value(row))
    newest = {c.sheet_id: c for c in Confirmation.objects.filter(sheet__in=by_id).order_by("pk")}
    said: dict[int, dict[str, int]] = defaultdict(dict)
    kept = ConfirmedAmount.objects.filter(confirmation__in=[c.pk for c in newest.values()])
    for amount in kept.order_by("pk"):
        said[amount.confirmation_id][amount.account] = amount.amount
    excepted: dict[int, dict[str, int]] = defaultdict(dict)
    for one in SheetException.objects.filter(sheet__in=by_id).order_by("pk"):
        excepted[one.sheet_id][one.code] = one.difference
    items: dict[int, list[LedgerItem]] = defaultdict(list)
    for transition in {sheet.transition_id for sheet in by_id.values()}:
        bodies = [s.body_id for s in by_id.values() if s.transition_id == transition]
        behind = finance_items(transition, bodies).select_related("parent").order_by("code", "pk")
        for item in behind:
            items[item.giver_id].append(item_value(item))
    return {
        sheet.body_id: Statement(
            frozen=sheet.state == SheetState.FROZEN,
            lines=tuple(lines[sheet.pk]),
            confirmed=said[newest[sheet.pk].pk] if sheet.pk in newest else None,
            items=tuple(items[sheet.body_id]),
            excepted=excepted[sheet.pk],
            number=newest[sheet.pk].number if sheet.pk in newest else "",
        )
        for sheet in by_id.values()
    }


@dataclass(frozen=True, slots=True)
class SheetRow:
    """An ending body with its sheet in figures, for the list of all of them.

    ``statement`` None: no sheet. ``items`` how many finance items it has on the list.
    """

    body: int
    name: str
    items: int
    statement: Statement | None
    problems: tuple[Problem, ...]

    @property
    def differing(self) -> int:
        """On how many accounts sheet and kho bạc differ."""
        if self.statement is None or self.statement.confirmed is None:
            return 0
        return sum(not account.ties for account in self.statement.accounts)

    @property
    def needed(self) -> bool:
        """Whether the body must have a sheet."""
        return bool(self.items) or self.statement is not None


def sheet_rows(transition: Transition, bodies: Iterable[int]) -> tuple[SheetRow, ...]:
    """Every one of these ending bodies, by name, with its sheet."""
    wanted = sorted(bodies)
    names = body_names(wanted)
    found = statements(ClosingSheet.objects.filter(transition=transition, body__in=wanted))
    counts: dict[int, int] = defaultdict(int)
    for giver in finance_items(transition.pk, wanted).values_list("giver", flat=True):
        counts[giver] += 1
    rows = []
    for body in wanted:
        statement = found.get(body)
        needed = statement is not None or counts[body]
        problems = closing_problems(names[body], statement) if needed else ()
        rows.append(SheetRow(body, names[body], counts[body], statement, problems))
    return tuple(sorted(rows, key=lambda row: (not row.needed, row.name)))


def ends_here(transition_id: int, body_id: int) -> bool:
    """Whether a body ends in the transition: only these have a closing sheet."""
    return TransitionBody.objects.filter(
        transition=transition_id, body=body_id, side=TransitionSide.ENDS
    ).exists()
