"""Raising, joining, answering, passing on: always one holder, one answer for all, all on record."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.apps.difficulties.conftest import AskingRoom
from tests.apps.handover.conftest import LOADED, _body

from thongsuot.apps.difficulties import actions, index, lists, permit, queries, routing
from thongsuot.apps.difficulties.models import Difficulty, DifficultyStep, Situation
from thongsuot.apps.registry.holdings import holdings_of
from thongsuot.apps.registry.models import Unit, UnitVersion
from thongsuot.foundation.refusal import Refused

pytestmark = pytest.mark.django_db


def refused(call) -> tuple[int, list[str]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.status, [p.code for p in caught.value.problems]


def test_what_is_raised_without_a_matter_goes_to_the_superior_by_a_working_day(
    asking: AskingRoom, trail
) -> None:
    row = asking.raise_()
    assert (row.holder_id, row.raiser_id) == (asking.committee, asking.story.ward)
    assert row.due_on == date(2025, 7, 8)  # ten working days after 24 June
    step = row.steps.get()
    assert (step.act, step.why, step.to_body_id) == ("raise", "no-matter", asking.committee)
    assert trail()[-1] == "difficulties.raised"


def test_a_body_with_a_parent_asks_its_parent_first(asking: AskingRoom) -> None:
    above = routing.superiors(asking.story.office, date(2025, 6, 24))
    assert above[0] == asking.story.district
    assert asking.committee in above


def test_a_team_of_a_ward_that_begins_later_asks_the_city(asking: AskingRoom) -> None:
    ward = Unit.objects.create(key="phuong-moi", level="commune")
    UnitVersion.objects.create(
        unit=ward, kind="ward", name="Mới", parent=Unit.objects.get(key="ha-noi"), folded="moi",
        since=date(2025, 7, 1), recorded_at=LOADED,
    )  # fmt: skip
    team = _body("to-tiep-nhan-moi", "receiving-team", "team", ward)
    assert routing.superiors(team.pk, date(2025, 6, 24)) == (asking.committee,)


def test_too_little_is_refused_and_leaves_nothing(asking: AskingRoom, trail) -> None:
    before = trail()
    status, codes = refused(lambda: asking.raise_(title="?", text="", field=""))
    assert (status, len(codes)) == (422, 3)
    assert (trail(), Difficulty.objects.count()) == (before, 0)
    assert refused(lambda: asking.raise_("operator"))[0] == 403


def test_one_answer_serves_all_who_have_the_same(asking: AskingRoom) -> None:
    first = asking.raise_()
    second = asking.join(first)
    assert (second.holder_id, second.due_on) == (first.holder_id, first.due_on)
    asking.answer(first)
    for row in (first, second):
        row.refresh_from_db()
        assert (row.state, row.answer) == ("answered", "accepted")
    late = asking.join(first, "gd")  # joined after the answer: answered at once
    assert (late.state, late.answer) == ("answered", "accepted")
    assert refused(lambda: asking.join(first))[1] == ["difficulties.joined-already"]
    assert refused(lambda: asking.answer(second))[0] in (403, 422)
    assert list(queries.faults()) == []


def test_passing_on_names_the_competent_one_and_never_goes_back(asking: AskingRoom) -> None:
    row = asking.raise_()
    joined = asking.join(row)
    assert refused(lambda: asking.pass_(row, 0))[1] == ["difficulties.competent-needed"]
    assert refused(lambda: asking.pass_(row, asking.story.department, basis=""))[1] == [
        "difficulties.basis-needed"
    ]
    assert refused(lambda: asking.pass_(row, 987_654))[1] == ["difficulties.body-unknown"]
    asking.pass_(row, asking.story.department)
    row.refresh_from_db()
    joined.refresh_from_db()
    assert row.holder_id == joined.holder_id == asking.story.department
    assert refused(lambda: asking.pass_(row, asking.committee, "sgd"))[1] == [
        "difficulties.passed-back"
    ]
    assert refused(lambda: asking.answer(row))[0] == 403  # no longer with the committee
    asking.answer(row, "sgd", answer="refused", basis="Điều 9 (minh họa)")
    assert list(queries.faults()) == []


def test_an_answer_that_does_not_help_goes_to_the_superior_of_who_gave_it(
    asking: AskingRoom,
) -> None:
    row = asking.raise_()
    asking.pass_(row, asking.story.department)
    asking.answer(row, "sgd", answer="partly")
    actions.ask_again(asking.act("minh"), difficulty_id=row.pk, text="Vẫn chưa rõ ai ký.")
    row.refresh_from_db()
    assert (row.state, row.answer, row.answered_on) == ("waiting", "", None)
    assert row.holder_id != asking.story.department
    assert list(queries.faults()) == []


def test_the_first_one_withdraws_and_the_others_go_on(asking: AskingRoom) -> None:
    first = asking.raise_()
    second, third = asking.join(first), asking.join(first, "gd")
    actions.withdraw(asking.act("minh"), difficulty_id=first.pk, text="Đã tự giải quyết xong.")
    for row in (first, second, third):
        row.refresh_from_db()
    assert first.state == "withdrawn"
    assert (second.same_as_id, third.same_as_id) == (None, second.pk)
    asking.answer(second)
    third.refresh_from_db()
    assert third.state == "answered"
    assert list(queries.faults()) == []


def test_a_body_cannot_close_before_what_waits_with_it_has_gone_on(asking: AskingRoom) -> None:
    row = asking.raise_()
    day = date(2025, 6, 24)
    held = [h for h in holdings_of(asking.committee, day) if h.label.endswith("Difficulty.holder")]
    assert [h.count for h in held] == [1]
    assert refused(
        lambda: actions.move_open(
            asking.act("head"), from_id=asking.committee, to_id=asking.committee, text="x" * 20
        )
    )[1] == ["difficulties.no-successor"]
    actions.move_open(
        asking.act("head"), from_id=asking.committee, to_id=asking.story.residual,
        text="Bàn giao theo quyết định (minh họa).",
    )  # fmt: skip
    row.refresh_from_db()
    assert row.holder_id == asking.story.residual
    assert not [h for h in holdings_of(asking.committee, day) if "Difficulty" in h.label]
    assert refused(
        lambda: actions.move_open(
            asking.act("head"), from_id=asking.committee, to_id=asking.story.residual, text="x" * 20
        )
    )[1] == ["difficulties.nothing-open"]
    assert list(queries.faults()) == []


def test_only_those_it_concerns_see_one_and_an_operator_none(asking: AskingRoom) -> None:
    row = asking.raise_(reserved=True)
    seen = {
        who: permit.visible(asking.people[who]).filter(pk=row.pk).exists()
        for who in ("minh", "head", "city", "inspector", "rival", "operator", "tu")
    }
    assert seen == {
        "minh": True, "head": True, "city": True, "inspector": True, "rival": False,
        "operator": False, "tu": False,
    }  # fmt: skip
    assert refused(lambda: asking.join(row))[0] == 404


def test_similar_questions_are_found_with_their_answers_and_reserved_ones_are_not(
    asking: AskingRoom, django_assert_max_num_queries
) -> None:
    row = asking.raise_()
    asking.raise_(title="Phúc khảo bài thi lớp 10 ai làm?", text="Kỳ phúc khảo rơi vào tháng 7.",
                  field="giao-duc")  # fmt: skip
    asking.raise_(title="Giấy phép xây dựng trong khu vực nội bộ", reserved=True)
    asking.answer(row)
    with django_assert_max_num_queries(8):
        found = index.similar_to("giay phep xay dung nha o rieng le ai ky")
    assert [(like.id, like.answer) for like in found] == [(row.pk, "chấp nhận")]
    assert "Chủ tịch UBND phường" in found[0].said


def test_the_library_keeps_the_answer_and_counts_who_needed_not_ask(asking: AskingRoom) -> None:
    row = asking.raise_()
    write = {"difficulty_id": row.pk, "title": "Ai ký giấy phép xây dựng?", "question": row.text,
             "answer": "Chủ tịch UBND cấp xã ký."}  # fmt: skip
    assert refused(lambda: actions.write_situation(asking.act("head"), **write))[1] == [
        "difficulties.not-answered-yet"
    ]
    asking.answer(row)
    made = actions.write_situation(asking.act("head"), **write)
    pk = int(str(made["situation"]))
    actions.use_situation(asking.act("rival"), situation_id=pk)
    assert refused(lambda: actions.use_situation(asking.act("rival"), situation_id=pk))[0] == 409
    assert lists.situation_rows(asking.people["rival"]).get(pk=pk).used == 1
    kinds = {like.kind for like in index.similar_to("xin hỏi ai ký giấy phép xây dựng")}
    assert kinds == {"difficulty", "situation"}
    actions.retire_situation(
        asking.act("head"), situation_id=pk, reason="Nghị định mới thay thế (minh họa)."
    )
    assert {like.kind for like in index.similar_to("ai ký giấy phép xây dựng")} == {"difficulty"}
    assert Situation.objects.get().retired_on == date(2025, 6, 24)


def test_what_is_asked_most_counts_all_who_have_the_same(asking: AskingRoom) -> None:
    row = asking.raise_()
    asking.join(row)
    asking.raise_("gd", title="Biên chế kế toán cho Đảng ủy", field="noi-vu", article="")
    figures = queries.overview(permit.visible(asking.people["city"]), date(2025, 7, 9))
    assert (figures.asked, figures.waiting, figures.late) == (3, 3, 3)
    assert next((f.name, f.asked, f.bodies) for f in figures.fields) == (
        "Xây dựng", 2, 2,
    )  # fmt: skip
    assert [a.asked for a in figures.articles] == [2]


def test_the_database_itself_keeps_steps_and_words(asking: AskingRoom) -> None:
    row = asking.raise_()
    for change in (
        lambda: DifficultyStep.objects.filter(difficulty=row).update(text="khác"),
        lambda: DifficultyStep.objects.filter(difficulty=row).delete(),
        lambda: Difficulty.objects.filter(pk=row.pk).update(title="khác"),
        lambda: Difficulty.objects.filter(pk=row.pk).update(state="answered"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_same_form_sent_twice_raises_once(asking: AskingRoom) -> None:
    values = {"sort": "proposal", "title": "Bổ sung biên chế kế toán", "field": "noi-vu",
              "text": "Đảng ủy phường chưa có kế toán."}  # fmt: skip
    one = actions.raise_difficulty(asking.act(key="hai-lan"), **values)
    other = actions.raise_difficulty(asking.act(key="hai-lan"), **values)
    assert one == other
    assert Difficulty.objects.count() == 1
