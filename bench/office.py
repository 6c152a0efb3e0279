"""A throw-away office on either engine, for measurements: migrated, empty, thrown away afterwards."""

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]


@contextlib.contextmanager
def office(engine: str) -> Iterator[Path]:
    """Set Django up on a new database of that engine ("sqlite" or "postgresql"). Once a process."""
    from postgres import server

    home = Path(tempfile.mkdtemp(prefix="thongsuot-bench-"))
    os.environ["THONGSUOT_VAR"] = str(home)
    os.environ["THONGSUOT_TESTING"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "thongsuot.project.settings"
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, home, ignore_errors=True)
        if engine == "postgresql":
            url = stack.enter_context(server())
            if url is None:
                raise SystemExit("no PostgreSQL on this machine")
            os.environ["DATABASE_URL"] = url
        else:
            os.environ.pop("DATABASE_URL", None)
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield home


def table(head: list[str], rows: list[list[object]]) -> None:
    """Print a table as Markdown, numbers to the right."""
    print("| " + " | ".join(head) + " |")
    print("|" + "|".join("---" if n == 0 else "---:" for n in range(len(head))) + "|")
    for row in rows:
        print(
            "| " + " | ".join(f"{c:.2f}" if isinstance(c, float) else str(c) for c in row) + " |",
            flush=True,
        )


def p95(seconds: list[float]) -> float:
    """The time under which 95 of 100 lie."""
    return sorted(seconds)[max(0, round(0.95 * len(seconds)) - 1)]
