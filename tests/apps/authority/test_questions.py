"""Everyday questions, asked of the register as the project brings it; and the command, asked oddly."""

import json
from datetime import date

import pytest
from django.core.management import call_command
from tests.apps.authority.conftest import JULY, Office
from tests.apps.authority.questions import ASKED, NOT_THERE

from thongsuot.apps.authority.queries.matters import find_matters, like_matters, sure_of
from thongsuot.apps.authority.queries.places import elsewhen, place_named
from thongsuot.apps.registry.models import UnitEdge, UnitEvent, UnitKind
from thongsuot.cli import main

pytestmark = pytest.mark.django_db
FIRST, AMONG_THREE = 57, 59  # of sixty; measured 59 and 60


def test_sixty_everyday_questions_find_the_matter_that_is_meant() -> None:
    call_command("load_authority", verbosity=0)
    found = {text: [f.matter.code for f in find_matters(text)] for text, _ in ASKED}
    first = [text for text, wanted in ASKED if found[text][:1] != [wanted]]
    three = [text for text, wanted in ASKED if wanted not in found[text][:3]]
    assert len(ASKED) == 60
    assert len(first) <= len(ASKED) - FIRST, first
    assert len(three) <= len(ASKED) - AMONG_THREE, three
    # what the register does not have is never answered by something else
    assert [sure_of(find_matters(text, 5)) for text in NOT_THERE] == [None] * len(NOT_THERE)
    assert like_matters("chug thuc bansao")[0].code == "chung-thuc-ban-sao"
    assert like_matters("zzzz qqqq") == ()


def test_a_place_of_another_day_says_what_it_became(office: Office) -> None:
    office.unit("van-quan", "commune", UnitKind.WARD, "quan", until=JULY)
    event = UnitEvent.objects.create(kind="merge", on=JULY, recorded_at="2025-01-01T00:00Z")
    UnitEdge.objects.create(
        event=event, src_id=office.units["van-quan"], dst_id=office.units["phuong-mot"],
        share="whole", recorded_at="2025-01-01T00:00Z",
    )  # fmt: skip
    assert [v.name for v in place_named("văn quan", date(2025, 6, 30))] == ["van-quan"]
    assert place_named("van quan", JULY) == ()
    (found,) = elsewhen("van-quan", JULY)
    assert [v.name for v in found.now] == ["phuong-mot"]
    assert elsewhen("phuong-mot", date(2025, 6, 30))[0].was.since == JULY
    assert elsewhen("không đâu cả", JULY) == ()


def ask(capsys: "pytest.CaptureFixture[str]", *words: str) -> tuple[int, dict, str]:
    """What the command answers: exit code, JSON, and what it says beside it."""
    code = main(["authority", *words, "--json"])
    out = capsys.readouterr()
    return code, json.loads(out.out), out.err


def test_the_command_answers_or_says_what_is_not_clear(
    office: Office, capsys: "pytest.CaptureFixture[str]"
) -> None:
    office.publish("R1")
    words, there = ["cấp giấy phép xây dựng"], ["--place", "phuong-mot"]
    code, told, _ = ask(capsys, *words, *there, "--on", "15/08/2025")
    assert (code, told["state"], told["person"]) == (0, "one", "Chủ Một")
    code, told, _ = ask(capsys, *words, *there, "--on", "15/08/2027")
    assert (code, told["state"], told["reason"]) == (1, "gap", "expired")
    code, told, said = ask(capsys, *words, *there, "--on", "15/06/2025")
    assert (code, told["state"], told["reason"]) == (2, "unclear", "place")
    assert "15/06/2025" in said
    code, told, _ = ask(capsys, *words, "--place", "phường", "--on", "15/08/2025")
    assert (code, len(told["choices"])) == (2, 2)
    code, told, _ = ask(capsys, *words, "--place", "nơi không có", "--on", "15/08/2025")
    assert (code, told["choices"]) == (2, [])
    code, told, _ = ask(capsys, "cấp trường")
    assert (code, told["reason"]) == (2, "matter")
    assert told["choices"]
    code, told, _ = ask(capsys, "qqqq zzzz")
    assert (code, told["reason"], told["choices"]) == (1, "matter", [])
    code, told, _ = ask(capsys, *words, "--amount", "-1")
    assert (code, told["reason"]) == (2, "amount")
