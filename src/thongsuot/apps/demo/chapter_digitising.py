"""Three fonds of Hà Đông at three stages: nearly done, in the middle with a lot scanned again, just begun."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.digitising import actions, queries
from thongsuot.apps.digitising.models import Fonds, Record, Sampled
from thongsuot.foundation.files.store import keep
from thongsuot.rules.kernel.actor import Actor, Hat, Role

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

SETTINGS = {"hundredths": 2, "least": 3, "most_bad": 0, "every_days": 30}
BOX = 40


def scan_archives(teller: "Teller", stage: Stage) -> None:
    """Open three fonds and bring each as far as it is on 24 June."""
    nearly = _open(teller, stage, "hd-mttq", date(2025, 6, 10))
    for day, lot in ((11, 90), (13, 80), (17, 70), (20, 60)):
        _lot(teller, stage, nearly, ("hd-mttq", date(2025, 6, day)), lot)
    middle = _open(teller, stage, "hd-vhkhtt", date(2025, 6, 12))
    _lot(teller, stage, middle, ("hd-vhkhtt", date(2025, 6, 18)), 60, bad=True)
    _lot(teller, stage, middle, ("hd-vhkhtt", date(2025, 6, 20)), 50)
    begun = _open(teller, stage, "hd-vpqu", date(2025, 6, 19))
    teller.on(date(2025, 6, 23))
    _box(teller, begun, _next(begun, 1, 120))


def _open(teller: "Teller", stage: Stage, body: str, on: date) -> int:
    teller.on(on)
    named = queries.fonds_named([stage.bodies[body]])
    done = actions.open_fonds(
        teller.act("lan"),
        body_id=stage.bodies[body],
        name=named[0][1],
        settings=SETTINGS,
        demo=True,
    )
    return int(str(done["fonds"]))


def _next(fonds: int, stage: int, count: int) -> list[Record]:
    rows = Record.objects.filter(fonds=fonds, stage=stage, withdrawn_at=None)
    return list(rows.order_by("code")[:count])


def _box(teller: "Teller", fonds: int, records: list[Record]) -> None:
    boxed = Record.objects.filter(fonds=fonds, stage__gt=1).count()
    for first in range(0, len(records), BOX):
        part = records[first : first + BOX]
        number = (boxed + first) // BOX + 1
        actions.box_records(
            teller.act("lan"), fonds_id=fonds, ids=[r.pk for r in part], box=f"SH-{number:03d}"
        )


def _lot(  # one lot of the story
    teller: "Teller",
    stage: Stage,
    fonds: int,
    where: tuple[str, date],
    count: int,
    *,
    bad: bool = False,
) -> None:
    """So many files boxed, scanned and looked at; accepted by the head of the office, or rejected."""
    body, day = where
    teller.on(day)
    _box(teller, fonds, _next(fonds, 1, count))
    page = f"%PDF-1.4\n% Bản quét minh họa {fonds}/{day:%d%m}\n%%EOF\n".encode()
    stored = keep(page, "minh-hoa.pdf", by=0)
    scans: list[dict[str, object]] = [
        {"record": r.pk, "sha256": stored.sha256, "name": f"{r.code}.pdf"}
        for r in _next(fonds, 2, count)
    ]
    actions.keep_scans(teller.act("lan"), fonds_id=fonds, scans=scans)
    lot = int(str(actions.draw_lot(teller.act("lan"), fonds_id=fonds)["lot"]))
    of = {"fonds_id": fonds, "lot_id": lot}
    for number, one in enumerate(Sampled.objects.filter(lot=lot).order_by("place")):
        good = not bad or number > 0
        actions.judge(
            teller.act("lan"), record_id=one.record_id, good=good,
            fault="" if good else "Mờ ba trang, thiếu mặt sau", **of,
        )  # fmt: skip
    reason = "Mẫu có trang mờ: quét lại cả lô" if bad else ""
    actions.decide_lot(
        teller.act("lan"), decision="reject" if bad else "accept", reason=reason, **of
    )
    if not bad:
        name = Fonds.objects.get(pk=fonds).name
        actions.accept_lot(teller.act_as(_head(stage.bodies[body], name)), **of)


def _head(body: int, fonds: str) -> Actor:
    """The head of the office, who has no account in the story."""
    post = f"Thủ trưởng cơ quan giữ {fonds}"
    hat = Hat(0, Role.LEADER, post, body, "", frozenset({body}), frozenset())
    return Actor(user=2_000_000 + body, name=f"{post} (minh họa)", hats=(hat,), hat=hat)
