"""How much one file may bring: numbers that an operator may read, each with its reason."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest file, in every direction, that is taken. Beyond any of them: refused, not cut.

    ``ratio`` counts only for parts above ``ratio_from`` bytes: a small part cannot fill a machine
    however well it was packed. ``cells`` bounds what is held in memory at once.
    """

    size: int = 64 * MEGABYTE
    entries: int = 2_000
    unpacked: int = 200 * MEGABYTE
    ratio: int = 150
    ratio_from: int = MEGABYTE
    rows: int = 200_000
    columns: int = 256
    cells: int = 12_000_000
    empty_run: int = 1_000
    cell_text: int = 32_767  # what a cell of a workbook can hold


USUAL = Limits()
# For the check of two piles of files against each other, which keeps no row.
LARGEST = Limits(
    size=512 * MEGABYTE,
    unpacked=2_048 * MEGABYTE,
    rows=1_048_576,
    cells=32_000_000,
)
