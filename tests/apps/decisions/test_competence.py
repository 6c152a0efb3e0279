"""Who signs a decision on a matter must be competent for it, and what that rested on is kept."""

import pytest
from tests.apps.authority.conftest import Office, office

from thongsuot.apps.authority.queries.competence import grounds_of
from thongsuot.apps.decisions import actions
from thongsuot.apps.decisions.models import Docket
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.kernel.ref import Ref

__all__ = ["office"]
pytestmark = pytest.mark.django_db


def opined(world: Office) -> int:
    """A docket of the committee of ward one on building permits, with the opinion of the Party."""
    world.body("dang-uy-mot", "party-committee", "phuong-mot", "party")
    world.seat("secretary", "dang-uy-mot", "Bí thư", "Bí Thư", Role.LEADER)
    made = actions.open_docket(
        world.act("chair"), title="Cấp phép xây dựng hàng loạt", track="committee",
        summary="Cấp phép theo danh sách.", matter="xay-nha",
    )["docket"]  # fmt: skip
    pk = int(str(made))
    for kind in ("draft-decision", "explanation", "opinion"):
        actions.add_paper(world.act("chair"), docket_id=pk, kind=kind, title=kind)
    take = actions.take_step
    take(world.act("chair"), docket_id=pk, doing="skip-consult", reason="Không phải lấy ý kiến.")
    take(world.act("chair"), docket_id=pk, doing="submit", number="1/TTr", fresh=True)
    take(world.act("secretary"), docket_id=pk, doing="opine", number="1-TB", fresh=True)
    return pk


def decide(world: Office, pk: int) -> None:
    actions.take_step(world.act("chair"), docket_id=pk, doing="decide", number="9/QĐ", fresh=True)


def test_the_competent_chairman_signs_and_the_article_is_kept(office: Office) -> None:
    office.publish("xp-1")
    pk = opined(office)
    decide(office, pk)
    assert Docket.objects.get(pk=pk).state == "resolved"
    (ground,) = grounds_of(Ref("docket", pk))
    assert ground.matter == "xay-nha"
    assert "140/2025/NĐ-CP" in str(ground.says)


def test_a_decision_that_belongs_to_the_province_is_refused(office: Office) -> None:
    office.publish("xp-1", to_tier="province")
    pk = opined(office)
    with pytest.raises(Refused):
        decide(office, pk)
    assert Docket.objects.get(pk=pk).state == "opined"
    assert grounds_of(Ref("docket", pk)) == ()
