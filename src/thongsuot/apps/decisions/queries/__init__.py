"""Looking at dockets, sessions and registers; rows turned into the values of the rules."""

from thongsuot.apps.decisions.queries.dockets import (
    docket_value,
    faults,
    newest_round,
    open_task_problems,
    papers_there,
    waiting_for,
)
from thongsuot.apps.decisions.queries.registers import (
    coverage_of,
    lines_of,
    parameters,
    version_value,
)

__all__ = [
    "coverage_of",
    "docket_value",
    "faults",
    "lines_of",
    "newest_round",
    "open_task_problems",
    "papers_there",
    "parameters",
    "version_value",
    "waiting_for",
]
