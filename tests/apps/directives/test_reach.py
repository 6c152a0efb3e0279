"""Whom a body gives duties, whom it only asks, and whom it may not address."""

from datetime import date, timedelta

import pytest
from tests.apps.directives.conftest import DUE, NOW, Office, office, trail
from tests.apps.handover.conftest import _body, _unit

from thongsuot.apps.directives import actions, imports
from thongsuot.apps.directives.models import Manner
from thongsuot.apps.directives.reminding import remind
from thongsuot.apps.registry.models import Body, BodyVersion, Coverage, UnitKind
from thongsuot.apps.registry.reaching import reach_of, standings
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Role
from thongsuot.rules.registry.reach import Way

__all__ = ["office", "trail"]


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [p.code for p in refused.value.problems]


@pytest.fixture
def country(office: Office) -> Office:
    """The city of the office with a department and two wards' committees, and another province."""
    far = _unit("tinh-xa", "province", UnitKind.PROVINCE)
    executing = Body.objects.get(pk=office.bodies["executing"])
    for name, kind, bloc, unit, parent in (
        ("department", "department", "state", office.units["city"], executing),
        ("ubnd-one", "peoples-committee", "state", office.units["one"], None),
        ("far", "peoples-committee", "state", far, None),
    ):
        office.bodies[name] = _body(name, kind, bloc, unit, parent).pk
    for who, body, role in (
        ("head", "department", Role.LEADER),
        ("chair", "ubnd-one", Role.LEADER),
        ("far", "far", Role.LEADER),
    ):
        office.hire(who, body, role)
    return office


def test_a_department_asks_a_ward_and_the_committee_tasks_it(country: Office) -> None:
    ward = {"lead": country.bodies["ubnd-one"], "person": country.persons["chair"]}
    asked = country.issued("head", **ward)
    tasked = country.issued("director", **ward)
    assert country.duty(asked).manner == Manner.REQUEST
    assert country.duty(tasked).manner == Manner.TASK
    by_order = country.issued("head", above=country.issued("director", lead=country.bodies["department"], person=country.persons["head"]), **ward)  # fmt: skip
    assert country.duty(by_order).manner == Manner.TASK


def test_who_was_only_asked_says_no_with_a_reason(country: Office) -> None:
    duty = country.issued("head", lead=country.bodies["ubnd-one"], person=country.persons["chair"])
    with pytest.raises(Refused):
        actions.return_duty(country.act("chair"), duty_id=duty, reason=" ")
    actions.return_duty(country.act("chair"), duty_id=duty, reason="Đã giao phòng khác (minh họa)")
    assert country.duty(duty).state == "returned"


def test_nobody_above_is_told_that_a_request_is_late(country: Office) -> None:
    values = {"lead": country.bodies["ubnd-one"], "person": country.persons["chair"]}
    asked, tasked = country.issued("head", **values), country.issued("director", **values)
    for days in range(1, 25):
        remind(NOW + timedelta(days=days))
    rungs = {pk: country.duty(pk).rung for pk in (asked, tasked)}
    assert (rungs[tasked], rungs[asked]) == (5, 3)
    assert not Notice.objects.filter(kind="directives.above", url__contains=f"/{asked}/").exists()


def test_another_province_is_refused_with_what_to_do_instead(country: Office) -> None:
    for named in (
        {"lead": country.bodies["far"], "person": country.persons["far"]},
        {"report_to": country.bodies["far"]},
        {"parts": [{"body": country.bodies["far"], "what": "Góp số liệu"}]},
    ):
        with pytest.raises(Refused) as refused:
            country.draft("director", **named)
        assert codes(refused) == ["directives.out-of-reach"]


def test_a_draft_made_before_the_borders_changed_is_judged_again_when_issued(
    country: Office,
) -> None:
    draft = country.draft("director", lead=country.bodies["ubnd-one"], person=country.persons["chair"])  # fmt: skip
    ward, far = (Body.objects.get(pk=country.bodies[n]) for n in ("ubnd-one", "far"))
    ward.coverages.update(until=date(2025, 9, 1), ended_at=NOW)
    Coverage.objects.create(
        body=ward, unit=far.coverages.get().unit, since=date(2025, 9, 1), recorded_at=NOW
    )
    with pytest.raises(Refused) as refused:
        actions.issue_duties(country.act("director"), duty_ids=[draft])
    assert codes(refused) == ["directives.out-of-reach"]
    assert country.duty(draft).state == "draft"


def test_boards_and_plans_of_others_need_them_below(country: Office) -> None:
    def board(who: str, body: str, **more: object) -> None:
        actions.set_up_board(
            country.act(who), owner_id=country.bodies[body], title="Trọng tâm (minh họa)",
            points=["Một"], bodies=[country.bodies["ubnd-one"]], every="weekly", anchor_on=DUE, **more,
        )  # fmt: skip

    board("director", "executing")
    with pytest.raises(Refused) as refused:
        board("head", "department")
    assert codes(refused) == ["directives.not-below"]
    done = actions.record_document(
        country.act("head"), kept_by=country.bodies["department"],
        document={"issuer": country.bodies["executing"], "kind": "decision", "issued_on": DUE, "title": "Giao Sở theo dõi (minh họa)"},
    )  # fmt: skip
    board("head", "department", document_id=done["document"])
    plan = actions.make_plan(
        country.act("head"), owner_id=country.bodies["department"],
        plan={"kind": "scheme", "title": "Đề án của Sở (minh họa)", "day": DUE},
        steps=[{"title": "Góp ý", "due_on": DUE, "body": country.bodies["ubnd-one"]}],
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.spread_plan(
            country.act("head"), plan_id=plan["plan"], title="Ở phường", template="ward-congress",
            owners=[{"body": country.bodies["ubnd-one"], "day": date(2025, 12, 20)}],
        )  # fmt: skip
    assert codes(refused) == ["directives.not-below"]


def test_a_file_says_at_the_cell_who_is_too_far(country: Office) -> None:
    rules = imports.Rules({"body": country.bodies["executing"]})
    row = {"lead": "far", "report_to": None, "person": None}
    assert [(p.code, p.subject) for p in rules.judge(row)] == [
        ("directives.row-out-of-reach", "lead")
    ]
    assert not list(rules.judge(row | {"lead": "city"}))


def test_a_team_stands_where_its_ward_will_be(country: Office) -> None:
    later = {"since": date(2026, 1, 1), "recorded_at": NOW}
    body = Body.objects.create(key="ubnd-sap-lap", bloc="state", kind="peoples-committee")
    BodyVersion.objects.create(body=body, name="UBND sắp lập", folded="ubnd sap lap", **later)
    Coverage.objects.create(body=body, unit=country.units["two"], **later)
    ward = body.pk
    reach = reach_of(country.bodies["executing"], [ward, country.bodies["far"]], date(2025, 9, 22))
    assert reach.way(ward) is Way.BELOW
    assert reach.way(country.bodies["far"]) is Way.OUTSIDE


def test_standings_ask_no_more_for_many_bodies_than_for_one(
    country: Office, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(6):
        found = standings(set(country.bodies.values()), date(2025, 9, 22))
    assert len(found) == len(country.bodies)
    assert found[country.bodies["leading"]].under_party
