"""Notes and checkpoints in the C2SP form, with the example of the note format."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.proof.office import WITNESS, Hand, signed_office

from thongsuot.rules.proof.checkpoint import (
    Checkpoint,
    Key,
    NotANote,
    Note,
    base64_of,
    read_checkpoint,
    read_key,
    read_note,
    unbase64,
)

NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
EXAMPLE = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
)


def test_the_well_known_note_is_signed_by_its_key_and_by_no_other() -> None:
    key, note = read_key(NEUMANN), read_note(SAID)
    assert str(key) == NEUMANN
    assert str(note) == SAID
    assert note.signed_by(key)
    assert not note.signed_by(Hand("PeterNeumann").key)
    assert not Note(note.text.replace("don't", "do"), note.lines).signed_by(key)


def test_the_example_of_the_checkpoint_format_is_read_and_written_the_same() -> None:
    note = read_note(EXAMPLE)
    mark = read_checkpoint(note)
    assert (mark.origin, mark.size, len(mark.root)) == ("example.com/behind-the-sofa", 20852163, 32)
    assert mark.text == note.text
    assert str(note) == EXAMPLE


def test_a_witness_signs_the_moment_with_the_text() -> None:
    office, _ = signed_office()
    note = office.note()
    seen = note.with_lines([WITNESS.cosign(note.text, 1_750_000_000)])
    assert read_note(str(seen)).cosigned_at(WITNESS.key) == 1_750_000_000
    assert note.cosigned_at(WITNESS.key) is None
    other = office.note(3)
    assert other.with_lines([WITNESS.cosign(note.text, 1)]).cosigned_at(WITNESS.key) is None
    assert seen.signed_by(office.hand.key.under(office.origin))


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "x\n\n", "x\n\n— a\n", "x\n\n— a b\n", "x\n\n- a AAAAAAA=\n",
        SAID.replace("— ", "—"), SAID.replace("AM=", "AN="), SAID.rstrip("\n"), SAID + "\n",
        SAID.replace("\n", "\r\n"), SAID.replace("x08", "x0 "),
    ],
)  # fmt: skip
def test_what_is_not_in_the_one_form_is_no_note(text: str) -> None:
    with pytest.raises(NotANote):
        read_note(text)


@pytest.mark.parametrize(
    "text",
    [
        "a\n1\n", "a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        "a b\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n", "a\n1\nAAAA\n",
        "a\n9999999999999999999\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
    ],
)  # fmt: skip
def test_what_is_not_three_lines_in_the_one_form_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NotANote):
        read_checkpoint(Note(text))


@pytest.mark.parametrize(
    "text", ["", "a", "a+b+c", NEUMANN[:-1], NEUMANN.replace("c7", "c8"), NEUMANN.replace("P", "Q")]
)
def test_a_key_that_is_not_what_its_number_says_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        read_key(text)


@given(st.text(max_size=60))
def test_no_text_makes_the_readers_fall_over(text: str) -> None:
    for reader in (read_note, read_key, unbase64):
        try:
            reader(text)
        except NotANote:
            continue


def test_a_key_of_an_office_speaks_for_its_logs_and_for_no_others() -> None:
    key = Key("so.vn", b"\x00" * 32)
    assert key.speaks_for("so.vn/transition:1")
    assert not key.speaks_for("so.vn.khac/transition:1")
    assert Checkpoint("a", 1, b"\x00" * 32).text == f"a\n1\n{base64_of(bytes(32))}\n"
