"""Other rooms add links to the pages of the handover and conditions to its acts."""

import pytest

from thongsuot.apps.handover import actions, beside
from thongsuot.apps.handover.actions.closing import what_is_left
from thongsuot.apps.handover.models import Minutes, Transition
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.problem import Problem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rooms(monkeypatch) -> None:
    monkeypatch.setattr(beside, "_ROOMS", [])


def test_a_condition_of_another_room_is_refused_together_with_all_other_reasons(story):
    minutes, _ = story.dispatched(2)
    asked = []

    def unsealed(minutes_id: int):
        asked.append(minutes_id)
        yield Problem("handover.reason-needed", "Hộp H-01")
        yield Problem("handover.reason-needed", "Hộp H-02")

    beside.register(signing=unsealed)
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "giver")
    assert asked == [minutes]
    assert [p.subject for p in refused.value.problems if p.code == "handover.reason-needed"] == [
        "Hộp H-01",
        "Hộp H-02",
    ]
    assert "handover.not-counted" in {p.code for p in refused.value.problems}
    assert Minutes.objects.get(pk=minutes).state == "counting"


def test_a_warning_of_another_room_does_not_stop_the_signature(story):
    minutes, _ = story.dispatched(1)
    story.count_all(minutes)
    beside.register(signing=lambda pk: [Problem("handover.reason-needed", "Hộp", blocks=False)])
    story.sign(minutes, "giver")
    assert Minutes.objects.get(pk=minutes).state == "giver-signed"


def test_a_body_does_not_end_while_another_room_has_something_of_it(story):
    story.handed_over(1)
    held = {story.office}
    beside.register(
        closing=lambda transition, body: (
            [Problem("handover.item-missing", "Con dấu")] if body in held else []
        )
    )

    def close():
        return actions.close_body(
            story.act(story.city), transition_id=story.transition, body_id=story.office
        )

    with pytest.raises(Refused) as refused:
        close()
    assert [p.subject for p in refused.value.problems] == ["Con dấu"]
    assert what_is_left(Transition.objects.get(pk=story.transition), story.office)
    held.clear()
    close()


def test_links_come_from_every_room_in_the_order_of_registration(story):
    beside.register(links=lambda kind, pk, actor: [beside.Link(f"một {kind}", f"/{pk}/")])
    beside.register(links=lambda kind, pk, actor: [beside.Link(actor.name, "/hai/")])
    beside.register(signing=lambda pk: [])
    found = beside.links_of("item", 7, story.lan)
    assert [(x.label, x.url) for x in found] == [("một item", "/7/"), ("Trần Thị Lan", "/hai/")]
