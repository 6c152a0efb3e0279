"""Proofs: whatever changes is named, whatever is written down is read back, a changed proof is none."""

import json
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.continuity import verification
from thongsuot.rules.continuity.comparing import differences
from thongsuot.rules.continuity.heads import Head, check_goes_on
from thongsuot.rules.continuity.proof import (
    Entry,
    Kind,
    Maker,
    NotAProof,
    Proof,
    Sampled,
    Sort,
    Table,
    as_text,
    read_proof,
)
from thongsuot.rules.continuity.sampling import RowSample, chosen, seed_of

BY = Maker("thongsuot 0.1.0", "2025-06-24T02:00:00+00:00", "lan", "may-1")
HASH = st.binary(min_size=32, max_size=32).map(bytes.hex)
NAMES = st.text(
    st.characters(exclude_characters="/\x00", exclude_categories=()), min_size=1, max_size=6
)
FILES = st.builds(Entry, NAMES, st.just(Sort.FILE), st.integers(1, 2**40), HASH)
LINKS = st.builds(Entry, NAMES, st.just(Sort.LINK), target=NAMES)
FOLDERS = st.builds(Entry, NAMES, st.just(Sort.FOLDER))
ENTRIES = st.lists(
    st.one_of(FILES, LINKS, FOLDERS), max_size=6,
    unique_by=lambda e: unicodedata.normalize("NFC", e.path),
)  # fmt: skip
TABLES = st.lists(
    st.builds(Table, NAMES, st.tuples(NAMES), st.tuples(NAMES), st.integers(0, 10**9), HASH),
    max_size=4,
    unique_by=lambda t: t.name,
)


def folder(*entries: Entry) -> Proof:
    return Proof(Kind.FOLDER, "du-lieu", BY, tuple(entries))


def file(path: str, digest: str = "a", size: int = 3) -> Entry:
    return Entry(path, Sort.FILE, size, digest * 64)


@given(ENTRIES)
def test_a_proof_is_read_back_as_it_was_written(entries):
    proof = replace(folder(*entries), sampled=Sampled(files=tuple(e.path for e in entries[:2])))
    again = read_proof(as_text(proof))
    assert again == proof
    assert again.root == proof.root
    assert not differences(proof, again)


@given(ENTRIES, st.randoms(use_true_random=False))
def test_the_root_does_not_hang_on_the_order_of_names(entries, draw):
    other = list(entries)
    draw.shuffle(other)
    assert folder(*entries).root == folder(*other).root


@given(ENTRIES.filter(bool), st.data())
def test_any_name_size_content_or_target_changed_is_found(entries, data):
    at = data.draw(st.integers(0, len(entries) - 1))
    new = data.draw(st.one_of(FILES, LINKS, FOLDERS))
    others = [*entries[:at], *entries[at + 1 :]]
    if new == entries[at] or new.path in {e.path for e in others}:
        return
    proof, copy = folder(*entries), folder(*others, new)
    assert differences(proof, copy)
    assert proof.root != copy.root
    assert differences(proof, folder(*others))
    assert differences(folder(*others), proof)


@given(TABLES.filter(bool), st.data())
def test_any_table_changed_is_found(tables, data):
    proof = Proof(Kind.SQLITE, "t.db", BY, tables=tuple(tables), schema="0" * 64)
    at = data.draw(st.integers(0, len(tables) - 1))
    old = tables[at]
    for new in (
        replace(old, rows=old.rows + 1),
        replace(old, checksum="f" * 63 + ("0" if old.checksum[-1] != "0" else "1")),
        replace(old, columns=(*old.columns, "thêm")),
        replace(old, types=(*old.types, "text")),
        replace(old, name=old.name + "x"),
    ):
        copy = replace(proof, tables=(*tables[:at], new, *tables[at + 1 :]))
        assert differences(proof, copy)
        assert copy.root != proof.root
    assert differences(proof, replace(proof, schema="1" * 64))


@given(ENTRIES, st.data())
def test_a_proof_with_any_letter_changed_is_refused_or_says_the_same(entries, data):
    text = as_text(folder(*entries))
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.characters(codec="ascii"))
    changed = text[:at] + letter + text[at + 1 :]
    try:
        again = read_proof(changed)
    except NotAProof:
        return
    assert again == read_proof(text)  # white space between the words


def test_what_happened_to_each_name_is_said():
    was = folder(
        file("a", "1"), file("b", "2"), file("c", "3"), file("Hòa.txt", "4"), file("trống", "0", 0),
        Entry("l", Sort.LINK, target="a"), Entry("d", Sort.FOLDER),
    )  # fmt: skip
    now = folder(
        file("a", "9"), file("B", "2"), file(unicodedata.normalize("NFD", "Hòa.txt"), "4"),
        file("thừa", "7"), file("trống-2", "0", 0), Entry("l", Sort.LINK, target="b"), file("d", "8"),
    )  # fmt: skip
    found = [(d.sort, d.what, d.name) for d in differences(was, now)]
    assert found == [
        ("missing", "file", "c"),
        ("missing", "file", "trống"),
        ("changed", "file", "a"),
        ("changed", "folder", "d"),
        ("changed", "link", "l"),
        ("extra", "file", "thừa"),
        ("extra", "file", "trống-2"),
        ("renamed", "file", "b"),
        ("name-form", "file", "Hòa.txt"),
    ]


def test_a_name_in_another_form_with_another_content_is_both():
    nfd = unicodedata.normalize("NFD", "Hòa")
    found = differences(folder(file("Hòa", "1")), folder(file(nfd, "2")))
    assert [d.sort for d in found] == ["changed", "name-form"]


def test_a_table_under_another_name_is_renamed_and_an_empty_one_is_not():
    one = Table("ho_so", ("id",), ("INTEGER",), 5, "a" * 64)
    proof = Proof(Kind.SQLITE, "t", BY, tables=(one, replace(one, name="rỗng", rows=0)))
    copy = replace(proof, tables=(replace(one, name="HO_SO_2"), replace(one, name="khác", rows=0)))
    assert [(d.sort, d.name) for d in differences(proof, copy)] == [
        ("missing", "rỗng"),
        ("extra", "khác"),
        ("renamed", "ho_so"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": "khác"}, "continuity.not-a-proof"),
        ({"version": 2}, "continuity.other-version"),
        ({"entries": None}, "continuity.proof-broken"),
        ({"entries": [{"path": 1, "sort": "file"}]}, "continuity.proof-broken"),
        ({"entries": [{"path": "a", "sort": "file", "size": -1}]}, "continuity.proof-broken"),
        ({"entries": [{"path": "a", "sort": "file"}] * 2}, "continuity.proof-broken"),
        ({"whole": "zz"}, "continuity.proof-broken"),
        ({"maker": {}}, "continuity.proof-broken"),
        ({"name": "khác"}, "continuity.proof-altered"),
        ({"seal": "0" * 64}, "continuity.proof-altered"),
        ({"root": "0" * 64}, "continuity.proof-altered"),
    ],
)
def test_what_is_no_proof_is_refused_with_a_reason(change, code):
    fields = json.loads(as_text(folder(file("a")))) | change
    with pytest.raises(NotAProof) as refused:
        read_proof(json.dumps(fields))
    assert refused.value.problem.code == code


@pytest.mark.parametrize("text", ["", "[]", "1", "{", "[" * 100_000, "\x00", '"x"'])
def test_what_is_no_json_is_refused(text):
    for read in (read_proof, verification.read_verification):
        with pytest.raises(NotAProof):
            read(text)


def test_a_result_is_read_back_and_a_changed_one_refused():
    was, now = folder(file("a", "1"), file("b", "2")), folder(file("a", "3"))
    done = verification.verified(
        was.root, now.root, BY, differences(was, now), verification.Sampling(2)
    )
    fields = verification.as_fields(done)
    again = verification.read_verification(json.dumps(fields))
    assert (again.count, again.equal, again.found) == (2, False, done.found)
    for change in ({"equal": True}, {"count": 1}, {"differences": []}, {"proof_root": "0"}):
        with pytest.raises(NotAProof):
            verification.read_verification(json.dumps(fields | change))


@given(st.sets(NAMES, max_size=20), st.integers(0, 30), st.randoms(use_true_random=False))
def test_the_sample_hangs_on_the_root_alone(names, count, draw):
    seed = seed_of(folder(file("a")).root)
    other = list(names)
    draw.shuffle(other)
    picked = chosen(seed, other, count)
    assert picked == chosen(seed, sorted(names), count)
    assert len(picked) == min(count, len(names))
    one, two = RowSample(seed, count), RowSample(seed, count)
    for name in other:
        one.offer("t", name, (name, None))
    for name in sorted(names):
        two.offer("t", name, (name, None))
    assert one.rows == two.rows
    assert set(one.values) == set(one.rows)


def test_another_root_chooses_another_sample():
    names = [f"tệp {n}" for n in range(200)]
    first = chosen(seed_of("a"), names, 10)
    assert first != chosen(seed_of("b"), names, 10)


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5), st.data())
def test_a_backup_that_is_older_or_of_another_history_is_named(sizes, data):
    known = [Head(f"transition:{n}", size, f"{n}-{size}") for n, size in enumerate(sizes)]
    seen = {(h.chain, h.size): h.hash for h in known}
    longer = {h.chain: h.size + data.draw(st.integers(0, 3)) for h in known}
    assert not check_goes_on(known, longer, seen)
    at = data.draw(st.integers(0, len(known) - 1))
    head = known[at]
    older = check_goes_on(known, longer | {head.chain: head.size - 1}, seen)
    assert [(p.code, p.subject, p.facts["lost"]) for p in older] == [
        ("continuity.backup-older", head.chain, 1)
    ]
    forked = check_goes_on(known, longer, seen | {(head.chain, head.size): "khác"})
    assert [(p.code, p.subject) for p in forked] == [("continuity.backup-forked", head.chain)]
