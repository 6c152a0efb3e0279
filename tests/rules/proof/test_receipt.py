"""A receipt: true when it is true; named wrong, whatever is changed and whoever seals it again."""

import base64
import hashlib
import json
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.proof.office import HEADING, LINES, WITNESS, Hand, parts, signed_office

from thongsuot.rules.handover.minutes import Line, content_hash
from thongsuot.rules.kernel.problem import blocking
from thongsuot.rules.proof import receipt
from thongsuot.rules.proof.checkpoint import base64_of
from thongsuot.rules.proof.code import Square
from thongsuot.rules.proof.merkle import Tree
from thongsuot.rules.proof.verify import (
    Held,
    Trust,
    check_files,
    cosigners,
    read_held,
    told,
    verify,
)

OFFICE, BODY = signed_office()
RAW = OFFICE.seal(BODY)
KNOWN = Trust(keys=[OFFICE.hand.key])


def codes(raw: bytes, trust: Trust = KNOWN) -> list[str]:
    return [problem.code for problem in verify(raw, trust)]


def test_a_receipt_of_minutes_signed_by_both_is_true() -> None:
    assert codes(RAW) == []
    said = told(receipt.read(RAW))
    assert (said["code"], said["lines"], said["size"]) == (BODY["code"], 2, 13)


def test_without_a_key_of_ones_own_the_key_is_named_to_compare() -> None:
    (problem,) = verify(RAW)
    assert (problem.code, problem.blocks) == ("proof.key-unknown", False)
    assert problem.facts["key"] == str(OFFICE.hand.key)
    other = Trust(keys=[Hand("so.minh-hoa.vn", b"\x05" * 32).key])
    assert codes(RAW, other) == ["proof.key-foreign"]


def test_the_content_under_the_signatures_is_the_one_that_the_handover_hashes() -> None:
    lines = [Line(c, sent, g, r, no, why, m) for c, sent, m, g, r, no, why in LINES]
    text = receipt.minutes_content(HEADING, LINES)
    assert hashlib.sha256(text.encode()).hexdigest() == content_hash(HEADING, lines)


def test_every_byte_counts() -> None:
    """Each byte with one bit turned; the bit differs from place to place."""
    turn = random.Random(20250624)  # any bits will do
    small = parts(RAW) | {"earlier": [], "leaves": ""}
    raw = OFFICE.seal(small)
    assert codes(raw) == []
    for at in range(len(raw)):
        bent = bytearray(raw)
        bent[at] ^= 1 << turn.randrange(8)
        assert blocking(verify(bytes(bent), KNOWN)), at
        if at % 16 == 0:  # no key at hand: just the same
            assert blocking(verify(bytes(bent))), at


@pytest.mark.parametrize("more", [b" ", b"\n", b"\x00", b"{}"])
def test_nothing_may_stand_before_after_or_be_missing(more: bytes) -> None:
    for wrong in (more + RAW, RAW + more, RAW[:-1], RAW[1:], RAW[:-100], b"", more):
        assert codes(wrong) == ["proof.malformed"]


def change(name: str, to: Callable[[Any], Any]) -> bytes:
    body = parts(RAW)
    body[name] = to(body[name])
    return OFFICE.seal(body)


def entry(number: int, name: str, to: Callable[[Any], Any]) -> bytes:
    body: Any = parts(RAW)
    body["entries"][number][name] = to(body["entries"][number][name])
    return OFFICE.seal(body)


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


# What an office could change and seal again with its own key: each is found all the same.
FORGED = {
    "another count": (
        change("minutes", replaced('"hộp",4,3', '"hộp",4,4')),
        {"proof.content-differs"},
    ),
    "another receiver": (
        change("minutes", replaced('"receiver":9', '"receiver":8')),
        {"proof.content-differs"},
    ),
    "another code": (change("code", lambda c: "0" + c[1:]), {"proof.code-differs"}),
    "another signer": (
        entry(1, "content", replaced("Trần Thị Lan", "Trần Thị Mận")),
        {"proof.not-in-log", "proof.code-differs"},
    ),
    "the same person twice": (
        entry(1, "content", replaced('"actor_user":2', '"actor_user":1')),
        {"proof.not-in-log", "proof.code-differs", "proof.signers-differ"},
    ),
    "another past": (
        entry(0, "prev", lambda p: "0" * 64),
        {"proof.not-in-log"},
    ),
    "another place": (
        entry(0, "index", lambda i: i - 1),
        {"proof.not-in-log", "proof.entry-elsewhere"},
    ),
    "a place below nought": (
        entry(0, "index", lambda i: -1),
        {"proof.not-in-log", "proof.entry-elsewhere"},
    ),
    "a shorter proof": (entry(0, "proof", lambda p: p[:-1]), {"proof.not-in-log"}),
    "only one signature": (change("entries", lambda e: e[1:]), {"proof.signature-missing"}),
    "another log": (
        change("origin", lambda o: o.replace(":1", ":2")),
        {"proof.checkpoint-wrong", "proof.entry-elsewhere"},
    ),
    "another office": (
        change("origin", lambda o: "khac.vn/transition:1"),
        {"proof.key-of-another", "proof.checkpoint-wrong"},
    ),
    "other leaves": (
        change("leaves", lambda t: base64_of(b"\x00" * 32) + t[44:] if len(t) % 4 else base64_of(bytes(32 * 13))),
        {"proof.leaves-differ"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_change_that_the_office_itself_seals_again_is_named(name: str) -> None:
    raw, wanted = FORGED[name]
    assert set(codes(raw)) == wanted


def test_a_checkpoint_signed_by_another_key_is_refused() -> None:
    body = parts(RAW)
    body["checkpoint"] = str(OFFICE.note(hand=Hand("so.minh-hoa.vn", b"\x09" * 32)))
    assert codes(OFFICE.seal(body)) == ["proof.checkpoint-wrong"]
    body = parts(RAW)
    body["checkpoint"] = str(body["checkpoint"]).partition("\n\n")[0] + "\n\n"
    assert codes(OFFICE.seal(body)) == ["proof.malformed"]


def test_a_seal_is_not_a_checkpoint_and_a_checkpoint_not_a_seal() -> None:
    assert not receipt.seal_message(b"{}").startswith(OFFICE.origin.encode())
    body, _seal = RAW.split(b'"seal":')
    line = OFFICE.note().lines[0].signature
    assert codes(body + b'"seal":"' + base64.b64encode(line) + b'"}\n') == ["proof.seal-wrong"]


# Two histories: the office keeps the signatures and rewrites what came before.


def other_history() -> tuple[Any, bytes]:
    office, _ = signed_office()
    mine = office.acts
    office.acts = []
    for number, (_prev, content) in enumerate(mine):
        facts = json.loads(content)
        more = {k: v for k, v in facts.items() if k not in ("chain", "seq", "act", "actor_user")}
        user = 6 if number == 2 else facts["actor_user"]
        office.act(facts["act"], user=user, **more)
    minutes = str(BODY["minutes"])
    return office, office.seal(office.body((9, 11), minutes))


def test_a_rewritten_past_is_true_in_itself_and_two_histories_to_whoever_kept_something() -> None:
    office, raw = other_history()
    assert codes(raw) == []
    tree = OFFICE.tree
    for size in range(3, 14):
        (problem,) = verify(raw, Trust(KNOWN.keys, [Held(size, tree.root(size))]))
        assert problem.code == "proof.two-histories"
        assert problem.facts == {
            "size": size,
            "kept": base64_of(tree.root(size)),
            "shown": base64_of(office.tree.root()),
        }
    for size in range(3):  # before the change both are the same log
        assert codes(raw, Trust(KNOWN.keys, [Held(size, tree.root(size))])) == []


def test_an_earlier_checkpoint_of_the_other_history_inside_the_receipt_is_named() -> None:
    office, raw = other_history()
    body: Any = parts(raw)
    body["earlier"][1]["checkpoint"] = str(OFFICE.note(12))
    assert codes(office.seal(body)) == ["proof.two-histories"]


def test_what_was_kept_is_compared_with_this_log_and_said_when_it_cannot_be() -> None:
    held = read_held(str(OFFICE.note(5)))
    assert held == Held(5, OFFICE.tree.root(5), OFFICE.origin)
    assert codes(RAW, Trust(KNOWN.keys, [held])) == []
    square = read_held("http://x/#" + Square(5, OFFICE.tree.root(5), b"\x01" * 32).fragment())
    assert codes(RAW, Trust(KNOWN.keys, [square])) == []
    newer = Trust(KNOWN.keys, [Held(99, b"\x01" * 32)])
    assert [(p.code, p.blocks) for p in verify(RAW, newer)] == [("proof.held-newer", False)]
    other = Trust(KNOWN.keys, [Held(5, b"\x01" * 32, "khac.vn/transition:1")])
    assert codes(RAW, other) == ["proof.held-other-log"]
    without = OFFICE.seal(parts(RAW) | {"leaves": ""})
    unproved = Trust(KNOWN.keys, [Held(5, b"\x01" * 32)])
    assert [(p.code, p.blocks) for p in verify(without, unproved)] == [
        ("proof.held-unproved", False)
    ]
    assert codes(without, Trust(KNOWN.keys, [Held(12, b"\x01" * 32)])) == ["proof.two-histories"]


# A key that follows another.


def rotated(introduction: bytes) -> bytes:
    office, _ = signed_office()
    old, office.hand = office.hand, Hand("so.minh-hoa.vn", b"\x0a" * 32)
    body = office.body((9, 11), str(BODY["minutes"]))
    body["keys"] = [
        {"key": str(old.key), "introduction": ""},
        {"key": str(office.hand.key), "introduction": base64_of(introduction)},
    ]
    return office.seal(body)


def test_a_new_key_counts_when_the_old_one_has_introduced_it() -> None:
    new = Hand("so.minh-hoa.vn", b"\x0a" * 32).key
    assert codes(rotated(OFFICE.hand.sign(receipt.introduction_message(new)))) == []
    assert codes(rotated(OFFICE.hand.sign(b"khac"))) == ["proof.key-not-introduced"]
    assert codes(rotated(b"")) == ["proof.key-not-introduced"]


def test_witnesses_are_counted_and_their_absence_is_said() -> None:
    trust = Trust(KNOWN.keys, (), [WITNESS.key])
    assert [(p.code, p.blocks) for p in verify(RAW, trust)] == [("proof.not-witnessed", False)]
    note = OFFICE.note()
    seen = note.with_lines([WITNESS.cosign(note.text, 1_750_000_000)])
    raw = OFFICE.seal(parts(RAW) | {"checkpoint": str(seen)})
    assert codes(raw, trust) == []
    assert cosigners(receipt.read(raw), [WITNESS.key]) == ((WITNESS.name, 1_750_000_000),)


def test_evidence_names_its_files_and_each_is_checked() -> None:
    size = len(OFFICE.acts)
    body = parts(RAW) | {
        "kind": "evidence",
        "minutes": "",
        "entries": [OFFICE.entry(n, size) for n in (2, 9, 11)],
        "files": {"tom-tat.pdf": "a" * 64, "dien-bien.csv": "b" * 64},
    }
    raw = OFFICE.seal(body)
    assert codes(raw) == []
    found = {"tom-tat.pdf": "a" * 64, "dien-bien.csv": "c" * 64}
    problems = list(check_files(receipt.read(raw), found))
    assert [(p.code, p.subject) for p in problems] == [("proof.file-differs", "dien-bien.csv")]
    assert [p.code for p in check_files(receipt.read(raw), {})] == ["proof.file-missing"] * 2


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=80))
def test_no_file_makes_the_check_fall_over(content: bytes) -> None:
    assert codes(content) == ["proof.malformed"]
    assert codes(b'{"body":{' + content + b'},"seal":"' + b"A" * 86 + b'=="}\n')


@pytest.mark.parametrize("name", sorted(BODY))
@pytest.mark.parametrize("value", [None, 1, "", "x", [], [1], {}, {"x": 1}, True])
def test_parts_of_another_shape_are_refused(name: str, value: object) -> None:
    raw = OFFICE.seal(parts(RAW) | {name: value})
    fine = {"made_at": ("", "x"), "named": ({}, {"x": 1}), "files": ({},), "earlier": ([],),
            "leaves": ("",)}  # fmt: skip
    assert bool(codes(raw)) is (
        type(value) not in (str, dict, list) or value not in fine.get(name, ())
    )


def test_deep_and_endless_content_is_refused_quickly() -> None:
    deep = "[" * 100_000
    assert codes(OFFICE.seal(parts(RAW) | {"minutes": deep})) != []
    bent: Any = parts(RAW)
    bent["entries"][0]["content"] = deep
    assert "proof.malformed" in codes(OFFICE.seal(bent))
    bent["entries"][0]["content"] = '{"seq":NaN}'
    assert "proof.malformed" in codes(OFFICE.seal(bent))


def test_the_leaves_alone_prove_any_earlier_checkpoint() -> None:
    tree = Tree(receipt.read(RAW).leaves)
    assert tree.root() == OFFICE.tree.root()
