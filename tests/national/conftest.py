"""Two small provinces: one in order, one where something is wrong of every sort."""

from pathlib import Path

import pytest
from tests.national import oracle
from tests.national.oracle import Land, Receipt, Thing

from thongsuot.rules.handover.ledger import Movement

OPENED = ("opened", "", "held")
SENT = ("dispatched", "held", "transit")
GOT = ("received", "transit", "accepted")
LOST = ("missed", "held", "missing")


def thing(number: int, *pairs: tuple[str, str, str], quantity: int = 4, code: str = "") -> Thing:
    moves = tuple(Movement("", *pair, quantity, 5, None, "x", "QĐ", 1) for pair in pairs)
    return Thing(number, 1, 3, "asset", code or f"TS-{number}", 5, "cái", 1_000, moves)


def receipt(code: str, quantity: int = 4, receiver: int = 5, measure: str = "cái") -> Receipt:
    return Receipt(1, receiver, "asset", code, quantity, measure)


@pytest.fixture
def sound() -> Land:
    """Two items with their receivers, one still with its giver."""
    done = [thing(1, OPENED, SENT, GOT), thing(2, OPENED, SENT, GOT), thing(3, OPENED)]
    split = (receipt("TS-2", 1), receipt("TS-2", 3, 6))
    return Land("01", tuple(done), (receipt("TS-1"), *split))


@pytest.fixture
def broken() -> Land:
    """Missing, short, over, claimed twice, unknown, in other units; and one lost by its ledger."""
    done = tuple(thing(n, OPENED, SENT, GOT) for n in range(1, 6))
    lost = thing(6, OPENED, LOST)
    receipts = (
        receipt("TS-2", 3), receipt("TS-3", 5), receipt("TS-4"), receipt("TS-4", 4, 6),
        receipt("TS-5", measure="bộ"), receipt("ts-1"),
    )  # fmt: skip
    return Land("79", (*done, lost), receipts)


@pytest.fixture
def sent(tmp_path: Path):
    """Write the export of a province and give its folder."""

    def write(land: oracle.Land, name: str = "") -> Path:
        folder = tmp_path / "sent" / (name or land.code)
        land.export(folder)
        return folder

    return write


@pytest.fixture
def both(sent, sound: Land, broken: Land) -> list[Path]:
    return [sent(sound), sent(broken)]
