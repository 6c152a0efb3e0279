"""Minutes: dispatched, counted by both sides, signed by both heads, corrected by new minutes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Max

from thongsuot.apps.authority.queries import line_of
from thongsuot.apps.handover import beside, competence, permit, telling
from thongsuot.apps.handover.actions.items import write_steps
from thongsuot.apps.handover.actions.steps import (
    FIRST,
    Result,
    begin,
    chain_of,
    record,
    refuse_ended,
    select,
)
from thongsuot.apps.handover.models import (
    Item,
    LineCount,
    Minutes,
    MinutesLine,
    Signature,
    Transition,
)
from thongsuot.apps.handover.models.choices import (
    Allocation,
    ItemState,
    MinutesState,
    Side,
    Step,
)
from thongsuot.apps.handover.posting import Posting, insert_select, lines_digest
from thongsuot.apps.handover.queries.minutes import content_of, signatures_of
from thongsuot.apps.handover.selection import Choice
from thongsuot.apps.handover.settling import after_signing, line_value, stage_signed
from thongsuot.foundation.bulk import insert_rows
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.wording import moment
from thongsuot.rules.authority.signing import Basis
from thongsuot.rules.handover import lifecycle
from thongsuot.rules.handover import minutes as rules
from thongsuot.rules.handover.access import Relation
from thongsuot.rules.handover.ledger import HELD, TRANSIT, Movement
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.quantity import LARGEST
from thongsuot.rules.kernel.ref import Ref

Counts = Sequence[Mapping[str, Any]]
WRITTEN_OUT = 50  # so many counts are written out on the trail; more by their digest


@action("handover.dispatched")
def dispatch(act: Act, *, transition_id: int, choice: Choice, place: str = "") -> Result:
    """Put the chosen items on minutes, one for each giver and receiver (lập biên bản).

    Takes items that are classified, whose receiver is confirmed and that are with their giver;
    others among the chosen are left as they are. All that is held of an item goes.

    Raises Refused when none of the chosen is ready.
    """
    transition = begin(act, transition_id)
    items = select(act, transition, "minutes.dispatch", choice).filter(
        state=ItemState.HELD,
        allocation=Allocation.CONFIRMED,
        step__in=(Step.CLASSIFY, Step.HAND_OVER),
    )
    pairs = list(items.order_by("giver", "receiver").values_list("giver", "receiver").distinct())
    if not pairs:
        raise Refused.because("handover.nothing-to-dispatch")
    refuse_ended(transition, {giver for giver, _ in pairs})
    posting, made = Posting(), []
    for giver, receiver in pairs:
        minutes = _new_minutes(act, transition, giver, receiver or 0, place=place)
        made.append(minutes.pk)
        theirs = items.filter(giver=giver, receiver=receiver)
        insert_select(MinutesLine, LINE, theirs, _line_values(minutes, quantity=F("q_held")))
        like = Movement("", "dispatched", HELD, TRANSIT, 1, receiver or 0, minutes=minutes.pk)
        posting.stage(theirs, like)
    entry = record(act, transition, posting, also={"minutes": made})
    count = posting.count
    first_time = Item.objects.filter(lines__minutes__in=made, step=Step.CLASSIFY)
    write_steps(first_time, entry.pk, entry.at, Step.HAND_OVER)
    posting.post(entry)
    telling.to_count(act, made)
    return {"minutes": made, "count": count}


LINE = (
    "item",
    "minutes",
    "quantity",
    "giver_version",
    "receiver_version",
    "refused",
    "reason",
    "live",
)


def _line_values(minutes: Minutes, *, quantity: F) -> dict[str, Any]:
    return {
        "minutes": minutes.pk,
        "quantity": quantity,
        "giver_version": 0,
        "receiver_version": 0,
        "refused": False,
        "reason": "",
        "live": True,
    }


def _new_minutes(
    act: Act, transition: Transition, giver: int, receiver: int, **values: Any
) -> Minutes:
    last = Minutes.objects.filter(transition=transition).aggregate(n=Max("number"))["n"] or 0
    return Minutes.objects.create(
        transition=transition,
        number=last + 1,
        giver_id=giver,
        receiver_id=receiver,
        opened_on=act.on,
        **values,
    )


def take(act: Act, transition_id: int, minutes_id: int, doing: str) -> tuple[Transition, Minutes]:
    """Take a transition and one of its minutes for this act.

    Raises Refused: 404 when they are not there, 409 when their state no longer allows it.
    """
    transition = begin(act, transition_id)
    minutes = Minutes.objects.filter(pk=minutes_id, transition=transition).first()
    if minutes is None:
        raise Refused.missing(Problem("handover.minutes-missing"))
    if doing:
        problem = lifecycle.check_state(
            lifecycle.MINUTES, minutes.state, doing, str(minutes.number)
        )
        if problem is not None:
            facts = {**problem.facts, "state": minutes.get_state_display()}
            raise Refused.conflict(Problem(problem.code, problem.subject, facts))
    return transition, minutes


def may(act: Act, doing: str, transition: Transition, minutes: Minutes) -> None:
    """Refuse (403) whoever may not do that with these minutes."""
    giver = permit.answering(transition, minutes.giver_id)
    permit.allow(act.by, doing, Relation(giver, minutes.receiver_id, transition.unit_id))


def _lines(minutes: Minutes, wanted: Iterable[int]) -> dict[int, MinutesLine]:
    """The wanted lines by id, locked; all must be there."""
    ids = set(wanted)
    found = {
        line.pk: line
        for line in MinutesLine.objects.filter(minutes=minutes, pk__in=ids).select_related("item")
    }
    refuse_if((Problem("handover.line-missing", str(i)) for i in sorted(ids - set(found))), 404)
    return found


@action("handover.lines-counted")
def count_lines(
    act: Act, *, transition_id: int, minutes_id: int, side: str, counts: Counts
) -> Result:
    """One side writes down what it counted on some lines (kiểm đếm).

    Shapes: each count is ``{"line": id, "count": parts, "version": n}``; the version is the one of
    that side that was seen (0: nobody had counted). A count of a refused line takes it in again.

    Raises Refused: 409 naming who counted meanwhile and when; counts below 0.
    """
    transition, minutes = take(act, transition_id, minutes_id, "count")
    may(act, f"count.{side}", transition, minutes)
    lines = _lines(minutes, (int(c["line"]) for c in counts))
    refuse_if(_stale(lines, side, counts), 409)
    checked = (
        rules.check_count(lines[int(c["line"])].item.code, int(c["count"]), LARGEST) for c in counts
    )
    refuse_if(p for p in checked if p is not None)
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("minutes", minutes_id),
        after={"side": side, **_counted(counts)},
    )
    versions = {}
    for c in counts:
        line = lines[int(c["line"])]
        versions[str(line.pk)] = _write_count(act, entry.pk, line, side, int(c["count"]))
    return {"versions": versions}


def _counted(counts: Counts) -> dict[str, object]:
    """The counts for the trail: written out while few, else how many and their digest."""
    pairs = sorted((int(c["line"]), int(c["count"])) for c in counts)
    if len(pairs) <= WRITTEN_OUT:
        return {"counts": [list(pair) for pair in pairs]}
    return {"counted": len(pairs), "counts_digest": lines_digest(pairs)}


def _write_count(act: Act, entry: int, line: MinutesLine, side: str, count: int) -> int:
    version = int(getattr(line, f"{side}_version")) + 1
    LineCount.objects.create(
        line=line,
        side=side,
        version=version,
        count=count,
        user=act.by.user,
        name=act.by.name,
        at=act.at,
        entry_id=entry,
    )
    taken_in = {"refused": False, "reason": ""} if line.refused and side == Side.RECEIVER else {}
    MinutesLine.objects.filter(pk=line.pk).update(
        **{f"{side}_count": count, f"{side}_version": version, **taken_in}
    )
    return version


def _stale(lines: Mapping[int, MinutesLine], side: str, counts: Counts) -> list[Problem]:
    """The lines that somebody has counted since the person looked, with who and when."""
    problems = []
    for c in counts:
        line = lines[int(c["line"])]
        version = int(getattr(line, f"{side}_version"))
        if version != int(c.get("version", 0)):
            last = LineCount.objects.filter(line=line, side=side, version=version).first()
            facts = {
                "who": last.name if last else "",
                "when": moment(last.at) if last else "",
                "count": last.count if last else None,
                "version": version,
            }
            problems.append(Problem("handover.counted-meanwhile", line.item.code, facts))
    return problems


@action("handover.lines-counted-as-sent")
def count_rest_as_sent(act: Act, *, transition_id: int, minutes_id: int, side: str) -> Result:
    """One side has counted every line it had not yet written down, and found what was sent."""
    transition, minutes = take(act, transition_id, minutes_id, "count")
    may(act, f"count.{side}", transition, minutes)
    version = f"{side}_version"
    rest = MinutesLine.objects.filter(
        minutes=minutes, refused=False, **{f"{side}_count__isnull": True}
    )
    rows = list(rest.order_by("pk").values_list("pk", "quantity", version))
    if not rows:
        raise Refused.because("handover.nothing-chosen")
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("minutes", minutes_id),
        after={
            "side": side,
            "counted": len(rows),
            "counts_digest": lines_digest((pk, n) for pk, n, _ in rows),
        },
    )
    same: dict[str, Any] = {"side": side, "user": act.by.user, "name": act.by.name, "at": act.at}
    insert_rows(
        LineCount,
        ("line", "count", "version"),
        ((pk, quantity, seen + 1) for pk, quantity, seen in rows),
        same | {"entry": entry.pk, "refused": False, "reason": ""},
    )
    rest.update(**{f"{side}_count": F("quantity"), version: F(version) + 1})
    return {"count": len(rows)}


@action("handover.line-refused")
def refuse_line(
    act: Act, *, transition_id: int, minutes_id: int, line_id: int, reason: str, version: int = 0
) -> Result:
    """The receiver refuses a line, with the reason (từ chối nhận): it goes back when both sign."""
    transition, minutes = take(act, transition_id, minutes_id, "count")
    may(act, "line.refuse", transition, minutes)
    line = _lines(minutes, [line_id])[line_id]
    seen: Counts = [{"line": line_id, "version": version}]
    refuse_if(_stale({line_id: line}, Side.RECEIVER, seen), 409)
    if not reason.strip() or minutes.corrects_id:
        raise Refused.because("handover.reason-needed", line.item.code)
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("minutes", minutes_id),
        after={"refused": line_id},
        reason=reason,
    )
    LineCount.objects.create(
        line=line,
        side=Side.RECEIVER,
        version=line.receiver_version + 1,
        count=None,
        refused=True,
        reason=reason,
        user=act.by.user,
        name=act.by.name,
        at=act.at,
        entry=entry,
    )
    MinutesLine.objects.filter(pk=line_id).update(
        refused=True,
        reason=reason,
        receiver_count=None,
        receiver_version=line.receiver_version + 1,
    )
    return {"line": line_id, "version": line.receiver_version + 1}


@action("handover.minutes-withdrawn")
def withdraw_minutes(act: Act, *, transition_id: int, minutes_id: int, reason: str) -> Result:
    """The giver takes minutes back that are not signed by both; the items are held again."""
    transition, minutes = take(act, transition_id, minutes_id, "withdraw")
    may(act, "minutes.withdraw", transition, minutes)
    posting = Posting()
    if not minutes.corrects_id:
        like = Movement("", "withdrawn", TRANSIT, HELD, 1, reason=reason, minutes=minutes_id)
        posting.stage(
            Item.objects.filter(lines__minutes=minutes), like, quantity=F("lines__quantity")
        )
    entry = record(act, transition, posting, subject=Ref("minutes", minutes_id), reason=reason)
    posting.post(entry)
    MinutesLine.objects.filter(minutes=minutes).update(live=False)
    Minutes.objects.filter(pk=minutes_id).update(state=MinutesState.WITHDRAWN)
    return {"minutes": minutes_id}


@action("handover.minutes-reopened")
def reopen_minutes(act: Act, *, transition_id: int, minutes_id: int, reason: str) -> Result:
    """Before the receiver signs, either head may have minutes counted again; a new round begins."""
    transition, minutes = take(act, transition_id, minutes_id, "reopen")
    may(act, "minutes.reopen", transition, minutes)
    if not reason.strip():
        raise Refused.because("handover.reason-needed", str(minutes.number))
    act.record(
        chain=chain_of(transition.pk),
        subject=Ref("minutes", minutes_id),
        before={"content": minutes.content, "round": minutes.round},
        reason=reason,
    )
    Minutes.objects.filter(pk=minutes_id).update(
        state=MinutesState.COUNTING, round=minutes.round + 1, content=""
    )
    return {"minutes": minutes_id, "round": minutes.round + 1}


@action("handover.minutes-signed")
def sign(
    act: Act, *, transition_id: int, minutes_id: int, side: str, content: str, fresh: bool
) -> Result:
    """A head signs minutes for one side: the giver first, then the receiver (ký biên bản).

    Shapes: ``content`` is the hash of what was on the screen; ``fresh`` whether the person has
    just proved again who they are. With the second signature everything on the minutes moves.

    Raises Refused: 403 without a fresh proof or right; 409 when the content or state has changed;
    422 naming lines not counted, the same person or body on both sides.
    """
    transition, minutes = take(act, transition_id, minutes_id, f"sign-{side}")
    may(act, f"sign.{side}", transition, minutes)
    if not fresh:
        raise Refused.forbidden(Problem("handover.password-again"))
    now = content_of(minutes)
    if content != now:
        raise Refused.conflict(Problem("handover.content-changed"))
    giver = permit.answering(transition, minutes.giver_id)
    body = giver if side == Side.GIVER else minutes.receiver_id
    new = rules.Signing(act.by.user, body, side, now)
    refuse_if(
        [
            *_uncounted(minutes),
            *beside.signing_problems(minutes.pk),
            *rules.check_signing(
                new,
                signatures_of(minutes),
                giver=giver,
                receiver=minutes.receiver_id,
                content=now,
            ),
        ]
    )
    basis = competence.basis_of(act, minutes, side)
    if side == Side.GIVER:
        return _giver_signs(act, transition, minutes, new, basis)
    return _receiver_signs(act, transition, minutes, new, basis)


def _uncounted(minutes: Minutes) -> list[Problem]:
    lines = (
        MinutesLine.objects.filter(minutes=minutes).select_related("item").order_by("item__code")
    )
    wrong = lines.filter(refused=False, giver_count__isnull=True) | lines.filter(
        refused=False, receiver_count__isnull=True
    )
    return list(rules.check_ready(line_value(line) for line in wrong[:FIRST]))


def _giver_signs(
    act: Act, transition: Transition, minutes: Minutes, new: rules.Signing, basis: Basis
) -> Result:
    entry = act.record(
        chain=chain_of(transition.pk),
        subject=Ref("minutes", minutes.pk),
        after={"side": new.side, "content": new.content, "competence": basis.says()},
        authority=line_of(basis),
    )
    _write_signature(act, entry.pk, minutes, new)
    competence.keep(entry, minutes, new.side, basis)
    Minutes.objects.filter(pk=minutes.pk).update(
        state=MinutesState.GIVER_SIGNED, content=new.content
    )
    telling.to_sign(act, minutes)
    return {"state": MinutesState.GIVER_SIGNED.value, "content": new.content}


def _receiver_signs(
    act: Act, transition: Transition, minutes: Minutes, new: rules.Signing, basis: Basis
) -> Result:
    posting = Posting()
    stage_signed(posting, minutes)
    entry = record(
        act,
        transition,
        posting,
        subject=Ref("minutes", minutes.pk),
        also={"side": new.side, "content": new.content, "competence": basis.says()},
        authority=line_of(basis),
    )
    count = posting.count
    posting.post(entry, after_signing(minutes))
    _write_signature(act, entry.pk, minutes, new)
    competence.keep(entry, minutes, new.side, basis)
    MinutesLine.objects.filter(minutes=minutes).update(live=False)
    Minutes.objects.filter(pk=minutes.pk).update(
        state=MinutesState.SIGNED, signed_on=entry.on, signed_at=entry.at
    )
    return {
        "state": MinutesState.SIGNED.value,
        "content": new.content,
        "movements": count,
        "receipt": entry.hash,
    }


def _write_signature(act: Act, entry: int, minutes: Minutes, new: rules.Signing) -> None:
    hat = act.by.hat
    Signature.objects.create(
        minutes=minutes,
        round=minutes.round,
        side=new.side,
        body_id=new.body,
        user=new.user,
        name=act.by.name,
        post=hat.post if hat else "",
        at=act.at,
        content=new.content,
        entry_id=entry,
    )


@action("handover.correction-opened")
def correct_after_signature(
    act: Act, *, transition_id: int, minutes_id: int, lines: Sequence[int], reason: str
) -> Result:
    """Open correcting minutes for lines of signed ones: counted and signed by both again.

    The signed minutes stay as they are. Each new line begins with what the receiver has now.

    Raises Refused: minutes not signed, lines refused there, items on other live minutes.
    """
    transition, minutes = take(act, transition_id, minutes_id, "correct")
    may(act, "minutes.correct", transition, minutes)
    if not reason.strip() or not lines:
        raise Refused.because("handover.reason-needed", str(minutes.number))
    old = _lines(minutes, lines)
    problems = [
        Problem("handover.refused-line-uncorrectable", x.item.code)
        for x in old.values()
        if x.refused
    ]
    refuse_if(problems + _on_live_minutes(x.item for x in old.values()))
    made = _new_minutes(
        act, transition, minutes.giver_id, minutes.receiver_id, corrects=minutes, reason=reason
    )
    MinutesLine.objects.bulk_create(
        MinutesLine(
            minutes=made, item=x.item, quantity=x.item.q_accepted, corrects=x, reason=reason
        )
        for x in old.values()
    )
    act.record(
        chain=chain_of(transition.pk),
        subject=Ref("minutes", made.pk),
        before={"minutes": minutes_id},
        after={"lines": sorted(old)},
        reason=reason,
    )
    return {"minutes": made.pk}


def _on_live_minutes(items: Iterable[Item]) -> list[Problem]:
    codes = (
        MinutesLine.objects.filter(live=True, item__in=[i.pk for i in items])
        .order_by("item__code")
        .values_list("item__code", flat=True)
    )
    return [Problem("handover.on-other-minutes", code) for code in codes]
