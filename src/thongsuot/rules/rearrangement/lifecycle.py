"""How far a scheme is, and which version of which option was approved."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.rearrangement.option import Founded, Line, Present, check_option

DRAFT, SUBMITTED, CONSULTED = "draft", "submitted", "consulted"
APPROVED, CARRYING, DONE, DROPPED = "approved", "carrying", "done", "dropped"
STATES = (DRAFT, SUBMITTED, CONSULTED, APPROVED, CARRYING, DONE, DROPPED)
PROPOSED = (DRAFT, SUBMITTED, CONSULTED)  # options may still change
ENDED = (DONE, DROPPED)

# (state, act) → state. What is not in the table cannot be done.
STEPS: Mapping[tuple[str, str], str] = {
    (DRAFT, "units"): DRAFT,
    (DRAFT, "send"): DRAFT,
    **{(state, "option"): state for state in PROPOSED},
    (DRAFT, "submit"): SUBMITTED,
    (SUBMITTED, "consult"): CONSULTED,
    (CONSULTED, "consult"): CONSULTED,
    (CONSULTED, "opine"): CONSULTED,
    (SUBMITTED, "send-back"): DRAFT,
    (CONSULTED, "send-back"): DRAFT,
    (CONSULTED, "approve"): APPROVED,
    (APPROVED, "begin"): CARRYING,
    (CARRYING, "carry"): CARRYING,
    (CARRYING, "close"): DONE,
    **{(state, "drop"): DROPPED for state in PROPOSED},
}  # fmt: skip


def check_step(state: str, act: str, subject: str = "") -> Problem | None:
    """Whether the act is possible in that state; the facts name both."""
    if (state, act) in STEPS:
        return None
    return Problem("rearrangement.not-in-this-state", subject, {"state": state, "act": act})


def opens_version(state: str) -> bool:
    """Whether changing an option now makes another version: others have read the one there is."""
    return state in (SUBMITTED, CONSULTED)


@dataclass(frozen=True, slots=True)
class Option:
    """One option with every version of its lines, the newest last."""

    versions: tuple[tuple[Line, ...], ...] = ((),)
    founded: tuple[Founded, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The version in use."""
        return self.versions[-1]


@dataclass(frozen=True, slots=True)
class Case:
    """A scheme as far as it must never end with a unit forgotten or counted twice."""

    state: str = DRAFT
    present: tuple[Present, ...] = ()
    options: Mapping[str, Option] = field(default_factory=dict)
    chosen: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One act: ``unit`` for units, ``option`` and ``line`` for a fate, ``option`` for approving."""

    act: str
    option: str = ""
    unit: Present | None = None
    line: Line | None = None


def after(case: Case, event: Event) -> Case | Problem:
    """The scheme after an act, or why it is refused; the same table as the pages and the API."""
    problem = check_step(case.state, event.act)
    if problem is not None:
        return problem
    moved = replace(case, state=STEPS[case.state, event.act])
    if event.act == "units" and event.unit is not None:
        kept = tuple(p for p in case.present if p.code != event.unit.code)
        return replace(moved, present=(*kept, event.unit))
    if event.act == "option" and event.line is not None:
        return replace(moved, options={**case.options, event.option: _written(case, event)})
    if event.act == "submit":
        return moved if case.options else Problem("rearrangement.no-option")
    if event.act == "approve":
        return _approved(case, moved, event.option)
    return moved


def _written(case: Case, event: Event) -> Option:
    old = case.options.get(event.option, Option())
    line = event.line
    rest = tuple(x for x in old.lines if line is not None and x.unit != line.unit)
    lines = (*rest, line) if line is not None else rest
    kept = old.versions if opens_version(case.state) else old.versions[:-1]
    return replace(old, versions=(*kept, lines))


def _approved(case: Case, moved: Case, letter: str) -> Case | Problem:
    option = case.options.get(letter)
    if option is None:
        return Problem("rearrangement.option-missing")
    found = check_option(case.present, option.lines, option.founded)
    if found:
        return found[0]
    return replace(moved, chosen=letter, version=len(option.versions))
