"""A decision signed after something ended: whatever ends first, nothing is signed without a basis."""

from collections.abc import Callable
from datetime import date
from itertools import permutations

import pytest
from django.db import transaction
from tests.apps.authority.conftest import JULY, TODAY, Office, office

from thongsuot.apps.authority import actions as authority
from thongsuot.apps.authority.models import Grounds
from thongsuot.apps.authority.queries import shown
from thongsuot.apps.decisions import actions
from thongsuot.apps.decisions.models import Docket, DocketStep
from thongsuot.apps.registry.models import Appointment, UnitVersion
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.ref import Ref

__all__ = ["office"]

pytestmark = pytest.mark.django_db
MATTER = "xay-nha"


@pytest.fixture
def room(office: Office) -> tuple[Office, int, int]:
    """A ward where the deputy signs by delegation, and a docket that only waits for the signature."""
    office.publish("R1")
    office.body("dang-uy-mot", "party-committee", "phuong-mot", bloc="party")
    office.seat("bi-thu", "dang-uy-mot", "Bí thư", "Bí Thư Một", office.people["chair"].hat.role)
    delegation = office.delegate(matters=[MATTER])
    done = actions.open_docket(
        office.act("chair"), title="Cấp giấy phép cho trường học", track="committee",
        summary="Cấp giấy phép xây dựng nhà lớp học.", matter=MATTER,
    )  # fmt: skip
    docket = int(str(done["docket"]))
    for kind in ("draft-decision", "explanation", "opinion"):
        actions.add_paper(office.act("chair"), docket_id=docket, kind=kind, title=kind)
    for doing, who in (("skip-consult", "chair"), ("submit", "chair"), ("opine", "bi-thu")):
        actions.take_step(
            office.act(who), docket_id=docket, doing=doing, number="1/TTr", fresh=True,
            reason="Việc nội bộ, không phải lấy ý kiến.",
        )  # fmt: skip
    return office, docket, delegation


def decide(office: Office, docket: int, who: str = "deputy") -> list[str]:
    """Sign the decision; the codes of what forbids it."""
    try:
        with transaction.atomic():
            actions.take_step(
                office.act(who), docket_id=docket, doing="decide", number="2/QĐ-UBND", fresh=True
            )
    except Refused as refused:
        return sorted({p.code for p in refused.problems})
    return []


def ends(office: Office, delegation: int) -> dict[str, Callable[[], object]]:
    """Everything on which the signature rests, and how it ends today."""
    seats = office.seats
    return {
        "rule": lambda: authority.withdraw(
            office.act("khanh"), code="R1", reason="Hết hiệu lực", on=TODAY
        ),
        "delegation": lambda: authority.revoke(
            office.act("khanh"), delegation_id=delegation, on=TODAY, reason="Đổi phân công"
        ),
        "giver": lambda: Appointment.objects.filter(pk=seats["chair"]).update(until=TODAY),
        "receiver": lambda: Appointment.objects.filter(pk=seats["deputy"]).update(until=TODAY),
        "unit": lambda: UnitVersion.objects.filter(unit=office.units["phuong-mot"]).update(
            until=TODAY
        ),
    }


def test_whatever_ends_in_whatever_order_nothing_is_signed_without_a_basis(
    room: tuple[Office, int, int],
) -> None:
    office, docket, delegation = room
    entries = Entry.objects.count()
    for order in permutations(ends(office, delegation)):
        with transaction.atomic():
            for name in order:
                ends(office, delegation)[name]()
                refused = decide(office, docket)
                assert refused, (order, name)
                assert all(code.startswith("authority.") for code in refused), (order, refused)
                assert Docket.objects.get(pk=docket).state == "opined"
                assert not Grounds.objects.filter(subject_kind="docket").exists()
                assert not DocketStep.objects.filter(docket=docket, act="decide").exists()
            transaction.set_rollback(True)
    assert Entry.objects.count() == entries
    assert decide(office, docket) == []


def test_what_was_signed_before_keeps_its_basis_whatever_ends_afterwards(
    room: tuple[Office, int, int],
) -> None:
    office, docket, delegation = room
    assert decide(office, docket) == []
    before = shown(Ref("docket", docket))
    assert before == (
        ("Phó Một, Phó Chủ tịch UBND", "theo ủy quyền", "Điều 5, 140/2025/NĐ-CP; UQ-1"),
    )
    entry = Entry.objects.get(pk=Grounds.objects.get(subject_kind="docket").entry_id)
    assert "140/2025/NĐ-CP" in entry.authority
    for end in ends(office, delegation).values():
        end()
        assert shown(Ref("docket", docket)) == before
    actions.take_step(office.act("chair"), docket_id=docket, doing="publish", number="2/QĐ-UBND")
    published = Entry.objects.order_by("pk").last()
    assert published is not None
    assert (
        "140/2025/NĐ-CP" in published.authority
    )  # the publication names what the decision rests on


def test_who_is_outside_a_delegation_does_not_decide(room: tuple[Office, int, int]) -> None:
    office, docket, delegation = room
    office.seat("moi", "ubnd-mot", "Phó Chủ tịch UBND", "Phó Mới", office.people["chair"].hat.role)
    assert decide(office, docket, "moi") == ["authority.not-competent"]  # not the person named
    authority.revoke(office.act("khanh"), delegation_id=delegation, on=TODAY, reason="Đổi")
    for more, code in (
        ({"matters": ["lap-truong"]}, "authority.delegation-other-matter"),
        ({"places": [office.units["phuong-hai"]]}, "authority.delegation-elsewhere"),
        ({"since": TODAY, "until": date(2025, 12, 1), "absence": True, "sign": False},
         "authority.delegation-over"),
        ({"since": date(2025, 12, 1), "until": date(2026, 1, 1)}, "authority.delegation-not-begun"),
    ):  # fmt: skip
        with transaction.atomic():
            authority_of(office, "UQ-2", more)
            assert code in decide(office, docket), more
            transaction.set_rollback(True)
    with transaction.atomic():  # acting in absence: only while it lasts
        office.delegate("KT-1", since=TODAY, until=date(2025, 12, 1), absence=True, form="KT.")
        assert decide(office, docket) == []
        transaction.set_rollback(True)


def authority_of(office: Office, number: str, more: dict[str, object]) -> int:
    """A delegation, of which the rules are asked at the signature."""
    return office.delegate(number, **({"matters": []} | more))


def test_nobody_gives_away_what_is_not_theirs(office: Office) -> None:
    office.publish("R1")
    office.publish("R2", matter="lap-truong", to_tier="province")
    with pytest.raises(Refused) as caught:
        office.delegate("UQ-1", matters=["lap-truong"])
    assert {p.code for p in caught.value.problems} == {"authority.not-competent"}
    office.publish("R1", passable=False)
    with pytest.raises(Refused) as caught:
        office.delegate("UQ-3", matters=[MATTER])
    assert {p.code for p in caught.value.problems} == {"authority.rule-not-passable"}
    office.publish("R1", since=JULY)
    office.delegate("UQ-4", matters=[MATTER])
    signed = Grounds.objects.get(subject_kind="delegation")
    assert (signed.state, signed.says["rules"]) == ("by-rule", ["R1"])
