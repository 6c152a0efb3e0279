"""Acts on the register: who may, what is refused, what the trail says afterwards."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.apps.authority.conftest import JULY, TODAY, Office

from thongsuot.apps.authority import actions, lists, permit, queries
from thongsuot.apps.authority.models import Delegation, FieldGroup, Review, Rule, RuleCheck
from thongsuot.apps.authority.queries.comparing import View, diff, powers_left, simulate
from thongsuot.apps.authority.queries.reviews import grid_of, sheet_of
from thongsuot.apps.authority.queries.table import rule_values, whole_table
from thongsuot.apps.authority.verify import faults
from thongsuot.apps.registry.models import Appointment, LegalText
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import chains
from thongsuot.rules.authority import values as v
from thongsuot.rules.kernel.actor import Role

pytestmark = pytest.mark.django_db


def refused(status: int = 422) -> "pytest.RaisesExc[Refused]":
    return pytest.raises(Refused, check=lambda e: e.status == status)


def codes(caught: "pytest.ExceptionInfo[Refused]") -> set[str]:
    return {p.code for p in caught.value.problems}


def test_a_rule_is_a_draft_until_two_others_compared_it(office: Office, acts) -> None:
    office.write("R1")
    with refused(422) as caught:
        actions.publish(office.act("khanh"), code="R1")
    assert codes(caught) == {"authority.not-checked"}
    with refused(403) as caught:
        office.check("R1", "khanh")
    assert codes(caught) == {"authority.checks-own"}
    office.check("R1", "chair")
    with refused(403) as caught:
        office.check("R1", "chair")
    assert codes(caught) == {"authority.checked-already"}
    with refused(403):
        office.check("R1", "hang")
    office.check("R1", "clerk")
    actions.publish(office.act("khanh"), code="R1")
    assert queries.who_may("xay-nha", office.units["phuong-mot"], TODAY).confirmed
    assert acts() == [
        "authority.rule-written", "authority.rule-checked", "authority.rule-checked",
        "authority.rule-published",
    ]  # fmt: skip
    assert list(chains.faults()) == []
    assert list(faults()) == []


def test_whoever_finds_it_different_stops_the_publishing(office: Office) -> None:
    office.write("R1")
    office.check("R1", "chair", "clerk")
    actions.check(
        office.act("other"), code="R1", verdict="differs", against="Công báo", note="Khoản 2"
    )
    with refused() as caught:
        actions.publish(office.act("khanh"), code="R1")
    assert codes(caught) == {"authority.check-differs"}


def test_a_new_version_is_checked_again_and_the_old_one_stays(office: Office) -> None:
    office.publish("R1")
    old = Rule.objects.get(code="R1", live=True)
    office.write("R1", to_tier="province")
    new = Rule.objects.get(code="R1", waiting=True)
    assert (new.status, new.checks.count(), new.replaces_row_id) == ("draft", 0, old.pk)
    old.refresh_from_db()
    assert (old.live, old.to_tier, old.checks.count()) == (True, "commune", 2)


def test_everything_wrong_with_a_rule_is_told_at_once(office: Office) -> None:
    with refused() as caught:
        office.write("R1", text="khong-co", kind="khac", to_organ="bo", clause="2", article="")
    assert codes(caught) == {
        "authority.text-unknown", "authority.kind-unknown", "authority.organ-unknown",
        "authority.clause-without-article",
    }  # fmt: skip
    with refused(403):
        actions.write_rule(office.act("clerk"), code="R2", rule={"matter": "xay-nha"})
    assert not Rule.objects.exists()


def test_a_rule_may_be_ended_on_a_day_or_withdrawn(office: Office) -> None:
    office.publish("R1")
    with refused() as caught:
        actions.withdraw(office.act("khanh"), code="R1", reason=" ")
    assert codes(caught) == {"authority.reason-needed"}
    actions.withdraw(office.act("khanh"), code="R1", reason="Có quy định mới", on=date(2025, 9, 1))
    place = office.units["phuong-mot"]
    assert queries.who_may("xay-nha", place, date(2025, 8, 31)).state == "one"
    assert queries.who_may("xay-nha", place, date(2025, 9, 1)).reason == "expired"
    actions.withdraw(office.act("khanh"), code="R1", reason="Ghi sai")
    assert queries.who_may("xay-nha", place, date(2025, 8, 31)).reason == "no-rule"


def test_the_database_refuses_a_rewritten_rule_and_a_changed_check(office: Office) -> None:
    office.publish("R1")
    for rewrite in (
        lambda: Rule.objects.update(to_tier="province"),
        lambda: RuleCheck.objects.update(verdict="differs"),
        lambda: Rule.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rewrite()


def test_only_the_giver_signs_and_only_with_a_fresh_proof(office: Office) -> None:
    pk = office.delegate(sign=False)
    with refused(403) as caught:
        actions.sign(office.act("deputy"), delegation_id=pk, fresh=True)
    assert codes(caught) == {"authority.only-the-giver"}
    with refused(403) as caught:
        actions.sign(office.act("chair"), delegation_id=pk, fresh=False)
    assert codes(caught) == {"authority.password-again"}
    with refused(404):
        actions.sign(office.act("other"), delegation_id=pk, fresh=True)
    actions.sign(office.act("chair"), delegation_id=pk, fresh=True)
    with refused(409):
        actions.sign(office.act("chair"), delegation_id=pk, fresh=True)


def test_a_delegation_of_another_body_cannot_be_proposed(office: Office) -> None:
    with refused(403):
        actions.propose(
            office.act("other"), number="X", giver_id=office.seats["chair"],
            post_id=office.posts["deputy"], since=JULY, until=date(2026, 1, 1),
        )  # fmt: skip
    office.delegate("UQ-1")
    with refused() as caught:
        office.delegate("UQ-1", until=JULY, post_id=office.posts["deputy"])
    assert codes(caught) == {"authority.number-taken", "authority.days-crossed"}


def test_revoking_ends_what_was_passed_on(office: Office) -> None:
    office.publish("R1")
    first = office.delegate(passable=True)
    second = actions.propose(
        office.act("deputy"), number="UQ-2", giver_id=office.seats["deputy"],
        post_id=office.posts["clerk"], since=JULY, until=date(2025, 12, 1), parent_id=first,
    )["delegation"]  # fmt: skip
    actions.sign(office.act("deputy"), delegation_id=int(str(second)), fresh=True)
    place = office.units["phuong-mot"]
    names = lambda: {d.seat.name for d in queries.who_may("xay-nha", place, TODAY).delegates}  # noqa: E731
    assert names() == {"Phó Một", "Công Một"}
    with refused() as caught:
        actions.propose(
            office.act("clerk"), number="UQ-3", giver_id=office.seats["clerk"],
            post_id=office.posts["chair"], since=JULY, until=date(2025, 9, 1),
            parent_id=int(str(second)),
        )  # fmt: skip
    assert "authority.not-passable" in codes(caught)
    actions.revoke(office.act("khanh"), delegation_id=first, on=TODAY, reason="Đổi phân công")
    assert names() == set()
    assert Delegation.objects.get(pk=first).state == "revoked"


def test_the_database_refuses_a_signed_delegation_with_another_limit(office: Office) -> None:
    pk = office.delegate()
    with pytest.raises(DatabaseError), transaction.atomic():
        Delegation.objects.filter(pk=pk).update(most=5)


def test_who_sees_a_delegation(office: Office) -> None:
    office.delegate()
    seen = {
        who: permit.visible_delegations(office.people[who]).count()
        for who in ("chair", "clerk", "other", "khanh", "hang", "nobody", "tinh")
    }
    assert seen == {
        "chair": 1, "clerk": 1, "other": 0, "khanh": 1, "hang": 1, "nobody": 0, "tinh": 0
    }  # fmt: skip


def test_a_ward_says_how_a_rule_stands_and_the_city_sees_the_grid(office: Office) -> None:
    office.publish("R1")
    place = office.units["phuong-mot"]
    with refused(403):
        actions.review(office.act("other"), unit_id=place, code="R1", state="ready")
    with refused() as caught:
        actions.review(office.act("clerk"), unit_id=place, code="R1", state="blocked")
    assert codes(caught) == {"authority.review-reason"}
    actions.review(office.act("clerk"), unit_id=place, code="R1", state="ready")
    actions.review(
        office.act("chair"), unit_id=place, code="R1", state="blocked", reason="Chưa có phần mềm"
    )
    assert Review.objects.get().state == "blocked"
    (row,) = sheet_of(place)
    assert row.review is not None
    assert row.review.reason == "Chưa có phần mềm"
    grid = grid_of(frozenset(office.units.values()), TODAY)
    assert (grid.asked, grid.told) == (2, 1)
    assert grid.by_rule["R1"] == {"blocked": 1}


def test_the_diff_of_two_days_for_a_body_a_tier_and_the_country(office: Office) -> None:
    office.publish("R1")
    LegalText.objects.create(key="nd-cu", number="1/2020/NĐ-CP")
    office.publish(
        "CU", text="nd-cu", to_tier="district", to_title="", from_tier="", since=None, until=JULY
    )
    before = date(2025, 6, 30)
    (line,) = diff(before, JULY, View())
    assert (line.change, line.matter) == ("moved", "Cấp giấy phép xây dựng")
    (seen,) = diff(before, JULY, View(body=office.bodies["ubnd-mot"]))
    assert seen.change == "gained"
    (seen,) = diff(before, JULY, View(tier="district"))
    assert seen.change == "lost"
    (seen,) = diff(date(2027, 2, 28), date(2027, 3, 1), View(tier="commune"))
    assert (seen.change, seen.line.after.reason) == ("gap", "expired")
    assert diff(before, JULY, View(field="y-te")) == ()


def test_a_draft_is_tried_without_being_written(office: Office) -> None:
    office.publish("R1")
    draft = v.Rule("THU", "division", "xay-nha", v.Office("province", "peoples-committee"))
    (seen,) = simulate(draft, TODAY)
    assert seen.change == "clash"
    assert Rule.objects.filter(code="THU").count() == 0


def test_a_body_with_a_power_that_ends_with_it_has_something_left(office: Office) -> None:
    office.publish("R1", until=date(2026, 1, 1))
    body = office.bodies["ubnd-mot"]
    assert [s.matter for s in powers_left(body, date(2026, 1, 1))] == ["Cấp giấy phép xây dựng"]
    earlier = date(2025, 12, 1)  # the rule goes on, but nobody is there to follow it
    assert [s.line.after.reason for s in powers_left(body, earlier)] == ["no-body"]
    office.body("ubnd-khac", "peoples-committee", "phuong-mot")
    assert powers_left(body, earlier) == ()


def test_the_table_is_read_again_after_an_act_and_not_before(
    office: Office, django_assert_num_queries
) -> None:
    office.publish("R1")
    first = whole_table()
    with django_assert_num_queries(1):
        assert whole_table() is first
    actions.withdraw(office.act("khanh"), code="R1", reason="Ghi sai")
    assert whole_table() is not first


def test_the_lists_cost_the_same_however_long(
    office: Office, django_assert_max_num_queries
) -> None:
    for n in range(8):
        office.write(f"R{n}")
    with django_assert_max_num_queries(1):
        rows = list(lists.rule_rows().select_related("matter__field", "text__days"))
        assert [lists.RULES.columns[0].read(r) for r in rows]
    with django_assert_max_num_queries(8):
        assert len(rule_values(Rule.objects.filter(live=True))) == 8


def test_the_name_of_a_group_is_put_right_with_its_source(office: Office) -> None:
    with refused() as caught:
        actions.name_group(office.act("khanh"), number=1, name="Xây dựng", named=True)
    assert codes(caught) == {"authority.reason-needed"}
    actions.name_group(
        office.act("khanh"), number=1, name="Xây dựng, nhà ở", named=True, note="Phụ lục 1"
    )
    assert FieldGroup.objects.get(number=1).named


def test_a_person_who_left_the_post_is_no_giver(office: Office) -> None:
    Appointment.objects.filter(pk=office.seats["chair"]).update(until=date(2025, 6, 15))
    with refused() as caught:
        office.delegate(sign=False)
    assert codes(caught) == {"authority.giver-unknown"}


def test_an_operator_reads_no_delegation(office: Office) -> None:
    office.delegate()
    city = office.people["khanh"]
    post = replace(city.hat, role=Role.OPERATOR)
    assert not permit.visible_delegations(replace(city, hats=(post,), hat=post)).exists()


def test_what_was_signed_under_a_delegation_is_not_unmade_by_revoking_it(office: Office) -> None:
    pk = office.delegate()
    with pytest.raises(Refused) as caught:
        actions.revoke(office.act("chair"), delegation_id=pk, on=JULY, reason="Đổi ý")
    assert "authority.revoked-before" in codes(caught)
    assert Delegation.objects.get(pk=pk).state == "signed"
