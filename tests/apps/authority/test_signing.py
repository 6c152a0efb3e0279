"""Minutes name the competence they rest on; where a rule says who signs, nobody else does."""

from datetime import date
from typing import Any

import pytest
from tests.apps.handover.conftest import JULY, LOADED, Story, story

from thongsuot.apps.authority.models import (
    Delegation,
    Field,
    FieldGroup,
    Grounds,
    Matter,
    Rule,
    TextDays,
)
from thongsuot.apps.handover import competence
from thongsuot.apps.handover.models import Minutes, Transition
from thongsuot.apps.registry.models import (
    Appointment,
    Body,
    BodyVersion,
    Coverage,
    LegalText,
    Person,
    Post,
    Unit,
    UnitVersion,
)
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor, Hat, Role

__all__ = ["story"]

pytestmark = pytest.mark.django_db


def seat(
    body: int, title: str, name: str, role: Role = Role.TEAM_HEAD
) -> tuple[Appointment, Actor]:
    user = User.objects.create_user(username=name, password="thu-nghiem-1", full_name=name)
    person = Person.objects.create(full_name=name, folded=name, account=user)
    post = Post.objects.create(body_id=body, title=title, role=role.value, recorded_at=LOADED)
    held = Appointment.objects.create(
        person=person, post=post, status="official", recorded_at=LOADED
    )
    hat = Hat(held.pk, role, title, body, f"cơ quan {body}", frozenset(), frozenset())
    return held, Actor(user.pk, name, (hat,), hat)


def rule_of(entry: Entry, matter: str) -> None:
    """The city's chairman signs minutes, by the decision that founded the teams."""
    group, _ = FieldGroup.objects.get_or_create(number=1, defaults={"name": "x"})
    field, _ = Field.objects.get_or_create(code="ban-giao", defaults={"name": "x", "group": group})
    text, _ = LegalText.objects.get_or_create(key="qd", defaults={"number": "2902/QĐ-UBND"})
    TextDays.objects.get_or_create(text=text)
    row = Matter.objects.create(code=matter, name=matter, folded=matter, field=field)
    Rule.objects.create(
        code=matter.upper(), kind="division", matter=row, to_tier="province", text=text,
        to_organ="peoples-committee", to_title="Chủ tịch UBND", status="published", entry=entry,
    )  # fmt: skip


@pytest.fixture
def city(story: Story) -> dict[str, Any]:
    """Both matters have a rule; the heads of both teams have posts, the giver's a delegation."""
    entry = Entry.objects.order_by("pk").first()
    assert entry is not None
    for matter in competence.MATTERS.values():
        rule_of(entry, matter)
    unit = Unit.objects.get(key="ha-noi")
    body = Body.objects.create(key="ubnd-tp", bloc="state", kind="peoples-committee")
    BodyVersion.objects.create(body=body, name="UBND thành phố", folded="x", recorded_at=LOADED)
    Coverage.objects.create(body=body, unit=unit, recorded_at=LOADED)
    chair, _ = seat(body.pk, "Chủ tịch UBND", "Chủ tịch", Role.LEADER)
    lan, story.people["lan"] = seat(story.office, "Tổ trưởng", "Lan")
    minh, story.people["minh"] = seat(story.ward, "Tổ trưởng", "Minh")

    def delegate(number: str, to: Appointment, until: date) -> None:
        Delegation.objects.create(
            number=number, giver_body=body, giver_post=chair.post, giver=chair,
            body_id=to.post.body_id, post=to.post, since=date(2025, 6, 1), until=until,
            state="signed", signed_at=LOADED, entry=entry,
        )  # fmt: skip

    delegate("UQ-LAN", lan, date(2025, 8, 1))
    return {"minh": minh, "delegate": delegate}


def test_without_a_rule_the_signature_is_recorded_as_undetermined(story: Story) -> None:
    minutes, _ = story.handed_over()
    kept = Grounds.objects.filter(subject_kind="minutes", subject_id=minutes).order_by("pk")
    assert [(g.side, g.state, g.says["rules"]) for g in kept] == [
        ("giver", "undetermined", []), ("receiver", "undetermined", []),
    ]  # fmt: skip
    entry = Entry.objects.filter(act="handover.minutes-signed").last()
    assert entry is not None
    assert entry.after["competence"]["state"] == "undetermined"
    assert entry.authority == ""


def test_the_signature_names_the_rule_and_the_delegation(story: Story, city: Any) -> None:
    minutes, _ = story.dispatched()
    story.count_all(minutes)
    story.sign(minutes, "giver")
    (kept,) = Grounds.objects.filter(subject_id=minutes)
    assert (kept.state, kept.says["delegations"]) == ("by-delegation", ["UQ-LAN"])
    assert kept.says["texts"][0]["number"] == "2902/QĐ-UBND"
    entry = Entry.objects.get(act="handover.minutes-signed")
    assert entry.authority == "2902/QĐ-UBND; UQ-LAN"
    assert list(competence.lines_of(Minutes.objects.get(pk=minutes))) == [
        "Căn cứ 2902/QĐ-UBND", "Căn cứ UQ-LAN",
    ]  # fmt: skip


def test_a_head_without_a_delegation_may_not_sign_and_with_an_old_one_neither(
    story: Story, city: Any
) -> None:
    minutes, _ = story.dispatched()
    story.count_all(minutes)
    story.sign(minutes, "giver")
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "receiver")
    assert [p.code for p in refused.value.problems] == ["authority.not-competent"]
    city["delegate"]("UQ-CU", city["minh"], date(2025, 6, 20))
    with pytest.raises(Refused) as refused:
        story.sign(minutes, "receiver")
    assert [p.code for p in refused.value.problems] == ["authority.delegation-over"]
    city["delegate"]("UQ-MOI", city["minh"], date(2025, 8, 1))
    story.sign(minutes, "receiver")
    assert Grounds.objects.filter(subject_id=minutes).count() == 2


def test_a_body_whose_powers_nobody_takes_over_may_not_end(story: Story) -> None:
    entry = Entry.objects.order_by("pk").first()
    assert entry is not None
    rule_of(entry, "viec-cua-quan")
    Rule.objects.filter(code="VIEC-CUA-QUAN").update(live=False)
    row = Matter.objects.get(code="viec-cua-quan")
    plain: dict[str, Any] = {"kind": "division", "matter": row, "to_organ": "peoples-committee",
                             "text": LegalText.objects.get(key="qd"), "status": "published",
                             "entry": entry}  # fmt: skip
    Rule.objects.create(code="CU", to_tier="district", until=JULY, **plain)
    Transition.objects.filter(pk=story.transition).update(effective_on=JULY)
    (left,) = competence.closing(story.transition, story.district)
    assert (left.code, left.subject) == ("authority.power-without-successor", "viec-cua-quan")
    Rule.objects.create(code="MOI", to_tier="commune", since=JULY, **plain)
    assert competence.closing(story.transition, story.district) == []
    assert UnitVersion.objects.filter(unit=story.place, until=JULY).exists()
