"""An answer as plain values: the same for the API and the command line."""

from datetime import date
from typing import Any

from thongsuot.apps.authority.models import Rule as RuleRow
from thongsuot.apps.authority.queries.card import Asked
from thongsuot.apps.authority.queries.places import unit_names
from thongsuot.apps.authority.words import MISSING, REASONS, cited, office_words
from thongsuot.apps.registry.models import UnitVersion
from thongsuot.rules.authority.delegating import Delegated
from thongsuot.rules.authority.values import Rule


def as_plain(told: Asked, *, staff: bool = True) -> dict[str, Any]:
    """The answer with names and citations; ``staff`` False leaves out who was delegated."""
    answer = told.answer
    wanted = {u for u in (answer.question.place, answer.unit) if u}
    names = unit_names(wanted, answer.question.on)
    return {
        "matter": answer.question.matter,
        "place": _unit(names.get(answer.question.place)),
        "on": answer.question.on,
        "amount": answer.question.amount,
        "state": str(answer.state),
        "reason": answer.reason,
        "says": str(REASONS.get(answer.reason, "")),
        "office": office_words(answer.office) if answer.office else "",
        "unit": _unit(names.get(answer.unit or 0)),
        "body": {"id": answer.body.body, "name": answer.body.name} if answer.body else None,
        "post": {"id": answer.post.post, "title": answer.post.label} if answer.post else None,
        "person": answer.seat.name if answer.seat else "",
        "confirmed": answer.confirmed,
        "expires": answer.expires,
        "missing": [str(MISSING[m]) for m in answer.missing if m in MISSING],
        "basis": [_rule(told.rows, r) for r in answer.basis],
        "chain": [_rule(told.rows, r) for r in answer.chain],
        "near": [_rule(told.rows, r) for r in answer.near],
        "former": [{"office": office_words(f.office), "until": f.until} for f in answer.former],
        "delegates": [_delegate(d) for d in answer.delegates] if staff else [],
    }


def _unit(version: UnitVersion | None) -> dict[str, Any] | None:
    if version is None:
        return None
    return {"id": version.unit_id, "key": version.unit.key, "name": version.full_name}


def _rule(rows: dict[int, RuleRow], rule: Rule) -> dict[str, Any]:
    row = rows.get(rule.id)
    since: date | None = rule.stretches[0].since if rule.stretches else None
    until: date | None = rule.stretches[-1].until if rule.stretches else None
    return {
        "code": rule.code,
        "kind": str(rule.kind),
        "office": office_words(rule.to),
        "cited": cited(rule.basis),
        "text": rule.basis.text,
        "article": rule.basis.article,
        "clause": rule.basis.clause,
        "since": since,
        "until": until,
        "least": rule.least,
        "most": rule.most,
        "conditions": row.conditions if row else "",
        "reading": row.reading if row else "",
        "confirmed": rule.confirmed,
    }


def _delegate(one: Delegated) -> dict[str, Any]:
    return {
        "person": one.seat.name if one.seat else "",
        "chain": [d.code for d in one.chain],
        "form": one.last.form,
        "most": one.last.most,
        "absence": one.last.absence,
        "until": one.last.stops(),
    }
