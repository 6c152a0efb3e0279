"""A difficulty goes where the rules of authority send it, not to a mailbox."""

from typing import Any

import pytest
from tests.apps.authority.conftest import TODAY, Office, office

from thongsuot.apps.authority.beside import About
from thongsuot.apps.decisions.queries.registers import matters_of
from thongsuot.apps.difficulties import actions, routing
from thongsuot.apps.difficulties.links import links
from thongsuot.apps.difficulties.models import Difficulty
from thongsuot.apps.difficulties.views import matter_of
from thongsuot.rules.decisions.registers import Matter

__all__ = ["office"]
pytestmark = pytest.mark.django_db


def raised(world: Office, who: str = "chair", **more: Any) -> Difficulty:
    values: dict[str, Any] = {
        "sort": "difficulty", "title": "Ai cấp phép xây nhà bên đường tỉnh?", "field": "xay-dung",
        "text": "Nhà ở giáp đường tỉnh, chưa rõ ai cấp phép.", "matter": "xay-nha",
    } | more  # fmt: skip
    done = actions.raise_difficulty(world.act(who), **values)
    return Difficulty.objects.get(pk=int(str(done["difficulty"])))


def test_the_competent_body_gets_it_with_the_article(office: Office) -> None:
    office.publish("xp-1", to_tier="province")
    row = raised(office)
    step = row.steps.get()
    assert row.holder_id == office.bodies["ubnd-tp"]
    assert step.why == "competent"
    assert "140/2025/NĐ-CP" in step.basis


def test_without_a_rule_the_superior_gets_it_with_the_reason(office: Office) -> None:
    row = raised(office)
    step = row.steps.get()
    assert (row.holder_id, step.why) == (office.bodies["ubnd-tp"], "no-rule")
    assert step.basis  # why: no rule in the register


def test_two_rules_that_differ_go_to_the_superior_with_both(office: Office) -> None:
    office.publish("xp-1", to_tier="province")
    office.publish("xp-2", to_tier="commune", article="7")
    found = routing.competence_of("xay-nha", office.bodies["ubnd-mot"], TODAY)
    assert found.outcome == "doubtful"
    row = raised(office)
    assert row.steps.get().why == "clash"
    assert row.holder_id == office.bodies["ubnd-tp"]


def test_who_is_competent_itself_is_told_so_and_the_superior_guides(office: Office) -> None:
    office.publish("xp-1")
    row = raised(office)
    assert (row.holder_id, row.steps.get().why) == (office.bodies["ubnd-tp"], "own-competence")


def test_a_matter_is_found_by_the_words_people_use(office: Office) -> None:
    assert matter_of("xin cap giay phep xay dung") == "xay-nha"
    assert matter_of("lap-truong") == "lap-truong"
    assert matter_of("") == matter_of("zzz") == ""


def test_from_a_rule_or_a_matter_a_difficulty_is_raised_with_its_article(office: Office) -> None:
    office.publish("xp-1")
    (of_rule,) = links(About("rule", "XP-1"), office.chair)
    assert "viec=xay-nha" in of_rule.url
    assert "140%2F2025" in of_rule.url
    (of_matter,) = links(About("matter", "xay-nha"), office.chair)
    assert of_matter.url.endswith("?viec=xay-nha")
    assert list(links(About("matter", "xay-nha"), office.nobody)) == []
    assert list(links(About("rule", "khong-co"), office.chair)) == []


def test_the_matters_of_a_ward_are_those_the_rules_give_it_that_day(office: Office) -> None:
    office.publish("xp-1")
    office.publish("xp-2", matter="lap-truong", to_tier="province")
    found = matters_of(office.bodies["ubnd-mot"], TODAY)
    assert found == (Matter("xay-nha", "Cấp giấy phép xây dựng", "xay-dung"),)
    assert matters_of(office.bodies["ubnd-mot"], TODAY.replace(month=6)) == ()
