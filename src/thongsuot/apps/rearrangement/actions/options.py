"""Options: made, every unit given its fate, units to be founded; a new version once others read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from thongsuot.apps.rearrangement import permit
from thongsuot.apps.rearrangement.models import (
    FateLine,
    FateWord,
    FoundedUnit,
    Funding,
    Option,
    OptionVersion,
    PresentUnit,
    Scheme,
    UnitSort,
)
from thongsuot.apps.rearrangement.steps import MOST_OPTIONS, Result, chain_of, take, worded
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.rearrangement.lifecycle import opens_version

CODES = ("into", "tasks_to", "assets_to", "people_to")
MOST_LINES = 5_000


@action("rearrangement.option-made")
def make_option(act: Act, *, scheme_id: int, title: str, note: str = "", like: int = 0) -> Result:
    """Make the next option (A, B, …), empty or like another one of the scheme."""
    scheme = take(act, scheme_id, "option.write", "option")
    name = worded(title, "title", needed=True)
    taken = scheme.options.count()
    if taken >= MOST_OPTIONS:
        raise Refused.because("rearrangement.options-number", most=MOST_OPTIONS)
    model = permit.option_in_sight(act.by, scheme, like) if like else None
    made = Option.objects.create(
        scheme=scheme, letter="ABCDEF"[taken], title=name, note=worded(note, "note", 2_000)
    )
    entry = act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme-option", made.pk),
        after={"letter": made.letter, "title": name, "like": model.letter if model else ""},
    )
    _note(act, made, 1, "", entry.pk)
    if model is not None:
        _copy(model, model.version, made, 1)
    return {"option": made.pk, "letter": made.letter}


def _note(act: Act, option: Option, number: int, reason: str, entry: int) -> None:
    OptionVersion.objects.create(
        option=option,
        number=number,
        reason=reason,
        by_name=act.by.name[:200],
        at=act.at,
        entry=entry,
    )


def _copy(model: Option, version: int, to: Option, number: int) -> None:
    fates = list(FateLine.objects.filter(option=model, version=version))
    founded = list(FoundedUnit.objects.filter(option=model, version=version))
    for fate in fates:
        fate.pk, fate.option, fate.version = None, to, number
    for unit in founded:
        unit.pk, unit.option, unit.version = None, to, number
    FateLine.objects.bulk_create(fates, batch_size=500)
    FoundedUnit.objects.bulk_create(founded)


def _begin(
    act: Act, scheme_id: int, option_id: int, reason: str, said: Mapping[str, object]
) -> tuple[Scheme, Option]:
    """The option to write in; a new version of it, with its reason, when others have read it."""
    scheme = take(act, scheme_id, "option.write", "option")
    option: Option = permit.option_in_sight(act.by, scheme, option_id)
    fresh = opens_version(scheme.state)
    why = worded(reason, "reason", 500, needed=fresh)
    entry = act.record(
        chain=chain_of(scheme.pk),
        subject=Ref("scheme-option", option.pk),
        after={"letter": option.letter, "version": option.version + fresh, **said},
        reason=why,
    )
    if fresh:
        _copy(option, option.version, option, option.version + 1)
        option.version += 1
        option.save(update_fields=["version"])
        _note(act, option, option.version, why, entry.pk)
    return scheme, option


@action("rearrangement.fates-set")
def set_fates(
    act: Act,
    *,
    scheme_id: int,
    option_id: int,
    fates: Sequence[Mapping[str, Any]],
    reason: str = "",
) -> Result:
    """Say what becomes of units in an option; a unit that had a fate gets the other one instead.

    Shapes: each has unit (id) and fate; any of name, owner (body), funding, into, tasks_to,
    assets_to, people_to (codes), released, leaders, note. A gap may stay until the scheme is
    submitted. After submission a new version is begun, with ``reason``.
    """
    if not 0 < len(fates) <= MOST_LINES:
        raise Refused.because("rearrangement.units-number", most=MOST_LINES)
    said = {"fates": len(fates)}
    scheme, option = _begin(act, scheme_id, option_id, reason, said)
    units = {u.pk: u for u in PresentUnit.objects.filter(scheme=scheme)}
    owners = set(scheme.owners.values_list("body", flat=True))
    wanted = {int(f.get("unit") or 0): f for f in fates}
    problems: list[Problem] = []
    rows = [_row(option, units, owners, pk, f, problems) for pk, f in wanted.items()]
    refuse_if(problems)
    FateLine.objects.filter(
        option=option, version=option.version, present__in=list(wanted)
    ).delete()
    FateLine.objects.bulk_create([r for r in rows if r is not None], batch_size=500)
    return {"option": option.pk, "version": option.version, "fates": len(rows)}


def _row(  # one line and what it is judged against
    option: Option,
    units: Mapping[int, PresentUnit],
    owners: set[int],
    pk: int,
    given: Mapping[str, Any],
    problems: list[Problem],
) -> FateLine | None:
    unit = units.get(pk)
    if unit is None:
        problems.append(Problem("rearrangement.unit-missing"))
        return None
    fate, owner = str(given.get("fate") or ""), int(given.get("owner") or 0)
    funding = str(given.get("funding") or "")
    released, leaders = int(given.get("released") or 0), given.get("leaders")
    if fate not in FateWord.values or funding not in ("", *Funding.values):
        value = {"value": fate[:40] or funding[:40]}
        problems.append(Problem("rearrangement.choice-unknown", unit.name, value))
    if owner and owner not in owners:
        problems.append(Problem("rearrangement.owner-missing", unit.name))
    if not 0 <= released <= unit.people:
        facts = {"released": released, "people": unit.people}
        problems.append(Problem("rearrangement.released-too-many", unit.name, facts))
    if leaders not in (None, "") and not 0 <= int(str(leaders)) <= 10_000:
        problems.append(Problem("rearrangement.number-unfit", unit.name))
    if problems:
        return None
    return FateLine(
        option=option,
        version=option.version,
        present=unit,
        fate=fate,
        name=worded(given.get("name"), "name"),
        owner_id=owner or None,
        funding=funding,
        released=released,
        leaders=None if leaders in (None, "") else int(str(leaders)),
        note=worded(given.get("note"), "note", 500),
        **{name: worded(given.get(name), name, 30) for name in CODES},
    )


@action("rearrangement.rest-kept")
def keep_rest(act: Act, *, scheme_id: int, option_id: int, reason: str = "") -> Result:
    """All units of which nothing was said yet stay as they are."""
    scheme, option = _begin(act, scheme_id, option_id, reason, {"rest": "keep"})
    said = FateLine.objects.filter(option=option, version=option.version).values("present")
    rest = list(PresentUnit.objects.filter(scheme=scheme).exclude(pk__in=said).order_by("pk"))
    if not rest:
        raise Refused.because("rearrangement.nothing-left", option.letter)
    FateLine.objects.bulk_create(
        [
            FateLine(option=option, version=option.version, present=u, fate=FateWord.KEEP)
            for u in rest
        ],
        batch_size=500,
    )
    return {"option": option.pk, "version": option.version, "kept": len(rest)}


@action("rearrangement.unit-founded")
def found_unit(
    act: Act, *, scheme_id: int, option_id: int, unit: Mapping[str, Any], reason: str = ""
) -> Result:
    """Name a unit that is to be founded in an option, so that others can merge into it.

    Shapes: ``unit`` has code, name, owner (body), leaders; maybe sort.
    """
    code = worded(unit.get("code"), "code", 30, needed=True)
    name = worded(unit.get("name"), "name", needed=True)
    leaders, sort = int(unit.get("leaders") or 0), str(unit.get("sort") or UnitSort.OFFICE)
    if not 0 <= leaders <= 10_000 or sort not in UnitSort.values:
        raise Refused.because("rearrangement.number-unfit", name)
    scheme, option = _begin(act, scheme_id, option_id, reason, {"founded": name})
    owner = int(unit.get("owner") or 0)
    if not scheme.owners.filter(body=owner).exists():
        raise Refused.because("rearrangement.owner-missing", name)
    rows = FoundedUnit.objects.filter(option=option, version=option.version)
    if scheme.units.filter(code=code).exists() or rows.filter(code=code).exists():
        raise Refused.because("rearrangement.code-taken", code)
    made = FoundedUnit.objects.create(
        option=option, version=option.version, owner_id=owner, code=code, name=name, sort=sort,
        leaders=leaders,
    )  # fmt: skip
    return {"option": option.pk, "founded": made.pk, "version": option.version}


@action("rearrangement.unit-unfounded")
def unfound_unit(
    act: Act, *, scheme_id: int, option_id: int, code: str, reason: str = ""
) -> Result:
    """Take back a unit that was to be founded; whoever was to merge into it is without target then."""
    _scheme, option = _begin(act, scheme_id, option_id, reason, {"unfounded": code[:30]})
    gone = FoundedUnit.objects.filter(option=option, version=option.version, code=code[:30])
    if not gone.exists():
        raise Refused.missing(Problem("rearrangement.unit-missing"))
    gone.delete()
    return {"option": option.pk, "version": option.version}
