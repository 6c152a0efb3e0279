"""``thongsuot copy-proof``: folders, SQLite files and PostgreSQL dumps, without a server."""

import gzip
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import unicodedata
from pathlib import Path

import pytest

from thongsuot.cli import main
from thongsuot.cli.copy_words import WORDS
from thongsuot.rules.continuity.proof import read_proof
from thongsuot.rules.continuity.verification import read_verification

NFC, NFD = unicodedata.normalize("NFC", "Hồ sơ"), unicodedata.normalize("NFD", "Hồ sơ")
DUMP = """--
-- PostgreSQL database dump
--
CREATE TABLE public.ho_so (
    id integer NOT NULL,
    ten text,
    diem double precision,
    xong boolean,
    luc timestamp with time zone,
    anh bytea,
    gia numeric(9,2)
);
COPY public.ho_so (id, ten, diem, xong, luc, anh, gia) FROM stdin;
1\tHà\t1.5\tt\t2025-06-24 09:00:00+07\t\\\\x00ff\t10.00
2\t\\N\t2\tf\t\\N\t\\N\t20.00
\\.
--
-- PostgreSQL database dump complete
--
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as an office has it: names with marks, an empty folder, a link, an empty file."""
    root = tmp_path / "du-lieu"
    (root / "thư mục" / "rỗng").mkdir(parents=True)
    (root / "thư mục" / NFC).write_bytes(b"noi dung")
    (root / "a.bin").write_bytes(bytes(range(256)) * 40)
    (root / "rong.txt").write_bytes(b"")
    (root / "link").symlink_to("/etc/passwd")
    return root


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "mot-cua.sqlite3"
    with sqlite3.connect(path) as db:
        db.execute(
            "CREATE TABLE ho_so (id INTEGER PRIMARY KEY, ten TEXT, diem REAL, xong BOOL, luc TEXT, anh BLOB, gia TEXT)"
        )
        db.execute(
            "INSERT INTO ho_so VALUES (1, 'Hà', 1.5, 1, '2025-06-24 02:00:00', x'00ff', '10.00')"
        )
        db.execute("INSERT INTO ho_so VALUES (2, NULL, 2, 0, NULL, NULL, '20.00')")
        db.execute("CREATE TABLE rong (x)")
        db.execute("CREATE INDEX theo_ten ON ho_so (ten)")
    db.close()
    return path


def run(*arguments: object) -> int:
    return main(["copy-proof", *map(str, arguments)])


def make(path: Path, out: Path, *more: object) -> Path:
    assert run("make", path, "--out", out, *more) == 0
    return out


def checked(path: Path, proof: Path, capsys, *more: object) -> tuple[int, list[tuple[str, str]]]:
    capsys.readouterr()
    code = run("verify", path, "--proof", proof, "--json", *more)
    done = read_verification(capsys.readouterr().out)
    assert code == (0 if done.equal else 1)
    return code, [(d.sort, d.name) for d in done.found]


def test_a_faithful_copy_is_equal_and_what_was_changed_is_named(folder, tmp_path, capsys):
    proof = make(folder, tmp_path / "p.json")
    copy = shutil.copytree(folder, tmp_path / "ban-sao", symlinks=True)
    assert checked(copy, proof, capsys, "--original", folder) == (0, [])
    (copy / "a.bin").rename(copy / "b.bin")
    (copy / "thư mục" / NFC).write_bytes(b"noi dunG")
    (copy / "thư mục" / "rỗng").rmdir()
    (copy / "link").unlink()
    (copy / "link").symlink_to("/etc/shadow")
    (copy / "rong.txt").unlink()
    (copy / "lạ").write_bytes(b"x")
    assert checked(copy, proof, capsys) == (
        1,
        [
            ("missing", "rong.txt"),
            ("missing", "thư mục/rỗng"),
            ("changed", f"thư mục/{NFC}"),
            ("changed", "link"),
            ("extra", "lạ"),
            ("renamed", "a.bin"),
        ],
    )


def test_any_single_byte_of_a_folder_changed_is_found(folder, tmp_path, capsys):
    proof = make(folder, tmp_path / "p.json", "--sample", 0)
    victim = folder / "a.bin"
    content = victim.read_bytes()
    draw = random.Random(7)
    for at in draw.sample(range(len(content)), 12):
        changed = bytearray(content)
        changed[at] ^= 1 << draw.randrange(8)
        victim.write_bytes(bytes(changed))
        assert checked(folder, proof, capsys, "--sample", 0) == (1, [("changed", "a.bin")])
    victim.write_bytes(content)
    assert checked(folder, proof, capsys) == (0, [])


def test_a_name_in_another_unicode_form_is_said_to_be_that(folder, tmp_path, capsys):
    proof = make(folder, tmp_path / "p.json")
    (folder / "thư mục" / NFC).rename(folder / "thư mục" / NFD)
    assert checked(folder, proof, capsys) == (1, [("name-form", f"thư mục/{NFC}")])


def test_names_that_are_no_text_are_proved_byte_for_byte(tmp_path, capsys):
    root = tmp_path / "d"
    root.mkdir()
    raw = os.fsencode(root) + b"/\xff\n\x1b[2J"
    Path(os.fsdecode(raw)).write_bytes(b"1")
    proof = make(root, tmp_path / "p.json")
    assert checked(root, proof, capsys) == (0, [])
    os.rename(raw, raw.replace(b"\xff", b"\xfe"))
    assert checked(root, proof, capsys)[0] == 1
    assert run("verify", root, "--proof", proof) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_names_that_would_fall_together_elsewhere_are_warned_about(folder, tmp_path, capsys):
    (folder / "A.BIN").write_bytes(b"x")
    (folder / "thư mục" / NFD).write_bytes(b"x")
    make(folder, tmp_path / "p.json")
    said = capsys.readouterr().err
    assert said.count("thành một tên") == 2


def test_sockets_pipes_and_unreadable_files_are_named_and_no_proof_is_written(
    folder, tmp_path, capsys, monkeypatch
):
    out = tmp_path / "p.json"
    os.mkfifo(folder / "ong")
    server = socket.socket(socket.AF_UNIX)
    monkeypatch.chdir(folder)  # the name of a socket may not be long
    server.bind("ổ cắm")
    try:
        assert run("make", folder, "--out", out) == 2
    finally:
        server.close()
    said = capsys.readouterr().err
    assert "ong là ống dẫn" in said
    assert "ổ cắm là socket" in said
    assert not out.exists()
    assert run("verify", folder, "--proof", out) == 2


def test_the_record_never_lies_inside_what_it_proves_and_is_never_written_over(
    folder, tmp_path, capsys
):
    inside = folder / "thư mục" / "p.json"
    assert run("make", folder, "--out", inside) == 2
    assert "không ghi chứng nhận vào bên trong" in capsys.readouterr().err
    (tmp_path / "loi-tat").symlink_to(folder)
    assert run("make", folder, "--out", tmp_path / "loi-tat" / "p.json") == 2
    proof = make(folder, tmp_path / "p.json")
    before = proof.read_bytes()
    assert run("make", folder, "--out", proof) == 2
    assert proof.read_bytes() == before
    shutil.copy(proof, inside)
    assert run("verify", folder, "--proof", inside) == 2


def test_a_changed_proof_is_refused(folder, tmp_path, capsys):
    proof = make(folder, tmp_path / "p.json")
    text = proof.read_text()
    for changed in (text.replace('"size": 8', '"size": 9'), text[:-40], "", "[]"):
        assert changed != text
        proof.write_text(changed)
        assert run("verify", folder, "--proof", proof) == 2
    assert run("make", tmp_path / "không có", "--out", tmp_path / "q.json") == 2
    assert "không có" in capsys.readouterr().err


def test_a_reading_that_was_stopped_writes_nothing_and_is_taken_up_again(folder, tmp_path):
    for n in range(120):
        (folder / f"{n:03}.dat").write_bytes(b"%d" % n * 200_000)
    out = tmp_path / "p.json"
    command = [
        sys.executable,
        "-m",
        "thongsuot.cli",
        "copy-proof",
        "make",
        str(folder),
        "--out",
        str(out),
    ]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    journal = out.with_name("p.json.partial")
    while running.poll() is None and not (journal.exists() and journal.read_text().count("\n") > 5):
        time.sleep(0.01)
    running.send_signal(signal.SIGINT)
    _out, said = running.communicate(timeout=60)
    if running.returncode == 130:  # on a quick machine it may have come to its end
        assert "Đã dừng" in said
        assert not out.exists()
        assert journal.exists()
        (folder / "000.dat").write_bytes(b"khac")
        again = subprocess.run([*command, "--resume"], capture_output=True, text=True, check=True)
        assert "Tiếp tục lần trước" in again.stdout
    make(folder, tmp_path / "q.json")
    if out.exists():
        assert read_proof(out.read_bytes()).files == 123
    assert run("verify", folder, "--proof", out) == 0
    assert not journal.exists()


def test_a_database_is_equal_table_for_table_even_when_its_bytes_are_not(base, tmp_path, capsys):
    proof = make(base, tmp_path / "p.json")
    copy = tmp_path / "copy.sqlite3"
    with sqlite3.connect(base) as db:
        db.execute("VACUUM INTO ?", (str(copy),))
    assert checked(copy, proof, capsys, "--original", base) == (0, [])
    before = base.read_bytes()
    assert checked(base, proof, capsys) == (0, [])
    assert base.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE ho_so SET ten = 'Ha' WHERE id = 1", ("changed", "ho_so")),
        ("UPDATE ho_so SET diem = 2.0000000000000004 WHERE id = 2", ("changed", "ho_so")),
        ("UPDATE ho_so SET gia = 10 WHERE id = 1", None),  # the column turns 10 into the text '10'
        ("UPDATE ho_so SET ten = '' WHERE id = 2", ("changed", "ho_so")),
        ("UPDATE ho_so SET anh = '' WHERE id = 1", ("changed", "ho_so")),
        ("DELETE FROM ho_so WHERE id = 2", ("changed", "ho_so")),
        ("INSERT INTO rong VALUES (NULL)", ("changed", "rong")),
        ("ALTER TABLE ho_so RENAME TO hs", ("renamed", "ho_so")),
        ("DROP INDEX theo_ten", ("changed", "")),
        ("DROP TABLE rong", ("missing", "rong")),
    ],
)
def test_any_change_of_a_database_is_found(base, tmp_path, capsys, change, found):
    proof = make(base, tmp_path / "p.json")
    with sqlite3.connect(base) as db:
        db.execute(change)
    db.close()
    code, named = checked(base, proof, capsys, "--sample", 0)
    assert code == 1
    assert (found or ("changed", "ho_so")) in named


def test_flipped_bytes_of_a_database_that_change_a_value_are_found(base, tmp_path, capsys):
    with sqlite3.connect(base) as db:
        db.executemany("INSERT INTO ho_so (ten) VALUES (?)", [(f"Hồ sơ {n}",) for n in range(90)])
    db.close()
    proof, content = make(base, tmp_path / "p.json", "--sample", 0), base.read_bytes()

    def seen() -> object:
        try:
            with sqlite3.connect(f"{base.as_uri()}?immutable=1", uri=True) as db:
                db.text_factory = bytes
                return sorted(map(repr, db.execute("SELECT * FROM ho_so"))), list(
                    db.execute("SELECT sql FROM sqlite_master")
                )
        except sqlite3.DatabaseError:
            return None

    before, draw = seen(), random.Random(11)
    for at in draw.sample(range(100, len(content)), 25):
        changed = bytearray(content)
        changed[at] ^= 1 << draw.randrange(8)
        base.write_bytes(bytes(changed))
        visible = seen() != before
        code = run("verify", base, "--proof", proof, "--sample", 0, "--json")
        capsys.readouterr()
        assert code in ((1, 2) if visible else (0, 1, 2)), at


def test_a_database_with_writes_outside_its_file_is_refused(base, tmp_path, capsys):
    db = sqlite3.connect(base)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("INSERT INTO rong VALUES (1)")
    db.commit()
    copy = tmp_path / "copy.sqlite3"
    for ending in ("", "-wal"):
        shutil.copy(f"{base}{ending}", f"{copy}{ending}")
    db.close()
    assert run("make", copy, "--out", tmp_path / "p.json") == 2
    assert "còn phần chưa ghi vào cơ sở dữ liệu" in capsys.readouterr().err


def test_a_database_that_was_cut_off_is_no_database(base, tmp_path, capsys):
    content = base.read_bytes()
    base.write_bytes(content[: len(content) // 2])
    assert run("make", base, "--out", tmp_path / "p.json") == 2
    assert "hỏng hoặc chép chưa xong" in capsys.readouterr().err


def test_dumps_are_proved_row_by_row_packed_or_not(tmp_path, capsys):
    plain, packed = tmp_path / "mot-cua.sql", tmp_path / "mot-cua.sql.gz"
    plain.write_text(DUMP)
    packed.write_bytes(gzip.compress(DUMP.encode()))
    proof = make(plain, tmp_path / "p.json")
    assert checked(packed, proof, capsys, "--original", plain) == (0, [])
    lines = DUMP.splitlines(keepends=True)
    lines[13], lines[14] = lines[14], lines[13]
    plain.write_text("".join(lines))
    assert checked(plain, proof, capsys) == (0, [])
    plain.write_text(DUMP.replace("Hà", "Ha"))
    assert ("changed", "public.ho_so") in checked(plain, proof, capsys)[1]
    plain.write_text(DUMP[: DUMP.index("2\t")])
    assert run("verify", plain, "--proof", proof) == 2
    assert "bị cắt giữa chừng" in capsys.readouterr().err


def test_one_file_of_any_kind_is_proved_by_its_bytes(tmp_path, capsys):
    file = tmp_path / "bao-cao.docx"
    file.write_bytes(b"PK\x03\x04 noi dung")
    proof = make(file, tmp_path / "p.json")
    assert checked(file, proof, capsys) == (0, [])
    file.write_bytes(b"PK\x03\x04 noi dunG")
    assert checked(file, proof, capsys) == (1, [("changed", "bao-cao.docx")])
    (tmp_path / "thư mục").mkdir()
    assert checked(tmp_path / "thư mục", proof, capsys)[1] == [("other-kind", "bao-cao.docx")]


def test_a_district_in_sqlite_is_compared_with_a_ward_in_postgresql(base, tmp_path, capsys):
    dump = tmp_path / "phuong.sql"
    dump.write_text(DUMP)
    assert run("compare", base, dump, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["tables"] == [
        {
            "table": "ho_so", "equal": True, "rows_sqlite": 2, "rows_postgres": 2, "differing": [],
            "compared": ["anh", "diem", "id", "luc", "ten", "xong"], "left_out": [["gia", "type"]],
        }
    ]  # fmt: skip
    assert (said["only_sqlite"], said["only_postgres"]) == (["rong"], [])
    dump.write_text(DUMP.replace("Hà\t1.5", "Hà\t1.6"))
    assert run("compare", base, dump) == 1
    shown = capsys.readouterr().out
    assert "khác ở diem" in shown
    assert "không so cột gia" in shown
    dump.write_text(DUMP.replace("ho_so", "khac"))
    assert run("compare", base, dump) == 2
    assert run("compare", dump, base) == 2


def test_the_result_is_written_for_the_register(folder, tmp_path):
    proof, out = make(folder, tmp_path / "p.json", "--by", "Trần Thị Lan"), tmp_path / "kq.json"
    assert run("verify", folder, "--proof", proof, "--out", out, "--by", "Nguyễn Văn Minh") == 0
    done = read_verification(out.read_bytes())
    assert done.maker.who == "Nguyễn Văn Minh"
    assert read_proof(proof.read_bytes()).maker.who == "Trần Thị Lan"
    assert (done.sampling.files, done.equal) == (3, True)


def test_every_reason_has_words():
    source = Path(__file__).resolve().parents[3] / "src" / "thongsuot"
    files = [*source.glob("cli/copy_*.py"), *source.glob("rules/continuity/proof.py")]
    for path in files:
        for line in path.read_text().splitlines():
            if "Problem(" in line or "NotAProof(" in line:
                code = line.partition('"')[2].partition('"')[0]
                assert not code.startswith("continuity.") or code in WORDS, (path.name, code)
