"""Where names differ by their marks only, the marks that were typed decide."""

import re
from collections.abc import Iterator

from thongsuot.rules.registry.address.gazetteer import Gazetteer
from thongsuot.rules.registry.address.near import distance
from thongsuot.rules.registry.address.reading import Found
from thongsuot.rules.registry.address.search import Place
from thongsuot.rules.registry.address.text import key_of, signs

LONGEST = 6  # words of a name
FAR = 6
_WORDS = re.compile(r"\w+")


def by_marks(
    places: Gazetteer, text: str, place: Place, found: list[Found], *, elsewhere: bool
) -> list[Found]:
    """Those that the marks of the text name; all when it has none, or when they tell nothing.

    ``elsewhere``: what is found without a slip is not in the district named; it stands aside for
    one of the district that is nearer with its marks.
    """
    if text.isascii():
        return found
    said = signs(text)
    same = [f for f in found if _within(signs(places.written[f.unit]), said)]
    if same or not (elsewhere or all(f.slips for f in found)):
        return same or found
    far = _as_typed(places, text, place, found)
    least = min(far.values())
    if not elsewhere:
        return [one for one in found if far[one.unit] == least]
    sure = [one for one in found if not one.slips]
    return sure if sure and min(far[one.unit] for one in sure) == least else found


def _within(name: list[str], text: list[str]) -> bool:
    size = len(name)
    return any(text[at : at + size] == name for at in range(len(text) - size + 1))


def _as_typed(places: Gazetteer, text: str, place: Place, found: list[Found]) -> dict[int, int]:
    """How far each name is from what was typed, with their marks."""
    typed = list(_typed(text, {s.key for s in place.segments})) or [""]
    return {
        one.unit: min(distance(run, _plain(places.written[one.unit]), FAR) for run in typed)
        for one in found
    }


def _typed(text: str, keys: set[str]) -> Iterator[str]:
    """The stretches of the text that are read as one name, with their marks."""
    words = _WORDS.findall(text.lower())
    for begin in range(len(words)):
        for end in range(begin + 1, min(begin + LONGEST, len(words)) + 1):
            run = words[begin:end]
            if key_of("".join(run)) in keys:
                yield _plain(" ".join(run))


def _plain(name: str) -> str:
    """A name without spaces, the marks of each word behind it in one order."""
    return "".join(signs(name))
