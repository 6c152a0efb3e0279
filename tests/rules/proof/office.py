"""An office of paper: a log, its key, and a receipt made by the same rules as the real one."""

import hashlib
import json
from dataclasses import dataclass, field

from thongsuot.rules.kernel.canonical import canonical
from thongsuot.rules.proof import ed25519, receipt
from thongsuot.rules.proof.checkpoint import (
    COSIGNS,
    Checkpoint,
    Key,
    Line,
    Note,
    base64_of,
    cosignature_message,
    signature_line,
)
from thongsuot.rules.proof.code import code_of
from thongsuot.rules.proof.merkle import Tree, leaf_hash


def _written(point: ed25519.Point) -> bytes:
    inverse = pow(point[2], ed25519.P - 2, ed25519.P)
    x, y = point[0] * inverse % ed25519.P, point[1] * inverse % ed25519.P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def _number(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha512(b"".join(parts)).digest(), "little") % ed25519.L


@dataclass
class Hand:
    """A private key with its public one."""

    name: str
    seed: bytes = b"\x01" * 32
    algorithm: int = 1

    @property
    def _secret(self) -> tuple[int, bytes]:
        spread = hashlib.sha512(self.seed).digest()
        number = int.from_bytes(spread[:32], "little") & ((1 << 254) - 8) | (1 << 254)
        return number, spread[32:]

    @property
    def key(self) -> Key:
        public = _written(ed25519._times(self._secret[0], ed25519.BASE))
        return Key(self.name, public, self.algorithm)

    def sign(self, message: bytes) -> bytes:
        number, prefix = self._secret
        nonce = _number(prefix, message)
        commitment = _written(ed25519._times(nonce, ed25519.BASE))
        challenge = _number(commitment, self.key.public, message)
        return commitment + ((nonce + challenge * number) % ed25519.L).to_bytes(32, "little")

    def cosign(self, text: str, at: int) -> Line:
        signature = at.to_bytes(8, "big") + self.sign(cosignature_message(text, at))
        return signature_line(self.key, signature)


@dataclass
class Office:
    """A log of acts of one transition, ready to be proved."""

    hand: Hand = field(default_factory=lambda: Hand("so.minh-hoa.vn"))
    chain: str = "transition:1"
    acts: list[tuple[str, str]] = field(default_factory=list)  # (prev, content)

    @property
    def origin(self) -> str:
        return f"{self.hand.name}/{self.chain}"

    @property
    def tree(self) -> Tree:
        return Tree(self.hash(n) for n in range(len(self.acts)))

    def hash(self, index: int) -> bytes:
        prev, content = self.acts[index]
        return leaf_hash(bytes.fromhex(prev) + content.encode())

    def act(self, name: str, *, user: int = 1, **more: object) -> int:
        prev = self.hash(len(self.acts) - 1).hex() if self.acts else "0" * 64
        content = {
            "chain": self.chain, "seq": len(self.acts) + 1, "act": name, "actor_user": user,
            "actor_name": "Trần Thị Lan", "subject_kind": "minutes", "subject_id": 7, **more,
        }  # fmt: skip
        self.acts.append((prev, canonical(content).decode()))
        return len(self.acts) - 1

    def note(self, size: int | None = None, hand: Hand | None = None) -> Note:
        wanted = len(self.acts) if size is None else size
        text = Checkpoint(self.origin, wanted, self.tree.root(wanted)).text
        signer = hand or self.hand
        line = signature_line(signer.key.under(self.origin), signer.sign(text.encode()))
        return Note(text, (line,))

    def entry(self, index: int, size: int) -> dict[str, object]:
        prev, content = self.acts[index]
        proof = [base64_of(step) for step in self.tree.inclusion(index, size)]
        return {"index": index, "prev": prev, "content": content, "proof": proof}

    def body(self, signed: tuple[int, int], minutes: str, **more: object) -> dict[str, object]:
        size = len(self.acts)
        earlier = [
            {
                "checkpoint": str(self.note(old)),
                "proof": [base64_of(p) for p in self.tree.consistency(old, size)],
            }
            for old in (2, size - 1)
        ]
        return {
            "kind": "minutes",
            "code": code_of(self.hash(signed[1]).hex()),
            "origin": self.origin,
            "made_at": "2025-06-24T02:00:00+00:00",
            "keys": [{"key": str(self.hand.key), "introduction": ""}],
            "checkpoint": str(self.note()),
            "earlier": earlier,
            "leaves": base64_of(b"".join(self.hash(n) for n in range(size))),
            "entries": [self.entry(index, size) for index in signed],
            "minutes": minutes,
            "named": {"giver": "Phòng Giáo dục (minh họa)"},
            "files": {},
            **more,
        }

    def seal(self, body: dict[str, object]) -> bytes:
        return receipt.write(body, self.hand.sign)


LINES = [["TS-0001", 10, "cái", 10, 10, False, ""], ["TS-0002", 4, "hộp", 4, 3, False, ""]]
HEADING = {"transition": 1, "number": 3, "round": 1, "giver": 5, "receiver": 9,
           "opened_on": "2025-06-20", "corrects": None}  # fmt: skip


def signed_office(others: int = 9) -> tuple[Office, dict[str, object]]:
    """An office with minutes signed by both sides, and the body of their receipt."""
    office = Office()
    for number in range(others):
        office.act("handover.items-listed", user=1, after={"rows": number})
    minutes = receipt.minutes_content(HEADING, LINES)
    content = hashlib.sha256(minutes.encode()).hexdigest()
    giver = office.act(receipt.SIGNED, user=1, after={"side": "giver", "content": content})
    office.act("handover.lines-counted", user=3)
    receiver = office.act(
        receipt.SIGNED, user=2, after={"side": "receiver", "content": content, "lines": 2}
    )
    office.act("handover.dispatched", user=1)
    return office, office.body((giver, receiver), minutes)


def parts(raw: bytes) -> dict[str, object]:
    """The body of a receipt, to change something in it."""
    body: dict[str, object] = json.loads(raw)["body"]
    return {name: value for name, value in body.items() if name != "format"}


WITNESS = Hand("luu-tru.minh-hoa.vn", b"\x07" * 32, COSIGNS)
