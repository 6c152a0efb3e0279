"""The doors of competence: what is public, who keeps the register, whose delegations are whose."""

from datetime import date
from typing import Any

from tests.pages.handover.stage import CAST, LOADED, Stage

from thongsuot.apps.authority import actions
from thongsuot.apps.authority.models import Field, FieldGroup, TextDays
from thongsuot.apps.registry.models import Appointment, LegalText, Post

EVERYBODY = ("anonymous", *CAST)


def told(default: int, **others: int) -> dict[str, int]:
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


ALL = dict.fromkeys(EVERYBODY, 200)
OWN = told(200)
KEEPS = told(403, khanh=200, xa=200)
CHECKS = told(403, khanh=200, xa=200, hoa=200)
AREA = told(403, khanh=200, hang=200, xa=200)
WARD = told(404, minh=200, khanh=200, hang=200)
GIVEN = told(404, hoa=200, khanh=200, hang=200)


def of(*names: str) -> Any:
    return lambda _stage, things: [things.get(name) for name in names]


def rows() -> dict[str, Any]:
    """Every door of the room."""
    return {
        "authority:card": (of(), ALL),
        "authority:card-sheet": (of(), dict.fromkeys(EVERYBODY, 302)),  # nothing asked: back to the card
        "authority:rules": (of(), ALL),
        "authority:rule": (of("QD-LOI-DI"), ALL),
        "authority:new-rule": (of(), KEEPS),
        "authority:edit-rule": (of("QD-LOI-DI"), KEEPS),
        "authority:check-rule": (of("QD-LOI-DI"), CHECKS),
        "authority:publish-rule": (of("QD-LOI-DI"), KEEPS),
        "authority:withdraw-rule": (of("QD-LOI-DI"), KEEPS),
        "authority:bring": (of(), KEEPS),
        "authority:template": (of(), KEEPS),
        "authority:new-matter": (of(), KEEPS),
        "authority:matter": (of("viec-loi-di"), KEEPS),
        "authority:texts": (of(), ALL),
        "authority:text": (of("van-ban-loi-di"), ALL),
        "authority:text-days": (of("van-ban-loi-di"), KEEPS),
        "authority:text-part": (of("van-ban-loi-di"), KEEPS),
        "authority:text-change": (of("van-ban-loi-di"), KEEPS),
        "authority:groups": (of(), ALL),
        "authority:group": (of("authority-group"), KEEPS),
        "authority:expiry": (of(), ALL),
        "authority:clashes": (of(), ALL),
        "authority:diff": (of(), ALL),
        "authority:simulation": (of(), OWN),
        "authority:delegations": (of(), OWN),
        "authority:new-delegation": (of(), told(403, hoa=200)),
        "authority:absence": (of(), told(403, hoa=200)),
        "authority:delegation": (of("authority-delegation"), GIVEN),
        # the password was not given again: its giver is asked for it
        "authority:sign-delegation": (of("authority-delegation"), told(404, hoa=302, khanh=403, hang=403)),
        "authority:refuse-delegation": (of("authority-delegation"), told(404, hoa=200, khanh=403, hang=403)),
        "authority:revoke-delegation": (of("authority-delegation"), told(404, hoa=200, khanh=200, hang=403)),
        # the city goes to its grid, a ward to its own sheet
        "authority:reviews": (of(), told(200, khanh=302, hang=302, xa=302, minh=302, son=302)),
        "authority:grid": (of(), AREA),
        "authority:sheet": (of("phuong-ha-dong"), WARD),
        "authority:review": (of("phuong-ha-dong", "QD-LOI-DI"), told(404, minh=200, khanh=403, hang=403)),
    }  # fmt: skip


def things(stage: Stage) -> dict[str, int]:
    """A text, a matter, a rule as a draft and a delegation that waits for its giver."""
    s = stage.story
    group = FieldGroup.objects.create(number=1, name="Nhóm lối đi")
    Field.objects.create(code="linh-vuc-loi-di", name="Lĩnh vực lối đi", group=group)
    text = LegalText.objects.create(key="van-ban-loi-di", number="1/2025/NĐ-CP")
    TextDays.objects.create(text=text, since=date(2025, 7, 1), until=date(2027, 3, 1))
    actions.write_matter(
        s.act(s.city), code="viec-loi-di", name="Việc lối đi", field="linh-vuc-loi-di", words=[]
    )
    actions.write_rule(
        s.act(s.city), code="QD-LOI-DI",
        rule={"matter": "viec-loi-di", "kind": "division", "to_tier": "commune",
              "text": "van-ban-loi-di"},
    )  # fmt: skip
    held = Appointment.objects.get(person=stage.people["hoa"], post__body=stage.bodies["district"])
    post = Post.objects.create(
        body_id=stage.bodies["district"], title="Phó", role="clerk", recorded_at=LOADED
    )
    hoa = s.people["clerk"]
    by = s.actor(stage.users["hoa"].pk, hoa.name, hoa.role, stage.bodies["district"])
    made = actions.propose(
        s.act(by), number="UQ-LD", giver_id=held.pk, post_id=post.pk, to_person=False,
        since=date(2025, 6, 24), until=date(2025, 12, 1),
    )  # fmt: skip
    return {
        "authority-group": group.number,
        "authority-delegation": int(str(made["delegation"])),
    }
