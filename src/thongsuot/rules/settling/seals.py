"""The states of a seal as a table, the paper that each step needs, and what is outstanding.

Old seals of a body that ends go back to the police body that registered them, which certifies
that it has them; one that is lost is announced in writing. New ones are issued to a body that
begins. That old seals are recalled was read in a source; the papers of each step were not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from thongsuot.rules.kernel.problem import Problem

IN_USE, REPORTED, RETURNED, CERTIFIED, LOST, ANNOUNCED = (
    "in-use", "reported", "returned", "certified", "lost", "announced",
)  # fmt: skip
# (state, act) → state. What is not in the table cannot be done.
TABLE: Mapping[tuple[str, str], str] = {
    (IN_USE, "report"): REPORTED,  # kê khai vào danh sách nộp lại
    (REPORTED, "return"): RETURNED,  # nộp cho cơ quan công an
    (RETURNED, "certify"): CERTIFIED,  # có giấy chứng nhận đã thu hồi
    (IN_USE, "lose"): LOST,
    (REPORTED, "lose"): LOST,
    (LOST, "announce"): ANNOUNCED,  # thông báo hủy giá trị sử dụng
    (LOST, "find"): REPORTED,
    (ANNOUNCED, "find"): REPORTED,
}
STATES = (IN_USE, REPORTED, RETURNED, CERTIFIED, LOST, ANNOUNCED)
ACTS = ("report", "return", "certify", "lose", "announce", "find")
SETTLED = frozenset({CERTIFIED, ANNOUNCED})
NUMBERED = frozenset({"certify", "announce"})  # steps that rest on a paper with a number
REASONED = frozenset({"lose", "find"})
DIGITAL = "digital"  # a digital signature does not go back to the police
POLICE = "police"
FIRST = 10


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a seal as asked for: which act, on which day, on which paper, to whom.

    ``receiver_kind`` is the kind of the receiving body, empty when there is none.
    """

    act: str
    on: date
    number: str = ""
    reason: str = ""
    receiver: int = 0
    receiver_kind: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal as far as its steps go; ``since`` is the day of its last step, None before any."""

    code: str
    state: str
    seal_type: str = ""
    since: date | None = None
    old: bool = True


def next_state(state: str, act: str) -> str | None:
    """The state that the act leads to; None when it cannot be done in this state."""
    return TABLE.get((state, act))


def doable(state: str) -> tuple[str, ...]:
    """The acts that are possible in a state, in the order of the table of acts."""
    return tuple(act for act in ACTS if (state, act) in TABLE)


def check_step(seal: Seal, step: Step, today: date) -> tuple[Problem, ...]:
    """Why a step may not be taken: state, order of days, the paper, the receiver."""
    if (seal.state, step.act) not in TABLE:
        facts: dict[str, object] = {"state": seal.state, "act": step.act}
        return (Problem("settling.seal-not-in-this-state", seal.code, facts),)
    found = []
    if not seal.old:
        found.append(Problem("settling.seal-is-new", seal.code))
    if step.on > today:
        found.append(Problem("settling.day-to-come", seal.code, {"on": step.on}))
    if seal.since is not None and step.on < seal.since:
        facts = {"on": step.on, "since": seal.since}
        found.append(Problem("settling.days-out-of-order", seal.code, facts))
    if step.act in NUMBERED and not step.number.strip():
        found.append(Problem("settling.number-needed", seal.code))
    if step.act in REASONED and not step.reason.strip():
        found.append(Problem("settling.reason-needed", seal.code))
    if step.act == "return":
        found += _check_receiver(seal, step)
    return tuple(found)


def _check_receiver(seal: Seal, step: Step) -> list[Problem]:
    if not step.receiver:
        return [Problem("settling.receiver-needed", seal.code)]
    if seal.seal_type != DIGITAL and step.receiver_kind != POLICE:
        return [Problem("settling.receiver-not-police", seal.code)]
    return []


def outstanding(seals: Iterable[Seal]) -> tuple[Seal, ...]:
    """The old seals that have neither come back with a certificate nor been announced as lost."""
    return tuple(seal for seal in seals if seal.old and seal.state not in SETTLED)


def closing_problems(seals: Iterable[Seal]) -> tuple[Problem, ...]:
    """Why the seals of a body keep it from ending: how many, then the first by code and state."""
    left = outstanding(seals)
    if not left:
        return ()
    named = sorted(left, key=lambda seal: seal.code)[:FIRST]
    return (
        Problem("settling.seals-outstanding", "", {"count": len(left)}),
        *(Problem("settling.seal-outstanding", s.code, {"state": s.state}) for s in named),
    )


def check_issue(code: str, title: str, number: str, issuer_kind: str) -> tuple[Problem, ...]:
    """What a new seal needs: a code, a name, the certificate of registration, a police issuer."""
    demands = (
        (bool(code.strip()), "settling.code-needed"),
        (bool(title.strip()), "settling.title-needed"),
        (bool(number.strip()), "settling.number-needed"),
        (issuer_kind == POLICE, "settling.receiver-not-police"),
    )
    return tuple(Problem(name, code) for holds, name in demands if not holds)
