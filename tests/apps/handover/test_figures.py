"""The three sentences, the radar, ageing, receivers, headcount and the check of it all."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from thongsuot.apps.handover import actions, queries, verify
from thongsuot.apps.handover.models import BalanceLine, Item, Transition
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import guard


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_the_three_sentences_are_figures_with_their_items(story, transition):
    ids = story.list_items(3, next_due="2025-07-15")
    found = queries.sentences(story.city, transition, date(2025, 6, 24))
    assert (found.left_out, found.stuck, found.gap) == (3, 0, 3)
    story.give_to(story.ward, ids[:2])
    later = queries.sentences(story.city, transition, date(2025, 7, 2))
    assert (later.left_out, later.stuck, later.gap) == (1, 3, 1)
    assert [i.pk for i in queries.radar(story.city, transition)] == ids[2:]


def test_the_radar_leaves_out_what_is_due_before_the_end(story, transition):
    story.list_items(1, next_due="2025-06-30")
    assert list(queries.radar(story.lan, transition)) == []


def test_standing_five_working_days_is_not_yet_too_long(story, transition):
    story.list_items(1)  # Tuesday 24 June; five working days later is Tuesday 1 July
    assert queries.sentences(story.lan, transition, date(2025, 7, 1)).stuck == 0
    assert queries.sentences(story.lan, transition, date(2025, 7, 2)).stuck == 1
    assert next(
        (r.step, r.items, r.stuck) for r in queries.ageing(story.lan, transition, date(2025, 7, 2))
    ) == (1, 1, 1)
    assert queries.standing(Item.objects.get(), date(2025, 7, 1)) == 5


def test_receivers_are_listed_with_what_comes_to_each(story):
    story.handed_over(3)
    first, second = queries.receivers(story.city, story.transition)
    assert (first.body, first.items.accepted, first.begins) == (story.ward, 3, True)
    assert (second.body, second.opened) == (story.other, 0)


def test_the_holder_of_an_item_is_known_for_every_day(story):
    _, (pk,) = story.handed_over(1)
    item = story.item(pk)
    assert queries.holders_of(item, date(2025, 6, 23)) == ()
    (now,) = queries.holders_of(item, date(2025, 6, 24))
    assert (now.body, now.place) == (story.ward, "accepted")


def test_the_new_bodies_cannot_have_more_posts_than_the_old_ones(story, trail):
    before = trail()
    with pytest.raises(Refused) as refused:
        actions.set_payroll(
            story.act(story.city), transition_id=story.transition, body_id=story.other, payroll=376
        )
    (problem,) = refused.value.problems
    assert (problem.code, problem.facts["over"]) == ("handover.headcount-grows", 1)
    assert trail() == before
    actions.set_payroll(
        story.act(story.city), transition_id=story.transition, body_id=story.other, payroll=375
    )


def test_a_transition_with_days_out_of_order_or_one_body_on_both_sides_is_refused(story):
    values = {
        "name": "Lần hai",
        "unit_id": story.place.pk,
        "days": {"effective_on": "2025-07-01", "freeze_on": "2025-07-02"},
        "ends": [{"body": story.department}],
        "begins": [{"body": story.department}],
    }
    with pytest.raises(Refused) as refused:
        actions.create_transition(story.act(story.city), **values)
    assert codes(refused) == ["handover.transition-order"]
    values["days"] = {"effective_on": "2025-07-01"}
    with pytest.raises(Refused) as refused:
        actions.create_transition(story.act(story.city), **values)
    assert codes(refused) == ["handover.body-on-both-sides"]
    with pytest.raises(Refused) as refused:
        actions.create_transition(story.act(story.lan), **values)
    assert refused.value.status == 403


def test_dates_change_with_the_reason_on_the_trail(story):
    actions.set_dates(
        story.act(story.city),
        transition_id=story.transition,
        days={"freeze_on": "2025-06-18", "trial_from": "2025-06-20", "trial_to": "2025-06-26"},
        reason="theo kế hoạch",
    )
    assert Transition.objects.get().trial_to == date(2025, 6, 26)


def tamper(sql: str) -> None:
    """What somebody with the password of the database could do, triggers out of the way."""
    guard.remove()
    with connection.cursor() as cursor:
        cursor.execute(sql)
    guard.install()


def run(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command(*arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue()
    return 0, out.getvalue()


def test_verify_is_content_with_an_untouched_ledger(story):
    story.handed_over(2)
    assert run("handover_verify") == (0, "Mọi thứ khớp.\n")
    code, out = run("handover_verify", "--transition", str(story.transition), "--json")
    assert (code, json.loads(out)) == (0, {"ok": True, "faults": [], "triggers_lost": []})


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE handover_movement SET quantity = 9 WHERE kind = 'received'", "bucket-differs"),
        ("UPDATE handover_item SET q_accepted = 0, q_missing = 10", "bucket-differs"),
        ("UPDATE handover_item SET state = 'kept'", "state-differs"),
        ("UPDATE handover_item SET step = 4", "bucket-differs"),
        (
            "UPDATE handover_balanceline SET items_accepted = 0, items_kept = items_accepted",
            "balance-differs",
        ),
        ("DELETE FROM handover_movement WHERE kind = 'received'", "digest-differs"),
        ("UPDATE handover_minutesline SET giver_count = 11", "minutes-differ"),
        ("UPDATE handover_item SET value = 5", "balance-differs"),
        ("DELETE FROM handover_stepline WHERE to_step = 3", "digest-differs"),
        ("UPDATE handover_linecount SET count = 9 WHERE side = 'giver'", "digest-differs"),
    ],
)
def test_verify_finds_what_somebody_changed_behind_its_back(story, sql, code):
    story.handed_over(1)
    tamper(sql)
    assert f"handover.{code}" in {p.code for p in verify.faults(story.transition)}
    status, out = run("handover_verify", "--transition", str(story.transition))
    assert status == 1
    assert out


def test_running_totals_are_repaired_only_when_told_and_it_is_on_the_trail(story, trail):
    story.handed_over(2)
    arguments = ("handover_rebuild_balance", "--transition", str(story.transition))
    assert run(*arguments)[0] == 0
    tamper("UPDATE handover_balanceline SET items_accepted = 1, items_opened = 1")
    assert run(*arguments)[0] == 1
    assert run(*arguments, "--repair")[0] == 2
    assert run(*arguments, "--repair", "--reason", "khôi phục")[0] == 0
    assert trail()[-1] == "handover.balance-rebuilt"
    assert BalanceLine.objects.get(items_accepted=2).items_opened == 2
    assert list(verify.faults()) == []
