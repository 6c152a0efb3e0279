"""Units of a gazetteer by the names that people write."""

from thongsuot.rules.registry.address.gazetteer import Gazetteer
from thongsuot.rules.registry.registry import KIND_WORDS


def chain_of(places: Gazetteer, unit: int) -> tuple[str, ...]:
    """The name of a unit with its kind, then of what stands above it, nearest first."""
    names = [own_name(places, unit)]
    above = places.above_now.get(unit, places.above.get(unit))
    while above is not None:
        names.append(own_name(places, above))
        above = places.above.get(above)
    return tuple(names)


def own_name(places: Gazetteer, unit: int) -> str:
    """The name with its kind in front: "phường Sài Gòn"."""
    return f"{KIND_WORDS[places.kind[unit]]} {places.written[unit]}"
