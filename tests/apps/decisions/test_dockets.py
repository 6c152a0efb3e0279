"""A decision goes its way in order; what leaves out a step leaves its reason; all on the trail."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.apps.decisions.conftest import DAY, CouncilRoom
from tests.apps.handover.conftest import _body

from thongsuot.apps.decisions import actions, handing, permit, queries
from thongsuot.apps.decisions.models import Docket, DocketStep, Opinion, Session, Vote
from thongsuot.apps.registry.holdings import holdings_of
from thongsuot.apps.registry.models import Coverage
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.ref import Ref

pytestmark = pytest.mark.django_db


def refused(call) -> tuple[int, list[str]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, [p.code for p in caught.value.problems]


def test_a_resolution_goes_from_draft_to_done(council_room: CouncilRoom, trail) -> None:
    row, session = council_room.opened()
    done = council_room.vote(row, session.on)
    assert done["carried"] is True
    row.refresh_from_db()
    assert (row.state, row.number, row.decided_on) == ("resolved", "7/NQ-HĐND", session.on)
    actions.take_step(
        council_room.act("speaker", session.on), docket_id=row.pk, doing="publish", number="7/NQ"
    )
    actions.close_session(council_room.act("speaker", session.on), session_id=session.pk)
    made = actions.implement(
        council_room.act("chair", session.on), docket_id=row.pk,
        tasks=[{"text": "Lập dự toán sửa chữa", "lead": council_room.story.ward,
                "due_on": date(2025, 9, 15)}],
    )  # fmt: skip
    finish = {"docket_id": row.pk, "doing": "finish"}
    assert refused(lambda: actions.take_step(council_room.act("chair", session.on), **finish))[
        1
    ] == ["decisions.tasks-open"]
    (task,) = made["tasks"]
    actions.finish_task(
        council_room.act("chair", session.on), docket_id=row.pk, task_id=task, how="Đã lập xong."
    )
    actions.take_step(council_room.act("chair", session.on), **finish)
    row.refresh_from_db()
    assert row.state == "done"
    assert list(queries.faults()) == []
    assert [s.act for s in row.steps.order_by("pk")] == [
        "skip-consult", "submit", "opine", "schedule", "pass", "publish", "implement", "finish",
    ]  # fmt: skip
    assert "decisions.voted" in trail()


def test_the_council_cannot_vote_before_the_party_spoke(council_room: CouncilRoom, trail) -> None:
    row = council_room.submitted()
    session = council_room.session()
    before = trail()
    status, codes = refused(
        lambda: actions.schedule(
            council_room.act("speaker"), docket_id=row.pk, session_id=session.pk
        )
    )
    assert (status, codes) == (422, ["decisions.not-in-this-state"])
    assert trail() == before


def test_nobody_gives_the_opinion_on_the_own_submission(council_room: CouncilRoom) -> None:
    row = council_room.submitted()
    assert refused(lambda: council_room.step(row, "opine"))[0] == 403
    assert refused(lambda: council_room.step(row, "opine", "secretary", fresh=False))[1] == [
        "decisions.sign-again"
    ]


def test_a_missing_paper_is_named_before_anybody_signs(council_room: CouncilRoom) -> None:
    row = council_room.open()
    council_room.step(row, "skip-consult", reason="Không phải lấy ý kiến.")
    with pytest.raises(Refused) as caught:
        council_room.step(row, "submit")
    assert [p.facts["paper"] for p in caught.value.problems] == [
        "dự thảo nghị quyết", "thuyết minh, báo cáo tiếp thu ý kiến",
    ]  # fmt: skip


def test_those_asked_answer_once_and_silence_needs_a_reason(council_room: CouncilRoom) -> None:
    row = council_room.open()
    actions.consult(
        council_room.act(), docket_id=row.pk,
        bodies=[council_room.story.department, council_room.story.residual],
        due_on=date(2025, 7, 18),
    )  # fmt: skip
    opinion = {"docket_id": row.pk, "stance": "comments", "text": "Bổ sung nguồn vốn."}
    actions.give_opinion(council_room.act("department"), **opinion)
    assert (
        refused(lambda: actions.give_opinion(council_room.act("department"), **opinion))[0] == 409
    )
    assert refused(lambda: council_room.step(row, "endorse"))[1] == ["decisions.opinions-awaited"]
    late = council_room.act("chair", date(2025, 7, 21))
    assert refused(lambda: actions.take_step(late, docket_id=row.pk, doing="endorse"))[1] == [
        "decisions.silence-needs-reason"
    ]
    actions.take_step(
        council_room.act("chair", date(2025, 7, 21)), docket_id=row.pk, doing="endorse",
        reason="Đã nhắc hai lần, quá hạn không trả lời.",
    )  # fmt: skip
    assert Opinion.objects.count() == 1
    assert council_room.get(row.pk).state == "ready"


def test_the_urgent_way_is_explicit_and_says_why(council_room: CouncilRoom) -> None:
    row = council_room.submitted()
    assert refused(lambda: council_room.step(row, "opine-urgent", "secretary", reason="gấp"))[
        1
    ] == ["decisions.reason-needed"]
    council_room.step(
        row, "opine-urgent", "secretary", reason="Bão đổ bộ, Thường trực cho ý kiến trước."
    )
    step = row.steps.get(act="opine-urgent")
    assert "Bão đổ bộ" in step.reason


def test_the_committee_decides_after_the_opinion_without_a_session(
    council_room: CouncilRoom,
) -> None:
    row = council_room.opined("committee")
    council_room.step(row, "decide", number="21/QĐ-UBND")
    row.refresh_from_db()
    assert (row.state, row.number) == ("resolved", "21/QĐ-UBND")


def test_no_quorum_no_session_and_too_few_votes_no_resolution(council_room: CouncilRoom) -> None:
    row, session = council_room.opened()
    assert refused(lambda: council_room.vote(row, session.on, 29))[1] == [
        "decisions.votes-over-present"
    ]
    assert refused(
        lambda: actions.close_session(council_room.act("speaker"), session_id=session.pk)
    )[1] == ["decisions.session-undecided"]
    done = council_room.vote(row, session.on, 15, against=10, abstained=3)
    assert done["carried"] is False  # half of thirty is not more than half
    assert council_room.get(row.pk).state == "rejected"
    assert Vote.objects.get().carried is False


def test_a_session_without_two_thirds_does_not_open(council_room: CouncilRoom) -> None:
    session = council_room.session()
    actions.convene_session(council_room.act("speaker"), session_id=session.pk, number="3/GM")
    day = council_room.act("speaker", session.on)
    assert refused(lambda: actions.open_session(day, session_id=session.pk, present=19))[1] == [
        "decisions.no-quorum"
    ]


def test_a_session_convened_too_late_needs_a_reason_that_stays(council_room: CouncilRoom) -> None:
    session = council_room.session(on=date(2025, 7, 18))
    convene = {"session_id": session.pk, "number": "3/GM"}
    assert refused(lambda: actions.convene_session(council_room.act("speaker"), **convene))[1] == [
        "decisions.convene-too-late"
    ]
    actions.convene_session(
        council_room.act("speaker"), **convene, reason="Phải quyết định ngay vốn chống bão."
    )
    assert "chống bão" in Session.objects.get(pk=session.pk).late_reason


def test_only_those_it_concerns_see_a_docket(council_room: CouncilRoom) -> None:
    row = council_room.open()
    seen = {
        who: permit.visible(council_room.people[who]).filter(pk=row.pk).exists()
        for who in ("chair", "secretary", "speaker", "city", "inspector", "rival", "operator")
    }
    assert seen == {"chair": True, "secretary": True, "speaker": True, "city": True,
                    "inspector": True, "rival": False, "operator": False}  # fmt: skip
    assert not permit.visible(council_room.people["department"]).exists()
    actions.consult(
        council_room.act(), docket_id=row.pk, bodies=[council_room.story.department],
        due_on=date(2025, 7, 18),
    )  # fmt: skip
    assert permit.visible(council_room.people["department"]).get() == row
    assert queries.waiting_for(frozenset({council_room.story.department})) == 1


def test_a_committee_cannot_close_with_dockets_on_their_way(council_room: CouncilRoom) -> None:
    row = council_room.open()
    label = "decisions.Docket.owner"
    assert label in [h.label for h in holdings_of(council_room.story.ward, DAY)]
    ward, other = council_room.story.ward, council_room.story.other
    for nobody in (council_room.party, ward, 0):  # only another committee takes it
        assert _moved(council_room, ward, nobody) == ["decisions.no-successor"]
    assert _moved(council_room, ward, other) == ["decisions.no-council", "decisions.no-party"]
    unit = Coverage.objects.get(body=other).unit
    party = _body("dang-uy-khac", "party-committee", "party", unit)
    council = _body("hdnd-khac", "peoples-council", "state", unit)
    assert _moved(council_room, ward, other) == []
    assert label not in [h.label for h in holdings_of(ward, DAY)]
    now = council_room.get(row.pk)
    assert (now.owner_id, now.party_id, now.council_id, now.unit_id, now.state) == (
        other, party.pk, council.pk, unit.pk, "draft",
    )  # fmt: skip
    assert [s.act for s in now.steps.all()] == ["move"]
    assert list(queries.faults()) == []


def _moved(council_room: CouncilRoom, src: int, dst: int) -> list[str]:
    """Hand everything of a body on; the codes of what stands in the way."""
    try:
        actions.move_open(
            council_room.act("city"), from_id=src, to_id=dst, reason="Nhập phường (minh họa)."
        )
    except Refused as refused:
        return sorted({p.code for p in refused.problems})
    return []


def test_a_council_and_a_party_committee_hand_on_what_waits_with_them(
    council_room: CouncilRoom,
) -> None:
    row = council_room.opined()
    unit = Coverage.objects.get(body=council_room.council).unit
    council = _body("hdnd-moi", "peoples-council", "state", unit)
    session = council_room.session()
    actions.schedule(council_room.act("speaker"), docket_id=row.pk, session_id=session.pk)
    labels = {h.label for h in holdings_of(council_room.council, DAY)}
    assert "decisions.Docket.council" in labels
    assert _moved(council_room, council_room.council, council.pk) == ["decisions.still-on-agenda"]
    council_room.step(row, "postpone", "speaker", reason="Chờ hội đồng mới (minh họa).")
    assert _moved(council_room, council_room.council, council.pk) == []
    assert council_room.get(row.pk).council_id == council.pk
    assert "decisions.Docket.party" in {h.label for h in holdings_of(council_room.party, DAY)}
    party = _body("dang-uy-moi", "party-committee", "party", unit)
    assert _moved(council_room, council_room.party, party.pk) == []
    assert council_room.get(row.pk).party_id == party.pk
    assert "decisions.Docket.party" not in {h.label for h in holdings_of(council_room.party, DAY)}


def test_duties_take_over_what_is_to_be_done_by_ref(council_room: CouncilRoom, monkeypatch) -> None:
    taken = []

    def keep_duties(act, of, todos):
        taken.extend(todos)
        return {t.task: Ref("assignment", 40 + n) for n, t in enumerate(todos)}

    monkeypatch.setattr(handing, "_RECEIVERS", [(keep_duties, None)])
    row = council_room.opined("committee")
    council_room.step(row, "decide", number="21/QĐ-UBND")
    council_room.step(row, "publish")
    done = actions.implement(
        council_room.act(), docket_id=row.pk,
        tasks=[{"text": "Lập dự toán", "lead": council_room.story.ward, "due_on": date(2025, 9, 1)}],
    )  # fmt: skip
    assert done["handed"] == 1
    assert row.tasks.get().duty == "assignment:40"
    assert [t.number for t in taken] == ["21/QĐ-UBND"]


def test_the_database_itself_keeps_steps_votes_and_words(council_room: CouncilRoom) -> None:
    row, session = council_room.opened()
    council_room.vote(row, session.on)
    for change in (
        lambda: DocketStep.objects.filter(docket=row).delete(),
        lambda: Vote.objects.filter(docket=row).update(votes_for=1),
        lambda: Docket.objects.filter(pk=row.pk).update(title="khác"),
        lambda: Docket.objects.filter(pk=row.pk).update(number=""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.parametrize("doing", ["schedule", "vote"])
def test_nothing_enters_a_session_that_is_closed_while_it_waits(
    council_room: CouncilRoom, doing: str
) -> None:
    if doing == "vote":
        row, session = council_room.opened()
    else:
        row, session = council_room.opined(), council_room.session()
    waited = []

    def closed_meanwhile(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if f"sessions:{council_room.council}" in (params or ()) and not waited:
            waited.append(sql)
            Session.objects.filter(pk=session.pk).update(state="closed")
        return done

    def enter() -> None:
        if doing == "vote":
            council_room.vote(row, session.on)
        else:
            act = council_room.act("speaker")
            actions.schedule(act, docket_id=row.pk, session_id=session.pk)

    with connection.execute_wrapper(closed_meanwhile), pytest.raises(Refused) as caught:
        enter()
    assert waited
    assert caught.value.problems[0].code in ("decisions.session-over", "decisions.session-not-open")
