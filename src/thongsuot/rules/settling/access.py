"""Who may do which act here: one table, asked by every action and every page."""

from thongsuot.rules.handover.access import (
    AREA,
    CITY,
    GIVER,
    HEADS,
    RECEIVER,
    STAFF,
    Relation,
    relations,
)
from thongsuot.rules.kernel import rights
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem

# act → relation → roles. An act or a relation that is not here is not allowed.
TABLE: dict[str, dict[str, frozenset[Role]]] = {
    "sheet.write": {GIVER: STAFF},
    "sheet.confirm": {GIVER: STAFF},
    "sheet.freeze": {GIVER: HEADS},
    "sheet.reopen": {GIVER: HEADS},
    "sheet.except": {GIVER: HEADS, AREA: CITY},
    "seal.register": {GIVER: STAFF, AREA: CITY},
    "seal.report": {GIVER: STAFF},
    "seal.return": {GIVER: STAFF},
    "seal.certify": {GIVER: HEADS},
    "seal.lose": {GIVER: STAFF},
    "seal.announce": {GIVER: HEADS},
    "seal.find": {GIVER: STAFF},
    "seal.issue": {RECEIVER: STAFF, AREA: CITY},
    "bundle.make": {GIVER: STAFF, AREA: CITY},
    "bundle.part": {GIVER: STAFF, AREA: CITY},
    "bundle.except": {GIVER: HEADS, AREA: CITY},
    "bundle.confirm": {GIVER: HEADS, AREA: CITY},
    "bundle.dissolve": {GIVER: HEADS, AREA: CITY},
}


def may(actor: Actor, act: str, to: Relation) -> bool:
    """Whether the post acted in may do that there."""
    return rights.may(actor, TABLE, act, relations(actor, to))


def check_may(actor: Actor, act: str, to: Relation) -> Problem | None:
    """Why this person may not do that here, in the post acted in; None when it is allowed."""
    return rights.why_not("settling", actor, act, allowed=may(actor, act, to))
