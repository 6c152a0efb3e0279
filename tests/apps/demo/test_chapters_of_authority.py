"""The chapters about difficulties, decisions and procedures, on a stage without the 60,000 items."""

from datetime import date, datetime, time

import pytest
from django.core.management import call_command
from django.utils import timezone

from thongsuot.apps.decisions import queries as decisions
from thongsuot.apps.decisions.models import Docket, Session, Version
from thongsuot.apps.demo import chapter_decisions, chapter_difficulties, chapter_procedures
from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.demo.load import Teller, cast_of, place_cast
from thongsuot.apps.difficulties import queries as difficulties
from thongsuot.apps.difficulties.models import Difficulty, Situation
from thongsuot.apps.procedures import queries as procedures
from thongsuot.apps.procedures.models import Dossier, Shop
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.kernel.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def told() -> tuple[Teller, Stage]:
    call_command("load_registry")
    teller = Teller(timezone.make_aware(datetime.combine(date(2025, 6, 2), time(8))))
    placed = place_cast(Act(by=Actor(user=0, name="Người dựng"), key="k", at=teller.at))
    stage = Stage(
        bodies=cast_of(placed["bodies"]), district=int(str(placed["district"])),
        city=int(str(placed["city"])), new_units=cast_of(placed["new"]),
        old_wards=cast_of(placed["old"]), people={},
    )  # fmt: skip
    return teller, stage


def test_the_three_chapters_play_and_everything_adds_up(told: tuple[Teller, Stage]) -> None:
    teller, stage = told
    chapter_difficulties.ask_and_answer(teller, stage)
    six = Difficulty.objects.filter(occasion=chapter_difficulties.OCCASION).order_by("ordinal")
    assert [d.ordinal for d in six] == [1, 2, 3, 4, 5, 6]
    keys = {pk: key for key, pk in stage.bodies.items()}
    assert [keys[d.holder_id] for d in six] == [to for *_what, to in chapter_difficulties.SIX]
    assert [d.answer for d in six] == ["partly", "", "", "", "accepted", ""]
    assert Situation.objects.count() == 1
    assert six[2].joined.count() == 1

    chapter_decisions.decide(teller, stage)
    assert set(Docket.objects.values_list("state", flat=True)) == {"scheduled", "implementing"}
    assert Session.objects.get().late_reason
    assert Version.objects.filter(state="draft").count() == 2

    chapter_procedures.prepare_desks(teller, stage)
    shares = procedures.coverage_of(Shop.objects.all(), date(2025, 7, 1))
    assert sorted(c.share.done for c in shares) == [4, 7, 8, 9, 10, 10]
    tally = procedures.tally_of(Dossier.objects.all(), date(2025, 6, 24))
    assert tally.received == 12
    assert min(tally.early, tally.late, tally.waiting, tally.overdue) > 0

    for room in (difficulties, decisions, procedures):
        assert list(room.faults()) == []
    assert not Difficulty.objects.filter(demo=False, same_as=None).exists()
