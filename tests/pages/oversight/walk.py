"""Who may open which page of the log of commendations."""

from typing import Any

from thongsuot.apps.oversight import actions


def things(stage: Any) -> dict[str, int]:
    """A commendation that the steering committee proposes for ward A and decides."""
    s = stage.story
    body = stage.bodies["steering"]
    khanh = s.actor(stage.users["khanh"].pk, "Lê Minh Khánh", s.city.role, body, s.area)
    done = actions.propose(
        s.act(khanh), proposer_id=body,
        commendation={"body": s.ward, "decider": body, "form": "praise", "about": "Nhận bàn giao (minh họa)",
                      "grounds": "Đếm xong trước hạn (minh họa)"},
    )  # fmt: skip
    return {"commendation": int(str(done["commendation"]))}


def rows() -> dict[str, object]:
    """The answers to a plain GET."""
    from tests.pages.test_walk import OWN, none, of, told  # noqa: PLC0415  # the walk asks back

    staff = told(403, lan=200, hoa=200, minh=200, son=200, khanh=200, xa=200)
    return {
        "oversight:all": (none, OWN),
        "oversight:propose": (none, staff),
        # not decided yet: ward A does not see it
        "oversight:one": (of("commendation"), told(404, khanh=200, hang=200)),
        "oversight:act": (of("commendation", "quyet-dinh"), told(404, khanh=200, hang=403)),
    }
