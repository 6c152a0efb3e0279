"""Who may open which page of schemes of rearrangement."""

from typing import Any

from thongsuot.apps.rearrangement import actions
from thongsuot.rules.kernel.actor import Actor, Hat, Role

KIND = {"kind": "offices", "title": "Sắp xếp (minh họa)"}


def _head(stage: Any, who: str, body: int) -> Actor:
    hat = Hat(0, Role.LEADER, f"Vị trí {who}", body, who, frozenset({body}))
    return Actor(stage.users[who].pk, who, (hat,), hat)


def things(stage: Any) -> dict[str, int]:
    """A submitted scheme of the steering committee for ward A, being carried out."""
    s = stage.story
    body = stage.bodies["steering"]
    khanh, ward = _head(stage, "khanh", body), _head(stage, "minh", s.ward)
    scheme = int(
        str(
            actions.make_scheme(s.act(khanh), keeper_id=body, scheme=KIND, owners=[s.ward])[
                "scheme"
            ]
        )
    )
    unit = {"code": "P-1", "name": "Phòng Một (minh họa)", "people": 8, "leaders": 2}
    made = actions.put_unit(s.act(ward), scheme_id=scheme, owner_id=s.ward, unit=unit)
    option = int(str(actions.make_option(s.act(khanh), scheme_id=scheme, title="A")["option"]))
    fate = {"unit": made["unit"], "fate": "rename", "name": "Phòng Mới (minh họa)"}
    actions.set_fates(s.act(khanh), scheme_id=scheme, option_id=option, fates=[fate])
    actions.submit_scheme(s.act(khanh), scheme_id=scheme)
    act = s.act(khanh)
    actions.ask_opinions(act, scheme_id=scheme, bodies=[s.ward], due_on=act.on)
    act = s.act(khanh)
    actions.approve_scheme(
        act, scheme_id=scheme, option_id=option, number="1/QĐ (minh họa)", decided_on=act.on,
        basis="Nghị quyết (minh họa)",
    )  # fmt: skip
    days = dict.fromkeys(("decision", "people", "handover", "seal", "announce"), act.on)
    actions.begin_carrying(s.act(khanh), scheme_id=scheme, days=days)
    return {"scheme": scheme, "scheme-unit": int(str(made["unit"])), "scheme-option": option}


def rows() -> dict[str, object]:
    """The answers to a plain GET."""
    from tests.pages.test_walk import OWN, POSTED, none, of, told  # noqa: PLC0415  # the walk asks back

    staff = told(403, lan=200, hoa=200, minh=200, son=200, khanh=200, xa=200)
    # led by the steering committee, ward A takes part and was asked, the inspection reads its area
    sees = told(404, minh=200, khanh=200, hang=200)
    leads = told(404, minh=403, khanh=200, hang=403)

    def owner(stage: Any, found: Any) -> list[object]:
        return [found.get("scheme"), stage.bodies["ward"]]

    option = ("scheme", "scheme-option")
    return {
        "rearrangement:all": (none, OWN),
        "rearrangement:make": (none, staff),
        "rearrangement:one": (of("scheme"), sees),
        "rearrangement:paper": (of("scheme", "docx"), sees),
        "rearrangement:compare": (of("scheme"), sees),
        "rearrangement:steps": (of("scheme"), sees),
        "rearrangement:carry": (of("scheme", "scheme-unit", "decision"), sees | {"hang": 403}),
        "rearrangement:units": (of("scheme"), sees),
        "rearrangement:owner": (owner, sees),
        "rearrangement:unit-add": (owner, sees | {"hang": 403}),
        "rearrangement:import": (owner, told(404, minh=422, khanh=422, hang=403)),
        "rearrangement:template": (owner, sees),
        "rearrangement:known": (owner, POSTED),
        "rearrangement:send": (owner, POSTED),
        "rearrangement:unit": (of("scheme", "scheme-unit"), sees),
        "rearrangement:unit-drop": (of("scheme", "scheme-unit"), POSTED),
        "rearrangement:option": (of(*option), sees),
        "rearrangement:fate": (of(*option, "scheme-unit"), leads),
        "rearrangement:keep-rest": (of(*option), leads),
        "rearrangement:found": (of(*option), leads),
        "rearrangement:unfound": (of(*option, "khong-co"), leads | {"khanh": 404}),
        "rearrangement:act": (of("scheme", "ket-thuc"), leads),
    }
