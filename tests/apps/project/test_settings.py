"""The settings as an office runs them: each case starts Python anew with its own environment."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def started(folder: Path, code: str = "", **given: str) -> subprocess.CompletedProcess[str]:
    """What a fresh process prints under production settings and these."""
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(("THONGSUOT_", "DATABASE_", "DJANGO_"))
    }
    env = {**kept, "THONGSUOT_VAR": str(folder), "PYTHONPATH": str(ROOT / "src")}
    if code.startswith(FRESH) and (blank := os.environ.get("THONGSUOT_BLANK_FILE")):
        shutil.copyfile(blank, folder / "thongsuot.sqlite3")
    command = (
        ["-c", code] if code else ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    )
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT, env={**env, **given}, capture_output=True, text=True, check=False,
    )  # fmt: skip


FRESH = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "thongsuot.project.settings"
import django
django.setup()
from django.test import Client
from thongsuot.cli import main
assert main(["migrate"]) == 0
"""


def test_production_settings_pass_every_check_of_a_deployment(tmp_path) -> None:
    done = started(tmp_path, THONGSUOT_HTTPS="1")
    assert done.returncode == 0, done.stderr


def test_the_key_is_made_once_and_is_readable_by_nobody_else(tmp_path) -> None:
    read = "from thongsuot.project import settings; print(settings.SECRET_KEY)"
    first, second = started(tmp_path, read), started(tmp_path, read)
    assert len(first.stdout.strip()) > 60
    assert first.stdout == second.stdout
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["secret-key", "static"]


def test_in_production_nothing_of_the_demonstration_is_there(tmp_path) -> None:
    code = FRESH + (
        "from django.apps import apps\n"
        "assert not apps.is_installed('thongsuot.apps.demo')\n"
        "client = Client(HTTP_HOST='localhost', secure=True)\n"
        "for address in ('/minh-hoa/', '/minh-hoa/vao/', '/minh-hoa/ngay/', '/giao-dien/'):\n"
        "    print(client.get(address, secure=True).status_code)\n"
    )
    done = started(tmp_path, code)
    assert done.stdout.split()[-4:] == ["404"] * 4, done.stderr


def test_with_a_directory_of_the_office_signing_in_begins_there(tmp_path) -> None:
    code = FRESH + (
        "client = Client(HTTP_HOST='localhost')\n"
        "assert b'/oidc/authenticate/' in client.get('/dang-nhap/', secure=True).content\n"
        "print(client.get('/oidc/authenticate/', secure=True)['Location'])\n"
    )
    done = started(
        tmp_path,
        code,
        THONGSUOT_OIDC_ISSUER="https://id.hanoi.example",
        THONGSUOT_OIDC_CLIENT_ID="thongsuot",
        THONGSUOT_OIDC_CLIENT_SECRET="x",
    )
    address = done.stdout.splitlines()[-1] if done.stdout else done.stderr
    assert address.startswith("https://id.hanoi.example/authorize?"), done.stderr
    assert "code_challenge=" in address
    assert "client_id=thongsuot" in address
