"""Addresses against every unit of the country, straight from the sources; no database is asked."""

import csv
from collections import defaultdict
from datetime import date

import pytest

from thongsuot.apps.registry.sources import overlay_folder
from thongsuot.apps.registry.sources_address import gazetteer
from thongsuot.apps.registry.sources_registry import registry_from_sources
from thongsuot.rules.registry.address import Gazetteer, Reading, Resolver
from thongsuot.rules.registry.registry import Registry, full_name
from thongsuot.rules.registry.values import COMMUNE

EVE = date(2025, 6, 30)


@pytest.fixture(scope="module")
def places(tmp_path_factory) -> Gazetteer:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("THONGSUOT_VAR", str(tmp_path_factory.mktemp("cache")))
        gazetteer(date.max)
        return gazetteer(date.max)  # as it comes back from the file


@pytest.fixture(scope="module")
def resolver(places: Gazetteer) -> Resolver:
    return Resolver(places)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return registry_from_sources()


def codes(places: Gazetteer, reading: Reading) -> set[str]:
    return {places.code[unit] for unit in reading.units}


def test_every_old_commune_is_found_with_all_its_successors_by_the_law(
    places: Gazetteer, resolver: Resolver, registry: Registry
) -> None:
    law = defaultdict(set)
    with (overlay_folder() / "law_mapping.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            law[row["old_ward_code"]].add(row["new_ward_code"])
    there = {f.unit: f for f in registry.in_force(EVE)}
    equal, by_land_only, wrong = 0, 0, []
    for fact in there.values():
        if fact.level != COMMUNE or fact.code not in law:
            continue
        above = there[fact.parent]
        text = f"{full_name(fact)}, {full_name(above)}, {full_name(there[above.parent])}"
        reading = resolver.resolve(text)
        found = codes(places, reading)
        equal += found == law[fact.code]
        by_land_only += reading.status == "one" and found < law[fact.code]
        if not found <= law[fact.code] or (found < law[fact.code] and reading.status != "one"):
            wrong.append((text, found, law[fact.code]))
    assert wrong == []
    assert (equal, by_land_only) == (9_975, 60)


def test_every_commune_of_today_is_among_the_answers_and_alone_when_the_day_is_known(
    resolver: Resolver, registry: Registry
) -> None:
    there = {f.unit: f for f in registry.in_force(date.max)}
    communes = [f for f in there.values() if f.level == COMMUNE]
    assert len(communes) == 3_321
    for fact in communes:
        text = f"{full_name(fact)}, {full_name(there[fact.parent])}"
        assert fact.unit in resolver.resolve(text).units, text
        dated = resolver.resolve(text, date(2026, 9, 1))
        assert (dated.status, dated.units) == ("one", (fact.unit,)), text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("12 Lê Lợi, Bến Nghé, Quận 1, TP.HCM", "26740"),
        ("12 Le Loi Ben Nghe Quan 1 TP HCM", "26740"),
        ("P. Thảo Điền Q2 HCM", "27094"),  # a district two reforms back
        ("huyện Chương Mỹ, thị trấn Xuân Mai, Hà Nội", "10045"),
        ("X. Hoà Thắng, H Bắc Bình, Bình Thuận", "23053"),
        ("P12 Q.Bình Thạnh tphcm", "26929"),
        ("X.Trưng Trắc H.Văn Lâm Hưng Yên", "12004"),
        ("Ấp 3, xã Lộ 25, Thống Nhất", "26326"),
        ("5 Lạc Long Quân Phường An Hải Bắc Quận Sơn Trà Thành phố Đà Nẵng", "20275"),
    ],
)
def test_what_people_type_is_read(
    places: Gazetteer, resolver: Resolver, text: str, code: str
) -> None:
    reading = resolver.resolve(text)
    assert (reading.status, codes(places, reading)) == ("one", {code})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Phường Gia Thụy, Long Biên, Hà Nội", "divided"),
        ("xã Tân Tiến, Tuyên Quang", "same-name"),  # one of old, one of today
        ("Xa Loc Thanh, Huyen Loc Ninh, Tinh Binh Phuoc", "same-name"),  # Thành or Thạnh
        ("5 Phố Huế, Hà Nội", "province-only"),
        ("quận Hà Đông", "district-only"),
        ("北京市朝阳区", "nothing"),
        ("", "nothing"),
        ("=cmd|' /C calc'!A0", "nothing"),
        ("x" * 100_000, "nothing"),
        ("\x00\x1b[31m\u202e", "nothing"),
    ],
)
def test_what_is_in_doubt_is_said_and_never_guessed(
    resolver: Resolver, text: str, why: str
) -> None:
    reading = resolver.resolve(text)
    assert (reading.why, reading.status != "one") == (why, True)


def test_marks_decide_between_names_that_differ_by_them(
    places: Gazetteer, resolver: Resolver
) -> None:
    for name, code in (("Lộc Thành", "25294"), ("Lộc Thạnh", "25280")):
        reading = resolver.resolve(f"Xã {name}, Huyện Lộc Ninh, Tỉnh Bình Phước")
        assert codes(places, reading) == {code}


def test_an_address_typed_before_unicode_is_read(places: Gazetteer, resolver: Resolver) -> None:
    tcvn3 = "Ph­êng H¹c Thµnh, tØnh Thanh Hãa"
    assert codes(places, resolver.resolve(tcvn3)) == {"14797"}
