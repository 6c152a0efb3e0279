"""The tables of the handover."""

from thongsuot.apps.handover.models.allocation import AllocationRule, RuleShare
from thongsuot.apps.handover.models.custody import CarryLine, DisputeLine, Nomination
from thongsuot.apps.handover.models.items import Item
from thongsuot.apps.handover.models.ledger import BalanceLine, Movement, ReceiverLine, StepLine
from thongsuot.apps.handover.models.minutes import LineCount, Minutes, MinutesLine, Signature
from thongsuot.apps.handover.models.transitions import Transition, TransitionBody, TransitionTeam

__all__ = [
    "AllocationRule",
    "BalanceLine",
    "CarryLine",
    "DisputeLine",
    "Item",
    "LineCount",
    "Minutes",
    "MinutesLine",
    "Movement",
    "Nomination",
    "ReceiverLine",
    "RuleShare",
    "Signature",
    "StepLine",
    "Transition",
    "TransitionBody",
    "TransitionTeam",
]
