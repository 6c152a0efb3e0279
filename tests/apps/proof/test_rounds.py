"""The check of everything is kept, shown, and says when it is overdue."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from thongsuot.apps.proof import rounds
from thongsuot.cli import main, office

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def beside(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "proof" / "last-check.json"


def page() -> str:
    return Client().get(reverse("proof:log")).content.decode()


def test_a_check_is_kept_with_what_it_found_and_the_page_says_so(beside) -> None:
    assert rounds.last() is None
    assert "Chưa lần nào" in page()
    rounds.note(NOW, 1.23, [])
    found = rounds.last()
    assert found == rounds.Round(NOW, 1.2, 0, ())
    assert not found.is_old(NOW + timedelta(hours=25))
    assert found.is_old(NOW + timedelta(hours=26))
    seen = page()
    assert "không thấy gì sai" in seen
    assert "quá một ngày" in seen
    rounds.note(NOW, 1, [f"sai {n}" for n in range(99)])
    assert (rounds.last().count, len(rounds.last().faults)) == (99, rounds.KEPT)
    seen = page()
    assert "thấy 99 chỗ sai" in seen
    assert "sai 1" not in seen  # what is wrong is for those who keep the keys
    for text in ("", "[]", "{}", '{"at": "x"}', "\x00"):
        beside.write_text(text)
        assert rounds.last() is None


def test_verify_keeps_its_result_only_when_asked(beside, capsys) -> None:
    assert main(["verify"]) == 0
    assert not beside.exists()
    assert main(["verify", "--record", "--json"]) == 0
    assert json.loads(beside.read_text())["count"] == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"]


def test_the_server_ends_as_it_ended_and_is_checked_beside(monkeypatch) -> None:
    ends = [sys.executable, "-c", "raise SystemExit(7)"]
    assert office._kept_in_check(ends, 0) == 7
    begun: list[list[str]] = []
    real = subprocess.Popen

    def opened(command, **how):
        begun.append(command)
        if "verify" in command:
            return real([sys.executable, "-c", "pass"], **how)
        return real(command, **how)

    monkeypatch.setattr(subprocess, "Popen", opened)
    lasts = [sys.executable, "-c", "sum(range(60_000_000))"]
    assert office._kept_in_check(lasts, 0.003) == 0
    assert any("verify" in command for command in begun)
