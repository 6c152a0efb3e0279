"""Rows of a table: which row is the header, which column is which, which rows are no rows."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from thongsuot.rules.kernel.cells_value import Raw
from thongsuot.rules.kernel.text import fold

_LOOK_FOR_HEADER_IN = 40
_NUMBERING = re.compile(r"\(?\d{1,3}\)?|[a-z]|[ivx]{1,5}")
_TOTAL = re.compile(
    r"(?:[ivx\d.]+ )?(?:tong cong|tong so|tong|cong|cong don|tong hop|luy ke)\b"
    r"(?: (?:so|cong|tai san|gia tri|trang|nhom|muc|cac|toan)\b.*|:.*)?"
)
_NOT_LETTERS = re.compile(r"[^a-z0-9²%]+")


def header_key(text: Raw) -> str:
    """A column title as it is compared: without marks, case, signs, line breaks, "(*)"."""
    return " ".join(_NOT_LETTERS.sub(" ", fold(str(text))).split()) if text is not None else ""


@dataclass(frozen=True, slots=True)
class Headers:
    """How the columns of a table were recognised.

    ``places`` gives for each known key the index of its column; ``unknown`` the titles nobody
    knows; ``doubled`` the titles of one key that stand in more than one column; ``row`` the index
    of the row they stood in.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    doubled: tuple[tuple[str, str], ...] = ()
    row: int = 0

    def missing(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Which of these keys have no column, in the order given."""
        return tuple(key for key in keys if key not in self.places)


class HeaderNames:
    """The titles by which each column may be known: ``names`` maps a key to its spellings.

    Shapes: the first spelling of a key is its printed title and wins over the other spellings of
    any key; among those the key named first wins.
    """

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._keys: dict[str, str] = {}
        for key, spellings in names.items():
            self._keys.setdefault(header_key(spellings[0]), key)
        for key, spellings in names.items():
            for spelling in spellings:
                self._keys.setdefault(header_key(spelling), key)
        self._keys.pop("", None)

    def key_of(self, title: Raw) -> str | None:
        """The key of the column with this title; what stands in brackets may be left out."""
        found = self._keys.get(header_key(title))
        if found is None and title is not None and "(" in str(title):
            found = self._keys.get(header_key(re.sub(r"\(.*?\)", " ", str(title))))
        return found

    def match(self, titles: Sequence[Raw], row: int = 0) -> Headers:
        """Which column each title stands for."""
        places: dict[str, int] = {}
        unknown: list[str] = []
        doubled: list[tuple[str, str]] = []
        for at, title in enumerate(titles):
            key = self.key_of(title)
            if key is None:
                if header_key(title):
                    unknown.append(" ".join(str(title).split()))
            elif key in places:
                doubled.append((str(titles[places[key]]).strip(), str(title).strip()))
            else:
                places[key] = at
        return Headers(places, tuple(unknown), tuple(doubled), row)

    def find(self, rows: Iterable[Sequence[Raw]], enough: int = 2) -> Headers | None:
        """The header among the first rows of a sheet: the row that names most known columns.

        Returns None when no row names at least ``enough``. Title rows above are passed over.
        """
        best: Headers | None = None
        for at, titles in enumerate(rows):
            if at >= _LOOK_FOR_HEADER_IN:
                break
            found = self.match(titles, at)
            if len(found.places) >= enough and (
                best is None or len(found.places) > len(best.places)
            ):
                best = found
        return best


def row_shape(values: Sequence[Raw], titles: Sequence[str] = ()) -> str:
    """What a row below the header is: "row", "blank", "total", "header" or "heading".

    Shapes: ``titles`` are the ``header_key`` of the header, to know it when it is repeated after
    a page break. "heading" is a row with one text only, or the numbering of columns (1) (2) (3).
    """
    filled = _filled(values)
    if not filled:
        return "blank"
    texts = [value for _, value in filled if isinstance(value, str)]
    if any(_TOTAL.fullmatch(fold(text)) for text in texts[:2] if len(text) < 60):
        return "total"
    if len(texts) == len(filled) and _repeats(filled, titles):
        return "header"
    if len(filled) == 1 and texts:
        return "heading"
    return "heading" if _counts_columns(filled) else "row"


def numbers_columns(values: Sequence[Raw]) -> bool:
    """Whether a row only numbers the columns above it: (1) (2) (3)."""
    return _counts_columns(_filled(values))


def _filled(values: Sequence[Raw]) -> list[tuple[int, Raw]]:
    filled = [(at, value) for at, value in enumerate(values) if value not in (None, "")]
    return [(at, v) for at, v in filled if not isinstance(v, str) or v.strip()]


def _repeats(filled: Sequence[tuple[int, Raw]], titles: Sequence[str]) -> bool:
    if len(filled) < 2 or len(titles) < 2:
        return False
    return all(at < len(titles) and header_key(value) == titles[at] for at, value in filled)


def _counts_columns(filled: Sequence[tuple[int, Raw]]) -> bool:
    if len(filled) < 4:
        return False
    marks = [fold(str(int(v) if isinstance(v, float) and v.is_integer() else v)) for _, v in filled]
    if not all(_NUMBERING.fullmatch(mark) for mark in marks):
        return False
    numbers = [int(mark.strip("()")) for mark in marks if mark.strip("()").isdecimal()]
    return len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
