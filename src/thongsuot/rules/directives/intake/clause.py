"""One clause read: who orders, whom, with which word, and where the thing to be done begins."""

from dataclasses import dataclass

from thongsuot.rules.directives.intake import lexicon as lx
from thongsuot.rules.directives.intake.bodies import Name, head_at, is_office, name_at, names_at
from thongsuot.rules.directives.intake.cutting import (
    commas,
    conditional,
    connectives,
    manner,
    timed,
    verb_at,
)
from thongsuot.rules.directives.intake.people import person_at
from thongsuot.rules.directives.intake.tokens import Phrases, Words, several

__all__ = ["Clause", "read", "subject_end"]

_PAPERS = Phrases(
    "văn bản, công văn, thông báo, kết luận, chỉ thị, công điện, kế hoạch, ký, ban hành, quyết định, có ý kiến, phát biểu, thư"
)
_AFTER_ORDER = Phrases(
    "cho, đối với, rằng, thêm, tới, đến, với, trách nhiệm cho, nhiệm vụ cho, đồng chí, đích danh, thì, là"
)
_NO_ADDRESSEE = Phrases(
    "việc, công tác, nội dung, một số, các nội dung, các nhiệm vụ, nhiệm vụ, những, vấn đề, cần, phải, không, tất cả, các giải pháp, thực hiện, lại, đây, quá trình, trong, về, khi, để, thời gian, tinh thần, các vấn đề"
)
_NOUN_AFTER = Phrases(
    "của, về, đặt ra, đề ra, nhiệm vụ thực tế, thực tế, phát triển nhiệm vụ, thông, dịch, lưu, ban, thoa, diện, hòa, mùa, điều hành của, cụ thể của, chung, này, trên, nêu trên, đó, tại văn bản, tại công văn, kỹ thuật, bắt buộc, cấp thiết, tối thiểu, cao, khoán, đất, rừng, hữu, hàng, thừa, quyền, điểm"
)
_PASSIVES = (
    ["được", "giao"],
    ["được", "yêu"],
    ["được", "phân"],
    ["được", "đề"],
    ["được", "chỉ"],
    ["được", "lưu"],
    ["bị", "yêu"],
)


@dataclass(slots=True)
class Clause:
    """What the grammar sees in one clause; indexes are of words, -1 for what is not there."""

    first: int
    last: int
    sort: str = ""  # order, passive, body, modal, bare, or "" for a statement
    order: str = ""
    order_at: int = -1
    subject: tuple[int, int] | None = None
    names: tuple[Name, ...] = ()
    verb: int = -1
    past: bool = False
    told: bool = False
    modal: bool = False


def read(words: Words, first: int, last: int) -> Clause:
    """Read one clause."""
    begin = connectives(words, first, last)
    starts = [begin, *(at + 1 for at in commas(words, begin, last))]
    named = [
        at
        for at in range(begin + 2, min(last, begin + 30))
        if words.low[at] in ("ông", "bà", "đ/c") or words.low[at : at + 2] == ["đồng", "chí"]
    ]
    reported = conditional(words, begin, last)
    if reported >= 0:
        return _when_arises(words, first, reported, last)
    for at in (*starts[:9], *(named if lx.OPENERS.at(words, begin, last) else ())):
        found = _ordered(words, first, at, last)
        if found is not None:
            return found
    topical = True
    for at in starts[:6]:
        found = _done_by(words, first, at, last)
        if found is not None and (topical or found.modal):
            return found
        topical = topical and bool(
            lx.OPENERS.at(words, at, last)
            or head_at(words, at, last)
            or person_at(words, at, last)
            or lx.EVERY.at(words, at, last)
        )
    verb = timed(words, begin, last)
    if verb >= 0:
        return Clause(first, last, "bare", verb=verb)
    if words.word(begin) == "không" and verb_at(words, begin + 1, last):
        return Clause(first, last, "bare", verb=begin)  # "Không tổ chức …" forbids
    return _by_modal(words, first, begin, last)


def _when_arises(words: Words, first: int, verb: int, last: int) -> Clause:
    """What to report when something arises, and by whom if the clause says it."""
    for comma in commas(words, first, verb):
        names, end = names_at(words, comma + 1, verb)
        if names and manner(words, end, verb) >= verb:
            return Clause(
                first, last, "body", subject=(comma + 1, end), names=names, verb=verb, modal=True
            )
    return Clause(first, last, "bare", verb=verb)


def subject_end(words: Words, at: int, stop: int) -> int:
    """The index after the subject that begins here: a person, an office, a body; ``at`` when none."""
    here = at
    while (
        here < stop
        and words.low[here] in ("đồng", "chí", "ông", "bà", "đ/c", "đ/c.")
        and here < at + 2
    ):
        here += 1
    person = person_at(words, here, stop)
    if person:
        return _apposition(words, here + person, stop)
    if here > at:
        if here < stop and head_at(words, here, stop):
            return names_at(words, here, stop)[1]
        while here < stop and words.cap[here] and here < at + 6:
            here += 1
        return here
    if not head_at(words, at, stop):
        return at
    here = names_at(words, at, stop)[1]
    person = person_at(words, here, stop)
    return here + person


def _apposition(words: Words, at: int, stop: int) -> int:
    """Past an office set after a name with a dash or in brackets."""
    here = at
    if here < stop and words.low[here] in ("-", "–", "—", "("):
        begin = here + 1
        if head_at(words, begin, stop):
            here = names_at(words, begin, stop)[1]
            while here < stop and words.low[here] in (")", "-", "–"):
                here += 1
    elif here < stop and words.cap[here] and head_at(words, here, stop):
        here = names_at(words, here, stop)[1]
    return here


def _ordered(words: Words, first: int, at: int, last: int) -> Clause | None:
    """A clause in which a subject, or nobody, orders from ``at`` on."""
    begin = connectives(words, at, last)
    if words.low[begin - 2 : begin] == ["đối", "với"] and _by_topic(words, begin - 2):
        return None
    end = subject_end(words, begin, last)
    if end == begin:
        return (
            _bare_order(words, first, begin, last)
            if at == first or _only_topic(words, first, at)
            else None
        )
    here, past = _aux(words, end, last)
    size = _order_size(words, here, last)
    if not size or here > end + 26:
        return None
    return _order(words, (first, last), here, _nearest(words, begin, end), past)


def _nearest(words: Words, begin: int, end: int) -> tuple[int, int]:
    """Of several names before an order word the one who orders: the last, when the first are a topic's."""
    for at in range(end - 1, begin, -1):
        if words.low[at] in ("ông", "bà", "đ/c") or words.low[at : at + 2] == ["đồng", "chí"]:
            return (at, end) if words.low[at - 1] == "," else (begin, end)
    names, _ = names_at(words, begin, end)
    if len(names) > 1 and not words.cap[begin] and words.cap[names[-1].first]:
        return names[-1].first, end
    return begin, end


def _only_topic(words: Words, first: int, at: int) -> bool:
    """Whether all before ``at`` are connectives, or a topic that a comma closes."""
    begin = connectives(words, first, at)
    return begin >= at or bool(lx.OPENERS.at(words, begin, at)) or words.low[at - 1] == ","


def _bare_order(words: Words, first: int, begin: int, last: int) -> Clause | None:
    here = manner(words, begin, last)
    size = _order_size(words, here, last)
    if not size:
        return None
    word = " ".join(words.low[here : here + size])
    if word in ("chỉ đạo", "quán triệt", "khẳng định", "nhắc", "mong", "lưu ý") or (
        word in lx.SOFT_ORDERS
    ):
        return None
    if (
        (word == "phân công" and not is_office(words, here + size))
        or (word in lx.ASKING and begin > connectives(words, first, last))
        or (word == "đề nghị" and here > begin)
    ):
        return None
    return _order(words, (first, last), here, None, False)


def _aux(words: Words, at: int, last: int) -> tuple[int, bool]:
    """Past what may stand between a subject and its order word; and whether it tells the past."""
    here, past, paper = at, False, False
    while here < last and here < at + (26 if paper else 9):
        word = words.low[here]
        if _order_size(words, here, last) and not (paper and words.word(here + 1) == "thị"):
            return here, past
        if word in (",", ".", ";", ":") and not (
            word == "," and lx.ORDERS.at(words, here + 1, last)
        ):
            break
        past = past or word in ("đã", "từng")
        paper = paper or bool(_PAPERS.at(words, here, last))
        if (
            not paper
            and word not in _LINKS
            and not lx.ADVERBS.at(words, here, last)
            and not lx.SPEECH.at(words, here, last)
        ):
            break
        here += max(1, lx.SPEECH.at(words, here, last) if not paper else 1)
    return (here, past) if here == at else (last, past)


_LINKS = several(
    "cũng,đã,vừa,từng,tiếp,tục,đồng,thời,kính,trân,trọng,đặc,biệt,còn,luôn,thống,nhất,có,và,lại,một,lần,nữa,phát,biểu,kết,luận,trực,tiếp,thẳng,thắn,ký,ban,hành,tiếp,thu,kiểm,tra,xem,xét,thêm,rõ,ra,rất,nhận,định,chia,sẻ,cơ,bản,nghiêm,khắc,thông,tin,chủ,trì,họp,nhắc,nhở,phê,bình,quyết,định,ngay,đồng,ý,giải,đáp,quán,triệt,mới,hiện,chủ,động,biểu,dương,ghi"
)


def _order_size(words: Words, at: int, last: int) -> int:
    """How many words an order has that begins here and is used as a verb; else 0."""
    if at >= last or words.depth[at] > words.depth[min(at, last - 1)]:
        return 0
    size = lx.ORDERS.at(words, at, last)
    if not size or words.word(at - 1) in (
        "được",
        "ban",
        "kiến",
        "biểu",
        "tinh",
        "thần",
        "bàn",
        "theo",
        "ứng",
        "các",
        "những",
        "bị",
    ):
        return 0
    if words.low[at] == "chỉ" and words.word(at + 1) == "thị" and not head_at(words, at + 2, last):
        return 0
    if at + size < last and not words.cap[at + size] and _NOUN_AFTER.at(words, at + size, last):
        return 0
    return size


def _order(
    words: Words, span: tuple[int, int], at: int, subject: tuple[int, int] | None, past: bool
) -> Clause | None:
    """The order whose word stands at ``at``: whom it addresses, and with which verb."""
    first, last = span
    size = lx.ORDERS.at(words, at, last)
    found = Clause(first, last, "order", subject=subject, past=past)
    found.order, found.order_at = " ".join(words.low[at : at + size]), at
    here = at + size
    extra = lx.ORDERS.at(words, here + 1, last) if words.word(here) in (",", "và") else 0
    if extra and words.word(here + 1) != "chỉ":  # "nhắc nhở, yêu cầu …"
        found.order = " ".join(words.low[here + 1 : here + 1 + extra])
        here += 1 + extra
    if words.word(here) == "," and (
        head_at(words, here + 1, last) or _WHEN.at(words, here + 1, last)
    ):
        here += 1
    here += _AFTER_ORDER.at(words, here, last)
    here = manner(words, here, last) if head_at(words, manner(words, here, last), last) else here
    if found.order in lx.SOFT_ORDERS:
        return _soft(words, found, here)
    found.names, here = _addressees(words, here, last)
    found.names = found.names or _sent_to(words, first, at) or _by_topic(words, first)
    if found.order.startswith("phân công") and words.word(here) in ("nhằm", "để", "trong", "theo"):
        found.sort = "speech"
    found.verb = _verb_from(words, here, last)
    found.modal = bool(lx.MODALS.at(words, manner(words, here, last), last))
    return found


def _sent_to(words: Words, first: int, at: int) -> tuple[Name, ...]:
    """Whom a paper that orders was sent to: "có công văn gửi thành phố X đề nghị …"."""
    for here in range(at - 1, max(first, at - 30), -1):
        if words.low[here] == "gửi":
            begin = here + 1 + (words.word(here + 1) in ("đến", "tới", "cho"))
            names, end = names_at(words, begin, at)
            return names if names and at - end <= 2 else ()
    return ()


def _by_topic(words: Words, first: int) -> tuple[Name, ...]:
    """The bodies of a topic ("Đối với Cục Viễn thám, …"), when the topic is bodies and nothing else."""
    at = first
    while words.word(at) in ("riêng", "còn", ","):
        at += 1
    if words.low[at : at + 2] != ["đối", "với"]:
        return ()
    one = name_at(words, at + 2, min(len(words), at + 40))
    return (one,) if one is not None and words.word(one.last) == "," else ()


def _soft(words: Words, found: Clause, here: int) -> Clause | None:
    """An order word that only orders when a duty is said after it."""
    rest = read(words, here, found.last) if here < found.last else None
    if rest is None or not (rest.modal or rest.sort in ("order", "passive")):
        found.sort = "speech"
        return found
    found.names, found.verb, found.modal = rest.names, rest.verb, True
    if rest.sort == "order":
        found.order, found.order_at = rest.order, rest.order_at
        found.subject = rest.subject or found.subject
    return found


def _addressees(words: Words, at: int, last: int) -> tuple[tuple[Name, ...], int]:
    """The bodies ordered, and the index after them; a group of words the grammar does not know too."""
    names, here = names_at(words, at, last)
    if names or at >= last:
        return names, here
    if _WHEN.at(words, at, last):
        return _past_when(words, at, last)
    if not words.low[at][0].isalpha() or words.low[at] in ("số", "nếu", "khi", "ngay", "nhân"):
        return (), at
    if at + 1 < last and words.cap[at] and words.cap[at + 1]:  # a place named bare
        here = at + 2
        while here < last and words.cap[here]:
            here += 1
        return (Name(at, here, words.text(at, here)),), here
    if _begins_task(words, at, last) or _NO_ADDRESSEE.at(words, at, last):
        return (), at
    return _up_to_verb(words, at, last)


def _begins_task(words: Words, at: int, last: int) -> bool:
    return bool(lx.ADVERBS.at(words, at, last) or verb_at(words, manner(words, at, last), last))


def _up_to_verb(words: Words, at: int, last: int) -> tuple[tuple[Name, ...], int]:
    """Words that are no known name, up to the verb: "các hộ nuôi cá lồng khẩn trương di dời"."""
    for here in range(at + 1, min(last, at + 14)):
        if words.low[here] in (",", ";", ":", "."):
            break
        if words.cap[here]:
            continue
        if words.low[here : here + 2] == ["chỉ", "có"] or words.low[here] == "không":
            return (Name(at, here, words.text(at, here)),), here
        if _begins_task(words, here, last) or lx.MODALS.at(words, here, last):
            return (Name(at, here, words.text(at, here)),), here
    return (), at


_WHEN = Phrases(
    "sau, trước, trong, từ nay, từ, nay, thời gian tới, trước mắt, hàng tuần, hằng tuần, hằng ngày, hàng ngày, hằng tháng, hàng tháng, định kỳ, chậm nhất, tới đây, ngay sau, trên cơ sở, căn cứ"
)


def _past_when(words: Words, at: int, last: int) -> tuple[tuple[Name, ...], int]:
    """The bodies named after a time or a ground ("sau buổi làm việc quận X …"); none when a verb comes first."""
    for here in range(at + 1, min(last, at + 22)):
        if head_at(words, here, last) and (
            words.low[here - 1] == ","
            or words.low[here - 1] == "việc"
            or words.low[here - 1] == "nghị"
        ):
            return names_at(words, here, last)
    return (), at


def _verb_from(words: Words, at: int, last: int) -> int:
    """Where the thing to be done begins, after manners, modals and partners."""
    for here in range(at, min(last, at + 60)):
        if not words.cap[here] and verb_at(words, here, last):
            return here
    return at if at < last else -1


def _done_by(words: Words, first: int, at: int, last: int) -> Clause | None:
    """A clause in which a body does or must do, or nobody is said and a verb begins."""
    begin = connectives(words, at, last)
    if words.low[begin : begin + 2] in (["cùng", "ngày"], ["cùng", "thời"], ["cùng", "kỳ"]):
        return None
    here = manner(words, begin, last)
    if here > begin and words.word(here) == ",":
        here = manner(words, here + 1, last)
    if here < last and (
        lx.MODALS.at(words, here, last)
        or (verb_at(words, here, last) and not _is_name(words, here, last))
    ):
        sort = "modal" if lx.MODALS.at(words, here, last) else "bare"
        return Clause(
            first,
            last,
            sort,
            verb=_verb_from(words, here, last),
            modal=sort == "modal",
            told=_opener_told(words, begin, last),
        )
    if (
        here > begin
        and here < last
        and not head_at(words, here, last)
        and words.low[here] not in (",", ".")
    ):
        return Clause(first, last, "bare", verb=here)
    names, end = names_at(words, begin, last)
    if not names:
        return None
    return _body_does(words, first, last, begin, names, end)


def _is_name(words: Words, at: int, last: int) -> bool:
    """Whether what could be a verb is the beginning of a body's name."""
    return (
        words.cap[at]
        and bool(head_at(words, at, last))
        and head_at(words, at, last) >= verb_at(words, at, last)
        and words.low[at] != "báo"
    )


def _opener_told(words: Words, begin: int, last: int) -> bool:
    return words.low[begin : begin + 2] in (["có", "thể"], ["tăng", "so"])


def _body_does(
    words: Words, first: int, last: int, begin: int, names: tuple[Name, ...], end: int
) -> Clause | None:
    here, told, passive = end, False, False
    while here < last and here < end + 10:
        if words.low[here : here + 2] in _PASSIVES:
            passive, here = True, here + 2 + (words.low[here + 1] != "giao")
            continue
        modal = lx.MODALS.at(words, here, last)
        if modal or verb_at(words, here, last):
            sort = "passive" if passive else "body"
            return Clause(
                first,
                last,
                sort,
                subject=(begin, end),
                names=names,
                verb=_verb_from(words, here, last),
                told=told,
                modal=bool(modal),
            )
        told = (
            told
            or words.low[here] in lx.TOLD
            or words.low[here] in ("đặt", "nhận", "thấy", "xin", "bày", "gặp", "nằm")
        )
        step = lx.ADVERBS.at(words, here, last)
        if words.low[here] == "," and here == end:
            step = _set_off(words, here, last)
        if not step and words.low[here] in (",", ":"):
            return None
        here += step or 1
    return None


_SET_OFF = frozenset(("nơi", "là", "vốn", "hiện", "với"))


def _set_off(words: Words, at: int, last: int) -> int:
    """How long a remark between commas after a name is: "xã A, nơi còn nhiều hồ sơ, phải …"."""
    if words.word(at + 1) not in _SET_OFF:
        return 0
    for here in range(at + 2, min(last, at + 26)):
        if words.low[here] == ",":
            after = manner(words, here + 1, last)
            goes_on = lx.MODALS.at(words, after, last) or verb_at(words, after, last)
            return here + 1 - at if goes_on else 0
    return 0


def _by_modal(words: Words, first: int, begin: int, last: int) -> Clause:
    """A clause whose subject is a thing, with "phải" or "cần" somewhere; else a statement."""
    base = words.depth[begin] if begin < last else 0
    for at in range(begin, min(last, begin + 50)):
        if (
            words.low[at] in ("phải", "cần")
            and words.depth[at] <= base
            and words.word(at + 1) not in ("thiết", "là", "kể")
            and words.word(at - 1) not in ("không", "nào", "chi", "những", "những", "điều", "việc")
        ):
            return Clause(
                first,
                last,
                "modal",
                verb=_verb_from(words, at + 1, last),
                modal=True,
                told=words.word(at - 1) in lx.TOLD,
            )
    return Clause(first, last)
