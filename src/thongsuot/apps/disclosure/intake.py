"""Where offices are, out of a spreadsheet: one row an office, by its name."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from thongsuot.apps.disclosure.actions import CHAIN, contact_problems
from thongsuot.apps.disclosure.contacts import contacts_of
from thongsuot.apps.disclosure.models import Contact
from thongsuot.apps.disclosure.offered import offices_in
from thongsuot.apps.registry.body_queries import links_of
from thongsuot.apps.registry.intake import Column
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
from thongsuot.foundation.refusal import Refused
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

CODE = "disclosure.contacts"
TOLD = ("address", "phone", "hours", "equipment", "source")
COLUMNS = (
    Column(
        "name",
        "Cơ quan",
        required=True,
        most=300,
        aliases=("tên cơ quan", "tên"),
        examples=("Trung tâm Phục vụ hành chính công phường A", "UBND xã B"),
    ),
    Column("address", "Địa chỉ", most=300, examples=("Số 1, đường C", "Thôn D")),
    Column("phone", "Điện thoại", "code", most=60, aliases=("sđt", "số điện thoại")),
    Column("hours", "Giờ làm việc", most=200, examples=("7:30-11:30, 13:30-17:00", "")),
    Column("equipment", "Có tại nơi này", most=300, aliases=("trang thiết bị", "thiết bị")),
    Column("source", "Nguồn", most=300),
    Column("checked_on", "Kiểm ngày", "date", examples=("01/07/2025", "")),
    Column("since", "Từ ngày", "date", examples=("01/07/2025", "01/07/2025")),
)


class Rules:
    """What a row means: its office is one of those the person answers for."""

    def __init__(self, scope: Scope) -> None:
        self.today = clock.today()
        self.bodies = {fold(b.name): b.id for b in links_of(scope["bodies"], self.today)}

    def fill(self, values: Values) -> None:
        """Fill in the day from which it holds."""
        if values["since"] is None:
            values["since"] = self.today.isoformat()

    def judge(self, values: Values) -> Iterable[Problem]:
        """The office must be known, and something must be told of it."""
        name = tidy(str(values["name"] or ""))
        if name and fold(name) not in self.bodies:
            yield Problem("disclosure.body-unknown", "name", {"name": name})
        yield from contact_problems(told_in(values), self.today)

    def known(self, keys: Collection[str]) -> Mapping[str, Known]:
        """What those offices have told already."""
        bodies = {k: self.bodies[fold(k)] for k in keys if fold(k) in self.bodies}
        cards = contacts_of(bodies.values(), self.today)
        found: dict[str, Known] = {}
        for name, body in bodies.items():
            card = cards.get(body)
            if card is not None:
                held: dict[str, Value] = {key: getattr(card, key) or None for key in TOLD}
                held["checked_on"] = card.checked_on.isoformat() if card.checked_on else None
                found[name] = Known(held)
        return found


def told_in(values: Mapping[str, Value]) -> dict[str, Any]:
    """A row as the act takes it."""
    told: dict[str, Any] = {key: tidy(str(values[key] or "")) for key in TOLD}
    checked = values["checked_on"]
    told["checked_on"] = date.fromisoformat(str(checked)) if checked else None
    return told


def write(act: Any, batch: BatchView, pages: Iterator[Sequence[Ready]]) -> Mapping[str, object]:
    """Tell each office of the batch; a blank cell keeps what was told before."""
    rules = Rules(batch.scope)
    count = 0
    for page in pages:
        bodies = {row.key: rules.bodies[fold(row.key)] for row in page}
        cards = contacts_of(bodies.values(), rules.today)
        rows = []
        for row in page:
            told = told_in(row.values)
            before = cards.get(bodies[row.key])
            for key in (*TOLD, "checked_on"):
                told[key] = told[key] or (getattr(before, key) if before else told[key])
            rows.append(
                Contact(
                    body_id=bodies[row.key],
                    since=date.fromisoformat(str(row.values["since"])),
                    batch=batch.id,
                    recorded_at=act.at,
                    entry=act.entry.pk,
                    **told,
                )
            )
        Contact.objects.bulk_create(rows)
        count += len(rows)
    return {"told": count}


def take_back(act: Any, batch: BatchView) -> Mapping[str, object]:
    """Tell again what each office had told before the batch, or nothing where that was nothing.

    Raises Refused when an office of the batch was told anew since.
    """
    made = {c.body_id: c for c in Contact.objects.filter(batch=batch.id).order_by("id")}
    last = dict(Contact.objects.filter(body__in=made).values_list("body").annotate(last=Max("pk")))
    later = sum(1 for body, row in made.items() if last[body] != row.pk)
    if later:
        raise Refused.because("disclosure.batch-moved-on", count=later)
    first = min((c.pk for c in made.values()), default=0)
    earlier = {
        c.body_id: c
        for c in Contact.objects.filter(body__in=made, pk__lt=first).order_by("since", "id")
    }
    Contact.objects.bulk_create(_again(act, row, earlier.get(body)) for body, row in made.items())
    return {"taken_back": len(made)}


def _again(act: Any, row: Contact, before: Contact | None) -> Contact:
    told = {key: getattr(before, key) if before else "" for key in TOLD}
    return Contact(
        body_id=row.body_id,
        since=row.since,
        withdrawn=before is None or before.withdrawn,
        checked_on=before.checked_on if before else None,
        recorded_at=act.at,
        entry=act.entry.pk,
        **told,
    )


def scope_of(actor: Actor) -> dict[str, Any]:
    """Which offices the person may tell: those of its area, else its own.

    Raises Refused (403) for whoever may tell none.
    """
    hat = actor.hat
    if hat is None or hat.role not in (Role.STEERING, Role.LEADER, Role.CLERK):
        facts = {"post": hat.post if hat else actor.name}
        raise Refused.forbidden(Problem("disclosure.not-your-office", facts=facts))
    return {"bodies": sorted(offices_in(actor, clock.today())), "owner": hat.body}


def may(actor: Actor, scope: Scope) -> None:
    """Refuse (403) whoever may not tell every office of the scope."""
    allowed = set(scope_of(actor)["bodies"])
    if not allowed.issuperset(scope["bodies"]):
        raise Refused.forbidden(
            Problem(
                "disclosure.not-your-office", facts={"post": actor.hat.post if actor.hat else ""}
            )
        )


register(
    ImportKind(
        CODE,
        "Địa chỉ, điện thoại, giờ làm việc",
        COLUMNS,
        key="name",
        open=Rules,
        write=write,
        chain=lambda _scope: CHAIN,
        subject=lambda scope: Ref("body", int(scope["owner"])),
        may=may,
        take_back=take_back,
        place=lambda scope: _("{n} cơ quan").format(n=len(scope["bodies"])),
        back=lambda _scope: reverse("disclosure:contacts"),
    )
)
