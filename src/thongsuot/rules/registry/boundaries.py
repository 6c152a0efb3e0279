"""Outlines of units as somebody brings them: checked, thinned out once, and who lies beside whom.

Shapes: a position is (longitude, latitude) in degrees; a ring is closed; an outline is a list of
polygons, each a list of rings, the outer one first, as in GeoJSON.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from thongsuot.rules.kernel.problem import Problem

Position = tuple[float, float]
Ring = list[Position]
Outline = list[list[Ring]]

WEST, SOUTH, EAST, NORTH = 102.0, 6.0, 118.0, 24.0  # Việt Nam with its islands
MOST_UNITS = 4_000
MOST_POINTS = 3_000_000
MOST_PROBLEMS = 100
CODE_KEYS = ("code", "ma", "ma_dvhc", "ma_xa", "maxa", "ma_don_vi", "ward_code", "unit_code", "id")
DIGITS = 5  # of a degree: about a metre
DEEPEST = 60  # cuts of a line within each other: coasts need some 30
TOLERANCE = 0.0002  # of a degree: about twenty metres


@dataclass(frozen=True, slots=True)
class Shape:
    """One unit of the file by its official code, with its outline as it was brought."""

    code: str
    outline: Outline
    points: int


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest upright rectangle around an outline."""

    west: float
    south: float
    east: float
    north: float


@dataclass(slots=True)
class Brought:
    """What a file holds: shapes that can be used, and everything that is wrong with the rest."""

    shapes: list[Shape] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    points: int = 0

    def wrong(self, code: str, subject: str = "", **facts: object) -> None:
        """Note one thing that is wrong; the first hundred are kept."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(code, subject, facts))


def read_geojson(given: object) -> Brought:
    """Read a decoded GeoJSON file. Never raises for what is in it; all that is wrong is listed.

    Every position must lie in Việt Nam: a file in another projection, or with latitude first, is
    refused whole, since nothing in it would be where it says.
    """
    found = Brought()
    features = given.get("features") if isinstance(given, dict) else None
    if not isinstance(given, dict) or given.get("type") != "FeatureCollection":
        found.wrong("registry.geojson-not-a-collection")
        return found
    if not isinstance(features, list) or not features:
        found.wrong("registry.geojson-empty")
        return found
    if len(features) > MOST_UNITS:
        found.wrong("registry.geojson-too-many", "", limit=MOST_UNITS)
        return found
    seen: set[str] = set()
    for number, feature in enumerate(features, 1):
        shape = _shape(feature, number, found)
        if shape is None:
            continue
        if shape.code in seen:
            found.wrong("registry.geojson-twice", shape.code)
            continue
        seen.add(shape.code)
        found.shapes.append(shape)
        found.points += shape.points
        if found.points > MOST_POINTS:
            found.wrong("registry.geojson-too-fine", "", limit=MOST_POINTS)
            return found
    return found


def _shape(feature: object, number: int, found: Brought) -> Shape | None:
    if not isinstance(feature, dict):
        found.wrong("registry.geojson-no-feature", "", number=number)
        return None
    code = code_in(feature)
    geometry = feature.get("geometry")
    if not code:
        found.wrong("registry.geojson-no-code", "", number=number)
        return None
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind not in ("Polygon", "MultiPolygon"):
        found.wrong("registry.geojson-no-outline", code)
        return None
    given = geometry.get("coordinates")
    outline = _outline([given] if kind == "Polygon" else given, code, found)
    if outline is None:
        return None
    return Shape(code, outline, sum(len(ring) for polygon in outline for ring in polygon))


def code_in(feature: Mapping[str, object]) -> str:
    """The official code that a feature carries; empty when it carries none.

    Shapes: a code of a province has two digits, of a district three, of a commune five. A number
    has lost its zeros: above 99 it is taken for a commune's.
    """
    told = feature.get("properties")
    properties = told if isinstance(told, dict) else {}
    named = {str(k).strip().lower(): v for k, v in properties.items()}
    for key in CODE_KEYS:
        code = _code(named.get(key, feature.get("id") if key == "id" else None))
        if code:
            return code
    return ""


def _code(value: object) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        number = int(value)
        return f"{number:02d}" if 0 < number < 100 else f"{number:05d}" if number > 0 else ""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 5:
        return value.zfill({1: 2, 4: 5}.get(len(value), 1))
    return ""


def _outline(given: object, code: str, found: Brought) -> Outline | None:
    if not isinstance(given, list) or not given:
        found.wrong("registry.geojson-no-outline", code)
        return None
    outline: Outline = []
    for polygon in given:
        if not isinstance(polygon, list) or not polygon:
            found.wrong("registry.geojson-no-outline", code)
            return None
        rings = [_ring(ring, code, found) for ring in polygon]
        if any(ring is None for ring in rings):
            return None
        outline.append([ring for ring in rings if ring is not None])
    return outline


def _ring(given: object, code: str, found: Brought) -> Ring | None:
    if not isinstance(given, list) or len(given) < 4:  # a triangle, closed
        found.wrong("registry.geojson-ring", code)
        return None
    ring: Ring = []
    for position in given:
        if not isinstance(position, list | tuple) or len(position) < 2:
            found.wrong("registry.geojson-ring", code)
            return None
        x, y = position[0], position[1]
        if not (_is_number(x) and _is_number(y) and WEST <= x <= EAST and SOUTH <= y <= NORTH):
            found.wrong("registry.geojson-outside", code)
            return None
        ring.append((float(x), float(y)))
    if ring[0] != ring[-1]:
        found.wrong("registry.geojson-open", code)
        return None
    return ring


def _is_number(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return isinstance(value, int) and not isinstance(value, bool)


# --- thinning out --------------------------------------------------------------------------------


def simplify(outline: Outline, tolerance: float = TOLERANCE) -> Outline:
    """The outline with fewer points, none of them farther from it than the tolerance.

    Every ring keeps at least a triangle and stays closed; its points are points of the original.
    """
    return [[_thin(ring, tolerance) for ring in polygon] for polygon in outline]


def _thin(ring: Ring, tolerance: float) -> Ring:
    points = [(round(x, DIGITS), round(y, DIGITS)) for x, y in ring]
    if len(points) <= 4:
        return points
    far = max(range(1, len(points) - 1), key=lambda i: _square(points[0], points[i]))
    first = _walk(points[: far + 1], tolerance)
    second = _walk(points[far:], tolerance)
    thin = first[:-1] + second
    if len(thin) < 4:
        extra = max(range(1, len(points) - 1), key=lambda i: off(points[i], points[0], points[far]))
        kept = sorted({0, far, extra})
        thin = [points[i] for i in kept] + [points[0]]
    return thin


def _walk(points: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker's way, without recursion: a coast may have a hundred thousand points."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1, 0)]
    limit = tolerance * tolerance
    while spans:
        start, end, depth = spans.pop()
        if end - start < 2:
            continue
        at, square = _farthest(points, start, end)
        if square > limit:
            # a line made to be cut one point at a time is cut in the middle instead
            at = at if depth < DEEPEST else (start + end) // 2
            keep.add(at)
            spans += [(start, at, depth + 1), (at, end, depth + 1)]
    return [points[i] for i in sorted(keep)]


def _farthest(points: Ring, start: int, end: int) -> tuple[int, float]:
    """The point between two places that lies farthest from the stretch they make, and how far, squared."""
    ax, ay = points[start]
    dx, dy = points[end][0] - ax, points[end][1] - ay
    length = dx * dx + dy * dy
    at, most = start + 1, -1.0
    for i in range(start + 1, end):  # the one loop that large files spend their time in
        x, y = points[i]
        x -= ax
        y -= ay
        along = (x * dx + y * dy) / length if length else 0.0
        if along > 0.0:
            if along >= 1.0:
                along = 1.0
            x -= along * dx
            y -= along * dy
        square = x * x + y * y
        if square > most:
            at, most = i, square
    return at, most


def _square(a: Position, b: Position) -> float:
    return (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2


def off(p: Position, a: Position, b: Position) -> float:
    """How far a point lies from the stretch between two others."""
    return math.sqrt(_farthest([a, p, b], 0, 2)[1])


# --- what lies where -----------------------------------------------------------------------------


def box_of(outline: Outline) -> Box:
    """The smallest upright rectangle around an outline."""
    points = [p for polygon in outline for p in polygon[0]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def neighbours(shapes: Iterable[Shape]) -> dict[str, tuple[str, ...]]:
    """For each code the codes whose outlines share a stretch with it, to a metre.

    Two units that touch in one point only are no neighbours. Outlines that were drawn apart from
    each other share nothing; then nothing is said.
    """
    owners: defaultdict[tuple[Position, Position], set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = {}
    for shape in shapes:
        beside[shape.code] = set()
        for ring in (r for polygon in shape.outline for r in polygon):
            points = [(round(x, DIGITS), round(y, DIGITS)) for x, y in ring]
            for a, b in pairwise(points):
                if a != b:
                    owners[(a, b) if a < b else (b, a)].add(shape.code)
    for codes in owners.values():
        for code in codes if len(codes) > 1 else ():
            beside[code] |= codes - {code}
    return {code: tuple(sorted(others)) for code, others in beside.items()}


def unknown(shapes: Sequence[Shape], known: Callable[[str], bool]) -> tuple[str, ...]:
    """The codes that no unit bears on the day of the outlines, in order."""
    return tuple(sorted(s.code for s in shapes if not known(s.code)))
