"""The run of a text: units, heads and sentences in their order.

Most directives name neither issuer nor lead: both were said before. The run carries them over
sentences, list heads and items, and lets go where the text does: at a new speaker, at a
request upward, at what is told of the past.
"""

import re
from dataclasses import dataclass, replace

from thongsuot.rules.directives.intake.bodies import Name
from thongsuot.rules.directives.intake.carrying import Carrying
from thongsuot.rules.directives.intake.clause import Clause, read, subject_end
from thongsuot.rules.directives.intake.cutting import clauses, commas, inline_mark, opens, sentences
from thongsuot.rules.directives.intake.layout import Unit
from thongsuot.rules.directives.intake.papers import cited
from thongsuot.rules.directives.intake.parts import partners, receivers
from thongsuot.rules.directives.intake.people import People
from thongsuot.rules.directives.intake.signs import (
    announces,
    counts_out,
    dates_several,
    ends_text,
    gives_opinion,
    head_names,
    is_portal,
    is_title,
    only_dates,
    only_names,
    section,
    sends_on,
    states_law,
)
from thongsuot.rules.directives.intake.speakers import MOST_LEADS
from thongsuot.rules.directives.intake.tokens import Words
from thongsuot.rules.directives.intake.turns import State

__all__ = ["Run"]


_ATTRIBUTED = re.compile(
    r"[”\"]\s*[,.–-]?\s*(?:đó |đây )?(?:là )?(?:chỉ đạo|yêu cầu|ý kiến chỉ đạo|lưu ý|phát biểu) của "
)


@dataclass(slots=True)
class _Frame:
    """A level of a list, by the sort of its marks, with what held before its items."""

    kind: str
    state: State


class Run(Carrying):
    """Reads unit after unit of one text and keeps what it finds."""

    def __init__(self, words: Words, people: People) -> None:
        super().__init__(words, people)
        self._frames: list[_Frame] = []
        self._over = False
        self._official = self._state.issuer is not None
        self._issuer = self._state.issuer  # of the last head of the whole text

    def unit(self, unit: Unit) -> None:
        """Read one paragraph or item."""
        words = self.words
        first, last = words.at(unit.start), words.at(unit.end)
        if first >= last or self._over:
            return
        low = words.lowtext(first, last)
        if low.startswith(("nơi nhận", "kính gửi")):
            self._state = replace(self._state, on=False)
            self._frames.clear()
            return
        if is_portal(low):
            self._over = ends_text(low)
            self._state = State(issuer=self._issuer)
            self._frames.clear()
            return
        self._place(unit)
        self._attributed(unit, low)
        if unit.mark or unit.closed or self._is_item(first, last):
            self._sentences(unit, first, last)
        else:
            self._heading(first, last)

    def _attributed(self, unit: Unit, low: str) -> None:
        """A paragraph in quotation marks whose speaker is named after it gives orders of his."""
        told = _ATTRIBUTED.search(low) if low[:1] in '“"' else None
        if told is None:
            return
        words = self.words
        first = words.at(unit.start + told.end())
        end = subject_end(words, first, words.at(unit.end))
        speaker = self.speakers.who(first, end, None) if end > first else None
        if speaker is not None:
            self._state = State(on=True, issuer=speaker)

    def _is_item(self, first: int, last: int) -> bool:
        """Whether a line without mark and full stop is an item all the same: in a list, with a verb."""
        if last - first > 60:
            return True
        return (
            self._listing and self._state.on and last - first > 6 and opens(self.words, first, last)
        )

    def _place(self, unit: Unit) -> None:
        """Go to the level of the list that the mark stands on."""
        if not self._listing:
            self._frames.clear()
        if unit.mark:
            self._level(unit.kind)
        elif self._frames and self._list_over(unit):
            self._state = replace(self._frames[0].state, weak=0)
            self._frames.clear()
        self._listing = bool(self._frames)

    def _level(self, kind: str) -> None:
        for depth, frame in enumerate(self._frames):
            if frame.kind == kind:
                self._state = replace(frame.state)
                del self._frames[depth + 1 :]
                return
        self._frames.append(_Frame(kind, replace(self._state)))

    def _list_over(self, unit: Unit) -> bool:
        """A paragraph without mark ends a list when it orders anew; else it belongs to the item."""
        first, last = self.words.at(unit.start), self.words.at(unit.end)
        one = read(self.words, first, min(last, first + 80))
        if one.sort in ("", "speech"):
            return self._speech(first, last) is not None
        return one.sort == "order"

    # ------------------------------------------------------------------ heads

    def _heading(self, first: int, last: int) -> None:
        """A heading: it may open or close the giving of orders, or name the lead of what follows."""
        self._section(self.words.lowtext(first, last))
        if (self._state.on or self._frames) and only_names(self.words, first, last):
            self._lead(head_names(self.words, first, last))

    def _section(self, low: str) -> None:
        opened = section(low)
        self._official = self._official or is_title(low)
        if opened == "" and is_title(low):
            opened = "on"
        if opened == "off":
            self._state.on = False
        elif opened:
            official = self._official or self._listing
            self._state = replace(self._state, on=official or self._state.on, upward=False)
        if opened == "who":
            self._state = replace(self._state, on=True, leads=())

    def _lead(self, names: tuple[Name, ...]) -> None:
        leads = tuple(one.text for one in names[:MOST_LEADS])
        self._state = replace(self._state, leads=leads, helpers=(), on=True, upward=False)

    def _item_head(self, unit: Unit, first: int, last: int) -> bool:
        """Whether an item only names its lead or its topic ("1. Sở X:", "2. Về …", "III. …")."""
        words = self.words
        if only_names(words, first, last):
            self._lead(head_names(words, first, last))
            return True
        if unit.closed and not self._closed_by_colon(unit, last):
            return False
        low = words.lowtext(first, last)
        shouted = words.source.text[words.start[first] : words.end[last - 1]].isupper()
        does = opens(words, first, last) and section(low) != "off"
        if low.startswith("các ") and not does and last - first < 24 and "về" not in low[:30]:
            group = words.text(first, last - (words.low[last - 1] == ":"))
            self._state = replace(self._state, leads=(group,), helpers=(), on=True, upward=False)
            return True
        if shouted or (not unit.closed and len(low) < 120 and not does):
            self._section(low)
            return True
        return False

    def _closed_by_colon(self, unit: Unit, last: int) -> bool:
        words = self.words
        after = words.source.text[words.end[last - 1] : unit.end]
        return words.word(last - 1) == ":" or after.strip() == ":"

    def _colon(self, first: int, last: int) -> int | None:
        """The colon that parts a head from what it introduces, if one does."""
        words = self.words
        at = next(iter(commas(words, first, last, (":",))), None)
        if at is None:
            return None
        if at + 1 >= last or self._heads(first, at, last):
            return at
        return None

    def _heads(self, first: int, at: int, last: int) -> bool:
        """Whether the words before a colon are a head of what stands after it."""
        words = self.words
        head = read(words, first, at)
        listed = opens(words, at + 1, last)
        if announces(words, first, at):
            return listed or inline_mark(words, at + 1, last)
        if head.sort == "order":
            return listed or inline_mark(words, at + 1, last)
        if head.sort == "speech":
            return bool(read(words, at + 1, last).sort)
        return listed and only_names(words, first, at)

    def _head(self, first: int, last: int, unit: Unit) -> None:
        """A head before a colon: gives issuer, lead, partners and documents to what follows."""
        one = read(self.words, first, last)
        if one.sort == "speech":
            self._speaks(one)
            self._state = replace(self._state, on=True, upward=False, weak=0)
            return
        state = replace(self._state, on=True, upward=False, weak=0)
        if one.sort == "order" and not self._upward(one):
            self._take_order(one, state)
            state.refs = self._cited(max(first, one.order_at), last)
            self._lead_of(one, one.order_at, last, state)
        elif only_names(self.words, first, last):
            names = head_names(self.words, first, last)
            state.leads, state.helpers = tuple(n.text for n in names[:MOST_LEADS]), ()
        elif self._opines(one, first, last, state):
            pass
        elif one.sort in ("body", "passive"):
            self._lead_of(one, first, last, state)
        else:
            state.issuer = self._speech(first, last) or state.issuer or self._issuer
        self._state = state
        if not unit.mark and not self._frames:
            self._issuer = state.issuer

    def _cited(self, first: int, last: int) -> tuple[str, ...]:
        words = self.words
        return cited(words.source.text, words.source.low, words.start[first], words.end[last - 1])

    def _lead_of(self, one: Clause, first: int, last: int, state: State) -> None:
        if one.names:
            state.leads = self.speakers.addressed(one.names, state.leads)
            begin = max(name.last for name in one.names)
            named = {name.text for name in one.names}
            helpers = partners(self.words, max(first, begin), last)
            state.helpers = tuple(n.text for n in helpers if n.text not in named)

    def _opines(self, one: Clause, first: int, last: int, state: State) -> bool:
        """A head in which somebody gives an opinion or sets tasks: he is the issuer, not the lead."""
        if not announces(self.words, first, last):
            return False
        low = self.words.lowtext(first, last)
        speech = self._speech(first, last)
        if speech is None and one.subject is not None and gives_opinion(low):
            speech = self.speakers.who(*one.subject, state.issuer)
        if speech is None:
            return False
        state.issuer = speech
        own = self.speakers.own_body(speech) if "triển khai" in low else None
        state.leads, state.helpers = ((own,) if own else ()), ()
        return True

    # ------------------------------------------------------------------ sentences

    def _sentences(self, unit: Unit, first: int, last: int) -> None:
        for number, (begin, end) in enumerate(sentences(self.words, first, last)):
            if number == 0 and unit.mark and self._item_head(unit, begin, end):
                continue
            self._sentence(begin, end, unit)

    def _sentence(self, first: int, last: int, unit: Unit) -> None:
        if states_law(self.words.lowtext(first, last)):
            self._state = replace(self._state, on=False, leads=())
            return
        if self._dates_all(first, last):
            return
        colon = self._colon(first, last)
        if colon is not None:
            self._head(first, colon, unit)
            first = colon + 1
        if first >= last or self._goes_back(first, last, unit):
            return
        if counts_out(self.words, first, last):
            self._clause(first, last, unit, first)
            return
        for begin, end in clauses(self.words, first, last):
            if not self._ends_task(begin, end, first):
                self._clause(begin, end, unit, first)

    def _goes_back(self, first: int, last: int, unit: Unit) -> bool:
        """A sentence that only gives the day of the directive before it is taken into that one."""
        if not self.found or first - self.found[-1].last > 4:
            return False
        low = self.words.lowtext(first, last)
        if not only_dates(low):
            return False
        before = self.found[-1]
        if low.startswith("báo cáo"):
            own_item = bool(unit.mark) and first <= self.words.at(unit.start)
            if own_item or receivers(self.words, before.first, before.last):
                return False  # an item of its own, or a task that has its own report
        self.found[-1].last = last
        return True

    def _dates_all(self, first: int, last: int) -> bool:
        """A sentence that gives one day to several directives before it: each gets it, none is made of it."""
        many = dates_several(self.words.lowtext(first, last))
        if many is None or not self.found:
            return False
        for number, one in enumerate(reversed(self.found)):
            if number >= many or (number and one.issuer != self.found[-1].issuer):
                break
            if one.after is None:
                one.after = (first, last)
        return True

    def _ends_task(self, first: int, last: int, sentence: int) -> bool:
        """Whether a clause only sends on the paper of the task before it, which has no day of its own."""
        if first == sentence or not self.found or first - self.found[-1].last > 2:
            return False
        at, before = sends_on(self.words, first, last), self.found[-1]
        if at < 0 or receivers(self.words, before.first, before.last):
            return False
        if not receivers(self.words, at, last):
            return False
        before.last = last
        return True
