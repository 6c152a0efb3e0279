"""The rules of the house that are easy to forget."""

import ast
import csv
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from thongsuot.foundation import wording

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "thongsuot"
MODULES = sorted(p for p in SRC.rglob("*.py") if "migrations" not in p.parts)
CODE = re.compile(r"^[a-z_]+\.[a-z0-9]+(-[a-z0-9]+)*$")
MAKERS = {"Problem", "because"}


@pytest.mark.django_db
def test_no_model_changed_without_a_migration() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_module_is_too_long_to_read() -> None:
    long = [
        f"{p.relative_to(ROOT)}: {n}"
        for p in MODULES
        if (n := len(p.read_text().splitlines())) > 600
    ]
    assert not long


def test_migrations_are_named_and_import_no_application_code() -> None:
    allowed = {
        "thongsuot.apps.registry.fields",
        "thongsuot.foundation.trail.guard",
    }
    for path in SRC.rglob("migrations/0*.py"):
        assert "_auto_" not in path.name, path
        for node in ast.walk(ast.parse(path.read_text())):
            modules = (
                [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else [a.name for a in node.names]
                if isinstance(node, ast.Import)
                else []
            )
            for module in modules:
                ours = module.startswith("thongsuot")
                fine = module in allowed or module.startswith("thongsuot.rules")
                assert not ours or fine or module.endswith(".models"), (path, module)


def _codes_used() -> dict[str, str]:
    found = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = (
                node.func.attr
                if isinstance(node.func, ast.Attribute)
                else getattr(node.func, "id", "")
            )
            first = node.args[0]
            if name in MAKERS and isinstance(first, ast.Constant) and isinstance(first.value, str):
                found[first.value] = f"{path.relative_to(ROOT)}:{node.lineno}"
    return found


def test_every_problem_has_a_sentence() -> None:
    used = _codes_used()
    assert used
    assert not [f"{code} ({at})" for code, at in used.items() if code not in wording.known_codes()]


def test_problem_codes_have_one_form() -> None:
    assert not [code for code in wording.known_codes() if not CODE.match(code)]


def test_every_room_says_what_it_is_for() -> None:
    for storey in ("foundation", "apps", "rules"):
        for room in sorted(p for p in (SRC / storey).iterdir() if (p / "__init__.py").exists()):
            assert (room / "README.md").exists() or room.name == "kernel", room


def test_no_file_names_a_package_registry() -> None:
    words = (
        "pypi" + ".org",
        "files.python" + "hosted",
        "registry.npm" + "js",
        "deb." + "debian.org",
    )
    for path in ROOT.rglob("*"):
        if path.is_file() and not {".git", ".venv", "var"} & set(path.parts) and path.suffix in {
            ".py", ".txt", ".in", ".toml", ".md", ".json", ".html", ".css", ".csv", "",
        }:  # fmt: skip
            text = path.read_text(encoding="utf-8", errors="ignore")
            assert not [w for w in words if w in text], path


def test_templates_carry_no_inline_style_or_script() -> None:
    for path in SRC.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<[^>]+\sstyle\s*=", text), path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"<[^>]+\son[a-z]+\s*=", text), path


def test_every_feature_of_the_source_texts_has_a_row() -> None:
    text = (ROOT / "docs" / "features.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| (S[0-4]-\d+) \| (works|partly|not yet) \| ([^|]*) \| ([^|]*) \|", text, re.M
    )
    counts = {f"S{n}": 0 for n in range(5)}
    for name, state, where, shown in rows:
        counts[name[:2]] += 1
        assert state == "not yet" or (where.strip() and shown.strip()), name
    assert counts == {"S0": 26, "S1": 40, "S2": 23, "S3": 20, "S4": 29}


def test_every_cited_text_is_in_the_register() -> None:
    with (ROOT / "docs" / "law" / "register.csv").open(encoding="utf-8") as lines:
        keys = {row["key"] for row in csv.DictReader(lines)}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg == "law":
                value = node.value
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    assert value.value.split("#")[0] in keys, (path, value.value)
