"""The district's last session is prepared, one decision is taken, and a ward drafts its regulations before it goes live."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.decisions import actions
from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.demo.chapter_authority import ON_DUTY
from thongsuot.apps.demo.stand_in import head_of
from thongsuot.rules.kernel.actor import Actor

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

SESSION_DAY = date(2025, 6, 27)


def decide(teller: "Teller", stage: Stage) -> None:
    """One docket on the agenda with a paper missing, one decided and carried out, drafts of a ward."""
    first = date(2025, 6, 12)
    teller.on(first, 9)
    chair = head_of(stage.bodies["hd-ubnd"], first)
    secretary = head_of(stage.bodies["hd-qu"], first)
    speaker = head_of(stage.bodies["hd-hdnd"], first)
    council = _docket(
        teller, chair, "council", "Phương án tài chính khi quận kết thúc hoạt động (minh họa)"
    )
    committee = _docket(
        teller,
        chair,
        "committee",
        "Phân công trực giải quyết hồ sơ một cửa tuần cuối tháng Sáu (minh họa)",
        ON_DUTY,
    )
    actions.consult(
        teller.act_as(chair), docket_id=council, bodies=[stage.bodies["hn-stc"]],
        due_on=date(2025, 6, 16),
    )  # fmt: skip
    teller.on(date(2025, 6, 16), 9)
    actions.give_opinion(
        teller.act_as(head_of(stage.bodies["hn-stc"], date(2025, 6, 16))), docket_id=council,
        stance="comments", text="Ghi rõ nợ phải thu, phải trả của từng đơn vị (minh họa).",
    )  # fmt: skip
    for pk, doing, number, reason in (
        (council, "endorse", "", ""),
        (council, "submit", "41/TTr-UBND", ""),
        (committee, "skip-consult", "", "Việc nội bộ của UBND, không phải lấy ý kiến (minh họa)."),
        (committee, "submit", "42/TTr-UBND", ""),
    ):
        actions.take_step(teller.act_as(chair), docket_id=pk, doing=doing, number=number,
                          reason=reason, fresh=True)  # fmt: skip
    actions.take_step(teller.act_as(secretary), docket_id=council, doing="opine",
                      number="88-TB/QU", fresh=True)  # fmt: skip
    actions.take_step(
        teller.act_as(secretary), docket_id=committee, doing="opine-urgent", number="89-TB/QU",
        reason="Thường trực cho ý kiến trước vì phải phân công ngay trong tuần (minh họa).", fresh=True,
    )  # fmt: skip
    for pk in (council, committee):
        actions.add_paper(teller.act_as(secretary), docket_id=pk, kind="opinion",
                          title="Thông báo ý kiến của Ban Thường vụ Quận ủy (minh họa)")  # fmt: skip
    _carry_out(teller, stage, chair, committee)
    _session(teller, speaker, council)
    _drafts(teller)


def _docket(teller: "Teller", chair: Actor, track: str, title: str, matter: str = "") -> int:
    act = teller.act_as(chair)
    done = actions.open_docket(
        act, title=title, track=track, matter=matter, demo=True, basis="Nghị quyết 1656/NQ-UBTVQH15",
        summary="Nội dung minh họa: sự cần thiết, phương án, nguồn lực, thời gian thực hiện.",
    )  # fmt: skip
    pk = int(str(done["docket"]))
    kind = "draft-resolution" if track == "council" else "draft-decision"
    for what, name in ((kind, "Dự thảo (minh họa)"), ("explanation", "Thuyết minh (minh họa)")):
        actions.add_paper(teller.act_as(chair), docket_id=pk, kind=what, title=name)
    return pk


def _carry_out(teller: "Teller", stage: Stage, chair: Actor, docket: int) -> None:
    for doing, number in (("decide", "1203/QĐ-UBND"), ("publish", "1203/QĐ-UBND")):
        actions.take_step(
            teller.act_as(chair), docket_id=docket, doing=doing, number=number, fresh=True
        )
    actions.implement(
        teller.act_as(chair),
        docket_id=docket,
        tasks=[
            {"text": "Lập lịch trực một cửa tới hết ngày 30/6 (minh họa)",
             "lead": stage.bodies["hd-vp"], "due_on": date(2025, 6, 25)},
            {"text": "Rà soát hồ sơ đến hạn sau ngày 1/7 (minh họa)",
             "lead": stage.bodies["hd-tp"], "due_on": date(2025, 6, 27)},
        ],
    )  # fmt: skip


def _session(teller: "Teller", speaker: Actor, docket: int) -> None:
    """An extraordinary session, convened late with its reason; the review is still missing."""
    teller.on(date(2025, 6, 23), 9)
    act = teller.act_as
    done = actions.plan_session(
        act(speaker), name="Kỳ họp chuyên đề cuối cùng của HĐND quận (minh họa)",
        kind="extraordinary", on=SESSION_DAY, starts_at="08:00", place="Hội trường quận (minh họa)",
        members=35, demo=True,
    )  # fmt: skip
    session = int(str(done["session"]))
    actions.schedule(act(speaker), docket_id=docket, session_id=session)
    actions.convene_session(
        act(speaker), session_id=session, number="15/GM-HĐND",
        reason="Quận kết thúc hoạt động ngày 1/7, phải quyết định trước ngày ấy (minh họa).",
    )  # fmt: skip


def _drafts(teller: "Teller") -> None:
    """The receiving team of phường Hà Đông drafts what the ward needs on its first day."""
    actions.write_version(
        teller.act("minh"), sort="working", title="Quy chế làm việc của UBND phường Hà Đông (dự thảo, minh họa)",
        text="Chế độ họp, ký văn bản, giải quyết hồ sơ và báo cáo (minh họa).", since=date(2025, 7, 1), demo=True,
    )  # fmt: skip
    actions.write_version(
        teller.act("minh"), sort="assignment", title="Phân công nhiệm vụ UBND phường Hà Đông (dự thảo, minh họa)",
        lines=[{"person": "Nguyễn Văn Minh", "field": "xay-dung"},
               {"person": "Nguyễn Văn Minh", "field": "tu-phap", "matter": "chung-thuc-ban-sao"}],
        since=date(2025, 7, 1), demo=True,
    )  # fmt: skip
