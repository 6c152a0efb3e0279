"""Acts on the register of competence: texts, rules, reviews, delegations."""

from thongsuot.apps.authority.actions.delegations import propose, refuse, revoke, sign
from thongsuot.apps.authority.actions.reviews import review
from thongsuot.apps.authority.actions.rules import (
    check,
    publish,
    withdraw,
    write_matter,
    write_rule,
)
from thongsuot.apps.authority.actions.texts import name_group, write_change, write_days, write_part

__all__ = [
    "check",
    "name_group",
    "propose",
    "publish",
    "refuse",
    "review",
    "revoke",
    "sign",
    "withdraw",
    "write_change",
    "write_days",
    "write_matter",
    "write_part",
    "write_rule",
]
