"""Any acts in any order through the actions, on whatever database is in use: every invariant, after each.

Every rule is one thing that an office does (or that somebody tries to do to it); after each the
invariants of docs/reliability.md are looked at. The checks here compute their answers themselves
where they can, and do not believe the product that its own sums are right.
"""

import contextlib
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any, ClassVar

from django.db import DatabaseError, connection, transaction
from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from tests.apps.handover.conftest import NOW, Story

from thongsuot.apps.handover import actions, verify
from thongsuot.apps.handover.models import (
    Item,
    Minutes,
    MinutesLine,
    Movement,
    Signature,
    Transition,
    TransitionBody,
)
from thongsuot.apps.handover.models.minutes import LIVE
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import chains, guard
from thongsuot.foundation.trail.acts import HASHED
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.handover import ledger
from thongsuot.rules.handover.minutes import Line, settle

# One after the other, what an office does on its way to the end: every rule at least once.
TOUR = (
    *("list_some", "somebody_edits", "split", "send_again", "clock_jumps", "undo", "split"),
    *("hand_over", "outcome", "skip_a_step", "paperwork", "send_again", "dispute", "outcome"),
    *("clock_jumps", "paperwork", "hand_over", "somebody_edits_without_guards", "somebody_edits"),
    *("paperwork", "send_again", "end", "lock", "send_again"),
)
seeds = st.integers(0, 2**20)
FAR = timedelta(days=400)
ATTACKS = (
    "UPDATE trail_entry SET act = 'x'",
    "DELETE FROM trail_entry",
    "UPDATE handover_movement SET quantity = quantity + 1",
    "DELETE FROM handover_movement",
    "DELETE FROM handover_item",
    "UPDATE handover_item SET q_held = q_held + 1",
    "UPDATE handover_signature SET name = 'x'",
    "UPDATE handover_linecount SET count = 0",
    "UPDATE handover_minutesline SET receiver_count = 0, reason = 'x' WHERE minutes_id IN "
    "(SELECT id FROM handover_minutes WHERE state = 'signed')",
    "UPDATE handover_minutes SET reason = 'x' WHERE state = 'signed'",
    "UPDATE handover_transitionbody SET ended_on = '2025-01-01' WHERE ended_on IS NULL AND EXISTS "
    "(SELECT 1 FROM handover_item i WHERE i.giver_id = body_id AND i.state = 'held')",
)


class Ledger(RuleBasedStateMachine):
    """One district under any order of acts. ``story`` is set by the test, inside its transaction."""

    story: ClassVar[Story]
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.serial = self.value = self.late = 0
        self.at = NOW
        self.sent: list[tuple[Any, ...]] = []
        self.sealed: dict[int, Any] = {}
        self.told: list[tuple[int, str]] = []
        self.ended = self.locked = False

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    # --- doing ----------------------------------------------------------------------------

    def do(self, by: Any, name: str, **values: Any) -> dict[str, Any] | None:
        """Do it, or be refused; whatever else happens is a fault."""
        who = getattr(self.story, by) if isinstance(by, str) else by
        self.serial += 1
        self.at += timedelta(minutes=1)
        key = f"m-{self.serial}"
        values["transition_id"] = self.story.transition
        try:
            told = getattr(actions, name)(self.story.act(who, key, self.at), **values)
        except Refused:
            return None
        assert not self.locked, f"I10 {name} was done in a locked transition"
        self.sent.append((who, key, name, values, told))
        return dict(told)

    def ids(self, draw: Random, most: int = 3) -> list[int]:
        known = list(Item.objects.order_by("id").values_list("pk", flat=True))
        return draw.sample(known, min(len(known), draw.randint(1, most))) if known else [0]

    def paper(self, draw: Random, **of: Any) -> int:
        return draw.choice(
            list(Minutes.objects.filter(**of).order_by("pk").values_list("pk", flat=True)) or [0]
        )

    def rows(self, draw: Random, count: int) -> list[dict[str, Any]]:
        base = self.serial * 10
        return [
            self.story.row(base + n, quantity=draw.randint(1, 9), value=draw.randint(0, 1000))
            for n in range(count)
        ]

    @rule(seed=seeds)
    def list_some(self, seed: int) -> None:
        """A file is taken in; and once more, by the same or another name (I6)."""
        draw = Random(seed)
        rows = self.rows(draw, 3)
        values = {"giver_id": self.story.office, "rows": rows, "batch": draw.choice([None, seed])}
        if self.do("lan", "add_items", **values):
            self.value += sum(int(r["value"]) for r in rows)
            known = Item.objects.count()
            again = draw.sample(rows, len(rows))
            self.do("lan", "add_items", **values | {"rows": again, "batch": seed + 1})
            assert Item.objects.count() == known, "I6 the same rows were taken in twice"

    @initialize(seed=seeds)
    def begin(self, seed: int) -> None:
        """No office begins with nothing."""
        self.hand_over_now(seed)

    @rule(seed=seeds)
    def hand_over(self, seed: int) -> None:
        """The usual way in one go, with a line that is short, over, refused or in order."""
        self.hand_over_now(seed)

    def hand_over_now(self, seed: int) -> None:
        draw = Random(seed)
        rows = self.rows(draw, draw.randint(2, 3))
        done = self.do("lan", "add_items", giver_id=self.story.office, rows=rows)
        if done is None:
            return
        self.value += sum(int(r["value"]) for r in rows)
        for to in (2, 3, 4):
            self.do("lan", "advance_step", to=to, choice={"ids": done["items"]})
        choice = {"ids": done["items"]}
        self.do("lan", "override_receiver", choice=choice, receiver_id=self.story.ward, reason="x")
        made = self.do("lan", "dispatch", choice=choice)
        for minutes in (made or {}).get("minutes", ()):
            if draw.random() < 0.8:
                self.count_all(draw, minutes)
                self.sign_both(draw, minutes)

    def count_all(self, draw: Random, minutes: int) -> None:
        lines = MinutesLine.objects.filter(minutes=minutes).order_by("pk")
        for n, line in enumerate(lines):
            if n == 0 and draw.random() < 0.5:
                values = {"line_id": line.pk, "reason": "không đúng", "version": 0}
                self.do("minh", "refuse_line", minutes_id=minutes, **values)
                continue
            both = (max(0, line.quantity + draw.choice([0, 0, -1, 1])) for _ in range(2))
            for (by, side), number in zip(
                (("lan", "giver"), ("minh", "receiver")), both, strict=True
            ):
                version = getattr(line, f"{side}_version")
                counts = [{"line": line.pk, "count": number, "version": version}]
                self.do(by, "count_lines", minutes_id=minutes, side=side, counts=counts)

    def sign_both(self, draw: Random, minutes: int) -> None:
        story, alone = self.story, draw.random() < 0.3
        second = story.actor(101, "Trần Thị Lan", story.minh.hat.role, story.ward)
        for by, side in (("lan", "giver"), (second if alone else "minh", "receiver")):
            content = story.content(minutes)
            self.do(by, "sign", minutes_id=minutes, side=side, content=content, fresh=True)

    @rule(seed=seeds)
    def paperwork(self, seed: int) -> None:
        """Minutes are taken back, opened again, counted again, corrected."""
        draw = Random(seed)
        minutes = self.paper(draw)
        what = draw.choice(["withdraw", "reopen", "count", "sign", "correct"])
        if what == "withdraw":
            self.do("lan", "withdraw_minutes", minutes_id=minutes, reason="x")
        elif what == "reopen":
            self.do("lan", "reopen_minutes", minutes_id=minutes, reason="x")
        elif what == "count" and minutes:
            self.count_all(draw, minutes)
        elif what == "sign" and minutes:
            self.sign_both(draw, minutes)
        elif minutes:
            self.correct(draw)

    def correct(self, draw: Random) -> None:
        minutes = self.paper(draw, state="signed")
        lines = list(MinutesLine.objects.filter(minutes=minutes, refused=False).order_by("pk"))
        if lines:
            values = {"lines": [draw.choice(lines).pk], "reason": "đếm lại"}
            made = self.do("lan", "correct_after_signature", minutes_id=minutes, **values)
            if made:
                self.count_all(draw, made["minutes"])
                self.sign_both(draw, made["minutes"])

    @rule(seed=seeds)
    def outcome(self, seed: int) -> None:
        """What becomes of things that are not handed over as they are."""
        draw = Random(seed)
        name, more = draw.choice(
            [
                ("close_items", {}),
                ("destroy_items", {"authority": "QĐ"}),
                ("keep_items", {"authority": "QĐ", "keeper_id": self.story.department}),
                ("report_missing", {}),
                ("report_missing", {"quantity": draw.randint(1, 12)}),
                ("report_found", {}),
                ("reopen_items", {"of": draw.choice(["closed", "kept"])}),
            ]
        )
        self.do("lan", name, choice={"ids": self.ids(draw)[:1]}, reason="x", **more)

    @rule(seed=seeds)
    def split(self, seed: int) -> None:
        """A thing is divided; sometimes by parts that do not add up."""
        draw = Random(seed)
        held = list(Item.objects.filter(state="held", q_held__gt=1).order_by("pk"))
        if held:
            item = draw.choice(held)
            first = draw.randint(1, item.q_held - 1)
            rest = max(1, item.q_held - first - draw.choice([0, 0, 1]))
            self.do(
                "lan", "split_item", item_id=item.pk, reason="x",
                parts=[{"quantity": first}, {"quantity": rest}],
            )  # fmt: skip

    @rule(seed=seeds)
    def skip_a_step(self, seed: int) -> None:
        """Somebody is in a hurry."""
        draw = Random(seed)
        choice = {"ids": self.ids(draw)}
        self.do("lan", "advance_step", to=draw.randint(2, 4), choice=choice)

    @rule(seed=seeds)
    def dispute(self, seed: int) -> None:
        """Two sides do not agree; the city decides."""
        draw = Random(seed)
        of = draw.choice(["held", "accepted"])
        (pk,) = self.ids(draw)[:1]
        self.do("lan", "open_dispute", item_id=pk, of=of, reason="x")
        to = draw.choice(["held", "accepted", "missing"])
        self.do("city", "settle_dispute", item_id=pk, to=to, reason="x", authority="TB")

    @rule(seed=seeds)
    def undo(self, seed: int) -> None:
        """An import is taken off the list again; somebody may have begun to work on it."""
        draw = Random(seed)
        rows = self.rows(draw, 2)
        done = self.do("lan", "add_items", giver_id=self.story.office, rows=rows, batch=seed)
        if done:
            self.value += sum(int(r["value"]) for r in rows)
            if draw.random() < 0.5:
                self.do("lan", "advance_step", to=2, choice={"ids": done["items"]})
            if self.do("lan", "undo_items", batch=seed):
                self.value -= sum(int(r["value"]) for r in rows)

    @rule(seed=seeds)
    def send_again(self, seed: int) -> None:
        """A lost answer: the same act with the same key, however long ago (I7)."""
        if not self.sent:
            return
        who, key, name, values, first = Random(seed).choice(self.sent)
        before = Entry.objects.count()
        try:
            told = getattr(actions, name)(self.story.act(who, key, self.at), **values)
        except Refused as refused:
            raise AssertionError(f"I7 {name}: not the first answer, but {refused}") from refused
        assert Entry.objects.count() == before, f"I7 {name} was done twice for one key"
        assert told == first, f"I7 {name}: another answer to the same key"

    @rule(seed=seeds)
    def clock_jumps(self, seed: int) -> None:
        """The clock of the machine is wrong, one way or the other (I5)."""
        self.at += Random(seed).choice([-FAR, -timedelta(seconds=90), timedelta(hours=1)])

    @rule(seed=seeds)
    def somebody_edits(self, seed: int) -> None:
        """A statement past all the rules: the database refuses it (I4, I8, I9)."""
        for attack in Random(seed).sample(ATTACKS, len(ATTACKS)):
            with (
                contextlib.suppress(DatabaseError),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(attack)
                touched = cursor.rowcount
                assert not touched, f"I4 done to {touched} rows: {attack}"

    @rule(seed=seeds)
    def somebody_edits_without_guards(self, seed: int) -> None:
        """The guards are taken away and history is changed: verify names it (I4)."""
        draw = Random(seed)
        entries = list(Entry.objects.order_by("id").values_list("pk", flat=True))
        name = draw.choice(["reason", "actor_name", "authority", "actor_post", "act", *HASHED[-4:]])
        if name not in (
            "before",
            "after",
            "reason",
            "authority",
            "actor_name",
            "act",
            "actor_post",
        ):
            return
        inner = transaction.savepoint()
        guard.remove()
        value: Any = {"x": 1} if name in ("before", "after") else "khác"
        Entry.objects.filter(pk=draw.choice(entries)).update(**{name: value})
        found = list(chains.faults())
        transaction.savepoint_rollback(inner)
        assert found, f"I4 {name} of an entry was changed and nobody says so"

    def clear_the_desk(self) -> None:
        """Nothing is left on the way, in dispute or in hand."""
        for minutes in Minutes.objects.filter(state__in=LIVE).order_by("pk"):
            self.do("lan", "withdraw_minutes", minutes_id=minutes.pk, reason="x")
        for item in Item.objects.filter(q_disputed__gt=0).order_by("pk"):
            values = {"item_id": item.pk, "to": "missing", "reason": "x", "authority": "TB"}
            self.do("city", "settle_dispute", **values)
        self.do("lan", "close_items", choice={"filter": {"state": "held"}}, reason="xong")

    @rule(seed=seeds)
    def end(self, seed: int) -> None:
        """The body ends, if nothing is left; afterwards nothing may be put under it (I9)."""
        draw = Random(seed)
        if self.serial > 30 and draw.random() < 0.8:
            self.clear_the_desk()
        if self.do("city", "close_body", body_id=self.story.office, in_registry=False):
            self.ended = True
        if self.ended:
            rows = self.rows(draw, 1)
            for name, more in (("add_items", {}), ("add_late_finds", {"reason": "thấy sau"})):
                done = self.do("lan", name, giver_id=self.story.office, rows=rows, **more)
                assert not done, f"I9 {name} put things under a body that had ended"

    @rule(seed=seeds)
    def lock(self, seed: int) -> None:
        """The transition is locked; nothing is written in it afterwards (I10)."""
        if not self.locked and self.serial > 40 and Random(seed).random() < 0.5:
            self.clear_the_desk()
            for body in self.story.office, self.story.district:
                if self.do("city", "close_body", body_id=body, in_registry=False):
                    self.ended = self.ended or body == self.story.office
            self.locked = bool(self.do("city", "close_transition"))
        if self.locked:
            self.do("city", "set_dates", days={"deadline_on": date(2025, 8, 30)})
            self.do("city", "name_residual_desk", body_id=self.story.department)

    # --- looking --------------------------------------------------------------------------

    @invariant()
    def everything_fits(self) -> None:
        """Every invariant that can be looked at in one state."""
        type(self).steps += 1
        self.look()

    def look(self) -> None:
        assert [str(p) for p in verify.faults()] == [], "I1 I8 kept is not what was moved"
        assert [str(p) for p in chains.faults()] == [], "I4 I5 the chain"
        now = list(Entry.objects.order_by("id").values_list("pk", "hash"))
        assert now[: len(self.told)] == self.told, "I4 not a prefix"
        self.told = now
        items = list(Item.objects.order_by("pk"))
        self.conservation(items)
        self.custody(items)
        self.papers()
        self.orphans()

    def conservation(self, items: list[Item]) -> None:
        """I1, I17: what came equals what is somewhere; parts equal the whole, in pieces and đồng."""
        moved = Movement.objects.values("kind").annotate(n=Sum("quantity"))
        by_kind = Counter({m["kind"]: m["n"] for m in moved})
        came = sum(by_kind[k] for k in ("opened", "late-found", "over")) - by_kind["undone"]
        outside = Movement.objects.filter(kind="corrected", src="").aggregate(n=Sum("quantity"))[
            "n"
        ]
        places = sum(sum(getattr(i, f"q_{p}") for p in ledger.PLACES) for i in items)
        assert places == came + (outside or 0), "I1 conservation"
        assert by_kind["split-from"] == by_kind["split-to"], "I17 parts are not the whole"
        live = [i for i in items if i.state not in (ledger.UNDONE, ledger.REPLACED)]
        assert sum(i.value or 0 for i in live) == self.value, "I17 value lost or made"

    def custody(self, items: list[Item]) -> None:
        """I2: every part has one who answers, by the movements alone."""
        moves: dict[int, list[ledger.Movement]] = {}
        for m in Movement.objects.order_by("id"):
            one = ledger.Movement(
                str(m.item_id), m.kind, m.src, m.dst, m.quantity, m.body_id or 0, m.on,
                "x", "x", m.minutes_id or 0,
            )  # fmt: skip
            moves.setdefault(m.item_id, []).append(one)
        for item in items:
            held = ledger.holders(item.giver_id, moves.get(item.pk, []))
            wanted = item.opened - item.q_closed - item.q_destroyed
            assert sum(h.quantity for h in held) == wanted, f"I2 {item.code}"
        on_the_way = {i.pk: i.q_transit for i in items if i.q_transit}
        live = MinutesLine.objects.filter(live=True, minutes__corrects=None)
        assert on_the_way == dict(live.values_list("item", "quantity")), (
            "I2 in transit on no minutes"
        )
        gone = Item.objects.filter(state=ledger.UNDONE)
        assert not gone.exclude(step=1).exists(), "I17 taken off the list after work was done on it"

    def papers(self) -> None:
        """I8, I16: what was signed stays, by two people of two bodies, and moved what it says."""
        for minutes in Minutes.objects.filter(state="signed").order_by("pk"):
            lines = list(MinutesLine.objects.filter(minutes=minutes).order_by("pk").values_list())
            assert self.sealed.setdefault(minutes.pk, lines) == lines, "I8 signed lines changed"
            signed = Signature.objects.filter(minutes=minutes, round=minutes.round)
            people = set(signed.values_list("user", flat=True))
            assert len(people) == 2, f"I16 {people} signed for both sides"
            if not minutes.corrects_id:
                self.as_the_rules_say(minutes)

    def as_the_rules_say(self, minutes: Minutes) -> None:
        wanted = Counter()
        for line in MinutesLine.objects.filter(minutes=minutes):
            value = Line(
                "", line.quantity, line.giver_count, line.receiver_count, line.refused, "x"
            )
            for part in settle(value):
                wanted[line.item_id, part.kind, part.dst] += part.quantity
        kinds = ("received", "refused", "short", "differing", "over")
        real = Counter()
        for m in Movement.objects.filter(minutes=minutes, kind__in=kinds):
            real[m.item_id, m.kind, m.dst] += m.quantity
        assert wanted == real, "I1 the signature moved something else than the rules say"

    def orphans(self) -> None:
        """I9, I10."""
        for row in TransitionBody.objects.exclude(ended_on=None):
            left = Item.objects.filter(giver=row.body_id, transition=row.transition_id).exclude(
                q_held=0, q_transit=0
            )
            assert not left.exists(), "I9 an ended body still holds something"
        closed = Transition.objects.filter(state="closed").exists()
        assert closed == self.locked, "I10 the lock"


def tours(machine: type[Ledger], count: int) -> None:
    """Walk the tour so many times, each time with other draws, looking after every step."""
    for number in range(count):
        draw, state = Random(number), machine()
        try:
            state.hand_over_now(draw.randrange(2**20))
            state.everything_fits()
            for name in TOUR:
                getattr(state, name)(draw.randrange(2**20))
                state.everything_fits()
        finally:
            state.teardown()
