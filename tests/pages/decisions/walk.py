"""The doors of decisions for the walk over the whole site: who gets which answer."""

from datetime import date
from typing import Any

from tests.apps.handover.conftest import _body
from tests.pages.handover.stage import Stage

from thongsuot.apps.decisions import actions
from thongsuot.apps.registry.models import Body, Unit
from thongsuot.rules.kernel.actor import Role

PEOPLE = ("anonymous", "lan", "hoa", "minh", "son", "khanh", "hang", "quantri", "xa", "het")


def _told(others: int, **some: int) -> dict[str, int]:
    return dict.fromkeys(PEOPLE, others) | {"anonymous": 302, **some}


OWN = _told(200)
SEEN = _told(404, minh=200, khanh=200, hang=200)  # of ward A: itself, the city, inspection
DRAFT = _told(404, minh=200)  # a draft is read by its own body alone
WRITES = _told(404, minh=200, khanh=403, hang=403)
SIGNS = _told(404, minh=302, khanh=403, hang=403)  # asked for the password first
COUNCIL = _told(404, minh=403, khanh=403, hang=403)  # the council has nobody in the cast


def _args(*names: str) -> Any:
    return lambda stage, things: [things.get(n) for n in names]


def rows() -> dict[str, tuple[Any, dict[str, int]]]:
    """Every door of the room."""
    none, one = _args(), _args("docket")
    return {
        "decisions:dockets": (none, OWN),
        "decisions:new-docket": (none, _told(403, hoa=200, minh=200, son=200)),
        "decisions:move": (_args("ward"), _told(403, minh=200, khanh=200, xa=403)),
        "decisions:docket": (one, SEEN),
        "decisions:act": (_args("docket", "tai-lieu"), WRITES),
        "decisions:finish-task": (_args("docket", "docket"), _told(404, khanh=403, hang=403)),
        "decisions:paper-file": (_args("docket", "docket"), _told(404)),
        "decisions:docket-print": (_args("docket", "to-trinh", "docx"), SEEN),
        "decisions:sessions": (none, OWN),
        "decisions:plan-session": (none, _told(403)),
        "decisions:session": (_args("session"), SEEN),
        "decisions:session-act": (_args("session", "huy"), COUNCIL),
        "decisions:invitation": (_args("session", "docx"), SEEN),
        "decisions:versions": (none, OWN),
        "decisions:write-version": (none, _told(403, hoa=200, minh=200, son=200)),
        "decisions:version": (_args("register_version"), DRAFT),
        "decisions:issue-version": (_args("register_version"), _told(404, minh=302)),
        "decisions:version-print": (_args("register_version", "docx"), DRAFT),
        "decisions:coverage": (none, OWN),
        "decisions:numbers": (none, OWN),
        "decisions:set-number": (_args("quorum"), _told(403, khanh=200, xa=200)),
    }


def things(stage: Stage) -> dict[str, int]:
    """A docket, a session and a draft assignment of ward A."""
    s = stage.story
    ward = Unit.objects.get(key="phuong-ha-dong")
    if not Body.objects.filter(key="dang-uy-phuong").exists():
        _body("dang-uy-phuong", "party-committee", "party", ward)
        _body("hdnd-phuong", "peoples-council", "state", ward)
    council = Body.objects.get(key="hdnd-phuong")
    speaker = s.actor(704, "Chủ tịch HĐND", Role.LEADER, council.pk)
    docket = actions.open_docket(
        s.act(s.minh), title="Phân bổ vốn sửa chữa trụ sở", track="council",
        summary="Phân bổ vốn để sửa chữa trụ sở.",
    )["docket"]  # fmt: skip
    session = actions.plan_session(
        s.act(speaker), name="Kỳ họp thứ hai", kind="regular", on=date(2025, 8, 20),
        starts_at="08:00", place="Hội trường", members=30,
    )["session"]  # fmt: skip
    version = actions.write_version(
        s.act(s.minh), sort="assignment", title="Phân công nhiệm vụ", since=date(2025, 7, 1),
        lines=[{"person": "Anh A", "field": "tu-phap"}],
    )["version"]  # fmt: skip
    return {
        "ward": s.ward,
        "docket": int(str(docket)),
        "session": int(str(session)),
        "register_version": int(str(version)),
    }
