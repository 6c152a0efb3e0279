"""The closing sheet of a body: what it has, owes and is owed on its last day, to the đồng.

Three things must hold before finance is handed over. Each line is right in itself; money that the
kho bạc keeps is what the kho bạc confirms, account by account; and the finance items of the
ledger add up to the lines, one by one. Whatever differs is named with its line and its difference.

That minutes state receivables, payables and unimplemented conclusions was read in a source; which
columns a sheet has was not, and is to be confirmed by the province's own guidance.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import LARGEST


class Section(StrEnum):
    """The parts of a closing sheet, in the order in which they are printed."""

    BALANCE = "balance"  # số dư tài khoản
    CASH = "cash"  # tồn quỹ tiền mặt
    ESTIMATE = "estimate"  # dự toán: giao, đã chi, còn lại
    HELD = "held"  # tiền tạm giữ
    ADVANCE = "advance"  # tạm ứng
    RECEIVABLE = "receivable"  # nợ phải thu
    PAYABLE = "payable"  # nợ phải trả
    FINDING = "finding"  # kết luận thanh tra, kiểm toán chưa thực hiện
    REVENUE = "revenue"  # thu ngân sách so với kế hoạch


# What the kho bạc keeps, and so confirms by account.
CONFIRMED = frozenset({Section.BALANCE, Section.ESTIMATE, Section.HELD})
OWED = frozenset({Section.ADVANCE, Section.RECEIVABLE, Section.PAYABLE})
# The sort of finance item in the ledger that stands behind a line. Revenue is a figure, not a thing.
SORT_OF: Mapping[Section, str] = {
    **{section: section.value for section in Section if section is not Section.REVENUE},
    Section.CASH: "balance",
}
_LOOSE = re.compile(r"[\s.\-–]+")


def account_key(text: str) -> str:
    """An account as it is compared: 3714.0.1000001 and 3714 0 1000001 are one account."""
    return _LOOSE.sub("", text).upper()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a closing sheet; amounts in whole đồng.

    ``granted`` is the estimate granted, of revenue the plan of the year; ``spent`` only of
    estimates, whose ``amount`` is what is left. ``items`` are codes of finance items, where the
    person who made the sheet named them.
    """

    section: Section
    code: str
    title: str
    amount: int
    account: str = ""
    granted: int | None = None
    spent: int | None = None
    counterparty: str = ""
    paper: str = ""
    items: tuple[str, ...] = ()


def check_line(line: Line) -> tuple[Problem, ...]:
    """What is wrong in a line by itself. ``Problem.subject`` is its code, ``column`` says where."""
    found = [Problem(code, line.code, facts) for holds, code, facts in _demands(line) if not holds]
    return (*found, *_estimate(line))


def _demands(line: Line) -> Iterator[tuple[bool, str, Mapping[str, object]]]:
    yield bool(line.code.strip()), "settling.code-needed", {"column": "code"}
    yield bool(line.title.strip()), "settling.title-needed", {"column": "title"}
    yield 0 <= line.amount <= LARGEST, "settling.amount-range", {"column": "amount"}
    for column, value in (("granted", line.granted), ("spent", line.spent)):
        in_range = value is None or 0 <= value <= LARGEST
        yield in_range, "settling.amount-range", {"column": column}
    if line.section in CONFIRMED:
        yield bool(account_key(line.account)), "settling.account-needed", {"column": "account"}
    if line.section in OWED:
        named = bool(line.counterparty.strip())
        yield named, "settling.counterparty-needed", {"column": "counterparty"}
    if line.section is Section.FINDING:
        yield bool(line.paper.strip()), "settling.paper-needed", {"column": "paper"}
    if line.section is Section.REVENUE:
        yield bool(line.granted), "settling.plan-needed", {"column": "granted"}


def _estimate(line: Line) -> Iterator[Problem]:
    if line.section is not Section.ESTIMATE:
        return
    if line.granted is None or line.spent is None:
        yield Problem("settling.estimate-needed", line.code, {"column": "granted"})
        return
    left = line.granted - line.spent
    if left < 0:
        facts: dict[str, object] = {"column": "spent", "over": -left}
        yield Problem("settling.spent-over-granted", line.code, facts)
    elif left != line.amount:
        facts = {"column": "amount", "left": left, "stated": line.amount}
        yield Problem("settling.left-differs", line.code, facts)


def totals(lines: Iterable[Line]) -> dict[Section, int]:
    """The amount of each section that has lines, in the order of printing."""
    sums = dict.fromkeys(Section, 0)
    seen = set()
    for line in lines:
        sums[line.section] += line.amount
        seen.add(line.section)
    return {section: sums[section] for section in Section if section in seen}


def share(part: int, whole: int) -> int | None:
    """``part`` of ``whole`` in hundredths of a percent, half up; None of nothing (9195 is 91,95 %)."""
    return (part * 20_000 + whole) // (2 * whole) if whole > 0 else None


@dataclass(frozen=True, slots=True)
class Account:
    """One account: what the sheet says, what the kho bạc confirms, on which lines it stands.

    ``confirmed`` None: the kho bạc says nothing about it. ``lines`` empty: the sheet does not.
    """

    number: str
    sheet: int
    confirmed: int | None
    lines: tuple[str, ...]

    @property
    def difference(self) -> int:
        """How much more the sheet says than the kho bạc."""
        return self.sheet - (self.confirmed or 0)

    @property
    def ties(self) -> bool:
        """Whether both speak of the account and say the same."""
        return self.confirmed is not None and bool(self.lines) and not self.difference


def tie(lines: Iterable[Line], confirmed: Mapping[str, int]) -> tuple[Account, ...]:
    """Sheet and confirmation side by side, an account a row, in the order of the sheet.

    Shapes: ``confirmed`` maps account numbers as written to đồng; accounts are compared by
    ``account_key``. The differences add up to the difference of the two totals.
    """
    names: dict[str, str] = {}
    sums: dict[str, int] = {}
    codes: dict[str, list[str]] = {}
    for line in lines:
        if line.section in CONFIRMED:
            key = account_key(line.account)
            names.setdefault(key, line.account)
            sums[key] = sums.get(key, 0) + line.amount
            codes.setdefault(key, []).append(line.code)
    said: dict[str, int] = {}
    for number, amount in confirmed.items():
        key = account_key(number)
        names.setdefault(key, number)
        said[key] = said.get(key, 0) + amount
    return tuple(
        Account(name, sums.get(key, 0), said.get(key), tuple(codes.get(key, ())))
        for key, name in names.items()
    )


def tie_problems(accounts: Iterable[Account]) -> tuple[Problem, ...]:
    """Every account on which sheet and kho bạc differ, to the đồng, with the lines it stands on."""
    return tuple(
        Problem(
            _tie_code(account),
            account.number,
            {
                "sheet": account.sheet,
                "confirmed": account.confirmed or 0,
                "difference": abs(account.difference),
                "more": account.difference > 0,
                "lines": account.lines,
            },
        )
        for account in accounts
        if not account.ties
    )


def _tie_code(account: Account) -> str:
    if account.confirmed is None:
        return "settling.account-unconfirmed"
    if not account.lines:
        return "settling.account-not-on-sheet"
    more = account.difference > 0
    return "settling.sheet-says-more" if more else "settling.treasury-says-more"


@dataclass(frozen=True, slots=True)
class LedgerItem:
    """A finance item as far as it must add up: ``sort`` is its finance type, ``amount`` its đồng.

    ``root`` is the code of the item it was split from, empty when it was not.
    """

    code: str
    sort: str
    amount: int
    account: str = ""
    root: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A line of the sheet with the items of the ledger that stand behind it."""

    line: str
    section: Section
    amount: int
    items: tuple[str, ...]
    summed: int

    @property
    def difference(self) -> int:
        """How much more the sheet says than the ledger."""
        return self.amount - self.summed

    @property
    def adds_up(self) -> bool:
        """Whether the items are as much as the line; revenue needs none, nor does nothing."""
        if self.section is Section.REVENUE:
            return True
        return not self.difference and bool(self.items or not self.amount)


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Every line with its items, and the items that stand under no line."""

    matches: tuple[Match, ...]
    strays: tuple[LedgerItem, ...]


def reconcile(lines: Iterable[Line], items: Iterable[LedgerItem]) -> Reconciled:
    """Put every finance item under the line it belongs to; each stands under one line at most.

    By the codes that the line names; else by the line with the item's own code, or that of the
    item it was split from; else by the only line of its sort with its account.
    """
    kept = list(lines)
    ways = (
        _by_code((line, code) for line in kept for code in line.items),
        _by_code((line, line.code) for line in kept if line.section is not Section.REVENUE),
        _by_account(kept),
    )
    under: dict[int, list[LedgerItem]] = {}
    strays: list[LedgerItem] = []
    at_of = {id(line): at for at, line in enumerate(kept)}
    for item in items:
        line = next((found for way in ways if (found := way(item)) is not None), None)
        if line is None:
            strays.append(item)
        else:
            under.setdefault(at_of[id(line)], []).append(item)
    matches = tuple(_match(line, under.get(at, [])) for at, line in enumerate(kept))
    return Reconciled(matches, tuple(strays))


Way = Callable[[LedgerItem], Line | None]


def _match(line: Line, items: list[LedgerItem]) -> Match:
    codes = tuple(item.code for item in items)
    return Match(line.code, line.section, line.amount, codes, sum(i.amount for i in items))


def _by_code(pairs: Iterable[tuple[Line, str]]) -> Way:
    first: dict[str, Line] = {}
    for line, code in pairs:
        first.setdefault(code, line)

    def find(item: LedgerItem) -> Line | None:
        return first.get(item.code) or (first.get(item.root) if item.root else None)

    return find


def _by_account(lines: Iterable[Line]) -> Way:
    found: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        key = account_key(line.account)
        if key and line.section in SORT_OF:
            found.setdefault((SORT_OF[line.section], key), []).append(line)

    def find(item: LedgerItem) -> Line | None:
        same = found.get((item.sort, account_key(item.account)), [])
        return same[0] if len(same) == 1 else None

    return find


def ledger_problems(
    reconciled: Reconciled, excepted: Mapping[str, int], only: frozenset[str] | None = None
) -> Iterator[Problem]:
    """Lines whose items do not add up and items without a line, but for the named exceptions.

    Shapes: ``excepted`` maps codes of lines and of items to the difference that was excused: one
    đồng more and it is no longer excused. ``only`` are the codes of the items asked about (those
    on some minutes), None for all.
    """
    for match in reconciled.matches:
        asked = only is None or bool(only & set(match.items))
        if match.adds_up or not asked or excepted.get(match.line) == match.difference:
            continue
        facts: dict[str, object] = {
            "amount": match.amount,
            "summed": match.summed,
            "difference": abs(match.difference),
            "items": match.items[:6],
        }
        code = "settling.line-differs" if match.items else "settling.line-without-items"
        yield Problem(code, match.line, facts)
    for item in reconciled.strays:
        asked = only is None or item.code in only
        if asked and excepted.get(item.code) != -item.amount:
            yield Problem("settling.item-without-line", item.code, {"amount": item.amount})


@dataclass(frozen=True, slots=True)
class Statement:
    """A closing sheet with all that it is held against.

    ``confirmed`` None: no confirmation of the kho bạc has been recorded. ``number`` is its number.
    """

    frozen: bool
    lines: tuple[Line, ...]
    confirmed: Mapping[str, int] | None
    items: tuple[LedgerItem, ...] = ()
    excepted: Mapping[str, int] = field(default_factory=dict)
    number: str = ""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """Sheet and kho bạc side by side."""
        return tie(self.lines, self.confirmed or {})

    @property
    def reconciled(self) -> Reconciled:
        """Sheet and ledger side by side."""
        return reconcile(self.lines, self.items)

    def difference_of(self, code: str) -> int | None:
        """What an exception for a line or an item would excuse; None when there is nothing to."""
        found = self.reconciled
        for match in found.matches:
            if match.line == code:
                return None if match.adds_up else match.difference
        return next((-item.amount for item in found.strays if item.code == code), None)

    @property
    def kept_by_treasury(self) -> bool:
        """Whether some line says what the kho bạc keeps."""
        return any(line.section in CONFIRMED for line in self.lines)


def sheet_problems(body: str, statement: Statement | None) -> Iterator[Problem]:
    """What stands against the sheet of a body as a whole: missing, open, unconfirmed, differing."""
    if statement is None:
        yield Problem("settling.no-sheet", body)
        return
    if not statement.frozen:
        yield Problem("settling.sheet-open", body)
    if statement.confirmed is None:
        if statement.kept_by_treasury:
            yield Problem("settling.no-confirmation", body)
        return
    yield from tie_problems(statement.accounts)


def signing_problems(
    body: str, statement: Statement | None, on_minutes: frozenset[str]
) -> tuple[Problem, ...]:
    """Why minutes with these finance items of a body may not be signed; empty when they may."""
    found = list(sheet_problems(body, statement))
    if statement is not None:
        found += ledger_problems(statement.reconciled, statement.excepted, on_minutes)
    return tuple(found)


def closing_problems(body: str, statement: Statement | None) -> tuple[Problem, ...]:
    """Why the finance of a body keeps it from ending; empty when it does not."""
    found = list(sheet_problems(body, statement))
    if statement is not None:
        found += ledger_problems(statement.reconciled, statement.excepted)
    return tuple(found)
