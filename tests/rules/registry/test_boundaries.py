"""Outlines: whatever is brought is read or refused with a reason; thinning keeps the shape."""

import math
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongsuot.rules.registry.boundaries import (
    TOLERANCE,
    Shape,
    box_of,
    neighbours,
    off,
    read_geojson,
    simplify,
    unknown,
)


def square(x: float, y: float, size: float = 0.1) -> list[list[float]]:
    return [[x, y], [x + size, y], [x + size, y + size], [x, y + size], [x, y]]


def feature(code: object, *rings, kind="Polygon") -> dict:
    given = list(rings) if kind == "Polygon" else [[r] for r in rings]
    return {"type": "Feature", "properties": {"MA_XA": code},
            "geometry": {"type": kind, "coordinates": given}}  # fmt: skip


def collection(*features) -> dict:
    return {"type": "FeatureCollection", "features": list(features)}


def codes(found) -> list[str]:
    return [p.code for p in found.problems]


def test_polygons_and_many_polygons_are_read_by_their_code_with_its_zeros() -> None:
    found = read_geojson(
        collection(feature(9556.0, square(105.7, 20.9)), feature("09562", square(105.8, 20.9),
                   square(106, 21), kind="MultiPolygon"))
    )  # fmt: skip
    assert [(s.code, s.points) for s in found.shapes] == [("09556", 5), ("09562", 10)]
    assert found.problems == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ([], "registry.geojson-not-a-collection"),
        ({"type": "Topology"}, "registry.geojson-not-a-collection"),
        (collection(), "registry.geojson-empty"),
        (collection("x"), "registry.geojson-no-feature"),
        (collection(feature("", square(105, 20))), "registry.geojson-no-code"),
        (collection(feature("=1+1", square(105, 20))), "registry.geojson-no-code"),
        (collection(feature("09556", square(20.9, 105.7))), "registry.geojson-outside"),
        (collection(feature("09556", square(583_000, 2_300_000))), "registry.geojson-outside"),
        (collection(feature("09556", [[105, math.nan]] * 5)), "registry.geojson-outside"),
        (collection(feature("09556", square(105, 20)[:-1])), "registry.geojson-open"),
        (collection(feature("09556", [[105, 20], [105, 20]])), "registry.geojson-ring"),
        (collection(feature("09556", square(105, 20), kind="Point")), "registry.geojson-no-outline"),
        (collection(feature("1", square(105, 20)), feature("01", square(105, 20))),
         "registry.geojson-twice"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused_with_its_reason(given, code) -> None:
    assert codes(read_geojson(given)) == [code]


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["type", "features", "geometry", "coordinates", "id"]), inner
        )
    ),
    max_leaves=20,
)


@given(json_values)
def test_no_file_breaks_the_reader(given) -> None:
    found = read_geojson(given)
    assert found.problems or found.shapes
    read_geojson({"type": "FeatureCollection", "features": [given]})


rings = st.lists(
    st.tuples(st.floats(105, 106), st.floats(20, 21)), min_size=3, max_size=60, unique=True
).map(lambda points: [*points, points[0]])


@given(rings)
def test_a_thinner_outline_stays_closed_and_near_and_keeps_only_its_own_points(ring) -> None:
    ((thin,),) = simplify([[ring]])
    rounded = [(round(x, 5), round(y, 5)) for x, y in ring]
    assert thin[0] == thin[-1]
    assert 4 <= len(thin) <= len(ring)
    assert set(thin) <= set(rounded)
    for point in rounded:
        assert min(off(point, a, b) for a, b in pairwise(thin)) <= TOLERANCE * 1.001


def test_a_straight_coast_of_many_points_becomes_few_quickly() -> None:
    coast = [(105 + n / 100_000, 20.0) for n in range(50_000)]
    ((thin,),) = simplify([[[*coast, (105.2, 21.0), coast[0]]]])
    assert len(thin) == 4


def test_units_that_share_a_stretch_are_neighbours_and_a_corner_is_not_enough() -> None:
    shapes = [
        Shape(code, [[[tuple(p) for p in square(x, y)]]], 5)
        for code, x, y in (("1", 105.0, 20.0), ("2", 105.1, 20.0), ("3", 105.1, 20.1))
    ]
    assert neighbours(shapes) == {"1": ("2",), "2": ("1", "3"), "3": ("2",)}
    assert unknown(shapes, {"1", "3"}.__contains__) == ("2",)
    assert box_of(shapes[0].outline).east == pytest.approx(105.1)


def test_a_number_beyond_all_bounds_is_outside_and_stops_nothing() -> None:
    ring = [[10**400, 21.0], *square(105.0, 21.0)[1:]]
    assert codes(read_geojson(collection(feature("00004", ring)))) == ["registry.geojson-outside"]


def test_a_line_made_to_be_cut_point_by_point_is_thinned_in_time_all_the_same() -> None:
    ring = [[105.0 + n * 1e-5, 15.0 + (-1) ** n * 7 * (1.0 - n / 40_000)] for n in range(20_000)]
    found = read_geojson(collection(feature("00004", [*ring, ring[0]])))
    began = process_time()
    thin = simplify(found.shapes[0].outline)
    assert process_time() - began < 5  # point by point it is twenty thousand times the whole
    assert thin[0][0][0] == thin[0][0][-1]
