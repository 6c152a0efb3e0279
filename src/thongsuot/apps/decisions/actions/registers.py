"""Regulations and duty assignments: drafted, issued, replaced; and the numbers an office confirms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from thongsuot.apps.authority.queries.competence import keep, line_of, rests_on
from thongsuot.apps.decisions import permit, queries
from thongsuot.apps.decisions.models import ParameterValue, Version, VersionLine
from thongsuot.apps.decisions.models.choices import LineRole, Sort, VersionState
from thongsuot.apps.registry.models import Appointment, BodyKind, BodyVersion
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, Result, action
from thongsuot.rules.decisions import parameters, registers
from thongsuot.rules.decisions.access import Relation
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

KEEPERS = (BodyKind.PEOPLES_COMMITTEE.value, BodyKind.PARTY_COMMITTEE.value,
           BodyKind.PEOPLES_COUNCIL.value, BodyKind.FRONT.value)  # fmt: skip


def _chain(body: int) -> str:
    return f"registers:{body}"


def _checked(sort: str, title: str, other: int | None, lines: Sequence[dict[str, Any]]) -> None:
    least: dict[str, object] = {"least": 5}
    refuse_if(
        [
            *(
                [Problem("decisions.title-needed", "", least)]
                if sort not in Sort.values or len(title.strip()) < 5
                else ()
            ),
            *(
                [Problem("decisions.other-needed")]
                if sort == Sort.COORDINATION and not other
                else ()
            ),
            *(
                Problem("decisions.line-needed", str(line.get("person") or ""))
                for line in lines
                if not str(line.get("person") or "").strip()
                or not str(line.get("field") or "").strip()
                or line.get("role", LineRole.LEAD) not in LineRole.values
            ),
        ]
    )


@action("decisions.version-written")
def write_version(  # noqa: PLR0913  # what such a paper says
    act: Act,
    *,
    sort: str,
    title: str,
    since: date,
    text: str = "",
    other_id: int | None = None,
    lines: Sequence[dict[str, Any]] = (),
    file_id: int | None = None,
    demo: bool = False,
) -> Result:
    """Write a draft of a regulation or of a duty assignment (with its lines) of one's own body.

    Shapes: each line has ``person`` (as written), ``field``, and maybe ``matter``, ``role``,
    ``appointment`` (an id; the post is then watched) and ``title``.
    """
    body = permit.own_body(act.by, KEEPERS, act.on)
    permit.allow(act.by, "register.write", Relation(owner=body))
    _checked(sort, title, other_id, lines)
    if other_id and not BodyVersion.objects.on(act.on).filter(body=other_id).exists():
        raise Refused.because("decisions.body-unknown", str(other_id))
    entry = act.record(chain=_chain(body), subject=Ref("body", body),
                       after={"sort": sort, "title": title, "lines": len(lines)})  # fmt: skip
    row = Version.objects.create(
        sort=sort, body_id=body, other_id=other_id or None, unit_id=permit.unit_of(body),
        title=tidy(title)[:300], text=text.strip(), since=since, file_id=file_id,
        folded=fold(title)[:400], demo=demo, entry=entry,
    )  # fmt: skip
    held = {
        a.pk: a
        for a in Appointment.objects.filter(
            pk__in=[int(line["appointment"]) for line in lines if line.get("appointment")]
        ).select_related("post", "person")
    }
    VersionLine.objects.bulk_create(_line(row, line, held, entry.pk) for line in lines)
    return {"version": row.pk}


def _line(
    row: Version, line: dict[str, Any], held: dict[int, Appointment], entry: int
) -> VersionLine:
    appointment = held.get(int(line.get("appointment") or 0))
    return VersionLine(
        version=row,
        person=tidy(str(line["person"]))[:160],
        post=appointment.post if appointment else None,
        title=tidy(str(line.get("title") or (appointment.post.title if appointment else "")))[:200],
        field=str(line["field"])[:80],
        matter=str(line.get("matter") or "")[:120],
        role=str(line.get("role") or LineRole.LEAD),
        entry_id=entry,
    )


# Matters of the register of competence: who issues such a paper is told by the rules there.
MATTERS: dict[str, str] = {
    Sort.WORKING: "ban-hanh-quy-che-lam-viec",
    Sort.COORDINATION: "ban-hanh-quy-che-phoi-hop",
    Sort.ASSIGNMENT: "phan-cong-nhiem-vu",
}


@action("decisions.version-issued")
def issue_version(
    act: Act, *, version_id: int, number: str, since: date, fresh: bool = False
) -> Result:
    """Sign and issue a draft: from its day on it holds, and the one before ends that day.

    Raises Refused: issued already, without a number, not signed afresh, not later than the last.
    """
    row = permit.version_in_sight(act.by, version_id)
    permit.allow(act.by, "register.issue", Relation(owner=row.body_id))
    act.lock(_chain(row.body_id))
    row = Version.objects.get(pk=row.pk)
    same = Version.objects.filter(sort=row.sort, body=row.body_id, other=row.other_id).exclude(
        state=VersionState.DRAFT
    )
    new = registers.Version(row.pk, row.sort, row.body_id, since)
    refuse_if(
        [
            *(
                [Problem("decisions.version-issued", row.title)]
                if row.state != VersionState.DRAFT
                else ()
            ),
            *([Problem("decisions.number-needed", row.title)] if not number.strip() else ()),
            *([Problem("decisions.sign-again", row.title)] if not fresh else ()),
            *registers.check_issue(
                new, [queries.version_value(v) for v in same], queries.lines_of(row, since)
            ),
        ]
    )
    ground = rests_on(act.by, MATTERS[row.sort], permit.unit_of(row.body_id), act.on)
    entry = act.record(
        chain=_chain(row.body_id), subject=Ref("version", row.pk),
        authority="; ".join(t for t in (number.strip(), line_of(ground)) if t)[:300],
        before={"state": row.state}, after={"since": since, "number": number},
    )  # fmt: skip
    keep(entry, Ref("version", row.pk), ground)
    same.filter(until__isnull=True).update(until=since, state=VersionState.REPLACED)
    Version.objects.filter(pk=row.pk).update(
        state=VersionState.IN_FORCE, number=tidy(number)[:100], since=since, issued_on=act.on,
        signed_by=f"{act.by.name}, {act.by.hat.post if act.by.hat else ''}"[:200],
    )  # fmt: skip
    return {"version": row.pk}


@action("decisions.parameter-set")
def set_parameter(
    act: Act, *, key: str, value: int, since: date, source: str, confirmed: bool
) -> Result:
    """Set a number of the law from a day on, saying where it was read."""
    hat = act.by.hat
    permit.allow(act.by, "parameter.set", Relation(places=hat.area if hat else frozenset()))
    if key not in parameters.KEYS or not 0 < value <= 10_000:
        raise Refused.because("decisions.parameter-unfit", key[:20])
    if not source.strip():
        raise Refused.because("decisions.source-needed", key)
    entry = act.record(chain="decisions:parameters", subject=Ref("parameter", 1), authority=source,
                       after={"key": key, "value": value, "since": since})  # fmt: skip
    row = ParameterValue.objects.create(
        key=key, value=value, since=since, source=tidy(source)[:300], confirmed=confirmed,
        entry=entry,
    )  # fmt: skip
    return {"parameter": row.pk}
