"""What an address was read as."""

from dataclasses import dataclass

ONE, SEVERAL, NONE = "one", "several", "none"

# Why the answer is what it is.
EXACT = "exact"  # the names as they are written
NEAR = "near"  # a letter or two off
EARLIER_NAME = "earlier-name"  # by a name borne earlier
ELSEWHERE = "elsewhere"  # the commune is not in the district that is named, but in the province
CURRENT = "current"  # by the map of today, though a divided commune of old bore the name
DIVIDED = "divided"  # the old commune went to several
SAME_NAME = "same-name"  # several places are called so
DISTRICT_ONLY = "district-only"  # a district is known, the commune in it is not
PROVINCE_ONLY = "province-only"
NOTHING = "nothing"

# What would decide, when the text does not.
HAMLET, DISTRICT, PROVINCE, DAY, COMMUNE = "hamlet", "district", "province", "day", "commune"
ASKS: dict[str, tuple[str, ...]] = {
    DIVIDED: (HAMLET,),
    SAME_NAME: (DISTRICT, PROVINCE, DAY),
    DISTRICT_ONLY: (COMMUNE,),
    PROVINCE_ONLY: (COMMUNE, DISTRICT),
    NOTHING: (COMMUNE, DISTRICT, PROVINCE),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that the text may mean: ``old``: of before the reform; else of today.

    ``slips``: letters that differ from the name. ``by_alias``: by a name borne earlier.
    """

    unit: int
    old: bool
    slips: int = 0
    by_alias: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer to an address.

    ``status``: one, several or none. ``units``: the communes of today that it may be, all of
    them. ``means``: the units of their own time that the text may mean. ``province``: of today;
    None when it is not known. ``asks``: what would decide, the surest first (hamlet or street,
    district, province, day, commune); empty when one was found.
    """

    status: str
    units: tuple[int, ...]
    means: tuple[Found, ...]
    why: str
    province: int | None = None
    asks: tuple[str, ...] = ()
