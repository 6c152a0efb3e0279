"""The balance, the statement and the checks between lists: one SQL text for every engine.

Three relations are enough: what was listed, what moved, what was received. The texts in ``sql/``
run unchanged on SQLite, PostgreSQL, DuckDB and Apache Spark, and give the same whole numbers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

SCHEMA_VERSION = 1
WHOLE, TEXT = "whole", "text"

# Every column is there in every row: the relations know no NULL, "" and 0 stand for none.
RELATIONS: Mapping[str, Mapping[str, str]] = {
    "inventory": {
        "item": WHOLE,  # the item's number, once in its province
        "transition": WHOLE,
        "giver": WHOLE,
        "kind": TEXT,
        "code": TEXT,
        "receiver": WHOLE,  # who is to receive it, 0: nobody yet
        "quantity": WHOLE,  # in smallest parts; 0: taken off the list again
        "measure": TEXT,
        "value": WHOLE,  # in đồng
    },
    "movements": {
        "item": WHOLE,
        "kind": TEXT,
        "src": TEXT,
        "dst": TEXT,
        "quantity": WHOLE,
    },
    "receipts": {
        "transition": WHOLE,
        "receiver": WHOLE,
        "kind": TEXT,
        "code": TEXT,
        "quantity": WHOLE,
        "measure": TEXT,
    },
}

# The common part of each text comes first; it is the same for all that share it.
_PARTS = {
    "statement": ("ledger", "statement"),
    "balance": ("ledger", "balance"),
    "lists": ("compared", "lists"),
}
TEXTS = tuple(_PARTS)
_PROVINCE = re.compile("[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Province:
    """A province by its official code of two digits, and its name."""

    code: str
    name: str = ""

    def __post_init__(self) -> None:
        if not _PROVINCE.fullmatch(self.code):
            raise ValueError(f"{self.code!r} is no code of a province: two digits")


def _file(name: str) -> str:
    return files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def portable_sql(name: str) -> str:
    """The text of one of ``TEXTS``, over the relations inventory, movements and receipts.

    Limits of the dialects: sums must fit a bigint (an engine refuses them otherwise, none wraps
    round); text is compared byte by byte, so an engine may not be given a collation in which two
    different texts are equal. No text sorts: order is the affair of who reads.
    """
    return "".join(_file(part) for part in _PARTS[name])


def office_sql(relation: str, province: Province) -> str:
    """The tables of an office in the shape of a relation, on SQLite and PostgreSQL alike."""
    return _file(f"office_{relation}").format(province=province.code)
