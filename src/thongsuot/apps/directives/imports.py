"""Drafts of duties out of a spreadsheet; the list as exported is a valid file to import."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.urls import reverse

from thongsuot.apps.directives import naming, permit
from thongsuot.apps.directives.actions.drafting import make_draft, put_draft, write_first_lines
from thongsuot.apps.directives.drafts import Draft, read
from thongsuot.apps.directives.models import Duty, DutyState, EveryWord, Lane
from thongsuot.apps.directives.reaching import judge_named
from thongsuot.apps.directives.steps import chain_of
from thongsuot.apps.registry.intake import Choice, Column
from thongsuot.foundation import clock
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
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.directives.lifecycle import DROPPED
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref

CODE = "directives.duties"
LANES = tuple(Choice(str(value), str(label)) for value, label in Lane.choices)
RHYTHMS = tuple(Choice(str(value), str(label)) for value, label in EveryWord.choices)
COLUMNS = (
    Column("code", "Mã", "code", required=True, most=60, aliases=("số thứ tự", "mã nhiệm vụ", "stt"),
           examples=("NV-01", "NV-02")),
    Column("task", "Nhiệm vụ", required=True, most=1000, aliases=("nội dung", "việc", "nội dung nhiệm vụ"),
           examples=("Rà soát trụ sở dôi dư trên địa bàn", "Báo cáo tình hình vận hành")),
    Column("lead", "Chủ trì", most=300, aliases=("cơ quan chủ trì", "đơn vị chủ trì"),
           examples=("UBND phường Hà Đông", "UBND phường Hà Đông")),
    Column("person", "Người phụ trách", aliases=("người thực hiện",), examples=("Nguyễn Văn A", "Nguyễn Văn A")),
    Column("place_words", "Địa bàn", most=500, aliases=("phạm vi",), examples=("phường Hà Đông", "phường Hà Đông")),
    Column("product", "Sản phẩm", most=500, examples=("Danh mục trụ sở", "Báo cáo")),
    Column("due_on", "Hạn", "date", aliases=("thời hạn", "ngày hoàn thành"), examples=("30/09/2025", "")),
    Column("every", "Định kỳ", "choice", choices=RHYTHMS, examples=("", "hằng tuần")),
    Column("anchor_on", "Kỳ đầu", "date", examples=("", "22/09/2025")),
    Column("lane", "Ưu tiên", "choice", choices=LANES, examples=("thường", "ưu tiên")),
    Column("report_to", "Báo cáo về", most=300, examples=("", "")),
)  # fmt: skip
FIELDS = (
    "task",
    "lead",
    "person",
    "place_words",
    "product",
    "due_on",
    "every",
    "anchor_on",
    "lane",
)


class Rules:
    """What a row means for one assigner: names looked up once, what is there compared."""

    def __init__(self, scope: Scope) -> None:
        self.assigner = int(scope["body"])
        self.today = clock.today()
        self._bodies: dict[str, int | None] = {}
        self._people: dict[tuple[str, int], int | None] = {}
        self._outside: dict[int, bool] = {}

    def fill(self, values: Values) -> None:
        """A rhythm without a first day begins today; no priority named is the usual one."""
        if values["every"] and not values["anchor_on"]:
            values["anchor_on"] = self.today.isoformat()
        if values["every"]:
            values["due_on"] = None  # the list shows the next round there
        values["lane"] = values["lane"] or Lane.NORMAL.value

    def body(self, name: Value) -> int | None:
        """The body with that name; 0 for no name, None for one not known."""
        typed = str(name or "")
        if typed not in self._bodies:
            self._bodies[typed] = _or_none(lambda: naming.body_called(typed, self.today))
        return self._bodies[typed]

    def outside(self, body: int) -> bool:
        """Whether the assigner may address that body in no way; 0 is nobody."""
        if body and body not in self._outside:
            self._outside[body] = bool(judge_named(self.assigner, [body], self.today))
        return self._outside.get(body, False)

    def person(self, name: Value, body: int) -> int | None:
        """The person with that name in the body; 0 for no name, None for one not known."""
        key = (str(name or ""), body)
        if key not in self._people:
            self._people[key] = _or_none(lambda: naming.person_called(key[0], body, self.today))
        return self._people[key]

    def judge(self, values: Values) -> Iterable[Problem]:
        """Names must be those of one body in force, and of one person who works there."""
        found = [
            _unknown("directives.row-without-lead", key, values[key])
            for key in ("lead", "report_to")
            if self.body(values[key]) is None
        ]
        found += [
            _unknown("directives.row-out-of-reach", key, values[key])
            for key in ("lead", "report_to")
            if self.outside(self.body(values[key]) or 0)
        ]
        lead = self.body(values["lead"])
        if lead is not None and self.person(values["person"], lead) is None:
            found.append(_unknown("directives.row-without-person", "person", values["person"]))
        return found

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """The duties of the assigner with these numbers; what was issued a file does not change."""
        rows = list(
            Duty.objects.filter(ledger=self.assigner, code__in=list(keys)).select_related("person")
        )
        names = naming.names_of((d.lead_id for d in rows), self.today)
        return {d.code: Known(_held(d, names), closed=_closed(d)) for d in rows}

    def draft(self, values: Values) -> Draft:
        """The row as a draft. Raises Refused for what only shows when all of it is read."""
        due = _day(values["due_on"])
        lead = self.body(values["lead"]) or 0
        draft, problems = read(
            {
                **{key: values[key] or "" for key in ("code", "task", "place_words", "product", "every", "lane")},
                "lead": lead,
                "person": self.person(values["person"], lead) or 0,
                "report_to": self.body(values["report_to"]) or 0,
                "places": naming.units_called(str(values["place_words"] or ""), self.today),
                "term_day": due,
                "anchor_on": _day(values["anchor_on"]) if values["every"] else None,
            },
            "",
            str(values["code"]),
        )  # fmt: skip
        if problems:
            raise Refused(problems)
        return draft


def _or_none(look: Any) -> int | None:
    try:
        return int(look())
    except Refused:  # not known, or not one: the cell says so
        return None


def _unknown(code: str, key: str, value: Value) -> Problem:
    return Problem(code, key, {"value": str(value or "")})


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _held(duty: Duty, names: Mapping[int, str]) -> dict[str, Value]:
    """What stands there, as the list shows it and a file holds it."""
    due = duty.due_on or duty.term_day
    return {
        "task": duty.task,
        "lead": names.get(duty.lead_id or 0),
        "person": duty.person.full_name if duty.person else None,
        "place_words": duty.place_words or None,
        "product": duty.product or None,
        "due_on": due.isoformat() if due and not duty.every else None,
        "every": duty.every or None,
        "lane": duty.lane,
    }


def _closed(duty: Duty) -> Problem | None:
    if duty.state == DutyState.DRAFT:
        return None
    return Problem("directives.issued-already", duty.code)


def write(act: Act, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> Mapping[str, object]:
    """Write new drafts and change those whose rows differ; nothing is issued by a file."""
    rules = Rules(batch.scope)
    made, changed = 0, 0
    for page in pages:
        fresh = []
        for row in page:
            draft = rules.draft(row.values)
            if row.changes:
                duty = Duty.objects.get(ledger=rules.assigner, code=row.key)
                put_draft(duty, _beside(duty, draft))
                changed += 1
            else:
                fresh.append(make_draft(act, rules.assigner, None, draft, batch=batch.id))
        write_first_lines(act, fresh, act.entry)
        made += len(fresh)
    return {"made": made, "changed": changed}


UNSAID = (
    "quote", "start", "end", "above_id", "point_id", "milestone_id", "meeting_id", "laws", "hours",
    "until_on", "lead_words", "parts_words", "due_words", "rhythm_words", "report_words",
)  # fmt: skip
BLANK_STAYS = ("report_to_id", "anchor_on")  # columns that the list as exported leaves empty


def _beside(duty: Duty, draft: Draft) -> Draft:
    """The draft of a file with what no file says of it as it stands: sentence, links, parts."""
    columns = {**draft.columns, **{name: getattr(duty, name) for name in UNSAID}}
    for name in BLANK_STAYS:
        columns[name] = columns[name] or getattr(duty, name)
    if columns["term_day"] and duty.term_kind:
        columns["term_kind"] = duty.term_kind
    if not columns["every"]:
        columns |= {"anchor_on": None, "until_on": None, "hours": []}
    parts = tuple(duty.parts.order_by("pk").values_list("body", "what"))
    return replace(draft, columns=columns, parts=parts)


def take_back(act: Act, batch: BatchView) -> Mapping[str, object]:
    """Drop every draft of a file, while none of them was issued.

    Raises Refused when it also changed drafts that were there: what they said before is in their
    history, and a person mends them one by one.
    """
    changed = int(ImportBatch.objects.get(pk=batch.id).result.get("changed") or 0)
    if changed:
        raise Refused.because("directives.batch-changed", "", count=changed)
    rows = Duty.objects.filter(ledger=batch.scope["body"], batch=batch.id)
    issued = rows.exclude(state__in=(DutyState.DRAFT, DutyState.DROPPED)).order_by("pk").first()
    if issued is not None:
        raise Refused.because("directives.batch-issued", issued.code)
    drafts = rows.filter(state=DutyState.DRAFT)
    for duty in list(drafts):  # the number is free again for the mended file
        Duty.objects.filter(pk=duty.pk).update(
            state=DROPPED, ended_at=act.at, code=f"NV-{duty.pk}/rút"
        )
    return {"dropped": rows.filter(state=DutyState.DROPPED).count()}


def may_import(actor: Actor, scope: Scope) -> None:
    """Refuse whoever may not draft duties of that body."""
    permit.allow(actor, "duty.draft", Sides(assigner=int(scope["body"])))


def _name(scope: Scope) -> str:
    body = int(scope["body"])
    return naming.names_of([body]).get(body, "")


def declare() -> None:
    """Make the kind known to the importer."""
    register(
        ImportKind(
            code=CODE,
            title="Dự thảo nhiệm vụ",
            columns=COLUMNS,
            key="code",
            open=Rules,
            write=write,
            take_back=take_back,
            chain=lambda scope: chain_of(int(scope["body"])),
            subject=lambda scope: Ref("body", int(scope["body"])),
            may=may_import,
            place=_name,
            back=lambda _scope: reverse("directives:duties"),
            body=lambda scope: int(scope["body"]),
        )
    )
