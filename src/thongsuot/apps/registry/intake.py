"""Neighbourhoods of a commune out of a spreadsheet: each with its head and its two officers."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from thongsuot.apps.registry import find, queries, records
from thongsuot.apps.registry.models import (
    Neighbourhood,
    NeighbourhoodKind,
    NeighbourhoodOfficer,
    OfficerRole,
    Person,
    Unit,
)
from thongsuot.apps.registry.steps import CHAIN, local_problem
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
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.cells import Words
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

CODE = "registry.neighbourhoods"
OFFICERS = {"secretary": OfficerRole.PARTY_SECRETARY, "front": OfficerRole.FRONT_HEAD}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a column allows, as kept and as shown."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table, as the imports and the template want it described."""

    key: str
    title: str
    type: str = "text"
    required: bool = False
    aliases: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    most: int = 120
    examples: tuple[object, object] = ("", "")
    help: str = ""
    unit: str = ""
    partial: bool = False
    suggestions: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Every title it is known by, the printed one first."""
        return (self.title, *self.aliases, self.key)

    @property
    def words(self) -> Words:
        """The choices with the ways of writing them."""
        return Words({c.value: (c.label,) for c in self.choices})

    def label(self, value: str) -> str:
        """The words shown for a value of a choice."""
        return next((c.label for c in self.choices if c.value == value), value)


KINDS = (
    Choice("khu-pho", "khu phố"), Choice("to-dan-pho", "tổ dân phố"), Choice("thon", "thôn"),
    Choice("ap", "ấp"), Choice("ban", "bản"),
)  # fmt: skip
COLUMNS = (
    Column(
        "name", "Tên khu phố, tổ, thôn, ấp", required=True, most=160,
        aliases=("tên", "khu phố", "tổ dân phố", "thôn", "ấp"),
        examples=("Tổ dân phố 1", "Tổ dân phố 2"),
    ),
    Column("kind", "Loại", "choice", choices=KINDS, examples=("tổ dân phố", "tổ dân phố")),
    Column("households", "Số hộ", "int", aliases=("hộ", "số hộ dân"), examples=(210, 185)),
    Column(
        "head", "Người đứng đầu", aliases=("tổ trưởng", "trưởng khu phố", "trưởng thôn", "họ tên"),
        examples=("Nguyễn Văn A", "Trần Thị B"),
    ),
    Column("secretary", "Bí thư chi bộ", examples=("Nguyễn Văn A", "")),
    Column("front", "Trưởng ban Công tác Mặt trận", aliases=("trưởng ban CTMT",)),
    Column("phone", "Điện thoại Bí thư chi bộ", "code", most=20, aliases=("điện thoại", "sđt")),
    Column("since", "Từ ngày", "date", examples=("01/07/2025", "01/07/2025")),
)  # fmt: skip


class Rules:
    """What a row means in one commune: what is there already is compared, not doubled."""

    def __init__(self, scope: Scope) -> None:
        self.unit = int(scope["unit"])
        self.today = clock.today()

    def fill(self, values: Values) -> None:
        """Fill in the kind from the name, and the day."""
        if values["kind"] is None:
            values["kind"] = kind_in(str(values["name"] or ""))
        if values["since"] is None:
            values["since"] = self.today.isoformat()

    def judge(self, values: Values) -> Iterable[Problem]:
        """A name must tell the kind; a count of households is 0 or more."""
        found = []
        if values["kind"] is None:
            name = str(values["name"] or "")
            found.append(Problem("registry.kind-unclear", "kind", {"name": name}))
        if isinstance(values["households"], int) and values["households"] < 0:
            found.append(Problem("registry.households-below-zero", "households"))
        return found

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """The neighbourhoods of the commune that bear one of these names today."""
        views = queries.neighbourhoods_of(self.unit, self.today)
        return {v.name: Known(_held(v)) for v in views if v.name in set(keys)}


def _held(view: Any) -> dict[str, Value]:
    values: dict[str, Value] = {"households": view.households, "head": view.head or None}
    for column, role in OFFICERS.items():
        values[column] = next((o.name for o in view.officers if o.role == role), None)
    return values


def kind_in(name: str) -> str | None:
    """The kind that a name begins with: "Tổ dân phố 5" → to-dan-pho; None when it says none."""
    folded = fold(name)
    for kind in KINDS:
        if folded.startswith(f"{fold(kind.label)} "):
            return kind.value
    return None


def write(act: Any, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> Mapping[str, object]:
    """Write new neighbourhoods and end and replace those whose head or size changed."""
    unit = int(batch.scope["unit"])
    made = changed = 0
    for page in pages:
        for row in page:
            since = date.fromisoformat(str(row.values["since"]))
            find.unit_on(unit, since)
            if row.changes:
                _change(act, unit, row, since)
                changed += 1
            else:
                _add(act, unit, row, since)
                made += 1
            _officers(act, unit, row, since)
    return {"made": made, "changed": changed}


def _add(act: Any, unit: int, row: Ready, since: date) -> None:
    name = tidy(str(row.values["name"]))
    records.add(
        Neighbourhood,
        {"unit_id": unit, "name": name},
        name,
        at=act.at,
        kind=NeighbourhoodKind(str(row.values["kind"])).value,
        since=since,
        head_id=_person(row.values["head"]),
        households=row.values["households"],
        folded=fold(name),
    )


def _change(act: Any, unit: int, row: Ready, since: date) -> None:
    """The old record ends where the new one begins; on its own first day it is corrected."""
    if not {"head", "households"} & set(row.changes):
        return
    old = Neighbourhood.objects.on(since).get(unit=unit, name=row.key)
    wanted: dict[str, Any] = {}
    if "head" in row.changes:
        wanted["head_id"] = _person(row.values["head"])
    if "households" in row.changes:
        wanted["households"] = row.values["households"]
    if old.since == since:
        records.supersede(old, at=act.at, **wanted)
        return
    until = old.until
    values = {
        "kind": old.kind, "head_id": old.head_id, "households": old.households,
        "folded": old.folded, "since": since, "until": until,
    }  # fmt: skip
    records.end(old, old.name, on=since, at=act.at)
    same = {"unit_id": unit, "name": old.name}
    records.add(Neighbourhood, same, old.name, at=act.at, **{**values, **wanted})


def _officers(act: Any, unit: int, row: Ready, since: date) -> None:
    """Whoever holds an office otherwise than the row says leaves it that day."""
    for column, role in OFFICERS.items():
        person = _person(row.values[column])
        if person is None:
            continue
        held = NeighbourhoodOfficer.objects.on(since).filter(
            unit=unit, neighbourhood=row.key, role=role
        )
        if held.filter(person=person).exists():
            continue
        for officer in held:
            records.end_on_or_withdraw(officer, row.key, on=since, at=act.at)
        phone = str(row.values["phone"] or "") if column == "secretary" else ""
        same = {"unit_id": unit, "neighbourhood": row.key, "person_id": person, "role": role.value}
        records.add(NeighbourhoodOfficer, same, row.key, at=act.at, phone=phone, since=since)


def _person(typed: Value) -> int | None:
    """The number of the person with that name, written down when new; None for an empty cell.

    Raises Refused when several people bear the name: a spreadsheet cannot say which.
    """
    name = tidy(str(typed or ""))
    if not name:
        return None
    found = list(Person.objects.filter(folded=fold(name), full_name__iexact=name)[:2])
    if len(found) > 1:
        numbers = tuple(f"#{p.pk}" for p in found)
        raise Refused.because("registry.several-people", name, numbers=numbers)
    if found:
        return found[0].pk
    return Person.objects.create(full_name=name, folded=fold(name)).pk


KEPT: tuple[type[NeighbourhoodOfficer] | type[Neighbourhood], ...] = (
    NeighbourhoodOfficer,
    Neighbourhood,
)


def take_back(act: Any, batch: BatchView) -> Mapping[str, object]:
    """Withdraw what the batch wrote and write again what it ended or corrected.

    Raises Refused when a record of the batch was ended or corrected since: what came later rests
    on it. People whose names it wrote down stay.
    """
    moment = ImportBatch.objects.get(pk=batch.id).ended_at
    unit = int(batch.scope["unit"])
    for model in KEPT:
        made = model.objects.filter(unit=unit, recorded_at=moment)
        later = made.filter(Q(superseded_at__isnull=False) | Q(ended_at__isnull=False)).count()
        if later:
            raise Refused.because("registry.batch-moved-on", count=later)
    counts = [_undo(model, unit, moment, act) for model in KEPT]
    return {"withdrawn": sum(n for n, _m in counts), "restored": sum(m for _n, m in counts)}


def _undo(
    model: type[NeighbourhoodOfficer] | type[Neighbourhood], unit: int, moment: Any, act: Any
) -> tuple[int, int]:
    here = model.objects.filter(unit=unit)
    ended = list(here.filter(ended_at=moment, superseded_at__isnull=True))
    corrected = list(here.filter(superseded_at=moment))
    gone = here.filter(recorded_at=moment).update(superseded_at=act.at)
    for fact in ended:
        records.supersede(fact, at=act.at, until=None)
    for fact in corrected:
        records.restore(fact, at=act.at)
    return gone, len(ended) + len(corrected)


def may(actor: Actor, scope: Scope) -> None:
    """Refuse (403) whoever may not keep the neighbourhoods of that commune."""
    problem = local_problem(actor, int(scope["unit"]), clock.today())
    if problem is not None:
        raise Refused.forbidden(problem)


def _place(scope: Scope) -> str:
    return find.unit_on(int(scope["unit"]), clock.today()).full_name


def _back(scope: Scope) -> str:
    return reverse("registry:unit", args=[Unit.objects.get(pk=scope["unit"]).key])


register(
    ImportKind(
        CODE,
        "Khu phố, tổ dân phố, thôn, ấp",
        COLUMNS,
        key="name",
        open=Rules,
        write=write,
        chain=lambda _scope: CHAIN,
        subject=lambda scope: Ref("unit", int(scope["unit"])),
        may=may,
        take_back=take_back,
        place=_place,
        back=_back,
        summed=("households",),
    )
)
