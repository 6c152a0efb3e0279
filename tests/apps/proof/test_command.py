"""``thongsuot receipt verify``, the same answer from the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.rules.proof.office import WITNESS
from tests.rules.proof.test_receipt import OFFICE, RAW, other_history, parts

from thongsuot.cli import main

KEY = str(OFFICE.hand.key)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bien-nhan.json"
    path.write_bytes(RAW)
    return path


def test_a_true_receipt_is_said_to_be_true_and_shows_who_signed(file: Path, capsys) -> None:
    assert main(["receipt", "verify", str(file), "--key", KEY]) == 0
    out = capsys.readouterr().out
    assert out.startswith("ĐÚNG / TRUE")
    assert out.count("Trần Thị Lan") == 2


def test_a_changed_one_two_histories_and_an_unusable_file_have_their_codes(
    file: Path, tmp_path: Path, capsys
) -> None:
    kept = tmp_path / "giu.txt"
    kept.write_text(str(OFFICE.note(6)), encoding="utf-8")
    file.write_bytes(other_history()[1])
    arguments = ["receipt", "verify", str(file), "--key", KEY, "--checkpoint", str(kept), "--json"]
    assert main(arguments) == 1
    said = json.loads(capsys.readouterr().out)
    assert [p["code"] for p in said["problems"]] == ["proof.two-histories"]
    assert said["receipt"] is None
    file.write_bytes(RAW.replace(b"TS-0001", b"TS-0009"))
    assert main(["receipt", "verify", str(file)]) == 1
    assert "dấu niêm" in capsys.readouterr().out.lower()
    assert main(["receipt", "verify", str(tmp_path / "khong-co.json")]) == 2
    assert main(["receipt", "verify", str(file), "--key", "x"]) == 2


def test_witnesses_are_shown_and_evidence_is_held_against_its_files(file: Path, capsys) -> None:
    note = OFFICE.note()
    seen = note.with_lines([WITNESS.cosign(note.text, 1_750_000_000)])
    names = {"tom-tat.pdf": "a" * 64, "../x": "b" * 64}
    body = parts(RAW) | {"checkpoint": str(seen)}
    file.write_bytes(OFFICE.seal(body))
    assert main(["receipt", "verify", str(file), "--key", KEY, "--witness", str(WITNESS.key)]) == 0
    assert "luu-tru.minh-hoa.vn 2025-06-15" in capsys.readouterr().out
    size = len(OFFICE.acts)
    file.write_bytes(
        OFFICE.seal(
            body | {"kind": "evidence", "files": names, "entries": [OFFICE.entry(11, size)]}
        )
    )
    assert main(["receipt", "verify", str(file), "--key", KEY, "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert [p["code"] for p in said["problems"]] == ["proof.file-missing"] * 2


def test_the_command_loads_no_django(file: Path) -> None:
    program = (
        "import sys; from thongsuot.cli import main; "
        f"code = main(['receipt', 'verify', {str(file)!r}]); "
        "sys.exit(code or ('django' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
