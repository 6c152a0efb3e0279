"""Units as of a day, by code and name, two clocks, districts that ended, and the guards."""

from collections import Counter
from datetime import UTC, date, datetime

from thongsuot.rules.kernel.period import ONE_DAY, Period
from thongsuot.rules.registry import guards
from thongsuot.rules.registry.registry import Registry, bodies_history, full_name, name_key
from thongsuot.rules.registry.values import (
    BodyFact,
    Edge,
    Event,
    Facts,
    LegalBasis,
    Recorded,
    UnitFact,
)

JULY, NEXT = date(2025, 7, 1), date(2026, 4, 30)
BEFORE, AFTER = date(2025, 6, 30), date(2026, 12, 31)
OLD, NEW = Period(None, JULY), Period(JULY, None)
CITY, DISTRICT, OTHER, BEN_NGHE, DA_KAO, SAI_GON, TAN_DINH = range(7)


def unit(number, level, kind, name, code, parent, period=OLD, **more):
    return UnitFact(number, level, kind, name, code, parent, period, **more)


def units():
    return [
        unit(CITY, "province", "city", "Hồ Chí Minh", "79", None, Period(None, None)),
        unit(DISTRICT, "district", "urban-district", "1", "760", CITY),
        unit(OTHER, "district", "urban-district", "3", "770", CITY),
        unit(BEN_NGHE, "commune", "ward", "Bến Nghé", "26740", DISTRICT),
        unit(DA_KAO, "commune", "ward", "Đa Kao", "26737", DISTRICT),
        unit(SAI_GON, "commune", "ward", "Sài Gòn", "26740", CITY, NEW),
        unit(TAN_DINH, "commune", "ward", "Tân Định", "26734", CITY, NEW),
    ]


EVENTS = (
    Event(0, "merge", JULY, LegalBasis("1685-NQ-UBTVQH15", "1")),
    Event(1, "dissolve", JULY, LegalBasis("203-2025-QH15")),
)
EDGES = (
    Edge(0, BEN_NGHE, SAI_GON, "whole"),
    Edge(0, DA_KAO, SAI_GON, "part"),
    Edge(0, DA_KAO, TAN_DINH, "rest"),
    Edge(1, DISTRICT, None, "whole", detail="ends"),
    Edge(1, OTHER, None, "whole", detail="ends"),
)


def registry(facts=None, edges=EDGES, at=None):
    return Registry(Facts(tuple(facts or units()), EVENTS, edges), at)


def codes(problems):
    return Counter(p.code for p in problems)


def test_a_code_means_a_unit_only_with_its_day():
    country = registry()
    assert [f.name for f in country.with_code("26740", BEFORE)] == ["Bến Nghé"]
    assert [f.name for f in country.with_code("26740", JULY)] == ["Sài Gòn"]
    assert len(country.with_code("26740")) == 2


def test_names_are_found_without_marks_kind_or_spaces():
    country = registry()
    for text in ("Bến Nghé", "ben nghe", "PHƯỜNG BẾN NGHÉ", "bennghe"):
        assert [f.unit for f in country.named(text)] == [BEN_NGHE]
    assert not country.named("Bến Nghé", JULY)


def test_names_borne_earlier_are_found_when_nobody_bears_them_now():
    country = Registry(
        Facts(tuple(units()), EVENTS, EDGES, aliases=((DA_KAO, "phuongdinhtienhoang", "x"),))
    )
    assert [f.unit for f in country.named("Phường Đinh Tiên Hoàng")] == [DA_KAO]


def test_the_full_name_begins_with_its_kind():
    assert [full_name(f) for f in units()[:2]] == ["Thành phố Hồ Chí Minh", "Quận 1"]
    assert name_key("Ea H'Leo") == name_key("ea h’leo")


def test_the_children_of_a_day_are_those_in_force_then():
    country = registry()
    assert {f.unit for f in country.children(DISTRICT, BEFORE)} == {BEN_NGHE, DA_KAO}
    assert not country.children(DISTRICT, JULY)
    assert {f.unit for f in country.children(CITY, JULY)} == {SAI_GON, TAN_DINH}


def test_a_district_went_where_its_communes_went():
    portions = {p.unit: p for p in registry().portions(DISTRICT)}
    assert set(portions) == {SAI_GON, TAN_DINH}
    assert portions[SAI_GON].entire
    assert portions[SAI_GON].main
    assert not registry().portions(CITY)


def test_a_new_ward_that_took_only_a_corner_of_a_district_is_not_mainly_of_it():
    more = [*units(), unit(7, "commune", "ward", "Võ Thị Sáu", "27139", OTHER)]
    edges = (
        EDGES[0], EDGES[1], Edge(0, DA_KAO, TAN_DINH, "rest"), Edge(0, 7, TAN_DINH, "whole"),
        *EDGES[3:],
    )  # fmt: skip
    portions = {p.unit: p for p in registry(more, edges).portions(DISTRICT)}
    assert not portions[TAN_DINH].entire
    assert not portions[TAN_DINH].main
    assert portions[TAN_DINH].others == 1


def test_a_district_without_communes_goes_itself():
    facts = [
        *units(),
        unit(7, "district", "rural-district", "Côn Đảo", "755", CITY),
        unit(8, "commune", "special-zone", "Côn Đảo", "26732", CITY, NEW),
    ]
    island = registry(facts, (*EDGES, Edge(0, 7, 8, "whole")))
    assert [p.unit for p in island.portions(7)] == [8]
    assert not guards.faults(island)


def test_a_registry_is_shown_as_it_was_known_at_a_moment():
    wrong_until = datetime(2025, 8, 1, tzinfo=UTC)
    wrong = unit(
        SAI_GON, "commune", "ward", "Sai Gon", "26740", CITY, NEW,
        recorded=Recorded(at=datetime(2025, 7, 1, tzinfo=UTC), superseded_at=wrong_until),
    )  # fmt: skip
    right = unit(
        SAI_GON, "commune", "ward", "Sài Gòn", "26740", CITY, NEW, recorded=Recorded(at=wrong_until)
    )
    facts = [*units()[:5], wrong, right, units()[6]]
    july = registry(facts, at=datetime(2025, 7, 15, tzinfo=UTC)).on(SAI_GON, AFTER)
    now = registry(facts).on(SAI_GON, AFTER)
    assert july is not None
    assert july.name == "Sai Gon"
    assert now is not None
    assert now.name == "Sài Gòn"


def test_an_end_written_down_later_was_not_known_before():
    told = datetime(2025, 6, 20, tzinfo=UTC)
    ends = unit(BEN_NGHE, "commune", "ward", "Bến Nghé", "26740", DISTRICT,
                recorded=Recorded(ended_at=told))  # fmt: skip
    facts = [ends if f.unit == BEN_NGHE else f for f in units()]
    early = registry(facts, at=datetime(2025, 6, 1, tzinfo=UTC))
    assert early.on(BEN_NGHE, AFTER) is not None
    assert registry(facts).on(BEN_NGHE, AFTER) is None


def test_a_good_registry_has_no_faults():
    assert not guards.faults(registry())


def test_a_unit_that_ends_without_successor_or_reason_is_a_fault():
    assert codes(guards.faults(registry(edges=EDGES[1:]))) == {"registry.no-successor": 1}
    silent = (*EDGES[:3], Edge(1, DISTRICT, None, "whole"), EDGES[4])
    assert codes(guards.faults(registry(edges=silent))) == {"registry.no-successor": 1}


def test_a_unit_that_comes_from_nowhere_is_a_fault():
    facts = [*units(), unit(7, "commune", "ward", "Vườn Lài", "27163", CITY, NEW)]
    assert codes(guards.faults(registry(facts))) == {"registry.no-origin": 1}


def test_a_successor_that_is_not_in_force_is_a_fault():
    late = [f for f in units() if f.unit != TAN_DINH]
    late.append(unit(TAN_DINH, "commune", "ward", "Tân Định", "26734", CITY, Period(NEXT, None)))
    found = codes(guards.faults(registry(late)))
    assert found["registry.successor-not-in-force"] == 1


def test_a_source_that_had_already_ended_is_a_fault():
    gone = [f for f in units() if f.unit != DA_KAO]
    gone.append(unit(DA_KAO, "commune", "ward", "Đa Kao", "26737", DISTRICT, Period(None, BEFORE)))
    found = codes(guards.faults(registry(gone)))
    assert found["registry.source-not-in-force"] == 2


def test_shares_must_add_up_to_the_whole_once():
    two_wholes = (*EDGES, Edge(0, BEN_NGHE, TAN_DINH, "whole"))
    only_a_part = (EDGES[0], EDGES[1], Edge(0, BEN_NGHE, TAN_DINH, "land"), *EDGES[3:])
    for edges in (two_wholes, only_a_part):
        assert "registry.shares-do-not-add-up" in codes(guards.faults(registry(edges=edges)))


def test_versions_of_one_unit_neither_overlap_nor_leave_a_gap():
    first = unit(SAI_GON, "commune", "commune", "Sài Gòn", "26740", CITY, Period(JULY, NEXT))
    over = unit(SAI_GON, "commune", "ward", "Sài Gòn", "26740", CITY, Period(JULY, None))
    late = unit(SAI_GON, "commune", "ward", "Sài Gòn", "26740", CITY, Period(NEXT + ONE_DAY, None))
    rest = [f for f in units() if f.unit != SAI_GON]
    assert "registry.versions-overlap" in codes(guards.faults(registry([*rest, first, over])))
    assert "registry.versions-gap" in codes(guards.faults(registry([*rest, first, late])))


def test_one_code_for_two_units_of_one_day_is_a_fault():
    facts = [
        unit(TAN_DINH, "commune", "ward", "Tân Định", "26740", CITY, NEW)
        if f.unit == TAN_DINH
        else f
        for f in units()
    ]
    assert codes(guards.faults(registry(facts))) == {"registry.code-twice": 1}


def test_wrong_totals_are_named_with_both_numbers():
    expected = guards.Expected(JULY, {("province", ""): 1, ("commune", "ward"): 3})
    [problem] = guards.wrong_totals(registry(), [expected])
    assert problem.code == "registry.wrong-total"
    assert problem.facts["wanted"] == 3
    assert problem.facts["found"] == 2


def test_successors_other_than_the_law_names_are_a_fault():
    law = {"26740": frozenset({"26740"}), "26737": frozenset({"26740", "26734"})}
    assert not guards.unlike_law(registry(), law, JULY)
    other = {**law, "26737": frozenset({"26740"})}
    assert [p.subject for p in guards.unlike_law(registry(), other, JULY)] == ["26737"]
    assert guards.divided(registry(), JULY) == (DA_KAO,)


def test_bodies_are_followed_by_the_same_rules():
    merged = bodies_history(
        [
            BodyFact(1, "department", "Ban Tổ chức", None, OLD),
            BodyFact(2, "department", "Phòng Nội vụ", None, OLD),
            BodyFact(3, "joint-office", "Cơ quan Tổ chức - Nội vụ", None, NEW),
        ],
        [Event(0, "merge", JULY)],
        [Edge(0, 1, 3, "whole"), Edge(0, 2, 3, "whole")],
    )
    assert [a.thing for a in merged.whereabouts(1, BEFORE, AFTER).arrivals] == [3]
    assert {a.thing for a in merged.whereabouts(3, AFTER, BEFORE).arrivals} == {1, 2}
