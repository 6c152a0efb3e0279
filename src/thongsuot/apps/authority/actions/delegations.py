"""Delegations: proposed, signed by the giver, refused, revoked; acting in absence."""

from dataclasses import replace
from datetime import date
from typing import Any

from thongsuot.apps.authority import permit
from thongsuot.apps.authority.actions.steps import Result, texts
from thongsuot.apps.authority.models import Delegation, Field, Matter
from thongsuot.apps.authority.models.choices import DelegationState, Form, Seal
from thongsuot.apps.authority.queries.competence import competence, keep, line_of
from thongsuot.apps.authority.queries.table import CHAIN, bare_delegation, delegation_values
from thongsuot.apps.registry.body_queries import acts_in
from thongsuot.apps.registry.models import Appointment, Coverage, Post, Unit
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.authority import values as v
from thongsuot.rules.authority.access import may_propose, may_revoke, may_sign
from thongsuot.rules.authority.delegating import check_delegation
from thongsuot.rules.authority.signing import Basis
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


@action("authority.delegation-proposed")
def propose(  # noqa: PLR0913  # what such a document says
    act: Act,
    *,
    number: str,
    giver_id: int,
    post_id: int,
    since: date,
    until: date,
    to_person: bool = True,
    matters: list[str] | None = None,
    fields: list[str] | None = None,
    places: list[int] | None = None,
    most: int | None = None,
    passable: bool = False,
    absence: bool = False,
    parent_id: int | None = None,
    form: str = Form.TUQ.value,
    seal: str = Seal.GIVER.value,
    conditions: str = "",
    demo: bool = False,
) -> Result:
    """Prepare a delegation for its giver to sign: to a post, or to the person in it now.

    Shapes: ``giver_id`` is the giver's appointment. No matter and no field: everything the giver
    may decide. ``until`` is the first day on which it no longer counts.

    Raises Refused: 403 outside one's own body; 422 with everything that is wrong.
    """
    act.lock(CHAIN)
    giver = _held(giver_id, since, "authority.giver-unknown")
    permit.refuse(may_propose(act.by, giver.post.body_id))
    clean = texts({"number": number, "conditions": conditions})
    seat = Appointment.objects.on(since).filter(post=post_id).select_related("person").first()
    post = Post.objects.known().filter(pk=post_id).first()
    if post is None or (to_person and seat is None):
        raise Refused.because("authority.receiver-unknown")
    row = Delegation(
        number=clean["number"], giver_body_id=giver.post.body_id, giver_post=giver.post,
        giver=giver, body_id=post.body_id, post=post,
        person=seat.person if to_person and seat else None, since=since, until=until, most=most,
        passable=passable, absence=absence, parent=_parent(act, parent_id), form=form, seal=seal,
        conditions=clean["conditions"], demo=demo,
    )  # fmt: skip
    scope = _scope(matters or [], fields or [], places or [])
    refuse_if([*_wrong(row, clean["number"]), *_judged(row, scope)])
    row.entry = act.record(
        chain=CHAIN,
        subject=Ref("delegation", 0),
        after={
            "number": row.number, "giver": giver.person.full_name, "post": post.title,
            "since": since, "until": until, "most": most, "parent": parent_id,
        },
        reason=row.conditions,
    )  # fmt: skip
    row.save(force_insert=True)
    row.matters.set(scope["matters"])
    row.fields.set(scope["fields"])
    row.places.set(scope["places"])
    return {"delegation": row.pk}


def _held(pk: int, on: date, code: str) -> Appointment:
    row = Appointment.objects.known().filter(pk=pk).select_related("post", "person").first()
    if row is None or not Appointment.objects.on(on).filter(pk=pk).exists():
        raise Refused.because(code)
    return row


def _parent(act: Act, pk: int | None) -> Delegation | None:
    return permit.delegation_in_sight(act.by, pk) if pk else None


Scope = dict[str, list[Any]]


def _scope(matters: list[str], fields: list[str], places: list[int]) -> Scope:
    found: Scope = {
        "matters": list(Matter.objects.filter(code__in=matters)),
        "fields": list(Field.objects.filter(code__in=fields)),
        "places": list(Unit.objects.filter(pk__in=places)),
    }
    problems = [
        Problem("authority.matter-unknown", code)
        for code in set(matters) - {m.code for m in found["matters"]}
    ]
    problems += [
        Problem("authority.field-unknown", "field", {"value": code})
        for code in set(fields) - {f.code for f in found["fields"]}
    ]
    problems += [
        Problem("authority.place-unknown", str(pk))
        for pk in set(places) - {u.pk for u in found["places"]}
    ]
    refuse_if(problems)
    return found


def _wrong(row: Delegation, number: str) -> list[Problem]:
    problems = []
    if not number:
        problems.append(Problem("authority.number-needed"))
    elif Delegation.objects.filter(giver_body=row.giver_body_id, number=number).exists():
        problems.append(Problem("authority.number-taken", number))
    if row.form not in Form.values or row.seal not in Seal.values:
        problems.append(Problem("authority.form-unknown"))
    if row.until <= row.since:
        problems.append(Problem("authority.days-crossed", number))
    return problems


def _judged(row: Delegation, scope: Scope) -> list[Problem]:
    """What the rules have against it, before it is written."""
    if row.until <= row.since:
        return []
    value = _unsaved(row, scope)
    parent = delegation_values([row.parent])[0] if row.parent else None
    return check_delegation(value, parent)


def _unsaved(row: Delegation, scope: Scope) -> v.Delegation:
    """The proposed delegation as a value; its scope is not in the database yet."""
    return replace(
        bare_delegation(row),
        matters=frozenset(m.code for m in scope["matters"]),
        fields=frozenset(f.code for f in scope["fields"]),
        place=frozenset(u.pk for u in scope["places"]),
    )


def _taken(act: Act, pk: int, *states: str) -> Delegation:
    act.lock(CHAIN)
    row = permit.delegation_in_sight(act.by, pk)
    if row.state not in states:
        raise Refused.conflict(
            Problem(
                "authority.delegation-state", row.number, {"state": str(row.get_state_display())}
            )
        )
    return row


@action("authority.delegation-signed")
def sign(act: Act, *, delegation_id: int, fresh: bool) -> Result:
    """The giver signs, in the post that gives; from its first day the receiver may sign.

    Shapes: ``fresh``: the person has just proved again who they are.

    Raises Refused: 403 for anybody but the giver; 422 when a side has left its post meanwhile.
    """
    row = _taken(act, delegation_id, DelegationState.PROPOSED)
    permit.refuse(may_sign(act.by, row.giver_id))
    if not fresh:
        raise Refused.forbidden(Problem("authority.password-again"))
    parent = delegation_values([row.parent])[0] if row.parent else None
    refuse_if(check_delegation(delegation_values([row])[0], parent))
    grounds = _grounds(act, row)
    entry = act.record(
        chain=CHAIN,
        subject=Ref("delegation", row.pk),
        before={"state": row.state},
        after={"number": row.number, "state": DelegationState.SIGNED.value},
        authority="; ".join(dict.fromkeys([row.number, *map(line_of, grounds)]))[:300],
    )
    for basis in grounds:
        keep(entry, Ref("delegation", row.pk), basis)
    Delegation.objects.filter(pk=row.pk).update(state=DelegationState.SIGNED, signed_at=act.at)
    return {"delegation": row.pk}


def _grounds(act: Act, row: Delegation) -> list[Basis]:
    """What the giver's own power in each named matter rests on, from the first day of the delegation.

    Nobody gives away what the rules give to somebody else, or what may not be passed on.
    """
    on = max(row.since, act.on)
    units = [u.pk for u in row.places.all()] or sorted(acts_in(row.giver_body_id))[:1]
    found: dict[tuple[str, tuple[int, ...]], Basis] = {}
    problems: list[Problem] = []
    for matter in row.matters.order_by("code"):
        for unit in units:
            basis = competence(act.by, matter.code, unit, on, row.most)
            if isinstance(basis, Basis):
                found[(basis.matter, tuple(r.id for r in basis.rules))] = basis
                problems += [
                    Problem("authority.rule-not-passable", matter.name, {"code": r.code})
                    for r in basis.rules
                    if r.passable is False
                ]
            else:
                problems += [p for p in basis if p.code != "authority.amount-needed"]
    refuse_if([p for at, p in enumerate(problems) if p not in problems[:at]])
    return list(found.values())


@action("authority.delegation-refused")
def refuse(act: Act, *, delegation_id: int, reason: str) -> Result:
    """The giver does not sign, and says why."""
    row = _taken(act, delegation_id, DelegationState.PROPOSED)
    permit.refuse(may_sign(act.by, row.giver_id))
    clean = texts({"reason": reason})
    if not clean["reason"]:
        raise Refused.because("authority.reason-needed", row.number)
    act.record(
        chain=CHAIN,
        subject=Ref("delegation", row.pk),
        after={"number": row.number, "state": DelegationState.REFUSED.value},
        reason=clean["reason"],
    )
    Delegation.objects.filter(pk=row.pk).update(state=DelegationState.REFUSED, **clean)
    return {"delegation": row.pk}


@action("authority.delegation-revoked")
def revoke(act: Act, *, delegation_id: int, on: date, reason: str) -> Result:
    """End a delegation from today or a day to come: its giver, a leader of the giving body, or the city above.

    What was passed on from it ends with it; nothing more has to be written.
    """
    row = _taken(act, delegation_id, DelegationState.SIGNED)
    units = frozenset(
        Coverage.objects.known().filter(body=row.giver_body_id).values_list("unit", flat=True)
    )
    permit.refuse(may_revoke(act.by, row.giver_body_id, row.giver_id, units))
    clean = texts({"reason": reason})
    if not clean["reason"]:
        raise Refused.because("authority.reason-needed", row.number)
    if on < max(row.since, act.on):  # what was signed under it before today stays signed
        raise Refused.because("authority.revoked-before", row.number, on=on)
    act.record(
        chain=CHAIN,
        subject=Ref("delegation", row.pk),
        before={"state": row.state, "until": row.until},
        after={"number": row.number, "revoked_on": on},
        reason=clean["reason"],
    )
    Delegation.objects.filter(pk=row.pk).update(
        state=DelegationState.REVOKED, revoked_on=on, **clean
    )
    return {"delegation": row.pk}
