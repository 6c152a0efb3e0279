"""Who is commended for what, by whom: on figures of the system, once in each form."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from tests.apps.rearrangement.conftest import NOW, Office

from thongsuot.apps.directives import actions as duties
from thongsuot.apps.directives.models import Duty
from thongsuot.apps.oversight import actions, lists, permit
from thongsuot.apps.oversight.evidence import figures_of
from thongsuot.apps.oversight.models import Commendation
from thongsuot.apps.registry.models import Person
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor

ON = NOW.date()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [p.code.partition(".")[2] for p in refused.value.problems]


def propose(office: Office, who: str = "chair", **more: Any) -> int:
    values = {
        "body": office.bodies["home"], "decider": office.bodies["ubnd"], "form": "certificate",
        "about": "Tổng hợp phương án sắp xếp (minh họa)", "grounds": "Đúng hạn cả năm kỳ (minh họa)",
    }  # fmt: skip
    hat = office.people[who].hat
    done = actions.propose(office.act(who), proposer_id=hat.body, commendation=values | more)
    return int(done["commendation"])


def row(pk: int) -> Commendation:
    return Commendation.objects.get(pk=pk)


def duty_of(office: Office) -> int:
    """A duty of the committee for the department, reported done in time."""
    person = Person.objects.get(full_name="Người head").pk
    drafted = duties.draft_duties(
        office.act(), assigner_id=office.bodies["ubnd"],
        drafts=[{"task": "Tổng hợp hiện trạng", "lead": office.bodies["home"], "person": person,
                 "place_words": "toàn thành phố", "term_day": date(2025, 10, 10)}],
    )  # fmt: skip
    pk = int(list(drafted["duties"])[0])  # noqa: RUF015  # a list out of an answer
    duties.issue_duties(office.act(), duty_ids=[pk])
    duties.report_done(office.act("head", days=1), duty_id=pk, words="Đã xong (minh họa)")
    return pk


def test_from_proposal_to_announcement_with_one_entry_each(office: Office) -> None:
    pk = propose(office)
    actions.ask_views(office.act(), commendation_id=pk, bodies=[office.bodies["money"]])
    actions.give_view(office.act("money"), commendation_id=pk, body_id=office.bodies["money"], view="agree")  # fmt: skip
    actions.decide(office.act(), commendation_id=pk, form="certificate", number="15/QĐ (minh họa)", on=ON)  # fmt: skip
    actions.announce(office.act(), commendation_id=pk, on=ON, where="Hội nghị (minh họa)")
    found = row(pk)
    assert (found.state, found.number, found.announced_on) == ("announced", "15/QĐ (minh họa)", ON)
    assert found.decided_by == "Người chair, Chức vụ chair"
    acts = Entry.objects.filter(chain="commendations").order_by("pk").values_list("act", flat=True)
    assert [a.partition(".")[2] for a in acts] == [
        "commendation-proposed", "views-asked", "view-given", "commendation-decided",
        "commendation-announced",
    ]  # fmt: skip


def test_the_same_work_is_not_commended_twice_in_the_same_form(office: Office) -> None:
    first = propose(office)
    with pytest.raises(Refused) as refused:
        propose(office, about="TỔNG HỢP phương án  sắp xếp (minh họa)")
    assert codes(refused) == ["commended-already"]
    other = propose(office, form="praise")
    with pytest.raises(Refused) as refused:
        actions.decide(office.act(), commendation_id=other, form="certificate", number="1", on=ON)
    assert codes(refused) == ["commended-already"]
    propose(office, body=office.bodies["money"])  # somebody else
    actions.withdraw(office.act(), commendation_id=first, reason="Chờ hết năm")
    again = propose(office)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commendation.objects.filter(pk=first).update(state="proposed")
    assert row(again).state == "proposed"


def test_the_figures_are_those_of_the_duties(office: Office) -> None:
    duty = duty_of(office)
    assert figures_of(office.bodies["home"], None, ON)[0] == {
        "label": "in-time",
        "done": 0,
        "of": 0,
    }
    later = date(2025, 10, 13)
    assert figures_of(office.bodies["home"], None, later)[0] == {
        "label": "in-time",
        "done": 1,
        "of": 1,
    }
    person = Person.objects.get(full_name="Người head").pk
    assert figures_of(office.bodies["home"], person, later)[1]["done"] == 1
    assert figures_of(office.bodies["money"], None, later)[0]["of"] == 0
    act = Act(office.people["chair"], "bd-sau", NOW + timedelta(days=7))
    done = actions.propose(
        act, proposer_id=office.bodies["ubnd"],
        commendation={"body": office.bodies["home"], "person": person, "duty": duty, "form": "letter",
                      "decider": office.bodies["ubnd"], "grounds": "Xong trước hạn (minh họa)"},
    )  # fmt: skip
    found = row(int(done["commendation"]))
    assert found.about == Duty.objects.get(pk=duty).task
    assert (found.work_key, found.named) == (f"duty:{duty}", "Người head")
    assert found.figures[0] == {"label": "in-time", "done": 1, "of": 1}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"about": ""}, "work-needed"),
        ({"grounds": " "}, "needed"),
        ({"form": "huân chương"}, "choice-unknown"),
        ({"decider": "money"}, "decider-not-above"),
        ({"body": "far"}, "outside"),
        ({"body": 10**6}, "body-unknown"),
        ({"person": "Người money"}, "person-elsewhere"),
        ({"about": "x" * 501}, "too-long"),
    ],
)
def test_what_is_wrong_with_a_proposal_is_said(
    office: Office, more: dict[str, Any], code: str
) -> None:
    given = {
        k: office.bodies.get(str(v), v) if k in ("body", "decider") else v for k, v in more.items()
    }
    if "person" in given:
        given["person"] = Person.objects.get(full_name=given["person"]).pk
    with pytest.raises(Refused) as refused:
        propose(office, **given)
    assert codes(refused) == [code]


def test_only_the_decider_decides_and_not_before_the_day(office: Office) -> None:
    pk = propose(office, "clerk")
    with pytest.raises(Refused) as refused:
        actions.decide(office.act("head"), commendation_id=pk, form="praise", on=ON)
    assert refused.value.status == 403
    for more, code in (({"form": "merit"}, "number-needed"), ({"form": "praise", "on": date(2026, 1, 1)}, "day-ahead")):  # fmt: skip
        with pytest.raises(Refused) as refused:
            actions.decide(office.act(), commendation_id=pk, **({"on": ON} | more))
        assert codes(refused) == [code]
    actions.decide(office.act(), commendation_id=pk, form="praise", on=ON)
    with pytest.raises(Refused) as refused:
        actions.announce(office.act(), commendation_id=pk, on=date(2025, 1, 1), where="Hội nghị")
    assert codes(refused) == ["day-early"]
    with pytest.raises(Refused) as refused:
        actions.decline(office.act(), commendation_id=pk, reason="Muộn")
    assert codes(refused) == ["not-in-this-state"]


def test_people_see_their_own_once_it_is_decided(office: Office) -> None:
    user = User.objects.create(username="head", full_name="head", password="!")
    person = Person.objects.get(full_name="Người head")
    Person.objects.filter(pk=person.pk).update(account=user)
    pk = propose(office, "secretary", person=person.pk, decider=office.bodies["ubnd"])
    own = Actor(user.pk, "Người head")  # without any post today
    assert not permit.visible(own).exists()
    assert not permit.visible(office.people["money"]).exists()
    assert permit.visible(office.people["watch"]).exists()
    actions.decide(office.act(), commendation_id=pk, form="letter", number="3", on=ON)
    assert permit.visible(own).get().pk == pk
    assert Notice.objects.filter(user=user, kind="oversight.decided").exists()
    with pytest.raises(Refused) as refused:
        permit.in_sight(office.people["ward"], pk)
    assert refused.value.status == 404


def test_a_no_says_why_and_the_log_is_never_rewritten(office: Office) -> None:
    pk = propose(office)
    with pytest.raises(Refused) as refused:
        actions.decline(office.act(), commendation_id=pk, reason=" ")
    assert codes(refused) == ["needed"]
    actions.decline(office.act(), commendation_id=pk, reason="Đã khen trong kết luận (minh họa)")
    assert row(pk).reason.startswith("Đã khen")
    for sql in (
        "UPDATE oversight_commendation SET figures = '[]', about = 'khác'",
        "DELETE FROM oversight_commendation",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_the_log_asks_as_much_for_many_as_for_one(
    office: Office, django_assert_num_queries
) -> None:
    for n in range(4):
        propose(office, about=f"Việc {n} (minh họa)")
    with django_assert_num_queries(1):
        read = [
            [c.read(r) for c in lists.COMMENDATIONS.columns]
            for r in lists.rows_for(office.people["chair"])
        ]
    assert len(read) == 4
