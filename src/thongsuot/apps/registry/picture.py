"""The lineage as a picture: from left to right, a thick line for the whole, dashes for a part.

Values in, coordinates out; the template only writes them down. The table with every clause
always stands below the picture.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from thongsuot.apps.registry.values import Step, UnitLink
from thongsuot.rules.kernel.text import sort_key

WIDTH = 780
LEFT, RIGHT = 218, 556  # where the lines leave and arrive
TOP = 40
GAP, BIG_GAP = 27, 44
MOST = 60  # more lines than this are not read in a picture; the table remains
WEIGHT = {"whole": 3, "people": 3, "rest": 2, "part": 1}
CLASSES = {"whole": "whole", "people": "whole", "rest": "rest", "part": "part", "land": "land"}


@dataclass(frozen=True, slots=True)
class End:
    """A unit at one side of the picture. ``big`` marks the one the page is about, or a main one."""

    link: UnitLink
    y: int
    big: bool = False

    @property
    def text_y(self) -> int:
        """Where its name is written."""
        return self.y + 5

    @property
    def rect_y(self) -> int:
        """Where its mark begins."""
        return self.y - (16 if self.big else 8)

    @property
    def height(self) -> int:
        """How tall its mark is."""
        return 32 if self.big else 16


@dataclass(frozen=True, slots=True)
class Line:
    """One succession as a curve, with what a pointer reads over it."""

    d: str
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything the template draws."""

    lefts: tuple[End, ...]
    rights: tuple[End, ...]
    lines: tuple[Line, ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT
    left_text: int = LEFT - 14
    left_rect: int = LEFT - 5
    right_text: int = RIGHT + 14


def picture_of(steps: Sequence[Step], main: Collection[int]) -> Picture | None:
    """Draw the successions of one day between units; None when there is nothing to draw.

    Shapes: ``steps`` of one direction and one event day; the left side is ordered so that few
    lines cross. ``main`` are the units drawn big: the
    one that the page is about, or those that mostly consist of its parts.
    """
    pairs = [(s, s.src, s.dst) for s in steps if s.src is not None and s.dst is not None]
    if not pairs or len(pairs) > MOST:
        return None
    rights = _placed(_ordered(_links(dst for _s, _src, dst in pairs), main), main)
    height_of = {e.link.id: e.y for e in rights}
    pulls: defaultdict[int, list[int]] = defaultdict(list)
    for step, src, dst in pairs:
        pulls[src.id] += [height_of[dst.id]] * (1 + WEIGHT.get(step.edge.share, 0))
    middle = {src: sum(ys) / len(ys) for src, ys in pulls.items()}
    lefts = _placed(
        sorted(_links(src for _s, src, _d in pairs), key=lambda link: middle[link.id]), main
    )
    y_left = {e.link.id: e.y for e in lefts}
    y_right = {e.link.id: e.y for e in rights}
    lines = tuple(
        _line(step, y_left[src.id], y_right[dst.id], aside=not {src.id, dst.id} & set(main))
        for step, src, dst in pairs
    )
    height = max(e.y for e in (*lefts, *rights)) + 26
    return Picture(lefts, rights, lines, height)


def _links(ends: Iterable[UnitLink]) -> list[UnitLink]:
    found = {link.id: link for link in ends}
    return sorted(found.values(), key=lambda link: sort_key(link.name))


def _ordered(links: Sequence[UnitLink], main: Collection[int]) -> list[UnitLink]:
    return sorted(links, key=lambda link: link.id not in main)


def _placed(links: Sequence[UnitLink], big: Collection[int]) -> tuple[End, ...]:
    ends, y = [], TOP
    for link in links:
        large = link.id in big
        ends.append(End(link, y + (8 if large else 0), large))
        y += BIG_GAP if large else GAP
    return tuple(ends)


def _line(step: Step, a: int, b: int, *, aside: bool) -> Line:
    middle = (LEFT + RIGHT) // 2
    src, dst = step.src, step.dst
    return Line(
        f"M{LEFT} {a} C {middle} {a}, {middle} {b}, {RIGHT} {b}",
        f"{CLASSES.get(step.edge.share, 'part')}{' aside' if aside else ''}",
        f"{src.name if src else ''} → {dst.name if dst else ''}: {step.share_name}",
    )
