"""What must be true between the fields of one row of an inventory."""

from collections.abc import Callable, Mapping
from datetime import date

from thongsuot.rules.handover.kinds import Kind
from thongsuot.rules.handover.season import read
from thongsuot.rules.kernel.problem import Problem

Values = Mapping[str, object]  # the row as read: key → value, None or "" when blank
Rule = Callable[[Kind, Values, date], Problem | None]


def row_problems(kind: Kind, values: Values, on: date) -> tuple[Problem, ...]:
    """Everything wrong between the fields of one row, each with the key of the cell as subject.

    Shapes: ``values`` are text, whole numbers, and days as ``date`` or ISO text; a rule whose
    fields are blank, or known only to the month or year, says nothing. ``on`` is the day of
    reading.
    """
    found = [rule(kind, values, on) for rule in _RULES[kind.code]]
    return tuple(problem for problem in found if problem is not None)


def _day(value: object) -> date | None:
    """The day in a value; None when blank or known only in part."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10:
        return date.fromisoformat(value)
    return None


def _secret_has_seal(kind: Kind, values: Values, on: date) -> Problem | None:
    if values.get("secrecy") in (None, "", "normal") or values.get("seal_no"):
        return None
    secrecy = kind.by_key["secrecy"].label(str(values["secrecy"]))
    return Problem("handover.secret-without-seal", "seal_no", {"secrecy": secrecy})


def _something_counted(kind: Kind, values: Values, on: date) -> Problem | None:
    if values.get("quantity") in (0, "0"):
        return Problem("handover.quantity-zero", "quantity")
    return None


def _cost_not_below_value(kind: Kind, values: Values, on: date) -> Problem | None:
    return _not_above("handover.value-above-cost", values, "value", "original_cost")


def _spent_within_estimate(kind: Kind, values: Values, on: date) -> Problem | None:
    return _not_above("handover.spent-above-estimate", values, "spent", "estimate", blocks=False)


def _disbursed_within_total(kind: Kind, values: Values, on: date) -> Problem | None:
    return _not_above("handover.disbursed-above-total", values, "disbursed", "total")


def _headcount_within_quota(kind: Kind, values: Values, on: date) -> Problem | None:
    return _not_above("handover.headcount-above-quota", values, "headcount", "quota", blocks=False)


def _years_in_order(kind: Kind, values: Values, on: date) -> Problem | None:
    first, last = values.get("year_from"), values.get("year_to")
    if not isinstance(first, int) or not isinstance(last, int) or first <= last:
        return None
    facts = {"year_from": str(first), "year_to": str(last)}
    return Problem("handover.years-reversed", "year_from", facts)


def _not_above(
    code: str, values: Values, low: str, high: str, *, blocks: bool = True
) -> Problem | None:
    small, large = values.get(low), values.get(high)
    if not isinstance(small, int) or not isinstance(large, int) or small <= large:
        return None
    return Problem(code, low, {low: small, high: large}, blocks=blocks)


def _nothing_after_the_count(kind: Kind, values: Values, on: date) -> Problem | None:
    last = _day(values.get("counted_on")) or on
    for key in ("year", "year_to", "year_from"):
        year = values.get(key)
        if isinstance(year, int) and year > last.year:
            facts = {"year": str(year), "counted_on": last}
            return Problem("handover.year-after-count", key, facts)
    received = _day(values.get("received_on"))
    if received and received > last:
        return Problem("handover.received-after-count", "received_on",
                       {"received_on": received, "counted_on": last})  # fmt: skip
    return None


def _counted_in_the_past(kind: Kind, values: Values, on: date) -> Problem | None:
    counted = _day(values.get("counted_on"))
    if counted and counted > on:
        return Problem("handover.counted-in-future", "counted_on", {"counted_on": counted})
    return None


def _season_understood(kind: Kind, values: Values, on: date) -> Problem | None:
    """A season that nobody can turn into days would be found by no radar."""
    season = values.get("season")
    if season in (None, "") or read(str(season)) is not None:
        return None
    return Problem("handover.season-unknown", "season", {"value": str(season)})


def _due_after_receipt(kind: Kind, values: Values, on: date) -> Problem | None:
    received, due = _day(values.get("received_on")), _day(values.get("next_due"))
    if received and due and due < received:
        return Problem("handover.due-before-receipt", "next_due",
                       {"received_on": received, "next_due": due})  # fmt: skip
    return None


def _due_not_past(kind: Kind, values: Values, on: date) -> Problem | None:
    due = _day(values.get("next_due"))
    if due and due < on:
        return Problem("handover.due-passed", "next_due", {"next_due": due}, blocks=False)
    return None


def _percentage(kind: Kind, values: Values, on: date) -> Problem | None:
    share = values.get("digitised")
    if isinstance(share, int) and share > 100:
        return Problem("handover.over-hundred-percent", "digitised", {"share": share})
    return None


def _task_complete(kind: Kind, values: Values, on: date) -> Problem | None:
    """A task without a person, a day or a basis may come in, but the body cannot close on it."""
    wanted = ("assignee", "next_due", "legal_basis")
    missing = tuple(kind.by_key[key].title for key in wanted if not values.get(key))
    if missing:
        return Problem("handover.task-incomplete", "assignee", {"missing": missing}, blocks=False)
    return None


def _seal_returned_to_somebody(kind: Kind, values: Values, on: date) -> Problem | None:
    if values.get("returned_on") and not values.get("returned_to"):
        return Problem("handover.seal-returned-to-nobody", "returned_to")
    return None


def _finding_has_paper(kind: Kind, values: Values, on: date) -> Problem | None:
    if values.get("finance_type") == "finding" and not values.get("paper"):
        return Problem("handover.finding-without-paper", "paper", blocks=False)
    return None


def _contract_not_expired(kind: Kind, values: Values, on: date) -> Problem | None:
    expires = _day(values.get("expires_on"))
    if expires and expires < on:
        return Problem("handover.contract-expired", "expires_on", {"day": expires}, blocks=False)
    return None


_EVERY: tuple[Rule, ...] = (
    _secret_has_seal,
    _something_counted,
    _counted_in_the_past,
    _nothing_after_the_count,
    _due_not_past,
    _season_understood,
)
_RULES: dict[str, tuple[Rule, ...]] = {
    "task": (*_EVERY, _task_complete),
    "case": (*_EVERY, _due_after_receipt),
    "archive": (*_EVERY, _years_in_order, _percentage),
    "asset": (*_EVERY, _cost_not_below_value),
    "office": (*_EVERY, _cost_not_below_value),
    "finance": (*_EVERY, _spent_within_estimate, _finding_has_paper),
    "project": (*_EVERY, _disbursed_within_total),
    "person": _EVERY,
    "service_unit": (*_EVERY, _headcount_within_quota),
    "seal": (*_EVERY, _seal_returned_to_somebody),
    "dataset": (*_EVERY, _contract_not_expired),
}
