"""Looking at what was frozen for recipients, and what a brief says about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any

from django.utils import timezone

from thongsuot.apps.reporting.calendar import calendar_around
from thongsuot.apps.reporting.models import FormVersion, Recipient, Snapshot
from thongsuot.apps.reporting.values import form_of, fraction, shown
from thongsuot.apps.reporting.words import period_words
from thongsuot.foundation.wording import number
from thongsuot.rules.kernel.canonical import digest
from thongsuot.rules.kernel.period import Period
from thongsuot.rules.reporting.forms import Field, Form
from thongsuot.rules.reporting.returns import Counts
from thongsuot.rules.reporting.rollup import Figure, Said, by_work, merged
from thongsuot.rules.reporting.snapshots import Change, changes, new_words


@dataclass(frozen=True, slots=True)
class Frozen:
    """A snapshot as the pages and papers take it."""

    snapshot: Snapshot
    form: Form
    figures: tuple[Figure, ...]
    counts: Counts

    @property
    def period(self) -> Period:
        """Its days."""
        return Period(self.snapshot.since, self.snapshot.until)

    @property
    def period_words(self) -> str:
        """Its days as an office names them."""
        return period_words(self.snapshot.recipient.kind, self.period)


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure on a page or paper: its name, what it is now and was, who said something."""

    field: Field
    now: str
    was: str
    difference: str
    said: int
    units: int


@dataclass(frozen=True, slots=True)
class Work:
    """The figures and texts of one field of work."""

    name: str
    lines: tuple[FigureLine, ...]
    texts: tuple[tuple[Field, tuple[Said, ...]], ...]


def figure_from(kept: Mapping[str, Any]) -> Figure:
    """A figure out of what is kept."""
    average, share = kept.get("average"), kept.get("share")
    return Figure(
        key=kept["key"],
        said=kept["said"],
        units=kept["units"],
        number=kept.get("number"),
        average=Fraction(*average) if average else None,
        share=(share[0], share[1]) if share else None,
        texts=tuple(Said(unit, text) for unit, text in kept.get("texts", ())),
    )


def counts_from(kept: Mapping[str, Any]) -> Counts:
    """Counts out of what is kept."""
    plain: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in kept.items()}
    return Counts(**plain)


def frozen(snapshot: Snapshot) -> Frozen:
    """A snapshot with its form, figures and counts. One query."""
    version = FormVersion.objects.select_related("form").get(pk=snapshot.content["form"])
    return Frozen(
        snapshot,
        form_of(version),
        tuple(figure_from(f) for f in snapshot.content["figures"]),
        counts_from(snapshot.content["counts"]),
    )


def seal(content: Mapping[str, Any], period: Period, cut_at: datetime) -> str:
    """SHA-256 of what a snapshot says: its content, its days, its cut-off in universal time."""
    at = cut_at.astimezone(UTC).isoformat()
    return digest({"cut_at": at, "since": period.since, "until": period.until, **content})


def previous(snapshot: Snapshot) -> Snapshot | None:
    """The newest version of the snapshot for the same recipient's period before; None: the first."""
    return (
        Snapshot.objects.filter(recipient=snapshot.recipient_id, since__lt=snapshot.since)
        .select_related("recipient__series")
        .order_by("-since", "-version")
        .first()
    )


def figure_text(one: Field, figure: Figure | None) -> str:
    """A figure as it is written; an average rounded only here."""
    if figure is None or not figure.said:
        return ""
    if figure.share is not None:
        return shown(one, figure.share)
    if figure.average is not None:
        return fraction(figure.average / 10**one.places, max(one.places, 1))
    return shown(one, figure.number)


def change_text(one: Field, change: Change | None) -> str:
    """How much a figure grew or fell: +12, −3; empty when it did not or cannot be said."""
    grown = change.difference if change else None
    if not grown:
        return ""
    exact = Fraction(grown) if isinstance(change and change.now, tuple) else Fraction(grown, 1)
    scale = 0 if isinstance(change and change.now, tuple) else one.places
    said = fraction(abs(exact) / 10**scale, scale)
    return f"+{said}" if grown > 0 else f"−{said}"


def works(now: Frozen, before: Frozen | None) -> tuple[Work, ...]:
    """Figures and texts by field of work, beside what they were last time."""
    was = {f.key: f for f in before.figures} if before else {}
    differ = {c.key: c for c in changes(now.form, before.figures, now.figures)} if before else {}
    found = []
    for name, figures in by_work(now.form, now.figures).items():
        lines, texts = [], []
        for figure in figures:
            one = now.form.field(figure.key)
            if figure.texts:
                texts.append((one, figure.texts))
            elif one.across != "gather":
                lines.append(
                    FigureLine(
                        one,
                        figure_text(one, figure),
                        figure_text(one, was.get(one.key)),
                        change_text(one, differ.get(one.key)),
                        figure.said,
                        figure.units,
                    )
                )
        found.append(Work(name, tuple(lines), tuple(texts)))
    return tuple(found)


def changed_lines(now: Frozen, before: Frozen | None) -> tuple[FigureLine, ...]:
    """Only the figures that differ from the last snapshot."""
    return tuple(
        line
        for work in works(now, before)
        for line in work.lines
        if before and line.now != line.was
    )


def fresh_texts(now: Frozen, before: Frozen | None) -> Mapping[str, Sequence[Said]]:
    """What units say now and did not say last time, by field; everything when there is no last."""
    return new_words(before.figures if before else (), now.figures)


def gathered_words(now: Frozen, before: Frozen | None) -> dict[str, str]:
    """The texts of the fields that belong in a part of a brief, new ones first.

    The same sentence of several units stands once, with all of them named.
    """
    parts: dict[str, list[str]] = {}
    fresh = fresh_texts(now, before)
    for figure in now.figures:
        one = now.form.field(figure.key)
        if not one.part or not figure.texts:
            continue
        new = {said.unit for said in fresh.get(one.key, ())}
        ordered = sorted(figure.texts, key=lambda said: said.unit not in new)
        parts.setdefault(one.part, []).extend(said_lines(ordered))
    return {part: "\n".join(f"- {line}" for line in lines) for part, lines in parts.items()}


def said_lines(texts: Sequence[Said]) -> list[str]:
    """Sentences with the units that said them: “Thiếu máy quét (phường A, phường B)”."""
    return [f"{line} ({', '.join(units)})" for line, units in merged(texts).items()]


def coverage_words(counts: Counts) -> str:
    """X trên Y đã báo cáo, as it stands on the document itself."""
    return f"{number(counts.received)}/{number(counts.expected)}"


@dataclass(frozen=True, slots=True)
class Due:
    """What a recipient is to get next: its period, its cut-off, the newest snapshot of it."""

    recipient: Recipient
    period: Period
    cut_at: datetime
    newest: Snapshot | None

    @property
    def words(self) -> str:
        """The period as an office names it."""
        return period_words(self.recipient.kind, self.period)


def due_of(recipient: Recipient, period: Period, newest: Snapshot | None = None) -> Due:
    """When a recipient's snapshot of a period is taken."""
    last = period.last_day
    if last is None:
        raise ValueError("a snapshot is of a period with a last day")
    zone = timezone.get_current_timezone()
    at = recipient.cut_off.moment(period, calendar_around(last.year), zone)
    return Due(recipient, period, at, newest)
