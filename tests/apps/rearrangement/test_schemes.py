"""From what is there to what is carried out: nothing left out, nothing twice, nobody lost."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.apps.rearrangement.conftest import DAYS, NOW, Office

from thongsuot.apps.rearrangement import actions, imports, lists, papers, permit, queries
from thongsuot.apps.rearrangement.models import CarriedStep, FateLine, OptionVersion, PresentUnit
from thongsuot.apps.registry.models import Person
from thongsuot.apps.registry.naming import body_names, superior_name
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.imports.engine import BatchView, Ready
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [p.code.partition(".")[2] for p in refused.value.problems]


def test_a_scheme_calls_upon_departments_below_its_keeper_alone(office: Office) -> None:
    office.make()
    entry = Entry.objects.get(act="rearrangement.scheme-made")
    assert entry.chain == f"rearrangement:{office.scheme}"
    for owners, code in (
        ([office.bodies["far"]], "not-below"),
        ([], "owners-number"),
        ([10**6], "body-unknown"),
    ):
        with pytest.raises(Refused) as refused:
            office.make(owners=owners)
        assert codes(refused) == [code]
    with pytest.raises(Refused) as refused:
        office.make(approver=office.bodies["far"])
    assert codes(refused) == ["outside"]
    with pytest.raises(Refused) as refused:
        office.make("head", owners=[office.bodies["money"]])  # a department beside it
    assert codes(refused) == ["not-below"]
    office.make("head", owners=[office.bodies["money"]], basis="Văn bản giao việc (minh họa)")


def test_a_department_writes_its_own_units_and_nobody_elses(office: Office) -> None:
    office.make()
    office.unit("A")
    with pytest.raises(Refused) as refused:
        actions.put_unit(
            office.act("money"), scheme_id=office.scheme, owner_id=office.bodies["home"],
            unit={"code": "Z", "name": "Z", "people": 1, "leaders": 1}, unit_id=office.units["A"],
        )  # fmt: skip
    assert refused.value.status == 403
    with pytest.raises(Refused) as refused:
        office.unit("A", "money")
    assert codes(refused) == ["code-taken"]
    with pytest.raises(Refused) as refused:
        office.unit("B", leaders=11)
    assert codes(refused) == ["leaders-too-many"]
    with pytest.raises(Refused) as refused:
        actions.put_unit(
            office.act("ward"), scheme_id=office.scheme, owner_id=office.bodies["home"], unit={}
        )
    assert refused.value.status == 404
    mine = permit.visible_units(office.people["money"], office.row())
    assert not mine.exists()
    assert permit.visible_units(office.people["clerk"], office.row()).count() == 1


def test_units_that_the_registry_knows_are_taken_once(office: Office) -> None:
    office.make()
    done = actions.bring_known_units(
        office.act("clerk"), scheme_id=office.scheme, owner_id=office.bodies["home"]
    )
    assert done["units"] == 2
    assert [(u.sort, u.people, u.leaders) for u in office.present()] == [
        ("service-unit", 0, 0),
        ("office", 1, 1),
    ]
    with pytest.raises(Refused) as refused:
        actions.bring_known_units(
            office.act("clerk"), scheme_id=office.scheme, owner_id=office.bodies["home"]
        )
    assert codes(refused) == ["nothing-known"]
    actions.drop_unit(office.act("clerk"), scheme_id=office.scheme, unit_id=office.present()[0].pk)
    assert len(office.present()) == 1


def test_who_pulls_it_together_sees_who_has_not_sent_in(office: Office) -> None:
    office.filled()
    with pytest.raises(Refused) as refused:
        actions.send_units(
            office.act("ward"), scheme_id=office.scheme, owner_id=office.bodies["home"]
        )
    assert refused.value.status == 404
    actions.send_units(
        office.act("money"), scheme_id=office.scheme, owner_id=office.bodies["money"]
    )
    rows = queries.owners_of(office.row())
    assert [(r.name, r.units, bool(r.sent_at)) for r in rows] == [("home", 3, False), ("money", 1, True)]  # fmt: skip


def test_a_scheme_with_a_unit_left_out_is_not_submitted_and_names_it(office: Office) -> None:
    office.filled()
    office.fates({"unit": "A", "fate": "keep"}, {"unit": "B", "fate": "merge", "into": "Q"})
    view = queries.options_of(office.row())[0]
    assert (view.covered.done, view.covered.of) == (2, 4)
    assert [p.name for p in view.covered.missing] == ["Phòng C", "Phòng D"]
    with pytest.raises(Refused) as refused:
        actions.submit_scheme(office.act(), scheme_id=office.scheme)
    assert codes(refused) == ["without-fate", "without-fate", "target-missing"]
    office.fates({"unit": "A", "fate": "rename", "name": "Phòng A mới"})  # instead, not beside
    assert FateLine.objects.filter(option=office.option).count() == 2


def test_totals_before_and_after_are_those_of_the_units(office: Office) -> None:
    office.whole()
    view = queries.options_of(office.row())[0]
    assert view.problems == ()
    whole = view.whole
    assert (whole.before.units, whole.after.units, view.percent) == (4, 2, 50)
    assert whole.before.people == whole.after.people + whole.released == 36
    assert (whole.before.leaders, whole.after.leaders) == (11, 6)
    home = view.totals[office.bodies["home"]]
    assert (home.after.units, home.after.people) == (1, 18)
    assert view.totals[office.bodies["money"]].after.people == 16


def test_a_changed_option_after_submission_is_a_new_version_with_a_reason(office: Office) -> None:
    office.consulted()
    with pytest.raises(Refused) as refused:
        office.fates({"unit": "B", "fate": "merge", "into": "X"})
    assert codes(refused) == ["needed"]
    office.fates({"unit": "B", "fate": "merge", "into": "X"}, reason="Không tinh giản nữa")
    assert office.one().version == 2
    rows = FateLine.objects.filter(option=office.option, present=office.units["B"])
    assert list(rows.order_by("version").values_list("released", flat=True)) == [2, 0]
    assert [v.reason for v in OptionVersion.objects.order_by("number")] == ["", "Không tinh giản nữa"]  # fmt: skip
    with pytest.raises(Refused) as refused:
        office.approve(version=1)
    assert (codes(refused), refused.value.status) == (["changed-meanwhile"], 409)
    with pytest.raises(Refused) as refused:
        office.unit("E")
    assert codes(refused) == ["not-in-this-state"]


def test_only_the_competent_body_approves_and_by_a_decision(office: Office) -> None:
    office.consulted()
    with pytest.raises(Refused) as refused:
        actions.give_opinion(
            office.act("money"), scheme_id=office.scheme, body_id=office.bodies["money"],
            stance="disagree",
        )  # fmt: skip
    assert codes(refused) == ["needed"]
    actions.give_opinion(
        office.act("money"), scheme_id=office.scheme, body_id=office.bodies["money"],
        stance="comments", words="Giữ lại một phó phòng (minh họa)",
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        actions.approve_scheme(
            office.act(), scheme_id=office.scheme, option_id=office.option, number="1",
            decided_on=date(2025, 10, 6), basis="x",
        )  # fmt: skip
    assert refused.value.status == 403
    for more, code in (
        ({"number": " "}, "needed"),
        ({"decided_on": date(2025, 10, 7)}, "day-ahead"),
    ):
        with pytest.raises(Refused) as refused:
            office.approve(**more)
        assert codes(refused) == [code]
    office.approve()
    scheme = office.row()
    assert (scheme.state, scheme.chosen_id, scheme.chosen_version) == ("approved", office.option, 1)
    with pytest.raises(Refused) as refused:
        office.fates({"unit": "A", "fate": "keep"}, reason="Muộn")
    assert codes(refused) == ["not-in-this-state"]


def test_sending_back_opens_it_again_and_dropping_ends_it(office: Office) -> None:
    office.consulted()
    actions.send_back_scheme(office.act("secretary"), scheme_id=office.scheme, reason="Còn nhiều đầu mối")  # fmt: skip
    assert office.row().state == "draft"
    office.unit("E")
    actions.drop_scheme(office.act(), scheme_id=office.scheme, reason="Nhập vào phương án chung")
    with pytest.raises(Refused) as refused:
        office.unit("F")
    assert codes(refused) == ["not-in-this-state"]


def test_the_database_keeps_what_was_approved(office: Office) -> None:
    office.consulted()
    office.approve()
    for sql in (
        "UPDATE rearrangement_fateline SET released = 5",
        "DELETE FROM rearrangement_fateline",
        "DELETE FROM rearrangement_foundedunit",
        "UPDATE rearrangement_presentunit SET people = 1",
        "DELETE FROM rearrangement_scheme",
        "UPDATE rearrangement_optionversion SET reason = 'khác'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_each_unit_is_carried_out_step_by_step_and_the_late_are_counted(office: Office) -> None:
    office.carrying()
    steps = CarriedStep.objects.filter(scheme=office.scheme)
    assert steps.count() == 14  # two merged, one dissolved, one that stays
    assert not steps.filter(present=office.units["D"]).exists()

    def carry(code: str, step: str, on: date, who: str = "clerk") -> None:
        actions.carry_step(
            office.act(who, days=30), scheme_id=office.scheme, unit_id=office.units[code], step=step,
            done_on=on, paper="15/QĐ (minh họa)",
        )  # fmt: skip

    with pytest.raises(Refused) as refused:
        carry("A", "handover", date(2025, 10, 20))
    assert codes(refused) == ["step-skipped"]
    carry("A", "decision", date(2025, 10, 20))
    with pytest.raises(Refused) as refused:
        carry("A", "decision", date(2025, 10, 20))
    assert codes(refused) == ["step-done-already"]
    with pytest.raises(Refused) as refused:
        carry("A", "people", date(2026, 1, 1))
    assert codes(refused) == ["done-day-unfit"]
    with pytest.raises(Refused) as refused:
        carry("A", "people", date(2025, 10, 21), "money")
    assert refused.value.status in (403, 404)
    grid = queries.grid_of(office.row(), date(2025, 10, 28))
    assert [(r.name, r.late) for r in grid] == [("home", 5)]
    assert (grid[0].cells[0].done, grid[0].cells[0].of, grid[0].cells[0].late) == (1, 3, 2)
    with pytest.raises(Refused) as refused:
        actions.close_scheme(office.act(), scheme_id=office.scheme)
    assert set(codes(refused)) == {"not-carried-out"}
    for row in steps.filter(done_on__isnull=True).order_by("present", "due_on"):
        code = next(c for c, pk in office.units.items() if pk == row.present_id)
        carry(code, row.step, date(2025, 11, 3))
    actions.close_scheme(office.act(days=30), scheme_id=office.scheme)
    assert office.row().state == "done"


def test_days_of_steps_follow_each_other(office: Office) -> None:
    office.consulted()
    office.approve()
    with pytest.raises(Refused) as refused:
        actions.begin_carrying(
            office.act(), scheme_id=office.scheme, days=DAYS | {"seal": date(2025, 10, 7)}
        )
    assert codes(refused) == ["days-crossed"]


def test_who_sees_which_scheme(office: Office) -> None:
    office.filled()
    seen = {w for w, a in office.people.items() if permit.visible(a).exists()}
    assert seen == {"chair", "clerk", "head", "money"}
    actions.keep_rest(office.act("clerk"), scheme_id=office.scheme, option_id=office.option)
    actions.submit_scheme(office.act(), scheme_id=office.scheme)
    seen = {w for w, a in office.people.items() if permit.visible(a).exists()}
    assert seen == {"chair", "clerk", "head", "money", "secretary", "watch"}


def test_the_same_act_sent_twice_is_done_once(office: Office) -> None:
    office.filled()
    one = actions.make_option(office.act("clerk", "k"), scheme_id=office.scheme, title="B", like=office.option)  # fmt: skip
    two = actions.make_option(office.act("clerk", "k"), scheme_id=office.scheme, title="B", like=office.option)  # fmt: skip
    assert one == two
    assert one["letter"] == "B"


def test_lists_ask_the_same_few_queries_however_many_rows(
    office: Office, django_assert_max_num_queries
) -> None:
    office.whole()
    actor = office.people["clerk"]
    with django_assert_max_num_queries(12):
        for rows, table in (
            (lists.schemes_for(actor, NOW.date()), lists.SCHEMES),
            (lists.units_for(actor, office.row()), lists.UNITS),
            (lists.fates_for(actor, office.row(), office.one(), 1), lists.FATES),
        ):
            for row in rows:
                assert all(c.read(row) is not None for c in table.columns if c.key in ("name", "title", "after"))  # fmt: skip


def test_a_file_brings_units_corrects_them_and_is_taken_back(office: Office) -> None:
    office.make()
    office.unit("A")
    scope = imports.scope_of(office.scheme, office.bodies["home"])
    rules = imports.Rules(scope)
    row = {"code": "T1", "name": "Trung tâm", "sort": None, "people": 20, "leaders": 3,
           "funding": None, "basis": None, "note": None}  # fmt: skip
    rules.fill(row)
    assert (row["sort"], row["funding"]) == ("office", "state")
    assert not list(rules.judge(row))
    assert [p.subject for p in rules.judge(row | {"leaders": 21})] == ["leaders"]
    assert rules.known(["A", "T1"])["A"].values["people"] == 10
    batch = BatchView(9, imports.CODE, office.bodies["home"], scope, "f", "s", "d", 1)
    done = imports.write(office.act("clerk"), batch, iter([[Ready(2, "T1", row, {})]]))
    assert done == {"made": 1, "changed": 0}
    changed = row | {"code": "A", "name": "Phòng A", "people": 12}
    imports.write(office.act("clerk"), batch, iter([[Ready(3, "A", changed, {"people": 10})]]))
    assert {u.code: u.people for u in office.present()} == {"A": 12, "T1": 20}
    assert imports.take_back(office.act("clerk"), batch) == {"undone": 1}
    assert PresentUnit.objects.filter(scheme=office.scheme).count() == 1
    with pytest.raises(Refused) as refused:
        imports.may_import(office.people["money"], scope)
    assert refused.value.status == 403


def test_the_paper_has_the_options_and_every_unit(office: Office) -> None:
    office.whole()
    paper = papers.scheme_paper(office.people["chair"], office.row(), NOW)
    words = str(paper)
    for there in ("Phương án A: Gọn nhất", "Phòng C", "vào Phòng Tổng hợp", "50%"):
        assert there in words
    content, kind, name = papers.FORMS["docx"](office.people["chair"], office.row(), NOW)
    assert (content[:2], kind, name) == (b"PK", papers.DOCX, "phuong-an-sap-xep.docx")


def test_a_department_issues_under_its_committee_and_a_committee_in_its_own_name(
    office: Office,
) -> None:
    names = body_names(office.bodies.values())
    assert superior_name(office.bodies["home"], NOW.date()) == names[office.bodies["ubnd"]]
    assert superior_name(office.bodies["ubnd"], NOW.date()) == ""


def test_departments_and_the_competent_body_are_told(office: Office) -> None:
    for who in ("money", "secretary"):
        user = User.objects.create(username=who, full_name=who, password="!")
        Person.objects.filter(full_name=office.people[who].name).update(account=user)
    office.consulted()
    told = set(Notice.objects.values_list("user__username", "kind"))
    assert told >= {
        ("money", "rearrangement.called"),
        ("money", "rearrangement.asked"),
        ("secretary", "rearrangement.submitted"),
    }
