"""Who may decide: answers a second, the diff of the whole country, the oracle at its full size.

``python -m bench.authority``: 20,000 rules of 7,000 matters over 34 provinces and 3,321 communes, a
tenth limited to units, a twentieth passed on, 4,000 delegations; no database. The memory figure is
of this process with the whole world in it. The card page is asked over a loaded office (SQLite).
"""

import argparse
import random
import resource
import statistics
import sys
import time
from datetime import date, timedelta

from bench.machine import words
from bench.office import office, p95
from thongsuot.rules.authority.asking import Question, who_may
from thongsuot.rules.authority.comparing import Side, compare
from thongsuot.rules.authority.table import Table
from thongsuot.rules.authority.values import Delegation, Office, Rule
from thongsuot.rules.authority.world import BodyAt, Picture, PostAt, Seat
from thongsuot.rules.kernel.period import Period

PROVINCES, COMMUNES = 34, 3_321
JULY, END = date(2025, 7, 1), date(2027, 3, 1)
GOAL_ANSWERS, GOAL_DIFF, GOAL_PAGE = 2_000, 3.0, 150.0
WARM = 20  # pages that are not counted


def country() -> Picture:
    """Every unit with its committee, a chairman and a deputy in post."""
    world = Picture()
    unit = 0
    communes = [COMMUNES // PROVINCES + (n < COMMUNES % PROVINCES) for n in range(PROVINCES)]
    for count in communes:
        unit += 1
        province = unit
        world.units[province].append((Period(), "province", None))
        _committee(world, province)
        for _ in range(count):
            unit += 1
            world.units[unit].append((Period(JULY, None), "commune", province))
            _committee(world, unit)
    world.spans = {"province": [Period()], "commune": [Period(JULY, None)], "centre": [Period()]}
    return world


def _committee(world: Picture, unit: int) -> None:
    world.acting[(unit, "peoples-committee")].append(BodyAt(unit, f"UBND {unit}"))
    for at, title in enumerate(("chu tich ubnd", "pho chu tich ubnd")):
        post = unit * 10 + at
        world.of_body[unit].append(PostAt(post, title, title, at))
        world.in_post[post].append(Seat(post, post, f"Người {post}"))


def rules(dice: random.Random, count: int, units: list[int]) -> list[Rule]:
    """A third of the matters have one rule, the rest two or more over time, place or amount."""
    commune = Office("commune", "peoples-committee", "Chủ tịch UBND")
    province = Office("province", "peoples-committee")
    made: list[Rule] = []
    for n in range(count):
        matter = f"m{n % 7_000}"
        round_ = n // 7_000
        place = frozenset(dice.sample(units, 3)) if dice.random() < 0.1 else frozenset()
        passed = dice.random() < 0.05
        since = JULY if round_ == 0 else JULY + timedelta(days=dice.randrange(600))
        made.append(
            Rule(
                f"r{n:05d}", "decentralisation" if passed else "division", matter,
                province if dice.random() < 0.2 else commune,
                field=f"f{n % 12}", origin=province if passed else None,
                period=Period(since, END if dice.random() < 0.7 else None), place=place,
                most=1_000_000_000 if dice.random() < 0.1 else None,
                replaces=frozenset({f"r{n - 7_000:05d}"}) if round_ and dice.random() < 0.6 else frozenset(),
                id=n,
            )
        )  # fmt: skip
    return made


def delegations(dice: random.Random, units: list[int], count: int) -> list[Delegation]:
    chosen = dice.sample(units, min(count, len(units)))
    return [
        Delegation(
            n + 1, f"d{n}", unit, unit * 10, unit * 10, unit, unit * 10 + 1, 0,
            Period(JULY, END), fields=frozenset({f"f{n % 12}"}),
        )
        for n, unit in enumerate(chosen)
    ]  # fmt: skip


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rules", type=int, default=20_000)
    asked.add_argument("--questions", type=int, default=40_000)
    asked.add_argument("--oracle", type=int, default=100_000)
    asked.add_argument("--pages", type=int, default=200, help="card pages asked for; 0: none")
    chosen = asked.parse_args()
    print(words())
    dice = random.Random(2025)
    began = time.process_time()
    world = country()
    units = sorted(world.units)
    places = [u for u in units if world.units[u][0][1] == "commune"]
    print(f"units {len(units):,}, built in {time.process_time() - began:.2f} s CPU")
    began = time.process_time()
    table = Table(rules(dice, chosen.rules, units), delegations(dice, units, 4_000))
    print(f"rules {chosen.rules:,}, made and indexed in {time.process_time() - began:.2f} s CPU")
    rate = _answers(table, world, places, chosen.questions, dice)
    slowest = 0.0
    for first, then in ((JULY, END), (JULY - timedelta(days=1), JULY), (JULY, date(2026, 3, 1))):
        began = time.process_time()
        lines = compare(Side(table, first), Side(table, then), world)
        took = time.process_time() - began
        slowest = max(slowest, took)
        print(f"diff of the country {first} → {then}: {len(lines):,} lines in {took:.2f} s CPU")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    wrong = _oracle(chosen.oracle)
    page = _card(chosen.pages) if chosen.pages else 0.0
    missed = rate < GOAL_ANSWERS or slowest > GOAL_DIFF or page > GOAL_PAGE
    return int(missed or wrong > 0)


def _answers(
    table: Table, world: Picture, places: list[int], count: int, dice: random.Random
) -> float:
    """Ask as many questions as told; answers a second of CPU."""
    questions = [
        Question(
            f"m{dice.randrange(7_000)}", dice.choice(places),
            JULY + timedelta(days=dice.randrange(700)), dice.choice((None, 10**6, 10**12)),
        )
        for _ in range(count)
    ]  # fmt: skip
    times, states = [], set()
    began = time.process_time()
    for question in questions:
        at = time.perf_counter()
        states.add(str(who_may(table, world, question).state))
        times.append(time.perf_counter() - at)
    spent = time.process_time() - began
    rate = len(questions) / spent
    p95 = statistics.quantiles(times, n=20)[-1] * 1_000
    print(f"answers: {rate:,.0f} a second of CPU, p95 {p95:.3f} ms, states {sorted(states)}")
    return rate


def _card(count: int) -> float:
    """The card page over the loaded registry and register, random matters and communes; p95 in CPU ms."""
    with office("sqlite"):
        from django.core.management import call_command
        from django.test import Client

        from thongsuot.apps.authority.models import Matter
        from thongsuot.apps.registry.models import UnitVersion

        call_command("load_registry", verbosity=0)
        call_command("load_authority", verbosity=0)
        matters = list(Matter.objects.values_list("code", flat=True))
        communes = UnitVersion.objects.filter(unit__level="commune", until=None)
        places = list(communes.values_list("unit__key", flat=True))
        dice, client = random.Random(7), Client()
        taken, worked = [], []
        for n in range(count + WARM):
            asked = {"viec": dice.choice(matters), "noi": dice.choice(places),
                     "ngay": dice.choice(("2025-07-15", "2026-03-01", "2027-03-02"))}  # fmt: skip
            at, before = time.perf_counter(), time.process_time()
            if client.get("/tham-quyen/", asked).status_code != 200:
                raise SystemExit(f"the card does not answer {asked}")
            if n >= WARM:
                taken.append((time.perf_counter() - at) * 1_000)
                worked.append((time.process_time() - before) * 1_000)
    print(
        f"card page, {len(places):,} communes, {count} questions: p50 {statistics.median(taken):.0f} ms, "
        f"p95 {p95(taken):.0f} ms; CPU p50 {statistics.median(worked):.0f} ms, p95 {p95(worked):.0f} ms"
    )
    return p95(worked)


def _oracle(cases: int) -> int:
    """The independent oracle of the tests at its full size."""
    from tests.rules.authority.test_oracle import disagreements

    began = time.process_time()
    asked, _states, wrong = disagreements(range(5_000, 5_000 + cases // 200), 200)
    spent = time.process_time() - began
    print(f"oracle: {asked:,} random cases, {len(wrong)} disagreements, {spent:.1f} s CPU")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
