"""The way of a decision as a table: who must have spoken before whom, and the explicit short cuts.

draft → consult → endorse → the committee submits → the Party's standing board gives its opinion →
the council decides in session → resolution → publication → implementation. What the committee
decides itself leaves out the session. Each short cut is an act of its own and leaves its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.problem import Problem

COUNCIL, COMMITTEE = "council", "committee"
TRACKS = (COUNCIL, COMMITTEE)
DRAFT, CONSULTING, READY, SUBMITTED, OPINED, SCHEDULED = (
    "draft", "consulting", "ready", "submitted", "opined", "scheduled",
)  # fmt: skip
RESOLVED, PUBLISHED, IMPLEMENTING, DONE, REJECTED, WITHDRAWN = (
    "resolved", "published", "implementing", "done", "rejected", "withdrawn",
)  # fmt: skip
STATES = (DRAFT, CONSULTING, READY, SUBMITTED, OPINED, SCHEDULED, RESOLVED, PUBLISHED,
          IMPLEMENTING, DONE, REJECTED, WITHDRAWN)  # fmt: skip
BOTH = frozenset(TRACKS)

# (state, act) → (state after, tracks). What is not in the table cannot be done.
TABLE: Mapping[tuple[str, str], tuple[str, frozenset[str]]] = {
    (DRAFT, "consult"): (CONSULTING, BOTH),  # gửi lấy ý kiến
    (DRAFT, "skip-consult"): (READY, BOTH),  # không phải lấy ý kiến: có lý do
    (CONSULTING, "endorse"): (READY, BOTH),  # tiếp thu, thống nhất xong
    (CONSULTING, "redraft"): (DRAFT, BOTH),
    (READY, "redraft"): (DRAFT, BOTH),
    (READY, "submit"): (SUBMITTED, BOTH),  # UBND trình
    (SUBMITTED, "opine"): (OPINED, BOTH),  # Ban Thường vụ thống nhất
    (SUBMITTED, "opine-urgent"): (OPINED, BOTH),  # Thường trực cho ý kiến thay: có lý do
    (SUBMITTED, "return"): (DRAFT, BOTH),  # Ban Thường vụ chưa thống nhất
    (OPINED, "schedule"): (SCHEDULED, frozenset({COUNCIL})),  # đưa vào chương trình kỳ họp
    (SCHEDULED, "postpone"): (OPINED, frozenset({COUNCIL})),
    (SCHEDULED, "pass"): (RESOLVED, frozenset({COUNCIL})),  # HĐND thông qua
    (SCHEDULED, "reject"): (REJECTED, frozenset({COUNCIL})),
    (OPINED, "decide"): (RESOLVED, frozenset({COMMITTEE})),  # UBND quyết định trong thẩm quyền
    (RESOLVED, "publish"): (PUBLISHED, BOTH),
    (PUBLISHED, "implement"): (IMPLEMENTING, BOTH),
    (IMPLEMENTING, "finish"): (DONE, BOTH),
    (DRAFT, "withdraw"): (WITHDRAWN, BOTH),
    (CONSULTING, "withdraw"): (WITHDRAWN, BOTH),
    (READY, "withdraw"): (WITHDRAWN, BOTH),
    (SUBMITTED, "withdraw"): (WITHDRAWN, BOTH),
    (OPINED, "withdraw"): (WITHDRAWN, BOTH),
}
ACTS = tuple(dict.fromkeys(act for _state, act in TABLE))
REASONED = frozenset({"skip-consult", "opine-urgent", "return", "redraft", "postpone", "reject",
                      "withdraw"})  # fmt: skip
SHORT_CUTS = frozenset({"skip-consult", "opine-urgent"})
SIGNED = frozenset({"submit", "opine", "opine-urgent", "return", "pass", "reject", "decide"})
NUMBERED = frozenset({"submit", "opine", "opine-urgent", "pass", "decide", "publish"})
OVER = frozenset({DONE, REJECTED, WITHDRAWN})
MOVE = "move"  # not a step of the way: the docket goes on where it stands, with a successor
SHORTEST_REASON = 10

# The papers that must lie there before an act, by track.
NEEDED: Mapping[tuple[str, str], tuple[str, ...]] = {
    (COUNCIL, "submit"): ("draft-resolution", "explanation"),
    (COMMITTEE, "submit"): ("draft-decision", "explanation"),
    (COUNCIL, "schedule"): ("draft-resolution", "explanation", "opinion"),
    (COUNCIL, "pass"): ("draft-resolution", "explanation", "opinion", "review"),
    (COMMITTEE, "decide"): ("draft-decision", "explanation", "opinion"),
}
PAPERS = ("draft-resolution", "draft-decision", "explanation", "opinion", "review", "other")


@dataclass(frozen=True, slots=True)
class Docket:
    """A decision on its way. ``since`` is the day of its last step; ``papers`` what lies there."""

    code: str
    track: str
    state: str = DRAFT
    since: date | None = None
    papers: frozenset[str] = frozenset()
    unanswered: tuple[str, ...] = ()
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step asked for: which act, on which day, with which number and reason; fresh: re-proved."""

    act: str
    on: date
    number: str = ""
    reason: str = ""
    fresh: bool = False


def next_state(docket: Docket, act: str) -> str | None:
    """The state the act leads to on this track; None when it cannot be done now."""
    found = TABLE.get((docket.state, act))
    return found[0] if found and docket.track in found[1] else None


def doable(docket: Docket) -> tuple[str, ...]:
    """The acts that the table allows now, in the order of the table."""
    return tuple(act for act in ACTS if next_state(docket, act) is not None)


def missing_papers(docket: Docket, act: str) -> tuple[str, ...]:
    """The papers that an act needs and that do not lie there."""
    needed = NEEDED.get((docket.track, act), ())
    return tuple(kind for kind in needed if kind not in docket.papers)


def check_step(docket: Docket, step: Step, today: date) -> tuple[Problem, ...]:
    """Why a step may not be taken: the order, the papers, the answers, the reason, the signature."""
    if next_state(docket, step.act) is None:
        facts: dict[str, object] = {"state": docket.state, "act": step.act}
        return (Problem("decisions.not-in-this-state", docket.code, facts),)
    found = [
        Problem("decisions.paper-missing", docket.code, {"paper": kind})
        for kind in missing_papers(docket, step.act)
    ]
    if step.on > today:
        found.append(Problem("decisions.day-to-come", docket.code, {"on": step.on}))
    if docket.since is not None and step.on < docket.since:
        facts = {"on": step.on, "since": docket.since}
        found.append(Problem("decisions.days-out-of-order", docket.code, facts))
    if step.act in REASONED and len(step.reason.strip()) < SHORTEST_REASON:
        found.append(Problem("decisions.reason-needed", docket.code, {"least": SHORTEST_REASON}))
    if step.act in NUMBERED and not step.number.strip():
        found.append(Problem("decisions.number-needed", docket.code))
    if step.act in SIGNED and not step.fresh:
        found.append(Problem("decisions.sign-again", docket.code))
    if step.act == "endorse":
        found += check_endorsed(docket, step)
    return tuple(found)


def check_endorsed(docket: Docket, step: Step) -> list[Problem]:
    """Consulting ends when all have answered, or when the day has passed and a reason is given."""
    if not docket.unanswered:
        return []
    if not docket.overdue:
        return [Problem("decisions.opinions-awaited", docket.code, {"bodies": docket.unanswered})]
    if len(step.reason.strip()) < SHORTEST_REASON:
        facts: dict[str, object] = {"bodies": docket.unanswered}
        return [Problem("decisions.silence-needs-reason", docket.code, facts)]
    return []


def order_faults(track: str, acts: Iterable[str]) -> tuple[Problem, ...]:
    """What is wrong in a history of acts from the draft on; empty when the order was kept.

    This is the whole promise of the room: nothing is resolved by a council that was not submitted
    by the committee and opined on by the Party first.
    """
    docket = Docket("", track)
    for act in acts:
        if act == MOVE:
            continue
        state = next_state(docket, act)
        if state is None:
            facts: dict[str, object] = {"state": docket.state, "act": act}
            return (Problem("decisions.order-broken", "", facts),)
        docket = Docket("", track, state)
    return ()
