"""From a unit to its sentences, and from a sentence to the clauses that could each be closed alone."""

from collections.abc import Iterator

from thongsuot.rules.directives.intake import lexicon as lx
from thongsuot.rules.directives.intake.bodies import head_at, names_at
from thongsuot.rules.directives.intake.people import person_at
from thongsuot.rules.directives.intake.tokens import Phrases, Words, several

__all__ = [
    "clauses",
    "commas",
    "conditional",
    "connectives",
    "inline_mark",
    "manner",
    "opens",
    "sentences",
    "timed",
    "verb_at",
]

_FULL = frozenset((".", "!", "?", "./."))
_SOFT = frozenset(("…", "..."))
_QUOTES = frozenset("“”\"«»'‘’")


def sentences(words: Words, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The sentences between two words, each without its closing mark."""
    begin = first
    for at in range(first, last):
        if _closes(words, at, last):
            if at > begin:
                yield begin, at
            begin = at + 1
            while begin < last and words.low[begin] in ("”", "»", ")", "."):
                begin += 1
    if last > begin:
        yield begin, last


def _closes(words: Words, at: int, last: int) -> bool:
    """Whether the sign here ends a sentence."""
    sign = words.low[at]
    if sign not in _FULL and sign not in _SOFT:
        return False
    nxt = at + 1
    while nxt < last and words.low[nxt] in _QUOTES:
        nxt += 1
    if nxt >= last:
        return True
    if words.depth[at] and not (sign in _FULL and words.depth[nxt] == 0):
        return False
    if sign == "." and words.end[at] == words.start[nxt] and not words.cap[nxt]:
        return False
    return (
        words.cap[nxt]
        or words.low[nxt] in ("-", "–", "(", "[")
        or (sign in _FULL and words.low[nxt][0].isdigit())
    )


def verb_at(words: Words, at: int, stop: int) -> int:
    """How many words a task verb has that begins here; 0 when none does, or a noun begins so."""
    if at >= stop or lx.NOUN_STARTS.at(words, at, stop):
        return 0
    return lx.TASKS.at(words, at, stop)


def manner(words: Words, at: int, stop: int) -> int:
    """Past the manners that stand here ("khẩn trương, kịp thời"): the index after them."""
    here = at
    while here < stop:
        size = lx.ADVERBS.at(words, here, stop)
        if (
            not size
            and here > at
            and words.low[here] in (",", "và")
            and lx.ADVERBS.at(words, here + 1, stop)
        ):
            size = 1
        if not size:
            break
        here += size
    return here


def connectives(words: Words, at: int, stop: int) -> int:
    """Past the connectives and commas that stand here."""
    here = at
    while here < stop:
        if (
            words.low[here] in (",", ":")
            or words.low[here] in _QUOTES
            or words.low[here] in ("-", "–")
        ):
            here += 1
            continue
        size = lx.CONNECTIVES.at(words, here, stop)
        if not size:
            break
        here += size
    return here


def opens(words: Words, at: int, stop: int) -> bool:
    """Whether what begins here can be closed on its own: a verb, an order, or a body and its verb."""
    begin = connectives(words, at, stop)
    if timed(words, begin, stop) >= 0 or conditional(words, at, stop) >= 0:
        return True
    here = manner(words, begin, stop)
    if here >= stop:
        return False
    if words.low[here] == "không" and verb_at(words, here + 1, stop):
        return True
    if verb_at(words, here, stop) or lx.MODALS.at(words, here, stop):
        return True
    if lx.ORDERS.at(words, here, stop):
        return True
    eager = here > begin and words.low[here - 1] not in (
        "cùng",
        "ngay",
        "thể",
        "là",
        "nghiêm",
        "tốt",
    )
    return (eager and words.low[here].isalpha()) or acts(words, here, stop)


_TIMES = several("hằng,hàng,định,mỗi,trước,chậm,muộn,ngay")


def timed(words: Words, at: int, stop: int) -> int:
    """Where the verb is after a time ("hằng tuần, báo cáo …", "trước ngày 20/6 gửi …"); else -1."""
    if words.word(at) not in _TIMES:
        return -1
    for here in range(at + 2, min(stop, at + 9)):
        if words.low[here] in (".", ";", ":") or words.cap[here]:
            return -1
        if verb_at(words, here, stop) and words.low[here - 1] not in ("trước", "khi", "sau"):
            return here
    return -1


_WHEN_ARISES = Phrases(
    "quá trình thực hiện, trong quá trình thực hiện, trong quá trình, quá trình triển khai, khi phát sinh, khi có, nếu có, trường hợp phát sinh, trường hợp có, nếu phát sinh, trường hợp vượt, nếu vượt, trường hợp cần thiết, khi cần thiết, trong quá trình triển khai, trường hợp, có khó khăn, nếu"
)
_REPORTS = Phrases(
    "báo cáo, phản ánh, đề xuất, kịp thời báo cáo, phản hồi, gửi, thông báo, trao đổi, liên hệ"
)


def conditional(words: Words, at: int, stop: int) -> int:
    """Where the report begins in "quá trình thực hiện, nếu vướng mắc, báo cáo …"; -1 when it is none."""
    if not _WHEN_ARISES.at(words, at, stop):
        return -1
    for here in range(at + 2, min(stop, at + 30)):
        if _REPORTS.at(words, here, stop) and words.low[here - 1] not in ("các", "theo", "của"):
            return here
    return -1


def acts(words: Words, at: int, stop: int) -> bool:
    """Whether a body or a person stands here with a verb after the name."""
    here = at
    person = person_at(words, here, stop)
    if person:
        here += person
    elif head_at(words, here, stop):
        _, here = names_at(words, here, stop)
    else:
        return False
    here = manner(words, here, stop)
    if here >= stop:
        return False
    if words.low[here] in (",", ":") or words.low[here : here + 2] == ["được", "giao"]:
        return words.low[here] != "," and words.low[here] != ":"
    return bool(
        verb_at(words, here, stop)
        or lx.MODALS.at(words, here, stop)
        or lx.ORDERS.at(words, here, stop)
    )


def commas(words: Words, first: int, last: int, signs: tuple[str, ...] = (",",)) -> list[int]:
    """The indexes of the commas between two words that stand outside brackets of their own."""
    base = words.depth[first] if first < last else 0
    return [at for at in range(first, last) if words.low[at] in signs and words.depth[at] <= base]


_FRESH = frozenset(("giao", "yêu", "đề", "lưu", "nhắc"))


def clauses(words: Words, first: int, last: int) -> list[tuple[int, int]]:
    """The clauses of a sentence: parted at ";" and at fresh orders, where a verb follows."""
    found, begin = [], first
    for at in commas(words, first, last, (",", ";", "và", ".", "…", "...")):
        start = _cut(words, at, last) if at > first and at + 1 < last else -1
        if start >= 0:
            if at > begin:
                found.append((begin, at))
            begin = start
    found.append((begin, last))
    return _joined(words, found)


def _cut(words: Words, at: int, last: int) -> int:
    """Where the next clause begins when the sign here parts two; -1 when it does not."""
    nxt = at + 1
    if words.low[at] in (",", "và"):
        return nxt if _fresh(words, at, nxt, last) else -1
    if words.low[at] != ";" and not words.cap[nxt]:
        return -1
    if words.low[at] == ";" and _aims_on(words, at, nxt, last):
        return -1
    if words.low[nxt : nxt + 3] == ["đặc", "biệt", "là"] or words.low[nxt : nxt + 2] == [
        "nhất",
        "là",
    ]:
        return -1
    if opens(words, nxt, last) or inline_mark(words, nxt, last):
        return _past_mark(words, nxt, last)
    return -1


_AIMS = several("tăng,nâng,giảm,bảo,đảm,tạo,hạn,góp,phát,thúc,giúp,tránh,giữ")


def _aims_on(words: Words, at: int, nxt: int, last: int) -> bool:
    """Whether what follows ";" goes on with an aim: "để nâng cao năng suất, …; tăng sức cạnh tranh"."""
    if words.low[nxt] not in _AIMS:
        return False
    stop = next((here for here in range(nxt, last) if words.low[here] in (";", ".")), last)
    if stop - nxt > 9:
        return False
    for here in range(at - 1, max(0, at - 30), -1):
        if words.low[here] in (";", ".", ":"):
            return False
        if words.low[here] in ("để", "nhằm"):
            return True
    return False


def _joined(words: Words, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A clause that only names bodies belongs to the next: "Giám đốc các sở; Chủ tịch UBND … làm …"."""
    kept: list[tuple[int, int]] = []
    for begin, end in found:
        if kept and _only_names(words, *kept[-1]):
            begin = kept.pop()[0]
        kept.append((begin, end))
    return kept


def _only_names(words: Words, first: int, last: int) -> bool:
    names, end = names_at(words, connectives(words, first, last), last)
    return bool(names) and end >= last


def inline_mark(words: Words, at: int, stop: int) -> bool:
    """Whether "(2)", "b)" or "hai là" stands here with a task after it."""
    here = _past_mark(words, at, stop)
    return here > at and opens(words, here, stop)


def _past_mark(words: Words, at: int, stop: int) -> int:
    """Past "(2)", "b)" or "hai là" when one stands here."""
    low = words.low
    if at + 2 < stop and low[at] == "(" and low[at + 2] == ")" and len(low[at + 1]) <= 3:
        return at + 3
    if at + 1 < stop and low[at + 1] == ")" and len(low[at]) <= 2:
        return at + 2
    if (
        at + 2 < stop
        and low[at + 1] == "là"
        and low[at] in ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám")
    ):
        return at + 2 + (low[at + 2] == ",")
    return at


def _clause_start(words: Words, at: int) -> int:
    """Where the sentence or part that a comma closes began, at most a few words back."""
    here = at
    while here > 0 and at - here < 12 and words.low[here - 1] not in (".", ";", ":", "!", "?"):
        if "\n" in words.source.text[words.end[here - 1] : words.start[here]]:
            break
        here -= 1
    return here


def _fresh(words: Words, at: int, nxt: int, last: int) -> bool:
    """Whether a comma or "và" parts two orders: a new order word with a body, or "đồng thời" and a verb."""
    low = words.low
    if low[nxt : nxt + 2] == ["đồng", "thời"] and low[at] == ",":
        return opens(words, nxt, last)
    if (
        low[at] == ","
        and at - _clause_start(words, at) <= 9
        and acts(words, _clause_start(words, at), at)
    ):
        return False  # "UBND tỉnh chuyển đơn, yêu cầu …": its subject orders
    if low[nxt : nxt + 2] == ["trong", "đó"] and low[at] == ",":
        here = connectives(words, nxt, last)
        return _orders_soon(words, here, last)
    size = lx.ORDERS.at(words, nxt, last) if low[nxt] in _FRESH else 0
    if (
        not size
        or low[nxt] == "lưu"
        or low[nxt : nxt + 2] == ["đề", "xuất"]
        or (low[nxt] == "đề" and low[at] == "và")
    ):
        return False
    return bool(head_at(words, nxt + size, last)) and low[nxt + size] not in (
        "cấp",
        "người",
        "cán",
        "đất",
    )


def _orders_soon(words: Words, at: int, last: int) -> bool:
    """Whether a speaker and an order word stand here."""
    here = at
    if person_at(words, here, last):
        here += person_at(words, here, last)
    elif head_at(words, here, last):
        _, here = names_at(words, here, last)
    here = manner(words, here, last)
    return bool(here < last and lx.ORDERS.at(words, here, last))
