"""The catalogue and the desk log come in from Excel, through the importer of the house."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from thongsuot.apps.procedures import actions, permit
from thongsuot.apps.procedures.models import (
    AnnouncedSet,
    Dossier,
    DossierAct,
    DossierState,
    DossierStep,
    Offer,
    Procedure,
    Shop,
)
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
from thongsuot.rules.procedures.columns import CATALOGUE, LOG
from thongsuot.rules.procedures.counting import DONE, GOES_ON, OPEN, RETURNED

PROCEDURES, DOSSIERS = "procedures.catalogue", "procedures.log"
PLAIN = ("code", "name", "field", "province", "commune", "days", "fee", "papers", "workflow",
         "boundary_free", "portal")  # fmt: skip


class CatalogueSession:
    """The rules of the catalogue."""

    def __init__(self, scope: Scope) -> None:
        self.sets = set(permit_sets())

    def fill(self, values: Values) -> None:
        """A procedure without a tier is one of the commune."""
        if not values.get("province") and values.get("commune") is None:
            values["commune"] = True

    def judge(self, values: Values) -> Iterator[Problem]:
        """Say what is wrong in a row, at its cell."""
        cells = {
            "procedures.days-unfit": "days", "procedures.level-needed": "commune",
            "procedures.field-needed": "field", "procedures.portal-unfit": "portal",
        }  # fmt: skip
        for problem in actions.procedure_problems(values):
            if problem.code in cells and values.get("name"):
                yield Problem(problem.code, cells[problem.code], problem.facts)
        decision = str(values.get("decision") or "")
        if decision and decision not in self.sets:
            yield Problem("procedures.set-unknown", "decision", {"subject": decision})

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """Which procedures are there already."""
        rows = Procedure.objects.filter(live=True, code__in=list(keys))
        return {r.code: Known(as_row(r)) for r in rows.select_related("announced")}


def permit_sets() -> list[str]:
    """The numbers of the sets that were announced."""
    return list(AnnouncedSet.objects.values_list("number", flat=True))


def as_row(row: Procedure) -> dict[str, Value]:
    """A procedure as the columns of the catalogue hold it."""
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "decision": row.announced.number if row.announced else "",
    }


def write_catalogue(
    act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]
) -> dict[str, object]:
    """Write the rows into the catalogue, all or nothing; blank cells of a changed row change nothing."""
    live = {p.code: p for p in Procedure.objects.filter(live=True).select_related("announced")}
    count = 0
    for page in pages:
        for ready in page:
            values: dict[str, Any] = dict(ready.values)
            before = live.get(ready.key)
            if before is not None:
                changed = {name: ready.values[name] for name in ready.changes}
                values = {**as_row(before), **changed}
            actions.put_procedure(act.entry, values, act.on, batch=batch.id)
            count += 1
    return {"procedures": count}


def undo_catalogue(act: Act, batch: BatchView) -> dict[str, object]:
    """Take a whole import back; what it had replaced is the live version again."""
    rows = list(Procedure.objects.filter(batch=batch.id))
    used = set(
        Dossier.objects.filter(procedure__in=rows).values_list("procedure", flat=True).distinct()
    )
    moved = next((r for r in rows if not r.live or r.pk in used), None)
    if moved is not None:
        raise Refused.because("procedures.batch-moved-on", moved.code)
    Procedure.objects.filter(pk__in=[r.pk for r in rows]).update(live=False)
    Procedure.objects.filter(pk__in=[r.replaces_id for r in rows if r.replaces_id]).update(
        live=True
    )
    return {"undone": len(rows)}


class LogSession:
    """The rules of the desk log of one shop."""

    def __init__(self, scope: Scope) -> None:
        self.shop = Shop.objects.get(pk=int(scope["shop"]))
        self.offered = set(
            Offer.objects.filter(shop=self.shop, live=True).values_list("code", flat=True)
        )

    def fill(self, values: Values) -> None:
        """Without a word about it a dossier stands as its day of result says."""
        if not values.get("state"):
            values["state"] = DONE if values.get("finished") else OPEN

    def judge(self, values: Values) -> Iterator[Problem]:
        """Say what is wrong in a row, at its cell."""
        procedure = str(values.get("procedure") or "")
        if procedure and procedure not in self.offered:
            yield Problem("procedures.not-offered", "procedure", {"subject": self.shop.name})
        received, finished = values.get("received"), values.get("finished")
        if isinstance(received, str) and isinstance(finished, str) and finished < received:
            yield Problem("procedures.finished-before-received", "finished")
        if values.get("state") in (DONE, RETURNED) and not finished:
            yield Problem("procedures.reason-needed", "finished")

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """Which dossiers are in the log already; a decided one takes no new row."""
        rows = Dossier.objects.filter(shop=self.shop, outside__in=list(keys))
        return {
            r.outside: Known(
                {"procedure": r.procedure.code, "received": r.received.isoformat(),
                 "finished": r.finished.isoformat() if r.finished else None, "state": r.state},
                None if r.state in GOES_ON else Problem("procedures.log-closed", r.outside),
            )
            for r in rows.select_related("procedure")
        }  # fmt: skip


def write_log(act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> dict[str, object]:
    """Write the rows into the log of a shop; a known dossier gets its result, nothing else."""
    shop = Shop.objects.get(pk=int(batch.scope["shop"]))
    live = {p.code: p for p in Procedure.objects.filter(live=True)}
    there = {d.outside: d for d in Dossier.objects.filter(shop=shop)}
    count = 0
    for page in pages:
        for ready in page:
            values = ready.values
            row = there.get(ready.key)
            if row is None:
                received = date.fromisoformat(str(values["received"]))
                row = actions.put_dossier(
                    act.entry, shop, live[str(values["procedure"])],
                    {"received": received, "outside": ready.key, "batch": batch.id},
                )  # fmt: skip
                _step(act, row, DossierAct.RECEIVE, received)
            _finish(act, row, values)
            count += 1
    return {"dossiers": count}


def _step(act: Act, row: Dossier, doing: str, on: date) -> None:
    DossierStep.objects.create(dossier=row, act=doing, on=on, entry=act.entry)


def _finish(act: Act, row: Dossier, values: Mapping[str, Any]) -> None:
    """Bring a dossier of the log to its end when the row says so."""
    state, finished = values.get("state"), values.get("finished")
    if state not in (DONE, RETURNED) or not finished:
        return
    on = date.fromisoformat(str(finished))
    _step(act, row, DossierAct.FINISH if state == DONE else DossierAct.RETURN, on)
    actions.settle(row, DossierState(str(state)), on)


def may_write_catalogue(actor: Actor, scope: Scope) -> None:
    """Refuse whoever may not write the catalogue."""
    permit.allow(actor, "catalogue", permit.over_area(actor))


def may_write_log(actor: Actor, scope: Scope) -> None:
    """Refuse whoever does not sit at that desk."""
    permit.allow(actor, "receive", permit.relation(permit.shop_there(int(scope["shop"]))))


def declare() -> None:
    """Make both tables known to the importer."""
    register(
        ImportKind(
            code=PROCEDURES,
            title="Danh mục thủ tục hành chính",
            columns=CATALOGUE,
            key="code",
            open=CatalogueSession,
            write=write_catalogue,
            take_back=undo_catalogue,
            chain=lambda scope: actions.CATALOGUE,
            subject=lambda scope: Ref("procedures", 1),
            may=may_write_catalogue,
            place=lambda scope: "",
            back=lambda scope: reverse("procedures:catalogue"),
            body=lambda scope: int(scope["body"]),
        )
    )
    register(
        ImportKind(
            code=DOSSIERS,
            title="Sổ theo dõi hồ sơ",
            columns=LOG,
            key="outside",
            open=LogSession,
            write=write_log,
            take_back=None,
            chain=lambda scope: actions.chain_of(int(scope["shop"])),
            subject=lambda scope: Ref("shop", int(scope["shop"])),
            may=may_write_log,
            place=lambda scope: Shop.objects.get(pk=int(scope["shop"])).name,
            back=lambda scope: reverse("procedures:shop", args=[scope["shop"]]),
            body=lambda scope: int(scope["body"]),
        )
    )
