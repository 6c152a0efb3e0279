"""Import of 100,000 rows × 15 columns: preview and apply, beside only reading the file, and beside
django-import-export doing the same import with the same checks.

    python -m bench.import_rows [--rows 100000] [--default-rows 3000] [--repeat 1]

Every line is a process of its own; CPU and peak memory are those of that process (the server of
PostgreSQL works in others), wall time is what a person waits. Preview is everything before
"apply" can be pressed: gate, reading, every cell and row judged, duplicates, what exists already,
staged rows written to the database. Apply writes all rows in one transaction, with the trail: once into a plain
table of fifteen columns, as the library does, and once into the ledger, where each row is an item with
its opening movement, its share of the balance and the proof of both.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bench.office import ROOT, office, table

TITLES = (
    "Mã hồ sơ", "Tên hồ sơ", "Lĩnh vực", "Nơi để", "Hộp, cặp", "Số lượng", "Đơn vị tính",
    "Giá trị (đồng)", "Ngày kiểm kê", "Năm", "Độ mật", "Người giữ", "Căn cứ", "Mốc tới hạn", "Ghi chú",
)  # fmt: skip
KEYS = (
    "code", "title", "field", "place", "container", "quantity", "measure", "value", "counted_on",
    "year", "secrecy", "keeper", "basis", "next_due", "note",
)  # fmt: skip
NAMES = ("Sổ đăng ký khai sinh", "Hồ sơ chứng thực hợp đồng", "Hồ sơ hòa giải ở cơ sở",
         "Sổ đăng ký kết hôn", "Hồ sơ con nuôi có yếu tố nước ngoài")  # fmt: skip
FIELDS = ("Tư pháp", "Nội vụ", "Tài chính", "Giáo dục và Đào tạo")


# The same rows as a list of archives of the ledger: headings of that kind, and whose they are.
AS_ARCHIVES = {"Tên hồ sơ": "Tên", "Số lượng": "Số hồ sơ", "Năm": "Từ năm",
               "Độ mật": "Cơ quan đang giữ", "Người giữ": "Công cụ tra cứu",
               "Căn cứ": "Phông lưu trữ"}  # fmt: skip


def write_file(
    path: Path, rows: int, titles: Sequence[str] = TITLES, eleventh: str = "Thường"
) -> None:
    """An inventory as an office keeps it; people and things are invented."""
    import xlsxwriter

    chance = random.Random(1)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("Phụ lục 3")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, titles)
    for i in range(rows):
        at = i + 1
        sheet.write_string(at, 0, f"TP-{2005 + i % 15}-{i:06d}")
        sheet.write_string(at, 1, f"{chance.choice(NAMES)} {2005 + i % 15}, quyển {i % 97}")
        sheet.write_string(at, 2, chance.choice(FIELDS))
        sheet.write_string(at, 3, f"Kho {i % 7}, kệ {i % 31}")
        sheet.write_string(at, 4, f"H-{i % 4000:04d}")
        sheet.write_number(at, 5, i % 9 + 1)
        sheet.write_string(at, 6, "hồ sơ")
        sheet.write_number(at, 7, (i * 37) % 900_000 * 1000)
        sheet.write_datetime(at, 8, datetime(2020, 1, 1) + timedelta(days=i % 2000), day)  # noqa: DTZ001
        sheet.write_number(at, 9, 2005 + i % 15)
        sheet.write_string(at, 10, eleventh)
        sheet.write_string(at, 11, f"Nguyễn Văn {i % 500}")
        sheet.write_string(at, 12, f"Quyết định số {i % 999}/QĐ-UBND")
        sheet.write_datetime(at, 13, datetime(2025, 7, 1) + timedelta(days=i % 300), day)  # noqa: DTZ001
        sheet.write_string(at, 14, f"minh họa {i}")
    book.close()


# --- what is measured, each in a process of its own ------------------------------------------


def reading(path: Path, engine: str) -> dict[str, float]:
    """Only reading the file with calamine."""
    from python_calamine import CalamineWorkbook

    count = sum(1 for _row in CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows())
    return {"rows": count - 1}


def _columns() -> tuple:
    from thongsuot.rules.handover.kinds_columns import SECRECY, Column
    from thongsuot.rules.handover.kinds_columns import ColumnType as T

    types = (T.CODE, T.TEXT, T.TEXT, T.TEXT, T.CODE, T.INT, T.UNIT, T.MONEY, T.DATE, T.YEAR,
             T.CHOICE, T.TEXT, T.TEXT, T.DATE, T.TEXT)  # fmt: skip
    return tuple(
        Column(key, title, of, required=key in ("code", "title", "quantity"),
               choices=SECRECY if of == T.CHOICE else ())
        for key, title, of in zip(KEYS, TITLES, types, strict=True)
    )  # fmt: skip


def _model():
    """A table of its own with the fifteen columns, made for the measurement."""
    from django.db import connection, models

    class BenchRow(models.Model):  # noqa: DJ008  # lives for one measurement
        code = models.CharField(max_length=60, unique=True)
        title = models.CharField(max_length=500)
        field = models.CharField(max_length=120)
        place = models.CharField(max_length=200)
        container = models.CharField(max_length=60)
        quantity = models.BigIntegerField()
        measure = models.CharField(max_length=40)
        value = models.BigIntegerField(null=True)
        counted_on = models.DateField(null=True)
        year = models.IntegerField(null=True)
        secrecy = models.CharField(max_length=20)
        keeper = models.CharField(max_length=200)
        basis = models.CharField(max_length=500)
        next_due = models.DateField(null=True)
        note = models.TextField()

        class Meta:
            app_label = "imports"

    with connection.schema_editor() as editor:
        editor.create_model(BenchRow)
    return BenchRow


class Rules:
    """The same checks for everybody: a due day not before the count, a secret thing named so."""

    model = None

    def __init__(self, scope) -> None:
        pass

    def fill(self, values):
        pass

    def judge(self, values):
        from thongsuot.rules.kernel.problem import Problem

        due, counted = values["next_due"], values["counted_on"]
        if due is not None and counted is not None and due < counted:
            return (Problem("imports.blank", "next_due", blocks=False),)
        return ()

    def known(self, keys):
        from thongsuot.foundation.imports.engine import Known

        wanted = set(keys)
        there = Rules.model.objects.values_list("code", *KEYS[1:])
        return {
            row[0]: Known(dict(zip(KEYS, row, strict=True)))
            for row in there.iterator()
            if row[0] in wanted
        }


def ours(path: Path, engine: str) -> dict[str, float]:
    """Our import: preview, then apply."""
    from django.utils import timezone

    from thongsuot.foundation.bulk import bulk_insert
    from thongsuot.foundation.files.store import keep
    from thongsuot.foundation.imports import actions
    from thongsuot.foundation.imports.engine import ImportKind, register
    from thongsuot.foundation.imports.models import ImportBatch
    from thongsuot.foundation.trail.acts import Act
    from thongsuot.rules.kernel.actor import Actor
    from thongsuot.rules.kernel.ref import Ref

    Rules.model = _model()

    def write(act, batch, pages):
        rows = (tuple(row.values[key] for key in KEYS) for page in pages for row in page)
        return {"written": bulk_insert(Rules.model, KEYS, rows)}

    register(
        ImportKind(
            "bench.rows", "Đo", _columns(), "code", open=Rules, write=write,
            chain=lambda _s: "bench", subject=lambda _s: Ref("bench", 1), may=lambda _a, _s: None,
            summed=("quantity", "value"),
        )
    )  # fmt: skip
    by = Actor(1, "Trần Thị Lan")
    began, cpu = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        kept = keep(file, "bang-ke.xlsx", by=by)
    made = actions.bring(
        Act(by=by, key="bench-bring", at=timezone.now()),
        kind="bench.rows", scope={"bench": 1}, file=kept.pk, name="bang-ke.xlsx", options={},
    )  # fmt: skip
    actions.stage(int(made["batch"]))
    batch = ImportBatch.objects.get(pk=made["batch"])
    preview = time.process_time() - cpu, time.perf_counter() - began
    result = actions.apply(
        Act(by=by, key="bench-apply", at=timezone.now()), batch_id=batch.pk, digest=batch.digest
    )
    return {
        "rows": Rules.model.objects.count(),
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - began,
        "preview_cpu": preview[0],
        "preview_wall": preview[1],
        "written": result["written"],
    }


def ledger(path: Path, engine: str) -> dict[str, float]:
    """Our import into the ledger itself: items, their opening movements, the balance, the proof."""
    from django.utils import timezone

    from bench import story
    from thongsuot.apps.handover.models import Item, Movement
    from thongsuot.foundation.files.store import keep
    from thongsuot.foundation.imports import actions
    from thongsuot.foundation.imports.models import ImportBatch, State
    from thongsuot.foundation.trail.acts import Act

    where = story.place()
    by = story.actors(where)["office"]
    scope = {"transition": where.transition, "givers": [where.givers[0]]}
    began, cpu = time.perf_counter(), time.process_time()
    with path.open("rb") as file:
        kept = keep(file, "bang-ke.xlsx", by=by)
    made = actions.bring(
        Act(by=by, key="bench-bring", at=timezone.now()),
        kind="handover.archive", scope=scope, file=kept.pk, name="bang-ke.xlsx", options={},
    )  # fmt: skip
    actions.stage(int(made["batch"]))
    batch = ImportBatch.objects.get(pk=made["batch"])
    preview = time.process_time() - cpu, time.perf_counter() - began
    if batch.state != State.STAGED or batch.problems:
        raise SystemExit(f"not as meant: {batch.state} {batch.problems}")
    actions.apply(
        Act(by=by, key="bench-apply", at=timezone.now()), batch_id=batch.pk, digest=batch.digest
    )
    return {
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - began,
        "preview_cpu": preview[0],
        "preview_wall": preview[1],
        "rows": Item.objects.count(),
        "movements": Movement.objects.count(),
    }


def _resource(bulk: bool):
    """django-import-export with the same readers of cells, told to do what ours does."""
    from import_export import fields, instance_loaders, resources, widgets

    from thongsuot.foundation.imports.columns import Reading, reader_of

    class Checked(widgets.Widget):
        def __init__(self, column) -> None:
            super().__init__()
            self.read = reader_of(column, Reading())
            self.needed = column.required

        def clean(self, value, row=None, **kwargs):
            cell = self.read(value)
            if cell.problems and any(p.blocks for p in cell.problems):
                raise ValueError(cell.problems[0].code)
            if cell.value is None and self.needed:
                raise ValueError("blank")
            return "" if cell.value is None else cell.value

        def render(self, value, obj=None, **kwargs):
            return str(value)

    declared = {
        column.key: fields.Field(
            attribute=column.key, column_name=column.title, widget=Checked(column)
        )
        for column in _columns()
    }
    options: dict[str, object] = {
        "model": Rules.model,
        "import_id_fields": ("code",),
        "fields": KEYS,
    }
    if bulk:
        options |= {
            "use_bulk": True, "batch_size": 1000, "skip_diff": True, "skip_html_diff": True,
            "instance_loader_class": instance_loaders.CachedInstanceLoader,
        }  # fmt: skip
    meta = type("Meta", (), options)
    return type("Rows", (resources.ModelResource,), {**declared, "Meta": meta})()


def theirs(path: Path, engine: str, bulk: bool, most: int) -> dict[str, float]:
    """django-import-export: a dry run for the preview, then the import, as its pages do."""
    from import_export.formats.base_formats import XLSX

    Rules.model = _model()
    resource_ = _resource(bulk)
    began, cpu = time.perf_counter(), time.process_time()
    dataset = XLSX().create_dataset(path.read_bytes())
    read = time.process_time() - cpu, time.perf_counter() - began
    if most and most < len(dataset):
        dataset = dataset.subset(rows=range(most), cols=dataset.headers)
    began, cpu = time.perf_counter(), time.process_time()
    looked = resource_.import_data(dataset, dry_run=True, raise_errors=False)
    assert not looked.has_errors(), looked.row_errors()[:1]
    done = resource_.import_data(dataset, dry_run=False, raise_errors=True, use_transactions=True)
    assert not done.has_errors()
    return {
        "rows": Rules.model.objects.count(),
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - began,
        "read_cpu": read[0],
        "read_wall": read[1],
    }


def one(what: str, engine: str, path: Path, most: int) -> dict[str, float]:
    """Measure one thing in this process."""
    if what == "reading":
        began, cpu = time.perf_counter(), time.process_time()
        found = reading(path, engine)
        found |= {"cpu": time.process_time() - cpu, "wall": time.perf_counter() - began}
    else:
        with office(engine):
            if what in ("ours", "ledger"):
                found = {"ours": ours, "ledger": ledger}[what](path, engine)
            else:
                found = theirs(path, engine, what == "bulk", most)
    found["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return found


def apart(what: str, engine: str, path: Path, most: int = 0) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "bench.import_rows", "--one", what, "--engine", engine,
               "--file", str(path), "--default-rows", str(most)]  # fmt: skip
    out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return json.loads(out.splitlines()[-1])


def _line(name: str, found: dict[str, float], rows: int, base: dict[str, float]) -> list[object]:
    """One line of the table, brought to ``rows`` rows when fewer were measured."""
    times = rows / found["rows"]
    cpu = found["cpu"] * times + found.get("read_cpu", 0.0)
    wall = found["wall"] * times + found.get("read_wall", 0.0)
    shown = name if times < 1.01 else f"{name} ({found['rows']:.0f} dòng × {times:.0f})"
    return [shown, cpu, wall, f"{found['peak']:.0f}", cpu / base["cpu"]]


def main() -> None:
    """Measure everything and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--default-rows", type=int, default=3_000)
    parser.add_argument("--one")
    parser.add_argument("--engine", default="sqlite")
    parser.add_argument("--file", type=Path)
    parser.add_argument("--only", default="", help="ours: leave the other library out")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(options.one, options.engine, options.file, options.default_rows)))
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bang-ke.xlsx"
        write_file(path, options.rows)
        inventory = Path(folder) / "phu-luc.xlsx"
        write_file(inventory, options.rows, [AS_ARCHIVES.get(t, t) for t in TITLES], "phong 0")
        base = apart("reading", "", path)
        lines = [_line("calamine, only reading", base, options.rows, base)]
        for engine, name in (("sqlite", "SQLite"), ("postgresql", "PostgreSQL")):
            found = apart("ours", engine, path)
            lines.append(_line(f"Thông Suốt, {name}", found, options.rows, base))
            preview = [
                f"  of it preview, {name}",
                found["preview_cpu"],
                found["preview_wall"],
                "",
                "",
            ]
            lines.append(preview)
            found = apart("ledger", engine, inventory)
            lines.append(_line(f"the same, into the ledger, {name}", found, options.rows, base))
            if options.only == "ours":
                continue
            for what, mode, most in (
                ("bulk", "bulk mode", 0),
                ("default", "default mode", options.default_rows),
            ):
                found = apart(what, engine, path, most)
                lines.append(
                    _line(f"django-import-export, {mode}, {name}", found, options.rows, base)
                )
        print(f"{options.rows} rows × {len(KEYS)} columns, {path.stat().st_size / 1e6:.1f} MB\n")
        table(["", "CPU s", "wall s", "peak MB", "× reading (CPU)"], lines)


if __name__ == "__main__":
    main()
