"""``thongsuot national check``: what it prints, what it refuses, how it ends."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.national.conftest import GOT, OPENED, SENT, thing
from tests.national.oracle import MADE, Land

from thongsuot.cli import main
from thongsuot.cli.national_words import FAULT_WORDS, verdict_words
from thongsuot.national.check import FAILING, IN_ORDER, count, verify
from thongsuot.national.engines import ENGINES, duckdb_engine, megabytes
from thongsuot.national.exports import make_export
from thongsuot.national.portable import Province


def check(*folders: Path, engine: str = "duckdb", more: tuple[str, ...] = ()) -> int:
    return main(["national", "check", *map(str, folders), "--engine", engine, "--memory", "256MB",
                 *more])  # fmt: skip


@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_where_nothing_is_lost_the_exit_code_says_so(sent, sound, capsys, engine) -> None:
    assert check(sent(sound), engine=engine) == 0
    said = capsys.readouterr().out
    assert "KHÔNG MẤT GÌ trong 3 mục của 1 tỉnh. Còn 1 mục chưa bàn giao xong." in said
    assert "Tài sản công" in said


@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_everything_that_is_wrong_is_said_with_its_province(both, capsys, engine) -> None:
    assert check(*both, engine=engine, more=("--json",)) == 1
    said = json.loads(capsys.readouterr().out)
    assert not said["nothing_lost"]
    assert (said["missing"], said["left"]) == (1, 1)
    wrong = {(f["code"], f["verdict"]) for f in said["findings"]}
    assert wrong == {
        ("TS-1", "missing"), ("ts-1", "unknown"), ("TS-2", "short"), ("TS-3", "over"),
        ("TS-4", "twice"), ("TS-5", "unit-differs"),
    }  # fmt: skip
    assert {f["province"] for f in said["findings"]} == {"79"}
    rows = {r["province"]: r for r in said["balance"]}
    assert (rows["79"]["opened"], rows["79"]["accepted"], rows["79"]["missing"]) == (6, 5, 1)
    assert said["faults"] == {}


def test_a_spoiled_province_stops_the_count_unless_it_is_left_out(both, capsys) -> None:
    sound, broken = both
    with (broken / "movements.parquet").open("r+b") as file:
        file.seek(200)
        file.write(b"\x00\x01")
    assert check(sound, broken) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "Tỉnh 79 Tỉnh 79 (minh họa): tệp movements.parquet đã khác" in said.err
    assert check(sound, broken, more=("--leave-out",)) == 1
    said = capsys.readouterr()
    assert "KHÔNG TÍNH. Tỉnh 79" in said.out
    assert "Tài sản công" in said.out
    assert check(broken, more=("--leave-out", "--json")) == 2


def export_of(folder: Path, land: Land, **changed: list[tuple[object, ...]]) -> Path:
    made = land.relations() | changed
    make_export(folder, Province(land.code), made, MADE)
    return folder


@pytest.mark.parametrize("engine", ["duckdb", "sqlite"])
def test_books_that_contradict_themselves_are_a_fault_of_their_province(
    sound: Land, tmp_path: Path, engine: str
) -> None:
    given = sound.relations()
    first = given["inventory"][0]
    cases = {
        "does-not-add-up": {"inventory": [(*first[:6], 5, *first[7:]), *given["inventory"][1:]]},
        "stray": {"movements": [*given["movements"], (99, *OPENED, 1)]},
        "kind-unknown": {"inventory": [(*first[:3], "boat", *first[4:]), *given["inventory"][1:]]},
        "number-twice": {"inventory": [*given["inventory"], (*first[:4], "TS-9", *first[5:])]},
    }
    for at, (fault, changed) in enumerate(cases.items()):
        exports, _ = verify([export_of(tmp_path / str(at), sound, **changed)])
        with ENGINES[engine](exports, memory="256MB", threads=1) as running:
            outcome = count(running, exports)
        assert fault in outcome.faults["01"]
        assert not outcome.nothing_lost
        assert FAULT_WORDS[fault]


def test_a_loss_cannot_hide_behind_a_movement_of_another_kind(sound, tmp_path) -> None:
    hidden = replace(sound, things=(thing(1, OPENED, SENT, ("opened", *GOT[1:])),), receipts=())
    moves = [(1, "opened", "", "held", 4), (1, *SENT, 4), (1, "opened", "transit", "accepted", 4)]
    made = replace(hidden, things=(thing(1, OPENED, SENT, GOT),)).relations()
    make_export(tmp_path / "x", Province("01"), made | {"movements": moves}, MADE)
    exports, _ = verify([tmp_path / "x"])
    with duckdb_engine(exports, memory="256MB") as engine:
        assert count(engine, exports).faults == {"01": {"does-not-add-up": 1}}


def test_every_verdict_has_words() -> None:
    assert all(verdict_words(v) for v in FAILING)
    assert not set(FAILING) & set(IN_ORDER)


@pytest.mark.parametrize("size", ["", "2", "GB", "0GB", "-1GB", "2TB", "2GB 2GB"])
def test_a_size_is_a_number_and_a_unit(size: str) -> None:
    with pytest.raises(ValueError, match="no size"):
        megabytes(size)


def test_what_cannot_be_used_is_said_in_one_sentence(sent, sound, tmp_path, capsys) -> None:
    folder = sent(sound)
    assert check(folder, more=("--memory", "lots")) == 2
    (tmp_path / "keys.json").write_text("[]")
    assert check(folder, more=("--keys", str(tmp_path / "keys.json"))) == 2
    assert check(tmp_path / "nowhere") == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 3


def test_the_nation_needs_no_django(sent, sound) -> None:
    folder = sent(sound)
    program = (
        "import sys; sys.modules['django'] = None\n"
        "from thongsuot.cli import main\n"
        f"sys.exit(main(['national', 'check', {str(folder)!r}]))"
    )
    run = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()
