"""Loading what is known of competence into the register: once, and again without harm."""

import csv
import hashlib
import os
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

from thongsuot.apps.authority.models import (
    Clash,
    Field,
    FieldGroup,
    Matter,
    MatterWord,
    Rule,
    RulePlace,
    TextChange,
    TextDays,
)
from thongsuot.apps.authority.models.choices import Reading, Status
from thongsuot.apps.authority.queries.table import CHAIN
from thongsuot.apps.registry.models import LegalText, UnitLevel, UnitVersion
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold

ROOT = Path(__file__).resolve().parents[4]
ACT = "authority.loaded"
WRITTEN = "authority.text-written"
MACHINE = Actor(user=0, name="Lệnh nạp sổ thẩm quyền")
FILES = ("groups", "fields", "texts", "changes", "matters", "words", "rules", "clashes")
RULE_TEXTS = (
    "kind", "to_tier", "to_organ", "to_title", "to_name", "from_tier", "from_organ", "from_title",
    "from_name", "article", "clause", "replaced", "conditions", "reading", "sources", "note",
)  # fmt: skip
UNNAMED = "bo-28-"  # texts of the set of 2025 whose number was not found yet
Row = dict[str, str]


def folder() -> Path:
    """Where the facts lie: data/authority, or under THONGSUOT_DATA."""
    return Path(os.environ.get("THONGSUOT_DATA", str(ROOT / "data"))) / "authority"


def _read(name: str) -> list[Row]:
    try:
        with (folder() / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise Refused.because("authority.loaded-file", name, what=str(error.strerror)) from error


def fingerprint() -> str:
    """The mark of what would be loaded now. Raises Refused when a file is missing."""
    mark = hashlib.sha256()
    for name in FILES:
        try:
            mark.update((folder() / f"{name}.csv").read_bytes())
        except OSError as error:
            raise Refused.because(
                "authority.loaded-file", name, what=str(error.strerror)
            ) from error
    return mark.hexdigest()


def load(at: datetime) -> Result:
    """Load the register unless exactly this is loaded already.

    Returns ``changed`` False when there was nothing to do; else how many rows were added.
    """
    mark = fingerprint()
    done = Entry.objects.filter(chain=CHAIN, act=ACT).order_by("seq")
    last = done.last()
    if last is not None and isinstance(last.after, dict) and last.after["fingerprint"] == mark:
        return {"changed": False, "since": last.at}
    act = Act(by=MACHINE, key=f"load-authority-{done.count()}-{mark[:40]}", at=at)
    return load_register(act, fingerprint=mark)


@action(ACT)
def load_register(act: Act, *, fingerprint: str) -> Result:
    """Write what the register lacks; what people of the office changed stays as they left it."""
    act.lock(CHAIN)
    read = {name: _read(name) for name in FILES}
    touched = set(
        Entry.objects.filter(chain=CHAIN, act=WRITTEN).values_list("subject_id", flat=True)
    )
    entry = act.record(
        chain=CHAIN,
        subject=Ref("register", 0),
        after={"fingerprint": fingerprint, "rows": {n: len(r) for n, r in read.items()}},
    )
    tally: Counter[str] = Counter()
    _fields(read, tally)
    _texts(read, touched, tally)
    _matters(read, tally)
    _rules(read["rules"], entry, tally)
    _clashes(read["clashes"], tally)
    return {"changed": True, "added": dict(tally), "fingerprint": fingerprint}


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _fields(read: dict[str, list[Row]], tally: Counter[str]) -> None:
    groups = {}
    for row in read["groups"]:
        group, new = FieldGroup.objects.get_or_create(
            number=int(row["number"]),
            defaults={"name": row["name"], "named": row["named"] == "1", "note": row["note"]},
        )
        groups[row["number"]] = group
        tally["groups"] += new
    for row in read["fields"]:
        _field, new = Field.objects.get_or_create(
            code=row["code"], defaults={"name": row["name"], "group": groups[row["group"]]}
        )
        tally["fields"] += new


def _texts(read: dict[str, list[Row]], touched: set[int], tally: Counter[str]) -> None:
    fields = {f.code: f for f in Field.objects.all()}
    for row in read["texts"]:
        text, _new = LegalText.objects.get_or_create(
            key=row["key"],
            defaults={
                "number": row["number"], "title": row["title"], "issuer": row["issuer"],
                "in_force_on": _day(row["since"]), "checked": row["reading"] == Reading.READ,
                "folded": fold(f"{row['number']} {row['title']}"),
            },
        )  # fmt: skip
        wanted = {
            "kind": row["kind"], "since": _day(row["since"]), "until": _day(row["until"]),
            "reading": row["reading"], "of_set": row["of_set"] == "1",
            "field": fields.get(row["field"]), "sources": row["sources"], "note": row["note"],
        }  # fmt: skip
        days, new = TextDays.objects.get_or_create(text=text, defaults=wanted)
        tally["texts"] += new
        if not new and text.pk not in touched:
            TextDays.objects.filter(pk=days.pk).update(**wanted)
    known = {
        row["key"] for row in read["texts"]
    }  # a decree whose number is known now has its own row
    TextDays.objects.filter(text__key__startswith=UNNAMED).exclude(text__key__in=known).exclude(
        text__in=touched
    ).delete()
    by_key = dict(LegalText.objects.values_list("key", "pk"))
    for row in read["changes"]:
        _change, new = TextChange.objects.get_or_create(
            text_id=by_key[row["text"]], by_id=by_key[row["by"]], effect=row["effect"],
            article=row["article"], clause=row["clause"],
            defaults={"on": date.fromisoformat(row["on"]), "until": _day(row["until"]), "note": row["note"]},
        )  # fmt: skip
        tally["changes"] += new


def _matters(read: dict[str, list[Row]], tally: Counter[str]) -> None:
    fields = {f.code: f for f in Field.objects.all()}
    matters = {}
    for row in read["matters"]:
        matters[row["code"]], new = Matter.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"], "folded": fold(row["name"]), "field": fields[row["field"]],
                "public": row["public"] == "1", "note": row["note"],
            },
        )  # fmt: skip
        tally["matters"] += new
    for row in read["words"]:
        _word, new = MatterWord.objects.get_or_create(
            matter=matters[row["matter"]],
            folded=fold(row["text"]),
            defaults={"text": row["text"]},
        )
        tally["words"] += new


def _rules(rows: list[Row], entry: Entry, tally: Counter[str]) -> None:
    matters = dict(Matter.objects.values_list("code", "pk"))
    texts = dict(LegalText.objects.values_list("key", "pk"))
    live = {r.code: r for r in Rule.objects.filter(live=True).prefetch_related("checks", "places")}
    for row in rows:
        values: dict[str, Any] = {name: row[name] for name in RULE_TEXTS}
        values |= {
            "matter_id": matters[row["matter"]], "text_id": texts[row["text"]],
            "since": _day(row["since"]), "until": _day(row["until"]),
            "least": int(row["least"]) if row["least"] else None,
            "most": int(row["most"]) if row["most"] else None,
        }  # fmt: skip
        unit = _unit(row["place"])
        if row["place"] and unit is None:
            continue  # a rule of one place must never become one of the whole country
        held = live.get(row["code"])
        if held is not None and (held.author or held.checks.all() or _same(held, values)):
            continue
        if held is not None:
            Rule.objects.filter(pk=held.pk).update(live=False)
        new = Rule.objects.create(
            code=row["code"], status=Status.PUBLISHED, replaces_row=held, entry=entry, **values
        )
        if unit is not None:
            RulePlace.objects.create(rule=new, unit_id=unit)
        tally["rules"] += 1


def _same(held: Rule, values: dict[str, Any]) -> bool:
    return all(getattr(held, name) == value for name, value in values.items())


def _unit(name: str) -> int | None:
    """The province of that name; None when the registry has none."""
    if not name:
        return None
    rows = UnitVersion.objects.known().filter(name=name, unit__level=UnitLevel.PROVINCE)
    return rows.order_by("-since").values_list("unit", flat=True).first()


def _clashes(rows: list[Row], tally: Counter[str]) -> None:
    for row in rows:
        _clash, new = Clash.objects.get_or_create(
            code=row["code"],
            defaults={
                "first": row["first"], "second": row["second"], "what": row["what"],
                "sources": row["sources"],
            },
        )  # fmt: skip
        tally["clashes"] += new
