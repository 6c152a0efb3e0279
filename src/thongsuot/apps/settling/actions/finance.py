"""The closing sheet: its lines, what the kho bạc confirms, what is excused, and the freeze."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from thongsuot.apps.handover.actions.steps import Result, begin, chain_of, name_of
from thongsuot.apps.handover.models import Transition, TransitionBody
from thongsuot.apps.handover.models.choices import TransitionSide
from thongsuot.apps.settling import permit
from thongsuot.apps.settling.actions.texts import refuse_texts
from thongsuot.apps.settling.models import (
    ClosingSheet,
    Confirmation,
    ConfirmedAmount,
    SheetException,
    SheetLine,
)
from thongsuot.apps.settling.models.choices import SheetState
from thongsuot.apps.settling.queries.finance import line_value, sheet_of, statement_of
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import LARGEST
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.settling.finance import Section, account_key, check_line
from thongsuot.rules.settling.finance_columns import line_of

ONE_DAY = timedelta(days=1)
FIELDS = ("section", "code", "title", "account", "source", "year", "granted", "spent", "amount",
          "counterparty", "paper", "items", "note")  # fmt: skip
TEXTS = ("code", "title", "account", "source", "counterparty", "paper", "note")
MOST_LINES = 5_000
Row = Mapping[str, Any]


def take(act: Act, doing: str, transition_id: int, body_id: int) -> Transition:
    """Take a transition for an act on the sheet of one of its ending bodies.

    Raises Refused: 404 when there is no such transition, 403 without the right, 422 when the body
    does not end here or has ended.
    """
    transition = begin(act, transition_id)
    permit.allow(act.by, doing, transition, giver=body_id)
    row = TransitionBody.objects.filter(
        transition=transition, body=body_id, side=TransitionSide.ENDS
    ).first()
    if row is None:
        raise Refused.because("handover.body-not-in-transition", name_of(body_id))
    if row.ended_on is not None:
        raise Refused.because("settling.body-has-ended", name_of(body_id), on=row.ended_on)
    return transition


def sheet_for(transition: Transition, body_id: int) -> ClosingSheet:
    """The sheet of the body, begun when there is none: as of the last day before the end."""
    sheet, _new = ClosingSheet.objects.get_or_create(
        transition=transition,
        body_id=body_id,
        defaults={"as_of": transition.effective_on - ONE_DAY},
    )
    return sheet


def refuse_frozen(sheet: ClosingSheet) -> None:
    """Nothing changes on a sheet whose figures are settled."""
    if sheet.state == SheetState.FROZEN:
        raise Refused.conflict(Problem("settling.sheet-frozen", name_of(sheet.body_id)))


def _there(transition: Transition, body_id: int) -> ClosingSheet:
    sheet = sheet_of(transition.pk, body_id)
    if sheet is None:
        raise Refused.missing(Problem("settling.no-sheet", name_of(body_id)))
    return sheet


def put_lines(
    entry: Entry, sheet: ClosingSheet, rows: Sequence[Row], *, batch: int | None = None
) -> int:
    """Put rows on a sheet under an entry that is written; a row with a code that is there replaces it."""
    refuse_frozen(sheet)
    live = {line.code: line for line in SheetLine.objects.filter(sheet=sheet, live=True)}
    old = [live[str(row["code"])].pk for row in rows if str(row["code"]) in live]
    SheetLine.objects.filter(pk__in=old).update(live=False)
    SheetLine.objects.bulk_create(
        SheetLine(
            sheet=sheet,
            entry=entry,
            batch=batch,
            replaces=live.get(str(row["code"])),
            **{name: row[name] for name in FIELDS},
        )
        for row in rows
    )
    return len(rows)


def complete(values: Mapping[str, Any]) -> dict[str, Any]:
    """A row with every field of a line, blanks filled in. Raises Refused for what no line can be."""
    row: dict[str, Any] = {name: values.get(name) for name in FIELDS}
    for name in TEXTS:
        row[name] = str(row[name] or "").strip()
    refuse_texts({name: row[name] for name in TEXTS})
    if str(row["section"]) not in set(Section):
        raise Refused.because("settling.section-unknown", str(row["section"])[:40])
    row["items"] = list(row["items"] or [])
    row["year"] = int(row["year"]) if row["year"] else None
    line = line_of({**row, "items": ";".join(row["items"])})
    row["amount"] = line.amount
    refuse_if(check_line(line))
    return row


@action("settling.lines-written")
def write_lines(act: Act, *, transition_id: int, body_id: int, lines: Sequence[Row]) -> Result:
    """Write lines of the closing sheet of a body; a line with a code that is there is replaced.

    Raises Refused: lines not right in themselves, two with one code; 409 when the sheet is frozen.
    """
    transition = take(act, "sheet.write", transition_id, body_id)
    if not lines or len(lines) > MOST_LINES:
        raise Refused.because("settling.too-many-lines", "", most=MOST_LINES)
    rows = [complete(line) for line in lines]
    codes = [row["code"] for row in rows]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    refuse_if(Problem("settling.code-twice", code) for code in twice)
    sheet = sheet_for(transition, body_id)
    refuse_frozen(sheet)
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("sheet", sheet.pk),
        after={"lines": [[row["code"], row["amount"]] for row in rows[:50]], "count": len(rows)},
    )
    return {"sheet": sheet.pk, "count": put_lines(entry, sheet, rows)}


@action("settling.line-removed")
def remove_line(act: Act, *, transition_id: int, body_id: int, code: str, reason: str) -> Result:
    """Take a line off the sheet, with the reason; it stays on record."""
    transition = take(act, "sheet.write", transition_id, body_id)
    refuse_texts({"reason": reason}, ("reason",))
    sheet = _there(transition, body_id)
    refuse_frozen(sheet)
    line = SheetLine.objects.filter(sheet=sheet, live=True, code=code[:60]).first()
    if line is None:
        raise Refused.missing(Problem("settling.line-missing", code[:60]))
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("sheet", sheet.pk),
        before={"code": line.code, "amount": line.amount},
        reason=reason,
    )
    SheetLine.objects.filter(pk=line.pk).update(live=False)
    return {"sheet": sheet.pk, "line": line.pk}


@action("settling.balance-confirmed")
def record_confirmation(  # noqa: PLR0913  # what such a paper says
    act: Act,
    *,
    transition_id: int,
    body_id: int,
    number: str,
    on: date,
    amounts: Sequence[Row],
    file_id: int | None = None,
) -> Result:
    """Record what the kho bạc confirms, account by account (xác nhận số dư); the newest counts.

    Shapes: each amount is ``{"account": text, "amount": đồng}``. It may be recorded on a frozen
    sheet too: figures of others do not wait for ours.

    Raises Refused: no number, an account twice, amounts below 0, a day to come.
    """
    transition = take(act, "sheet.confirm", transition_id, body_id)
    refuse_texts({"number": number}, ("number",))
    if on > act.on:
        raise Refused.because("settling.day-to-come", number, on=on)
    if file_id is not None and not StoredFile.objects.filter(pk=file_id).exists():
        raise Refused.missing(Problem("settling.file-missing", number))
    kept = _amounts(amounts)
    sheet = sheet_for(transition, body_id)
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("sheet", sheet.pk),
        after={"number": number, "on": on, "amounts": [list(pair) for pair in kept[:50]]},
        authority=number,
    )
    made = Confirmation.objects.create(
        sheet=sheet, number=number.strip(), on=on, file_id=file_id, entry=entry
    )
    ConfirmedAmount.objects.bulk_create(
        ConfirmedAmount(confirmation=made, account=account, amount=amount)
        for account, amount in kept
    )
    return {"sheet": sheet.pk, "confirmation": made.pk}


def _amounts(amounts: Sequence[Row]) -> list[tuple[str, int]]:
    if not amounts or len(amounts) > MOST_LINES:
        raise Refused.because("settling.amounts-needed")
    problems: list[Problem] = []
    kept: dict[str, tuple[str, int]] = {}
    for row in amounts:
        account, amount = str(row.get("account") or "").strip(), row.get("amount")
        refuse_texts({"account": account})
        key = account_key(account)
        if not key:
            problems.append(Problem("settling.account-needed", account, {"column": "account"}))
        elif key in kept:
            problems.append(Problem("settling.account-twice", account))
        if not isinstance(amount, int) or not 0 <= amount <= LARGEST:
            problems.append(Problem("settling.amount-range", account, {"column": "amount"}))
        else:
            kept[key] = (account, amount)
    refuse_if(problems)
    return list(kept.values())


@action("settling.difference-excused")
def except_difference(  # an exception names its reason and who decided it
    act: Act, *, transition_id: int, body_id: int, code: str, reason: str, decided_by: str
) -> Result:
    """Excuse by name that a line, or an item, does not add up; it holds for this difference only.

    What the kho bạc says is never excused: an unequal total is corrected, not excused.

    Raises Refused: 404 for a code under which nothing differs.
    """
    transition = take(act, "sheet.except", transition_id, body_id)
    refuse_texts({"reason": reason, "decided_by": decided_by}, ("reason", "decided_by"))
    sheet = _there(transition, body_id)
    difference = statement_of(sheet).difference_of(code)
    if difference is None:
        raise Refused.missing(Problem("settling.nothing-to-excuse", code[:80]))
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("sheet", sheet.pk),
        after={"code": code, "difference": difference},
        reason=reason,
        authority=decided_by,
    )
    SheetException.objects.create(
        sheet=sheet, code=code, difference=difference, reason=reason, decided_by=decided_by,
        entry=entry,
    )  # fmt: skip
    return {"sheet": sheet.pk, "difference": difference}


@action("settling.sheet-frozen")
def freeze_sheet(act: Act, *, transition_id: int, body_id: int) -> Result:
    """A head settles the figures of a sheet (chốt số liệu): nothing on it changes until reopened.

    Raises Refused: without lines, or with lines not right in themselves; 409 when it is frozen.
    """
    transition = take(act, "sheet.freeze", transition_id, body_id)
    sheet = _there(transition, body_id)
    refuse_frozen(sheet)
    lines = [line_value(row) for row in SheetLine.objects.filter(sheet=sheet, live=True)]
    if not lines:
        raise Refused.because("settling.sheet-empty", name_of(body_id))
    refuse_if(problem for line in lines for problem in check_line(line))
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("sheet", sheet.pk),
        after={"state": SheetState.FROZEN.value, "lines": len(lines),
               "total": sum(line.amount for line in lines)},
    )  # fmt: skip
    ClosingSheet.objects.filter(pk=sheet.pk).update(state=SheetState.FROZEN)
    return {"sheet": sheet.pk, "lines": len(lines)}


@action("settling.sheet-reopened")
def reopen_sheet(act: Act, *, transition_id: int, body_id: int, reason: str) -> Result:
    """A head opens a frozen sheet again, with the reason."""
    transition = take(act, "sheet.reopen", transition_id, body_id)
    refuse_texts({"reason": reason}, ("reason",))
    sheet = _there(transition, body_id)
    if sheet.state != SheetState.FROZEN:
        raise Refused.conflict(Problem("settling.sheet-is-open", name_of(body_id)))
    act.record(chain=chain_of(transition_id), subject=Ref("sheet", sheet.pk), reason=reason)
    ClosingSheet.objects.filter(pk=sheet.pk).update(state=SheetState.OPEN)
    return {"sheet": sheet.pk}
