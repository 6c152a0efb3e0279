"""Opening a fonds from the archive items of the handover, handing it on, closing it."""

from collections.abc import Mapping

from thongsuot.apps.digitising import permit, queries
from thongsuot.apps.digitising.actions.steps import (
    BATCH,
    LARGEST,
    Result,
    begin,
    chain_of,
    worded,
    write_lines,
)
from thongsuot.apps.digitising.models import Fonds, Record, Stage
from thongsuot.apps.registry.models import Body
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

# The settings of a fonds: name → least, most, and what holds until the office says otherwise.
SETTINGS: dict[str, tuple[int, int, int]] = {
    "hundredths": (1, 100, 10),
    "least": (1, 500, 5),
    "most_bad": (0, 100, 0),
    "every_days": (1, 365, 30),
}


@action("digitising.fonds-opened")
def open_fonds(  # keyword-only
    act: Act,
    *,
    body_id: int,
    name: str,
    settings: Mapping[str, int] | None = None,
    basis: str = "",
    demo: bool = False,
) -> Result:
    """Begin to digitise a fonds: every archive item of the body that names it is a file to be done.

    Raises Refused: a fonds opened twice, settings out of range.
    """
    permit.allow(act.by, "fonds.open", body_id)
    act.lock(f"fonds-body:{body_id}")
    clean = worded(name, 200, "digitising.name-missing")
    values = checked_settings(settings or {})
    if Fonds.objects.filter(body=body_id, name=clean).exists():
        raise Refused.because("digitising.fonds-exists", clean)
    if len(tidy(basis)) > 300:
        raise Refused.because("digitising.text-too-long", "", most=300)
    fonds = Fonds.objects.create(
        body_id=body_id,
        name=clean,
        folded=fold(clean),
        basis=tidy(basis),
        opened_at=act.at,
        demo=demo,
        **values,
    )
    count = _take(act, fonds, {"name": clean, "body": body_id, **values}, basis)
    return {"fonds": fonds.pk, "records": count}


def checked_settings(given: Mapping[str, int]) -> dict[str, int]:
    """The settings with what was left out filled in. Raises Refused, naming every fault."""
    values = {name: int(given.get(name, usual)) for name, (_, _, usual) in SETTINGS.items()}
    refuse_if(
        Problem("digitising.setting-out-of-range", name, {"least": least, "most": most})
        for name, (least, most, _) in SETTINGS.items()
        if not least <= values[name] <= most
    )
    return values


@action("digitising.items-taken")
def take_items(act: Act, *, fonds_id: int) -> Result:
    """Put archive items that came to the list of the handover since then among the files."""
    fonds = begin(act, fonds_id, "records.take")
    return {"records": _take(act, fonds, {}, "")}


def _take(act: Act, fonds: Fonds, said: Mapping[str, object], authority: str) -> int:
    """Make a file of every archive item that is not one yet; returns how many."""
    known = set(queries.records_of(fonds).values_list("code", flat=True))
    rows = queries.archive_items(fonds.body_id, fonds.name).order_by("pk")
    made = [
        Record(
            fonds=fonds,
            item_id=pk,
            code=code,
            title=title[:500],
            folded=fold(f"{code} {title}")[:700],
            box="",
            year_from=_year(annex, "year_from"),
            year_to=_year(annex, "year_to"),
            changed_at=act.at,
        )
        for pk, code, title, annex in rows.values_list("pk", "code", "title", "annex")
        if code not in known
    ]
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("fonds", fonds.pk),
        after={**said, "records": len(made)},
        authority=authority,
    )
    Record.objects.bulk_create(made, batch_size=BATCH)
    write_lines(act, fonds, ((r.pk, 0, Stage.COUNTED) for r in made))
    return len(made)


def _year(annex: Mapping[str, object], key: str) -> int | None:
    year = annex.get(key)
    return year if isinstance(year, int) and 0 < year < 32_767 else None


@action("digitising.fonds-handed-on")
def hand_fonds_on(
    act: Act, *, fonds_id: int, body_id: int, reason: str, authority: str = ""
) -> Result:
    """Another body goes on with the fonds; its files, scans and figures go with it."""
    fonds = begin(act, fonds_id, "fonds.hand-on")
    why = worded(reason, 500, "digitising.reason-missing")
    other = Body.objects.filter(pk=min(body_id, LARGEST)).first()
    if other is None or other.pk == fonds.body_id:
        raise Refused.because("digitising.body-missing")
    if Fonds.objects.filter(body=other, name=fonds.name).exists():
        raise Refused.because("digitising.fonds-exists", fonds.name)
    before = fonds.body_id
    fonds.body = other
    fonds.save(update_fields=["body"])
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("fonds", fonds.pk),
        before={"body": before},
        after={"body": other.pk},
        reason=why,
        authority=tidy(authority)[:300],
    )
    return {"fonds": fonds.pk}


@action("digitising.fonds-closed")
def close_fonds(act: Act, *, fonds_id: int, authority: str) -> Result:
    """Close a fonds whose every file is accepted and whose every scan is sound (đóng phông).

    Raises Refused with the list of what is left: by stage, lots, damaged and unread scans.
    """
    fonds = begin(act, fonds_id, "fonds.close")
    by = worded(authority, 300, "digitising.authority-missing")
    refuse_if(queries.what_is_left(fonds))
    fonds.closed_at = act.at
    fonds.save(update_fields=["closed_at"])
    act.record(
        chain=chain_of(fonds.pk),
        subject=Ref("fonds", fonds.pk),
        after={"records": queries.figures(fonds).counted, "closed": act.at},
        authority=by,
    )
    return {"fonds": fonds.pk}
