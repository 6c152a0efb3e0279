"""Rules come in from Excel as drafts, through the importer of the house."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from thongsuot.apps.authority import permit
from thongsuot.apps.authority.actions.rules import DEFAULTS, put, put_rule_checked
from thongsuot.apps.authority.models import Matter, Rule
from thongsuot.apps.authority.models.choices import Status
from thongsuot.apps.authority.queries.table import CHAIN
from thongsuot.apps.registry.models import LegalText
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
from thongsuot.rules.authority.access import may_keep
from thongsuot.rules.authority.columns import RULE_COLUMNS
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import code_key, fold

CODE = "authority.rules"
DAYS = ("since", "until")


class RuleSession:
    """What a row is judged by: the matters and texts of the register, looked up once."""

    def __init__(self, scope: Scope) -> None:
        rows = Matter.objects.values_list("code", "folded")
        self.matters = {key: code for code, folded in rows for key in (folded, fold(code))}
        texts = LegalText.objects.values_list("key", "number")
        self.texts = {code_key(name): key for key, number in texts for name in (key, number)}

    def fill(self, values: Values) -> None:
        """Turn the name of the matter and the number of the text into their keys."""
        matter, text = str(values.get("matter") or ""), str(values.get("text") or "")
        values["matter"] = self.matters.get(fold(matter), matter)
        values["text"] = self.texts.get(code_key(text), text)

    def judge(self, values: Values) -> Iterator[Problem]:
        """Say what is wrong in a row, at its cell."""
        matter, text = values.get("matter"), values.get("text")
        if matter and matter not in self.matters.values():
            yield Problem("authority.matter-unknown", "matter", {"subject": matter})
        if text and text not in self.texts.values():
            yield Problem("authority.text-unknown", "text", {"value": text})
        if values.get("clause") and not values.get("article"):
            facts = {"value": values["clause"]}
            yield Problem("authority.clause-without-article", "article", facts)
        since, until = values.get("since"), values.get("until")
        if isinstance(since, str) and isinstance(until, str) and until <= since:
            yield Problem("authority.days-crossed", "until", {"subject": values.get("code")})
        least, most = values.get("least"), values.get("most")
        if isinstance(least, int) and isinstance(most, int) and most < least:
            yield Problem("authority.amounts-crossed", "most", {"least": least})

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """Which rules are there already."""
        rows = newest().filter(code__in=[k.upper() for k in keys])
        found = {r.code: Known(as_row(r)) for r in rows}
        return {key: found[key.upper()] for key in keys if key.upper() in found}


def newest() -> "QuerySet[Rule]":
    """The newest version of every rule: a draft that waits comes after the one that stands."""
    rows = Rule.objects.filter(Q(live=True) | Q(waiting=True))
    return rows.select_related("matter", "text").order_by("waiting")


def as_row(rule: Rule) -> dict[str, Value]:
    """A rule as the columns of the table hold it, with keys for matter and text."""
    plain = (
        "code", "kind", "to_tier", "to_organ", "to_title", "to_name", "from_tier", "from_organ",
        "from_title", "article", "clause", "replaced", "least", "most", "conditions", "note",
    )  # fmt: skip
    row: dict[str, Value] = {name: getattr(rule, name) for name in plain}
    return row | {
        "matter": rule.matter.code,
        "text": rule.text.key,
        "since": rule.since.isoformat() if rule.since else None,
        "until": rule.until.isoformat() if rule.until else None,
        "procedures": "; ".join(rule.procedures),
    }


def _rule(values: Mapping[str, Any], before: Rule | None) -> dict[str, Any]:
    """What a row says, with what it leaves blank as it was before."""
    row: dict[str, Any] = dict(DEFAULTS)
    if before is not None:
        row |= {
            "passable": before.passable,
            "replaces": before.replaces,
            "places": list(before.places.values_list("unit", flat=True)),
        }
    row |= {name: value for name, value in values.items() if value is not None}
    for name in DAYS:
        row[name] = date.fromisoformat(row[name]) if row.get(name) else None
    codes = str(row.get("procedures") or "").replace(",", ";").split(";")
    row["procedures"] = [c.strip() for c in codes if c.strip()]
    return row


def write(act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> dict[str, object]:
    """Write the rows as drafts, all or nothing; each is still to be compared with its text."""
    held = {r.code: r for r in newest()}
    count = 0
    for page in pages:
        for ready in page:
            before = held.get(ready.key.upper())
            values: dict[str, Any] = dict(ready.values)
            if before is not None:
                changed = {name: ready.values[name] for name in ready.changes}
                values = {**as_row(before), **changed}
            row = put_rule_checked(ready.key, _rule(values, before))
            put(act.entry, row, author=act.by.user, author_name=act.by.name, batch=batch.id)
            count += 1
    return {"rules": count}


def undo(act: Act, batch: BatchView) -> dict[str, object]:
    """Take a whole import back; the drafts it had replaced stand again, and what is in force stood."""
    rows = list(
        Rule.objects.filter(batch=batch.id)
        .prefetch_related("checks")
        .select_related("replaces_row")
    )
    moved = next(
        (
            r
            for r in rows
            if not (r.live or r.waiting) or r.checks.all() or r.status != Status.DRAFT
        ),
        None,
    )
    if moved is not None:
        raise Refused.because("authority.batch-moved-on", moved.code)
    Rule.objects.filter(pk__in=[r.pk for r in rows]).update(live=False, waiting=False)
    before = [(r, r.replaces_row) for r in rows if r.replaces_row is not None]
    stood = [old.pk for r, old in before if r.live]
    waited = [old.pk for r, old in before if r.waiting and old.status == Status.DRAFT]
    Rule.objects.filter(pk__in=stood).update(live=True)
    Rule.objects.filter(pk__in=waited).update(waiting=True)
    return {"undone": len(rows)}


def may_import(actor: Actor, scope: Scope) -> None:
    """Refuse whoever may not write the register."""
    permit.refuse(may_keep(actor))


def declare() -> None:
    """Make the table of competence known to the importer."""
    register(
        ImportKind(
            code=CODE,
            title="Bảng quy định thẩm quyền",
            columns=RULE_COLUMNS,
            key="code",
            open=RuleSession,
            write=write,
            take_back=undo,
            chain=lambda scope: CHAIN,
            subject=lambda scope: Ref("register", 0),
            may=may_import,
            place=lambda scope: "Sổ thẩm quyền",
            back=lambda scope: reverse("authority:rules"),
        )
    )
