"""What the public is told: by whom, from when, and never rewritten."""

from datetime import date

import pytest
from django.db import Error, connection, transaction
from tests.apps.handover.conftest import LOADED, _body

from thongsuot.apps.disclosure import actions, answering, papers_held
from thongsuot.apps.disclosure.contacts import contacts_of
from thongsuot.apps.disclosure.models import Contact, Matter
from thongsuot.apps.disclosure.offered import offices_in
from thongsuot.apps.disclosure.responsible import responsible, rules
from thongsuot.apps.disclosure.shipped import rules as shipped
from thongsuot.apps.handover.models import Item, Minutes
from thongsuot.apps.proof.documents import code_for
from thongsuot.apps.registry.models import Unit, UnitVersion
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Role

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)
JUNE = date(2025, 6, 24)
TOLD = {"since": JULY, "address": "Số 1 phố A", "phone": "(024) 0000 1101"}


def codes(refused) -> list[str]:
    return [p.code for p in refused.value.problems]


def test_a_steering_committee_tells_of_an_office_in_its_area_and_it_is_on_the_trail(story, trail):
    actions.tell_contact(story.act(story.city), body=story.ward, **TOLD)
    assert trail()[-1] == "disclosure.contact-told"
    assert contacts_of([story.ward], JULY)[story.ward].address == "Số 1 phố A"
    assert contacts_of([story.ward], JUNE) == {}


def test_the_people_of_an_office_tell_of_their_own_and_of_no_other(story):
    own = story.actor(7, "Cán bộ phường", Role.CLERK, story.ward)
    actions.tell_contact(story.act(own), body=story.ward, **TOLD)
    with pytest.raises(Refused) as refused:
        actions.tell_contact(story.act(own), body=story.other, **TOLD)
    assert (codes(refused), refused.value.status) == (["disclosure.not-your-office"], 403)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize("who", ["inspector", "operator", "tu", "lan"])
def test_nobody_else_tells_anything(story, who):
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        actions.tell_contact(story.act(getattr(story, who)), body=story.ward, **TOLD)
    assert refused.value.status == 403
    assert Entry.objects.count() == before


def test_all_that_is_wrong_is_said_at_once(story):
    with pytest.raises(Refused) as refused:
        actions.tell_contact(
            story.act(story.city), body=story.ward, since=JULY, phone="gọi sau",
            checked_on=date(2025, 6, 25),
        )  # fmt: skip
    assert codes(refused) == ["disclosure.phone-odd", "disclosure.checked-later"]
    with pytest.raises(Refused) as refused:
        actions.tell_contact(story.act(story.city), body=story.ward, since=JULY)
    assert codes(refused) == ["disclosure.contact-empty"]


def test_what_was_told_is_never_rewritten_only_told_anew(story):
    actions.tell_contact(story.act(story.city), body=story.ward, **TOLD)
    actions.tell_contact(story.act(story.city), body=story.ward, **{**TOLD, "address": "Số 2"})
    assert Contact.objects.count() == 2
    assert contacts_of([story.ward], JULY)[story.ward].address == "Số 2"
    for sentence in (
        "UPDATE disclosure_contact SET address = ''",
        "DELETE FROM disclosure_contact",
    ):
        with (
            pytest.raises(Error, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sentence)


def test_the_same_form_sent_twice_tells_once(story):
    for _time in range(2):
        actions.tell_contact(story.act(story.city, key="một-lần"), body=story.ward, **TOLD)
    assert Contact.objects.count() == 1


def test_every_matter_brought_names_a_reach_and_says_that_it_was_not_read() -> None:
    assert len({r.code for r in shipped()}) == len(shipped()) >= 12
    assert all(r.name and r.name_en and r.bring and r.note for r in shipped())
    assert not any(r.read for r in shipped())


def test_a_line_of_the_office_stands_over_the_one_brought_until_it_is_withdrawn(story):
    line = {"code": "chung-thuc", "since": JULY, "name": "Chứng thực", "reach": "commune",
            "kind": "peoples-committee", "law": "văn bản thử", "read": True}  # fmt: skip
    actions.keep_matter(story.act(story.city), **line)
    mine = next(r for r in rules() if r.code == "chung-thuc")
    assert (mine.name, mine.read, mine.reach) == ("Chứng thực", True, "commune")
    assert len(rules()) == len(shipped())
    actions.withdraw_matter(story.act(story.city), code="chung-thuc")
    assert next(r for r in rules() if r.code == "chung-thuc").reach == "anywhere"
    assert Matter.objects.count() == 2


def test_only_the_steering_committee_keeps_matters_and_days_stand_in_order(story):
    line = {"code": "a", "name": "A", "reach": "commune", "kind": "peoples-committee"}
    with pytest.raises(Refused) as refused:
        actions.keep_matter(story.act(story.clerk), since=JULY, **line)
    assert codes(refused) == ["disclosure.matters-not-yours"]
    with pytest.raises(Refused) as refused:
        actions.keep_matter(story.act(story.city), since=JULY, until=JULY, **line)
    assert codes(refused) == ["disclosure.matter-dates"]
    with pytest.raises(Refused):
        actions.withdraw_matter(story.act(story.city), code="khong-co")


def test_the_office_for_a_matter_is_the_ward_or_the_department_that_bears_its_name(
    story, django_assert_max_num_queries
):
    new = Unit.objects.get(key="phuong-ha-dong").pk
    with django_assert_max_num_queries(5):
        found = responsible("giay-phep-xay-dung", new, JULY)
    assert found.visit.body == story.ward
    assert responsible("sua-van-bang", new, JULY).visit is None  # "so giao duc" says no such name
    assert responsible("", new, JULY).visit.body == story.ward


def listed(story, **more) -> Item:
    row = {"kind": "case", "code": "H26.GD-000001", "measure": "hồ sơ", "quantity": 1, "value": None,
           "citizen": True, "annex": {"applicant": "Nguyễn Thị Kín"}, **more}  # fmt: skip
    return story.item(story.list_items(1, **row)[0])


def test_the_holder_of_a_paper_is_found_by_its_number_with_the_day_and_where_it_goes(story):
    item = listed(story)
    story.classify()
    story.give_to(story.ward, [item.pk])
    (held,) = papers_held.held_under("h26.gd-000001", JUNE)
    assert (held.body, held.since, held.next_on) == (story.office, None, JULY)
    assert held.next_name == "ubnd phuong ha dong"
    (later,) = papers_held.held_under("H26.GD-000001", JULY)
    assert (later.body, later.since, later.next_name) == (story.ward, JULY, "")
    assert "Kín" not in repr((held, later))


def test_a_signed_paper_is_with_who_signed_since_that_day(story):
    minutes, _ids = story.handed_over(
        1, kind="case", code="H26.GD-000002", measure="hồ sơ", quantity=1, value=None, citizen=True
    )
    (held,) = papers_held.held_under("H26.GD-000002", JUNE)
    assert (held.body, held.since) == (story.ward, JUNE)
    code = code_for(Minutes.objects.get(pk=minutes))
    (told,) = papers_held.held_by_receipt(code, JUNE)
    assert (told.body, told.since) == (story.ward, JUNE)


@pytest.mark.parametrize("more", [{"secrecy": "secret"}, {"kind": "asset", "citizen": False}])
def test_what_is_secret_or_nobodys_business_is_not_found(story, more):
    listed(story, **more)
    assert papers_held.held_under("H26.GD-000001", JUNE) == ()
    assert papers_held.held_under("khong-co-1", JUNE) == ()
    assert papers_held.held_by_receipt("0000-0000-0000-0000-0", JUNE) == ()


def test_the_day_of_an_answer_is_never_before_the_new_units_are_there() -> None:
    assert answering.day_for(JUNE) == JULY
    assert answering.day_for(date(2026, 1, 2)) == date(2026, 1, 2)


def test_a_ward_that_is_still_to_begin_is_in_the_area_of_the_province_above_it(story):
    to_come = Unit.objects.create(key="phuong-sau", level="commune")
    UnitVersion.objects.create(
        unit=to_come, kind="ward", name="Sau", folded="sau", since=JULY, recorded_at=LOADED,
        parent=Unit.objects.get(key="ha-noi"),
    )  # fmt: skip
    body = _body("trung-tam-phuong-sau", "service-centre", "state", to_come)
    actions.tell_contact(story.act(story.city), body=body.pk, **TOLD)
    assert body.pk in set(offices_in(story.city, JUNE))
    with pytest.raises(Refused):
        actions.tell_contact(story.act(story.inspector), body=body.pk, **TOLD)
