"""Small invented worlds full of edges: tiers that end, posts that empty, rules that clash and pass on."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from thongsuot.rules.authority.values import Delegation, Office, Rule
from thongsuot.rules.authority.world import BodyAt, Picture, PostAt, Seat
from thongsuot.rules.kernel.period import Period

FIRST = date(2025, 5, 1)
DAYS = 800
MATTERS = [f"m{n}" for n in range(6)]
ORGANS = ("peoples-committee", "peoples-council", "department")
TITLES = ("", "", "chu tich")
MONEY = (None, 0, 1, 50, 100, 101, 500)


@dataclass
class Invented:
    """A world with its rules and delegations, and the dice it was made with."""

    world: Picture
    rules: list[Rule]
    delegations: list[Delegation]
    places: list[int]
    dice: random.Random

    def day(self) -> date:
        return FIRST + timedelta(days=self.dice.randrange(DAYS))

    def amount(self) -> int | None:
        return self.dice.choice(MONEY)


def period(dice: random.Random) -> Period:
    since = None if dice.random() < 0.3 else FIRST + timedelta(days=dice.randrange(DAYS // 2))
    if dice.random() < 0.35:
        return Period(since, None)
    start = since or FIRST
    return Period(since, start + timedelta(days=dice.randrange(1, DAYS)))


def world_of(dice: random.Random) -> tuple[Picture, list[int]]:
    """Two provinces; districts that end on 1 July 2025; communes that hang on another unit after it."""
    world = Picture()
    turn = date(2025, 7, 1)
    unit = 0
    places: list[int] = []
    for _ in range(2):
        unit += 1
        province = unit
        world.units[province].append((Period(), "province", None))
        places.append(province)
        unit += 1
        district = unit
        world.units[district].append((Period(None, turn), "district", province))
        places.append(district)
        for n in range(3):
            unit += 1
            if n == 0:
                world.units[unit].append((Period(None, turn), "commune", district))
            elif n == 1:
                world.units[unit].append((Period(None, turn), "commune", district))
                world.units[unit].append((Period(turn, None), "commune", province))
            else:
                world.units[unit].append((Period(turn, None), "commune", province))
            places.append(unit)
    _furnish(world, dice, places)
    return world, places


def _furnish(world: Picture, dice: random.Random, places: list[int]) -> None:
    for place in places:
        for organ in ORGANS:
            for _ in range(dice.choice((0, 1, 1, 1, 2))):
                _body(world, dice, place, organ)
        if dice.random() < 0.2:
            world.without[(place, "peoples-council")].append(period(dice))


def _body(world: Picture, dice: random.Random, place: int, organ: str) -> None:
    body = 1 + sum(len(held) for held in world.acting.values())
    world.acting[(place, organ)].append(BodyAt(body, f"B{body}", period(dice)))
    for rank in range(dice.choice((0, 1, 2))):
        post = 1 + sum(len(held) for held in world.of_body.values())
        title = "chu tich" if rank == 0 and dice.random() < 0.8 else "pho chu tich"
        when = period(dice) if dice.random() < 0.3 else Period()
        world.of_body[body].append(PostAt(post, title, title, rank, when))
        start = FIRST
        for at in range(dice.choice((0, 1, 2))):
            ends = start + timedelta(days=dice.randrange(30, 500))
            person = dice.randrange(1, 60)
            world.in_post[post].append(
                Seat(post * 10 + at, person, f"P{person}", Period(start, ends))
            )
            start = ends + timedelta(days=dice.randrange(0, 60))


def office(dice: random.Random) -> Office:
    tier = dice.choice(("commune", "commune", "province", "district", "centre"))
    organ = dice.choice((*ORGANS, ""))
    return Office(tier, organ, dice.choice(TITLES) if organ else "")


def rules_of(dice: random.Random, places: list[int], count: int) -> list[Rule]:
    rules: list[Rule] = []
    for n in range(count):
        matter = dice.choice(MATTERS)
        same = [r for r in rules if r.matter == matter]
        kind = dice.choice(("devolution", "decentralisation", "delegation", "division"))
        origin = dice.choice(same).to if same and dice.random() < 0.5 else None
        least = dice.choice((None, None, None, 0, 51, 101))
        most = dice.choice((None, None, None, 50, 100, 500))
        if least is not None and most is not None and most < least:
            most = None
        own = period(dice)
        force = None
        if dice.random() < 0.2:
            force = tuple(p for p in (own, period(dice)) if dice.random() < 0.7)
        rules.append(
            Rule(
                f"r{n:03d}", kind, matter, office(dice) if not same or dice.random() < 0.6 else dice.choice(same).to,
                field=f"f{MATTERS.index(matter) % 3}",
                origin=origin,
                period=own,
                place=frozenset(dice.sample(places, 2)) if dice.random() < 0.3 else frozenset(),
                least=least,
                most=most,
                passable=dice.choice((None, None, True, False)),
                replaces=frozenset({dice.choice(same).code}) if same and dice.random() < 0.15 else frozenset(),
                clashes=frozenset({dice.choice(same).code}) if same and dice.random() < 0.07 else frozenset(),
                status=dice.choice(("published",) * 6 + ("draft", "withdrawn")),
                force=force,
                id=n + 1,
            )
        )  # fmt: skip
    for n, rule in enumerate(rules):  # some powers go round in a circle
        same = [r for r in rules if r.matter == rule.matter]
        if dice.random() < 0.2:
            rules[n] = replace(rule, kind="delegation", origin=dice.choice(same).to)
    return rules


def delegations_of(
    dice: random.Random, world: Picture, places: list[int], count: int
) -> list[Delegation]:
    posts = [(b, p.post) for b, held in world.of_body.items() for p in held]
    found: list[Delegation] = []
    for n in range(count if posts else 0):
        parent = dice.choice(found) if found and dice.random() < 0.35 else None
        giver = (parent.body, parent.post) if parent else dice.choice(posts)
        to = dice.choice(posts)
        seats = world.in_post.get(to[1], [])
        found.append(
            Delegation(
                n + 1, f"d{n}", *giver, 0, *to,
                dice.choice(seats).person if seats and dice.random() < 0.6 else 0,
                period(dice),
                matters=frozenset(dice.sample(MATTERS, 3)) if dice.random() < 0.5 else frozenset(),
                fields=frozenset({dice.choice(("f0", "f1", "f2"))}) if dice.random() < 0.3 else frozenset(),
                place=frozenset(dice.sample(places, 3)) if dice.random() < 0.25 else frozenset(),
                most=dice.choice((None, None, None, 50, 100)),
                passable=dice.random() < 0.7,
                parent=parent.id if parent else 0,
                absence=dice.random() < 0.2,
                signed=dice.random() < 0.9,
                revoked=FIRST + timedelta(days=dice.randrange(DAYS)) if dice.random() < 0.2 else None,
                giver_tenure=period(dice) if dice.random() < 0.3 else Period(),
                receiver_tenure=period(dice) if dice.random() < 0.3 else Period(),
            )
        )  # fmt: skip
    return found


def invent(seed: int, rules: int = 30, delegations: int = 14) -> Invented:
    dice = random.Random(seed)
    world, places = world_of(dice)
    return Invented(
        world,
        rules_of(dice, places, rules),
        delegations_of(dice, world, places, delegations),
        places,
        dice,
    )


def ended(thing: Rule | Delegation, on: date) -> Rule | Delegation | None:
    """The same rule or delegation, over from that day; None when it had not begun."""
    if thing.period.since is not None and thing.period.since >= on:
        return None
    short = thing.period.ended_at(on)
    if isinstance(thing, Rule):
        force = None
        if thing.force is not None:
            force = tuple(p.ended_at(on) for p in thing.force if p.since is None or p.since < on)
        return replace(thing, period=short, force=force)
    return replace(thing, period=short)
