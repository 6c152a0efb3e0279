"""What imports use: many rows under one entry, and rows that correct what is on the list."""

from datetime import date

import pytest

from thongsuot.apps.handover import listing, queries, verify
from thongsuot.apps.handover.actions.steps import begin, chain_of
from thongsuot.apps.handover.models import Item, Movement, Transition
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import action
from thongsuot.rules.kernel.ref import Ref


def row(story, number: int, **values) -> listing.Listed:
    plain = {
        "kind": "archive",
        "code": f"HS-{number:05}",
        "title": f"Hồ sơ số {number} (minh họa)",
        "giver": story.office,
        "quantity": 5,
        "measure": "hồ sơ",
        "value": 100,
        "next_due": date(2025, 7, 10),
        "annex": {"hộp": "H-1"},
    }
    return listing.Listed(**(plain | values))


@action("handover.import-in-test")
def bring(act, *, transition_id: int, rows, changed=()):
    transition = begin(act, transition_id)
    entry = act.record(chain=chain_of(transition_id), subject=Ref("transition", transition_id))
    count = listing.open_rows(entry, transition, rows.value, batch=4) if rows.value else 0
    done = listing.change_rows(entry, transition, changed.value) if changed else 0
    return {"count": count, "changed": done}


class Carried(str):
    """Rows known by their digest: what imports do with a staged file."""

    def __new__(cls, value):
        made = super().__new__(cls, len(value))
        made.value = value
        return made


def run(story, rows=(), changed=()):
    return bring(
        story.act(story.lan),
        transition_id=story.transition,
        rows=Carried(rows),
        changed=Carried(changed),
    )


def test_many_rows_are_listed_whole_under_one_entry(story):
    done = run(story, [row(story, n) for n in range(2_500)])
    assert done["count"] == 2_500
    item = Item.objects.get(code="HS-00007")
    assert (item.annex, item.next_due, item.folded) == (
        {"hộp": "H-1"},
        date(2025, 7, 10),
        "ho so so 7 (minh hoa) hs 00007",
    )
    assert (item.batch, item.citizen, item.unit_id, item.candidates) == (4, False, None, [])
    (line,) = queries.balance_rows(story.transition)
    assert (line.opened_items, line.quantity.held, line.value.held) == (2_500, 12_500, 250_000)
    assert list(verify.faults()) == []


def test_a_corrected_quantity_is_a_movement_and_the_rest_is_rewritten(story):
    run(story, [row(story, 1), row(story, 2), row(story, 3)])
    fixed = [
        listing.Changed(row(story, 1, quantity=7), frozenset({"quantity"})),
        listing.Changed(row(story, 2, quantity=2, value=40), frozenset({"quantity", "value"})),
        listing.Changed(row(story, 3, title="Tên mới"), frozenset({"title"})),
    ]
    assert run(story, changed=fixed)["changed"] == 3
    found = list(Item.objects.order_by("code"))
    assert [(i.opened, i.q_held, i.value) for i in found] == [(7, 7, 100), (2, 2, 40), (5, 5, 100)]
    assert (found[2].title, found[2].folded) == ("Tên mới", "ten moi hs 00003")
    assert sorted(Movement.objects.values_list("kind", "quantity")) == [
        ("opened", 2),
        ("opened", 5),
        ("opened", 5),
        ("opened", 5),
        ("undone", 3),
    ]
    assert list(verify.faults()) == []


def test_what_has_left_its_giver_is_not_corrected_by_a_file(story):
    _, (pk,) = story.handed_over(1)
    item = story.item(pk)
    wrong = row(story, 1, kind=item.kind, code=item.code, quantity=3)
    with pytest.raises(Refused) as refused:
        run(story, changed=[listing.Changed(wrong, frozenset({"quantity"}))])
    assert [p.code for p in refused.value.problems] == ["handover.not-held"]
    transition = Transition.objects.get(pk=story.transition)
    assert set(listing.change_problems(transition, item.kind, [item.code])) == {item.code}
