"""The ``thongsuot`` command: one door for every command of the product.

Commands that prove something about files (``handover check``, ``lineage``) load no Django and need
no database; the others load it when they start.
"""

import argparse
import sys
from collections.abc import Sequence

from thongsuot import __version__
from thongsuot.cli import (
    address,
    authority,
    backup,
    copy_proof,
    handover,
    lineage,
    national,
    office,
    receipt,
)

ROOMS = (office, backup, lineage, address, authority, handover, national, copy_proof, receipt)


def parser() -> argparse.ArgumentParser:
    """The whole command tree, with help in Vietnamese and English."""
    top = argparse.ArgumentParser(
        prog="thongsuot",
        description="Thông Suốt: bàn giao không bỏ sót, không ách tắc, không khoảng trống. / "
        "Hands over everything a dissolved body held, and proves it.",
    )
    top.add_argument("--version", action="version", version=f"thongsuot {__version__}")
    commands = top.add_subparsers(dest="command", metavar="LỆNH/COMMAND", required=True)
    for room in ROOMS:
        room.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0 done, 1 the answer is no, 2 wrong use or file."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chosen = parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen) or 0)
    except BrokenPipeError:  # the reader of a pipe went away: nothing to report
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        return 130
