"""Every test of the project, in order; ends with one line that says what ran and what did not."""

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

from postgres import server

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [
    str(ROOT / ".venv" / "bin" / "python"),
    "-m",
    "pytest",
    "-q",
    "-p",
    "no:cacheprovider",
    "--durations=8",
]
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile"]  # two cores; a file stays with one worker
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
results: list[tuple[str, int, float]] = []


def step(name: str, command: list[str], **extra: str) -> None:
    """Run one part and remember how it ended."""
    print(f"\n=== {name}", flush=True)
    begun = time.monotonic()
    environment = {**os.environ, "THONGSUOT_TESTING": "1", **extra}
    code = subprocess.call(command, cwd=ROOT, env=environment)
    results.append((name, code, time.monotonic() - begun))


BARE = ("pytest", "pluggy", "iniconfig", "packaging", "pygments", "hypothesis", "sortedcontainers")


def rules_alone(home: Path) -> None:
    """The rules, in an environment that has pytest and hypothesis and no Django."""
    bare = home / "bare"
    venv.create(bare, with_pip=False)
    site = next((ROOT / ".venv" / "lib").glob("python3*/site-packages"))
    target = next((bare / "lib").glob("python3*/site-packages"))
    for found in importlib.metadata.distributions(path=[str(site)]):
        if found.metadata["Name"].lower() in BARE:
            for top in {file.parts[0] for file in found.files or ()} - {"..", "__pycache__"}:
                if not (target / top).exists():
                    (target / top).symlink_to(site / top)
    step(
        "rules, without Django",
        [
            str(bare / "bin" / "python"),
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "tests/rules",
        ],
        PYTHONPATH="",
    )


def main() -> int:
    home = Path(tempfile.mkdtemp(prefix="thongsuot-tests-"))
    missing: list[str] = []
    browser = next((b for b in BROWSERS if Path(b).exists()), None) or shutil.which("chromium")
    extra = {"THONGSUOT_BROWSER": browser} if browser else {}
    try:
        step("style, imports, types", ["make", "check"])
        rules_alone(home)
        step(
            "SQLite: house, apps, pages",
            [
                *PYTEST,
                *SIDE_BY_SIDE,
                "tests/house",
                "tests/apps",
                "tests/national",
                "tests/faults",
                "tests/pages",
            ],
            THONGSUOT_VAR=str(home / "a"),
        )
        with server(durable=False) as url:
            if url is None:
                missing.append("PostgreSQL")
            else:
                step(
                    "PostgreSQL: apps, pages",
                    [*PYTEST, *SIDE_BY_SIDE, "tests/apps", "tests/faults", "tests/pages"],
                    THONGSUOT_VAR=str(home / "b"),
                    DATABASE_URL=url,
                )
        if browser:
            step(
                "journeys in a browser",
                [*PYTEST, "tests/journeys"],
                THONGSUOT_VAR=str(home / "c"),
                **extra,
            )
        else:
            missing.append("journeys (no browser found; install Debian's chromium)")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print()
    for name, code, seconds in results:
        print(f"{'ok    ' if code == 0 else 'FAILED'} {seconds:6.0f} s  {name}")
    for name in missing:
        print(f"NOT RUN            {name}")
    failed = sum(code != 0 for _, code, _ in results)
    if os.environ.get("CI") and missing:
        failed += 1
    print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
