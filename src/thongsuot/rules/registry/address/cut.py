"""Segments cut with the names that are known: a kind inside a name does not cut it in two."""

from collections.abc import Iterator

from thongsuot.rules.registry.address.gazetteer import Gazetteer
from thongsuot.rules.registry.address.near import distance
from thongsuot.rules.registry.address.text import (
    COMMUNE,
    DISTRICT,
    ENGLISH,
    HAMLET,
    KINDS,
    PROVINCE,
    Segment,
    cuts_of,
    from_english,
    joined,
    kind_by_marks,
    kind_in_front,
    segment_of,
    unstuck,
    useful,
    whole,
    words_of,
)

UPPER, EVERY = PROVINCE | DISTRICT, PROVINCE | DISTRICT | COMMUNE
SHORT = 8  # words of a part that names a house and nothing else
FARMS = (("nong", "truong"), ("nt",), ("n", "t"))  # towns that grew out of a state farm
DASHED = (("baria", "vungtau"), ("phanrang", "thapcham"), ("thuathien", "hue"))
LONGEST = 3  # words that may be missing from a name cut too early
REMEMBERED = 20_000  # parts of addresses; more would be memory without use


class Cutter:
    """Cuts addresses, and remembers the parts that come again and again."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names = gazetteer
        self._known = [gazetteer.known(tiers) for tiers in range(EVERY + 1)]
        self._read: dict[str, tuple[Segment, ...]] = {}

    def segments(self, parts: list[str]) -> list[Segment]:
        """What the parts of an address are made of, in their order."""
        found: list[Segment] = []
        for part in parts:
            segments = self.part(part)
            if found and segments and self._one_name(found[-1], segments[0]):
                segments = (found.pop().with_more(segments[0]), *segments[1:])
            found += segments
        return found

    def part(self, part: str) -> tuple[Segment, ...]:
        """What one part between two commas is made of."""
        segments = self._read.get(part)
        if segments is None:
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            segments = self._cut(part)
            if len(segments) != 1 or not segments[0].small:  # a house hardly comes again
                self._read[part] = segments
        return segments

    def _one_name(self, first: Segment, second: Segment) -> bool:
        """Whether two parts are one name: "Chân Mây - Lăng Cô", though a dash mostly parts two."""
        if second.tiers:
            return False
        if first.key + second.key in self.names.dashed:
            return True
        return any(
            second.key[0] == end[0]
            and distance(second.key, end, 1) < 2
            and distance(first.key, begin, 2) < 3
            and (first.key != begin or second.key != end or first.tiers == PROVINCE)
            for begin, end in DASHED
        )

    def _cut(self, part: str) -> tuple[Segment, ...]:
        words = useful(words_of(part))
        if not words:
            return ()
        if not ENGLISH.keys().isdisjoint(words):
            words = from_english(words)
        kind = kind_in_front(words)
        if not kind:
            return self._without_a_kind(words)
        one = Segment(words[kind.count(" ") + 1 :], KINDS[kind], kind)
        with_kind = one.key in self._known[one.tiers]
        if with_kind and kind_by_marks(words, part):
            return (one,)
        # "Tịnh Hòa", "Phương Đông": no kind, but a name that begins so.
        if joined(words) in self._known[COMMUNE | DISTRICT]:
            return (Segment(words),)
        return (one,) if with_kind else tuple(self._pieces(self._kind_once(words, one)))

    def _without_a_kind(self, words: tuple[str, ...]) -> tuple[Segment, ...]:
        """Words that do not begin with a kind: a house, a name, a name with more behind it."""
        bare = Segment(words)
        if bare.small and len(words) < SHORT and KINDS.keys().isdisjoint(words):
            return (bare,)
        if bare.key in self._known[EVERY]:
            return (bare,)
        stuck = unstuck(words)
        if stuck and stuck[2] in self._known[stuck[0]]:
            return (Segment((stuck[2],), stuck[0], stuck[1]),)
        return tuple(self._pieces(words))

    def _kind_once(self, words: tuple[str, ...], one: Segment) -> tuple[str, ...]:
        """The words without a kind written twice, "Xã xã Cốc Rế", or a farm's short: "NT Liên Sơn"."""
        again = whole(one.words)
        known = self._known[one.tiers]
        if again.tiers == one.tiers and again.key in known:
            return one.words
        for farm in FARMS:
            bare = one.words[len(farm) :]
            for name in ((*FARMS[0], *bare), bare) if one.words[: len(farm)] == farm else ():
                if bare and joined(name) in known:
                    return words[: -len(one.words)] + name
        return words

    def _pieces(self, words: tuple[str, ...]) -> Iterator[Segment]:
        """Kind after kind; a name goes on over what looks like the next kind where it is known so."""
        cuts = cuts_of(words)
        while len(cuts) > 1:
            first = segment_of(words[: cuts[1]])
            rest = words[max(0, cuts[1] - len(first.words)) :]
            as_written = first.words == rest[: len(first.words)]  # not "HCM" for a whole name
            longer = self._longer(first, rest) if first.tiers and as_written else None
            if longer is None:
                yield from self._where_the_name_ends(first)
                words, cuts = words[cuts[1] :], [at - cuts[1] for at in cuts[1:]]
            else:
                yield longer
                words = rest[len(longer.words) :]
                cuts = cuts_of(words)
        if words:
            yield from self._where_the_name_ends(segment_of(words))

    def _longer(self, first: Segment, rest: tuple[str, ...]) -> Segment | None:
        """The name with the words behind it that belong to it: "Nho Quan", "Gò Quao"."""
        here = len(first.words)
        if len(rest[here]) == 1:  # "H." is always a kind
            return None
        known = self._known[first.tiers]
        in_two = " ".join(rest[here : here + 2]) in KINDS  # "thành phố" is not cut after "thành"
        for count in range(min(len(rest), here + LONGEST), here + in_two, -1):
            if joined(rest[:count]) in known:
                return Segment(rest[:count], first.tiers, first.kind)
        return None

    def _where_the_name_ends(self, segment: Segment) -> tuple[Segment, ...]:
        """A name with a kind and something behind it, cut after the longest name that is known."""
        words = segment.words
        if not segment.tiers or len(words) == 1:
            return (segment,)
        known = self._known[segment.tiers]
        if segment.key in known:
            return (segment,)
        above = self._known[UPPER]
        for count in range(len(words) - 1, 0, -1):
            if joined(words[:count]) in known:
                rest = segment.after(count)
                if _explained(rest) or rest.key in above:
                    return segment.shorter(count), rest
        for count in range(1, len(words)):
            if _plainly(words[count:]):
                return segment.shorter(count), segment.after(count)
        return (segment,)


def _explained(segment: Segment) -> bool:
    """Whether it may be a house or a hamlet: a number, or a word for one with its name."""
    return segment.small and (len(segment.words) > 1 or segment.words[0][0].isdigit())


def _plainly(words: tuple[str, ...]) -> bool:
    """Whether they can be nothing else: behind "Tân" stands no hamlet in "Tân Công Sính"."""
    first, *more = words
    if first == "to":
        return bool(more) and (more[0][0].isdigit() or more[0] == "dan")
    return first[0].isdigit() or (first in HAMLET and bool(more))
