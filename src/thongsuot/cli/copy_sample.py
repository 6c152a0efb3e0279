"""Reading a sample a second time: files from the disk again, rows in a pass of their own."""

from collections.abc import Iterator
from pathlib import Path

from thongsuot.cli import copy_tables
from thongsuot.cli.copy_folder import Say, Unreadable, hash_file, same_bytes
from thongsuot.rules.continuity.comparing import Difference
from thongsuot.rules.continuity.proof import Kind, Proof, Sampled, Sort
from thongsuot.rules.continuity.sampling import RowSample, chosen, seed_of
from thongsuot.rules.continuity.verification import Sampling

SAMPLE = "sample"


def choose(proof: Proof, path: Path, count: int, say: Say) -> Sampled:
    """What the root of the proof chooses; rows are found by reading all of them once more."""
    seed = seed_of(proof.root)
    if proof.kind is Kind.FOLDER:
        files = (e.path for e in proof.entries if e.sort is Sort.FILE)
        return Sampled(files=chosen(seed, files, count))
    if not proof.tables or not count:
        return Sampled()
    return Sampled(rows=_rows(proof, path, count, say).rows)


def _rows(proof: Proof, path: Path, count: int, say: Say) -> RowSample:
    sample = RowSample(seed_of(proof.root), count)
    copy_tables.read(path, proof.kind, say, sample.offer)
    return sample


def read_again(
    proof: Proof, path: Path, original: Path | None, count: int, say: Say
) -> tuple[Sampling, list[Difference]]:
    """Read the sample of a copy a second time, against the original where there is one.

    Returns what was read and what did not fit; what is missing altogether is no sample and is
    named by the comparison.
    """
    if count <= 0 or copy_tables.kind_of(path) is not proof.kind:
        return Sampling(), []
    if proof.kind is Kind.FOLDER:
        known = {e.path: e for e in proof.entries if e.sort is Sort.FILE}
        names = chosen(seed_of(proof.root), known, count)
        wrong = [
            Difference(SAMPLE, "file", name)
            for name in names
            if not _same_file(path, original, name, known[name].sha256, say)
        ]
        return Sampling(files=len(names), original=original is not None), wrong
    rows = min(count, len(proof.sampled.rows))
    wrong = list(_same_rows(proof, path, original, rows, say)) if rows else []
    return Sampling(rows=rows, original=original is not None and rows > 0), wrong


def _same_file(path: Path, original: Path | None, name: str, sha256: str, say: Say) -> bool:
    try:
        _state, found = hash_file(path / name, name, say, afresh=True)
        return found == sha256 and (original is None or same_bytes(path / name, original / name))
    except (Unreadable, OSError):
        return False


def _same_rows(
    proof: Proof, path: Path, original: Path | None, count: int, say: Say
) -> Iterator[Difference]:
    """The rows that the proof names must be found again, with the same values in the original."""
    wanted = len(proof.sampled.rows)
    mine = _rows(proof, path, wanted, say)
    theirs = _rows(proof, original, wanted, say).values if original else mine.values
    for table, digest in proof.sampled.rows[:count]:
        here, there = mine.values.get((table, digest)), theirs.get((table, digest))
        if here is None or here != there:
            yield Difference(SAMPLE, "row", f"{table} {digest[:12]}")
