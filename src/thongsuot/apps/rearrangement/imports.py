"""Units of a department out of a spreadsheet; the list as exported is a valid file to import."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from django.urls import reverse

from thongsuot.apps.rearrangement import permit
from thongsuot.apps.rearrangement.actions.units import read_unit
from thongsuot.apps.rearrangement.models import Funding, PresentUnit, Scheme, UnitSort
from thongsuot.apps.rearrangement.steps import chain_of
from thongsuot.apps.registry.intake import Choice, Column
from thongsuot.apps.registry.naming import body_names
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
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.rearrangement.lifecycle import check_step

CODE = "rearrangement.units"
SORTS = tuple(Choice(str(v), str(label)) for v, label in UnitSort.choices)
FUNDINGS = tuple(Choice(str(v), str(label)) for v, label in Funding.choices)
COLUMNS = (
    Column("code", "Mã", "code", required=True, most=30, aliases=("mã đơn vị", "stt"), examples=("P-01", "TT-01")),
    Column("name", "Tên đơn vị", required=True, most=300, aliases=("tên", "đơn vị"),
           examples=("Phòng Kế hoạch", "Trung tâm Tin học")),
    Column("sort", "Loại", "choice", choices=SORTS, examples=("phòng", "đơn vị sự nghiệp")),
    Column("people", "Số người", "int", required=True, aliases=("biên chế", "số biên chế"), examples=("12", "30")),
    Column("leaders", "Số lãnh đạo", "int", required=True, aliases=("lãnh đạo",), examples=("3", "3")),
    Column("funding", "Tự chủ", "choice", choices=FUNDINGS, aliases=("mức tự chủ",),
           examples=("ngân sách bảo đảm", "tự bảo đảm một phần chi thường xuyên")),
    Column("basis", "Căn cứ thành lập", most=300, examples=("Quyết định số … (minh họa)", "")),
    Column("note", "Ghi chú", most=500, examples=("", "")),
)  # fmt: skip
KEYS = tuple(column.key for column in COLUMNS if column.key != "code")


def scope_of(scheme: int, body: int) -> dict[str, int]:
    """Where the rows of one department in one scheme go."""
    return {"scheme": scheme, "body": body}


class Rules:
    """What a row means for one department in one scheme."""

    def __init__(self, scope: Scope) -> None:
        self.scheme, self.owner = int(scope["scheme"]), int(scope["body"])

    def fill(self, values: Values) -> None:
        """No sort named is a room, no funding named is the budget."""
        values["sort"] = values["sort"] or UnitSort.OFFICE.value
        values["funding"] = values["funding"] or Funding.STATE.value

    def judge(self, values: Values) -> Iterable[Problem]:
        """There are no more leaders than people."""
        people, leaders = int(values["people"] or 0), int(values["leaders"] or 0)
        if people < 0 or leaders < 0:
            return [Problem("rearrangement.number-unfit", "people", {})]
        if leaders > people:
            return [Problem("rearrangement.leaders-too-many", "leaders", {})]
        return []

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """The units with these codes; those of another department a file does not touch."""
        rows = PresentUnit.objects.filter(scheme=self.scheme, code__in=list(keys))
        return {u.code: Known(as_row(u), self._foreign(u)) for u in rows}

    def _foreign(self, unit: PresentUnit) -> Problem | None:
        if unit.owner_id == self.owner:
            return None
        return Problem("rearrangement.code-taken", unit.code)


def as_row(unit: PresentUnit) -> dict[str, Value]:
    """A unit as the columns of a file hold it."""
    row: dict[str, Value] = {name: getattr(unit, name) or None for name in KEYS}
    return row | {"people": unit.people, "leaders": unit.leaders}


def write(act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> Mapping[str, object]:
    """Write new units and correct those whose rows differ, all or nothing."""
    del act
    scheme, owner = int(batch.scope["scheme"]), int(batch.scope["body"])
    made = changed = 0
    for page in pages:
        fresh = []
        for row in page:
            columns = read_unit(row.values)
            if row.changes:
                PresentUnit.objects.filter(scheme=scheme, owner=owner, code=row.key).update(
                    **columns
                )
                changed += 1
            else:
                fresh.append(
                    PresentUnit(scheme_id=scheme, owner_id=owner, batch=batch.id, **columns)
                )
        PresentUnit.objects.bulk_create(fresh)
        made += len(fresh)
    return {"made": made, "changed": changed}


def take_back(act: Act, batch: BatchView) -> Mapping[str, object]:
    """Take the new units of a file out again, while nothing was said of any of them."""
    del act
    rows = PresentUnit.objects.filter(scheme=batch.scope["scheme"], batch=batch.id)
    if rows.filter(fates__isnull=False).exists() or rows.exclude(scheme__state="draft").exists():
        raise Refused.because("rearrangement.batch-used")
    count = rows.count()
    rows.delete()
    return {"undone": count}


def may_import(actor: Actor, scope: Scope) -> None:
    """Refuse whoever may not write the units of that department, and a scheme that is submitted."""
    scheme = permit.in_sight(actor, int(scope["scheme"]))
    body = int(scope["body"])
    if not scheme.owners.filter(body=body).exists():
        raise Refused.missing(Problem("rearrangement.owner-missing"))
    permit.allow(actor, "units.write", permit.owned(scheme, body))
    problem = check_step(scheme.state, "units", scheme.title[:80])
    if problem is not None:
        raise Refused([problem])


def _place(scope: Scope) -> str:
    title = Scheme.objects.get(pk=scope["scheme"]).title
    body = int(scope["body"])
    return f"{body_names([body])[body]} · {title}"


def declare() -> None:
    """Make the kind known to the importer."""
    register(
        ImportKind(
            code=CODE,
            title="Hiện trạng đơn vị",
            columns=COLUMNS,
            key="code",
            open=Rules,
            write=write,
            take_back=take_back,
            chain=lambda scope: chain_of(int(scope["scheme"])),
            subject=lambda scope: Ref("scheme", int(scope["scheme"])),
            may=may_import,
            place=_place,
            back=lambda scope: reverse(
                "rearrangement:owner", args=[scope["scheme"], scope["body"]]
            ),
            body=lambda scope: int(scope["body"]),
            summed=("people", "leaders"),
        )
    )
