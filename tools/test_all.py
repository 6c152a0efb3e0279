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

import psycopg
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
# Two cores; a file stays with one worker, and the long files are begun first (tests/conftest.py).
SIDE_BY_SIDE = ["-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
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


class Blank:
    """A database with all its tables and nothing in them, made while other parts run."""

    def __init__(self, home: Path, url: str = "") -> None:
        home.mkdir(exist_ok=True)
        self.begun, self.said = time.monotonic(), home / "blank.log"
        environment = {**os.environ, "THONGSUOT_TESTING": "1", "THONGSUOT_VAR": str(home)}
        self.given = {"THONGSUOT_BLANK_FILE": str(home / "thongsuot.sqlite3")}
        if url:
            server_url, name = url.rsplit("/", 1)[0], "thongsuot_blank"
            with psycopg.connect(url, autocommit=True) as asked:
                asked.execute(f"CREATE DATABASE {name}")
            environment["DATABASE_URL"] = f"{server_url}/{name}"
            self.given = {"THONGSUOT_BLANK_NAME": name}
        with self.said.open("w") as out:
            python = str(ROOT / ".venv" / "bin" / "python")
            self.process = subprocess.Popen(
                [python, "manage.py", "migrate", "--verbosity", "0"],
                cwd=ROOT, env=environment, stdout=out, stderr=out,
            )  # fmt: skip

    def ready(self) -> dict[str, str]:
        """What tells the tests where it is; empty where it could not be made, and that is said."""
        code = self.process.wait()
        results.append(
            (
                f"all tables from nothing, {next(iter(self.given))}",
                code,
                time.monotonic() - self.begun,
            )
        )
        if code:
            print(self.said.read_text(), flush=True)
            return {}
        return self.given


def with_databases(home: Path, url: str | None) -> dict[str, str]:
    """Everything but the browser; gives what tells later tests where the blank database is."""
    blanks = [Blank(home / "blank"), *([Blank(home / "blank-pg", url)] if url else [])]
    step("style, imports, types", ["make", "check"])
    rules_alone(home)
    given = {key: value for blank in blanks for key, value in blank.ready().items()}
    both = ["tests/apps", "tests/faults", "tests/pages"]
    step(
        "SQLite: house, apps, pages",
        [*PYTEST, *SIDE_BY_SIDE, "tests/house", "tests/national", *both],
        THONGSUOT_VAR=str(home / "a"),
        **given,
    )
    if url:
        step(
            "PostgreSQL: apps, pages",
            [*PYTEST, *SIDE_BY_SIDE, *both],
            THONGSUOT_VAR=str(home / "b"),
            DATABASE_URL=url,
            **given,
        )
    return given


def in_a_browser(home: Path, given: dict[str, str]) -> bool:
    """The journeys; False where no browser is on the machine."""
    browser = next((b for b in BROWSERS if Path(b).exists()), None) or shutil.which("chromium")
    if browser:
        step(
            "journeys in a browser",
            [*PYTEST, "tests/journeys"],
            THONGSUOT_VAR=str(home / "c"),
            THONGSUOT_BROWSER=browser,
            **given,
        )
    return bool(browser)


def main() -> int:
    home = Path(tempfile.mkdtemp(prefix="thongsuot-tests-"))
    missing: list[str] = []
    try:
        with server(durable=False) as url:
            if url is None:
                missing.append("PostgreSQL")
            given = with_databases(home, url)
        if not in_a_browser(home, given):
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
