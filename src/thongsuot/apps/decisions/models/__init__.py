"""The tables of decisions: dockets, sessions, registers."""

from thongsuot.apps.decisions.models.dockets import (
    Consultation,
    Docket,
    DocketPaper,
    DocketStep,
    Opinion,
    Task,
    Vote,
)
from thongsuot.apps.decisions.models.registers import Version, VersionLine
from thongsuot.apps.decisions.models.sessions import ParameterValue, Session

__all__ = [
    "Consultation",
    "Docket",
    "DocketPaper",
    "DocketStep",
    "Opinion",
    "ParameterValue",
    "Session",
    "Task",
    "Version",
    "VersionLine",
    "Vote",
]
