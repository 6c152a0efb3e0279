"""The partners of a duty and who is reported to, as its clause names them."""

from thongsuot.rules.directives.intake.bodies import Name, head_at, names_at
from thongsuot.rules.directives.intake.lexicon import ADVERBS
from thongsuot.rules.directives.intake.tokens import Phrases, Words, several

__all__ = ["partners", "receivers"]

_WITH = Phrases(
    "phối hợp với, phối hợp cùng, phối hợp chặt chẽ với, phối hợp chặt chẽ cùng, phối hợp tốt với, chủ trì cùng, cùng với, làm việc với, làm việc cùng, liên hệ với, liên hệ, hiệp đồng với, thống nhất với, trao đổi với,"
    "phối hợp, chủ động phối hợp với, phối hợp hiệu quả với, phối hợp chặt chẽ, chủ trì phối hợp với, chủ trì phối hợp"
)
_DIRECT = Phrases(
    "chỉ đạo, lãnh đạo và chỉ đạo, hướng dẫn, yêu cầu, giao, phân công, đôn đốc, quán triệt, tham mưu chỉ đạo"
)
_REPORT = Phrases(
    "báo cáo, trình, gửi, nộp, đề xuất, báo cáo về, gửi về, gửi báo cáo về, báo cáo với, báo cáo lên, gửi cho, nộp về, trình lên, kiến nghị, gửi đến, gửi tới, tham mưu báo cáo, tham mưu trình, báo cáo đề xuất, gửi báo cáo cho, gửi báo cáo"
)
_AFTER_REPORT = Phrases(
    "kết quả về, kết quả thực hiện về, kết quả cho, kết quả với, kết quả thực hiện cho, kết quả, bằng văn bản về, bằng văn bản cho, bằng văn bản, ngay, kịp thời, về, cho, đến, tới, lên, với, xin ý kiến, xin chủ trương, xin, cụ thể về, kết quả gửi, kết quả thực hiện gửi, kết quả thực hiện, thường xuyên với, tình hình về, qua, thông qua"
)
_VIA = Phrases("qua, thông qua")
_NOUN_REPORT = frozenset(
    ("các", "những", "trong", "theo", "này", "dự", "thảo", "của", "bản", "một", "nghe", "từ")
)
# With these before it, "trình" is the end of another word.
_COMPOUND = several("công,quy,chương,tiến,lịch,quá,lộ,hành,giáo,đăng")
_NOT_BODIES = Phrases(
    "các nội dung, người dân, người, cán bộ, tổ chức thực hiện, xã hội, cấp giấy, cấp phép, tổ chức, từng, hội nghị, hội thảo, kế toán, báo cáo, cơ sở, khối lượng, đơn vị tính, phòng chống, cấp bách, ban hành, ngành nghề, trưởng thành, bản, báo, vụ việc, sở hữu, thuế, trường hợp, các trường hợp, đội ngũ"
)


def partners(words: Words, first: int, last: int) -> tuple[Name, ...]:
    """The bodies a lead is to work with, direct or instruct, as the clause names them."""
    found: list[Name] = []
    at = first
    while at < last:
        if words.cap[at] and words.low[at] not in ("chủ", "phối", "chỉ", "hướng", "liên", "cùng"):
            at += 1
            continue
        size = _WITH.at(words, at, last) or _DIRECT.at(words, at, last)
        if not size:
            at += 1
            continue
        at += size
        while at < last and ADVERBS.at(words, at, last) and not head_at(words, at, last):
            at += ADVERBS.at(words, at, last)
        if at < last and not _NOT_BODIES.at(words, at, last):
            names, after = names_at(words, at, last)
            found += names
            at = max(at, after)
    return tuple(found)


def receivers(words: Words, first: int, last: int) -> tuple[Name, ...]:
    """Who receives the report, the dossier or the proposal that the clause asks for."""
    found: list[Name] = []
    at = first
    while at < last:
        size = _REPORT.at(words, at, last)
        if (
            not size
            or (at > first and words.low[at - 1] in _NOUN_REPORT)
            or (words.low[at] == "trình" and words.word(at - 1) in _COMPOUND)
        ):
            at += 1
            continue
        at += size
        names, after = _receiver(words, at, last)
        if not names:
            names, after = _further(words, at, last)
        found += names
        at = max(at, after)
    return _once(found)


def _receiver(words: Words, at: int, last: int) -> tuple[tuple[Name, ...], int]:
    """The bodies right after a word of reporting, or after "gửi … về" a little later."""
    here = at + (words.word(at) == "(")
    for _ in range(3):
        step = _AFTER_REPORT.at(words, here, last) or ADVERBS.at(words, here, last)
        if not step:
            break
        here += step
    if here >= last or _NOT_BODIES.at(words, here, last):
        return (), at
    names, after = names_at(words, here, last)
    if not names:
        return (), at
    return _through(words, names, max(after, names[-1].last), last)


def _through(
    words: Words, names: tuple[Name, ...], after: int, last: int
) -> tuple[tuple[Name, ...], int]:
    """A second receiver through whom it goes: "báo cáo UBND tỉnh (qua Sở Nội vụ)"."""
    end = names[-1].last
    via = end + (words.word(end) in (",", "("))
    size = _VIA.at(words, via, last)
    if not size:
        return names, after
    more, end = names_at(words, via + size, last)
    return (*names, *more), max(after, end)


def _further(words: Words, at: int, last: int) -> tuple[tuple[Name, ...], int]:
    """A receiver said after what is reported: "báo cáo kết quả giải quyết với UBND tỉnh"."""
    for here in range(at, min(last, at + 9)):
        if words.low[here] in (",", ";", ".", ":", "trước", "theo", "của", "để") or words.cap[here]:
            break
        if words.low[here] in ("cho", "với", "về", "lên", "tới", "đến") and here > at:
            begin = here + 1
            named = begin < last and (words.cap[begin] or words.low[begin] in _RECEIVING)
            if named and head_at(words, begin, last) and not _NOT_BODIES.at(words, begin, last):
                return names_at(words, begin, last)
    return (), at


_RECEIVING = several("ubnd,tỉnh,thành,bộ,sở,chủ,ban,thường,huyện,văn,cấp,cơ")


def _once(names: list[Name]) -> tuple[Name, ...]:
    seen: dict[str, Name] = {}
    for one in names:
        seen.setdefault(one.text.lower(), one)
    return tuple(seen.values())
