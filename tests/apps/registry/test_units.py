"""Territories change after the reform too: names, kinds, mergers, parts moved."""

from datetime import date

import pytest

from thongsuot.apps.registry import actions, queries
from thongsuot.apps.registry.models import UnitEvent, UnitVersion
from thongsuot.apps.registry.values import UnitLink
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 30)


def view(unit, on):
    found = queries.unit_as_of(unit.key, on)
    assert found is not None
    return found


def test_a_commune_becomes_a_ward_and_keeps_its_identity(country, new_act):
    actions.change_unit(
        new_act(), unit=country.dai_mo.pk, on=DAY, kind="commune", law=country.law.pk, clause="1"
    )
    assert view(country.dai_mo, date(2026, 4, 29)).name == "Phường Đại Mỗ"
    now = view(country.dai_mo, DAY)
    assert (now.name, now.code, now.parents[0].name) == ("Xã Đại Mỗ", "00622", "Thành phố Hà Nội")
    assert UnitEvent.objects.get(on=DAY).kind == "kind"


def test_a_change_that_changes_nothing_is_refused(country, new_act):
    with pytest.raises(Refused) as refused:
        actions.change_unit(new_act(), unit=country.dai_mo.pk, on=DAY, name="Đại Mỗ")
    assert refused.value.problems[0].code == "registry.nothing-changed"


def merged(country, new_act, **extra):
    values = {
        "kind": "merge",
        "on": DAY,
        "law": country.law.pk,
        "clause": "3",
        "units": [
            {
                "key": "phuong-moi", "level": "commune", "kind": "ward", "name": "Mới",
                "code": "99999", "parent": country.ha_noi.pk,
            }
        ],
        "edges": [
            {"src": country.new_ha_dong.pk, "dst": "phuong-moi", "share": "whole"},
            {"src": country.dai_mo.pk, "dst": "phuong-moi", "share": "part"},
            {"src": country.dai_mo.pk, "dst": country.dai_mo.pk, "share": "rest"},
        ],
    }  # fmt: skip
    return actions.rearrange_units(new_act(), **{**values, **extra})


def test_a_merger_ends_what_goes_whole_and_leaves_what_gives_a_part(country, new_act):
    made = merged(country, new_act)["units"]
    assert view(country.new_ha_dong, DAY).state == "ended"
    assert view(country.dai_mo, DAY).state == "in-force"
    assert UnitVersion.objects.on(DAY).get(unit=made["phuong-moi"]).full_name == "Phường Mới"


def test_lineage_goes_through_two_reforms(country, new_act):
    merged(country, new_act)
    lineage = queries.lineage_of(view(country.van_phuc, date(2025, 6, 30)))
    names = [(s.src.name, s.dst.name) for s in lineage.after if s.src and s.dst]
    assert names == [("Phường Vạn Phúc", "Phường Hà Đông"), ("Phường Hà Đông", "Phường Mới")]


def test_whole_and_part_of_one_unit_contradict_each_other(country, new_act):
    with pytest.raises(Refused) as refused:
        merged(
            country, new_act,
            edges=[
                {"src": country.dai_mo.pk, "dst": "phuong-moi", "share": "whole"},
                {"src": country.dai_mo.pk, "dst": country.new_ha_dong.pk, "share": "part"},
            ],
        )  # fmt: skip
    assert refused.value.problems[0].code == "registry.whole-and-part"
    assert not UnitVersion.objects.filter(name="Mới").exists()


def test_successors_of_a_ward_are_listed_with_share_and_clause(country, july):
    found = queries.successors_of(country.mo_lao.pk, july)
    assert [(e.dst, e.share, e.clause, e.basis) for e in found] == [
        (country.new_ha_dong.pk, "rest", "58", "1656/NQ-UBTVQH15"),
        (country.dai_mo.pk, "part", "58", "1656/NQ-UBTVQH15"),
    ]


def test_successors_of_a_district_are_those_of_its_wards(country, july):
    found = queries.successors_of(country.ha_dong.pk, july)
    assert {e.src for e in found} == {country.van_phuc.pk, country.mo_lao.pk}
    assert {e.dst for e in found} == {country.new_ha_dong.pk, country.dai_mo.pk}


def test_nothing_happened_to_a_unit_on_another_day(country):
    assert queries.successors_of(country.mo_lao.pk, DAY) == ()


def test_predecessors_of_a_new_ward(country, july):
    found = queries.predecessors_of(country.new_ha_dong.pk, july)
    assert [e.src for e in found] == [country.van_phuc.pk, country.mo_lao.pk]


def test_a_code_means_a_unit_only_with_a_day(country, july):
    assert queries.unit_with("268", date(2025, 6, 30)) == country.ha_dong
    assert queries.unit_with("268", july) is None


def test_the_wards_that_mostly_consist_of_a_district_are_its_main_heirs(country):
    lineage = queries.lineage_of(view(country.ha_dong, date(2026, 1, 1)))
    assert lineage.through
    assert lineage.divided
    assert country.new_ha_dong.pk in lineage.main


def test_children_are_in_dictionary_order(country, django_assert_num_queries):
    with django_assert_num_queries(2):
        rows = queries.children(country.ha_dong.pk, date(2025, 6, 30))
    assert [r.link.name for r in rows] == ["Phường Mộ Lao", "Phường Vạn Phúc"]
    assert isinstance(rows[0].link, UnitLink)


def test_the_country_costs_three_questions(country, django_assert_num_queries):
    with django_assert_num_queries(3):
        found = queries.country(date(2025, 6, 30))
    assert (found.total.districts, found.total.wards, found.cities) == (1, 2, 1)


def test_a_text_is_written_down_once(country, new_act):
    actions.record_law(new_act(), key="237-NQ-UBTVQH16", number="237/NQ-UBTVQH16")
    with pytest.raises(Refused) as refused:
        actions.record_law(new_act(), key="237-NQ-UBTVQH16", number="237/NQ-UBTVQH16")
    assert refused.value.status == 409


def test_a_link_that_runs_script_is_refused(country, new_act):
    with pytest.raises(Refused) as refused:
        actions.record_law(new_act(), key="x", number="1/QĐ", url="javascript:alert(1)")
    assert refused.value.problems[0].code == "registry.bad-link"
