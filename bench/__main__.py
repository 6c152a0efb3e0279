"""Run every measurement, one after the other, each in a process of its own."""

import subprocess
import sys
from pathlib import Path

ORDER = (
    "import_rows",
    "check",
    "balance",
    "accept",
    "extract",
    "address",
    "where",
    "duties",
    "reports",
    "authority",
)


def main() -> int:
    root = Path(__file__).resolve().parent
    worst = 0
    for name in ORDER:
        if (root / f"{name}.py").exists() or (root / name / "__main__.py").exists():
            print(f"\n## {name}\n", flush=True)
            worst = max(
                worst, subprocess.call([sys.executable, "-m", f"bench.{name}"], cwd=root.parent)
            )
    return worst


sys.exit(main())
