"""A body does not end while a power would be left to nobody, whichever way it ends."""

from datetime import date

import pytest
from tests.apps.authority.conftest import JULY, TODAY, Office

from thongsuot.apps.authority.queries.comparing import powers_left
from thongsuot.apps.registry import actions as registry
from thongsuot.apps.registry import closing
from thongsuot.apps.registry.models import BodyVersion, UnitKind
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db
END = date(2026, 1, 1)
LEFT = "authority.power-without-successor"


def close(office: Office, body: str, on: date = END) -> list[str]:
    """Close a body from its page; the codes of what stands in the way."""
    try:
        registry.close_body(office.act("khanh"), body=office.bodies[body], on=on)
    except Refused as refused:
        return sorted({p.code for p in refused.problems})
    return []


def test_a_committee_whose_powers_nobody_takes_over_does_not_close_from_its_page(
    office: Office,
) -> None:
    office.publish("R1")
    assert close(office, "ubnd-mot") == [LEFT]
    (problem,) = closing.problems_of(office.bodies["ubnd-mot"], END)
    assert (problem.subject, problem.facts["on"]) == ("Cấp giấy phép xây dựng", END)
    office.publish("R1", to_tier="province", since=END)  # the province has it from that day on
    assert close(office, "ubnd-mot") == []


def test_a_rule_that_ends_with_the_body_needs_a_rule_after_it(office: Office) -> None:
    office.publish("R1", until=END)
    assert close(office, "ubnd-hai") == [LEFT]
    office.publish("R2", since=END, to_tier="province")
    assert close(office, "ubnd-hai") == []


def test_another_body_of_its_kind_in_the_place_takes_the_powers_over(office: Office) -> None:
    office.publish("R1")
    office.body("ubnd-moi", "peoples-committee", "phuong-mot")
    assert close(office, "ubnd-mot") == []


def test_a_body_without_powers_and_one_whose_ward_ends_may_close(office: Office) -> None:
    office.body("van-phong", "joint-office", "phuong-mot")
    office.publish("R1")
    assert close(office, "van-phong") == []
    office.unit("phuong-ba", "commune", UnitKind.WARD, "tp", since=JULY, until=END)
    office.body("ubnd-ba", "peoples-committee", "phuong-ba")
    assert powers_left(office.bodies["ubnd-ba"], END) == ()


def test_a_department_named_by_a_rule_does_not_close_before_the_rule_names_another(
    office: Office,
) -> None:
    office.body("so-xay-dung", "department", "tp")
    office.body("so-tai-chinh", "department", "tp")
    rule = {"to_tier": "province", "to_organ": "department", "to_title": "Giám đốc Sở"}
    office.publish("R1", to_name="so xay dung", **rule)
    assert close(office, "so-tai-chinh") == []
    assert close(office, "so-xay-dung") == [LEFT]
    office.publish("R1", to_name="", to_organ="peoples-committee", to_tier="province")
    assert close(office, "so-xay-dung") == []


def test_merging_bodies_asks_the_same(office: Office) -> None:
    office.publish("R1")
    city = office.act("khanh")
    bodies = [office.bodies["ubnd-mot"], office.bodies["ubnd-hai"]]
    with pytest.raises(Refused) as caught:
        registry.merge_bodies(
            city, bodies=bodies, key="ban-moi", kind="joint-office", name="Văn phòng", on=END
        )
    assert {p.code for p in caught.value.problems} == {LEFT}
    registry.merge_bodies(
        office.act("khanh"), bodies=bodies, key="ubnd-moi", kind="peoples-committee",
        name="UBND chung", on=END,
    )  # fmt: skip
    assert not BodyVersion.objects.on(END).filter(body__in=bodies).exists()
    assert BodyVersion.objects.on(TODAY).filter(body__in=bodies).count() == 2
