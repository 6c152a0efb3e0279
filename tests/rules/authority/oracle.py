"""The same question answered the slow way: every rule is tried, nothing is indexed, nothing shared."""

from datetime import date, timedelta

from thongsuot.rules.authority.values import Delegation, Office, Rule
from thongsuot.rules.authority.world import Picture

DAY = timedelta(days=1)


def _inside(on: date, since: date | None, until: date | None) -> bool:
    return not (since is not None and on < since) and not (until is not None and on >= until)


def _above(world: Picture, place: int, on: date) -> dict[str, int]:
    """Walk up from the place, unit by unit, over all units."""
    found: dict[str, int] = {}
    here: int | None = place
    while here is not None:
        step = None
        for unit, versions in world.units.items():
            for period, tier, parent in versions:
                if unit == here and _inside(on, period.since, period.until):
                    step = (tier, parent)
        if step is None:
            break
        found[step[0]] = here
        here = step[1]
    return found


def _live(rule: Rule, on: date) -> bool:
    stretches = rule.force if rule.force is not None else (rule.period,)
    return rule.status == "published" and any(_inside(on, p.since, p.until) for p in stretches)


def _paid(rule: Rule, amount: int | None) -> bool:
    if amount is None:
        return True
    low = rule.least if rule.least is not None else 0
    return amount >= low and (rule.most is None or amount <= rule.most)


def _hands_on(a: Rule, b: Rule) -> bool:
    return (
        a.code != b.code
        and b.kind in ("decentralisation", "delegation")
        and b.origin is not None
        and (b.origin.tier, b.origin.organ, b.origin.title, b.origin.name)
        == (a.to.tier, a.to.organ, a.to.title, a.to.name)
        and a.passable is not False
    )


def decide(
    rules: list[Rule],
    delegations: list[Delegation],
    world: Picture,
    matter: str,
    place: int,
    on: date,
    amount: int | None,
) -> tuple[str, object, object, frozenset[int]]:
    """(state, office or reason, person, ids of the people who may sign instead)."""
    up = _above(world, place, on)
    nobody: frozenset[int] = frozenset()
    if not up:
        return "gap", "no-unit", None, nobody
    units = set(up.values())
    mine = [r for r in rules if r.matter == matter]
    live = [
        r
        for r in mine
        if _live(r, on) and _paid(r, amount) and (not r.place or any(u in r.place for u in units))
    ]
    if not live:
        return "gap", _why_none(mine, units, on, amount), None, nobody
    kept = [r for r in live if not any(r.code in o.replaces for o in live)]
    if not kept:
        kept = live
    last = [r for r in kept if not any(_hands_on(r, o) for o in kept)]
    if not last:
        return "doubtful", "circle", None, nobody
    if any(c == o.code for r in kept for c in r.clashes for o in kept):
        return "doubtful", "declared", None, nobody
    holders = {r.to for r in last}
    if len(holders) > 1:
        if amount is None and _never_together(last):
            return "ask", "amount", None, nobody
        return "doubtful", "rules-differ", None, nobody
    # which of several agreeing rules is named first decides only the field of the question
    first = min(last, key=lambda r: r.code)
    return _ground(delegations, world, up, next(iter(holders)), first, matter, on, amount)


def _never_together(rules: list[Rule]) -> bool:
    for a in rules:
        for b in rules:
            if a.to != b.to:
                low = max(a.least or 0, b.least or 0)
                tops = [t for t in (a.most, b.most) if t is not None]
                if not tops or low <= min(tops):
                    return False
    return True


def _why_none(mine: list[Rule], units: set[int], on: date, amount: int | None) -> str:
    public = [r for r in mine if r.status == "published"]
    if not public:
        return "draft-only" if any(r.status == "draft" for r in mine) else "no-rule"
    here = [r for r in public if not r.place or any(u in r.place for u in units)]
    if not here:
        return "outside-place"
    paid = [r for r in here if _paid(r, amount)]
    if not paid:
        return "outside-amount"
    for r in paid:
        for p in r.force if r.force is not None else (r.period,):
            if p.until is not None and p.until <= on:
                return "expired"
    return "not-begun"


def _ground(
    delegations: list[Delegation],
    world: Picture,
    up: dict[str, int],
    office: Office,
    rule: Rule,
    matter: str,
    on: date,
    amount: int | None,
) -> tuple[str, object, object, frozenset[int]]:
    nobody: frozenset[int] = frozenset()
    if office.tier != "centre" and office.tier not in up:
        return "gap", "no-unit", None, nobody
    if office.tier not in up or not office.organ:
        return "one", office, None, nobody
    unit = up[office.tier]
    if any(_inside(on, p.since, p.until) for p in world.without.get((unit, office.organ), ())):
        return "gap", "no-organ", None, nobody
    registered = world.acting.get((unit, office.organ), [])
    there = [b for b in registered if _inside(on, b.period.since, b.period.until)]
    if not there:
        return ("gap", "no-body", None, nobody) if registered else ("one", office, None, nobody)
    if len(there) > 1:
        return "one", office, None, nobody
    return _person(delegations, world, up, office, there[0].body, rule, matter, on, amount)


def _person(
    delegations: list[Delegation],
    world: Picture,
    up: dict[str, int],
    office: Office,
    body: int,
    rule: Rule,
    matter: str,
    on: date,
    amount: int | None,
) -> tuple[str, object, object, frozenset[int]]:
    nobody: frozenset[int] = frozenset()
    posts = sorted(
        (p for p in world.of_body.get(body, ()) if _inside(on, p.period.since, p.period.until)),
        key=lambda p: (p.rank, p.post),
    )
    if office.title:
        posts = [p for p in posts if p.title == office.title]
    post = posts[0].post if posts else 0
    deputies = _deputies(delegations, world, up, body, post, rule.field, matter, on, amount)
    if not post:
        return "one", office, None, deputies
    person = _who(world, post, on)
    if person is None and not deputies:
        return "gap", "vacant", None, nobody
    return "one", office, person, deputies


def _who(world: Picture, post: int, on: date) -> int | None:
    for seat in world.in_post.get(post, ()):
        if _inside(on, seat.period.since, seat.period.until):
            return seat.person
    return None


def _deputies(
    delegations: list[Delegation],
    world: Picture,
    up: dict[str, int],
    body: int,
    post: int,
    field: str,
    matter: str,
    on: date,
    amount: int | None,
) -> frozenset[int]:
    """Everybody who may sign for the post: each delegation is followed up to its first giver."""
    found = set()
    for one in delegations:
        line, ok = [one], True
        while line[-1].parent:
            above = [d for d in delegations if d.id == line[-1].parent]
            if not above or above[0] in line:
                ok = False
                break
            line.append(above[0])
        top = line[-1]
        if not ok or top.giver_body != body or (post and top.giver_post != post):
            continue
        for at, link in enumerate(line):
            ok = ok and _good(link, on, field, matter, up, amount)
            ok = (
                ok
                and (at == 0 or link.passable)
                and (at == 0 or line[at - 1].giver_body == link.body)
            )
        person = _who(world, one.post, on)
        if ok and person is not None and one.person in (0, person):
            found.add(person)
    return frozenset(found)


def _good(
    d: Delegation, on: date, field: str, matter: str, up: dict[str, int], amount: int | None
) -> bool:
    periods = (d.period, d.giver_tenure, d.receiver_tenure)
    if not d.signed or not all(_inside(on, p.since, p.until) for p in periods):
        return False
    if d.revoked is not None and on >= d.revoked:
        return False
    everything = not d.matters and not d.fields
    if not (everything or matter in d.matters or (field != "" and field in d.fields)):
        return False
    if d.place and not any(u in d.place for u in up.values()):
        return False
    return d.most is None or (amount or 0) <= d.most
