"""Whose turn it is to order, and what was carried to the words being read."""

from dataclasses import dataclass, replace

from thongsuot.rules.directives.intake import lexicon as lx
from thongsuot.rules.directives.intake.bodies import Name, is_office, names_at, rank
from thongsuot.rules.directives.intake.clause import Clause, subject_end
from thongsuot.rules.directives.intake.cutting import commas, connectives
from thongsuot.rules.directives.intake.layout import Unit
from thongsuot.rules.directives.intake.people import People, person_at
from thongsuot.rules.directives.intake.speakers import Speaker, Speakers
from thongsuot.rules.directives.intake.tokens import Words

__all__ = ["Found", "State", "Turns"]

# Who stands over a department of each kind.
_OVER = {
    "sở": (
        "ubnd tỉnh",
        "ubnd tp",
        "ubnd thành phố",
        "ủy ban nhân dân tỉnh",
        "ủy ban nhân dân thành",
        "tỉnh ",
        "thành phố",
        "tp ",
        "tỉnh ủy",
        "thành ủy",
        "chủ tịch ubnd tỉnh",
        "chủ tịch ubnd thành",
        "chủ tịch ubnd tp",
        "hđnd tỉnh",
        "hđnd thành",
    ),
    "cục": ("bộ", "tổng cục", "chính phủ", "thủ tướng"),
    "vụ": ("bộ", "tổng cục"),
    "phòng": ("ubnd", "ủy ban nhân dân", "sở", "huyện", "chủ tịch ubnd"),
    "chi": ("sở", "cục", "ubnd"),
}
_ASKS = frozenset(
    ("đề nghị", "đề xuất", "kiến nghị", "mong", "mong muốn", "kính đề nghị", "trân trọng đề nghị")
)


@dataclass(slots=True)
class Found:
    """A directive as found: where it stands, and what was carried to it."""

    first: int
    last: int
    issuer: Speaker | None
    leads: tuple[str, ...]
    helpers: tuple[str, ...]
    refs: tuple[str, ...]
    verb: int
    listed: bool = False
    after: tuple[int, int] | None = None  # a later sentence that gives it its day and receiver


@dataclass(slots=True)
class State:
    """What is carried from sentence to sentence."""

    on: bool = False  # orders are being given
    upward: bool = False  # something is being asked of somebody higher
    issuer: Speaker | None = None
    leads: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    weak: int = 0  # since the last order: one for a thing only named, two for what is told


class Turns:
    """The speaker and the orders of one text."""

    def __init__(self, words: Words, people: People) -> None:
        self.words = words
        self.speakers = Speakers(words, people)
        self.found: list[Found] = []
        self._state = State(issuer=self.speakers.header())
        self._listing = False
        self._default = self.speakers.met()

    def _give(self, names: tuple[Name, ...], before: tuple[str, ...]) -> None:
        """The bodies named are the lead from here on."""
        self._state.leads = self.speakers.addressed(names, before)
        self._state.helpers = ()

    def _ordered(self, one: Clause, unit: Unit) -> None:
        """A clause with an order word: an order, unless it is history or asked of somebody higher."""
        if one.past and self._long_ago(one):
            self._history(one)
        elif self._speaks_for_others(one):
            self._speaks(one)
        elif self._proposes(one):
            self._emit(one, unit, ())
        elif self._upward(one):
            self._state = replace(self._state, on=False, upward=True, leads=())
        else:
            self._orders(one, unit)

    def _orders(self, one: Clause, unit: Unit) -> None:
        """An order given now: by a lower body as its own task, or by its subject or whoever speaks."""
        if one.subject is not None and self._lower_body_instructs(one):
            names, _ = names_at(self.words, one.subject[0], one.subject[1])
            self._give(names, self._state.leads)
            self._emit(one, unit, names)
        elif one.subject is not None or not self._state.upward:
            self._take_order(one, self._state)
            self._state = replace(self._state, on=True, upward=False, weak=0)
            if one.names:
                self._give(one.names, self._state.leads)
            if one.verb >= 0:
                self._emit(one, unit, one.names)

    def _long_ago(self, one: Clause) -> bool:
        """Whether an order told with "đã" is history, and not the news itself.

        "Trước đó, tỉnh đã yêu cầu …" is; "Ngày 3/6, UBND tỉnh đã có văn bản yêu cầu …" and
        "Giám đốc Sở cũng đã chỉ đạo …" in a run of orders are not.
        """
        words = self.words
        low = words.lowtext(one.first, one.order_at)
        if lx.LONG_AGO.search(low) or self._state.upward:
            return True
        if "cũng" in low.split()[-8:] and self._state.on:
            return False
        return not (one.names and lx.BY_PAPER.search(low))

    def _proposes(self, one: Clause) -> bool:
        """Whether to propose is the task itself: "Từ đó đề xuất biện pháp xử lý …" in a run of orders."""
        low = self.words.lowtext(one.first, one.last)
        asks = one.order in lx.ASKING and one.subject is None
        asks = asks and low.startswith(("từ đó", "trên cơ sở đó", "qua đó", "đồng thời"))
        return asks and self._state.on and not self._state.upward and not self._height(one.names)

    def _speaks_for_others(self, one: Clause) -> bool:
        """Whether the one who says what is needed only represents a body: he orders nothing."""
        return one.subject is not None and self.words.low[one.subject[0]] == "đại"

    def _take_order(self, one: Clause, state: State) -> None:
        """The issuer of an order: its subject, resolved; else whoever speaks."""
        if one.subject is None:
            if state.issuer is None:
                state.issuer = self.speakers.authority(self.words.start[one.first])
            return
        speaker = self.speakers.who(one.subject[0], one.subject[1], state.issuer)
        if speaker is not None:
            if state.issuer is not None and speaker.text != state.issuer.text and not state.on:
                state.leads = ()
            state.issuer = speaker

    def _lower_body_instructs(self, one: Clause) -> bool:
        """In a list of orders, "UBND xã chỉ đạo các tổ …" is the task of the xã, not an order of it."""
        issuer = self._state.issuer
        if (
            one.order not in ("chỉ đạo", "phân công")
            or one.subject is None
            or not self._state.on
            or issuer is None
        ):
            return False
        first, last = one.subject
        if person_at(self.words, first, last) or is_office(self.words, first):
            return False
        if 0 < rank(self.words, first, last) < issuer.rank:
            return True
        return self._listing and self.speakers.who(first, last, None) != issuer

    def _upward(self, one: Clause) -> bool:
        """Whether what looks like an order is a request to somebody higher, or sideways."""
        if one.order not in _ASKS:
            return False
        to = self._height(one.names)
        now = self._state.issuer
        speaker = self.speakers.who(*one.subject, now) if one.subject else now
        by = speaker.rank if speaker else 0
        if one.order in lx.ASKING:
            return not 0 < to < by
        if one.subject is not None and one.names and self._serves(one):
            return True
        return 0 < by < to or (to == 6 and by < 6)

    def _serves(self, one: Clause) -> bool:
        """Whether a department asks the committee or the ministry over it: ranks alone do not tell."""
        by = self.words.low[one.subject[0]] if one.subject else ""
        to = " ".join(self.words.low[one.names[0].first : one.names[0].first + 4])
        own = _OVER.get(by)
        return own is not None and to.startswith(own)

    def _height(self, names: tuple[Name, ...]) -> int:
        return max((rank(self.words, one.first, one.last) for one in names), default=0)

    def _history(self, one: Clause) -> None:
        """Past orders told: no directive, but the passives after them are of the same issuer."""
        if one.subject is not None:
            speaker = self.speakers.who(*one.subject, self._state.issuer)
            if speaker is not None:
                self._state.issuer = speaker
        self._state.on = False

    def _speaks(self, one: Clause) -> None:
        """A speaker who tells, praises or reports: he may order in what follows."""
        if one.subject is not None:
            speaker = self.speakers.who(*one.subject, self._state.issuer)
            if speaker is not None:
                self._turn(speaker)

    def _turn(self, speaker: Speaker) -> None:
        """A new speaker: what was being ordered is over."""
        if self._state.issuer is None or speaker.text != self._state.issuer.text:
            leads = self._state.leads if self._state.on else ()
            self._state = State(issuer=speaker, leads=leads)
            self._listing = False

    def _speech(self, first: int, last: int) -> Speaker | None:
        """The speaker, when a person, an office or a body stands before a word of speaking."""
        words = self.words
        starts = (c + 1 for c in commas(words, first, min(last, first + 60)))
        for at in (connectives(words, first, last), *starts):
            end = subject_end(words, at, last)
            if end > at and self._says(at, end, last):
                return self.speakers.who(at, end, self._state.issuer)
        return None

    def _says(self, at: int, end: int, last: int) -> bool:
        """Whether a word of speaking follows a subject; a body that reports in a list does its task."""
        words = self.words
        speaks = person_at(words, at, end) or is_office(words, at)
        for here in range(end, min(last, end + 8)):
            pair = words.low[here : here + 2]
            if words.low[here] in (",", ";", ":", "phải", "cần"):
                break
            if pair == ["báo", "cáo"] and self._state.on and not speaks:
                break
            if words.word(here - 1) == "cấp":
                continue  # "kịp thời dự báo và cung cấp thông tin …" does, and says nothing
            if lx.SPEECH.at(words, here, last) or pair in (["có", "ý"], ["tiếp", "thu"]):
                return True
        return False

    def _emit(self, one: Clause, unit: Unit, names: tuple[Name, ...]) -> None:
        """Keep a directive with what is carried to it."""
        state = self._state
        begin = self._begin(one)
        if one.last - begin < 3 and not unit.mark:
            return
        if one.sort == "passive":
            self._give(names, state.leads)
            state.on, state.upward = True, False
            if state.issuer is None:
                state.issuer = self.speakers.authority(self.words.start[one.first])
        leads = state.leads or self._default
        helpers = state.helpers if not names else ()
        self.found.append(
            Found(
                begin, one.last, state.issuer, leads, helpers, state.refs, one.verb, bool(unit.mark)
            )
        )

    def _begin(self, one: Clause) -> int:
        """Where the quote begins: past connectives that belong to the sentence before it."""
        words = self.words
        at = one.first
        while at < one.last:
            size = lx.CONNECTIVES.at(words, at, one.last)
            kept = " ".join(words.low[at : at + size]) in lx.KEPT_CONNECTIVES
            if size and not kept and at + size < one.last:
                at += size
            elif words.low[at] in (",", "”", "“", "-", "–", '"', ":"):
                at += 1
            else:
                break
        return self._past_opening(at, one)

    def _past_opening(self, at: int, one: Clause) -> int:
        """Past "Phát biểu tại hội nghị," and the like, which say nothing of the duty."""
        words = self.words
        if one.sort != "order" or one.subject is None or not lx.OPENERS.at(words, at, one.last):
            return at
        if words.low[at] in ("về", "đối", "liên", "riêng", "với", "để", "nhằm"):
            return at
        return max(at, one.subject[0])
