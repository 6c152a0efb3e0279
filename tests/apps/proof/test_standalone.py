"""The small program and the rules are two: they come to the same answer about every file."""

import base64
import importlib.util
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.proof.test_receipt import FORGED, KNOWN, OFFICE, RAW, other_history, parts

from thongsuot.apps.proof.documents import CHECKER
from thongsuot.rules.proof import ed25519, merkle
from thongsuot.rules.proof.code import Square, code_of
from thongsuot.rules.proof.merkle import Tree, leaf_hash
from thongsuot.rules.proof.receipt import seal_message
from thongsuot.rules.proof.verify import Held, Trust, verify


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("kiem_bien_nhan", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ALONE = load()
KEYS = [(key.name, key.public) for key in KNOWN.keys]


def agree(raw: bytes, held: tuple[Held, ...] = (), *, known: bool = True) -> list[str]:
    trust = Trust(KNOWN.keys if known else (), held)
    rules = [(p.code, p.blocks) for p in verify(raw, trust)]
    mine = ALONE.check(raw, KEYS if known else [], [(h.origin, h.size, h.root) for h in held])
    assert [(code, blocks) for code, blocks, _ in mine] == rules
    return [code for code, _ in rules]


def test_both_hold_a_true_receipt_for_true() -> None:
    assert agree(RAW) == []
    assert agree(RAW, known=False) == ["proof.key-unknown"]


@pytest.mark.parametrize("name", FORGED)
def test_both_name_the_same_forgery(name: str) -> None:
    raw, wanted = FORGED[name]
    assert set(agree(raw)) == wanted


def test_both_name_two_histories() -> None:
    _, raw = other_history()
    for size in (0, 2, 3, 8, 13):
        held = Held(size, OFFICE.tree.root(size))
        assert agree(raw, (held,)) == (["proof.two-histories"] if size > 2 else [])
        assert agree(RAW, (held,)) == []
    assert agree(raw, (Held(99, b"\x01" * 32),)) == ["proof.held-newer"]
    assert agree(raw, (Held(3, b"\x01" * 32, "khac/transition:1"),)) == ["proof.held-other-log"]
    without = OFFICE.seal(parts(RAW) | {"leaves": ""})
    assert agree(without, (Held(5, b"\x01" * 32),)) == ["proof.held-unproved"]


def test_both_refuse_a_turned_bit_anywhere() -> None:
    turn = random.Random(7)  # any bits will do
    for _ in range(60):
        bent = bytearray(RAW)
        bent[turn.randrange(len(bent))] ^= 1 << turn.randrange(8)
        assert agree(bytes(bent)) != []


BENDS: tuple[Callable[[str], object], ...] = (
    lambda text: text[:-1], lambda text: text + "A", lambda text: text.replace("\n", "\n\n", 1),
    lambda text: text.upper(), lambda text: "", lambda text: None, lambda text: 0,
    lambda text: text[::-1], lambda text: text.replace("—", "-"), lambda text: text.replace("1", "01"),
    lambda text: text + "\ud800", lambda text: text.replace(":1", ":2"), lambda text: "[" * 5000,
)  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every text in a body."""
    if isinstance(value, dict):
        return [p for k, v in value.items() for p in places(v, (*path, k))]
    if isinstance(value, list):
        return [p for k, v in enumerate(value) for p in places(v, (*path, k))]
    return [path] if isinstance(value, str) else []


BODY = parts(RAW)
PLACES = places(BODY)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(BENDS))
def test_both_say_the_same_of_any_body_that_the_office_itself_seals(
    path: tuple[Any, ...], bend: Callable[[str], object]
) -> None:
    body: Any = parts(RAW)
    inner = body
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = bend(inner[path[-1]])
    try:
        raw = OFFICE.seal(body)
    except UnicodeEncodeError:
        return  # no text at all: nothing was written
    agree(raw)


def test_a_text_that_is_no_text_is_refused_by_both() -> None:
    bent = RAW.replace(b'"minutes":"', b'"minutes":"\\ud800', 1)
    body = bent[len(b'{"body":') : bent.rindex(b',"seal"')]
    seal = base64.b64encode(OFFICE.hand.sign(seal_message(body)))
    raw = b'{"body":%s,"seal":"%s"}\n' % (body, seal)
    assert agree(raw) == ["proof.malformed"]


@given(st.integers(0, 40), st.integers(0, 40), st.data())
def test_the_trees_agree(one: int, two: int, data: st.DataObject) -> None:
    low, size = sorted((one, two))
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    tree = Tree(leaves)
    assert ALONE.tree_root(leaves) == tree.root()
    proof = list(tree.consistency(low, size))
    if proof and data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(proof) - 1))
        proof[at] = data.draw(st.sampled_from([bytes(32), leaves[0]]))
    args = (low, size, proof, tree.root(low), tree.root())
    assert ALONE.is_consistent(*args) == merkle.consistent(*args)
    if size:
        at = data.draw(st.integers(0, size - 1))
        path = list(tree.inclusion(at, size))
        assert ALONE.is_included(leaves[at], at, size, path, tree.root())
        assert not ALONE.is_included(
            leaves[at], at, size, [*path, path[0] if path else leaves[at]], tree.root()
        )


@settings(max_examples=30, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_the_signatures_agree(key: bytes, signature: bytes) -> None:
    assert ALONE.ed25519(key, b"x", signature) == ed25519.signed(key, b"x", signature)
    hand = OFFICE.hand
    assert ALONE.ed25519(hand.key.public, key, hand.sign(key))
    assert not ALONE.ed25519(hand.key.public, key + b"x", hand.sign(key))
    assert ALONE.code_of(key) == code_of(key.hex())


def run(tmp_path: Path, raw: bytes, *more: str) -> subprocess.CompletedProcess[str]:
    path = tmp_path / "bien-nhan.json"
    path.write_bytes(raw)
    return subprocess.run(
        [sys.executable, "-I", "-S", str(CHECKER), str(path), *more],  # no site-packages at all
        capture_output=True, text=True, check=False, encoding="utf-8",
    )  # fmt: skip


def test_the_program_runs_alone_with_nothing_but_python(tmp_path: Path) -> None:
    key = str(OFFICE.hand.key)
    kept = tmp_path / "giu.txt"
    kept.write_text(str(OFFICE.note(5)), encoding="utf-8")
    done = run(tmp_path, RAW, "--key", key, "--checkpoint", str(kept))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ĐÚNG / TRUE")
    _, other = other_history()
    done = run(tmp_path, other, "--key", key, "--checkpoint", str(kept), "--json")
    assert done.returncode == 1
    assert "proof.two-histories" in done.stdout
    kept.write_text(
        "http://x/#" + Square(5, OFFICE.tree.root(5), bytes(32)).fragment(), encoding="utf-8"
    )
    assert run(tmp_path, RAW, "--key", key, "--checkpoint", str(kept)).returncode == 0
    assert run(tmp_path, RAW, "--key", "khong-phai-khoa").returncode == 2
    assert run(tmp_path, b"{}").returncode == 1


def test_the_program_is_small_and_brings_no_library_of_ours() -> None:
    text = CHECKER.read_text(encoding="utf-8")
    assert "thongsuot" not in text.replace("thong-suot", "")
    assert len(text.splitlines()) < 600
