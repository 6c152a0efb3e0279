"""What was to be done by when: Hà Đông's last weeks, and Thành phố Hồ Chí Minh's nine standing points."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from thongsuot.apps.demo import chapter_duties_cast as cast
from thongsuot.apps.demo.cast import Stage, slug_of, team
from thongsuot.apps.demo.chapter_duties_cast import City, head_of
from thongsuot.apps.directives import actions
from thongsuot.apps.directives.models import Board, Milestone
from thongsuot.apps.registry.models import Person
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.directives.grid import Mark
from thongsuot.rules.kernel.ref import Ref

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

TEAMS = (("ha-dong", "minh"), ("kien-hung", "thao"), ("phu-luong", "son"), ("chuong-my", "binh"))
BRIEF = (
    "Ban Chỉ đạo giao các Tổ tiếp nhận mở trang thông tin điện tử của phường trước ngày 19/6/2025.\n"
    "Trong thời gian vận hành thử từ ngày 20 đến ngày 26/6/2025, hằng ngày trước 16 giờ báo cáo tình hình.\n"
    "Ngày 27/6/2025 tổng hợp bài học vận hành thử, gửi Ban Chỉ đạo.\n"
    "(Văn bản minh họa, viết lại theo các mốc ngày của nguồn.)"
)
SENTENCES = tuple(BRIEF.splitlines()[:3])


def prepare(teller: "Teller", stage: Stage) -> None:
    """Hà Đông before 24/06: one team in time, one late, one silent, one with nothing to report."""
    teller.on(date(2025, 6, 9), 9)
    body = stage.bodies["hn-bcd"]
    done = actions.record_document(
        teller.act("khanh"),
        kept_by=body,
        document={
            "issuer": body, "kind": "notice", "number": "45-TB/BCĐ (minh họa)",
            "issued_on": date(2025, 6, 9), "title": "Chuẩn bị vận hành thử các phường mới (minh họa)",
            "text": BRIEF, "covers_from": date(2025, 6, 9), "covers_to": date(2025, 6, 30),
        },
        recipients=[stage.bodies[team(slug)] for slug, _user in TEAMS],
        demo=True,
    )  # fmt: skip
    document = int(str(done["document"]))
    drafts = [draft for slug, user in TEAMS for draft in _ward_drafts(stage, slug, user)]
    made = _ids(
        actions.draft_duties(
            teller.act("khanh"), assigner_id=body, document_id=document, drafts=drafts, demo=True
        )
    )
    actions.issue_duties(teller.act("khanh"), duty_ids=made)
    _answer(teller, dict(zip(((u, n) for _s, u in TEAMS for n in range(3)), made, strict=True)))
    _milestones(teller, stage, document)


def _ids(done: Result) -> list[int]:
    return [int(str(pk)) for pk in list(done["duties"])]  # type: ignore[call-overload]  # plain values


def _ward_drafts(stage: Stage, slug: str, user: str) -> list[dict[str, Any]]:
    person = Person.objects.get(account__username=user).pk
    name = next(n for n in stage.new_units if slug_of(n) == slug)
    common = {
        "lead": stage.bodies[team(slug)], "person": person, "places": [stage.new_units[name]],
        "place_words": name, "report_to": stage.bodies["hn-bcd"],
    }  # fmt: skip
    spans = [(BRIEF.index(s), BRIEF.index(s) + len(s)) for s in SENTENCES]
    said = [
        {"task": f"Mở trang thông tin điện tử {name}", "term_kind": "before", "term_day": date(2025, 6, 19),
         "product": "Trang đã mở, đủ mục bắt buộc", "lane": "priority"},
        {"task": f"Báo cáo vận hành thử hằng ngày, {name}", "every": "daily", "anchor_on": date(2025, 6, 20),
         "hours": ["16:00"], "until_on": date(2025, 6, 27), "lane": "now"},
        {"task": f"Bài học vận hành thử, {name}", "term_day": date(2025, 6, 27),
         "product": "Báo cáo bài học"},
    ]  # fmt: skip
    return [
        {**common, **one, "quote": sentence, "start": start, "end": end}
        for one, sentence, (start, end) in zip(said, SENTENCES, spans, strict=True)
    ]


def _answer(teller: "Teller", duties: dict[tuple[str, int], int]) -> None:
    """Minh in time and with nothing to report; Thảo late with her page; Sơn says nothing at all."""
    teller.on(date(2025, 6, 10), 8)
    actions.accept_duty(teller.act("minh"), duty_id=duties["minh", 0])
    actions.accept_duty(teller.act("thao"), duty_id=duties["thao", 0])
    teller.on(date(2025, 6, 18), 14)
    actions.report_done(
        teller.act("minh"),
        duty_id=duties["minh", 0],
        words="Trang đã mở, đã đối chiếu đủ mục (minh họa).",
    )
    actions.complete_duty(teller.act("khanh"), duty_id=duties["minh", 0])
    teller.on(date(2025, 6, 19), 9)
    actions.report_progress(
        teller.act("thao"), duty_id=duties["thao", 0], percent=70,
        words="Còn thiếu mục thủ tục hành chính, chờ dữ liệu của quận (minh họa).",
    )  # fmt: skip
    actions.ask_extension(
        teller.act("thao"), duty_id=duties["thao", 0], until=date(2025, 6, 25),
        reason="Dữ liệu thủ tục bàn giao ngày 24/6 (minh họa).",
    )  # fmt: skip
    for day, hour in ((20, 15), (23, 15)):
        teller.on(date(2025, 6, day), hour)
        actions.answer_round(teller.act("minh"), duty_id=duties["minh", 1], nothing=True)
    teller.on(date(2025, 6, 20), 17)
    actions.answer_round(
        teller.act("thao"), duty_id=duties["thao", 1],
        words="12 lượt hồ sơ thử, 2 lỗi đăng nhập đã xử lý (minh họa).",
    )  # fmt: skip
    teller.on(date(2025, 6, 20), 15)
    actions.answer_round(
        teller.act("binh"),
        duty_id=duties["binh", 1],
        words="8 lượt hồ sơ thử, không lỗi (minh họa).",
    )


def _milestones(teller: "Teller", stage: Stage, document: int) -> None:
    """The dates of the preparation as one overall plan, and the ward's own below it."""
    teller.on(date(2025, 6, 9), 11)
    steps = [
        {"title": "Khảo sát trụ sở", "due_on": date(2025, 6, 17)},
        {"title": "Mở trang thông tin điện tử", "due_on": date(2025, 6, 18)},
        {"title": "Bắt đầu vận hành thử", "due_on": date(2025, 6, 20), "waits_for": 1},
        {"title": "Kết thúc vận hành thử", "due_on": date(2025, 6, 26), "waits_for": 3},
        {"title": "Rút kinh nghiệm", "due_on": date(2025, 6, 27), "waits_for": 4},
        {"title": "Phường mới hoạt động", "due_on": date(2025, 7, 1), "waits_for": 5},
    ]
    plan = {"kind": "overall", "title": "Chuẩn bị vận hành các phường của Hà Đông (minh họa)",
            "day": date(2025, 7, 1), "document": document, "year": 2025}  # fmt: skip
    made = actions.make_plan(
        teller.act("khanh"), owner_id=stage.bodies["hn-bcd"], plan=plan, steps=steps, demo=True
    )
    plan_id = int(str(made["plan"]))
    done = {m.title: m.pk for m in _in_use(plan_id)}
    for title, day in (("Khảo sát trụ sở", 17), ("Bắt đầu vận hành thử", 20)):
        teller.on(date(2025, 6, day), 10)
        actions.finish_step(teller.act("khanh"), plan_id=plan_id, milestone_id=done[title])


def _in_use(plan_id: int) -> Any:
    return Milestone.objects.filter(plan=plan_id)


# ---- Thành phố Hồ Chí Minh -----------------------------------------------------------------------

POINTS = (
    "Giữ đầu mối phối hợp việc sắp xếp bộ máy, đơn vị hành chính",
    "Rà soát, thống kê, tổng hợp, phân loại, bàn giao nhiệm vụ, tài chính, tài sản, tài liệu của cấp huyện",
    "Rà soát đơn vị sự nghiệp công lập trên địa bàn để tiếp nhận, bàn giao",
    "Chuẩn bị đại hội đảng bộ cơ sở và đại hội cấp trên",
    "Giải quyết dứt điểm tồn đọng liên quan người dân, dự báo việc chuyển tiếp",
    "Lập tổ công tác liên phường, xã",
    "Bảo đảm đường truyền phục vụ hành chính công",
    "Vị trí việc làm trong bộ máy mới",
    "",
)
CONCLUSION = (
    "Giao Ban Tổ chức Thành ủy theo dõi, tổng hợp tình hình, báo cáo Thường trực Thành ủy hằng tuần.\n"
    "Giao Ban Tổ chức Thành ủy báo cáo Ban Thường vụ Thành ủy 2 tuần một lần.\n"
    "Giao Đảng ủy UBND thành phố lãnh đạo, chỉ đạo UBND thành phố đẩy nhanh sắp xếp các phòng thuộc sở, đơn vị sự nghiệp.\n"
    "Giao Ủy ban Kiểm tra Thành ủy tham mưu lập các tổ kiểm tra, giám sát đảng ủy cấp xã.\n"
    "(Văn bản minh họa, viết lại theo nội dung của nguồn; hạn không nêu trong nguồn là ngày minh họa.)"
)
ROUNDS = (date(2025, 9, 8), date(2025, 9, 15), date(2025, 9, 22))
SILENT = {ROUNDS[1]: {4}, ROUNDS[2]: {4, 9, 13}}  # which wards said nothing in a round


@action("demo.city-placed")
def place_city(act: Act) -> Result:
    """Put the bodies and people of the city into the registry."""
    city = cast.place(act.at)
    act.record(chain="demo", subject=Ref("demo", 2), after={"bodies": len(city.bodies)})
    return {
        "bodies": city.bodies,
        "heads": city.heads,
        "wards": list(city.wards),
        "unit": city.unit,
    }


def lead_the_city(teller: "Teller", director: Act) -> City:
    """A session with seventeen wards, nine points asked for every week, a conclusion and its duties."""
    placed: Any = place_city(director)
    city = City(placed["bodies"], placed["heads"], tuple(placed["wards"]), placed["unit"])
    teller.on(date(2025, 9, 5), 9)
    meeting = actions.record_meeting(
        teller.act("mai"),
        host_id=city.bodies["hcm-tu"],
        meeting={
            "on": date(2025, 9, 5), "title": "Làm việc với 17 phường, xã về vận hành chính quyền 2 cấp (minh họa)",
            "head": "Trưởng đoàn công tác Thường trực Thành ủy (minh họa)", "place": "Hội trường (minh họa)",
        },
        attendance=[
            {"body": city.bodies[w], "came": True, "people": "Bí thư Đảng ủy", "heard": "Báo cáo tuần vận hành (minh họa)"}
            for w in city.wards
        ],
        demo=True,
    )  # fmt: skip
    meeting_id = int(str(meeting["meeting"]))
    actions.ask_question(
        teller.act("mai"), meeting_id=meeting_id, owed_by=city.bodies[city.wards[4]],
        asked="Số hồ sơ tồn đọng của cấp huyện cũ còn bao nhiêu, khi nào xong? (minh họa)",
        due_on=date(2025, 9, 19),
    )  # fmt: skip
    _nine_points(teller, city)
    _conclude(teller, city, meeting_id)
    _congress(teller, city)
    return city


def _nine_points(teller: "Teller", city: City) -> None:
    done = actions.set_up_board(
        teller.act("mai"),
        owner_id=city.bodies["hcm-tu"],
        title="Chín nội dung trọng tâm, 17 phường, xã (minh họa)",
        points=POINTS,
        bodies=[city.bodies[w] for w in city.wards],
        every="weekly",
        anchor_on=ROUNDS[0],
        at_time="09:00",
        demo=True,
    )
    board = Board.objects.get(pk=int(str(done["board"])))
    points = list(board.points.filter(stated=True).order_by("number").values_list("pk", flat=True))
    for number, on in enumerate(ROUNDS):
        teller.on(on, 7)
        for ward, key in enumerate(city.wards):
            if ward in SILENT.get(on, ()):
                continue
            notes = [
                {"point": pk, "mark": mark, "words": words}
                for at, pk in enumerate(points)
                for mark, words in [_mark(ward, at, number)]
            ]
            actions.say_points(
                teller.act_as(head_of(city, key, on)), board_id=board.pk,
                body_id=city.bodies[key], round_on=on, notes=notes,
            )  # fmt: skip


def _mark(ward: int, point: int, number: int) -> tuple[str, str]:
    """What a ward says of a point in a round: most goes forward, some is stuck, some has nothing."""
    turn = (ward * 7 + point * 5) % 11
    if turn == 0:
        return Mark.STUCK.value, "Chưa có người làm (minh họa)"
    if turn == 1 and number == len(ROUNDS) - 1:
        return Mark.STUCK.value, "Đường truyền chập chờn hai buổi (minh họa)"
    if turn in (2, 3):
        return Mark.NOTHING.value, ""
    if turn < 3 + 3 * number:
        return Mark.DONE.value, ""
    return Mark.UNDER_WAY.value, ""


def _conclude(teller: "Teller", city: City, meeting_id: int) -> None:
    """The conclusion about the first half of September, its duties, and the chain below one of them."""
    teller.on(date(2025, 9, 22), 14)
    top = city.bodies["hcm-tu"]
    sentences = CONCLUSION.splitlines()[:4]
    done = actions.record_document(
        teller.act("mai"),
        kept_by=top,
        document={
            "issuer": top, "kind": "conclusion", "number": "01-KL/TU (minh họa)",
            "issued_on": date(2025, 9, 22), "title": "Kết luận về triển khai mô hình chính quyền 2 cấp (minh họa)",
            "text": CONCLUSION, "covers_from": date(2025, 9, 1), "covers_to": date(2025, 9, 15),
        },
        recipients=[city.bodies[k] for k in ("hcm-btc", "hcm-ubkt", "hcm-dubnd", "hcm-ubnd", "hcm-snv")],
        demo=True,
    )  # fmt: skip
    document = int(str(done["document"]))
    actions.conclude_meeting(teller.act("mai"), meeting_id=meeting_id, document_id=document)
    said: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("hcm-btc", "Báo cáo Thường trực Thành ủy hằng tuần", {"every": "weekly", "anchor_on": date(2025, 9, 26), "hours": ["12:00"]}),
        ("hcm-btc", "Báo cáo Ban Thường vụ Thành ủy 2 tuần một lần", {"every": "biweekly", "anchor_on": date(2025, 10, 3)}),
        ("hcm-dubnd", "Lãnh đạo, chỉ đạo đẩy nhanh sắp xếp phòng thuộc sở, đơn vị sự nghiệp", {"term_kind": "within", "term_day": date(2025, 12, 31), "lane": "priority"}),
        ("hcm-ubkt", "Tham mưu lập các tổ kiểm tra, giám sát đảng ủy cấp xã", {"term_day": date(2025, 9, 25)}),
    )  # fmt: skip
    drafts = [
        {"task": task, "lead": city.bodies[key], "person": city.heads[key], "places": [city.unit],
         "place_words": "toàn thành phố", "report_to": top, "quote": sentence,
         "start": CONCLUSION.index(sentence), "end": CONCLUSION.index(sentence) + len(sentence), **term}
        for (key, task, term), sentence in zip(said, sentences, strict=True)
    ]  # fmt: skip
    made = _ids(
        actions.draft_duties(
            teller.act("mai"), assigner_id=top, document_id=document, drafts=drafts, demo=True
        )
    )
    actions.issue_duties(teller.act("mai"), duty_ids=made)
    leader = head_of(city, "hcm-dubnd", date(2025, 9, 22))
    below = actions.draft_duties(
        teller.act_as(leader),
        assigner_id=city.bodies["hcm-dubnd"],
        drafts=[
            {"task": "Xây dựng phương án sắp xếp phòng thuộc sở, đơn vị sự nghiệp", "above": made[2],
             "lead": city.bodies["hcm-ubnd"], "person": city.heads["hcm-ubnd"], "place_words": "toàn thành phố",
             "term_day": date(2025, 10, 31), "product": "Phương án trình Đảng ủy"}
        ],
        demo=True,
    )  # fmt: skip
    actions.issue_duties(teller.act_as(leader), duty_ids=_ids(below))
    teller.on(date(2025, 9, 23), 8)
    actions.accept_duty(teller.act("nga"), duty_id=made[0])


def _congress(teller: "Teller", city: City) -> None:
    """Congress at two levels: the city's plan, and that of one ward linked below it."""
    teller.on(date(2025, 9, 8), 10)
    upper = actions.make_plan(
        teller.act("mai"), owner_id=city.bodies["hcm-tu"], demo=True,
        plan={"kind": "congress", "title": "Đại hội đại biểu cấp trên (minh họa)", "template": "ward-congress",
              "day": date(2025, 10, 15), "year": 2025},
    )  # fmt: skip
    actions.spread_plan(
        teller.act("mai"), plan_id=int(str(upper["plan"])), title="Đại hội đảng bộ cơ sở (minh họa)",
        template="ward-congress",
        owners=[
            {"body": city.bodies[w], "day": date(2025, 9, 24) + timedelta(days=n % 5)}
            for n, w in enumerate(city.wards)
        ],
    )  # fmt: skip
    teller.on(date(2025, 9, 22), 16)
    steps = Milestone.objects.filter(plan=int(str(upper["plan"]))).order_by("number")
    for step in steps[:5]:
        actions.finish_step(teller.act("mai"), plan_id=step.plan_id, milestone_id=step.pk)
    for number, key in enumerate(city.wards):
        person = head_of(city, key, date(2025, 9, 22))
        own = Milestone.objects.filter(plan__owner=city.bodies[key]).order_by("number")
        for step in own[: 6 + number % 4]:  # how far each ward is
            actions.finish_step(teller.act_as(person), plan_id=step.plan_id, milestone_id=step.pk)
