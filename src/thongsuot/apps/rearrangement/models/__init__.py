"""The tables of rearrangement."""

from thongsuot.apps.rearrangement.models.choices import (
    FateWord,
    Funding,
    SchemeKind,
    SchemeState,
    Stance,
    StepWord,
    UnitSort,
)
from thongsuot.apps.rearrangement.models.options import FateLine, FoundedUnit, Option, OptionVersion
from thongsuot.apps.rearrangement.models.schemes import (
    CarriedStep,
    Opinion,
    Owner,
    PresentUnit,
    Scheme,
)

__all__ = [
    "CarriedStep",
    "FateLine",
    "FateWord",
    "FoundedUnit",
    "Funding",
    "Opinion",
    "Option",
    "OptionVersion",
    "Owner",
    "PresentUnit",
    "Scheme",
    "SchemeKind",
    "SchemeState",
    "Stance",
    "StepWord",
    "UnitSort",
]
