"""Doing: sets announced, procedures written, shops opened, dossiers received, moved and finished."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thongsuot.apps.procedures import permit, queries
from thongsuot.apps.procedures.models import (
    AnnouncedSet,
    Dossier,
    DossierAct,
    DossierState,
    DossierStep,
    Judgement,
    Offer,
    Procedure,
    Shop,
)
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.naming import body_names
from thongsuot.apps.registry.successors import may_take_over
from thongsuot.apps.registry.workdays import calendar_around
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy
from thongsuot.rules.procedures import counting, coverage, receipts
from thongsuot.rules.procedures.access import Relation

CATALOGUE = "procedures"
SIGNS = "shop-signs"  # held while a shop gets the sign of its receipts
MOST = 5_000


def chain_of(shop: int) -> str:
    """The chain of the trail on which everything about a shop and its dossiers stands."""
    return f"shop:{shop}"


@action("procedures.set-announced")
def announce_set(
    act: Act, *, number: str, day: date, issuer: str, title: str, confirmed: bool = False
) -> Result:
    """Write down a decision that announced a set of procedures."""
    permit.allow(act.by, "catalogue", permit.over_area(act.by))
    act.lock(CATALOGUE)
    if not number.strip() or not title.strip():
        raise Refused.because("procedures.name-needed", number)
    if AnnouncedSet.objects.filter(number=tidy(number)).exists():
        raise Refused.conflict(Problem("procedures.set-there", number))
    entry = act.record(chain=CATALOGUE, subject=Ref("procedures", 1), authority=number,
                       after={"day": day, "title": title})  # fmt: skip
    row = AnnouncedSet.objects.create(
        number=tidy(number)[:100], day=day, issuer=tidy(issuer)[:300], title=tidy(title)[:300],
        confirmed=confirmed, entry=entry,
    )  # fmt: skip
    return {"set": row.pk}


def procedure_problems(values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a procedure about to be written."""
    levels = [name for name in coverage.LEVELS if values.get(name)]
    days = values.get("days")
    found = list(
        coverage.check_procedure(
            str(values.get("code") or ""), str(values.get("name") or ""),
            days if isinstance(days, int) else -1, levels,
        )
    )  # fmt: skip
    if not str(values.get("field") or "").strip():
        found.append(Problem("procedures.field-needed", str(values.get("code") or "")))
    portal = str(values.get("portal") or "")
    if portal and not portal.startswith("https://"):
        found.append(Problem("procedures.portal-unfit", str(values.get("code") or "")))
    return found


def put_procedure(
    entry: Entry, values: Mapping[str, Any], on: date, *, batch: int | None = None
) -> Procedure:
    """Write a version of a procedure in an open act; the one before is no longer live."""
    code = str(values["code"]).strip()
    before = Procedure.objects.filter(code=code, live=True).first()
    if before is not None:
        Procedure.objects.filter(pk=before.pk).update(live=False)
    decision = str(values.get("decision") or "").strip()
    announced = AnnouncedSet.objects.filter(number=decision).first() if decision else None
    if decision and announced is None:
        raise Refused.because("procedures.set-unknown", decision)
    name = tidy(str(values["name"]))[:400]
    return Procedure.objects.create(
        code=code, name=name, field=str(values["field"])[:80],
        province=bool(values.get("province")), commune=bool(values.get("commune")),
        days=int(values["days"]), fee=str(values.get("fee") or "")[:200],
        papers=str(values.get("papers") or ""), workflow=str(values.get("workflow") or ""),
        announced=announced or (before.announced if before else None),
        boundary_free=bool(values.get("boundary_free")), portal=str(values.get("portal") or ""),
        since=values.get("since") or on, replaces=before, batch=batch,
        folded=fold(f"{code} {name}")[:500], demo=bool(values.get("demo")), entry=entry,
    )  # fmt: skip


@action("procedures.procedure-written")
def write_procedure(act: Act, *, values: Mapping[str, Any]) -> Result:
    """Write a procedure of the catalogue, or a new version of one."""
    permit.allow(act.by, "catalogue", permit.over_area(act.by))
    act.lock(CATALOGUE)
    refuse_if(procedure_problems(values))
    entry = act.record(chain=CATALOGUE, subject=Ref("procedures", 1),
                       authority=str(values.get("decision") or ""),
                       after={"code": values["code"], "days": values["days"]})  # fmt: skip
    row = put_procedure(entry, values, act.on)
    return {"procedure": row.pk}


@action("procedures.shop-opened")
def open_shop(  # what such a paper says
    act: Act,
    *,
    body_id: int,
    name: str,
    address: str,
    hours: str,
    since: date,
    phone: str = "",
    equipment: str = "",
    modern: bool = False,
    demo: bool = False,
) -> Result:
    """Open a one-stop shop of a body: where, which hours, which equipment."""
    act.lock(SIGNS)
    places = acts_in(body_id)
    permit.allow(act.by, "shop", Relation(body_id, places))
    refuse_if(
        [
            *([] if places else [Problem("procedures.no-unit")]),
            *(
                []
                if name.strip() and address.strip() and hours.strip()
                else [Problem("procedures.shop-unfit", name)]
            ),
        ]
    )
    entry = act.record(chain=f"shops:{body_id}", subject=Ref("body", body_id),
                       after={"name": name, "since": since})  # fmt: skip
    row = Shop.objects.create(
        body_id=body_id, unit_id=min(places), sign=_free_sign(name), name=tidy(name)[:200],
        address=tidy(address)[:300], hours=tidy(hours)[:300], phone=tidy(phone)[:60],
        equipment=equipment.strip(), modern=modern, since=since, folded=fold(name)[:400],
        demo=demo, entry=entry,
    )  # fmt: skip
    return {"shop": row.pk}


def _free_sign(name: str) -> str:
    """A sign that no other shop has; the signs are held, so that two opened at once differ."""
    first = receipts.desk_sign(name)
    taken = set(Shop.objects.filter(sign__startswith=first).values_list("sign", flat=True))
    return next(s for s in receipts.desk_signs(first) if s not in taken)


def _shop(act: Act, shop_id: int, right: str) -> Shop:
    row = permit.shop_there(shop_id)
    permit.allow(act.by, right, permit.relation(row))
    act.lock(chain_of(row.pk))
    row = Shop.objects.get(pk=row.pk)
    if row.until is not None and row.until <= act.on:
        raise Refused.because("procedures.shop-ended", row.name)
    return row


@action("procedures.shop-changed")
def change_shop(
    act: Act, *, shop_id: int, address: str, hours: str, phone: str, equipment: str, modern: bool
) -> Result:
    """Change the address, the hours or the equipment of a shop; what stood before is on the trail."""
    row = _shop(act, shop_id, "shop")
    if not address.strip() or not hours.strip():
        raise Refused.because("procedures.shop-unfit", row.name)
    before = {"address": row.address, "hours": row.hours, "modern": row.modern}
    act.record(chain=chain_of(row.pk), subject=Ref("shop", row.pk), before=before,
               after={"address": address, "hours": hours, "modern": modern})  # fmt: skip
    Shop.objects.filter(pk=row.pk).update(
        address=tidy(address)[:300], hours=tidy(hours)[:300], phone=tidy(phone)[:60],
        equipment=equipment.strip(), modern=modern,
    )  # fmt: skip
    return {"shop": row.pk}


@action("procedures.shop-ended")
def end_shop(act: Act, *, shop_id: int, on: date) -> Result:
    """A shop ends; nothing of its own body may lie there undecided. What was handed on may."""
    row = _shop(act, shop_id, "shop")
    left = row.dossiers.filter(body=row.body_id, state__in=sorted(counting.GOES_ON)).count()
    if left:
        raise Refused.because("procedures.shop-holds", row.name, count=left)
    act.record(chain=chain_of(row.pk), subject=Ref("shop", row.pk), after={"until": on})
    Shop.objects.filter(pk=row.pk).update(until=on)
    return {"shop": row.pk}


@action("procedures.offered")
def offer(
    act: Act, *, shop_id: int, codes: Sequence[str], receives: bool, decides: bool = False
) -> Result:
    """Say which procedures a shop receives (and its commune decides), or no longer receives."""
    row = _shop(act, shop_id, "offer")
    wanted = sorted({str(c).strip() for c in codes if str(c).strip()})[:MOST]
    known = set(Procedure.objects.filter(live=True, code__in=wanted).values_list("code", flat=True))
    refuse_if(Problem("procedures.procedure-missing", c) for c in wanted if c not in known)
    entry = act.record(
        chain=chain_of(row.pk), subject=Ref("shop", row.pk),
        after={"receives": receives, "decides": decides, "count": len(wanted), "codes": wanted[:50]},
    )  # fmt: skip
    Offer.objects.filter(shop=row, code__in=wanted, live=True).update(live=False)
    if receives:
        Offer.objects.bulk_create(
            Offer(shop=row, code=code, decides=decides, entry=entry) for code in wanted
        )
    return {"count": len(wanted)}


def put_dossier(
    entry: Entry, shop: Shop, procedure: Procedure, values: Mapping[str, Any]
) -> Dossier:
    """Write a received dossier in an open act: numbered, with its day."""
    received: date = values["received"]
    sequence = Dossier.objects.filter(shop=shop).count() + 1
    secret = "".join(secrets.choice(receipts.ALPHABET) for _sign in range(receipts.SECRET))
    value = counting.Dossier(received, procedure.days)
    return Dossier.objects.create(
        number=receipts.receipt_number(shop.sign, received.year, sequence, secret),
        outside=str(values.get("outside") or "")[:60], shop=shop, body_id=shop.body_id,
        procedure=procedure, received=received, days=procedure.days,
        due_on=counting.due_on(value, calendar_around(received.year)),
        batch=values.get("batch"), demo=bool(values.get("demo")), entry=entry,
    )  # fmt: skip


@action("procedures.received")
def receive(
    act: Act, *, shop_id: int, code: str, received: date, outside: str = "", demo: bool = False
) -> Result:
    """Receive a dossier: it gets a receipt number that says nothing about the person, and a day.

    Raises Refused: a procedure the shop does not receive, a day to come, personal data typed.
    """
    shop = _shop(act, shop_id, "receive")
    procedure = Procedure.objects.filter(code=code.strip(), live=True).first()
    if procedure is None:
        raise Refused.missing(Problem("procedures.procedure-missing", code[:60]))
    refuse_if(
        [
            *(
                [Problem("procedures.not-offered", shop.name)]
                if not Offer.objects.filter(shop=shop, code=procedure.code, live=True).exists()
                else ()
            ),
            *(
                [Problem("procedures.day-to-come", code, {"on": received})]
                if received > act.on
                else ()
            ),
            *(
                [Problem("procedures.outside-there", outside)]
                if outside and Dossier.objects.filter(shop=shop, outside=outside).exists()
                else ()
            ),
        ]
    )
    entry = act.record(chain=chain_of(shop.pk), subject=Ref("shop", shop.pk),
                       after={"procedure": procedure.code, "received": received})  # fmt: skip
    row = put_dossier(
        entry, shop, procedure, {"received": received, "outside": tidy(outside), "demo": demo}
    )
    DossierStep.objects.create(dossier=row, act=DossierAct.RECEIVE, on=received, entry=entry)
    return {"dossier": row.pk, "number": row.number, "due": row.due_on.isoformat()}


@action("procedures.dossier-moved-on")
def take_step(act: Act, *, dossier_id: int, doing: str, on: date, reason: str = "") -> Result:
    """Pause for more papers, go on, give the result, or give the dossier back."""
    row = permit.in_sight(act.by, dossier_id)
    permit.allow(act.by, "step", Relation(row.body_id, frozenset({row.shop.unit_id})))
    act.lock(chain_of(row.shop_id))
    row = Dossier.objects.select_related("shop").get(pk=row.pk)
    value = queries.dossier_value(row)
    if doing == "move":
        raise Refused.missing(Problem("procedures.missing"))
    problems = list(counting.check_step(value, doing, on, act.on, reason, row.number))
    if coverage.personal(reason):
        problems.append(Problem("procedures.personal", row.number))
    refuse_if(queries.worded(problems))
    entry = act.record(chain=chain_of(row.shop_id), subject=Ref("dossier", row.pk),
                       before={"state": row.state}, after={"act": doing, "on": on},
                       reason=reason.strip())  # fmt: skip
    DossierStep.objects.create(dossier=row, act=doing, on=on, reason=reason.strip(), entry=entry)
    settle(row, counting.TABLE[(row.state, doing)], on if doing in ("finish", "return") else None)
    return {"dossier": row.pk, "state": row.state, "judged": row.judged}


def settle(row: Dossier, state: str, finished: date | None) -> None:
    """Write where a dossier stands after a step: its day with the pauses, and how it was kept."""
    calendar = calendar_around(row.received.year)
    value = queries.dossier_value(row)
    row.state = state
    row.due_on = counting.due_on(value, calendar, finished or row.due_on)
    row.finished = finished
    if state == DossierState.DONE and finished is not None:
        judged = counting.judge(
            counting.Dossier(row.received, row.days, finished, value.paused), calendar, finished
        )
        row.judged = Judgement(judged)
    row.save(update_fields=["state", "due_on", "finished", "judged"])


@action("procedures.dossiers-handed-on")
def move_open(act: Act, *, from_id: int, to_id: int, reason: str) -> Result:
    """Everything undecided that a body handles goes to its successor; no paper is asked for again."""
    permit.allow(act.by, "move", Relation(from_id, acts_in(from_id)))
    if not may_take_over(from_id, to_id, act.on):
        raise Refused.because("procedures.no-successor", body_names([from_id])[from_id])
    act.lock(f"shops:{from_id}")
    rows = list(Dossier.objects.filter(body=from_id, state__in=sorted(counting.GOES_ON)))
    if not rows:
        raise Refused.because("procedures.nothing-open", body_names([from_id])[from_id])
    if not reason.strip():
        raise Refused.because("procedures.reason-needed")
    entry = act.record(chain=f"shops:{from_id}", subject=Ref("body", from_id),
                       after={"to": to_id, "count": len(rows)}, reason=reason.strip())  # fmt: skip
    Dossier.objects.filter(pk__in=[r.pk for r in rows]).update(body=to_id)
    DossierStep.objects.bulk_create(
        DossierStep(dossier=r, act=DossierAct.MOVE, on=act.on, reason=reason.strip(),
                    to_body_id=to_id, entry=entry)
        for r in rows
    )  # fmt: skip
    return {"count": len(rows)}
