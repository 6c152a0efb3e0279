"""Closing sheets come in from Excel, through the importer of the house."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from thongsuot.apps.handover import permit as handover
from thongsuot.apps.handover.actions.steps import name_of
from thongsuot.apps.handover.models import Transition, TransitionBody
from thongsuot.apps.handover.models.choices import TransitionSide
from thongsuot.apps.settling import permit
from thongsuot.apps.settling.actions.finance import put_lines, refuse_frozen, sheet_for
from thongsuot.apps.settling.models import SheetLine
from thongsuot.apps.settling.models.choices import SheetState
from thongsuot.apps.settling.queries.finance import sheet_of
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
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.settling.finance import check_line
from thongsuot.rules.settling.finance_columns import SHEET_COLUMNS, codes_in, line_of

CODE = "settling.sheet"
TEXTS = ("code", "title", "account", "source", "counterparty", "paper", "note")


class SheetSession:
    """The rules of a closing sheet for one body."""

    def __init__(self, scope: Scope) -> None:
        self.sheet = sheet_of(int(scope["transition"]), int(scope["body"]))

    def fill(self, values: Values) -> None:
        """Fill in what a blank cell means: of an estimate, what is left."""
        granted, spent = values.get("granted"), values.get("spent")
        left_out = values.get("amount") is None and values.get("section") == "estimate"
        if left_out and isinstance(granted, int) and isinstance(spent, int) and granted >= spent:
            values["amount"] = granted - spent

    def judge(self, values: Values) -> list[Problem]:
        """Say what is wrong in a row, at its cell."""
        if not values.get("section"):
            return []  # the importer says that the cell is blank
        line = line_of(values)
        return [
            Problem(p.code, str(p.facts.get("column", "")), {**p.facts, "subject": line.code})
            for p in check_line(line)
            if p.code not in ("settling.code-needed", "settling.title-needed")
        ]

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """Which lines are on the sheet already; a frozen sheet takes none."""
        if self.sheet is None:
            return {}
        frozen = self.sheet.state == SheetState.FROZEN
        problem = Problem("settling.sheet-frozen", name_of(self.sheet.body_id)) if frozen else None
        rows = SheetLine.objects.filter(sheet=self.sheet, live=True, code__in=list(keys))
        return {row.code: Known(as_row(row), problem) for row in rows}


def as_row(line: SheetLine) -> dict[str, Value]:
    """A line as the columns of the sheet hold it."""
    return {
        "code": line.code,
        "section": line.section,
        "title": line.title,
        "account": line.account,
        "source": line.source,
        "year": line.year,
        "granted": line.granted,
        "spent": line.spent,
        "amount": line.amount,
        "counterparty": line.counterparty,
        "paper": line.paper,
        "items": "; ".join(line.items),
        "note": line.note,
    }


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {name: str(values.get(name) or "") for name in TEXTS}
    row |= {name: values.get(name) for name in ("section", "granted", "spent", "amount")}
    year = values.get("year")
    return row | {
        "year": int(year) if year else None,
        "items": list(codes_in(values.get("items"))),
    }


def write(act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> dict[str, object]:
    """Put the rows on the sheet, all or nothing; blank cells of a changed row change nothing."""
    transition = Transition.objects.get(pk=batch.scope["transition"])
    sheet = sheet_for(transition, int(batch.scope["body"]))
    there = {r.code: as_row(r) for r in SheetLine.objects.filter(sheet=sheet, live=True)}
    rows = []
    for page in pages:
        for ready in page:
            values = dict(ready.values)
            if ready.changes:
                changed = {name: ready.values[name] for name in ready.changes}
                values = {**there[ready.key], **changed}
            rows.append(_fields(values))
    return {"lines": put_lines(act.entry, sheet, rows, batch=batch.id)}


def undo(act: Act, batch: BatchView) -> dict[str, object]:
    """Take a whole import off the sheet; what it had replaced stands there again."""
    sheet = sheet_of(int(batch.scope["transition"]), int(batch.scope["body"]))
    if sheet is None:
        return {"undone": 0}
    refuse_frozen(sheet)
    rows = list(SheetLine.objects.filter(sheet=sheet, batch=batch.id))
    moved = next((row for row in rows if not row.live), None)
    if moved is not None:
        raise Refused.because("settling.batch-moved-on", moved.code)
    SheetLine.objects.filter(pk__in=[row.pk for row in rows]).update(live=False)
    old = [row.replaces_id for row in rows if row.replaces_id]
    SheetLine.objects.filter(pk__in=old).update(live=True)
    return {"undone": len(rows)}


def may_import(actor: Actor, scope: Scope) -> None:
    """Refuse whoever may not write the sheet of that body, and bodies that do not end here."""
    transition = handover.transition_in_sight(actor, int(scope["transition"]))
    body = int(scope["body"])
    row = TransitionBody.objects.filter(
        transition=transition, body=body, side=TransitionSide.ENDS
    ).first()
    if row is None:
        raise Refused.missing(Problem("settling.no-sheet", ""))
    permit.allow(actor, "sheet.write", transition, giver=body)
    if row.ended_on is not None:
        raise Refused.because("settling.body-has-ended", name_of(body), on=row.ended_on)


def declare() -> None:
    """Make the closing sheet known to the importer."""
    register(
        ImportKind(
            code=CODE,
            title="Bảng khóa sổ tài chính",
            columns=SHEET_COLUMNS,
            key="code",
            open=SheetSession,
            write=write,
            take_back=undo,
            chain=lambda scope: f"transition:{scope['transition']}",
            subject=lambda scope: Ref("body", int(scope["body"])),
            may=may_import,
            place=lambda scope: name_of(int(scope["body"])),
            back=lambda scope: reverse("settling:sheet", args=[scope["transition"], scope["body"]]),
            body=lambda scope: int(scope["body"]),
            summed=("amount",),
        )
    )
