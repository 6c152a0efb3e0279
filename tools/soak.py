"""The long runs: everything of tests/faults at length, with the figures of docs/reliability.md.

    python tools/soak.py [part …] [--engines sqlite,postgresql] [--kills 40] [--between 100]

Parts: order defects kill-web kill-db power full rot lost. Without a part all of them run. Each part
runs in a process of its own and prints one line of figures; the command ends with 1 when one failed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARTS = {  # which engines a part is about
    "order": ("sqlite", "postgresql"),
    "defects": ("sqlite", "postgresql"),
    "kill-web": ("sqlite", "postgresql"),
    "kill-db": ("postgresql",),
    "power": ("sqlite",),
    "full": ("sqlite",),
    "rot": ("sqlite",),
    "lost": ("postgresql",),
}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []])
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument(
        "--between", type=int, default=100, help="acknowledgements between two kills, at least"
    )
    parser.add_argument("--clients", type=int, default=12)
    parser.add_argument(
        "--cuts", type=int, default=170, help="moments of a power cut, each with three tails"
    )
    parser.add_argument(
        "--acts", type=int, default=400, help="acts under the trace; acts over the lossy line"
    )
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--examples", type=int, default=150, help="runs of the state machine")
    asked = parser.parse_args()
    chosen = asked.parts or list(PARTS)
    failed = []
    for part in chosen:
        for engine in PARTS[part]:
            if engine in asked.engines.split(","):
                begun = time.monotonic()
                code = one(part, engine, asked)
                print(
                    f"{'ok    ' if code == 0 else 'FAILED'} {part}, {engine}: {time.monotonic() - begun:.0f} s",
                    flush=True,
                )
                failed += [f"{part} {engine}"] if code else []
    return 1 if failed else 0


def one(part: str, engine: str, asked: argparse.Namespace) -> int:
    """One part on one engine, in a process of its own."""
    given = json.dumps({k: v for k, v in vars(asked).items() if k not in ("parts", "engines")})
    with tempfile.TemporaryDirectory(prefix="thongsuot-soak-") as home:
        environment = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"} | {
            "THONGSUOT_TESTING": "1",
            "THONGSUOT_VAR": home,
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        }
        command = [sys.executable, "-m", "tests.soak.long", part, engine, given]
        return subprocess.call(command, cwd=ROOT, env=environment)


if __name__ == "__main__":
    sys.exit(main())
