"""The run of a text: who is speaking, who was last addressed, whether orders are being given.

Most directives name neither issuer nor lead: both were said before. The run carries them over
sentences, list heads and items, and lets go where the text does: at a new speaker, at a
request upward, at what is told of the past.
"""

import re
from dataclasses import dataclass, field, replace

from thongsuot.rules.directives.intake import lexicon as lx
from thongsuot.rules.directives.intake.bodies import Name, is_office, names_at, rank
from thongsuot.rules.directives.intake.clause import Clause, read, subject_end
from thongsuot.rules.directives.intake.cutting import (
    clauses,
    commas,
    conditional,
    connectives,
    inline_mark,
    manner,
    opens,
    sentences,
)
from thongsuot.rules.directives.intake.layout import Unit
from thongsuot.rules.directives.intake.papers import cited
from thongsuot.rules.directives.intake.parts import partners, receivers
from thongsuot.rules.directives.intake.people import People, person_at
from thongsuot.rules.directives.intake.speakers import Speaker, Speakers
from thongsuot.rules.directives.intake.tokens import Phrases, Words

__all__ = ["Found", "Run"]

_SECTION_ON = (
    "tổ chức thực hiện",
    "nhiệm vụ",
    "giải pháp",
    "phân công",
    "kết luận",
    "yêu cầu",
    "nội dung thực hiện",
    "chỉ đạo",
    "trách nhiệm",
    "tiến độ",
)
_SECTION_OFF = (
    "mục đích",
    "căn cứ",
    "tình hình",
    "kết quả",
    "đánh giá",
    "hạn chế",
    "nguyên nhân",
    "tồn tại",
    "quan điểm",
    "mục tiêu",
    "ưu điểm",
    "sự cần thiết",
    "nơi nhận",
    "thành phần",
    "kính gửi",
    "đối tượng",
    "phạm vi",
)
_PORTAL = (
    "trên đây là",
    "căn cứ theo",
    "quý khách",
    "tải về",
    "xem thêm",
    "hình từ internet",
    "nguồn:",
    "ảnh:",
)
_HEAD_WORDS = Phrases(
    "các nhiệm vụ, một số nhiệm vụ, nhiệm vụ, các nội dung, một số nội dung, nội dung, như sau, sau đây, các nhiệm vụ sau, các giải pháp, một số giải pháp, các công việc, một số việc, các việc, ý kiến như sau, sau"
)
_SANCTION = (
    "chịu trách nhiệm trước pháp luật",
    "nếu để xảy ra",
    "nếu không hoàn thành",
    "bị xử lý",
    "sẽ xem xét",
    "sẽ bị",
    "chịu hoàn toàn trách nhiệm",
    "trường hợp không hoàn thành",
    "tập thể, cá nhân nào",
)
_BLAME = re.compile(r"(?:(?!chịu )\w+[ ,]+){0,30}?(?:phải )?chịu trách nhiệm (?:cá nhân|trước)")
_ANSWERS = re.compile(r"(?<!\w)(?:cho biết|cho hay)(?!\w)")
_SPENT = frozenset(("đã", "từng"))


_SENT_BY = re.compile(
    r"(?:kết quả|báo cáo|danh sách|văn bản|ý kiến|hồ sơ|kế hoạch|số liệu|các báo cáo|nội dung báo cáo)(?: \w+){0,6}? (?:gửi|báo cáo|đề nghị gửi|yêu cầu gửi|trình)\b.*(?:trước|chậm nhất|hạn|trong)\b"
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
    place: int  # where the lead was named, for the scope
    verb: int
    own: tuple[Name, ...] = ()  # leads named in the clause itself
    riders: list[tuple[int, int]] = field(default_factory=list)
    listed: bool = False
    follows: bool = False  # the sentence before it is a directive too


@dataclass(slots=True)
class _State:
    on: bool = False  # orders are being given
    upward: bool = False
    issuer: Speaker | None = None
    leads: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    weak: int = 0  # sentences since the last order that were none


@dataclass(slots=True)
class _Frame:
    kind: str
    state: _State


class Run:
    """Reads unit after unit of one text and keeps what it finds."""

    def __init__(self, words: Words, people: People) -> None:
        self.words = words
        self.speakers = Speakers(words, people)
        self.found: list[Found] = []
        self._state = _State(issuer=self.speakers.header())
        self._root = _State(issuer=self._state.issuer)
        self._frames: list[_Frame] = []
        self._default = self.speakers.met()
        self._portal = False
        self._official = self._state.issuer is not None

    # ------------------------------------------------------------------ units

    def unit(self, unit: Unit, last_of_text: bool) -> None:
        """Read one paragraph or item."""
        words = self.words
        first, last = words.at(unit.start), words.at(unit.end)
        if first >= last:
            return
        low = words.lowtext(first, last)
        if low.startswith(_PORTAL) or low.endswith("?"):
            self._portal = self._portal or low.startswith("trên đây là")
            self._state = _State(issuer=self._root.issuer)
            self._frames.clear()
            return
        if self._portal:
            return
        self._place(unit)
        if unit.mark or unit.closed or self._is_item(unit, first, last):
            self._sentences(unit, first, last)
        else:
            self._heading(first, last)

    def _is_item(self, unit: Unit, first: int, last: int) -> bool:
        """Whether a line without mark and full stop is an item all the same: in a list, with a verb."""
        if last - first > 60:
            return True
        return (
            bool(self._frames)
            and self._state.on
            and opens(self.words, first, last)
            and last - first > 6
        )

    def _place(self, unit: Unit) -> None:
        """Go to the level of the list that the mark stands on."""
        if not unit.mark:
            if self._frames and self._listing_over(unit):
                self._state = replace(self._frames[0].state, weak=0)
                self._frames.clear()
            return
        for depth, frame in enumerate(self._frames):
            if frame.kind == unit.kind:
                self._state = replace(frame.state)
                del self._frames[depth + 1 :]
                return
        self._frames.append(_Frame(unit.kind, replace(self._state)))

    def _listing_over(self, unit: Unit) -> bool:
        """A paragraph without mark ends a list when it orders anew; else it belongs to the item."""
        first, last = self.words.at(unit.start), self.words.at(unit.end)
        one = read(self.words, first, min(last, first + 80))
        return one.sort == "order" or (
            one.sort in ("", "speech") and self._speech(first, last) is not None
        )

    def _heading(self, first: int, last: int) -> None:
        """A heading: it may open or close the giving of orders, or name the lead of what follows."""
        low = self.words.lowtext(first, last)
        self._section(low)
        if self._names_only(first, last) and (self._state.on or self._frames):
            self._lead_by_head(first, last)

    def _section(self, low: str) -> None:
        if low.startswith(_SECTION_OFF) or any(one in low[:60] for one in _SECTION_OFF[:9]):
            self._state.on = False
        elif any(one in low[:80] for one in _SECTION_ON) and len(low) < 160:
            self._state = replace(
                self._state, on=self._official or bool(self._frames) or self._state.on, upward=False
            )
            if "tổ chức thực hiện" in low:
                self._state.on = True
                self._state.leads = ()

    # ------------------------------------------------------------------ sentences

    def _sentences(self, unit: Unit, first: int, last: int) -> None:
        for number, (begin, end) in enumerate(sentences(self.words, first, last)):
            lead = number == 0 and bool(unit.mark)
            if lead and self._item_head(unit, begin, end):
                continue
            self._sentence(begin, end, unit)

    def _item_head(self, unit: Unit, first: int, last: int) -> bool:
        """Whether an item only names its lead or its topic ("1. Sở X:", "2. Về …", "III. …")."""
        words = self.words
        if self._names_only(first, last):
            self._lead_by_head(first, last)
            return True
        if (
            unit.closed
            and words.word(last - 1) != ":"
            and words.source.text[words.end[last - 1] : unit.end].strip() != ":"
        ):
            return False
        low = words.lowtext(first, last)
        if (
            low.startswith("các ")
            and not opens(words, first, last)
            and last - first < 24
            and "về" not in low[:30]
        ):
            stop = last - (words.low[last - 1] == ":")
            self._state = replace(
                self._state, leads=(words.text(first, stop),), helpers=(), on=True, upward=False
            )
            return True
        if words.source.text[words.start[first] : words.end[last - 1]].isupper() or (
            not unit.closed and len(low) < 120 and not opens(words, first, last)
        ):
            self._section(low)
            self._keep()
            return True
        return False

    def _names_only(self, first: int, last: int) -> bool:
        stop = last - (self.words.low[last - 1] in (":", "."))
        names, end = names_at(self.words, first, stop)
        return bool(names) and end >= stop

    def _lead_by_head(self, first: int, last: int) -> None:
        names, _ = names_at(self.words, first, last)
        self._state = replace(
            self._state, leads=tuple(one.text for one in names), helpers=(), on=True, upward=False
        )
        self._keep()

    def _keep(self) -> None:
        """What a head says holds for the items below it."""
        if self._frames:
            kind = self._frames[-1].kind
            state = replace(self._state)
            if kind != "below":
                self._frames[-1] = _Frame(kind, self._frames[-1].state)
            self._state = state

    def _sentence(self, first: int, last: int, unit: Unit) -> None:
        colon = self._colon(first, last)
        if colon is not None:
            self._head(first, colon, unit)
            if colon + 1 >= last:
                return
            first = colon + 1
        if self._date_only(first, last):
            return
        if self._counts_out(first, last):
            self._clause(first, last, unit, first)
            return
        for begin, end in clauses(self.words, first, last):
            if not self._ends_task(begin, end, first):
                self._clause(begin, end, unit, first)

    def _counts_out(self, first: int, last: int) -> bool:
        """Whether a task counts out its objects after a colon: "…: (1) Nghị định …; (2) …"."""
        words = self.words
        for at in commas(words, first, last, (":",)):
            if at + 3 < last and words.low[at + 1] == "(" and words.low[at + 3] == ")":
                return not inline_mark(words, at + 1, last)
        return False

    def _ends_task(self, first: int, last: int, sentence: int) -> bool:
        """Whether a clause only sends on the paper of the task before it, which has no day of its own."""
        words = self.words
        if first == sentence or not self.found or first - self.found[-1].last > 2:
            return False
        at = manner(words, first, last)
        if (
            words.word(at) not in ("gửi", "trình", "nộp")
            and words.low[at : at + 2] != ["báo", "cáo"]
            and words.low[at : at + 4] != ["tổng", "hợp", "báo", "cáo"]
        ):
            return False
        before = self.found[-1]
        if receivers(words, before.first, before.last) or not receivers(words, at, last):
            return False
        self.found[-1].last = last
        return True

    def _colon(self, first: int, last: int) -> int | None:
        """The colon that parts a head from what it introduces, if one does."""
        words = self.words
        for at in commas(words, first, last, (":",)):
            if at + 1 >= last:
                return at
            head = read(words, first, at)
            if (head.sort == "order" or self._announces(first, at)) and (
                opens(words, at + 1, last) or inline_mark(words, at + 1, last)
            ):
                return (
                    None if head.sort in ("bare", "body") and not self._announces(first, at) else at
                )
            if head.sort == "speech" and read(words, at + 1, last).sort:
                return at
            if self._names_only(first, at) and opens(words, at + 1, last):
                return at
            return None
        end = words.end[last - 1]
        if words.source.text[end : end + 2].lstrip(" ").startswith(":"):
            return last
        return None

    def _announces(self, first: int, last: int) -> bool:
        """Whether the words before a colon announce tasks ("một số nhiệm vụ … như sau")."""
        return any(
            _HEAD_WORDS.at(self.words, at, last) for at in range(max(first, last - 14), last)
        )

    def _head(self, first: int, last: int, unit: Unit) -> None:
        """A head before a colon: gives issuer, lead, partners and documents to what follows."""
        words = self.words
        one = read(words, first, last)
        begin = one.order_at if one.order_at > first else first
        refs = cited(words.source.text, words.source.low, words.start[begin], words.end[last - 1])
        state = replace(
            self._state,
            on=True,
            upward=False,
            weak=0,
            refs=refs if one.sort == "order" else self._state.refs,
        )
        if one.sort == "speech":
            self._speaks(one)
            self._state = replace(self._state, on=True, upward=False, weak=0)
            return
        if one.sort == "order" and not self._upward(one):
            self._take_order(one, state)
            names = _names_after(words, one)
            if names:
                state.leads = self.speakers.addressed(names, state.leads)
                state.helpers = tuple(n.text for n in _helpers(words, one.order_at, last, names))
        elif self._names_only(first, last):
            names, _ = names_at(words, first, last)
            state.leads, state.helpers = tuple(n.text for n in names), ()
        elif self._opines(one, first, last, state):
            pass
        elif one.sort in ("body", "passive") and one.names:
            state.leads = self.speakers.addressed(one.names, state.leads)
            state.helpers = tuple(n.text for n in _helpers(words, first, last, one.names))
        else:
            self._told_head(first, last, state)
        self._state = state
        if not unit.mark and not self._frames:
            self._root = replace(state)

    def _opines(self, one: Clause, first: int, last: int, state: _State) -> bool:
        """A head in which somebody gives an opinion or sets tasks: he is the issuer, not the lead."""
        low = self.words.lowtext(first, last)
        speech = self._speech(first, last)
        if (
            speech is None
            and one.subject is not None
            and any(w in low for w in ("ý kiến", "kết luận", "chỉ đạo như sau", "yêu cầu như sau"))
        ):
            speech = self.speakers.who(*one.subject, state.issuer)
        if speech is None or not self._announces(first, last):
            return False
        state.issuer = speech
        own = self.speakers.own_body(speech) if "triển khai" in low else None
        state.leads, state.helpers = ((own,) if own else ()), ()
        return True

    def _told_head(self, first: int, last: int, state: _State) -> None:
        """A head without an order word: a speaker who sets tasks for his own body, or an opinion given."""
        speech = self._speech(first, last)
        if speech is not None:
            state.issuer = speech
            if speech.person or speech.office:
                own = self.speakers.own_body(speech)
                state.leads = (
                    (own,) if own and "triển khai" in self.words.lowtext(first, last) else ()
                )
        elif self._root.issuer and not state.issuer:
            state.issuer = self._root.issuer

    def _date_only(self, first: int, last: int) -> bool:
        """A sentence that only gives the day of what stands before it goes into that directive."""
        words = self.words
        low = words.lowtext(first, last)
        if not self.found or len(low) > 200 or first - self.found[-1].last > 4:
            return False
        if _SENT_BY.match(low) or low.startswith(
            (
                "hoàn thành trước",
                "hoàn thành trong",
                "hoàn thành xong",
                "thời gian hoàn thành",
                "xong trước",
                "thời hạn",
                "việc này xong",
                "việc này hoàn thành",
                "kết quả báo cáo",
                "kết quả gửi",
                "báo cáo kết quả trước",
                "thời gian thực hiện",
                "thời gian báo cáo",
                "nội dung này hoàn thành",
                "hạn hoàn thành",
            )
        ):
            self.found[-1].last = last
            return True
        return False

    # ------------------------------------------------------------------ clauses

    def _clause(self, first: int, last: int, unit: Unit, sentence: int) -> None:
        words = self.words
        low = words.lowtext(first, last)
        if (
            any(one in low for one in _SANCTION)
            or _BLAME.match(low)
            or lx.PERMITS.at(words, connectives(words, first, last), last)
        ):
            return
        one = read(words, first, last)
        if one.sort == "order":
            self._ordered(one, unit, sentence)
        elif one.sort == "speech":
            self._speaks(one)
        elif one.sort == "passive":
            self._emit(one, unit, one.names)
        else:
            self._unsaid(one, unit, sentence)

    def _ordered(self, one: Clause, unit: Unit, sentence: int) -> None:
        if one.past:
            self._history(one)
            return
        if self._upward(one):
            self._state = replace(self._state, on=False, upward=True, leads=())
            return
        if one.subject is None and self._state.upward:
            return
        if one.subject is not None and self._lower_body_instructs(one):
            names, _ = names_at(self.words, one.subject[0], one.subject[1])
            self._state.leads, self._state.helpers = (
                self.speakers.addressed(names, self._state.leads),
                (),
            )
            self._emit(one, unit, names)
            return
        self._take_order(one, self._state)
        self._state.on, self._state.upward, self._state.weak = True, False, 0
        if one.names:
            self._state.leads = self.speakers.addressed(one.names, self._state.leads)
            self._state.helpers = ()
        if one.verb >= 0:
            self._emit(one, unit, one.names)

    def _take_order(self, one: Clause, state: _State) -> None:
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
        if (
            one.order
            not in ("chỉ đạo", "phân công", "giao", "yêu cầu", "nhắc nhở", "đề nghị", "quán triệt")
            or one.subject is None
        ):
            return False
        if not self._state.on or self._state.issuer is None:
            return False
        if person_at(self.words, one.subject[0], one.subject[1]) or is_office(
            self.words, one.subject[0]
        ):
            return False
        height = rank(self.words, *one.subject)
        issuer = self._state.issuer.rank
        return (
            one.order == "chỉ đạo"
            and 0 < height < issuer
            or (
                bool(self._frames)
                and one.order == "chỉ đạo"
                and self.speakers.who(*one.subject, None) != self._state.issuer
            )
        )

    def _upward(self, one: Clause) -> bool:
        """Whether what looks like an order is a request to somebody higher, or sideways."""
        if one.order not in (
            "đề nghị",
            "đề xuất",
            "kiến nghị",
            "mong",
            "mong muốn",
            "kính đề nghị",
            "trân trọng đề nghị",
        ):
            return False
        to = max((rank(self.words, name.first, name.last) for name in one.names), default=0)
        speaker = (
            self.speakers.who(*one.subject, self._state.issuer)
            if one.subject
            else self._state.issuer
        )
        by = speaker.rank if speaker else 0
        if one.order in lx.ASKING:
            return not (0 < to < by)
        return 0 < by < to or (to == 6 and by < 6)

    def _history(self, one: Clause) -> None:
        """Past orders told: no directive, but the passives after them are the order's."""
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
        if self._state.issuer is not None and speaker.text == self._state.issuer.text:
            return
        self._state = _State(issuer=speaker, leads=self._state.leads if self._state.on else ())
        self._frames.clear()

    def _speech(self, first: int, last: int) -> Speaker | None:
        """The speaker, when a person, an office or a body stands before a word of speaking."""
        words = self.words
        for at in (
            connectives(words, first, last),
            *(c + 1 for c in commas(words, first, min(last, first + 60))),
        ):
            end = subject_end(words, at, last)
            if end == at:
                continue
            here = end
            while here < min(last, end + 8) and words.low[here] not in (",", ";", ":"):
                if (
                    words.low[here : here + 2] == ["báo", "cáo"]
                    and self._state.on
                    and not person_at(words, at, end)
                    and not is_office(words, at)
                ):
                    return None
                if lx.SPEECH.at(words, here, last) or words.low[here : here + 2] in (
                    ["có", "ý"],
                    ["tiếp", "thu"],
                ):
                    return self.speakers.who(at, end, self._state.issuer)
                here += 1
        return None

    def _unsaid(self, one: Clause, unit: Unit, sentence: int) -> None:
        """A clause without an order word: a directive only where orders are being given."""
        words = self.words
        if self._announced_by_paper(one) and self._by_paper(one, unit):
            return
        asked = conditional(words, connectives(words, one.first, one.last), one.last) >= 0
        speech = (
            self._speech(one.first, min(one.last, one.first + 40))
            if one.first == sentence and not asked
            else None
        )
        if speech is not None and not unit.mark:
            self._after_speech(speech, one, unit)
            return
        if not self._state.on:
            self._outside(one, unit)
            return
        if one.sort == "" or one.told or self._tells(one):
            self._state.weak += 1
            if self._state.weak > 2 and not self._frames:
                self._state.on = False
            return
        if one.sort == "body":
            if not self._may_lead(one, unit):
                return
            self._state.leads, self._state.helpers = (
                self.speakers.addressed(one.names, self._state.leads),
                (),
            )
        elif one.sort == "bare" and unit.kind == "" and not self._bare_ok(one):
            return
        self._state.weak = 0
        self._emit(one, unit, one.names if one.sort == "body" else ())

    def _announced_by_paper(self, one: Clause) -> bool:
        """Whether a clause begins with "Theo đó," or the like, after a paper was issued."""
        opening = self.words.low[one.first : one.first + 2]
        return (
            not self._state.on
            and not self._state.upward
            and opening in (["theo", "đó"], ["cụ", "thể"], ["trong", "đó"])
        )

    def _by_paper(self, one: Clause, unit: Unit) -> bool:
        """A task told of a paper: "Theo đó, UBND các quận tăng cường …"."""
        if one.sort not in ("body", "bare", "modal") or one.told or self._tells(one):
            return False
        issuer = self.speakers.authority(self.words.start[one.first])
        if issuer is None and one.sort != "body":
            return False
        if one.sort == "body":
            if not self._starts_with_names(one):
                return False
            self._state.leads, self._state.helpers = self.speakers.addressed(one.names, ()), ()
        self._state.on, self._state.weak = True, 0
        self._state.issuer = issuer or self._state.issuer
        self._emit(one, unit, one.names)
        return True

    def _after_speech(self, speech: Speaker, one: Clause, unit: Unit) -> None:
        self._turn(speech)
        low = self.words.lowtext(one.first, one.last)
        if any(word in low for word in ("kiến nghị", "đề xuất", "báo cáo", "cảm ơn")):
            self._state.upward = self._state.upward or speech.rank < 4
        for begin in commas(self.words, one.first, one.last):
            rest = read(self.words, begin + 1, one.last)
            if rest.sort == "body" and rest.modal and rest.names and not rest.told:
                height = max(rank(self.words, name.first, name.last) for name in rest.names)
                begin = self._after_word(one.first, begin + 1) - 1
                if height < max(1, speech.rank) and speech.rank >= 3:
                    self._state.leads = self.speakers.addressed(rest.names, ())
                    self._emit(replace(rest, first=begin + 1), unit, rest.names)
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
        if (
            one.sort == "body"
            and one.modal
            and not one.told
            and self._state.issuer
            and not self._state.upward
            and self._state.issuer.rank > 3
        ):
            height = max((rank(self.words, name.first, name.last) for name in one.names), default=0)
            if height < self._state.issuer.rank and self._starts_with_names(one):
                self._state.on = True
                self._state.leads, self._state.helpers = self.speakers.addressed(one.names, ()), ()
                self._emit(one, unit, one.names)

    def _starts_with_names(self, one: Clause) -> bool:
        return bool(one.names) and one.names[0].first == connectives(
            self.words, one.first, one.last
        )

    def _tells(self, one: Clause) -> bool:
        """Whether the clause tells what was, is or will be, by the words before its verb."""
        words = self.words
        begin = connectives(words, one.first, one.last)
        stop = max(begin, one.verb)
        opening = words.low[one.first : one.first + 4]
        if one.sort != "body" and _ANSWERS.search(words.lowtext(one.first, one.last)):
            return True
        if (
            opening[:2]
            in (
                ["dự", "kiến"],
                ["đến", "nay"],
                ["hiện", "nay"],
                ["hiện", "tại"],
                ["trước", "đây"],
                ["trước", "đó"],
            )
            or opening[:1] == ["hiện"]
            or opening[:3] == ["theo", "kế", "hoạch"]
        ):
            return True
        if one.sort == "modal":
            return any(words.low[at] in ("sẽ", "đã") for at in range(max(begin, stop - 5), stop))
        if one.sort == "bare":
            return self._is_statement(one, begin) or any(
                words.low[at] in ("sẽ", "đã") for at in range(begin, min(stop, begin + 12))
            )
        end = one.subject[1] if one.subject else begin
        return any(
            words.low[at] in ("đã", "đang", "sẽ", "từng", "vừa", "chưa", "vẫn")
            for at in range(end, stop)
        )

    def _is_statement(self, one: Clause, begin: int) -> bool:
        """Whether a clause that begins like a task says what something is ("… là nhiệm vụ quan trọng")."""
        words = self.words
        if (
            one.sort != "bare"
            or words.low[begin] in ("coi", "xem", "lấy", "khẳng")
            or words.low[begin : begin + 2] == ["xác", "định"]
        ):
            return False
        return any(
            words.low[at : at + 2]
            in (
                ["là", "nhiệm"],
                ["là", "một"],
                ["là", "nội"],
                ["là", "yêu"],
                ["là", "trách"],
                ["là", "việc"],
                ["là", "yếu"],
            )
            and words.low[at - 1] not in ("nhất", "biệt", "hết", "đây", "đó", "định")
            for at in range(begin, one.last)
        )

    def _may_lead(self, one: Clause, unit: Unit) -> bool:
        """Whether a body with a verb is given a task here: at the head of its clause, in an unbroken run."""
        if one.modal or unit.mark or self._frames:
            return True
        return self._state.weak == 0

    def _bare_ok(self, one: Clause) -> bool:
        return self._state.weak <= 1

    def _emit(self, one: Clause, unit: Unit, names: tuple[Name, ...]) -> None:
        words, state = self.words, self._state
        begin = self._begin(one)
        if one.last - begin < 3 and not unit.mark:
            return
        if one.sort == "passive":
            state.leads, state.helpers = self.speakers.addressed(names, state.leads), ()
            state.on, state.upward = True, False
            if state.issuer is None:
                state.issuer = self.speakers.authority(words.start[one.first])
        leads = state.leads or self._default
        self.found.append(
            Found(
                begin,
                one.last,
                state.issuer,
                leads,
                state.helpers if not names else (),
                state.refs,
                begin,
                one.verb,
                own=names,
                listed=bool(unit.mark),
            )
        )

    def _begin(self, one: Clause) -> int:
        """Where the quote begins: past connectives that belong to the sentence before it."""
        words = self.words
        at = one.first
        while at < one.last:
            size = lx.CONNECTIVES.at(words, at, one.last)
            if (
                size
                and " ".join(words.low[at : at + size]) not in lx.KEPT_CONNECTIVES
                and at + size < one.last
            ):
                at += size
            elif words.low[at] in (",", "”", "“", "-", "–", '"', ":"):
                at += 1
            else:
                break
        if one.subject is not None and one.sort == "order":
            at = self._speech_opening(at, one)
        return at

    def _speech_opening(self, at: int, one: Clause) -> int:
        """Past "Phát biểu tại hội nghị," and the like, which say nothing of the duty."""
        words = self.words
        if one.subject is None or not lx.OPENERS.at(words, at, one.last):
            return at
        if words.low[at] in ("về", "đối", "liên", "riêng", "với", "để", "nhằm"):
            return at
        return one.subject[0] if one.subject[0] > at else at


def _names_after(words: Words, one: Clause) -> tuple[Name, ...]:
    return one.names


def _helpers(words: Words, first: int, last: int, leads: tuple[Name, ...]) -> tuple[Name, ...]:
    named = {one.text for one in leads}
    begin = max((one.last for one in leads), default=first)
    return tuple(one for one in partners(words, begin, last) if one.text not in named)
