"""The tables of settling: closing sheets, seals, bundles."""

from thongsuot.apps.settling.models.bundles import Bundle, BundleException, BundlePart
from thongsuot.apps.settling.models.finance import (
    ClosingSheet,
    Confirmation,
    ConfirmedAmount,
    SheetException,
    SheetLine,
)
from thongsuot.apps.settling.models.seals import Seal, SealStep

__all__ = [
    "Bundle",
    "BundleException",
    "BundlePart",
    "ClosingSheet",
    "Confirmation",
    "ConfirmedAmount",
    "Seal",
    "SealStep",
    "SheetException",
    "SheetLine",
]
