"""The result of checking a copy against its proof, as a text that is sealed like the proof."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from thongsuot.rules.continuity.comparing import Difference
from thongsuot.rules.continuity.proof import Maker, NotAProof, seal_of

FORMAT = "thongsuot-copy-verification"
VERSION = 1
NAMED = 1_000  # differences that a result names; the count says how many there are


@dataclass(frozen=True, slots=True)
class Sampling:
    """What was read a second time, and whether against the original or only against the proof."""

    files: int = 0
    rows: int = 0
    original: bool = False


@dataclass(frozen=True, slots=True)
class Verification:
    """A copy was checked: against which proof, by whom, and in what it differs.

    ``count`` is how many differences there are; ``found`` the first of them.
    """

    proof_root: str
    copy_root: str
    maker: Maker
    count: int = 0
    found: tuple[Difference, ...] = ()
    sampling: Sampling = field(default_factory=Sampling)

    @property
    def equal(self) -> bool:
        """Whether the copy is what the proof says."""
        return self.count == 0


def verified(
    proof_root: str,
    copy_root: str,
    maker: Maker,
    found: Sequence[Difference],
    sampling: Sampling,
) -> Verification:
    """A result out of everything that was found, naming the first differences."""
    return Verification(proof_root, copy_root, maker, len(found), tuple(found[:NAMED]), sampling)


def as_fields(done: Verification) -> dict[str, object]:
    """The result as plain values, with its seal."""
    fields: dict[str, object] = {
        "format": FORMAT,
        "version": VERSION,
        "proof_root": done.proof_root,
        "copy_root": done.copy_root,
        "equal": done.equal,
        "maker": asdict(done.maker),
        "count": done.count,
        "differences": [
            {"sort": d.sort, "what": d.what, "name": d.name, "facts": _plain(d.facts)}
            for d in done.found
        ],
        "sampling": asdict(done.sampling),
    }
    return fields | {"seal": seal_of(fields)}


def _plain(facts: Mapping[str, object]) -> dict[str, object]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in facts.items()}


def read_verification(text: str | bytes) -> Verification:
    """The result that a text holds. Raises NotAProof when it is none, or was changed."""
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotAProof("continuity.not-json") from error
    if not isinstance(fields, dict) or fields.get("format") != FORMAT:
        raise NotAProof("continuity.not-a-proof")
    if fields.get("version") != VERSION:
        raise NotAProof("continuity.other-version", version=str(fields.get("version"))[:20])
    try:
        done = _read(fields)
        whole = fields["seal"] == seal_of(fields) and fields["equal"] is done.equal
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise NotAProof("continuity.proof-broken", field=str(error)[:60]) from error
    if not whole:
        raise NotAProof("continuity.proof-altered")
    return done


def _read(fields: Mapping[str, Any]) -> Verification:
    found = tuple(
        Difference(str(d["sort"]), str(d["what"]), str(d["name"]), dict(d["facts"]))
        for d in fields["differences"]
    )
    sampling = fields["sampling"]
    count = int(fields["count"])
    if count < len(found) or (count and not found):
        raise ValueError("count")
    return Verification(
        str(fields["proof_root"]),
        str(fields["copy_root"]),
        Maker(*(str(fields["maker"][n]) for n in ("tool", "at", "who", "host"))),
        count,
        found,
        Sampling(int(sampling["files"]), int(sampling["rows"]), bool(sampling["original"])),
    )
