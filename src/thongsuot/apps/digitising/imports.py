"""The list of the files of a fonds comes in from Excel; what is exported is a valid file to import."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.digitising import permit
from thongsuot.apps.digitising.actions.steps import BATCH, chain_of, write_lines
from thongsuot.apps.digitising.models import Fonds, Record, Stage
from thongsuot.foundation import clock
from thongsuot.foundation.imports.engine import (
    BatchView,
    ImportKind,
    Known,
    Ready,
    Scope,
    Value,
    Values,
    register,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.handover.kinds_columns import Column, ColumnType
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

COLUMNS = (
    Column("code", "Mã hồ sơ", ColumnType.CODE, required=True, most=120, annex=False,
           examples=("HS-2008-001", "HS-2008-002"), aliases=("Số hồ sơ", "Ký hiệu hồ sơ")),
    Column("title", "Tiêu đề hồ sơ", required=True, most=500, annex=False,
           examples=("Tập lưu quyết định năm 2008", ""), aliases=("Tên hồ sơ", "Trích yếu")),
    Column("box", "Hộp số", ColumnType.CODE, most=60, annex=False, examples=("H-001", ""),
           aliases=("Hộp", "Số hộp"), help="Có số hộp nghĩa là hồ sơ đã đóng hộp."),
    Column("pages", "Số tờ", ColumnType.INT, annex=False, examples=(120, ""),
           aliases=("Số trang", "Số lượng tờ")),
    Column("year_from", "Năm đầu", ColumnType.INT, annex=False, examples=(2008, "")),
    Column("year_to", "Năm cuối", ColumnType.INT, annex=False, examples=(2008, "")),
)  # fmt: skip
FIELDS = ("title", "box", "pages", "year_from", "year_to")


class Listing:
    """The rows for one fonds, with what is there already looked up once."""

    def __init__(self, scope: Scope) -> None:
        self.fonds = Fonds.objects.get(pk=scope["fonds"])

    def fill(self, values: Values) -> None:
        """Nothing follows from a row but what stands in it."""

    def judge(self, values: Values) -> list[Problem]:
        """Say what is wrong in a row."""
        first, last, pages = values["year_from"], values["year_to"], values["pages"]
        found = []
        if isinstance(first, int) and isinstance(last, int) and last < first:
            found.append(Problem("digitising.years-out-of-order", "year_to"))
        found += [
            Problem("digitising.setting-out-of-range", key, {"least": least, "most": most})
            for key, number, least, most in (
                ("year_from", first, 1, 9_999),
                ("year_to", last, 1, 9_999),
                ("pages", pages, 1, 100_000),
            )
            if isinstance(number, int) and not least <= number <= most
        ]
        return found

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """The files under these codes; a box that is written down is not changed by a list."""
        rows = Record.objects.filter(
            fonds=self.fonds, withdrawn_at__isnull=True, code__in=list(keys)
        )
        return {r.code: Known({name: getattr(r, name) or None for name in FIELDS}) for r in rows}


def _number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def write(act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> dict[str, object]:
    """Put the new files on the list and fill in what a list adds; all or nothing."""
    fonds = Fonds.objects.get(pk=batch.scope["fonds"])
    made, changed = 0, 0
    for page in pages:
        new = [_record(act, fonds, batch, ready) for ready in page if not ready.changes]
        Record.objects.bulk_create(new, batch_size=BATCH)
        write_lines(act, fonds, ((r.pk, 0, Stage.COUNTED) for r in new))
        boxed = [r for r in new if r.stage == Stage.BOXED]
        write_lines(act, fonds, ((r.pk, Stage.COUNTED, Stage.BOXED) for r in boxed))
        made += len(new)
        changed += _change(act, fonds, [ready for ready in page if ready.changes])
    return {"opened": made, "corrected": changed}


def _record(act: Act, fonds: Fonds, batch: BatchView, ready: Ready) -> Record:
    values = ready.values
    code, title, box = str(values["code"]), str(values["title"]), str(values["box"] or "")
    return Record(
        fonds=fonds,
        code=code,
        title=title,
        folded=fold(f"{code} {title}")[:700],
        box=box,
        pages=_number(values["pages"]),
        year_from=_number(values["year_from"]),
        year_to=_number(values["year_to"]),
        stage=Stage.BOXED if box else Stage.COUNTED,
        batch=batch.id,
        changed_at=act.at,
    )


def _change(act: Act, fonds: Fonds, rows: Sequence[Ready]) -> int:
    by_code = {ready.key: ready for ready in rows}
    records = list(
        Record.objects.filter(fonds=fonds, withdrawn_at__isnull=True, code__in=list(by_code))
    )
    boxed = []
    for record in records:
        ready = by_code[record.code]
        if "box" in ready.changes and record.box:
            raise Refused.because("digitising.box-stays", record.code, box=record.box)
        for name in ready.changes:
            setattr(record, name, ready.values[name])
        record.folded = fold(f"{record.code} {record.title}")[:700]
        record.changed_at = act.at
        if record.stage == Stage.COUNTED and record.box:
            record.stage = Stage.BOXED
            boxed.append(record.pk)
    Record.objects.bulk_update(records, [*FIELDS, "folded", "stage", "changed_at"], batch_size=200)
    write_lines(act, fonds, ((pk, Stage.COUNTED, Stage.BOXED) for pk in boxed))
    return len(records)


def undo(act: Act, batch: BatchView) -> dict[str, object]:
    """Take a whole list back, while none of its files has been scanned."""
    rows = Record.objects.filter(
        fonds=batch.scope["fonds"], batch=batch.id, withdrawn_at__isnull=True
    )
    gone = rows.filter(stage__gt=Stage.BOXED).order_by("code").first() or (
        rows.filter(turn__gt=1).order_by("code").first()
    )
    if gone is not None:
        raise Refused.because("digitising.taken-already", gone.code)
    return {"undone": rows.update(withdrawn_at=act.at)}


def may_import(actor: Actor, scope: Scope) -> None:
    """Refuse whoever may not put files on the list of the fonds, and everybody when it is closed."""
    fonds = permit.fonds_in_sight(actor, int(scope["fonds"]))
    permit.allow(actor, "records.take", fonds.body_id)
    if fonds.closed_at is not None:
        raise Refused.because("digitising.closed", fonds.name, at=fonds.closed_at or clock.now())


def declare() -> None:
    """Make the kind known to the importer."""
    register(
        ImportKind(
            code="digitising.records",
            title=str(_("Danh sách hồ sơ của phông")),
            columns=COLUMNS,
            key="code",
            open=Listing,
            write=write,
            take_back=undo,
            chain=lambda scope: chain_of(int(scope["fonds"])),
            subject=lambda scope: Ref("fonds", int(scope["fonds"])),
            may=may_import,
            place=lambda scope: Fonds.objects.get(pk=scope["fonds"]).name,
            back=lambda scope: reverse("digitising:records", args=[scope["fonds"]]),
            body=lambda scope: Fonds.objects.get(pk=scope["fonds"]).body_id,
            summed=("pages",),
        )
    )
