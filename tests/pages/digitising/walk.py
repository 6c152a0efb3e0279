"""Who may open which page of digitising."""

from tests.apps.digitising.conftest import FONDS, Work, archive_rows
from tests.pages.handover.stage import CAST

from thongsuot.apps.digitising import actions
from thongsuot.apps.digitising.models import Scan


def told(default: int, **others: int) -> dict[str, int]:
    """The same answer for everybody but those named."""
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


def of(*names: str):
    """Arguments by the names of things."""
    return lambda _stage, things: [things.get(name) for name in names]


def things(stage) -> dict[str, int]:
    """One fonds of the office with a file scanned and in a lot, and one more that is not open."""
    story = stage.story
    archive_rows(story, range(101, 107))
    archive_rows(story, range(150, 153), "Phông khác")
    done = actions.open_fonds(
        story.act(story.lan), body_id=story.office, name=FONDS, settings={"least": 2}
    )
    work = Work(story, int(done["fonds"]))
    work.box("HS-101", "HS-102")
    work.scan("HS-101", "HS-102")
    lot = work.draw()
    return {
        "fonds": work.fonds, "fonds_lot": lot, "fonds_record": work.ids("HS-101")[0],
        "fonds_scan": Scan.objects.get(record__code="HS-101").pk,
    }  # fmt: skip


def rows() -> dict[str, object]:
    """The answers to a plain GET."""
    sees = told(404, lan=200, khanh=200, hang=200)
    works = told(404, lan=200, khanh=403, hang=403)
    posted = {"anonymous": 405, **dict.fromkeys(CAST, 405)}
    return {
        "digitising:list": (of(), told(200)),
        "digitising:open": (of(), told(403, lan=200, minh=200)),
        "digitising:fonds": (of("fonds"), sees),
        "digitising:take": (of("fonds"), posted),
        "digitising:close": (of("fonds"), works),
        "digitising:hand-on": (of("fonds"), told(404, lan=200, khanh=200, hang=403)),
        "digitising:records": (of("fonds"), sees),
        "digitising:box": (of("fonds"), posted),
        "digitising:record": (of("fonds", "fonds_record"), sees),
        "digitising:scan": (of("fonds"), works),
        "digitising:scan-file": (of("fonds", "fonds_scan"), sees),
        "digitising:bring": (of("fonds"), works),
        "digitising:template": (of("fonds"), sees),
        "digitising:lots": (of("fonds"), sees),
        "digitising:draw": (of("fonds"), posted),
        "digitising:lot": (of("fonds", "fonds_lot"), sees),
        "digitising:fixity": (of("fonds"), sees),
        "digitising:read-again": (of("fonds"), posted),
    }
