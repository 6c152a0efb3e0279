"""The doors of reports: who gets in, and what they lead to."""

from typing import Any

from tests.apps.reporting.conftest import CONTENT, WEEKLY
from tests.pages.handover.stage import CAST, NOW, Stage

from thongsuot.apps.reporting.actions import forms, papers, rounds, targets
from thongsuot.apps.reporting.models import Recipient, Return
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor, Hat, Role

EVERYBODY = ("anonymous", *CAST)


def told(default: int, **others: int) -> dict[str, int]:
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


OWN = told(200)
POSTED = dict.fromkeys(EVERYBODY, 405)
# The steering committee gathers; the ward of anh Minh reports; inspection reads its area.
READS = told(404, khanh=200, hang=200)
GATHERS = told(404, khanh=200, hang=403)
RETURN = told(404, khanh=200, hang=200, minh=200)
WRITES = told(200, hang=403, quantri=403, het=403)


def of(*names: str) -> Any:
    return lambda _stage, things: [things.get(name) for name in names]


def rows() -> dict[str, Any]:
    """Every door of the room."""
    return {
        "reporting:home": (of(), OWN),
        "reporting:all-series": (of(), OWN),
        "reporting:briefs": (of(), OWN),
        "reporting:indicators": (of(), OWN),
        "reporting:scores": (of(), OWN),
        "reporting:forms": (of(), OWN),
        "reporting:return": (of("report"), RETURN),
        "reporting:nothing": (of("report"), POSTED),
        "reporting:recall": (of("report"), told(404, khanh=403, hang=403, minh=200)),
        "reporting:reopen": (of("report"), told(404, khanh=200, hang=403, minh=403)),
        "reporting:round": (of("report-round"), READS),
        "reporting:remind": (of("report-round"), GATHERS),
        "reporting:lock": (of("report-round"), GATHERS),
        "reporting:totals": (of("report-round"), READS),
        "reporting:recut": (of("report-round"), READS),
        "reporting:bring": (of("report-round"), GATHERS),
        "reporting:workbook": (of("report-round", "xlsx"), READS),
        "reporting:series": (of("report-series"), READS),
        "reporting:wall": (of("report-series"), READS),
        "reporting:open-round": (of("report-series"), POSTED),
        "reporting:add-recipient": (of("report-series"), GATHERS),
        "reporting:expected": (of("report-series"), GATHERS),
        "reporting:close-series": (of("report-series"), GATHERS),
        "reporting:new-indicator": (of("report-series"), GATHERS),
        "reporting:write-indicator": (of("report-series", "report-indicator"), GATHERS),
        "reporting:indicator": (of("report-indicator"), READS),
        "reporting:new-series": (of(), WRITES),
        "reporting:new-form": (of(), WRITES),
        "reporting:template": (of(), WRITES),
        "reporting:form": (of("report-form"), told(404, khanh=200, hang=200, minh=200)),
        "reporting:edit-form": (of("report-form"), told(404, khanh=200, hang=403, minh=403)),
        "reporting:freeze": (of("report-recipient"), GATHERS),
        "reporting:snapshot": (of("report-snapshot"), READS),
        "reporting:begin-brief": (of("report-snapshot"), POSTED),
        "reporting:measure": (of("report-snapshot"), POSTED),
        "reporting:brief": (of("report-brief"), READS),
        # the password was not given again: who may sign is asked, the others refused
        "reporting:sign": (of("report-brief"), told(404, khanh=302, hang=403)),
        "reporting:paper": (of("report-brief", "docx"), READS),
        "reporting:score": (of("766"), WRITES),
    }


def things(stage: Stage) -> dict[str, int]:
    """A series of the steering committee, a period, the return of a ward, a snapshot, a brief."""
    body = stage.bodies["steering"]
    hat = Hat(0, Role.STEERING, "Vị trí khanh", body, "Ban Chỉ đạo", frozenset({body}))
    actor = Actor(stage.users["khanh"].pk, "Lê Minh Khánh", (hat,), hat)

    def act(key: str) -> Act:
        return Act(by=actor, key=f"loi-di-bao-cao-{key}", at=NOW)

    form = forms.write_form(act("mau"), title="Tuần", since="2025-06-01", content=CONTENT)["form"]
    series = forms.open_series(
        act("che-do"), form_id=form, name="Tuần", rhythm=WEEKLY, since="2025-06-01",
        bodies=[stage.bodies["ward"]],
        recipients=[{**WEEKLY, "name": "Thường trực", "bloc": "party"}],
    )["series"]  # fmt: skip
    round_ = rounds.open_round(act("ky"), series_id=series, on="2025-06-16")["round"]
    recipient = Recipient.objects.get(series=series).pk
    snapshot = papers.take_snapshot(act("chot"), recipient_id=recipient, on="2025-06-16")
    brief = papers.start_brief(act("soan"), snapshot_id=snapshot["snapshot"])["brief"]
    indicator = targets.write_indicator(
        act("chi-tieu"), series_id=series, title="Đúng hạn", formula="dung_han / tong * 100",
        points=[{"on": "2025-12-31", "value": "95"}], about={},
    )["indicator"]  # fmt: skip
    return {
        "report": Return.objects.get(round=round_).pk,
        "report-round": int(round_),
        "report-series": int(series),
        "report-form": int(form),
        "report-recipient": recipient,
        "report-snapshot": int(snapshot["snapshot"]),
        "report-brief": int(brief),
        "report-indicator": int(indicator),
    }
