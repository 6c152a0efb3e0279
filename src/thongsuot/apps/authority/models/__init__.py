"""The tables of competence: texts and their days, matters and rules, reviews, delegations."""

from thongsuot.apps.authority.models.delegations import Delegation, Grounds
from thongsuot.apps.authority.models.rules import (
    Clash,
    Matter,
    MatterWord,
    Review,
    Rule,
    RuleCheck,
    RulePlace,
)
from thongsuot.apps.authority.models.texts import Field, FieldGroup, TextChange, TextDays, TextPart

__all__ = [
    "Clash",
    "Delegation",
    "Field",
    "FieldGroup",
    "Grounds",
    "Matter",
    "MatterWord",
    "Review",
    "Rule",
    "RuleCheck",
    "RulePlace",
    "TextChange",
    "TextDays",
    "TextPart",
]
