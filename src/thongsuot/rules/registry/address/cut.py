"""Segments cut with the names that are known: a kind inside a name does not cut it in two."""

from collections.abc import Iterator

from thongsuot.rules.registry.address.gazetteer import Gazetteer
from thongsuot.rules.registry.address.text import (
    COMMUNE,
    DISTRICT,
    KINDS,
    PROVINCE,
    Segment,
    kind_by_marks,
    parts_of,
    segments_of,
    whole,
    words_of,
)

UPPER = PROVINCE | DISTRICT
LONGEST = 3  # words that may be missing from a name cut too early
REMEMBERED = 50_000  # parts of addresses; more would be memory without use


class Cutter:
    """Cuts addresses, and remembers the parts that come again and again."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names = gazetteer
        self._read: dict[str, tuple[Segment, ...]] = {}

    def segments(self, text: str) -> list[Segment]:
        """What the address is made of, in its order."""
        read = self._read
        found: list[Segment] = []
        for part in parts_of(text):
            segments = read.get(part)
            if segments is None:
                if len(read) >= REMEMBERED:
                    read.clear()
                segments = read[part] = tuple(self._cut(part))
            if found and segments and self._one_name(found[-1], segments[0]):
                segments = (found.pop().with_more(segments[0]), *segments[1:])
            found += segments
        return found

    def _one_name(self, first: Segment, second: Segment) -> bool:
        """Whether two parts are one name: "Chân Mây - Lăng Cô", though a dash mostly parts two."""
        return not second.tiers and first.key + second.key in self.names.dashed

    def _cut(self, part: str) -> Iterator[Segment]:
        words = words_of(part)
        if not words:
            return
        one, bare = whole(words), Segment(words)
        known = self.names.known
        with_kind = bool(one.tiers) and one.key in known(one.tiers)
        # "Tịnh Hòa", "Phương Đông": no kind, but a name that begins so.
        without = bool(one.tiers) and bare.key in known(COMMUNE | DISTRICT)
        if without and (not with_kind or not kind_by_marks(part)):
            yield bare
        elif with_kind:
            yield one
        else:
            yield from self._pieces(words)

    def _pieces(self, words: tuple[str, ...]) -> Iterator[Segment]:
        """Kind after kind; a name goes on over what looks like the next kind where it is known so."""
        while words:
            first, *more = segments_of(words)
            rest = words[len(first.kind.split()) :] if first.kind else words
            longer = self._longer(first, rest) if more and first.tiers else None
            if longer is not None:
                yield longer
                words = rest[len(longer.words) :]
            else:
                yield from self._where_the_name_ends(first)
                words = rest[len(first.words) :] if more else ()

    def _longer(self, first: Segment, rest: tuple[str, ...]) -> Segment | None:
        """The name with the words behind it that belong to it: "Nho Quan", "Gò Quao"."""
        known = self.names.known(first.tiers)
        here = len(first.words)
        if len(rest[here]) == 1:  # "H." is always a kind
            return None
        in_two = " ".join(rest[here : here + 2]) in KINDS  # "thành phố" is not cut after "thành"
        for count in range(min(len(rest), here + LONGEST), here + in_two, -1):
            segment = Segment(rest[:count], first.tiers, first.kind)
            if segment.key in known:
                return segment
        return None

    def _where_the_name_ends(self, segment: Segment) -> tuple[Segment, ...]:
        """A name with a kind and something behind it, cut after the longest name that is known."""
        if not segment.tiers or len(segment.words) == 1:
            return (segment,)
        names = self.names
        known, above = names.known(segment.tiers), names.known(UPPER)
        if segment.key in known:
            return (segment,)
        for count in range(len(segment.words) - 1, 0, -1):
            rest = segment.after(count)
            if segment.shorter(count).key in known and (_explained(rest) or rest.key in above):
                return segment.shorter(count), rest
        for count in range(1, len(segment.words)):
            if _explained(segment.after(count)):
                return segment.shorter(count), segment.after(count)
        return (segment,)


def _explained(segment: Segment) -> bool:
    """Whether it is plainly a house or a hamlet: a number, or a word for one with its name."""
    return segment.small and (len(segment.words) > 1 or segment.words[0][0].isdigit())
