"""The doors of settling for the walk over the whole site: who gets which answer."""

from typing import Any

from tests.apps.settling.conftest import line
from tests.pages.handover.stage import Stage

from thongsuot.apps.handover import actions as handover
from thongsuot.apps.settling import actions
from thongsuot.apps.settling.models import Seal

PEOPLE = ("anonymous", "lan", "hoa", "minh", "son", "khanh", "hang", "quantri", "xa", "het")


def _told(others: int, **some: int) -> dict[str, int]:
    return dict.fromkeys(PEOPLE, others) | {"anonymous": 302, **some}


POSTED = dict.fromkeys(PEOPLE, 405)
PART = _told(404, lan=200, hoa=200, minh=200, son=200, khanh=200, hang=200)
# the finance of a body is for those who answer for it, the city and inspection
BOOKS = _told(404, lan=200, khanh=200, hang=200)
WRITES = _told(404, lan=200, khanh=403, hang=403)
OF_LEAD = _told(404, lan=200, minh=200, khanh=200, hang=200)


def _args(*names: str) -> Any:
    def args(stage: Stage, things: Any) -> list[object]:
        more = (stage.story.office if n == "office" else things.get(n) for n in names)
        return [stage.story.transition, *more]

    return args


def rows() -> dict[str, tuple[Any, dict[str, int]]]:
    """Every door of the room."""
    here, book = _args(), _args("office")
    one, made = _args("settling_seal"), _args("settling_bundle")
    return {
        "settling:sheets": (here, PART),
        "settling:sheet": (book, BOOKS),
        "settling:line": (book, WRITES),
        "settling:remove-line": (book, WRITES),
        "settling:confirm-balance": (book, WRITES),
        "settling:confirmation-file": (_args("office", "settling_seal"), _told(404)),
        "settling:excuse": (book, _told(404, lan=200, khanh=200, hang=403)),
        "settling:freeze": (book, POSTED),
        "settling:reopen-sheet": (book, WRITES),
        "settling:bring": (book, WRITES),
        "settling:template": (book, BOOKS),
        "settling:sheet-paper": (_args("office", "xlsx"), BOOKS),
        "settling:seals": (here, PART),
        "settling:register-seals": (here, POSTED),
        "settling:issue-seal": (here, _told(403, minh=200, son=200, khanh=200, quantri=404, xa=404, het=404)),
        "settling:move-seals": (_args("chung-nhan"), _told(403, lan=302, quantri=404, xa=404, het=404)),
        "settling:seal": (one, BOOKS),
        "settling:bundles": (here, PART),
        "settling:make-bundle": (here, _told(403, lan=200, hoa=200, khanh=200, quantri=404, xa=404, het=404)),
        "settling:bundle": (made, OF_LEAD),
        "settling:bundle-parts": (made, _told(404, lan=200, minh=403, khanh=200, hang=403)),
        "settling:remove-part": (_args("settling_bundle", "settling_part"), _told(404, lan=200, minh=403, khanh=200, hang=403)),
        "settling:bundle-exception": (made, _told(404, lan=200, minh=403, khanh=200, hang=403)),
        "settling:confirm-bundle": (made, POSTED),
        "settling:reopen-bundle": (made, _told(404, lan=200, minh=403, khanh=200, hang=403)),
        "settling:dissolve-bundle": (made, _told(404, lan=200, minh=403, khanh=200, hang=403)),
    }  # fmt: skip


def things(stage: Stage) -> dict[str, int]:
    """A sheet with a line, a seal in the register, a bundle with a part; on top of the story."""
    s = stage.story
    actions.write_lines(
        s.act(s.lan), transition_id=s.transition, body_id=s.office, lines=[line("KS-1")]
    )
    seal, lead, part = handover.add_items(
        s.act(s.lan), transition_id=s.transition, giver_id=s.office,
        rows=[
            s.row(70, kind="seal", code="CD-70", quantity=1, measure="con dấu"),
            s.row(71, kind="service_unit", code="DV-71", quantity=1, measure="đơn vị"),
            s.row(72, kind="person", code="CB-72", quantity=1, measure="người"),
        ],
    )["items"]  # fmt: skip
    s.give_to(s.ward, [lead, part])
    actions.register_seals(s.act(s.lan), transition_id=s.transition)
    made = actions.make_bundle(
        s.act(s.lan), transition_id=s.transition, sort="service-unit", lead_id=lead
    )
    bundle = int(made["bundle"])
    actions.add_parts(
        s.act(s.lan), transition_id=s.transition, bundle_id=bundle, parts=[{"item": part}]
    )
    return {
        "settling_seal": Seal.objects.get(item=seal).pk,
        "settling_bundle": bundle,
        "settling_part": part,
    }
