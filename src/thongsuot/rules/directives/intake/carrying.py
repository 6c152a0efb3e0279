"""Clauses without an order word: directives only where orders are being given."""

import re
from dataclasses import replace

from thongsuot.rules.directives.intake import lexicon as lx
from thongsuot.rules.directives.intake.clause import Clause, read
from thongsuot.rules.directives.intake.cutting import commas, conditional, connectives
from thongsuot.rules.directives.intake.layout import Unit
from thongsuot.rules.directives.intake.signs import no_task, states_law, tells
from thongsuot.rules.directives.intake.speakers import Speaker
from thongsuot.rules.directives.intake.turns import Turns

__all__ = ["Carrying"]

_DUE = re.compile(r"(?<!\w)(?:trước|chậm nhất|xong|trong tháng|trong quý)[^,;]{0,24} \d")
_NARRATES = re.compile(
    r"(?<!\w)(?:đã|đang|sẽ|vẫn|chưa|vừa|hiện nay|đạt|chiếm|ước|cho biết|cho hay|nói|là do|xảy ra|có hiệu lực|%)(?!\w)|\d+ (?:tỷ|triệu|người|hộ|vụ|ha)"
)
_WAS_DONE = re.compile(
    r"^[^,;]{0,80}(?<!\w)(?:sau đó|trước đó|khi đó) (?:cũng )?đã |^[^;]{0,120}(?<!\w)(?:cho rằng|cho biết|cho hay|khẳng định)[^;]{0,60}(?<!\w)đã "
)
_DATED = re.compile(r"(?:^|, )(?:trước|chậm nhất)[^,;]{0,20} \d{1,2}[/.-]\d")


class Carrying(Turns):
    """Most directives carry on an order given before them; this says when they do."""

    def _clause(self, first: int, last: int, unit: Unit, sentence: int) -> None:
        """Read one clause of the sentence that begins at ``sentence``."""
        if no_task(self.words, first, last):
            return
        if states_law(self.words.lowtext(first, last)):
            self._state = replace(self._state, on=False, leads=())
            return
        one = read(self.words, first, last)
        if one.sort and one.subject is None and self._goes_on_telling(sentence, first):
            return
        self._read(one, unit, sentence)

    def _goes_on_telling(self, sentence: int, first: int) -> bool:
        """Whether a sentence began as history: "Sau đó, ông đã …, đồng thời yêu cầu …"."""
        if first <= sentence:
            return False
        before = self.words.lowtext(sentence, min(first, sentence + 60))
        return bool(lx.LONG_AGO.match(before.split(",")[0]) or _WAS_DONE.search(before))

    def _read(self, one: Clause, unit: Unit, sentence: int) -> None:
        """Take a clause by its sort."""
        if one.sort == "order":
            self._ordered(one, unit)
        elif one.sort == "speech":
            self._speaks(one)
        elif one.sort == "passive":
            self._emit(one, unit, one.names)
        elif not (self._announced_by_paper(one) and self._by_paper(one, unit)):
            self._unsaid(one, unit, sentence)

    def _unsaid(self, one: Clause, unit: Unit, sentence: int) -> None:
        speech = None if unit.mark or one.first != sentence else self._told_by(one)
        if speech is not None:
            self._after_speech(speech, one, unit)
        elif not self._state.on:
            self._outside(one, unit)
        elif one.sort == "" or one.told or tells(self.words, one) or self._of_issuer(one):
            plain = one.sort == "" and not one.told and not self._narrates(one)
            self._state.weak += 1 if plain else 2
            if self._state.weak > 4 and not self._listing:
                self._state.on = False
        elif self._carries(one, unit):
            if one.sort == "body":
                self._give(one.names, self._state.leads)
            self._state.weak = 0
            self._emit(one, unit, one.names if one.sort == "body" else ())

    def _narrates(self, one: Clause) -> bool:
        """Whether a statement tells of what was, is or will be, and not only names a thing."""
        return bool(_NARRATES.search(self.words.lowtext(one.first, one.last)))

    def _of_issuer(self, one: Clause) -> bool:
        """Whether the clause says what the issuer himself does: "UBND tỉnh ban hành văn bản …"."""
        if one.sort != "body" or self._state.issuer is None or one.modal:
            return False
        if self.found and _DATED.search(self.words.lowtext(one.first, one.last)):
            return False  # in a list of dated orders it binds itself
        who = self.speakers.full(one.names[0].text)
        return who.lower() == self._state.issuer.text.lower()

    def _told_by(self, one: Clause) -> Speaker | None:
        """The speaker of a sentence, unless it says what to report when something arises."""
        begin = connectives(self.words, one.first, one.last)
        if conditional(self.words, begin, one.last) >= 0:
            return None
        return self._speech(one.first, min(one.last, one.first + 40))

    def _carries(self, one: Clause, unit: Unit) -> bool:
        """Whether the run of orders is unbroken enough for a clause to carry it on."""
        if unit.mark or self._listing or one.modal:
            return True
        if one.sort == "body":
            dated = _DUE.search(self.words.lowtext(one.first, one.last))
            return self._state.weak <= (3 if dated else 1)
        return self._state.weak <= 2

    def _announced_by_paper(self, one: Clause) -> bool:
        """Whether a clause begins with "Theo đó," or the like, after a paper was issued."""
        if self._state.on or self._state.upward:
            return False
        opening = self.words.low[one.first : one.first + 2]
        return opening in (["theo", "đó"], ["cụ", "thể"], ["trong", "đó"])

    def _by_paper(self, one: Clause, unit: Unit) -> bool:
        """A task told of a paper: "Theo đó, UBND các quận tăng cường …"."""
        if one.sort not in ("body", "bare", "modal") or one.told or tells(self.words, one):
            return False
        if one.sort == "body" and self._speech(one.first, min(one.last, one.first + 40)):
            return False
        issuer = self.speakers.authority(self.words.start[one.first])
        named = one.sort == "body"
        if (issuer is None and not named) or (named and not self._starts_with_names(one)):
            return False
        if named:
            self._give(one.names, ())
        self._state = replace(self._state, on=True, weak=0, issuer=issuer or self._state.issuer)
        self._emit(one, unit, one.names)
        return True

    def _after_speech(self, speech: Speaker, one: Clause, unit: Unit) -> None:
        """What a speaker says: told, unless he says that a lower body must."""
        self._turn(speech)
        low = self.words.lowtext(one.first, one.last)
        if any(word in low for word in ("kiến nghị", "đề xuất", "báo cáo", "cảm ơn")):
            self._state.upward = self._state.upward or speech.rank < 4
        for comma in commas(self.words, one.first, one.last):
            rest = read(self.words, comma + 1, one.last)
            if rest.sort == "body" and rest.modal and rest.names and not rest.told:
                if self._height(rest.names) < speech.rank and speech.rank >= 3:
                    self._give(rest.names, ())
                    begin = self._after_word(one.first, comma + 1)
                    self._emit(replace(rest, first=begin), unit, rest.names)
                return

    def _after_word(self, first: int, begin: int) -> int:
        """Back from a comma to just after the word of speaking, so that the time before it is kept."""
        for at in range(begin - 2, first, -1):
            size = lx.SPEECH.at(self.words, at, begin)
            if size:
                return at + size + (self.words.low[at + size] in (",", "rằng"))
        return begin

    def _outside(self, one: Clause, unit: Unit) -> None:
        """Where no orders are being given only "Sở X phải …" of a known speaker counts."""
        issuer = self._state.issuer
        if one.sort != "body" or not one.modal or one.told or issuer is None:
            return
        if self._state.upward or issuer.rank <= 3 or not self._starts_with_names(one):
            return
        if self._height(one.names) < issuer.rank:
            self._state.on = True
            self._give(one.names, ())
            self._emit(one, unit, one.names)

    def _starts_with_names(self, one: Clause) -> bool:
        begin = connectives(self.words, one.first, one.last)
        return bool(one.names) and one.names[0].first == begin
