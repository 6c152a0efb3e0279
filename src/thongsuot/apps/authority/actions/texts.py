"""Texts: when one is in force, what changes it, and the names of the twelve groups of fields."""

from datetime import date

from thongsuot.apps.authority import permit
from thongsuot.apps.authority.actions.steps import Result, days, texts
from thongsuot.apps.authority.models import FieldGroup, TextChange, TextDays, TextPart
from thongsuot.apps.authority.models.choices import Effect, Reading
from thongsuot.apps.authority.queries.table import CHAIN
from thongsuot.apps.registry.models import LegalText
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.authority.access import may_keep
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref


def _text(act: Act, key: str) -> LegalText:
    permit.refuse(may_keep(act.by))
    act.lock(CHAIN)
    found = LegalText.objects.filter(key=key[:60]).first()
    if found is None:
        raise Refused.missing(Problem("authority.text-missing", key[:60]))
    return found


@action("authority.text-written")
def write_days(
    act: Act, *, key: str, since: date | None, until: date | None, reading: str, note: str = ""
) -> Result:
    """Say from when until when a text is in force, and how that was read."""
    text = _text(act, key)
    days(since, until, text.number)
    clean = texts({"note": note})
    if reading not in Reading.values:
        raise Refused.because("authority.verdict-unknown", text.number)
    held = TextDays.objects.filter(text=text).first()
    act.record(
        chain=CHAIN,
        subject=Ref("text", text.pk),
        before={"since": held.since, "until": held.until} if held else None,
        after={"since": since, "until": until, "reading": reading},
        reason=clean["note"],
    )
    TextDays.objects.update_or_create(
        text=text, defaults={"since": since, "until": until, "reading": reading, **clean}
    )
    LegalText.objects.filter(pk=text.pk).update(checked=reading == Reading.READ, in_force_on=since)
    return {"text": text.pk}


@action("authority.part-written")
def write_part(  # noqa: PLR0913  # what is said of a part
    act: Act,
    *,
    key: str,
    article: str,
    clause: str = "",
    heading: str = "",
    since: date | None = None,
    until: date | None = None,
) -> Result:
    """Say that an article or clause begins or ends on other days than its text."""
    text = _text(act, key)
    clean = texts({"article": article, "clause": clause}, most=20)
    heading = texts({"heading": heading})["heading"]
    if not clean["article"]:
        raise Refused.because("authority.clause-without-article", "article", value=clause)
    days(since, until, text.number)
    act.record(
        chain=CHAIN, subject=Ref("text", text.pk), after={**clean, "since": since, "until": until}
    )
    TextPart.objects.update_or_create(
        text=text,
        article=clean["article"],
        clause=clean["clause"],
        defaults={"since": since, "until": until, "heading": heading},
    )
    return {"text": text.pk}


@action("authority.change-written")
def write_change(  # noqa: PLR0913  # what is said of a change
    act: Act,
    *,
    key: str,
    by: str,
    on: date,
    effect: str,
    article: str = "",
    clause: str = "",
    until: date | None = None,
    note: str = "",
) -> Result:
    """Say that a text amends, replaces, repeals, suspends or extends another, from a day."""
    text = _text(act, key)
    other = LegalText.objects.filter(key=by[:60]).first()
    if other is None:
        raise Refused.because("authority.text-unknown", "by", value=by)
    if effect not in Effect.values:
        raise Refused.because("authority.verdict-unknown", text.number)
    clean = texts({"article": article, "clause": clause}, most=20)
    note = texts({"note": note})["note"]
    if clean["clause"] and not clean["article"]:
        raise Refused.because("authority.clause-without-article", "article", value=clause)
    act.record(
        chain=CHAIN,
        subject=Ref("text", text.pk),
        after={**clean, "by": other.key, "on": on, "effect": effect, "until": until},
        reason=note,
    )
    TextChange.objects.update_or_create(
        text=text, by=other, effect=effect, article=clean["article"], clause=clean["clause"],
        defaults={"on": on, "until": until, "note": note},
    )  # fmt: skip
    return {"text": text.pk}


@action("authority.group-named")
def name_group(act: Act, *, number: int, name: str, named: bool, note: str = "") -> Result:
    """Put the name of one of the twelve groups right; ``named``: read in a text, which ``note`` says."""
    permit.refuse(may_keep(act.by))
    act.lock(CHAIN)
    clean = texts({"name": name, "note": note}, most=160)
    group = FieldGroup.objects.filter(number=number).first()
    if group is None or not clean["name"]:
        raise Refused.because("authority.group-name-needed")
    if named and not clean["note"]:
        raise Refused.because("authority.reason-needed")
    act.record(
        chain=CHAIN,
        subject=Ref("field-group", group.pk),
        before={"name": group.name, "named": group.named},
        after={**clean, "named": named},
    )
    FieldGroup.objects.filter(pk=group.pk).update(named=named, **clean)
    return {"group": number}
