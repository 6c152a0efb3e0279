"""One closing district of any size: bodies, people with accounts, items with their movements.

The rows are made by the database itself, a million in a minute or two, and obey everything that
the product obeys: the checks, the five steps, the digests on the trail, the running totals. The
guards that cost a call per row are off while loading and made again after; ``handover_verify``
then proves that nothing is amiss.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count as count_from
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection, transaction

from thongsuot.apps.handover import actions, verify
from thongsuot.apps.handover.models import Minutes, Transition
from thongsuot.apps.handover.posting import lines_digest
from thongsuot.apps.handover.queries.minutes import content_of
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import (
    Appointment,
    AppointmentStatus,
    Body,
    BodyVersion,
    Coverage,
    Person,
    Post,
    Unit,
    UnitKind,
    UnitVersion,
)
from thongsuot.foundation import clock
from thongsuot.foundation.trail import guard
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

JULY = date(2025, 7, 1)
STORY = date(2025, 6, 24)
LOADED = datetime(2025, 6, 1, 1, 0, tzinfo=UTC)
OLD = datetime(2025, 6, 3, 2, 0, tzinfo=UTC)  # standing since then is standing too long
FRESH = datetime(2025, 6, 23, 2, 0, tzinfo=UTC)
GIVERS, RECEIVERS, WARDS = 24, 12, 17
MOVES = 5


@dataclass
class Place:
    """The ids that a measurement needs, and who looks."""

    transition: int
    givers: list[int]
    receivers: list[int]
    wards: list[int]
    city: Any  # the account that steers the whole city
    ward: Any  # the account of the first receiver's head
    office: Any  # the account of the first giver's head


def _unit(key: str, level: str, kind: str, parent: Unit | None, until: date | None = None) -> Unit:
    unit = Unit.objects.create(key=key, level=level)
    UnitVersion.objects.create(
        unit=unit, kind=kind, name=key, parent=parent, until=until, folded=key, recorded_at=LOADED
    )
    return unit


def _body(key: str, kind: str, unit: Unit, parent: Body | None = None) -> Body:
    body = Body.objects.create(key=key, bloc="state", kind=kind)
    name = key.replace("-", " ")
    BodyVersion.objects.create(
        body=body, name=name, parent=parent, folded=fold(name), recorded_at=LOADED
    )
    Coverage.objects.create(body=body, unit=unit, recorded_at=LOADED)
    return body


def account(name: str, body: Body, role: Role) -> Any:
    """A new account whose owner holds a post with that role in that body."""
    user = get_user_model().objects.create_user(fold(name).replace(" ", "."), full_name=name)
    person = Person.objects.create(full_name=name, folded=fold(name), account=user)
    post = Post.objects.create(body=body, title=role.value, role=role, recorded_at=LOADED)
    Appointment.objects.create(
        person=person,
        post=post,
        status=AppointmentStatus.OFFICIAL,
        authority="minh họa",
        recorded_at=LOADED,
    )
    return user


def place() -> Place:
    """The bodies and people, and the transition open; no items yet."""
    clock.follow(lambda: STORY)
    city = _unit("ha-noi", "province", UnitKind.CITY, None)
    district = _unit("quan-ha-dong", "district", UnitKind.URBAN_DISTRICT, city, JULY)
    wards = [
        _unit(f"phuong-cu-{n}", "commune", UnitKind.WARD, district, JULY) for n in range(WARDS)
    ]
    new = [_unit(f"phuong-moi-{n}", "commune", UnitKind.WARD, city) for n in range(RECEIVERS)]
    steering = _body("ban-chi-dao", "department", city)
    committee = _body("ubnd-quan", "peoples-committee", district)
    givers = [_body(f"phong-{n}", "specialised-office", district, committee) for n in range(GIVERS)]
    receivers = [_body(f"ubnd-phuong-{n}", "peoples-committee", unit) for n, unit in enumerate(new)]
    khanh = account("Đỗ Khánh", steering, Role.STEERING)
    lan = account("Trần Thị Lan", givers[0], Role.TEAM_HEAD)
    minh = account("Nguyễn Văn Minh", receivers[0], Role.TEAM_HEAD)
    made = actions.create_transition(
        Act(by=actor_of(khanh, STORY), key="bench/transition", at=LOADED),
        name="Quận Hà Đông (đo, minh họa)",
        unit_id=district.pk,
        days={
            "freeze_on": date(2025, 6, 28),
            "effective_on": JULY,
            "deadline_on": date(2025, 7, 31),
        },
        ends=[{"body": b.pk, "payroll": 20} for b in givers],
        begins=[{"body": b.pk, "payroll": 30} for b in receivers],
        residual_id=steering.pk,
        demo=True,
    )
    return Place(
        int(str(made["transition"])),
        [b.pk for b in givers],
        [b.pk for b in receivers],
        [u.pk for u in wards],
        khanh,
        minh,
        lan,
    )


# --- the items and their movements, made by the database --------------------------------------

# From which share of a hundred items on, where they end, and the five movements on the way there:
# kind, from, to, how much (all, all but one, one).
ROUTES: tuple[tuple[int, str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (0, "accepted", (("opened", "", "held", "all"), ("dispatched", "held", "transit", "all"),
                     ("withdrawn", "transit", "held", "all"), ("dispatched", "held", "transit", "all"),
                     ("received", "transit", "accepted", "all"))),
    (58, "transit", (("opened", "", "held", "less"), ("opened", "", "held", "one"),
                     ("dispatched", "held", "transit", "all"), ("withdrawn", "transit", "held", "all"),
                     ("dispatched", "held", "transit", "all"))),
    (72, "held", (("opened", "", "held", "all"), ("dispatched", "held", "transit", "all"),
                  ("withdrawn", "transit", "held", "all"), ("dispatched", "held", "transit", "all"),
                  ("refused", "transit", "held", "all"))),
    (84, "undecided", (("opened", "", "held", "all"), ("missed", "held", "missing", "all"),
                       ("found", "missing", "held", "all"), ("missed", "held", "missing", "all"),
                       ("found", "missing", "held", "all"))),
    (87, "closed", (("opened", "", "held", "less"), ("opened", "", "held", "one"),
                    ("missed", "held", "missing", "all"), ("found", "missing", "held", "all"),
                    ("closed", "held", "closed", "all"))),
    (93, "destroyed", (("opened", "", "held", "less"), ("opened", "", "held", "one"),
                       ("missed", "held", "missing", "all"), ("found", "missing", "held", "all"),
                       ("destroyed", "held", "destroyed", "all"))),
    (95, "kept", (("opened", "", "held", "less"), ("opened", "", "held", "one"),
                  ("missed", "held", "missing", "all"), ("found", "missing", "held", "all"),
                  ("kept", "held", "kept", "all"))),
    (98, "disputed", (("opened", "", "held", "all"), ("dispatched", "held", "transit", "all"),
                      ("withdrawn", "transit", "held", "all"), ("dispatched", "held", "transit", "all"),
                      ("differing", "transit", "disputed", "all"))),
    (99, "missing", (("opened", "", "held", "all"), ("dispatched", "held", "transit", "all"),
                     ("withdrawn", "transit", "held", "all"), ("dispatched", "held", "transit", "all"),
                     ("short", "transit", "missing", "all"))),
)  # fmt: skip
KINDS = ((0, "archive"), (45, "case"), (65, "asset"), (80, "task"), (86, "dataset"), (90, "person"),
         (93, "finance"), (96, "project"), (98, "office"), (99, "seal"))  # fmt: skip
WITH_BODY = ("dispatched", "received", "kept")


def _run(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return int(cursor.rowcount)


def _ladder(value: str, steps: tuple[tuple[int, str], ...]) -> str:
    """A CASE that gives the last step not above the value."""
    whens = " ".join(f"WHEN {value} >= {at} THEN '{name}'" for at, name in reversed(steps))
    return f"CASE {whens} END"


def _moment(at: datetime) -> str:
    kept = str(connection.ops.adapt_datetimefield_value(at))
    return f"'{kept}'" if _sqlite() else f"'{kept}'::timestamptz"


def _sqlite() -> bool:
    return connection.vendor == "sqlite"


def _numbers(count: int) -> str:
    if _sqlite():
        return (
            "WITH RECURSIVE n(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM n "
            f"WHERE g < {count}) SELECT g FROM n"
        )
    return f"SELECT g FROM generate_series(1::bigint, {count}) g"


def _pick(ids: list[int], at: str) -> str:
    """The id at a place of the list; the ids of one sort follow each other."""
    assert ids == list(range(ids[0], ids[0] + len(ids)))
    return f"({ids[0]} + {at} % {len(ids)})"


SPREAD = "((g * 7919) % 100)"  # which route an item goes
ENDS = tuple((at, end) for at, end, _ in ROUTES)


def _items(where: Place, count: int) -> None:
    end, kind = _ladder("spread", ENDS), _ladder("(g * 31 % 100)", KINDS)
    day = (
        "date('2025-06-01', '+' || (g % 120) || ' days')"
        if _sqlite()
        else "DATE '2025-06-01' + (g % 120)::int"
    )
    yes, no = ("1", "0") if _sqlite() else ("true", "false")
    empty = "'{}'" if _sqlite() else "'{}'::jsonb"
    none = "'[]'" if _sqlite() else "'[]'::jsonb"
    decided = "\"end\" NOT IN ('undecided')"
    place_of = "CASE \"end\" WHEN 'undecided' THEN 'held' ELSE \"end\" END"
    buckets = (
        *("held", "transit", "accepted", "kept", "closed", "destroyed", "disputed", "missing"),
    )
    columns = {
        "id": "g", "transition_id": str(where.transition), "kind": "kind",
        "code": "'HS-' || (10000000 + g)",
        "title": "'Hồ sơ số ' || g || ', quyển ' || (g % 97) || ' (minh họa)'",
        "folded": "'ho so so ' || g || ', quyen ' || (g % 97) || ' (minh hoa) hs-' || (10000000 + g)",
        "giver_id": _pick(where.givers, "(g / 7)"),
        "unit_id": _pick(where.wards, "(g / 3)"),
        "field": "'Lĩnh vực ' || (g % 8)", "opened": "q", "measure": "'cái'",
        "value": "CASE WHEN kind IN ('asset', 'finance') THEN (g * 37) % 900000 * 1000 END",
        "place": "'Kho ' || (g % 7)", "container": "'H-' || (g % 4000)", "secrecy": "'normal'",
        "citizen": f"CASE WHEN g % 11 = 0 THEN {yes} ELSE {no} END",
        "next_due": f"CASE WHEN g % 10 < 3 THEN {day} END",
        "annex": empty, "note": "''",
        "step": "CASE \"end\" WHEN 'undecided' THEN 2 WHEN 'closed' THEN 3 WHEN 'destroyed' THEN 3 "
                "WHEN 'kept' THEN 4 ELSE 5 END",
        "step_at": f"CASE WHEN g % 9 = 0 THEN {_moment(OLD)} ELSE {_moment(FRESH)} END",
        "state": place_of,
        "allocation": f"CASE WHEN {decided} THEN 'confirmed' ELSE 'gap' END",
        "receiver_id": f"CASE WHEN {decided} THEN {_pick(where.receivers, '(g / 168)')} END",
        "reason": "''", "why": f"CASE WHEN {decided} THEN '' ELSE 'no-rule' END",
        "candidates": none, "season": "''", "changed_at": _moment(LOADED),
        **{f"q_{p}": f"CASE WHEN {place_of} = '{p}' THEN q ELSE 0 END" for p in buckets},
    }  # fmt: skip
    inner = (
        f'SELECT g, spread, {end} AS "end", {kind} AS kind, 2 + g % 9 AS q FROM '
        f"(SELECT g, {SPREAD} AS spread FROM ({_numbers(count)}) a) b"
    )
    chosen = ", ".join(columns.values())
    _run(f"INSERT INTO handover_item ({', '.join(columns)}) SELECT {chosen} FROM ({inner}) c")


def _stage(number: int, minutes: bool) -> str:
    """The movement every item makes at that stage, as (item, kind, from, to, quantity, body …)."""
    spread = SPREAD.replace("g", "i.id")
    kinds = _ladder(spread, tuple((at, moves[number][0]) for at, _, moves in ROUTES))
    src = _ladder(spread, tuple((at, moves[number][1]) for at, _, moves in ROUTES))
    dst = _ladder(spread, tuple((at, moves[number][2]) for at, _, moves in ROUTES))
    how = _ladder(spread, tuple((at, moves[number][3]) for at, _, moves in ROUTES))
    bodied = ", ".join(f"'{k}'" for k in WITH_BODY)
    inner = (
        f"SELECT i.id, i.opened, i.receiver_id, i.giver_id, {kinds} AS kind, {src} AS src, "
        f"{dst} AS dst, {how} AS how FROM handover_item i"
    )
    link = ", m.id AS minutes" if minutes else ""
    join = (
        "LEFT JOIN handover_minutes m ON m.giver_id = s.giver_id AND m.receiver_id = s.receiver_id "
        "AND m.state = CASE WHEN s.kind IN ('received', 'short', 'differing', 'refused') "
        "THEN 'signed' WHEN s.kind = 'withdrawn' THEN 'withdrawn' END"
        if minutes
        else ""
    )
    return (
        "SELECT s.id, s.kind, s.src, s.dst, CASE s.how WHEN 'all' THEN s.opened WHEN 'less' THEN "
        f"s.opened - 1 ELSE 1 END AS quantity, CASE WHEN s.kind IN ({bodied}) THEN s.receiver_id "
        f"END AS body{link} FROM ({inner}) s {join} ORDER BY s.id"
    )


def _lines_of(number: int) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_stage(number, minutes=False))
        while rows := cursor.fetchmany(10_000):
            for item, kind, src, dst, quantity, body in rows:
                yield item, kind, src, dst, quantity, body or 0


@action("bench.moved")
def move(act: Act, *, transition_id: int, stage: int, count: int, digested: bool) -> dict[str, Any]:
    """One movement of every item, under one entry with its digest."""
    after: dict[str, Any] = {"stage": stage, "lines": count}
    if digested:
        after["digest"] = lines_digest(_lines_of(stage))
    entry = act.record(
        chain=f"transition:{transition_id}", subject=Ref("transition", transition_id), after=after
    )
    day = f"'{act.on:%Y-%m-%d}'" + ("" if _sqlite() else "::date")
    _run(
        "INSERT INTO handover_movement (item_id, kind, src, dst, quantity, body_id, minutes_id, "
        'entry_id, "on", at, note) SELECT s.id, s.kind, s.src, s.dst, s.quantity, s.body, '
        f"s.minutes, {entry.pk}, {day}, {_moment(act.at)}, 'minh họa' FROM "
        f"({_stage(stage, minutes=True)}) s"
    )
    return {"stage": stage}


def _minutes(where: Place) -> None:
    """For every pair of bodies one set that was withdrawn, one signed, one being counted."""
    pairs = [(g, r) for g in where.givers for r in where.receivers]
    Minutes.objects.bulk_create(
        Minutes(
            transition_id=where.transition,
            number=3 * n + m,
            giver_id=g,
            receiver_id=r,
            opened_on=date(2025, 6, 16),
            state=state,
            signed_on=STORY if state == "signed" else None,
            signed_at=LOADED if state == "signed" else None,
            content="-" if state == "signed" else "",
        )
        for n, (g, r) in enumerate(pairs)
        for m, state in enumerate(("withdrawn", "signed", "counting"), 1)
    )


def _lines(where: Place) -> None:
    """What was signed and what is being counted, with both counts of the signed."""
    yes, no = ("1", "0") if _sqlite() else ("true", "false")
    ours = "m.transition_id = i.transition_id AND m.giver_id = i.giver_id AND m.receiver_id = i.receiver_id"
    for states, minutes, live, counted in (
        ("'accepted', 'disputed', 'missing'", "signed", no, "i.opened"),
        ("'transit'", "counting", yes, "NULL"),
    ):
        received = f"CASE i.state WHEN 'accepted' THEN {counted} WHEN 'missing' THEN 0 ELSE {counted} - 1 END"
        _run(
            "INSERT INTO handover_minutesline (minutes_id, item_id, quantity, giver_count, "
            "receiver_count, giver_version, receiver_version, refused, reason, live) "
            f"SELECT m.id, i.id, i.opened, {counted}, {received if minutes == 'signed' else 'NULL'}, "
            f"{1 if minutes == 'signed' else 0}, {1 if minutes == 'signed' else 0}, {no}, '', {live} "
            f"FROM handover_item i JOIN handover_minutes m ON {ours} AND m.state = '{minutes}' "
            f"WHERE i.state IN ({states}) ORDER BY i.id"
        )
    for one in Minutes.objects.filter(state="signed"):
        Minutes.objects.filter(pk=one.pk).update(content=content_of(one))


@action("bench.stepped")
def step(act: Act, *, transition_id: int) -> dict[str, Any]:
    """Every step that every item has gone, in order."""
    entry = act.record(
        chain=f"transition:{transition_id}", subject=Ref("transition", transition_id), after={}
    )
    _run(
        "INSERT INTO handover_stepline (item_id, at_step, to_step, at, entry_id) "
        f"SELECT i.id, t.n - 1, t.n, {_moment(act.at)}, {entry.pk} FROM handover_item i CROSS JOIN "
        "(SELECT 2 AS n UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5) t "
        "WHERE t.n <= i.step ORDER BY i.id, t.n"
    )
    return {"done": True}


def _fast(*, on: bool) -> None:
    """Engine switches for loading; only here, never in the product."""
    if _sqlite():
        _run(f"PRAGMA foreign_keys = {'OFF' if on else 'ON'}")
        _run(f"PRAGMA synchronous = {'OFF' if on else 'FULL'}")
        _run(f"PRAGMA cache_size = {-400_000 if on else -2_000}")
    else:
        _run(f"SET session_replication_role = {'replica' if on else 'DEFAULT'}")
        _run(f"SET synchronous_commit = {'off' if on else 'on'}")


def fill(where: Place, count: int, *, digested: bool = True) -> None:
    """Items with five movements each, their steps, minutes and balance; guards on afterwards."""
    director = Actor(user=0, name="Người đo")
    guard.remove()
    _fast(on=True)
    with transaction.atomic():
        _items(where, count)
    _minutes(where)
    with transaction.atomic():
        _lines(where)
    at = LOADED + timedelta(days=15)
    for number in range(MOVES):
        move(
            Act(by=director, key=f"bench/move/{number}", at=at + timedelta(days=number)),
            transition_id=where.transition,
            stage=number,
            count=count,
            digested=digested,
        )
    step(
        Act(by=director, key="bench/steps", at=at + timedelta(days=MOVES)),
        transition_id=where.transition,
    )
    with transaction.atomic():
        verify.rebuild_balance(where.transition)
    _fast(on=False)
    guard.install()
    if not _sqlite():
        for table in ("handover_item", "handover_movement", "handover_minutesline", "handover_stepline",
                      "handover_balanceline", "handover_minutes"):  # fmt: skip
            _run(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                 f"(SELECT MAX(id) FROM {table}))")  # fmt: skip
    settle()


def settle() -> None:
    """What the engines do by themselves in time: statistics, and the log folded into the file."""
    if _sqlite():
        _run("PRAGMA wal_checkpoint(TRUNCATE)")
    else:
        _run("VACUUM ANALYZE")


def actors(where: Place) -> dict[str, Actor]:
    """The three who look, as they act on the day of the story."""
    return {
        name: actor_of(user, STORY)
        for name, user in (("city", where.city), ("ward", where.ward), ("office", where.office))
    }


def acts(by: Actor) -> Callable[[], Act]:
    """A way to make the acts of one person, one after the other."""
    keys = count_from(1)
    return lambda: Act(by=by, key=f"bench/{by.user}/{next(keys)}", at=clock.now())


def the_transition(where: Place) -> Transition:
    """The transition measured."""
    return Transition.objects.select_related("unit").get(pk=where.transition)
