"""Everything that is done with copies, servers and drills: one function, one act, one entry."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q

from thongsuot.apps.continuity import intake, queries, telling
from thongsuot.apps.continuity.labels import label
from thongsuot.apps.continuity.models import (
    Copy,
    CopyCheck,
    CopyKind,
    CopyProof,
    CopyState,
    Drill,
    DrillResult,
    Fitness,
    Server,
)
from thongsuot.apps.handover.models import Item
from thongsuot.apps.handover.queries import body_names
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.continuity.access import About, check_may
from thongsuot.rules.continuity.schedule import LONGEST, next_due
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

Result = dict[str, object]
LARGEST = 1_000_000  # GB, cores, minutes: more is a slip of the pen


def chain_of(owner: int) -> str:
    """The chain of the trail on which every act about the data of a body stands."""
    return f"continuity:{owner}"


def allow(act: Act, doing: str, to: About) -> None:
    """Refuse (403) whoever may not do that here."""
    problem = check_may(act.by, doing, to)
    if problem is not None:
        raise Refused.forbidden(problem)


def _text(name: str, value: str, most: int, *, needed: bool = True) -> list[Problem]:
    found = []
    if needed and not value.strip():
        found.append(Problem("continuity.needed", label(name)))
    if len(value) > most:
        found.append(
            Problem("continuity.too-long", label(name), {"most": most, "length": len(value)})
        )
    if "\x00" in value:
        found.append(Problem("continuity.not-text", label(name)))
    return found


def _amount(name: str, value: int, least: int = 0) -> list[Problem]:
    if least <= value <= LARGEST:
        return []
    return [Problem("continuity.out-of-range", label(name), {"least": least, "most": LARGEST})]


def _known_body(body_id: int) -> list[Problem]:
    return [] if Body.objects.filter(pk=body_id).exists() else [Problem("continuity.body-unknown")]


@action("continuity.server-registered")
def register_server(act: Act, *, body_id: int, server: Mapping[str, Any]) -> Result:
    """Put a server of a body on the register, with its configuration.

    Shapes: ``server`` has name; any of place, system, purpose; cores, memory_gb, disk_gb in whole
    numbers, 0 where not known.
    """
    act.lock(chain_of(body_id))
    allow(act, "server.write", queries.about(body_id))
    sizes = ("cores", "memory_gb", "disk_gb")
    problems = _known_body(body_id) + _text("name", str(server.get("name", "")), 120)
    for name, most in (("place", 200), ("system", 200), ("purpose", 300)):
        problems += _text(name, str(server.get(name, "")), most, needed=False)
    for name in sizes:
        problems += _amount(name, int(server.get(name, 0)))
    name = str(server.get("name", "")).strip()
    if Server.objects.filter(body=body_id, name=name).exists():
        problems.append(Problem("continuity.server-exists", name))
    refuse_if(problems)
    words = {n: str(server.get(n, "")).strip() for n in ("name", "place", "system", "purpose")}
    made = Server.objects.create(
        body_id=body_id,
        folded=fold(f"{words['name']} {words['place']} {words['system']}")[:400],
        **words,
        **{n: int(server.get(n, 0)) for n in sizes},
    )
    act.record(chain=chain_of(body_id), subject=Ref("server", made.pk), after=dict(server))
    return {"server": made.pk}


@action("continuity.server-assessed")
def assess_server(act: Act, *, server_id: int, fit: str, reason: str) -> Result:
    """Say whether a server is fit for what it is to hold, and why."""
    server = Server.objects.filter(pk=server_id).first()
    if server is None:
        raise Refused.missing(Problem("continuity.server-missing"))
    act.lock(chain_of(server.body_id))
    allow(act, "server.write", queries.about(server.body_id))
    problems = _text("reason", reason, 1000)
    if fit not in (Fitness.FIT, Fitness.UNFIT):
        problems.append(Problem("continuity.choice-unknown", label("fit"), {"value": fit[:40]}))
    refuse_if(problems)
    Server.objects.filter(pk=server_id).update(fit=fit, fit_reason=reason.strip(), fit_on=act.on)
    act.record(
        chain=chain_of(server.body_id),
        subject=Ref("server", server_id),
        before={"fit": server.fit},
        after={"fit": fit},
        reason=reason,
    )
    return {"server": server_id}


def _plan_problems(plan: Mapping[str, Any]) -> list[Problem]:
    problems = _text("system", str(plan.get("system", "")), 200)
    due_on = plan.get("due_on")
    problems += _text("place", str(plan.get("place", "")), 300, needed=False)
    if plan.get("kind") not in CopyKind.values:
        problems.append(
            Problem(
                "continuity.choice-unknown", label("kind"), {"value": str(plan.get("kind"))[:40]}
            )
        )
    if not isinstance(due_on, date) or not 2000 <= due_on.year <= 2200:
        problems.append(Problem("continuity.needed", label("due_on")))
    every = int(plan.get("every_days") or 0)
    if not 0 <= every <= LONGEST:
        problems.append(
            Problem("continuity.out-of-range", label("every_days"), {"least": 0, "most": LONGEST})
        )
    return problems


@action("continuity.copy-planned")
def plan_copy(act: Act, *, owner_id: int, receiver_id: int, plan: Mapping[str, Any]) -> Result:
    """Plan a copy of the data of a body for another: what, whereto, by when, how often.

    Shapes: ``plan`` has system, kind, due_on (a day); any of every_days (0: once), item and server (ids),
    place.
    """
    act.lock(chain_of(owner_id))
    allow(act, "copy.plan", queries.about(owner_id, receiver_id))
    problems = _known_body(owner_id) + _known_body(receiver_id) + _plan_problems(plan)
    refuse_if([*problems, *_things(owner_id, receiver_id, plan)])
    system = str(plan["system"]).strip()
    made = Copy.objects.create(
        owner_id=owner_id,
        receiver_id=receiver_id,
        system=system,
        kind=plan["kind"],
        place=str(plan.get("place", "")).strip(),
        item_id=plan.get("item") or None,
        server_id=plan.get("server") or None,
        due_on=plan["due_on"],
        every_days=int(plan.get("every_days") or 0),
        demo=bool(plan.get("demo")),
        folded=fold(f"{system} {' '.join(body_names([owner_id, receiver_id]).values())}")[:600],
    )
    act.record(
        chain=chain_of(owner_id),
        subject=Ref("copy", made.pk),
        after={**plan, "owner": owner_id, "receiver": receiver_id},
    )
    return {"copy": made.pk}


def _things(owner_id: int, receiver_id: int, plan: Mapping[str, Any]) -> list[Problem]:
    """The item must be a data set of the owner, and the server stand with one of the two."""
    problems = []
    if plan.get("item"):
        item = Item.objects.filter(queries.DATASET, pk=plan["item"], giver=owner_id)
        if not item.exists():
            problems.append(Problem("continuity.item-unknown", str(plan["item"])))
    if plan.get("server"):
        server = Server.objects.filter(pk=plan["server"], body__in=(owner_id, receiver_id)).first()
        if server is None:
            problems.append(Problem("continuity.server-unknown", str(plan["server"])))
        elif server.fit == Fitness.UNFIT:
            problems.append(
                Problem("continuity.server-unfit", server.name, {"why": server.fit_reason})
            )
    return problems


def _begin(act: Act, copy_id: int, doing: str) -> Copy:
    """Take a copy for this act; others wait. Raises Refused: not there, not allowed, stopped."""
    copy = Copy.objects.filter(pk=copy_id).first()
    if copy is None:
        raise Refused.missing(Problem("continuity.copy-missing"))
    act.lock(chain_of(copy.owner_id))
    copy = Copy.objects.get(pk=copy_id)
    allow(act, doing, queries.about(copy.owner_id, copy.receiver_id))
    if copy.state == CopyState.STOPPED:
        raise Refused.because("continuity.copy-stopped", copy.system)
    return copy


@action("continuity.copy-stopped")
def stop_copy(act: Act, *, copy_id: int, reason: str) -> Result:
    """No further copy is made; what was proved stays on record."""
    copy = _begin(act, copy_id, "copy.stop")
    refuse_if(_text("reason", reason, 1000))
    Copy.objects.filter(pk=copy_id).update(state=CopyState.STOPPED, stopped_why=reason.strip())
    act.record(
        chain=chain_of(copy.owner_id),
        subject=Ref("copy", copy_id),
        before={"state": copy.state},
        after={"state": CopyState.STOPPED.value},
        reason=reason,
    )
    return {"copy": copy_id}


def _who(act: Act) -> dict[str, Any]:
    hat = act.by.hat
    return {"user": act.by.user, "name": act.by.name[:200], "post": hat.post[:300] if hat else ""}


@action("continuity.copy-proved")
def record_proof(act: Act, *, copy_id: int, file_id: int) -> Result:
    """The giver hands in the proof of what was copied; the receiver is told that a copy waits.

    Raises Refused for a file that is no proof, was changed, or is of another kind than planned.
    """
    copy = _begin(act, copy_id, "copy.prove")
    file = StoredFile.objects.get(pk=file_id)
    proof = intake.proof_in(file)
    if str(proof.kind) != copy.kind:
        raise Refused.because(
            "continuity.kind-differs",
            proof.name[:100],
            planned=copy.get_kind_display(),
            found=str(CopyKind(proof.kind).label),
        )
    number = copy.proofs.count() + 1
    entry = act.record(
        chain=chain_of(copy.owner_id),
        subject=Ref("copy", copy_id),
        before={"state": copy.state},
        after={"state": CopyState.MADE.value, "root": proof.root, "file": file.sha256},
    )
    made = CopyProof.objects.create(
        copy=copy, number=number, round=copy.round, file=file, entry=entry, at=entry.at,
        **_who(act), **intake.figures(proof),
    )  # fmt: skip
    Copy.objects.filter(pk=copy_id).update(state=CopyState.MADE)
    telling.to_check(act, copy)
    return {"proof": made.pk, "root": proof.root}


@action("continuity.copy-checked")
def record_check(act: Act, *, copy_id: int, file_id: int) -> Result:
    """The receiver hands in what was found: the result of ``verify``, or a proof of the copy as it lies.

    Equal: the copy is verified, and the next one planned when there is a rhythm. Different: the
    copy must be made again. The one who proved it may not be the one who checks it.
    """
    copy = _begin(act, copy_id, "copy.check")
    proof = copy.proofs.order_by("-number").first()
    if proof is None or copy.state == CopyState.PLANNED:
        raise Refused.because("continuity.no-proof-yet", copy.system)
    if proof.user == act.by.user:
        raise Refused.because("continuity.same-person", act.by.name)
    file = StoredFile.objects.get(pk=file_id)
    found = intake.check_in(file, proof)
    after = {"equal": found.equal, "count": found.count, "file": file.sha256, "root": proof.root}
    entry = act.record(
        chain=chain_of(copy.owner_id),
        subject=Ref("copy", copy_id),
        before={"state": copy.state},
        after=after,
    )
    CopyCheck.objects.create(
        copy=copy, number=copy.checks.count() + 1, proof=proof, file=file, equal=found.equal,
        count=found.count, differences=found.differences, sampled=found.sampled,
        own_reading=found.own_reading, entry=entry, at=entry.at, **_who(act),
    )  # fmt: skip
    _settle(copy, act.on, equal=found.equal)
    if not found.equal:
        telling.to_copy_again(act, copy)
    return {"equal": found.equal, "count": found.count}


def _settle(copy: Copy, on: date, *, equal: bool) -> None:
    rows = Copy.objects.filter(pk=copy.pk)
    if not equal:
        rows.update(state=CopyState.DIFFERENT, verified_on=None)
        return
    following = next_due(copy.due_on, copy.every_days, on)
    if following is None:
        rows.update(state=CopyState.VERIFIED, verified_on=on)
    else:
        rows.update(
            state=CopyState.PLANNED, verified_on=on, due_on=following, round=copy.round + 1, told_on=None
        )  # fmt: skip


def _drill_problems(today: date, body_id: int, drill: Mapping[str, Any]) -> list[Problem]:
    problems = _text("what", str(drill.get("what", "")), 300)
    problems += _text("compared", str(drill.get("compared", "")), 1000)
    problems += _amount("minutes", int(drill.get("minutes") or 0), least=1)
    on = drill.get("on")
    if not isinstance(on, date) or on.year < 2000:
        problems.append(Problem("continuity.needed", label("on")))
    elif on > today:
        problems.append(Problem("continuity.day-to-come", label("on"), {"on": on}))
    if drill.get("result") not in DrillResult.values:
        problems.append(
            Problem(
                "continuity.choice-unknown",
                label("result"),
                {"value": str(drill.get("result"))[:40]},
            )
        )
    copy_id = drill.get("copy") or None
    theirs = Q(owner=body_id) | Q(receiver=body_id)
    if copy_id and not Copy.objects.filter(theirs, pk=copy_id).exists():
        problems.append(Problem("continuity.copy-missing"))
    return problems


@action("continuity.drill-recorded")
def record_drill(act: Act, *, body_id: int, drill: Mapping[str, Any]) -> Result:
    """Put a restore that was tried on record: when, what, how it ended, how long it took.

    Shapes: ``drill`` has on (a day, not after today), what, result, minutes (1 or more), compared: against
    what the result was held; maybe copy (id).
    """
    act.lock(chain_of(body_id))
    allow(act, "drill.record", queries.about(body_id))
    refuse_if([*_known_body(body_id), *_drill_problems(act.on, body_id, drill)])
    on, copy_id = drill["on"], drill.get("copy") or None
    entry = act.record(
        chain=chain_of(body_id), subject=Ref("body", body_id), after=dict(drill), on=on
    )
    what = str(drill["what"]).strip()
    made = Drill.objects.create(
        body_id=body_id, copy_id=copy_id, on=on, what=what, result=drill["result"],
        minutes=int(drill["minutes"]), compared=str(drill["compared"]).strip(), folded=fold(what)[:400],
        entry=entry, at=entry.at, **_who(act),
    )  # fmt: skip
    return {"drill": made.pk}
