"""Copies: planned, proved by the giver, checked by the receiver, on a schedule, and what they hold up."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction
from tests.apps.continuity.conftest import DUE, proof_of
from tests.apps.handover.conftest import NOW

from thongsuot.apps.continuity import actions, queries, telling
from thongsuot.apps.continuity.models import Copy, CopyCheck, CopyProof, Drill, Server
from thongsuot.apps.handover import actions as handover
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import guard
from thongsuot.rules.continuity.proof import as_text
from thongsuot.rules.kernel.actor import Role

pytestmark = pytest.mark.django_db


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {p.code for p in refused.value.problems}


def test_a_copy_is_verified_when_the_receivers_result_fits_the_givers_proof(copying, trail):
    copy = copying.planned()
    copying.proved(copy)
    assert Copy.objects.get(pk=copy).state == "made"
    assert copying.checked(copy, copying.result(copying.proof))["equal"] is True
    row = Copy.objects.get(pk=copy)
    assert (row.state, row.verified_on) == ("verified", date(2025, 6, 24))
    assert trail()[-3:] == [
        "continuity.copy-planned",
        "continuity.copy-proved",
        "continuity.copy-checked",
    ]
    check = CopyCheck.objects.get(copy=copy)
    assert (check.own_reading, check.sampled, check.count) == (False, 2, 0)


def test_two_proofs_are_compared_here_and_the_differences_named(copying):
    copy = copying.planned()
    copying.proved(copy)
    found = copying.checked(copy, as_text(proof_of(a="một khác", c="hai")))
    assert found == {"equal": False, "count": 2}
    check = CopyCheck.objects.get(copy=copy)
    assert check.own_reading
    assert {(d["sort"], d["name"]) for d in check.differences} == {
        ("changed", "a.txt"),
        ("renamed", "b.txt"),
    }
    row = Copy.objects.get(pk=copy)
    assert (row.state, row.verified_on) == ("different", None)


def test_a_later_copy_that_differs_takes_the_verified_day_away(copying):
    copy = copying.planned(every_days=7)
    copying.proved(copy)
    copying.checked(copy, copying.result(copying.proof))
    assert Copy.objects.get(pk=copy).verified_on
    copying.proved(copy)
    copying.checked(copy, copying.result(proof_of(a="một")))
    assert Copy.objects.get(pk=copy).verified_on is None


def test_a_rhythm_plans_the_next_copy_when_one_is_found_equal(copying):
    copy = copying.planned(every_days=7)
    copying.proved(copy)
    copying.checked(copy, copying.result(copying.proof))
    row = Copy.objects.get(pk=copy)
    assert (row.state, row.round, row.due_on) == ("planned", 2, DUE + timedelta(days=7))
    with pytest.raises(Refused) as refused:  # the proof of the round before is no proof of this one
        copying.checked(copy, copying.result(copying.proof))
    assert codes(refused) == {"continuity.no-proof-yet"}


def test_a_changed_proof_or_result_is_refused(copying):
    copy = copying.planned()
    whole = as_text(copying.proof)
    for text, code in (
        (whole.replace('"size": 3', '"size": 6'), "continuity.proof-altered"),
        ("{}", "continuity.not-a-proof"),
        ("[1", "continuity.not-json"),
        (whole.replace('"version": 1', '"version": 9'), "continuity.other-version"),
        (whole.replace('"sort": "file"', '"sort": "device"'), "continuity.proof-broken"),
    ):
        assert text != whole
        s, file = copying.story, copying.kept(text)
        with pytest.raises(Refused) as refused:
            actions.record_proof(s.act(s.lan), copy_id=copy, file_id=file)
        assert codes(refused) == {code}
    copying.proved(copy)
    result = json.loads(copying.result(proof_of(a="một")))
    forged = json.dumps(result | {"equal": True, "count": 0, "differences": []})
    with pytest.raises(Refused) as refused:
        copying.checked(copy, forged)
    assert codes(refused) == {"continuity.proof-altered"}


def test_a_result_for_another_proof_is_refused(copying):
    copy = copying.planned()
    copying.proved(copy, replace(copying.proof, entries=copying.proof.entries[:1]))
    with pytest.raises(Refused) as refused:
        copying.checked(copy, copying.result(copying.proof))
    assert codes(refused) == {"continuity.other-proof"}


def test_a_proof_of_another_kind_than_planned_is_refused(copying):
    copy = copying.planned(kind="sqlite")
    with pytest.raises(Refused) as refused:
        copying.proved(copy)
    assert codes(refused) == {"continuity.kind-differs"}


def test_only_the_givers_side_proves_and_only_the_receivers_side_checks(copying):
    s = copying.story
    copy = copying.planned()
    for by in (s.minh, s.rival, s.inspector, s.operator, s.tu):
        with pytest.raises(Refused) as refused:
            copying.proved(copy, by=by)
        assert refused.value.status == 403
    copying.proved(copy)
    for by in (s.lan, s.rival, s.city, s.inspector):
        with pytest.raises(Refused) as refused:
            copying.checked(copy, copying.result(copying.proof), by=by)
        assert refused.value.status == 403


def test_who_proved_a_copy_does_not_check_it(copying):
    s = copying.story
    both = s.actor(777, "Một người hai vai", Role.LEADER, s.office)
    plan = {"system": "Sao nội bộ", "kind": "folder", "due_on": DUE}
    done = actions.plan_copy(s.act(both), owner_id=s.office, receiver_id=s.office, plan=plan)
    copying.proved(int(str(done["copy"])), by=both)
    with pytest.raises(Refused) as refused:
        copying.checked(int(str(done["copy"])), copying.result(copying.proof), by=both)
    assert codes(refused) == {"continuity.same-person"}
    copying.checked(int(str(done["copy"])), copying.result(copying.proof), by=s.lan)


def test_every_wrong_part_of_a_plan_is_named_at_once(copying):
    s = copying.story
    plan = {"system": "\x00" * 201, "kind": "đĩa mềm", "due_on": None, "every_days": -1, "place": "x" * 301,
            "item": 10**9, "server": 10**9}  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.plan_copy(s.act(s.lan), owner_id=s.office, receiver_id=10**9, plan=plan)
    assert codes(refused) == {
        "continuity.too-long",
        "continuity.not-text",
        "continuity.choice-unknown",
        "continuity.needed",
        "continuity.out-of-range",
        "continuity.body-unknown",
        "continuity.item-unknown",
        "continuity.server-unknown",
    }
    assert not Copy.objects.exists()


def test_the_same_form_sent_twice_is_one_copy(copying):
    s = copying.story
    plan = {"system": "Một cửa", "kind": "folder", "due_on": DUE}
    act = s.act(s.lan, key="hai-lan")
    first = actions.plan_copy(act, owner_id=s.office, receiver_id=s.ward, plan=plan)
    assert actions.plan_copy(act, owner_id=s.office, receiver_id=s.ward, plan=plan) == first
    assert Copy.objects.count() == 1


def test_a_stopped_copy_takes_no_more_proofs(copying):
    s = copying.story
    copy = copying.planned()
    with pytest.raises(Refused):
        actions.stop_copy(s.act(s.lan), copy_id=copy, reason=" ")
    actions.stop_copy(s.act(s.lan), copy_id=copy, reason="Phần mềm đã tắt.")
    with pytest.raises(Refused) as refused:
        copying.proved(copy)
    assert codes(refused) == {"continuity.copy-stopped"}


def test_a_body_does_not_end_while_a_data_set_of_it_has_no_verified_copy(copying):
    s = copying.story
    item = copying.dataset()
    account = copying.dataset(dataset_type="account")
    s.classify()
    s.give_to(s.ward, [item, account])
    minutes = handover.dispatch(
        s.act(s.lan), transition_id=s.transition, choice={"ids": [item, account]}
    )["minutes"][0]
    s.count_all(minutes)
    s.sign(minutes, "giver")
    s.sign(minutes, "receiver")

    def close():
        return handover.close_body(s.act(s.city), transition_id=s.transition, body_id=s.office)

    with pytest.raises(Refused) as refused:
        close()
    assert [(p.code, p.subject) for p in refused.value.problems if p.blocks] == [
        ("continuity.no-verified-copy", s.item(item).code)
    ]
    copy = copying.planned(item=item)
    copying.proved(copy)
    with pytest.raises(Refused):
        close()
    copying.checked(copy, copying.result(copying.proof))
    assert close()["body"] == s.office


def test_a_data_set_that_is_kept_back_needs_no_copy(copying):
    s = copying.story
    item = copying.dataset()
    assert [i.pk for i in queries.datasets_without_copy(s.transition, s.office)] == [item]
    handover.close_items(
        s.act(s.lan), transition_id=s.transition, choice={"ids": [item]}, reason="Đã nhập vào kho chung."
    )  # fmt: skip
    assert not queries.datasets_without_copy(s.transition, s.office).exists()


def test_a_late_copy_is_told_once_a_day(copying, django_user_model):
    s = copying.story
    late = copying.planned(due_on=date(2025, 6, 20))
    copying.planned(due_on=date(2025, 6, 24))  # due today is in time
    assert [c.pk for c in queries.late_copies(date(2025, 6, 24))] == [late]
    assert telling.remind(date(2025, 6, 24), NOW) == 1
    assert telling.remind(date(2025, 6, 24), NOW) == 0
    assert telling.remind(date(2025, 6, 25), NOW) == 2
    assert queries.late_count(s.lan, date(2025, 6, 24)) == 1
    assert queries.late_count(s.rival, date(2025, 6, 24)) == 0
    assert not Notice.objects.exists()  # nobody in this story has an account
    call_command("continuity_remind", verbosity=0)


def test_each_side_and_the_area_see_a_copy_and_nobody_else(copying):
    s = copying.story
    copying.planned()
    for by, seen in (
        (s.lan, 1), (s.minh, 1), (s.city, 1), (s.inspector, 1), (s.rival, 0), (s.operator, 0), (s.tu, 0),
    ):  # fmt: skip
        assert queries.visible_copies(by).count() == seen, by.name


def test_a_server_found_unfit_gets_no_copy(copying):
    s = copying.story
    config = {"name": "MC-01", "cores": 2, "memory_gb": 4, "disk_gb": 100}
    done = actions.register_server(s.act(s.minh), body_id=s.ward, server=config)
    server = int(str(done["server"]))
    with pytest.raises(Refused) as refused:
        actions.register_server(s.act(s.minh), body_id=s.ward, server=config | {"disk_gb": -1})
    assert codes(refused) == {"continuity.server-exists", "continuity.out-of-range"}
    with pytest.raises(Refused):
        actions.assess_server(
            s.act(s.lan), server_id=server, fit="fit", reason="không phải của mình"
        )
    with pytest.raises(Refused) as refused:
        actions.assess_server(s.act(s.minh), server_id=server, fit="unknown", reason="")
    assert codes(refused) == {"continuity.choice-unknown", "continuity.needed"}
    actions.assess_server(s.act(s.minh), server_id=server, fit="unfit", reason="Ổ đĩa quá nhỏ")
    with pytest.raises(Refused) as refused:
        copying.planned(server=server)
    assert codes(refused) == {"continuity.server-unfit"}
    actions.assess_server(s.act(s.minh), server_id=server, fit="fit", reason="Đã thêm ổ đĩa")
    copying.planned(server=server)
    assert Server.objects.get(pk=server).fit_on == date(2025, 6, 24)


def test_a_drill_is_recorded_with_what_it_was_held_against(copying):
    s = copying.story
    values = {"on": date(2025, 6, 23), "what": "Cơ sở dữ liệu một cửa", "result": "whole", "minutes": 12,
              "compared": "Mã gốc bằng chứng nhận."}  # fmt: skip
    actions.record_drill(s.act(s.lan), body_id=s.office, drill=values)
    assert Drill.objects.get().minutes == 12
    wrong = {
        "on": date(2025, 6, 25),
        "what": "",
        "result": "tốt",
        "minutes": 0,
        "compared": " ",
        "copy": 9,
    }
    with pytest.raises(Refused) as refused:
        actions.record_drill(s.act(s.lan), body_id=s.office, drill=wrong)
    assert codes(refused) == {
        "continuity.day-to-come",
        "continuity.needed",
        "continuity.choice-unknown",
        "continuity.out-of-range",
        "continuity.copy-missing",
    }


@pytest.mark.parametrize("model", [CopyProof, CopyCheck, Drill])
def test_proofs_checks_and_drills_are_only_added_to(copying, model):
    s = copying.story
    copy = copying.planned()
    copying.proved(copy)
    copying.checked(copy, copying.result(copying.proof))
    actions.record_drill(
        s.act(s.lan), body_id=s.office,
        drill={"on": DUE - timedelta(days=2), "what": "Thử", "result": "failed", "minutes": 1, "compared": "–"},
    )  # fmt: skip
    assert not [name for name in guard.missing() if name.startswith("continuity")]
    for change in (lambda: model.objects.update(name="khác"), lambda: model.objects.all()._raw_delete("default")):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert model.objects.count() == 1
