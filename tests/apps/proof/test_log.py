"""The log on a real trail: receipts are true, witnesses see it grow, an old backup is noticed."""

import io
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from tests.apps.handover.conftest import NOW, Story
from tests.apps.proof.test_standalone import ALONE
from tests.rules.proof.office import WITNESS, Office

from thongsuot.apps.handover import papers
from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.proof import actions, checks, documents, held, keys, queries, signing
from thongsuot.apps.proof.logs import leaf_of, tree_of
from thongsuot.apps.proof.models import Checkpoint, Cosignature, OfficeKey, Seen
from thongsuot.apps.proof.permit import SYSTEM
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail import guard
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import ChainHead, Entry
from thongsuot.foundation.wording import say
from thongsuot.rules.proof.checkpoint import COSIGNS, Key, read_key, read_note
from thongsuot.rules.proof.code import read_square
from thongsuot.rules.proof.receipt import read
from thongsuot.rules.proof.verify import Trust, check_files, cosigners, read_held, verify
from thongsuot.rules.proof.witness import Asked, write_request

pytestmark = pytest.mark.django_db


def act(key: str, by=SYSTEM) -> Act:
    return Act(by=by, key=key, at=NOW)


def signed(story: Story) -> Minutes:
    minutes, _ = story.handed_over(3)
    return Minutes.objects.get(pk=minutes)


def chain(story: Story) -> str:
    return f"transition:{story.transition}"


def make(story: Story) -> Checkpoint:
    made = signing.checkpoint_now(chain(story), NOW)
    assert made is not None
    return made


def refused(code: str):
    return pytest.raises(Refused, match=code)


def test_the_leaf_hashes_of_the_log_are_the_hashes_of_the_trail(story: Story) -> None:
    signed(story)
    tree = tree_of(chain(story))
    entries = list(Entry.objects.filter(chain=chain(story)).order_by("seq"))
    assert len(tree) == len(entries) > 5
    for entry in entries:
        assert leaf_of(entry, tree, len(entries)).hash.hex() == entry.hash


def test_a_receipt_of_signed_minutes_is_true_by_the_rules_and_by_the_small_program(
    story: Story,
) -> None:
    minutes = signed(story)
    mark = make(story)
    raw = documents.receipt_of(minutes)
    known = read_key(OfficeKey.objects.get().key)
    assert verify(raw, Trust([known], [read_held(mark.note)])) == ()
    assert ALONE.check(raw, [(known.name, known.public)], []) == []
    said = read(raw)
    assert said.code == documents.code_for(minutes)
    assert json.loads(said.minutes)["heading"]["number"] == minutes.number
    assert "Bàn làm việc" in str(said.named["titles"])


def test_before_both_have_signed_there_is_no_receipt(story: Story) -> None:
    minutes, _ = story.dispatched(2)
    story.count_all(minutes)
    story.sign(minutes, "giver")
    make(story)
    with refused("proof.not-signed-yet"):
        documents.receipt_of(Minutes.objects.get(pk=minutes))
    assert documents.code_for(Minutes.objects.get(pk=minutes)) == ""


def test_a_receipt_waits_for_a_checkpoint(story: Story) -> None:
    minutes = signed(story)
    with refused("proof.no-checkpoint"):
        documents.receipt_of(minutes)
    entry = queries.signing_of(documents.code_for(minutes))
    assert queries.standing_of(entry).state == "waits"
    make(story)
    assert queries.standing_of(entry).state == "holds"


def test_the_paper_carries_the_code_and_the_log_as_it_was(story: Story) -> None:
    minutes = signed(story)
    values = papers.minutes_values(minutes, NOW)
    check = values.frame.verification
    assert check.code == documents.code_for(minutes)
    square = read_square(check.square)
    entry = queries.signing_of(check.code)
    assert square.size == entry.seq
    assert square.root == tree_of(entry.chain, entry.seq).root()
    content, media, _ = papers.minutes_as(values, "pdf")
    assert (content[:4], media) == (b"%PDF", "application/pdf")
    make(story)
    raw = documents.receipt_of(minutes)
    assert [p.code for p in verify(raw, Trust((), [read_held(check.square)]))] == [
        "proof.key-unknown"
    ]


def test_after_each_signature_a_checkpoint_is_made(
    story: Story, django_capture_on_commit_callbacks
) -> None:
    minutes, _ = story.dispatched(1)
    story.count_all(minutes)
    with django_capture_on_commit_callbacks(execute=True):
        story.sign(minutes, "giver")
        story.sign(minutes, "receiver")
    row = Checkpoint.objects.get(chain=chain(story))
    assert row.size == ChainHead.objects.get(chain=chain(story)).size
    assert documents.receipt_of(Minutes.objects.get(pk=minutes))


def test_the_daily_round_signs_what_has_grown_and_only_that(story: Story) -> None:
    call_command("proof_checkpoint", stdout=io.StringIO())
    first = Checkpoint.objects.count()
    assert first >= 2  # the transition and the proof itself
    call_command("proof_checkpoint", stdout=io.StringIO())
    assert Checkpoint.objects.count() == first
    story.list_items(1)
    call_command("proof_checkpoint", stdout=io.StringIO())
    assert Checkpoint.objects.count() == first + 2


def test_checkpoints_and_keys_can_only_be_added(story: Story) -> None:
    make(story)
    for change in (
        lambda: Checkpoint.objects.update(size=1),
        lambda: Checkpoint.objects.all().delete(),
        lambda: OfficeKey.objects.update(name="x"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_private_key_is_a_file_of_ones_own_and_never_in_the_database(story: Story) -> None:
    make(story)
    path = keys.home() / "office.key"
    assert path.stat().st_mode & 0o077 == 0
    secret = path.read_text()
    for entry in Entry.objects.all():
        assert secret not in json.dumps([entry.before, entry.after])
    assert secret not in documents.receipt_of(signed_again(story)).decode()


def signed_again(story: Story) -> Minutes:
    minutes = signed(story)
    make(story)
    return minutes


# An old backup, a rewritten past.


def cut_back(story: Story, size: int) -> None:
    """What a backup of that size, put back, would look like."""
    guard.remove()
    entries = Entry.objects.filter(chain=chain(story), seq__gt=size)
    last = Entry.objects.get(chain=chain(story), seq=size)
    ChainHead.objects.filter(chain=chain(story)).update(size=size, hash=last.hash, at=last.at)
    Checkpoint.objects.filter(chain=chain(story), size__gt=size).delete()
    with transaction.atomic():
        Entry.objects.filter(pk__in=[e.pk for e in entries]).update(chain="đã mất")
    guard.install()


def test_an_old_backup_put_back_is_named_and_nothing_more_is_signed_on_it(story: Story) -> None:
    minutes, _ = story.dispatched(2)
    story.count_all(minutes)
    size = ChainHead.objects.get(chain=chain(story)).size
    make(story)
    story.sign(minutes, "giver")
    make(story)
    assert list(checks.faults()) == []
    cut_back(story, size - 1)
    problems = list(held.faults())
    assert [p.code for p in problems] == ["proof.rolled-back"]
    assert str(size - 1) in say(problems[0])
    with refused("proof.rolled-back"):
        story.sign(minutes, "receiver")


def test_a_checkpoint_that_a_witness_sends_back_is_held_against_the_database(
    story: Story, tmp_path
) -> None:
    story.list_items(2)
    note = make(story).note
    for path in (keys.home() / "held").glob("*"):
        path.unlink()  # the machine lost it; the witness has it
    kept = tmp_path / "giu.txt"
    kept.write_text(note, encoding="utf-8")
    call_command("proof_hold", str(kept), stdout=io.StringIO())
    assert list(held.faults()) == []
    cut_back(story, 1)
    assert [p.code for p in held.faults()] == ["proof.rolled-back"]
    with refused("proof.rolled-back"):
        actions.make_checkpoint(
            act("k1"),
            chain=chain(story),
            size=read_held(note).size,
            key_id=OfficeKey.objects.get().pk,
        )


def test_what_this_office_has_not_signed_is_not_held(story: Story, tmp_path) -> None:
    make(story)
    kept = tmp_path / "giu.txt"
    other = Office()
    other.act("x")
    for text in ("", "x\n\n— a AAAAAAAA\n", str(other.note())):
        kept.write_text(text, encoding="utf-8")
        with pytest.raises(CommandError):
            call_command("proof_hold", str(kept))


def test_a_rewritten_entry_is_named_and_its_receipt_no_longer_holds(story: Story) -> None:
    minutes = signed(story)
    make(story)
    entry = queries.signing_of(documents.code_for(minutes))
    guard.remove()
    Entry.objects.filter(chain=chain(story), seq=2).update(hash="ab" * 32)
    guard.install()
    assert queries.standing_of(entry).state == "broken"
    assert {p.code for p in checks.faults()} == {"proof.history-differs"}
    assert [p.code for p in held.chain_faults(chain(story))] == ["proof.history-differs"]


# Keys.


def test_a_new_key_is_introduced_by_the_old_and_receipts_stay_true_for_both(story: Story) -> None:
    minutes = signed(story)
    make(story)
    old = read_key(OfficeKey.objects.get().key)
    call_command("proof_rotate_key", reason="định kỳ", stdout=io.StringIO())
    raw = documents.receipt_of(minutes)  # the checkpoint is of the old key, the seal of the new
    new = read_key(OfficeKey.objects.order_by("-pk")[0].key)
    assert new.public == keys.current().public != old.public
    for known in (old, new):
        assert verify(raw, Trust([known])) == ()
        assert ALONE.check(raw, [(known.name, known.public)], []) == []
    story.list_items(1, code="TS-9")
    make(story)
    assert verify(documents.receipt_of(minutes), Trust([old])) == ()
    assert list(checks.faults()) == []


def test_only_those_who_keep_keys_change_them(story: Story) -> None:
    make(story)
    for who in (story.lan, story.inspector, story.tu):
        with refused("proof.keys-not-yours"):
            actions.rotate_key(act("r1", who), reason="x")
        with refused("proof.keys-not-yours"):
            actions.name_witness(act("r2", who), key=str(WITNESS.key))
        with refused("proof.keys-not-yours"):
            actions.trust_log(act("r3", who), key=str(WITNESS.key))
    with refused("proof.reason-needed"):
        actions.rotate_key(act("r4", story.operator), reason=" ")
    assert OfficeKey.objects.count() == 1


# Witnesses.


def test_a_witness_is_named_and_its_cosignature_goes_with_the_receipt(story: Story) -> None:
    minutes = signed(story)
    mark = make(story)
    actions.name_witness(act("w1", story.operator), key=str(WITNESS.key))
    text = read_note(mark.note).text
    line = str(WITNESS.cosign(text, 1_750_000_000))
    actions.keep_cosignature(act("w2", story.minh), checkpoint_id=mark.pk, line=line)
    raw = documents.receipt_of(minutes)
    key = read_key(mark.key.key)
    assert verify(raw, Trust([key], (), [WITNESS.key])) == ()
    assert cosigners(read(raw), [WITNESS.key]) == ((WITNESS.name, 1_750_000_000),)
    assert list(checks.faults()) == []
    assert Cosignature.objects.count() == 1
    with refused("proof.known-already"):
        actions.keep_cosignature(act("w3", story.minh), checkpoint_id=mark.pk, line=line)


@pytest.mark.parametrize(
    "line", ["", "x", "— a b", "\x00", str(WITNESS.cosign("khac\n1\nx\n", 1)), "— " + "a" * 900]
)
def test_what_is_no_cosignature_of_a_named_witness_is_refused(story: Story, line: str) -> None:
    mark = make(story)
    actions.name_witness(act("w1", story.operator), key=str(WITNESS.key))
    with refused("proof.cosignature-wrong"):
        actions.keep_cosignature(act("w2", story.minh), checkpoint_id=mark.pk, line=line)
    with refused("proof.checkpoint-missing"):
        actions.keep_cosignature(act("w3", story.minh), checkpoint_id=987_654, line=line)


@pytest.mark.parametrize("key", ["", "x", "\x00", "a+b+c", str(WITNESS.key)[:-1]])
def test_what_is_no_key_is_refused(story: Story, key: str) -> None:
    with refused("proof.not-a-key"):
        actions.name_witness(act("w1", story.operator), key=key)
    with refused("proof.key-of-other-kind"):
        actions.trust_log(act("w2", story.operator), key=str(WITNESS.key))


def other_office(count: int, odd: int = -1) -> Office:
    made = Office()
    for number in range(count):
        made.act("x", user=9 if number == odd else 1)
    return made


def request(office: Office, old: int, size: int) -> str:
    return write_request(Asked(old, office.tree.consistency(old, size), office.note(size)))


def test_this_office_cosigns_what_grows_and_refuses_a_second_history(story: Story) -> None:
    log, rewritten = other_office(9), other_office(12, odd=3)
    name = signing.own_name(NOW)
    with refused("proof.log-not-watched"):
        actions.cosign(act("c0"), request=request(log, 0, 5), name=name)
    actions.trust_log(act("t1", story.operator), key=str(log.hand.key))
    done = actions.cosign(act("c1"), request=request(log, 0, 5), name=name)
    key = Key(name, keys.current().public, COSIGNS)
    note = read_note(str(log.note(5)) + str(done["line"]))
    assert note.cosigned_at(key) == int(NOW.timestamp())
    with refused("proof.not-from-last"):
        actions.cosign(act("c2"), request=request(log, 0, 9), name=name)
    with refused("proof.two-histories"):
        actions.cosign(act("c3"), request=request(rewritten, 5, 12), name=name)
    with refused("proof.two-histories"):
        actions.cosign(act("c4"), request=request(rewritten, 5, 5), name=name)
    with refused("proof.shorter"):
        actions.cosign(act("c5"), request=request(log, 3, 4), name=name)
    again = actions.cosign(act("c6"), request=request(log, 5, 5), name=name)
    assert again["line"] == done["line"]
    actions.cosign(act("c7"), request=request(log, 5, 9), name=name)
    assert list(Seen.objects.order_by("size").values_list("size", flat=True)) == [5, 9]
    for wrong in ("", "old 5\n\nx", "\x00", "old 5\n" + "A" * 3000):
        with refused("proof.not-a-request"):
            actions.cosign(act(f"c8{wrong[:3]!r}"), request=wrong, name=name)


# Evidence.


def test_the_evidence_about_an_item_is_a_folder_that_proves_itself(story: Story, tmp_path) -> None:
    _, ids = story.handed_over(2)
    make(story)
    matter = queries.matter_of_item(story.minh, ids[0])
    codes = [e.act for e in matter.entries]
    assert codes[0] == "handover.items-added"
    assert codes.count("handover.minutes-signed") == 2
    pack = zipfile.ZipFile(io.BytesIO(documents.evidence_of(matter)))
    pack.extractall(tmp_path)
    assert set(pack.namelist()) == {
        "tom-tat.pdf", "dien-bien.csv", "ho-so.json", "kiem_bien_nhan.py", "DOC-TRUOC.txt",
        "SHA256SUMS.txt",
    }  # fmt: skip
    raw = (tmp_path / "ho-so.json").read_bytes()
    key = OfficeKey.objects.get().key
    assert verify(raw, Trust([read_key(key)])) == ()
    assert ALONE.main([str(tmp_path / "ho-so.json"), "--key", key]) == 0
    assert list(check_files(read(raw), read(raw).files)) == []
    table = tmp_path / "dien-bien.csv"
    table.write_bytes(table.read_bytes().replace("Trần Thị Lan".encode(), b"Ai do"))
    assert ALONE.main([str(tmp_path / "ho-so.json"), "--key", key]) == 1


def test_the_evidence_about_an_act_is_for_those_who_see_what_it_was_done_to(story: Story) -> None:
    minutes, _ = story.handed_over(1)
    make(story)
    entry = queries.signing_of(documents.code_for(Minutes.objects.get(pk=minutes)))
    for who in (story.lan, story.minh, story.city, story.inspector):
        matter = queries.matter_of_act(who, entry.pk)
        assert matter.entries[-1] == entry
        assert documents.evidence_of(matter)
    for who in (story.rival, story.operator, story.tu):
        with refused("proof.act-missing"):
            queries.matter_of_act(who, entry.pk)
    with refused("proof.act-missing"):
        queries.matter_of_act(story.city, 987_654)


def test_a_kept_checkpoint_is_compared_with_the_log_of_today(story: Story) -> None:
    story.list_items(2)
    mark = make(story)
    kept = read_held(mark.note)
    assert queries.compared(kept)[0] == "holds"
    cut_back(story, 1)
    signing.office_key(NOW)
    Checkpoint.objects.create(
        chain=mark.chain, origin=mark.origin, size=1, root="0" * 64, note=mark.note,
        key=mark.key, at=NOW, entry=mark.entry,
    )  # fmt: skip
    assert queries.compared(kept)[0] == "ahead"
