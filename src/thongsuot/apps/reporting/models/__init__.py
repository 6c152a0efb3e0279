"""The tables of the room."""

from thongsuot.apps.reporting.models.choices import (
    Across,
    Bloc,
    BriefKind,
    Check,
    Direction,
    FieldType,
    OverTime,
    PeriodKind,
    Standing,
    State,
    Track,
)
from thongsuot.apps.reporting.models.forms import Expected, Form, FormVersion, Recipient, Series
from thongsuot.apps.reporting.models.papers import Brief, OfficeTemplate, Snapshot
from thongsuot.apps.reporting.models.returns import Filing, FilingKind, Return, Round
from thongsuot.apps.reporting.models.targets import Indicator, Measure, Scores

__all__ = [
    "Across", "Bloc", "Brief", "BriefKind", "Check", "Direction", "Expected", "FieldType",
    "Filing", "FilingKind", "Form", "FormVersion", "Indicator", "Measure", "OfficeTemplate",
    "OverTime", "PeriodKind", "Recipient", "Return", "Round", "Scores", "Series", "Snapshot",
    "Standing", "State", "Track",
]  # fmt: skip
