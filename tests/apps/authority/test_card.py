"""The card on the database: one answer down to the person, search by everyday words, few queries."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from tests.apps.authority.conftest import END, JULY, TODAY, Office

from thongsuot.apps.authority import actions, load, queries
from thongsuot.apps.authority.models import Clash, Rule, TextDays
from thongsuot.apps.registry.models import Appointment, Governance, LegalText
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.authority.signing import Basis

pytestmark = pytest.mark.django_db
WARD = "phuong-mot"


def who(office: Office, on: date = TODAY, matter: str = "xay-nha", place: str = WARD, **more):
    return queries.who_may(matter, office.units[place], on, **more)


def test_the_card_names_the_chairman_of_the_ward(office: Office) -> None:
    office.publish("R1")
    answer = who(office)
    assert answer.state == "one"
    assert answer.confirmed
    assert answer.body is not None
    assert answer.body.body == office.bodies["ubnd-mot"]
    assert answer.seat is not None
    assert answer.seat.name == "Chủ Một"
    assert answer.expires == END
    assert [f.office.tier for f in answer.former] == ["district"]


def test_a_draft_is_no_law_and_the_answer_says_so(office: Office) -> None:
    office.write("R1")
    assert who(office).reason == "draft-only"


def test_the_end_of_the_decree_is_a_gap(office: Office) -> None:
    office.publish("R1")
    assert who(office, END - timedelta(days=1)).state == "one"
    assert who(office, END).reason == "expired"


def test_before_the_ward_there_is_nobody(office: Office) -> None:
    office.publish("R1")
    assert who(office, date(2025, 6, 30)).reason == "no-unit"


def test_a_repealed_article_ends_the_rule(office: Office) -> None:
    office.publish("R1")
    other = LegalText.objects.create(key="nd-9", number="9/2026/NĐ-CP")
    TextDays.objects.create(text=other)
    actions.write_change(
        office.act("khanh"), key="nd-140", by="nd-9", on=date(2026, 1, 1), effect="repeals",
        article="5",
    )  # fmt: skip
    assert who(office, date(2025, 12, 31)).state == "one"
    assert who(office, date(2026, 1, 1)).reason == "expired"


def test_a_deputy_who_was_delegated_signs_and_stops_with_the_chairman(office: Office) -> None:
    office.publish("R1")
    office.delegate()
    answer = who(office)
    assert [d.seat.name for d in answer.delegates if d.seat] == ["Phó Một"]
    basis = queries.competence(office.deputy, "xay-nha", office.units[WARD], TODAY)
    assert isinstance(basis, Basis)
    assert basis.state == "by-delegation"
    leaves = date(2025, 9, 1)
    Appointment.objects.filter(pk=office.seats["chair"]).update(until=leaves)
    assert who(office, leaves - timedelta(days=1)).delegates
    after = who(office, leaves)
    assert (after.state, after.reason, after.delegates) == ("gap", "vacant", ())


def test_a_signature_outside_its_delegation_is_refused(office: Office) -> None:
    office.publish("R1")
    office.delegate(most=1_000)
    place = office.units[WARD]
    inside = queries.competence(office.deputy, "xay-nha", place, TODAY, 1_000)
    assert isinstance(inside, Basis)
    (problem,) = queries.competence(office.deputy, "xay-nha", place, TODAY, 1_001)  # type: ignore[misc]
    assert problem.code == "authority.delegation-too-much"
    (problem,) = queries.competence(office.other, "xay-nha", place, TODAY)  # type: ignore[misc]
    assert problem.code == "authority.not-competent"


def test_a_matter_without_a_rule_is_undetermined_and_not_refused(office: Office) -> None:
    basis = queries.competence(office.clerk, "lap-truong", office.units[WARD], TODAY)
    assert isinstance(basis, Basis)
    assert basis.state == "undetermined"


def test_where_there_is_no_council_its_powers_are_a_gap(office: Office) -> None:
    office.publish("R1", to_organ="peoples-council", to_title="")
    assert who(office).missing == ("body",)
    Governance.objects.create(
        unit_id=office.units["tp"], model="urban", since=JULY, recorded_at="2025-06-01T00:00Z"
    )
    assert who(office).reason == "no-organ"


def test_a_question_costs_few_queries(office: Office, django_assert_max_num_queries) -> None:
    office.publish("R1")
    office.delegate()
    with django_assert_max_num_queries(22):
        who(office)


@pytest.mark.parametrize(
    "text", ["mo truong", "Mở trường", "xin mở trường cho con", "thanh lap truong"]
)
def test_everyday_words_find_the_matter(office: Office, text: str) -> None:
    assert queries.find_matters(text)[0].matter.code == "lap-truong"


def test_the_loaded_register_is_complete_marked_and_loaded_once(db: None, capsys) -> None:
    call_command("load_authority")
    first = Entry.objects.filter(act="authority.loaded").count()
    call_command("load_authority")
    assert Entry.objects.filter(act="authority.loaded").count() == first == 1
    assert "không có gì thay đổi" in capsys.readouterr().out
    decrees = TextDays.objects.filter(of_set=True)
    assert decrees.count() == 28
    assert decrees.filter(until=END, since=JULY).count() == 26
    assert decrees.filter(reading="unread", since__isnull=True).count() == 2
    assert Clash.objects.count() == 2
    rules = Rule.objects.filter(live=True)
    assert rules.count() == 32  # the one of a single ward waits for a registry that knows its city
    assert not rules.filter(reading="read").exists()  # nothing claims a text that nobody read
    assert not rules.exclude(checks=None).exists()


def test_loaded_rules_answer_by_law_and_the_two_real_clashes_are_doubtful(db: None) -> None:
    call_command("load_authority")
    build = queries.ask("giay-phep-xay-dung", 0, TODAY)
    assert build.answer.office is not None
    assert (build.answer.office.tier, build.answer.confirmed) == ("commune", False)


def test_a_rule_that_people_wrote_is_not_loaded_over(office: Office) -> None:
    call_command("load_authority")
    actions.write_rule(
        office.act("khanh"), code="R18",
        rule={"matter": "giay-phep-xay-dung", "kind": "division", "to_tier": "province",
              "text": "140-2025-ND-CP"},
    )  # fmt: skip
    kept = Rule.objects.get(code="R18", live=True).pk
    load.load_register(
        load.Act(by=load.MACHINE, key="again", at=office.act("khanh").at), fingerprint="other"
    )
    assert Rule.objects.get(code="R18", live=True).pk == kept


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("xin sửa nhà", "giay-phep-xay-dung"), ("xin sua nha", "giay-phep-xay-dung"),
        ("chứng thực bản sao", "chung-thuc-ban-sao"), ("chung thuc ban sao", "chung-thuc-ban-sao"),
        ("mở quán phở", "ho-kinh-doanh"), ("làm sổ đỏ", "cap-giay-chung-nhan-dat"),
        ("lấy chồng nước ngoài kết hôn", "ho-tich-nuoc-ngoai"), ("bán thuốc lá", "ban-le-thuoc-la"),
    ],
)  # fmt: skip
def test_the_words_of_the_register_find_what_people_mean(db: None, text: str, code: str) -> None:
    call_command("load_authority")
    assert queries.find_matters(text)[0].matter.code == code
