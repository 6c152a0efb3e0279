"""What may be done: tell where an office is, say which office answers for a matter."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from thongsuot.apps.authority.queries.competence import keep, line_of, rests_on
from thongsuot.apps.disclosure.models import Contact, Matter, Reach
from thongsuot.apps.disclosure.reach import places_of
from thongsuot.apps.registry import find
from thongsuot.apps.registry.models import BodyKind
from thongsuot.apps.registry.steps import one_of
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.authority.signing import Basis
from thongsuot.rules.disclosure.access import may_keep_matters, may_tell
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import tidy

PUBLISHING = "cong-khai-thong-tin"  # the matter of the register of competence
CHAIN = "disclosure"  # what the public is told, act after act
TOLD = ("address", "phone", "hours", "equipment", "source")
_PHONE = re.compile(r"[+(\d][\d\s().\-/;]{5,59}")


def contact_problems(values: Mapping[str, Any], today: date) -> tuple[Problem, ...]:
    """What is wrong with what somebody tells of an office; empty when nothing is."""
    found = []
    if not values.get("address") and not values.get("phone"):
        found.append(Problem("disclosure.contact-empty", "address"))
    phone = values.get("phone") or ""
    if phone and not _PHONE.fullmatch(phone):
        found.append(Problem("disclosure.phone-odd", "phone", {"phone": phone}))
    checked = values.get("checked_on")
    if checked and checked > today:
        found.append(Problem("disclosure.checked-later", "checked_on"))
    return tuple(found)


@action("disclosure.contact-told")
def tell_contact(
    act: Act,
    *,
    body: int,
    since: date,
    address: str = "",
    phone: str = "",
    hours: str = "",
    equipment: str = "",
    source: str = "",
    checked_on: date | None = None,
) -> Result:
    """Say where an office is and when it is open, from a day on (công bố địa chỉ, giờ làm việc).

    Raises Refused: not this office's people nor its steering committee; nothing told; an odd number.
    """
    act.lock(CHAIN)
    name = find.body_named(body).name
    problem = may_tell(act.by, body, places_of(body, act.on))
    if problem is not None:
        raise Refused.forbidden(problem)
    told = {"address": tidy(address), "phone": tidy(phone), "hours": tidy(hours),
            "equipment": tidy(equipment), "source": tidy(source), "checked_on": checked_on}  # fmt: skip
    refuse_if(contact_problems(told, act.on))
    units = places_of(body, act.on)
    ground = rests_on(act.by, PUBLISHING, min(units, default=None), act.on)
    entry = act.record(
        chain=CHAIN, subject=Ref("body", body), after={**told, "name": name}, on=since,
        authority=line_of(ground),
    )  # fmt: skip
    keep(entry, Ref("body", body), ground, "contact")
    row = Contact.objects.create(
        body_id=body, since=since, recorded_at=act.at, entry=entry.pk, **told
    )
    return {"contact": row.pk}


@action("disclosure.matter-kept")
def keep_matter(
    act: Act,
    *,
    code: str,
    since: date,
    name: str,
    reach: str,
    kind: str,
    until: date | None = None,
    name_en: str = "",
    sector: str = "",
    organ: str = "",
    bring: str = "",
    law: str = "",
    clause: str = "",
    read: bool = False,
    note: str = "",
    source: str = "",
    group: str = "",
) -> Result:
    """Say which sort of office answers for a matter, from a day on, by which article.

    Raises Refused: not the steering committee; an unknown reach or kind; days out of order.
    """
    act.lock(CHAIN)
    _allow_matters(act)
    one_of(reach, Reach.values)
    one_of(kind, BodyKind.values)
    if until is not None and until <= since:
        raise Refused.because("disclosure.matter-dates", code)
    words = {"name": name, "name_en": name_en, "sector": sector, "organ": organ, "bring": bring,
             "law": law, "clause": clause, "note": note, "source": source, "group": group}  # fmt: skip
    told = {key: tidy(value) for key, value in words.items()} | {
        "reach": reach, "kind": kind, "read": read,
    }  # fmt: skip
    ground = _publishing(act)
    cited = "; ".join(t for t in (tidy(law), line_of(ground)) if t)[:300]
    entry = act.record(
        chain=CHAIN, subject=Ref("matter", 0), authority=cited, on=since,
        after={**told, "code": code, "until": until},
    )  # fmt: skip
    keep(entry, Ref("matter", 0), ground, code[:16])
    row = Matter.objects.create(
        code=code, since=since, until=until, recorded_at=act.at, entry=entry.pk, **told
    )
    return {"matter": row.pk}


@action("disclosure.matter-withdrawn")
def withdraw_matter(act: Act, *, code: str) -> Result:
    """Take back what this office has put for a matter: what the product brings holds again."""
    act.lock(CHAIN)
    _allow_matters(act)
    last = Matter.objects.filter(code=code).order_by("-id").first()
    if last is None or last.withdrawn:
        raise Refused.missing(Problem("disclosure.matter-missing", code))
    ground = _publishing(act)
    entry = act.record(
        chain=CHAIN,
        subject=Ref("matter", last.pk),
        before={"code": code},
        authority=line_of(ground),
    )
    keep(entry, Ref("matter", last.pk), ground)
    row = Matter.objects.create(
        code=code, since=last.since, until=last.until, name=last.name, reach=last.reach,
        kind=last.kind, withdrawn=True, recorded_at=act.at, entry=entry.pk,
    )  # fmt: skip
    return {"matter": row.pk}


def _publishing(act: Act) -> Basis:
    """What telling the public rests on for whoever does it for an area."""
    area = act.by.hat.area if act.by.hat else frozenset()
    return rests_on(act.by, PUBLISHING, min(area, default=None), act.on)


def _allow_matters(act: Act) -> None:
    problem = may_keep_matters(act.by)
    if problem is not None:
        raise Refused.forbidden(problem)
