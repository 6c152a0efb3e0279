"""Whom a body may task, whom it may only ask, and whom neither."""

from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.registry.reach import BINDING, TIERS, Reach, Standing, Way, may_order, way

BLOCS = {
    "party-committee": "party", "party-office": "party", "inspection-commission": "party",
    "peoples-council": "state", "peoples-committee": "state", "department": "state",
    "specialised-office": "state", "joint-office": "state", "police": "state", "front": "front",
    "mass-organisation": "front", "service-unit": "service", "project-board": "board",
    "steering-committee": "team", "task-force": "team", "receiving-team": "team",
}  # fmt: skip
# Two provinces (1, 2), each with a district of old (11, 21) and communes (111, 112, 211) in it.
UNITS = {1: (1,), 2: (2,), 11: (11, 1), 21: (21, 2), 111: (111, 11, 1), 112: (112, 11, 1), 211: (211, 2)}  # fmt: skip
CITY, WARD, OTHER = 1, 111, 211


def at(body: int, kind: str, unit: int, parents: tuple[int, ...] = (), **more: object) -> Standing:
    within = UNITS[unit]
    tier = "province" if unit < 10 else "district" if unit < 100 else "commune"
    return Standing(
        body, kind, BLOCS[kind], tier, parents, frozenset({unit}), frozenset(within),
        frozenset({within[-1]}), **more,  # type: ignore[arg-type]  # under_party, serves
    )  # fmt: skip


@st.composite
def countries(draw: st.DrawFn) -> list[Standing]:
    """Some bodies anywhere; a parent always has a smaller number, so that chains end."""
    made: list[Standing] = []
    for body in range(1, draw(st.integers(2, 9)) + 1):
        kind = draw(st.sampled_from(sorted(BLOCS)))
        parent = draw(st.sampled_from([None, *made]))
        parents = (parent.body, *parent.parents) if parent else ()
        serves = frozenset(draw(st.sets(st.integers(1, 9), max_size=2))) - {body}
        under = kind == "party-committee" and draw(st.booleans())
        made.append(
            at(body, kind, draw(st.sampled_from(sorted(UNITS))), parents, serves=serves, under_party=under)
        )  # fmt: skip
    return made


@given(countries())
def test_no_two_bodies_ever_task_each_other(country: list[Standing]) -> None:
    for a in country:
        for b in country:
            if a is not b:
                assert not (way(a, b) in BINDING and way(b, a) in BINDING)


@given(countries())
def test_a_body_reaches_itself_and_whatever_stands_below_it(country: list[Standing]) -> None:
    for a in country:
        assert way(a, a) is Way.OWN
        for b in country:
            if a.body in b.parents:
                assert way(a, b) is Way.OWN


@given(countries())
def test_nobody_outside_the_province_is_addressed_save_in_one_s_own_chain(
    country: list[Standing],
) -> None:
    for a in country:
        for b in country:
            chain = a.body in b.parents or a.body in b.serves or a is b
            if not (a.provinces & b.provinces) and not chain:
                assert way(a, b) is Way.OUTSIDE


@given(countries())
def test_a_lower_tier_tasks_no_higher_one(country: list[Standing]) -> None:
    for a in country:
        for b in country:
            if TIERS.index(a.tier) > TIERS.index(b.tier) and way(a, b) is Way.BELOW:
                raise AssertionError((a, b))


@given(countries(), st.integers(0, 8))
def test_an_order_adds_what_its_giver_reaches_and_nothing_else(
    country: list[Standing], at_: int
) -> None:
    giver = country[at_ % len(country)]
    for a in country:
        for b in country:
            plain, ordered = way(a, b), way(a, b, [giver])
            if plain in BINDING:
                assert ordered is plain
            elif may_order(giver, a) and way(giver, b) in BINDING:
                assert ordered is Way.BY_ORDER
            else:
                assert ordered is plain


def _city() -> dict[str, Standing]:
    return {
        "thanh-uy": at(1, "party-committee", CITY),
        "dang-uy-ubnd": at(2, "party-committee", CITY, (1,), under_party=True),
        "ban-to-chuc": at(3, "party-office", CITY, (1,)),
        "ubnd": at(4, "peoples-committee", CITY),
        "hdnd": at(5, "peoples-council", CITY),
        "so": at(6, "department", CITY, (4,)),
        "phong-cua-so": at(7, "specialised-office", CITY, (6, 4)),
        "mttq": at(8, "front", CITY),
        "hoi": at(9, "mass-organisation", CITY),
        "bcd": at(10, "steering-committee", CITY),
        "dang-uy-phuong": at(11, "party-committee", WARD),
        "ubnd-phuong": at(12, "peoples-committee", WARD),
        "phong-phuong": at(13, "specialised-office", WARD, (12,)),
        "mttq-phuong": at(14, "front", WARD),
        "to-tiep-nhan": at(15, "receiving-team", WARD, serves=frozenset({12})),
        "ubnd-tinh-khac": at(16, "peoples-committee", 2),
        "ubnd-xa-tinh-khac": at(17, "peoples-committee", OTHER),
        "hoi-phuong": at(18, "mass-organisation", WARD),
    }  # fmt: skip


TASKS = (
    ("thanh-uy", "dang-uy-phuong"), ("thanh-uy", "dang-uy-ubnd"), ("thanh-uy", "ban-to-chuc"),
    ("thanh-uy", "ubnd"), ("thanh-uy", "mttq"), ("dang-uy-ubnd", "ubnd"), ("dang-uy-ubnd", "so"),
    ("ubnd", "so"), ("ubnd", "phong-cua-so"), ("ubnd", "ubnd-phuong"), ("hdnd", "ubnd"),
    ("mttq", "mttq-phuong"), ("mttq", "hoi"), ("hoi", "hoi-phuong"), ("bcd", "to-tiep-nhan"),
    ("bcd", "so"), ("dang-uy-phuong", "ubnd-phuong"), ("dang-uy-phuong", "mttq-phuong"),
    ("ubnd-phuong", "phong-phuong"), ("ubnd-phuong", "to-tiep-nhan"), ("so", "phong-cua-so"),
)  # fmt: skip
REQUESTS = (
    ("so", "ubnd-phuong"), ("so", "ubnd"), ("ubnd-phuong", "so"), ("ubnd-phuong", "ubnd"),
    ("thanh-uy", "ubnd-phuong"), ("mttq", "ubnd"), ("dang-uy-ubnd", "mttq"), ("bcd", "ubnd"),
    ("ban-to-chuc", "dang-uy-phuong"), ("ubnd", "phong-phuong"), ("to-tiep-nhan", "ubnd-phuong"),
    ("dang-uy-ubnd", "thanh-uy"), ("ubnd", "dang-uy-phuong"), ("dang-uy-ubnd", "dang-uy-phuong"),
)  # fmt: skip


def test_the_lines_of_a_city_are_those_of_practice() -> None:
    city = _city()
    assert [p for p in TASKS if way(city[p[0]], city[p[1]]) not in BINDING] == []
    assert [p for p in REQUESTS if way(city[p[0]], city[p[1]]) is not Way.ASIDE] == []
    for far in ("ubnd-tinh-khac", "ubnd-xa-tinh-khac"):
        assert way(city["ubnd"], city[far]) is Way.OUTSIDE
        assert way(city[far], city["ubnd-phuong"]) is Way.OUTSIDE


def test_an_office_tasks_wards_only_where_its_committee_gave_it_the_work() -> None:
    city = _city()
    assert way(city["so"], city["ubnd-phuong"], [city["ubnd"]]) is Way.BY_ORDER
    assert way(city["ban-to-chuc"], city["dang-uy-phuong"], [city["thanh-uy"]]) is Way.BY_ORDER
    assert way(city["so"], city["ubnd-tinh-khac"], [city["ubnd"]]) is Way.OUTSIDE
    assert way(city["so"], city["mttq-phuong"], [city["mttq"]]) is Way.ASIDE  # not its committee
    assert way(city["dang-uy-ubnd"], city["dang-uy-phuong"], [city["thanh-uy"]]) is Way.ASIDE


def test_a_body_nobody_knows_is_outside() -> None:
    city = _city()
    reach = Reach(city["so"], (), {s.body: s for s in city.values()})
    assert reach.outside([99, 4, 0, 16]) == (99, 16)
    assert reach.unbound([7, 12, 12, 99]) == (12, 99)
