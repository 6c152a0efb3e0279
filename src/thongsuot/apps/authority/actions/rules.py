"""Rules: written as drafts, compared with their text by two people, published, withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.text import slugify

from thongsuot.apps.authority import permit
from thongsuot.apps.authority.actions.steps import (
    Result,
    days,
    draft_of,
    draft_or_live,
    live_rule,
    matter_of,
    texts,
)
from thongsuot.apps.authority.models import Field, Matter, Rule, RuleCheck, RulePlace
from thongsuot.apps.authority.models.choices import Reading, Status, Verdict
from thongsuot.apps.authority.queries.table import CHAIN
from thongsuot.apps.registry.models import BodyKind, LegalText, Unit
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.authority import values as v
from thongsuot.rules.authority.access import may_check, may_keep
from thongsuot.rules.authority.registering import check_publish, check_rule, held_before
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

TEXTS = (
    "to_organ", "to_title", "to_name", "from_tier", "from_organ", "from_title", "from_name",
    "article", "clause", "replaced", "conditions", "sources", "note",
)  # fmt: skip
DEFAULTS: dict[str, Any] = {
    **dict.fromkeys(TEXTS, ""), "least": None, "most": None, "since": None, "until": None,
    "passable": None, "replaces": [], "procedures": [], "places": [], "reading": Reading.PART,
}  # fmt: skip


@action("authority.rule-written")
def write_rule(act: Act, *, code: str, rule: dict[str, Any]) -> Result:
    """Write a rule, or a new version of one: a draft that two other people compare with its text.

    Shapes: ``rule`` has kind, matter (code), to_tier and text (key of the register of texts), and
    any of DEFAULTS. The version before stays readable, and in force while it was published: only
    publishing the new one takes its place. Its checks do not count for the new one.

    Raises Refused: 403 without the right; 422 with everything that is wrong.
    """
    permit.refuse(may_keep(act.by))
    act.lock(CHAIN)
    row = put_rule_checked(code, rule)
    entry = act.record(
        chain=CHAIN,
        subject=Ref("authority-rule", 0),
        before=_told(draft_of(row["code"])),
        after={"code": row["code"], "matter": row["matter"].code, "to": row["to_tier"]},
        reason=row["note"],
    )
    made = put(entry, row, author=act.by.user, author_name=act.by.name)
    return {"rule": made.pk, "code": made.code}


def _told(row: Rule | None) -> dict[str, object] | None:
    return None if row is None else {"rule": row.pk, "status": row.status, "to": row.to_tier}


def put_rule_checked(code: str, rule: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be written, found and checked. Raises Refused with everything that is wrong."""
    row = {**DEFAULTS, **rule}
    row |= texts({name: str(row[name] or "") for name in TEXTS})
    row["code"] = _code(code)
    row["matter"] = matter_of(str(row.get("matter", "")))
    days(row["since"], row["until"], row["code"])
    text = LegalText.objects.filter(key=str(row.get("text", ""))[:60]).first()
    problems = list(check_rule(_value(row), {text.key} if text else set()))
    problems += _unknown_organs(row)
    row["places"] = _places(row["places"], problems)
    refuse_if(problems)
    row["text"] = text
    return row


def _code(code: str) -> str:
    return slugify(fold(code)).replace("_", "-").upper()[:60] if code.strip() else ""


def _value(row: Mapping[str, Any]) -> v.Rule:
    """The row as the rules judge it."""
    to = v.Office(str(row.get("to_tier", "")), row["to_organ"], row["to_title"], row["to_name"])
    origin = (
        v.Office(row["from_tier"], row["from_organ"], row["from_title"], row["from_name"])
        if row["from_tier"]
        else None
    )
    basis = v.Citation(str(row.get("text", "")), row["article"], row["clause"])
    return v.Rule(
        row["code"], str(row.get("kind", "")), row["matter"].code, to, origin=origin, basis=basis,
        period=Period(row["since"], row["until"]), least=row["least"], most=row["most"],
    )  # fmt: skip


def _unknown_organs(row: Mapping[str, Any]) -> list[Problem]:
    known = {"", *BodyKind.values}
    return [
        Problem("authority.organ-unknown", column, {"value": row[column]})
        for column in ("to_organ", "from_organ")
        if row[column] not in known
    ]


def _places(units: list[int], problems: list[Problem]) -> list[int]:
    found = set(Unit.objects.filter(pk__in=units).values_list("pk", flat=True))
    problems += [Problem("authority.place-unknown", str(u)) for u in set(units) - found]
    return sorted(found)


def put(
    entry: Entry, row: Mapping[str, Any], *, author: int, author_name: str, batch: int | None = None
) -> Rule:
    """Write a new version, a draft: beside a published one it waits, of any other it takes the place."""
    before = draft_of(row["code"])
    waits = before is not None and (before.waiting or before.status == Status.PUBLISHED)
    if before is not None and before.status != Status.PUBLISHED:
        Rule.objects.filter(pk=before.pk).update(live=False, waiting=False)
    made = Rule.objects.create(
        code=row["code"], kind=row["kind"], matter=row["matter"], to_tier=row["to_tier"],
        text=row["text"], since=row["since"], until=row["until"], least=row["least"],
        most=row["most"], passable=row["passable"], replaces=row["replaces"],
        procedures=row["procedures"], reading=row["reading"], status=Status.DRAFT,
        replaces_row=before, live=not waits, waiting=waits, author=author, author_name=author_name[:120], batch=batch,
        entry=entry, **{name: row[name] for name in TEXTS},
    )  # fmt: skip
    RulePlace.objects.bulk_create(RulePlace(rule=made, unit_id=u) for u in row["places"])
    return made


@action("authority.rule-checked")
def check(act: Act, *, code: str, verdict: str, against: str, note: str = "") -> Result:
    """Somebody who did not write a rule compared it with its text: the same, or different.

    Raises Refused: 403 for its author, for whoever checked it already, without the right.
    """
    row = draft_or_live(act, code)
    before = list(row.checks.values_list("user", flat=True))
    permit.refuse(may_check(act.by, row.author, before))
    clean = texts({"against": against, "note": note})
    if verdict not in Verdict.values:
        raise Refused.because("authority.verdict-unknown", row.code)
    if not clean["against"]:
        raise Refused.because("authority.check-against", row.code)
    if verdict == Verdict.DIFFERS and not clean["note"]:
        raise Refused.because("authority.reason-needed", row.code)
    entry = act.record(
        chain=CHAIN,
        subject=Ref("authority-rule", row.pk),
        after={"code": row.code, "verdict": verdict, "against": clean["against"]},
        reason=clean["note"],
    )
    RuleCheck.objects.create(
        rule=row, verdict=verdict, user=act.by.user, name=act.by.name[:120],
        post=(act.by.hat.post if act.by.hat else "")[:200], at=act.at, entry=entry, **clean,
    )  # fmt: skip
    return {"rule": row.pk, "checks": len(before) + 1}


@action("authority.rule-published")
def publish(act: Act, *, code: str) -> Result:
    """A draft that two people found to be the same as its text counts from now on.

    The version before answers only for the days before the first day of the new one.

    Raises Refused while fewer than two did, or when somebody found it different.
    """
    row = draft_or_live(act, code)
    permit.refuse(may_keep(act.by))
    same = row.checks.filter(verdict=Verdict.SAME).count()
    problems = list(
        check_publish(
            v.Rule(row.code, row.kind, "", v.Office(row.to_tier), status=row.status), same
        )
    )
    if row.checks.filter(verdict=Verdict.DIFFERS).exists():
        problems.append(Problem("authority.check-differs", row.code))
    refuse_if(problems)
    act.record(
        chain=CHAIN,
        subject=Ref("authority-rule", row.pk),
        before={"status": row.status},
        after={"code": row.code, "status": Status.PUBLISHED.value},
    )
    _take_place(row)
    Rule.objects.filter(pk=row.pk).update(status=Status.PUBLISHED, live=True, waiting=False)
    return {"rule": row.pk}


def _take_place(row: Rule) -> None:
    """Leave earlier versions the days before the new one, and only those."""
    standing = Rule.objects.filter(code=row.code, live=True).exclude(pk=row.pk)
    earlier = Rule.objects.filter(code=row.code, held_until__isnull=False)
    for old in [*standing, *earlier]:
        counted = old.status == Status.PUBLISHED
        until = held_before(old.since, old.held_until, row.since) if counted else None
        Rule.objects.filter(pk=old.pk).update(live=False, held_until=until)


@action("authority.rule-withdrawn")
def withdraw(
    act: Act, *, code: str, reason: str, on: date | None = None, draft: bool = False
) -> Result:
    """Take a rule out of the register: at once, or by ending it on a day, with the reason.

    Shapes: ``draft`` drops the version that waits beside a published one, which stays in force.
    """
    row = draft_or_live(act, code) if draft else live_rule(act, code)
    permit.refuse(may_keep(act.by))
    if draft and row.status != Status.DRAFT:
        raise Refused.because("authority.not-a-draft", row.code)
    clean = texts({"reason": reason})
    if row.status == Status.WITHDRAWN:
        raise Refused.because("authority.withdrawn-already", row.code)
    if not clean["reason"]:
        raise Refused.because("authority.reason-needed", row.code)
    days(row.since, on, row.code)
    act.record(
        chain=CHAIN,
        subject=Ref("authority-rule", row.pk),
        before={"status": row.status, "until": row.until},
        after={"code": row.code, "until": on},
        reason=clean["reason"],
    )
    if on is None:
        Rule.objects.filter(pk=row.pk).update(status=Status.WITHDRAWN, waiting=False)
        _stop_waiting(row)
    else:
        Rule.objects.filter(pk=row.pk).update(until=on)
    return {"rule": row.pk}


def _stop_waiting(gone: Rule) -> None:
    """A draft that waited beside a rule that was withdrawn now stands for itself."""
    waiting = Rule.objects.filter(code=gone.code, waiting=True).first()
    if waiting is not None and gone.live:
        Rule.objects.filter(pk=gone.pk).update(live=False)
        Rule.objects.filter(pk=waiting.pk).update(live=True, waiting=False)


@action("authority.matter-written")
def write_matter(
    act: Act, *, code: str, name: str, field: str, words: list[str], public: bool = True
) -> Result:
    """Add a matter, or change its name and the ways people ask for it."""
    permit.refuse(may_keep(act.by))
    act.lock(CHAIN)
    clean = texts({"name": name})
    of = Field.objects.filter(code=field[:40]).first()
    if of is None:
        raise Refused.because("authority.field-unknown", "field", value=field)
    if not clean["name"]:
        raise Refused([Problem("authority.matter-missing", "matter", {"code": code})])
    key = slugify(fold(code or name))[:60]
    said = {fold(w): tidy(w)[:160] for w in words if fold(w)}
    act.record(
        chain=CHAIN,
        subject=Ref("authority-matter", 0),
        after={"code": key, "name": clean["name"], "words": sorted(said)[:50]},
    )
    row, _new = Matter.objects.update_or_create(
        code=key,
        defaults={
            "name": clean["name"], "folded": fold(clean["name"]), "field": of, "public": public
        },
    )  # fmt: skip
    row.words.exclude(folded__in=said).delete()
    for folded, word in said.items():
        row.words.get_or_create(folded=folded[:200], defaults={"text": word})
    return {"matter": row.pk, "code": key}
