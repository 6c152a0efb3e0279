"""Seals: taken into the register from the inventory, moved step by step, new ones issued."""

from datetime import date

from thongsuot.apps.handover.actions import close_items
from thongsuot.apps.handover.actions.steps import FIRST, Result, begin, chain_of, name_of
from thongsuot.apps.handover.listing import folded
from thongsuot.apps.handover.models import Item, Transition, TransitionBody
from thongsuot.apps.handover.models.choices import ItemState, TransitionSide
from thongsuot.apps.registry.models import Body
from thongsuot.apps.settling import permit
from thongsuot.apps.settling.actions.texts import refuse_texts
from thongsuot.apps.settling.models import Seal, SealStep
from thongsuot.apps.settling.models.choices import SealType
from thongsuot.apps.settling.queries.seals import seal_value, unregistered
from thongsuot.apps.settling.words import with_names
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.settling import seals as rules

MOST = 1_000


@action("settling.seals-registered")
def register_seals(act: Act, *, transition_id: int) -> Result:
    """Take into the register every seal of the inventory that is not in it, of bodies one answers for.

    Raises Refused when there is none, or (403) when the post acted in answers for no body here.
    """
    transition = begin(act, transition_id)
    items = list(unregistered(transition).select_related("giver").order_by("pk"))
    mine = [i for i in items if permit.allowed(act.by, "seal.register", transition, i.giver_id)]
    if items and not mine:
        permit.allow(act.by, "seal.register", transition, items[0].giver_id)
    if not mine:
        permit.allow(act.by, "seal.register", transition, *_any_body(act, transition))
        raise Refused.because("settling.seals-all-registered")
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("transition", transition_id),
        after={"seals": len(mine)},
    )
    Seal.objects.bulk_create(_registered(transition, item) for item in mine)
    return {"count": len(mine)}


def _any_body(act: Act, transition: Transition) -> list[int]:
    """An ending body that the person answers for, where there is one."""
    seen = permit.bodies_in_sight(act.by, transition)
    return sorted(seen)[:1]


def _registered(transition: Transition, item: Item) -> Seal:
    annex = item.annex
    kind = str(annex.get("seal_type") or "")
    return Seal(
        transition=transition,
        body_id=item.giver_id,
        item=item,
        old=True,
        code=item.code,
        title=item.title,
        folded=folded(item.code, item.title),
        seal_type=kind if kind in SealType.values else SealType.OTHER,
        certificate_no=str(annex.get("certificate_no") or "")[:60],
        keeper=str(annex.get("keeper") or "")[:120],
    )


@action("settling.seals-moved")
def move_seals(  # noqa: PLR0913  # what such a step says
    act: Act,
    *,
    transition_id: int,
    seals: list[int],
    doing: str,
    on: date,
    number: str = "",
    receiver_id: int | None = None,
    reason: str = "",
) -> Result:
    """Take one step with old seals, all or none: reported, returned, certified, lost, announced, found.

    With the certificate the item of the ledger is closed too, when it is still with its giver.

    Raises Refused: 404 for a seal that is not there or not yours; 403 without the right; 422 naming
    each seal that is not in the state, paper or receiver missing, days out of order.
    """
    transition = begin(act, transition_id)
    refuse_texts({"number": number, "reason": reason})
    if doing not in rules.ACTS:
        raise Refused.because("settling.seal-not-in-this-state", doing[:20], state="", act=doing)
    found = _chosen(act, transition, seals)
    for body in sorted({seal.body_id for seal in found}):
        permit.allow(act.by, f"seal.{doing}", transition, giver=body)
    kinds = Body.objects.filter(pk=receiver_id or 0).values_list("kind", flat=True)
    step = rules.Step(
        doing, on, number, reason, (receiver_id or 0) if kinds else 0, str(kinds.first() or "")
    )
    refuse_if(with_names([p for s in found for p in rules.check_step(seal_value(s), step, act.on)]))
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("seal", found[0].pk),
        before={"states": sorted({s.state for s in found})},
        after={"act": doing, "seals": [s.code for s in found[:50]], "count": len(found), "on": on,
               "receiver": receiver_id},
        reason=reason,
        authority=number,
    )  # fmt: skip
    for seal in found:
        _step(entry.pk, seal, step)
    closed = _close_in_ledger(act, transition, found, step) if doing == "certify" else 0
    return {"count": len(found), "closed": closed}


def _chosen(act: Act, transition: Transition, seals: list[int]) -> list[Seal]:
    wanted = {int(pk) for pk in seals}
    if not wanted or len(wanted) > MOST:
        raise Refused.because("settling.seals-needed", "", most=MOST)
    seen = permit.visible_seals(act.by, transition)
    found = list(seen.filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise Refused.missing(Problem("settling.seal-missing"))
    return found


def _step(entry: int, seal: Seal, step: rules.Step) -> None:
    dst = rules.TABLE[(seal.state, step.act)]
    SealStep.objects.create(
        seal=seal,
        act=step.act,
        src=seal.state,
        dst=dst,
        on=step.on,
        number=step.number,
        receiver_id=step.receiver or None,
        reason=step.reason,
        entry_id=entry,
    )
    values: dict[str, object] = {"state": dst, "since": step.on}
    if step.act == "return":
        values["receiver_id"] = step.receiver
    if step.act in rules.NUMBERED:
        values["paper"] = step.number
    Seal.objects.filter(pk=seal.pk).update(**values)


def _close_in_ledger(act: Act, transition: Transition, seals: list[Seal], step: rules.Step) -> int:
    """Close the items of seals that came back, where nothing else has been done with them."""
    held = Item.objects.filter(pk__in=[s.item_id for s in seals if s.item_id], state=ItemState.HELD)
    ids = sorted(held.values_list("pk", flat=True))
    if ids:
        close_items(
            act.sub("ledger"),
            transition_id=transition.pk,
            choice={"ids": ids},
            reason=f"Đã nộp lại, giấy chứng nhận thu hồi số {step.number}.",
        )
    return len(ids)


@action("settling.seal-issued")
def issue_seal(  # noqa: PLR0913  # what a certificate of registration says
    act: Act,
    *,
    transition_id: int,
    body_id: int,
    code: str,
    title: str,
    seal_type: str,
    certificate_no: str,
    issuer_id: int,
    on: date,
    keeper: str = "",
) -> Result:
    """A body that begins gets a new seal, with the certificate of its registration.

    Raises Refused: the body does not begin here, the issuer is no police body, the code is taken.
    """
    transition = begin(act, transition_id)
    permit.allow(act.by, "seal.issue", transition, receiver=body_id)
    refuse_texts(
        {"item_code": code, "title": title, "certificate_no": certificate_no, "keeper": keeper}
    )
    begins = TransitionBody.objects.filter(
        transition=transition, body=body_id, side=TransitionSide.BEGINS
    )
    if not begins.exists():
        raise Refused.because("settling.body-does-not-begin", name_of(body_id))
    if seal_type not in SealType.values:
        raise Refused.because("settling.seal-type-unknown", code)
    issuer = Body.objects.filter(pk=issuer_id).values_list("kind", flat=True).first()
    problems = list(rules.check_issue(code, title, certificate_no, str(issuer or "")))
    if on > act.on:
        problems.append(Problem("settling.day-to-come", code, {"on": on}))
    if Seal.objects.filter(transition=transition, old=False, code=code).exists():
        problems.append(Problem("settling.code-twice", code))
    refuse_if(problems[:FIRST])
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("body", body_id),
        after={"seal": code, "certificate": certificate_no, "on": on},
        authority=certificate_no,
    )
    made = Seal.objects.create(
        transition=transition, body_id=body_id, old=False, code=code, title=title,
        folded=folded(code, title), seal_type=seal_type, certificate_no=certificate_no,
        keeper=keeper, since=on, receiver_id=issuer_id, paper=certificate_no,
    )  # fmt: skip
    return {"seal": made.pk}
