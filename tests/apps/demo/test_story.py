"""The story of quận Hà Đông: its figures are those of the sources, and it plays from end to end."""

from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from thongsuot.apps.demo import items, load
from thongsuot.apps.demo.bodies import WARDS
from thongsuot.apps.handover import queries
from thongsuot.apps.handover.models import Item, Minutes, Transition
from thongsuot.apps.handover.verify import faults
from thongsuot.apps.registry.actors import actor_of
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.accounts.models import User
from thongsuot.foundation.trail import chains

OLD = tuple(f"Phường {n}" for n in range(15))


def test_the_inventories_have_the_figures_of_the_sources() -> None:
    rows = list(items.rows(OLD))
    kinds = Counter(row.kind for row in rows)
    assert len(kinds) == 11
    assert 60_000 < len(rows) < 65_000
    accounts = [row for row in rows if row.code.startswith("TK-")]
    by_ward = Counter(row.field for row in accounts)
    assert [by_ward[items.plan(ward)] for ward, _, _ in WARDS] == [129, 100, 90, 99, 86]
    assert kinds["person"] == 504


def test_no_code_stands_twice_in_a_kind() -> None:
    rows = list(items.rows(OLD))
    assert len({(row.kind, row.code) for row in rows}) == len(rows)


def test_the_same_story_comes_out_each_time() -> None:
    assert [r.title for r in items.rows(OLD)] == [r.title for r in items.rows(OLD)]


@pytest.mark.django_db
def test_the_story_never_enters_a_real_office(settings) -> None:
    settings.DEMO = settings.TESTING = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not Body.objects.exists()


@pytest.mark.django_db
def test_the_role_page_is_not_there_outside_the_demonstration(client, settings) -> None:
    settings.DEMO = False
    assert client.get("/minh-hoa/").status_code == 404
    assert client.post("/minh-hoa/vao/", {"username": "lan"}).status_code == 404
    assert client.post("/minh-hoa/ngay/", {"day": "2025-07-01"}).status_code == 404


@pytest.mark.django_db(transaction=True)  # each act commits, as it does in an office
def test_the_story_plays_to_the_week_of_counting() -> None:
    call_command("load_registry")
    assert load.play()
    assert not load.play()
    transition = Transition.objects.get()
    khanh = actor_of(User.objects.get(username="khanh"), date(2025, 6, 24))
    assert list(faults(transition.pk)) == []
    assert list(chains.faults()) == []
    radar = list(queries.radar(khanh, transition).values_list("code", flat=True))
    assert "NV-0411" in radar  # the exam re-mark, found by its season and not by its name
    assert Item.objects.get(code="NV-0411").next_due is None
    assert Item.objects.filter(state="missing").count() == 2
    assert Item.objects.get(code="TS-09874").state == "disputed"
    assert queries.sentences(khanh, transition, date(2025, 6, 24)).stuck > 0
    to_chuong_my = Item.objects.filter(receiver__key="chuong-my-ubnd")
    assert to_chuong_my.exists()  # the parts that went beyond the five wards have a receiver
    assert set(Minutes.objects.values_list("state", flat=True)) >= {
        "signed",
        "counting",
        "giver-signed",
    }
