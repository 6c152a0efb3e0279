"""Bundles: begun with a lead, parts put in by people, exceptions named, then confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any

from thongsuot.apps.handover.actions.steps import Result, begin, chain_of
from thongsuot.apps.handover.listing import folded
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.settling import permit
from thongsuot.apps.settling.actions.texts import refuse_texts
from thongsuot.apps.settling.models import Bundle, BundleException, BundlePart
from thongsuot.apps.settling.models.choices import BundleState, Group, Why
from thongsuot.apps.settling.queries.bundles import GONE, things_of, whole
from thongsuot.apps.settling.words import with_names
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.settling.bundles import check_lead

MOST = 2_000


def take(act: Act, doing: str, transition_id: int, bundle_id: int) -> tuple[Transition, Bundle]:
    """Take a transition and one of its bundles for this act.

    Raises Refused: 404 when it is not there or not for this person, 403 without the right.
    """
    transition = begin(act, transition_id)
    bundle = permit.visible_bundles(act.by, transition).filter(pk=bundle_id).first()
    if bundle is None:
        raise Refused.missing(Problem("settling.bundle-missing"))
    permit.allow(act.by, doing, transition, giver=bundle.lead.giver_id)
    return transition, bundle


def _must_be(bundle: Bundle, state: BundleState) -> None:
    if bundle.state != state:
        facts: dict[str, object] = {"state": bundle.get_state_display()}
        raise Refused.conflict(Problem("settling.bundle-not-in-this-state", bundle.title, facts))


@action("settling.bundle-begun")
def make_bundle(act: Act, *, transition_id: int, sort: str, lead_id: int) -> Result:
    """Begin the bundle of a service unit, a project board or a scheme.

    Raises Refused: an item of another kind, one that leads or belongs to a bundle already.
    """
    transition = begin(act, transition_id)
    items = permit.seen_items(act.by, transition).exclude(state__in=GONE)
    lead = items.filter(pk=lead_id).first()
    if lead is None:
        raise Refused.missing(Problem("settling.lead-missing"))
    permit.allow(act.by, "bundle.make", transition, giver=lead.giver_id)
    problem = check_lead(sort, things_of([lead])[lead.pk])
    refuse_if([problem] if problem else [])
    _refuse_taken([lead])
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("item", lead.pk),
        after={"bundle": sort, "lead": lead.code},
    )
    made = Bundle.objects.create(
        transition=transition, sort=sort, lead=lead, title=lead.title,
        folded=folded(lead.code, lead.title),
    )  # fmt: skip
    return {"bundle": made.pk, "receipt": entry.hash}


def _refuse_taken(items: list[Item]) -> None:
    """An item is in one bundle at most, as its lead or as a part."""
    ids = [item.pk for item in items]
    leads = Bundle.objects.filter(lead__in=ids).exclude(state=BundleState.DISSOLVED)
    parts = BundlePart.objects.filter(item__in=ids, live=True)
    taken = set(leads.values_list("lead", flat=True)) | set(parts.values_list("item", flat=True))
    refuse_if(Problem("settling.part-taken", i.code) for i in items if i.pk in taken)


@action("settling.parts-added")
def add_parts(
    act: Act, *, transition_id: int, bundle_id: int, parts: Sequence[Mapping[str, Any]]
) -> Result:
    """People put parts into a bundle, from what the rule proposed or from the list.

    Shapes: each part is ``{"item": id, "why": reason}``.

    Raises Refused: 404 for items not in sight, items in another bundle; 409 when it is confirmed.
    """
    transition, bundle = take(act, "bundle.part", transition_id, bundle_id)
    _must_be(bundle, BundleState.DRAFT)
    why = {int(p["item"]): str(p.get("why") or Why.CHOSEN) for p in parts}
    if not why or len(why) > MOST or set(why.values()) - set(Why.values):
        raise Refused.because("settling.parts-needed", bundle.title, most=MOST)
    seen = permit.seen_items(act.by, transition).exclude(state__in=GONE)
    items = list(seen.filter(pk__in=why).order_by("pk"))
    if len(items) < len(why):
        raise Refused.missing(Problem("settling.part-missing", bundle.title))
    _refuse_taken(items)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("bundle", bundle.pk),
        after={"parts": [f"{i.kind}:{i.code}" for i in items[:50]], "count": len(items)},
    )
    BundlePart.objects.bulk_create(
        BundlePart(bundle=bundle, item=item, why=why[item.pk]) for item in items
    )
    return {"bundle": bundle.pk, "count": len(items)}


def _part(bundle: Bundle, item_id: int) -> BundlePart:
    part = BundlePart.objects.filter(bundle=bundle, item=item_id, live=True).first()
    if part is None:
        raise Refused.missing(Problem("settling.part-missing", bundle.title))
    return part


@action("settling.part-removed")
def remove_part(
    act: Act, *, transition_id: int, bundle_id: int, item_id: int, reason: str
) -> Result:
    """Take out of a bundle what does not belong to it, with the reason."""
    _transition, bundle = take(act, "bundle.part", transition_id, bundle_id)
    _must_be(bundle, BundleState.DRAFT)
    refuse_texts({"reason": reason}, ("reason",))
    part = _part(bundle, item_id)
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("bundle", bundle.pk),
        before={"item": item_id},
        reason=reason,
    )
    BundlePart.objects.filter(pk=part.pk).update(live=False)
    return {"bundle": bundle.pk}


@action("settling.bundle-excepted")
def except_from_bundle(  # noqa: PLR0913  # an exception names its reason and who decided it
    act: Act,
    *,
    transition_id: int,
    bundle_id: int,
    reason: str,
    decided_by: str,
    item_id: int | None = None,
    group: str = "",
) -> Result:
    """Name a part that does not move with its bundle, or a group it has nothing of.

    Raises Refused without a reason or a decider, for no part of this bundle, for both or neither.
    """
    _transition, bundle = take(act, "bundle.except", transition_id, bundle_id)
    refuse_texts({"reason": reason, "decided_by": decided_by}, ("reason", "decided_by"))
    if bundle.state == BundleState.DISSOLVED:
        _must_be(bundle, BundleState.DRAFT)
    if bool(item_id) == bool(group) or (group and group not in Group.values):
        raise Refused.because("settling.exception-of-one-thing", bundle.title)
    if item_id:
        _part(bundle, item_id)
    entry = act.record(
        chain=chain_of(transition_id),
        subject=Ref("bundle", bundle.pk),
        after={"item": item_id, "group": group},
        reason=reason,
        authority=decided_by,
    )
    BundleException.objects.create(
        bundle=bundle, item_id=item_id or None, group=group, reason=reason, decided_by=decided_by,
        entry=entry,
    )  # fmt: skip
    return {"bundle": bundle.pk}


@action("settling.bundle-confirmed")
def confirm_bundle(act: Act, *, transition_id: int, bundle_id: int) -> Result:
    """A head confirms a bundle: from now on minutes that would leave a part behind are refused.

    Raises Refused: no receiver, a group without a part, parts for other receivers or days.
    """
    _transition, bundle = take(act, "bundle.confirm", transition_id, bundle_id)
    _must_be(bundle, BundleState.DRAFT)
    everything = whole(bundle)
    refuse_if(with_names(everything.problems))
    act.record(
        chain=chain_of(transition_id),
        subject=Ref("bundle", bundle.pk),
        after={"state": BundleState.CONFIRMED.value, "parts": len(everything.parts)},
    )
    Bundle.objects.filter(pk=bundle.pk).update(state=BundleState.CONFIRMED)
    return {"bundle": bundle.pk, "parts": len(everything.parts)}


@action("settling.bundle-reopened")
def reopen_bundle(act: Act, *, transition_id: int, bundle_id: int, reason: str) -> Result:
    """A head opens a confirmed bundle again, with the reason, to change its parts."""
    _transition, bundle = take(act, "bundle.confirm", transition_id, bundle_id)
    _must_be(bundle, BundleState.CONFIRMED)
    refuse_texts({"reason": reason}, ("reason",))
    act.record(chain=chain_of(transition_id), subject=Ref("bundle", bundle.pk), reason=reason)
    Bundle.objects.filter(pk=bundle.pk).update(state=BundleState.DRAFT)
    return {"bundle": bundle.pk}


@action("settling.bundle-dissolved")
def dissolve_bundle(act: Act, *, transition_id: int, bundle_id: int, reason: str) -> Result:
    """Give up a bundle that was begun, with the reason; its parts are free again."""
    _transition, bundle = take(act, "bundle.dissolve", transition_id, bundle_id)
    _must_be(bundle, BundleState.DRAFT)
    refuse_texts({"reason": reason}, ("reason",))
    act.record(chain=chain_of(transition_id), subject=Ref("bundle", bundle.pk), reason=reason)
    BundlePart.objects.filter(bundle=bundle, live=True).update(live=False)
    Bundle.objects.filter(pk=bundle.pk).update(state=BundleState.DISSOLVED)
    return {"bundle": bundle.pk}
