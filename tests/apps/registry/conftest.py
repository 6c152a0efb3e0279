"""A small country: Hà Nội, its quận Hà Đông until the end of June 2025, and two wards after it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

import pytest

from thongsuot.apps.registry import actions
from thongsuot.apps.registry.models import (
    LegalText,
    Share,
    Unit,
    UnitEdge,
    UnitEvent,
    UnitEventKind,
    UnitKind,
    UnitVersion,
)
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor, Hat, Role
from thongsuot.rules.kernel.text import fold

JULY = date(2025, 7, 1)
LOADED = datetime(2025, 6, 20, 1, 0, tzinfo=UTC)
NOW = datetime(2025, 6, 24, 2, 0, tzinfo=UTC)
_keys = count(1)

LEVELS = {
    UnitKind.CITY: "province",
    UnitKind.PROVINCE: "province",
    UnitKind.URBAN_DISTRICT: "district",
    UnitKind.WARD: "commune",
    UnitKind.COMMUNE: "commune",
}


def make_unit(key, kind, name, *, code="", parent=None, since=None, until=None, at=LOADED):
    unit = Unit.objects.create(key=key, level=LEVELS[kind])
    UnitVersion.objects.create(
        unit=unit, kind=kind, name=name, code=code, parent=parent, since=since, until=until,
        folded=fold(f"{kind.label} {name}"), recorded_at=at,
    )  # fmt: skip
    return unit


def operator() -> Actor:
    hat = Hat(appointment=0, role=Role.OPERATOR, post="Quản trị hệ thống", body=0, body_name="")
    return Actor(user=1, name="Người quản trị", hats=(hat,), hat=hat)


def act(by=None, at=NOW) -> Act:
    return Act(by=by or operator(), key=f"k-{next(_keys)}", at=at)


@dataclass(frozen=True)
class Country:
    ha_noi: Unit
    ha_dong: Unit
    van_phuc: Unit
    mo_lao: Unit
    new_ha_dong: Unit
    dai_mo: Unit
    law: LegalText


@pytest.fixture
def country(db) -> Country:
    law = LegalText.objects.create(
        key="1656-NQ-UBTVQH15",
        number="1656/NQ-UBTVQH15",
        checked=True,
        url="https://example.vn/1656",
    )
    ha_noi = make_unit("ha-noi", UnitKind.CITY, "Hà Nội", code="01")
    district = make_unit(
        "quan-ha-dong", UnitKind.URBAN_DISTRICT, "Hà Đông", code="268", parent=ha_noi, until=JULY
    )
    old = {"parent": district, "until": JULY}
    van_phuc = make_unit("van-phuc-2008", UnitKind.WARD, "Vạn Phúc", code="09547", **old)
    mo_lao = make_unit("mo-lao-2008", UnitKind.WARD, "Mộ Lao", code="09541", **old)
    new = {"parent": ha_noi, "since": JULY}
    ha_dong = make_unit("phuong-ha-dong", UnitKind.WARD, "Hà Đông", code="09556", **new)
    dai_mo = make_unit("phuong-dai-mo", UnitKind.WARD, "Đại Mỗ", code="00622", **new)
    event = UnitEvent.objects.create(
        kind=UnitEventKind.MERGE, on=JULY, basis=law, clause="58", recorded_at=LOADED
    )
    edges = [
        (van_phuc, ha_dong, Share.WHOLE), (mo_lao, ha_dong, Share.REST), (mo_lao, dai_mo, Share.PART)
    ]  # fmt: skip
    for src, dst, share in edges:
        UnitEdge.objects.create(
            event=event, src=src, dst=dst, share=share, clause="58", recorded_at=LOADED
        )
    end = UnitEvent.objects.create(
        kind=UnitEventKind.DISSOLVE, on=JULY, basis=law, recorded_at=LOADED
    )
    UnitEdge.objects.create(event=end, src=district, share=Share.WHOLE, recorded_at=LOADED)
    return Country(ha_noi, district, van_phuc, mo_lao, ha_dong, dai_mo, law)


@dataclass(frozen=True)
class Bodies:
    city: int
    district: int
    office: int
    ward: int


@pytest.fixture
def bodies(country) -> Bodies:
    def made(**values):
        return actions.create_body(act(), **values)["body"]

    city = made(
        key="ubnd-ha-noi", kind="peoples-committee", name="UBND thành phố Hà Nội",
        since=date(2021, 6, 1), units=[country.ha_noi.pk],
    )  # fmt: skip
    district = made(
        key="ubnd-quan-ha-dong", kind="peoples-committee", name="UBND quận Hà Đông",
        since=date(2021, 6, 1), units=[country.ha_dong.pk], parent=city,
    )  # fmt: skip
    office = made(
        key="phong-noi-vu", kind="specialised-office", name="Phòng Nội vụ quận Hà Đông",
        since=date(2021, 6, 1), parent=district,
    )  # fmt: skip
    ward = made(
        key="ubnd-phuong-ha-dong", kind="peoples-committee", name="UBND phường Hà Đông",
        since=JULY, units=[country.new_ha_dong.pk], parent=city,
    )  # fmt: skip
    return Bodies(city, district, office, ward)


@pytest.fixture
def new_act():
    """A fresh act by the operator, or by somebody else."""
    return act


@pytest.fixture
def july() -> date:
    return JULY
