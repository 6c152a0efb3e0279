"""Any acts in any order: nothing is lost, doubled, orphaned or changed after signature."""

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from thongsuot.rules.handover import balance, ledger, lifecycle, minutes
from thongsuot.rules.handover.ledger import KINDS, NOTHING, OUTSIDE, Buckets, Movement
from thongsuot.rules.kernel.quantity import divide

GIVER, WARDS, RESIDUAL, CITY = 1, (2, 3, 4), 8, 9
PEOPLE = {1: (101, 102), 2: (201, 202), 3: (301, 302), 4: (401, 402), 8: (801, 802)}


class No(Exception):
    """The rules said no. Nothing was changed."""


class Known(dict[str, "Thing"]):
    """Items by code; asking for one that was never listed is refused."""

    def __missing__(self, code: str) -> "Thing":
        raise No("handover.item-unknown")


@dataclass
class Thing:
    giver: int
    moves: list[Movement] = field(default_factory=list)
    buckets: Buckets = NOTHING
    step: int = 1
    receiver: int = 0
    parent: str = ""
    split: bool = False

    @property
    def state(self) -> str:
        return ledger.state_of(self.buckets, split=self.split)


@dataclass
class Paper:
    lines: dict[str, minutes.Line]
    giver: int
    receiver: int
    state: str = lifecycle.COUNTING
    signatures: list[minutes.Signing] = field(default_factory=list)
    sealed: str = ""


class World:
    """One district, three wards, a residual desk. ``defects`` names mistakes made on purpose."""

    def __init__(self, *defects: str) -> None:
        self.defects = frozenset(defects)
        self.things = Known()
        self.papers: list[Paper] = []
        self.keys: dict[str, object] = {}
        self.posted: list[tuple[str, Movement]] = []
        self.opened = self.found = self.withdrawn = 0
        self.dissolved: set[int] = set()
        self.sealed_now: dict[int, str] = {}

    def once(self, key: str, act: object) -> bool:
        """Whether this key is new; the same key with another act is refused."""
        if "no-key" in self.defects:
            return True
        if key in self.keys:
            if self.keys[key] != act:
                raise No("trail.key-reused")
            return False
        self.keys[key] = act
        return True

    def post(self, *moves: Movement) -> None:
        """All the movements or none."""
        after = {}
        for move in moves:
            start = after.get(move.item, self.things[move.item].buckets)
            result = ledger.apply(start, move)
            if not isinstance(result, Buckets):
                raise No(result[0].code)
            after[move.item] = result
        for move in moves:
            self.things[move.item].moves.append(move)
            self.posted.append((move.item, move))
        for code, buckets in after.items():
            self.things[code].buckets = buckets

    def add(self, code: str, quantity: int, *, late: bool = False) -> None:
        giver = RESIDUAL if late and GIVER in self.dissolved else GIVER
        if code in self.things and self.things[code].state != ledger.UNDONE:
            raise No("handover.code-taken")
        if giver in self.dissolved and "add-to-dissolved" not in self.defects:
            raise No("handover.body-ended")
        old = self.things.get(code)
        thing = Thing(giver, moves=list(old.moves) if old else [])
        self.things[code] = thing
        kind = "late-found" if late else "opened"
        self.post(Movement(code, kind, OUTSIDE, "held", quantity, reason="thấy sau"))
        if late:
            self.found += quantity
        else:
            self.opened += quantity

    def undo(self, code: str) -> None:
        thing = self.things[code]
        if [m.kind for m in thing.moves][-1:] != ["opened"] or thing.step != 1:
            raise No("handover.touched-since")
        quantity = thing.buckets.held
        self.post(Movement(code, "undone", "held", OUTSIDE, quantity))
        self.withdrawn += quantity

    def advance(self, code: str, to: int) -> None:
        problem = lifecycle.check_step(code, self.things[code].step, to)
        if problem and "skip-step" not in self.defects:
            raise No(problem.code)
        if to in lifecycle.STEPS:
            self.things[code].step = to

    def dispatch(self, receiver: int, codes: list[str]) -> None:
        if receiver in self.dissolved:
            raise No("handover.body-ended")
        moves, lines = [], {}
        for code in codes:
            thing = self.things[code]
            if thing.step < lifecycle.CLASSIFY or not thing.buckets.held:
                raise No("handover.not-ready")
            held = thing.buckets.held
            moves.append(Movement(code, "dispatched", "held", "transit", held, receiver))
            lines[code] = minutes.Line(code, held)
        givers = {self.things[c].giver for c in codes}
        if len(givers) != 1 or givers & self.dissolved:
            raise No("handover.two-givers")
        self.post(*moves)
        for code in codes:
            self.things[code].step, self.things[code].receiver = lifecycle.HAND_OVER, receiver
        self.papers.append(Paper(lines, givers.pop(), receiver))

    def count(self, at: int, code: str, side: str, number: int) -> None:
        paper = self.papers[at]
        if "count-after-signing" not in self.defects:
            self.state(paper, "count")
        paper.lines[code] = replace(paper.lines[code], **{f"{side}_count": number})

    def refuse(self, at: int, code: str) -> None:
        paper = self.papers[at]
        self.state(paper, "count")
        paper.lines[code] = replace(paper.lines[code], refused=True, reason="không đúng")

    def state(self, paper: Paper, act: str) -> None:
        if lifecycle.check_state(lifecycle.MINUTES, paper.state, act):
            raise No("handover.not-in-this-state")

    def content(self, paper: Paper) -> str:
        return minutes.content_hash({"giver": paper.giver}, paper.lines.values())

    def sign(self, at: int, side: str, user: int, body: int) -> None:
        paper = self.papers[at]
        self.state(paper, f"sign-{side}")
        content = self.content(paper)
        new = minutes.Signing(user, body, side, content)
        problems = minutes.check_ready(paper.lines.values()) + minutes.check_signing(
            new,
            paper.signatures,
            giver=paper.giver,
            receiver=paper.receiver,
            content=content,
        )
        if "two-eyes" in self.defects:
            problems = tuple(p for p in problems if p.code != "handover.four-eyes")
        if problems:
            raise No(problems[0].code)
        if side == minutes.RECEIVER:
            self.receive(at, paper, content)
        paper.signatures.append(new)
        paper.state = lifecycle.MINUTES[paper.state, f"sign-{side}"]

    def receive(self, at: int, paper: Paper, content: str) -> None:
        moves = []
        for code, line in paper.lines.items():
            for part in minutes.settle(line):
                if part.kind == "short" and "short-lost" in self.defects:
                    continue
                body = 0 if part.dst == "held" else paper.receiver
                moves.append(
                    Movement(
                        code, part.kind, part.src, part.dst, part.quantity, body, None,
                        line.reason or "theo biên bản", "", at + 1,
                    )
                )  # fmt: skip
        self.post(*moves)
        self.found += sum(m.quantity for m in moves if m.kind == "over")
        paper.sealed = self.sealed_now[at] = content
        if "short-lost" in self.defects:
            for code in paper.lines:
                thing = self.things[code]
                thing.buckets = replace(thing.buckets, transit=0)

    def withdraw(self, at: int) -> None:
        paper = self.papers[at]
        self.state(paper, "withdraw")
        self.post(
            *(Movement(c, "withdrawn", "transit", "held", x.sent) for c, x in paper.lines.items())
        )
        paper.state = lifecycle.WITHDRAWN

    def correct(
        self, at: int, code: str, giver: int, receiver: int, users: tuple[int, int]
    ) -> None:
        paper = self.papers[at]
        self.state(paper, "correct")
        line, thing = paper.lines[code], self.things[code]
        if users[0] == users[1] or line.refused:
            raise No("handover.four-eyes")
        now = thing.buckets
        counted = replace(line, sent=now.accepted, giver_count=giver, receiver_count=receiver)
        parts = minutes.settle_correction(counted, now)
        self.post(
            *(
                Movement(
                    code,
                    p.kind,
                    p.src,
                    p.dst,
                    p.quantity,
                    paper.receiver,
                    None,
                    "đếm lại",
                    "",
                    at + 1,
                )
                for p in parts
            )
        )
        self.found += sum(p.quantity for p in parts if p.src == OUTSIDE)
        if "edit-signed" in self.defects:
            paper.lines[code] = replace(line, receiver_count=receiver)

    def move(self, code: str, kind: str, src: str, dst: str, quantity: int, body: int) -> None:
        if self.things[code].giver in self.dissolved and "held" in (src, dst):
            raise No("handover.body-ended")
        self.post(Movement(code, kind, src, dst, quantity, body, None, "lý do", "QĐ 5"))

    def split(self, code: str, weights: list[int]) -> None:
        thing = self.things[code]
        total = thing.buckets.held
        if total < len(weights):
            raise No("handover.not-divisible")
        parts = divide(total, weights)
        if "remainder-lost" in self.defects:
            parts = tuple(total * w // sum(weights) for w in weights)
        if any(f"{code}/{n}" in self.things for n in range(len(parts))) or not all(parts):
            raise No("handover.code-taken")
        moves = [Movement(code, "split-from", "held", OUTSIDE, total, reason="chia")]
        for n, part in enumerate(parts):
            name = f"{code}/{n}"
            self.things[name] = Thing(thing.giver, step=thing.step, parent=code)
            moves.append(Movement(name, "split-to", OUTSIDE, "held", part, reason="chia"))
        self.post(*moves)
        thing.split = True

    def dissolve(self) -> None:
        rows = [self.row(t) for t in self.things.values() if t.giver == GIVER]
        problems = balance.closing_problems(rows, residual_desk=True)
        if any(p.blocks for p in problems) and "dissolve-anyway" not in self.defects:
            raise No(problems[0].code)
        self.dissolved.add(GIVER)

    def row(self, thing: Thing) -> balance.BalanceRow:
        places = Buckets(**{thing.state: 1}) if thing.state in ledger.PLACES else NOTHING
        opened = thing.buckets.opened
        return balance.BalanceRow(
            thing.giver, "asset", places.opened, places, "cái", opened, thing.buckets
        )

    def check(self) -> None:
        """Every invariant, at any moment."""
        for code, thing in self.things.items():
            faults = ledger.check_against_movements(
                code, thing.buckets.opened, thing.buckets, thing.moves
            )
            assert faults == (), f"I1 {code}: {faults}"
            held_by = ledger.holders(thing.giver, thing.moves)
            ended = thing.buckets.closed + thing.buckets.destroyed
            assert sum(h.quantity for h in held_by) == thing.buckets.opened - ended, f"I2 {code}"
            assert thing.buckets.transit == 0 or thing.step == lifecycle.HAND_OVER, f"steps {code}"
        total = sum(t.buckets.opened for t in self.things.values())
        assert total == self.opened + self.found - self.withdrawn, "I1/I17 sum"
        for at, paper in enumerate(self.papers):
            if paper.state == lifecycle.SIGNED:
                assert self.content(paper) == self.sealed_now[at], "I8 sealed"
                users = {s.user for s in paper.signatures}
                assert len(users) == 2, "I16 four eyes"
        for code, thing in self.things.items():
            if thing.giver in self.dissolved:
                assert thing.buckets.held + thing.buckets.transit == 0, f"I9 orphan {code}"


codes = st.sampled_from(["A", "B", "C", "D"])
wards = st.sampled_from(WARDS)
numbers = st.integers(0, 30)
FREE = [
    (k.code, src, dst)
    for k in KINDS.values()
    for src, dst in k.pairs
    if src and dst and not k.minutes and k.code not in ("dispatched", "withdrawn")
]


class Handover(RuleBasedStateMachine):
    """The world under any order of acts."""

    defects: tuple[str, ...] = ()

    def __init__(self) -> None:
        super().__init__()
        self.world = World(*self.defects)
        self.serial = 0

    def attempt(self, act: str, *args: object, again: bool = False, **more: object) -> None:
        self.serial += 0 if again else 1
        key = str(self.serial)
        try:
            if self.world.once(key, (act, repr(args), repr(more))):
                before = len(self.world.posted)
                getattr(self.world, act)(*args, **more)
                if again and len(self.world.posted) > before:
                    raise AssertionError("I7 the same key posted twice")
        except No:
            return

    @rule(code=codes, quantity=st.integers(1, 20), late=st.booleans())
    def add(self, code: str, quantity: int, late: bool) -> None:
        self.attempt("add", code, quantity, late=late)

    @rule(code=codes, quantity=st.integers(1, 20))
    def add_twice_with_one_key(self, code: str, quantity: int) -> None:
        """A lost answer: the client sends the same act with the same key again."""
        self.attempt("add", f"{code}2", quantity)
        self.attempt("add", f"{code}2", quantity, again=True)
        self.attempt("move", f"{code}2", "missed", "held", "missing", 1, 0)
        self.attempt("move", f"{code}2", "missed", "held", "missing", 1, 0, again=True)

    def some(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from(sorted(self.world.things)))

    @precondition(lambda self: self.world.things)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        self.attempt("undo", self.some(data))

    @precondition(lambda self: self.world.things)
    @rule(data=st.data(), to=st.integers(1, 6))
    def advance(self, data: st.DataObject, to: int) -> None:
        self.attempt("advance", self.some(data), to)

    @precondition(lambda self: self.world.things)
    @rule(data=st.data())
    def work_through(self, data: st.DataObject) -> None:
        code = self.some(data)
        for to in (2, 3, 4):
            self.attempt("advance", code, to)

    @precondition(lambda self: self.world.things)
    @rule(data=st.data(), ward=wards)
    def dispatch(self, data: st.DataObject, ward: int) -> None:
        chosen = data.draw(
            st.lists(
                st.sampled_from(sorted(self.world.things)), min_size=1, max_size=3, unique=True
            )
        )
        self.attempt("dispatch", ward, chosen)

    @rule(
        code=codes,
        ward=wards,
        short=st.integers(0, 2),
        quantity=st.integers(1, 20),
        own=st.booleans(),
    )
    def hand_over(self, code: str, ward: int, short: int, quantity: int, own: bool) -> None:
        """The usual way, in one go: what is rare by chance is everyday life in an office."""
        self.attempt("add", code, quantity)
        for to in (2, 3, 4):
            self.attempt("advance", code, to)
        known = len(self.world.papers)
        self.attempt("dispatch", ward, [code])
        if len(self.world.papers) > known:
            sent = self.world.papers[known].lines[code].sent
            self.attempt("count", known, code, "giver", max(0, sent - short // 2))
            self.attempt("count", known, code, "receiver", max(0, sent - short))
            self.attempt("sign", known, "giver", PEOPLE[GIVER][0], GIVER)
            second = PEOPLE[ward if own else GIVER][0]
            self.attempt("sign", known, "receiver", second, ward)

    def paper(self, data: st.DataObject) -> int:
        return data.draw(st.integers(0, len(self.world.papers) - 1))

    def line(self, data: st.DataObject, at: int) -> str:
        return data.draw(st.sampled_from(sorted(self.world.papers[at].lines)))

    @precondition(lambda self: self.world.papers)
    @rule(data=st.data(), side=st.sampled_from(["giver", "receiver"]), number=numbers)
    def count(self, data: st.DataObject, side: str, number: int) -> None:
        at = self.paper(data)
        self.attempt("count", at, self.line(data, at), side, number)

    @precondition(lambda self: self.world.papers)
    @rule(data=st.data(), short=st.integers(0, 2))
    def count_all(self, data: st.DataObject, short: int) -> None:
        at = self.paper(data)
        for code, line in self.world.papers[at].lines.items():
            self.attempt("count", at, code, "giver", line.sent)
            self.attempt("count", at, code, "receiver", max(0, line.sent - short))

    @precondition(lambda self: self.world.papers)
    @rule(data=st.data())
    def refuse(self, data: st.DataObject) -> None:
        at = self.paper(data)
        self.attempt("refuse", at, self.line(data, at))

    @precondition(lambda self: self.world.papers)
    @rule(data=st.data(), side=st.sampled_from(["giver", "receiver"]))
    def sign(self, data: st.DataObject, side: str) -> None:
        at = self.paper(data)
        paper = self.world.papers[at]
        body = paper.giver if side == "giver" else paper.receiver
        user = data.draw(st.sampled_from(PEOPLE[body] + PEOPLE[paper.giver]))
        self.attempt("sign", at, side, user, body)

    @precondition(lambda self: self.world.papers)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        self.attempt("withdraw", self.paper(data))

    @precondition(lambda self: self.world.papers)
    @rule(data=st.data(), giver=numbers, receiver=numbers, second=st.sampled_from([101, 201]))
    def correct(self, data: st.DataObject, giver: int, receiver: int, second: int) -> None:
        at = self.paper(data)
        self.attempt("correct", at, self.line(data, at), giver, receiver, (101, second))

    @precondition(lambda self: self.world.things)
    @rule(data=st.data(), how=st.sampled_from(FREE), quantity=st.integers(0, 20), ward=wards)
    def move(
        self, data: st.DataObject, how: tuple[str, str, str], quantity: int, ward: int
    ) -> None:
        self.attempt("move", self.some(data), *how, quantity, ward)

    @precondition(lambda self: self.world.things)
    @rule(data=st.data())
    def close_all_of_one(self, data: st.DataObject) -> None:
        code = self.some(data)
        self.attempt(
            "move", code, "closed", "held", "closed", self.world.things[code].buckets.held, 0
        )

    @precondition(lambda self: self.world.things)
    @rule(data=st.data(), weights=st.lists(st.integers(1, 5), min_size=2, max_size=3))
    def split(self, data: st.DataObject, weights: list[int]) -> None:
        self.attempt("split", self.some(data), weights)

    @rule()
    def dissolve(self) -> None:
        self.attempt("dissolve")

    @invariant()
    def all_invariants_hold(self) -> None:
        self.world.check()


RUN = settings(
    max_examples=120,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
SEARCH = settings(RUN, max_examples=1000, derandomize=True, database=None, phases=[Phase.generate])

Handover.TestCase.settings = RUN
TestHandover = Handover.TestCase

DEFECTS = (
    "no-key",
    "add-to-dissolved",
    "skip-step",
    "count-after-signing",
    "two-eyes",
    "short-lost",
    "edit-signed",
    "remainder-lost",
    "dissolve-anyway",
)


@pytest.mark.parametrize("defect", DEFECTS)
def test_every_mistake_put_in_on_purpose_is_found(defect: str) -> None:
    faulty = type("Faulty", (Handover,), {"defects": (defect,)})
    with pytest.raises((AssertionError, ExceptionGroup)):
        run_state_machine_as_test(faulty, settings=SEARCH)


def test_the_giver_of_the_world_is_the_one_that_ends() -> None:
    world = World()
    world.dissolve()
    assert world.dissolved == {GIVER}
    with pytest.raises(No, match="body-ended"):
        world.add("A", 1)
    world.add("A", 1, late=True)
    assert world.things["A"].giver != GIVER
