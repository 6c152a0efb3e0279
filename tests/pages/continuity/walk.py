"""Who may open which page of data copies, servers and drills."""

from datetime import date

from tests.apps.continuity.conftest import Copying

from thongsuot.apps.continuity import actions


def things(stage) -> dict[str, int]:
    """A copy of the office for ward A, proved, on a server of the ward."""
    story, copying = stage.story, Copying(stage.story)
    server = actions.register_server(
        story.act(story.minh), body_id=story.ward, server={"name": "MC-01", "disk_gb": 500}
    )["server"]
    copy = copying.planned(server=server, due_on=date(2025, 6, 23))
    copying.proved(copy)
    return {"data_copy": copy, "server": int(str(server)), "one": 1}


def rows() -> dict[str, object]:
    """The answers to a plain GET."""
    from tests.pages.test_walk import OWN, POSTED, none, of, told  # noqa: PLC0415  # the walk asks back

    sides = told(404, lan=200, minh=200, khanh=200, hang=200)
    staff = told(403, lan=200, hoa=200, minh=200, son=200, khanh=200)
    return {
        "continuity:copies": (none, OWN),
        "continuity:plan": (none, staff),
        "continuity:copy": (of("data_copy"), sides),
        "continuity:prove": (of("data_copy"), POSTED),
        "continuity:check": (of("data_copy"), POSTED),
        "continuity:stop": (of("data_copy"), POSTED),
        "continuity:paper": (of("data_copy", "docx"), sides),
        "continuity:proof-file": (of("data_copy", "one"), sides),
        "continuity:servers": (none, OWN),
        "continuity:register": (none, staff),
        "continuity:server": (of("server"), sides),
        "continuity:assess": (of("server"), POSTED),
        "continuity:drills": (none, OWN),
        "continuity:drill": (none, staff),
    }
