"""Charts made on the server: plain SVG, always beside their table, without script or style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 12, 28
BAR, GAP, NAME = 18, 6, 230
LONGEST = 30


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a line: a day, a value, and the value as it is written."""

    on: date
    value: Fraction
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a name, a value, the value as it is written, and a state for its colour."""

    name: str
    value: Fraction
    text: str
    state: str = "plain"


def lines(measured: Sequence[Point], planned: Sequence[Point], title: str) -> SafeString:
    """What was measured against the trajectory, over time; empty for nothing to draw."""
    every = [*measured, *planned]
    if not every:
        return SafeString("")
    first, last = min(p.on for p in every), max(p.on for p in every)
    days = max((last - first).days, 1)
    top = max(max(p.value for p in every), Fraction(1))
    low = min(min(p.value for p in every), Fraction(0))

    def at(p: Point) -> tuple[float, float]:
        across = LEFT + float(Fraction((p.on - first).days, days)) * (WIDTH - LEFT - RIGHT)
        down = float((top - p.value) / (top - low)) * (HEIGHT - TOP - BOTTOM)
        return round(across, 1), round(TOP + down, 1)

    path = " ".join(f"{x},{y}" for x, y in map(at, sorted(planned, key=lambda p: p.on)))
    drawn = " ".join(f"{x},{y}" for x, y in map(at, sorted(measured, key=lambda p: p.on)))
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="4"><title>{}: {}</title></circle>',
        ((*map(str, at(p)), f"{p.on:%d/%m/%Y}", p.text) for p in measured),
    )
    highest = max(every, key=lambda p: p.value)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"></line>'
        '<text class="tick end" x="{}" y="{}">{}</text><text class="tick end" x="{}" y="{}">{}</text>'
        '<text class="tick" x="{}" y="{}">{}</text><text class="tick end" x="{}" y="{}">{}</text>'
        '<polyline class="plan" points="{}"></polyline><polyline class="real" points="{}"></polyline>'
        '<g class="real">{}</g></svg>',
        *(WIDTH, HEIGHT, title),
        *(LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM),
        *(LEFT - 6, TOP + 8, highest.text),
        *(LEFT - 6, HEIGHT - BOTTOM, "0" if low == 0 else ""),
        *(LEFT, HEIGHT - 8, f"{first:%d/%m/%Y}"),
        *(WIDTH - RIGHT, HEIGHT - 8, f"{last:%d/%m/%Y}"),
        *(path, drawn, dots),
    )


def bars(rows: Sequence[Bar], title: str) -> SafeString:
    """Bars side by side, one a unit, in the order given; empty for nothing to draw."""
    if not rows:
        return SafeString("")
    top = max(max(r.value for r in rows), Fraction(1))
    room = WIDTH - NAME - 80
    height = len(rows) * (BAR + GAP) + GAP
    drawn = format_html_join(
        "",
        '<text class="tick end" x="{}" y="{}">{}</text>'
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>'
        '<text class="tick" x="{}" y="{}">{}</text>',
        (
            (
                *(NAME - 8, GAP + n * (BAR + GAP) + 13, _short(r.name)),
                *(r.state, NAME, GAP + n * (BAR + GAP)),
                *(_wide(r.value, top, room), BAR, r.name, r.text),
                *(NAME + _wide(r.value, top, room) + 6, GAP + n * (BAR + GAP) + 13, r.text),
            )
            for n, r in enumerate(rows)
        ),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        *(WIDTH, height, title, drawn),
    )


def _wide(value: Fraction, top: Fraction, room: int) -> int:
    return max(round(float(max(value, Fraction(0)) / top) * room), 1)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
