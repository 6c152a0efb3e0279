"""Put the indexes and constraints of a new table into the operation that makes it.

``makemigrations`` writes them as operations of their own, and Django then builds its picture of all
related tables again for each of them: 609 times instead of 251 for a new database, 48 s of CPU
instead of 30. The tables that come out are the same. Run by ``make migrations``.
"""

import os
import re
import sys
from pathlib import Path

import django
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.writer import MigrationWriter

SOURCE = Path(__file__).resolve().parents[1] / "src"
DEPENDENCIES = re.compile(r"    dependencies = \[.*?\n    \]\n", re.DOTALL)


def fold(migration: Migration) -> int:
    """Move what can be moved; gives how many operations fewer there are."""
    made = {o.name_lower: o for o in migration.operations if isinstance(o, CreateModel)}
    added: dict[str, list[str]] = {}
    kept = []
    for operation in migration.operations:
        if isinstance(operation, AddField):
            added.setdefault(operation.model_name_lower, []).append(operation.name)
        if isinstance(operation, AddIndex | AddConstraint) and operation.model_name_lower in made:
            if isinstance(operation, AddIndex):
                key, what = "indexes", operation.index
            else:
                key, what = "constraints", operation.constraint
            names_later = added.get(operation.model_name_lower, ())
            if not any(f"'{name}" in repr(what.deconstruct()) for name in names_later):
                options = made[operation.model_name_lower].options
                options[key] = [*options.get(key, []), what]
                continue
        kept.append(operation)
    fewer = len(migration.operations) - len(kept)
    migration.operations = kept
    return fewer


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thongsuot.project.settings")
    django.setup()
    for migration in MigrationLoader(None).disk_migrations.values():
        path = Path(sys.modules[type(migration).__module__].__file__ or "")
        if not path.is_relative_to(SOURCE) or not (fewer := fold(migration)):
            continue
        old = path.read_text(encoding="utf-8")
        written = MigrationWriter(migration).as_string().split("\n", 1)[1]
        for kept in DEPENDENCIES.findall(old)[:1]:  # as makemigrations wrote them, users swappable
            written = written.replace(DEPENDENCIES.findall(written)[0], kept)
        path.write_text(old.split("\n", 1)[0] + "\n" + written, encoding="utf-8")
        print(f"{path.name}: {fewer} operations folded")
    return 0


if __name__ == "__main__":
    sys.exit(main())
