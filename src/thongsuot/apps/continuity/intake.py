"""Reading the files that giver and receiver hand in: proofs, and results of a check."""

from dataclasses import dataclass
from typing import Any

from thongsuot.apps.continuity.models import CopyProof
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import open_file
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.continuity.comparing import Difference, differences
from thongsuot.rules.continuity.proof import NotAProof, Proof, read_proof
from thongsuot.rules.continuity.verification import FORMAT, read_verification
from thongsuot.rules.kernel.problem import Problem

NAMED = 200  # differences kept in the row; the file has the others
LARGEST = 64 << 20  # a proof of some 300,000 files; longer ones are checked at the receiver's


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: ``own_reading`` when two proofs were compared here."""

    equal: bool
    count: int
    differences: list[dict[str, object]]
    sampled: int
    own_reading: bool


def _content(file: StoredFile) -> bytes:
    if file.size > LARGEST:
        raise Refused.because("continuity.proof-too-large", file.first_name, most=LARGEST >> 20)
    with open_file(file) as handle:
        return handle.read()


def _refused(fault: NotAProof, file: StoredFile) -> Refused:
    problem = fault.problem
    return Refused([Problem(problem.code, file.first_name, problem.facts)])


def proof_in(file: StoredFile) -> Proof:
    """The proof that a file holds. Raises Refused, saying why it is none."""
    try:
        return read_proof(_content(file))
    except NotAProof as fault:
        raise _refused(fault, file) from fault


def figures(proof: Proof) -> dict[str, Any]:
    """What the register keeps of a proof beside its file."""
    return {
        "root": proof.root,
        "files": proof.files,
        "rows": proof.rows,
        "octets": proof.octets,
        "tables": len(proof.tables),
        "made_at": proof.maker.at[:40],
        "made_by": proof.maker.who[:200],
        "tool": proof.maker.tool[:60],
    }


def check_in(file: StoredFile, proof: CopyProof) -> Found:
    """What a file says of a copy: a result, or a proof of the copy that is compared here.

    Raises Refused for a file that is neither, and for a result of a check against another proof.
    """
    content = _content(file)
    try:
        if FORMAT.encode() in content[:4096]:
            done = read_verification(content)
            if done.proof_root != proof.root:
                raise Refused.because(
                    "continuity.other-proof", file.first_name, root=proof.root[:16]
                )
            sampled = done.sampling.files + done.sampling.rows
            return Found(done.equal, done.count, _plain(done.found), sampled, own_reading=False)
        copy = read_proof(content)
    except NotAProof as fault:
        raise _refused(fault, file) from fault
    found = differences(proof_in(proof.file), copy)
    return Found(not found, len(found), _plain(found), 0, own_reading=True)


def _plain(found: tuple[Difference, ...]) -> list[dict[str, object]]:
    return [
        {
            "sort": d.sort,
            "what": d.what,
            "name": _shown(d.name),
            "facts": {k: _fact(v) for k, v in d.facts.items()},
        }
        for d in found[:NAMED]
    ]


def _shown(name: str) -> str:
    """A name as a database may keep it: what is no text becomes an escape."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return text.replace("\x00", "\\x00")[:500]


def _fact(value: object) -> object:
    if isinstance(value, tuple | list):
        return [str(v)[:100] for v in value[:10]]
    return value if isinstance(value, bool | int) else _shown(str(value))
