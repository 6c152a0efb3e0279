"""Returns come in from Excel: one row a unit, one column a field, whatever the form asks."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import F, Max
from django.urls import reverse

from thongsuot.apps.reporting import permit
from thongsuot.apps.reporting.actions.steps import round_chain
from thongsuot.apps.reporting.models import Filing, FilingKind, FormVersion, Return, Round, State
from thongsuot.apps.reporting.names import body_names
from thongsuot.apps.reporting.queries.returns import COUNTS
from thongsuot.apps.reporting.values import form_of, from_kept, kept, read_one
from thongsuot.foundation.imports.engine import (
    BatchView,
    ImportKind,
    Known,
    Ready,
    Scope,
    Value,
    Values,
    register_family,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.wording import number
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.cells import Words
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.reporting.forms import Field, FieldType, Form, check_values
from thongsuot.rules.reporting.forms import Value as Reported

FAMILY = "reporting.returns"
KEY, NAME = "ma_don_vi", "don_vi"
WHOLE = "_n"  # the column of the N of a share
TYPES = {
    FieldType.INTEGER: "int",
    FieldType.MONEY: "money",
    FieldType.NUMBER: "quantity",
    FieldType.SHARE: "int",
    FieldType.YES_NO: "bool",
    FieldType.DAY: "date",
    FieldType.TEXT: "text",
}
LATE_CODES = frozenset({State.SUBMITTED, State.NOTHING})


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet of a form."""

    key: str
    title: str
    type: str = "text"
    required: bool = False
    most: int = 4_000
    help: str = ""
    examples: tuple[object, object] = ("", "")
    unit: str = ""
    partial: bool = False
    choices: tuple[Any, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """The printed title and the key."""
        return (self.title, self.key)

    @property
    def words(self) -> Words:
        """No column of a form has a list of words."""
        return Words({})

    def label(self, value: str) -> str:
        """A value is its own label."""
        return value


def columns_of(form: Form) -> tuple[Column, ...]:
    """The columns of the sheet: whose report it is, then what the form asks."""
    columns = [
        Column(KEY, "Mã đơn vị", "code", required=True, most=80,
               help="Mã của cơ quan trong danh bạ. Tải mẫu của kỳ về là có sẵn."),
        Column(NAME, "Đơn vị", most=300, help="Tên đơn vị, để người đọc nhận ra."),
    ]  # fmt: skip
    for one in form.fields:
        title = f"{one.title} ({one.unit})" if one.unit else one.title
        if one.type is FieldType.SHARE:
            columns.append(Column(one.key, f"{title}: số đạt", "int", help=one.help))
            columns.append(Column(one.key + WHOLE, f"{title}: tổng số", "int", help=one.help))
        else:
            columns.append(Column(one.key, title, TYPES[one.type], help=one.help))
    return tuple(columns)


class ReturnSession:
    """The rules of one period: which units it expects, what stands, what the form demands."""

    def __init__(self, scope: Scope) -> None:
        self.round = Round.objects.select_related("version__form", "series").get(pk=scope["round"])
        self.form = form_of(self.round.version)
        rows = self.round.returns.annotate(code=F("body__key"))
        self.returns = {row.code: row for row in rows}
        self.names = body_names((r.body_id for r in self.returns.values()), self.round.since)
        newest = Filing.objects.filter(round=self.round, kind__in=COUNTS).order_by("number")
        self.standing = {f.owner_id: from_kept(f.values) for f in newest}

    def fill(self, values: Values) -> None:
        """Nothing follows from anything else in a report."""

    def judge(self, values: Values) -> list[Problem]:
        """Say what does not agree in a row, at its cell."""
        if str(values.get(KEY) or "") not in self.returns:
            return [Problem("reporting.unit-not-expected", KEY, {"unit": str(values.get(KEY))})]
        said, problems = reported(self.form, values)
        faults = check_values(self.form, said)
        return problems + [
            Problem(p.code, str(p.facts.get("field", "")), {**p.facts, "subject": p.subject}, blocks=p.blocks)
            for p in faults
        ]  # fmt: skip

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """What stands of each unit; what was submitted or is locked is not written over."""
        found = {}
        for key in keys:
            owner = self.returns.get(key)
            if owner is None or not (owner.filings_count or self._locked(owner)):
                continue
            problem = None
            if self._locked(owner):
                problem = Problem("reporting.period-locked", self.names[owner.body_id])
            elif owner.state in LATE_CODES:
                problem = Problem("reporting.step-unfit", self.names[owner.body_id])
            row = as_row(self.form, key, self.names[owner.body_id], self.standing.get(owner.pk, {}))
            found[key] = Known(row, problem)
        return found

    def _locked(self, owner: Return) -> bool:
        return self.round.locked_at is not None and not owner.unlocked


def reported(form: Form, values: Mapping[str, Any]) -> tuple[dict[str, Reported], list[Problem]]:
    """What a row of the sheet reports, and what could not be taken as the form wants it."""
    said: dict[str, Reported] = {}
    problems = []
    for one in form.fields:
        value, code = _one(one, values)
        if code:
            problems.append(Problem(code, one.key, {"subject": one.title, "field": one.key}))
        elif value is not None:
            said[one.key] = value
    return said, problems


def _one(one: Field, values: Mapping[str, Any]) -> tuple[Reported, str]:
    value = values.get(one.key)
    if one.type is FieldType.SHARE:
        whole = values.get(one.key + WHOLE)
        if value is None and whole is None:
            return None, ""
        both = isinstance(value, int) and isinstance(whole, int)
        return ((int(value), int(whole)), "") if both else (None, "reporting.share-unfit")  # type: ignore[arg-type]  # both are numbers
    if value is None:
        return None, ""
    if one.type is FieldType.NUMBER:
        return read_one(one, str(value).replace(".", ","))
    return value, ""


def as_row(form: Form, code: str, name: str, values: Mapping[str, Reported]) -> dict[str, Value]:
    """A report as the columns of the sheet hold it."""
    row: dict[str, Value] = {KEY: code, NAME: name}
    for one in form.fields:
        value = values.get(one.key)
        if isinstance(value, tuple):
            row[one.key], row[one.key + WHOLE] = value
        elif one.type is FieldType.NUMBER and isinstance(value, int):
            whole, part = divmod(abs(value), 10**one.places)
            sign = "-" if value < 0 else ""
            text = f"{sign}{whole}.{part:0{one.places}d}" if one.places else f"{sign}{whole}"
            row[one.key] = text.rstrip("0").rstrip(".") if "." in text else text
        else:
            row[one.key] = value
    return row


def write(act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> dict[str, object]:
    """Submit what the rows report, all or nothing: each row is one filing of its unit."""
    session = ReturnSession(batch.scope)
    numbers = dict(
        Filing.objects.filter(round=session.round)
        .values_list("owner")
        .annotate(n=Max("number"))
        .values_list("owner", "n")
    )
    made, owners = [], []
    for page in pages:
        for ready in page:
            owner = session.returns[ready.key]
            said, _problems = reported(session.form, ready.values)
            if ready.changes:  # blank cells of a row that is there already change nothing
                said = {**session.standing.get(owner.pk, {}), **said}
            owners.append(owner)
            made.append(_filing(act, batch, owner, numbers.get(owner.pk, 0) + 1, kept(said)))
    Filing.objects.bulk_create(made, batch_size=500)
    ids = [owner.pk for owner in owners]
    rows = Return.objects.filter(pk__in=ids)
    rows.filter(received_at__isnull=True).update(received_at=act.entry.at)
    rows.update(
        state=State.SUBMITTED, nothing=False, unlocked=False, filings_count=F("filings_count") + 1
    )
    return {"returns": len(made)}


def _filing(
    act: Act, batch: BatchView, owner: Return, number_: int, values: dict[str, Any]
) -> Filing:
    return Filing(
        owner=owner,
        round_id=owner.round_id,
        number=number_,
        kind=FilingKind.SUBMITTED,
        values=values,
        at=act.entry.at,
        by=act.by.user,
        by_name=act.by.name[:200],
        reason=f"Nhập từ Excel, lần {number(batch.id)}",
        batch=batch.id,
        entry=act.entry.pk,
    )


def undo(act: Act, batch: BatchView) -> dict[str, object]:
    """Take a whole import back: its units have not reported again; what was filed stays on record."""
    rows = list(Filing.objects.filter(batch=batch.id).select_related("owner__round").order_by("pk"))
    for filing in rows:
        owner = filing.owner
        if owner.round.locked_at is not None and not owner.unlocked:
            raise Refused.because("reporting.period-locked", owner.round.series.name)
        if owner.filings_count != filing.number:
            name = body_names([owner.body_id])[owner.body_id]
            raise Refused.because("reporting.batch-moved-on", name)
    Filing.objects.bulk_create(
        Filing(
            owner=f.owner,
            round_id=f.round_id,
            number=f.number + 1,
            kind=FilingKind.RECALLED,
            values=f.values,
            at=act.entry.at,
            by=act.by.user,
            by_name=act.by.name[:200],
            reason="Rút lần nhập từ Excel",
            entry=act.entry.pk,
        )
        for f in rows
    )
    Return.objects.filter(pk__in=[f.owner_id for f in rows]).update(
        state=State.RECALLED,
        received_at=None,
        nothing=False,
        filings_count=F("filings_count") + 1,
    )
    return {"undone": len(rows)}


def may_import(actor: Actor, scope: Scope) -> None:
    """Refuse whoever does not gather the period, and a period that is locked."""
    round_ = permit.round_in_sight(actor, int(scope["round"]))
    permit.allow(actor, "return.bring", round_)
    if round_.locked_at is not None:
        raise Refused.because("reporting.period-locked", round_.series.name)


@lru_cache(maxsize=64)
def _kind(member: str) -> ImportKind | None:
    """The kind for one version of a form; a version never changes, so neither does its kind."""
    version = None
    if member.isascii() and member.isdigit() and len(member) <= 18:
        version = FormVersion.objects.select_related("form").filter(pk=int(member)).first()
    if version is None:
        return None
    form = form_of(version)
    columns = columns_of(form)
    summed = tuple(c.key for c in columns if c.type == "money")
    return ImportKind(
        code=f"{FAMILY}:{member}",
        title=version.title,
        columns=columns,
        key=KEY,
        open=ReturnSession,
        write=write,
        take_back=undo,
        chain=lambda scope: round_chain(int(scope["round"])),
        subject=lambda scope: Ref("round", int(scope["round"])),
        may=may_import,
        place=_place,
        back=lambda scope: reverse("reporting:round", args=[scope["round"]]),
        body=lambda scope: int(scope["body"]),
        summed=summed,
    )


def _place(scope: Scope) -> str:
    return Round.objects.select_related("series").get(pk=scope["round"]).series.name


def code_of(round_: Round) -> str:
    """The code of the kind for a period."""
    return f"{FAMILY}:{round_.version_id}"


def declare() -> None:
    """Make the sheets of every form known to the importer."""
    register_family(FAMILY, _kind)
