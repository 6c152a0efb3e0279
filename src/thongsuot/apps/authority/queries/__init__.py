"""Looking at the register of competence: the card, matters, before and after, delegations, reviews."""

from thongsuot.apps.authority.queries.card import Asked, ask, who_may, who_may_all
from thongsuot.apps.authority.queries.competence import (
    competence,
    grounds_of,
    keep,
    line_of,
    rests_on,
    shown,
    signer_of,
)
from thongsuot.apps.authority.queries.matters import Found, find_matters, matter_with
from thongsuot.apps.authority.queries.table import whole_table

__all__ = [
    "Asked",
    "Found",
    "ask",
    "competence",
    "find_matters",
    "grounds_of",
    "keep",
    "line_of",
    "matter_with",
    "rests_on",
    "shown",
    "signer_of",
    "who_may",
    "who_may_all",
    "whole_table",
]
