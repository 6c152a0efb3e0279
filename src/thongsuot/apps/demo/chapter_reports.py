"""Reports: the preparation of Hà Đông's wards, and TP.HCM weekly and every second week.

One unit late, one silent, one with nothing to report; one brief signed, one being written. Every
figure that the system does not know itself is invented and marked.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from thongsuot.apps.demo import cast_reports
from thongsuot.apps.demo.cast import Stage, slug_of, team
from thongsuot.apps.demo.cast_reports import City
from thongsuot.apps.demo.forms_reports import NEWS, NEXT, PREPARATION, TROUBLES, WEEKLY, WISHES
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import Body
from thongsuot.apps.reporting.actions import forms, papers, returns, rounds, targets
from thongsuot.apps.reporting.models import Brief, Return, Series
from thongsuot.apps.reporting.queries.returns import known_figures
from thongsuot.apps.reporting.values import form_of
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor, Hat, Role

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

FRIDAY = {"kind": "week", "due_after": -2, "due_at": "12:00"}
STANDING = "Thường trực Thành ủy"
FULL = "Ban Thường vụ Thành ủy"
LATE, SILENT, NOTHING = "Phú Lương", "Bình Minh", "An Khánh"


def _recipients(anchor: str) -> list[dict[str, Any]]:
    return [
        {"name": STANDING, "bloc": "party", "kind": "week", "due_after": -2, "due_at": "14:00"},
        {"name": FULL, "bloc": "party", "kind": "fortnight", "anchor": anchor, "due_after": 1,
         "due_at": "09:00", "due_earlier": False},
    ]  # fmt: skip


def prepare(teller: "Teller", stage: Stage) -> None:
    """Hà Đông: two weeks of preparation reported by twelve receiving teams, the third is open."""
    teller.on(date(2025, 6, 6))
    form = forms.write_form(
        teller.act("khanh"),
        title="Chuẩn bị vận hành chính quyền hai cấp",
        since="2025-06-01",
        content=PREPARATION,
        demo=True,
    )
    bodies = [stage.bodies[team(slug_of(name))] for name in stage.new_units]
    series = forms.open_series(
        teller.act("khanh"),
        form_id=int(str(form["form"])),
        name="Báo cáo chuẩn bị vận hành của các phường, xã mới",
        rhythm=FRIDAY,
        since="2025-06-01",
        bodies=bodies,
        recipients=_recipients("2025-06-09"),
        basis="Số liệu minh họa",
        demo=True,
    )
    pk = int(str(series["series"]))
    for week, monday in enumerate((date(2025, 6, 9), date(2025, 6, 16), date(2025, 6, 23))):
        teller.on(monday)
        made = rounds.open_round(teller.act("khanh"), series_id=pk, on=monday.isoformat())
        _preparation_week(teller, stage, int(str(made["round"])), week)
        if week < 2:
            _freeze(teller, pk, STANDING, monday, "khanh", signs=week == 0)
    _indicators(
        teller, "khanh", pk, "tai_khoan_dung / tai_khoan * 100", "Tài khoản đã đăng nhập thử"
    )


def _preparation_week(teller: "Teller", stage: Stage, round_id: int, week: int) -> None:
    """Most teams report on Thursday; in the second week one is late, one silent, one has nothing."""
    waiting = []
    for n, name in enumerate(stage.new_units):
        owner = Return.objects.select_related("round__version__form", "round__series").get(
            round=round_id, body=stage.bodies[team(slug_of(name))]
        )
        if week == 2 and n > 3:  # by Tuesday of the third week only the quick ones have reported
            continue
        if week == 1 and name in (LATE, SILENT, NOTHING):
            waiting.append((name, owner))
            continue
        hour = 8 if week == 2 else 14
        teller.on(owner.round.since + timedelta(days=0 if week == 2 else 3), hour + n % 3)
        _submit(teller, owner, _preparing(n, week))
    for name, owner in waiting:
        if name == NOTHING:
            teller.on(owner.round.since + timedelta(days=4), 10)
            returns.report_nothing(_as_team(teller, owner), return_id=owner.pk)
    for name, owner in waiting:
        if name == LATE:
            teller.on(owner.round.since + timedelta(days=5), 9)
            _submit(teller, owner, _preparing(4, week))


def _preparing(n: int, week: int) -> dict[str, Any]:
    tried = 12 + 5 * n + 20 * week
    failed = (n + week) % 4
    return {
        "ho_so_thu": tried,
        "ho_so_loi": failed,
        "tinh_hinh": NEWS[(n + week) % len(NEWS)],
        "kho_khan": TROUBLES[(n + week) % len(TROUBLES)] if failed else "",
        "kien_nghi": WISHES[n % len(WISHES)] if n % 3 == 0 else "",
        "ky_toi": NEXT[(n + week) % len(NEXT)],
    }


def _submit(teller: "Teller", owner: Return, values: Mapping[str, Any]) -> None:
    """Submit with the figures that the system knows, confirmed by the person who files."""
    act = _as_team(teller, owner)
    form = form_of(owner.round.version)
    known = known_figures(form, owner, at=act.at)
    found = {
        key: list(k.value) if isinstance(k.value, tuple) else k.value for key, k in known.items()
    }
    sources = {
        key: {"value": found[key], "source": k.source, "confirmed": True, "same": True}
        for key, k in known.items()
    }
    if isinstance(found.get("tai_khoan"), int):
        found["tai_khoan_dung"] = int(str(found["tai_khoan"])) * (owner.pk % 30 + 60) // 100
    returns.submit(act, return_id=owner.pk, values={**found, **values}, sources=sources)


def _as_team(teller: "Teller", owner: Return) -> Act:
    """The act of somebody of the body that reports: its account, or a member without one."""
    held = User.objects.filter(person__appointments__post__body=owner.body_id).first()
    if held is not None:
        actor = actor_of(held, timezone.localtime(teller.at).date())
        if actor.hat is not None:
            return teller.act_as(actor)
    name = f"Thành viên {Body.objects.get(pk=owner.body_id).versions.all()[0].name}"
    hat = Hat(0, Role.TEAM_MEMBER, "Thành viên tổ", owner.body_id, name, frozenset({owner.body_id}))
    return teller.act_as(Actor(0, name[:120], (hat,), hat))


def report_weekly(teller: "Teller") -> City:
    """TP.HCM: three weeks of July by seventeen wards, weekly upwards and every second week."""
    teller.on(date(2025, 7, 1), 7)
    city = cast_reports.place(teller.at)
    form = forms.write_form(
        teller.act("thanh"),
        title="Báo cáo tuần vận hành chính quyền địa phương hai cấp",
        since="2025-06-30",
        content=WEEKLY,
        demo=True,
    )
    series = forms.open_series(
        teller.act("thanh"),
        form_id=int(str(form["form"])),
        name="Báo cáo tuần của 17 phường",
        rhythm=FRIDAY,
        since="2025-07-01",
        bodies=list(city.wards),
        recipients=_recipients("2025-06-30"),
        basis="Thừa lệnh Thường trực Thành ủy (minh họa)",
        demo=True,
    )
    pk = int(str(series["series"]))
    _indicators(teller, "thanh", pk, "dung_han / (dung_han + qua_han) * 100", "Hồ sơ giải quyết đúng hạn", measure=False)  # fmt: skip
    _indicators(teller, "thanh", pk, "thiet_bi / thiet_bi_n * 100", "Bộ phận một cửa đủ trang thiết bị", measure=False)  # fmt: skip
    for week in range(3):
        monday = date(2025, 6, 30) + timedelta(weeks=week)
        teller.on(max(monday, date(2025, 7, 1)), 8)
        made = rounds.open_round(
            teller.act("thanh"), series_id=pk, on=(monday + timedelta(days=1)).isoformat()
        )
        _city_week(teller, city, int(str(made["round"])), week)
        if week < 2:
            _freeze(teller, pk, STANDING, monday, "thanh", signs=week == 0, head="loc")
        if week == 1:
            teller.on(monday + timedelta(days=7), 10)
            _freeze_only(teller, pk, FULL, monday, "thanh")
            rounds.lock_round(
                teller.act("loc"),
                round_id=int(str(made["round"])),
                reason="Một phường im lặng sau hai lần nhắc",
            )
    return city


def _city_week(teller: "Teller", city: City, round_id: int, week: int) -> None:
    """Ward 5 is late, ward 11 silent, ward 16 has nothing to report; in the last week nine are in."""
    owners = {r.body_id: r for r in Return.objects.filter(round=round_id).select_related("round")}
    late: list[tuple[int, int]] = []
    for n, body in enumerate(city.wards, 1):
        owner = owners[body]
        if (week == 2 and n > 9) or n == 11:
            continue
        if n == 5 and week < 2:
            late.append((n, owner.pk))
            continue
        teller.on(owner.round.since + timedelta(days=1 if week == 2 else 3), 9 + n % 7)
        _ward(teller, city, n, owner.pk, week)
    for n, pk in late:
        teller.on(owners[city.wards[n - 1]].round.since + timedelta(days=4), 16)
        _ward(teller, city, n, pk, week)


def _ward(teller: "Teller", city: City, n: int, return_id: int, week: int) -> None:
    act = teller.act(city.clerks[n - 1])
    if n == 16 and week < 2:
        returns.report_nothing(act, return_id=return_id)
    else:
        returns.submit(act, return_id=return_id, values=_weekly(n, week), sources={})


def _weekly(n: int, week: int) -> dict[str, Any]:
    """Invented figures of one ward for one week; they agree with each other as the form asks."""
    in_time, late = 180 + 23 * n + 31 * week, (n * 3 + week) % 5
    waiting = 40 + 7 * ((n + week) % 6)
    return {
        "tiep_nhan": in_time + late + waiting,
        "dung_han": in_time,
        "qua_han": late,
        "dang_xu_ly": waiting,
        "hai_long": 930 + (n * 7 + week * 5) % 60,
        "lanh_dao": [9 + (n + week) % 3, 11],
        "cong_chuc": 42 + n % 9,
        "tai_khoan": 60 + 3 * n + week,
        "thiet_bi": [1 if (n + week) % 4 else 0, 1],
        "du_thua": [min(n % 4 + week, 3), 3],
        "giai_ngan": (n * 137 + week * 59) * 1_000_000,
        "tinh_hinh": NEWS[(n + week) % len(NEWS)] if n % 4 == 0 else "",
        "kho_khan": TROUBLES[(n + week) % len(TROUBLES)] if late or n % 3 == 0 else "",
        "kien_nghi": WISHES[n % len(WISHES)] if n % 5 == 0 else "",
        "ky_toi": NEXT[n % len(NEXT)] if n % 4 == 1 else "",
    }


def _freeze_only(teller: "Teller", series: int, to: str, monday: date, who: str) -> int:
    recipient = Series.objects.get(pk=series).recipients.get(name=to)
    done = papers.take_snapshot(teller.act(who), recipient_id=recipient.pk, on=monday.isoformat())
    return int(str(done["snapshot"]))


def _freeze(  # noqa: PLR0913  # one brief, from the cut-off to the signature
    teller: "Teller", series: int, to: str, monday: date, who: str, *, signs: bool, head: str = ""
) -> None:
    """Freeze a week on Friday afternoon and write the brief; the first one is signed."""
    teller.on(monday + timedelta(days=4), 15)
    snapshot = _freeze_only(teller, series, to, monday, who)
    brief = int(str(papers.start_brief(teller.act(who), snapshot_id=snapshot)["brief"]))
    found = Brief.objects.get(pk=brief)
    words = {
        **found.words,
        "tinh_hinh": "Hoạt động của các đơn vị ổn định.\n" + found.words.get("tinh_hinh", ""),
        "ky_toi": found.words.get("ky_toi", "") or "- Tiếp tục theo dõi, nhắc đơn vị nộp muộn.",
    }
    papers.write_brief(
        teller.act(who),
        brief_id=brief,
        words=words,
        head={"number": "01" if signs else "", "symbol": "BC/MH", "place": found.place},
    )
    if Series.objects.get(pk=series).indicators.exists():
        targets.measure(teller.act(who), snapshot_id=snapshot)
    if signs:
        found.refresh_from_db()
        papers.sign_brief(
            teller.act(head or who),
            brief_id=brief,
            content=papers.content_digest(Brief.objects.select_related("snapshot").get(pk=brief)),
        )


def _indicators(  # one indicator
    teller: "Teller", who: str, series: int, formula: str, title: str, *, measure: bool = True
) -> None:
    """One indicator with its way to the end of the year; measured from the newest snapshot."""
    targets.write_indicator(
        teller.act(who),
        series_id=series,
        title=title,
        formula=formula,
        points=[
            {"on": "2025-06-15", "value": "50"},
            {"on": "2025-07-31", "value": "90"},
            {"on": "2025-12-31", "value": "98"},
        ],
        about={"work": "Phục vụ người dân", "unit": "%", "places": 1, "basis": "Số liệu minh họa"},
    )
    newest = Series.objects.get(pk=series).recipients.get(name=STANDING).snapshots
    if measure and newest.exists():
        targets.measure(teller.act(who), snapshot_id=newest.order_by("-since")[0].pk)
