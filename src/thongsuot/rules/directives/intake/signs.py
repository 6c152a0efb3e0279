"""Small signs in the prose: what tells, blames or permits; what announces a list; what only dates."""

import re

from thongsuot.rules.directives.intake import lexicon as lx
from thongsuot.rules.directives.intake.bodies import Name, names_at
from thongsuot.rules.directives.intake.clause import Clause, subject_end
from thongsuot.rules.directives.intake.cutting import (
    commas,
    connectives,
    inline_mark,
    manner,
    timed,
)
from thongsuot.rules.directives.intake.tokens import Phrases, Words, several

__all__ = [
    "announces",
    "counts_out",
    "dates_several",
    "ends_text",
    "gives_opinion",
    "head_names",
    "is_portal",
    "is_title",
    "no_task",
    "only_dates",
    "only_names",
    "section",
    "sends_on",
    "states_law",
    "tells",
]

_SECTION_ON = (
    "tổ chức thực hiện", "nhiệm vụ", "giải pháp", "phân công", "kết luận", "yêu cầu",
    "nội dung thực hiện", "chỉ đạo", "trách nhiệm", "tiến độ",
)  # fmt: skip
_SECTION_OFF = (
    "mục đích", "căn cứ", "tình hình", "kết quả", "đánh giá", "hạn chế", "nguyên nhân", "tồn tại",
    "quan điểm", "mục tiêu", "ưu điểm", "sự cần thiết", "nơi nhận", "thành phần", "kính gửi",
    "đối tượng", "phạm vi",
)  # fmt: skip
_PORTAL = (
    "trên đây là", "căn cứ theo", "quý khách", "tải về", "xem thêm", "hình từ internet",
    "nguồn:", "ảnh:",
)  # fmt: skip
_HEAD_WORDS = Phrases(
    "các nhiệm vụ, một số nhiệm vụ, nhiệm vụ, các nội dung, một số nội dung, nội dung, như sau, sau đây, các nhiệm vụ sau,"
    "các giải pháp, một số giải pháp, các công việc, một số việc, các việc, ý kiến như sau, sau"
)
_SANCTION = (
    "chịu trách nhiệm trước pháp luật", "nếu để xảy ra", "nếu không hoàn thành", "bị xử lý",
    "sẽ xem xét", "sẽ bị", "chịu hoàn toàn trách nhiệm", "trường hợp không hoàn thành",
    "tập thể, cá nhân nào",
)  # fmt: skip
_BLAME = re.compile(
    r"(?:(?!chịu )\w+[ ,]+){0,30}?(?:phải )?chịu trách nhiệm(?: (?:cá nhân|trước|toàn diện trước)|$)"
)
_ANSWERS = re.compile(r"(?<!\w)(?:cho biết|cho hay|cho rằng)(?!\w)")
_TELLING = Phrases(
    "dự kiến, đến nay, hiện nay, hiện tại, trước đây, trước đó, hiện, theo kế hoạch, tính đến, thời gian qua, trong thời gian qua, những năm qua, trong những năm qua, trong năm qua, trong các năm qua, những năm gần đây, vừa qua, thời gian vừa qua, trong thời gian vừa qua, nhiều năm qua, hằng năm qua, nhờ đó, kết quả là, cùng ngày, dự báo từ, dự báo đến, dự báo trong, dự báo ngày, dự báo đêm, dự báo thời tiết, dự báo bão, dự báo mưa, dự báo khu vực, trong thời gian tới dự báo, trọng tâm của"
)
_PAST = several("đã,đang,sẽ,từng,vừa,chưa,vẫn")
_TITLES = ("kết luận", "thông báo kết luận", "thông báo ý kiến", "chỉ thị", "công điện", "biên bản")
_OPINION = ("ý kiến", "kết luận", "chỉ đạo như sau", "yêu cầu như sau")
_IS = Phrases(
    "là nhiệm vụ, là một, là nội dung, là yêu cầu, là trách nhiệm, là việc, là yếu tố, là cơ sở, là động lực, là điều kiện"
)
_DATES = re.compile(
    r"(?:hoàn thành (?:trước|trong|xong)|thời (?:gian|hạn)|xong trước|việc này (?:xong|hoàn thành)|kết quả (?:báo cáo|gửi)|"
    r"báo cáo kết quả trước|nội dung này hoàn thành|hạn hoàn thành|các nội dung trên hoàn thành|yêu cầu hoàn thành trước)"
    r"|(?:kết quả|báo cáo|danh sách|văn bản|ý kiến|hồ sơ|kế hoạch|số liệu|các báo cáo|nội dung báo cáo)(?: \w+){0,6}?"
    r" (?:gửi|báo cáo|đề nghị gửi|yêu cầu gửi|trình)\b.*(?:trước|chậm nhất|hạn|trong)\b"
)


_LAW_SAYS = re.compile(
    r"(?:.{0,12}, )?(?:theo )?(?:nghị định|thông tư|luật|pháp lệnh|quyết định|quy chế)(?: \S+){0,8}? (?:cũng |còn )?(?:nêu rõ|quy định|gồm)(?!\w)"
)


def states_law(low: str) -> bool:
    """Whether a clause says what a law, a decree or a circular lays down: nobody is given a task."""
    return _LAW_SAYS.match(low) is not None


def is_portal(low: str) -> bool:
    """Whether a paragraph is a site's own words around the text it carries."""
    return low.startswith(_PORTAL) or low.endswith("?")


def ends_text(low: str) -> bool:
    """Whether the carried text is over: what follows is a site's questions and answers."""
    return low.startswith(("trên đây là thông tin", "trên đây là toàn văn", "trên đây là bài"))


def section(low: str) -> str:
    """What a heading opens: "off" what tells, "on" tasks, "who" the sharing out of them, or nothing."""
    if (
        low.strip(" :.") == "yêu cầu"
        or low.startswith(_SECTION_OFF)
        or any(one in low[:60] for one in _SECTION_OFF[:9])
    ):
        return "off"
    if len(low) >= 160 or not any(one in low[:80] for one in _SECTION_ON):
        return ""
    return "who" if "tổ chức thực hiện" in low else "on"


def is_title(low: str) -> bool:
    """Whether a heading is the title of a paper that gives tasks."""
    return low.startswith(_TITLES)


def only_names(words: Words, first: int, last: int) -> bool:
    """Whether the words are names of bodies and nothing else, but for a closing mark."""
    return bool(head_names(words, first, last))


_OF_WHOM = Phrases(
    "đối với, riêng đối với, riêng, trách nhiệm của, nhiệm vụ của, về phía, trách nhiệm, nhiệm vụ cụ thể của, phân công, đề nghị, yêu cầu, giao"
)


def head_names(words: Words, first: int, last: int) -> tuple[Name, ...]:
    """The bodies that a head names ("Đối với Sở Y tế:", "2. Trách nhiệm của UBND xã"), and nothing else."""
    stop = last - (words.low[last - 1] in (":", ".", ";"))
    begin = first + _OF_WHOM.at(words, first, stop)
    names, end = names_at(words, begin, stop)
    return names if names and end >= stop else ()


def announces(words: Words, first: int, last: int) -> bool:
    """Whether the words before a colon announce tasks ("một số nhiệm vụ … như sau")."""
    return any(_HEAD_WORDS.at(words, at, last) for at in range(max(first, last - 14), last))


def gives_opinion(low: str) -> bool:
    """Whether a head says that somebody gives his opinion or conclusion."""
    return any(one in low for one in _OPINION)


def counts_out(words: Words, first: int, last: int) -> bool:
    """Whether a task counts out its objects after a colon: "…: (1) Nghị định …; (2) …"."""
    for at in commas(words, first, last, (":",)):
        if at + 3 < last and words.low[at + 1] == "(" and words.low[at + 3] == ")":
            return not inline_mark(words, at + 1, last)
    return False


def sends_on(words: Words, first: int, last: int) -> int:
    """Where a clause that only sends a paper on has its verb; -1 when it does something else."""
    at = manner(words, first, last)
    later = timed(words, first, last)
    at = later if later >= 0 else at
    if words.word(at) in ("gửi", "trình", "nộp") or words.low[at : at + 2] == ["báo", "cáo"]:
        return at
    return at if words.low[at : at + 4] == ["tổng", "hợp", "báo", "cáo"] else -1


_REPORTS = re.compile(
    r"(?:đồng thời,? )?báo cáo (?:(?:đầy đủ )?(?:kết quả|việc|tiến độ|tình hình)|(?:về |cho |lên )?(?:ubnd|ủy ban nhân dân|bộ|sở|thủ tướng|chính phủ|chủ tịch|thành phố|tỉnh|tp|thường trực|ban |văn phòng|huyện|cơ quan)[^,;]{0,60}?(?:kết quả|trước|trong|chậm nhất))"
    r"(?![^.]{0,200}(?:;|, (?:chủ động|tiếp tục|phối hợp|đề xuất|tham mưu)))"
    r"|(?:dự án|việc|nội dung|công việc|nhiệm vụ|đề án|kế hoạch|hồ sơ|kết quả|công trình|thời hạn|thời gian|tiến độ)(?: (?:này|trên|nêu trên|hoàn thành|thực hiện))?(?: phải| cần)?(?: được)?"
    r" (?:báo cáo|hoàn thành|hoàn tất|xong|trình|gửi|từ nay đến|chậm nhất|trước)(?!\w)[^;]*(?:trước|chậm nhất|trong|vào|đến|hạn)(?!\w)[^;]*\d"
)


def only_dates(low: str) -> bool:
    """Whether a sentence only gives the day, or the report, of what stands before it."""
    if len(low) > 200:
        return False
    return _DATES.match(low) is not None or _REPORTS.match(low) is not None


_SEVERAL = re.compile(
    r"(?:tất cả |toàn bộ )?(?:cả (?P<n>\d|hai|ba|bốn|năm) |mọi |các |những )(?:việc|công việc|nội dung|nhiệm vụ|phần việc|yêu cầu|hạng mục|báo cáo|kết quả)(?: (?:này|trên|nêu trên|nói trên|trên đây|được giao))?"
    r" (?:phải |cần |đều |được )*(?:được )?(?:hoàn thành|hoàn tất|xong|thực hiện xong|báo cáo|gửi|kết thúc|thực hiện)(?!\w)"
    r"|thời (?:gian|hạn) (?:hoàn thành|thực hiện)(?: (?:các|những|cả)[^,;]{0,40})(?: là|:)?"
)
_COUNTED = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5}
_A_DAY = re.compile(
    r"(?:trước|chậm nhất|trong|vào|đến hết|hạn)[^,;]{0,30}(?:\d|hôm nay|tuần này|tháng này|tháng tới|cuối (?:tuần|tháng|năm))"
)


def dates_several(low: str) -> int | None:
    """To how many directives before it a sentence gives its day: "Cả 2 việc này phải xong trước …"; None when none."""
    found = _SEVERAL.match(low)
    if found is None or len(low) > 200 or not _A_DAY.search(low):
        return None
    told = found["n"]
    return 12 if told is None else int(told) if told.isdigit() else _COUNTED[told]


def no_task(words: Words, first: int, last: int) -> bool:
    """Whether a clause blames, threatens or permits."""
    low = words.lowtext(first, last)
    if any(one in low for one in _SANCTION) or _BLAME.match(low):
        return True
    begin = connectives(words, first, last)
    end = subject_end(words, begin, last)
    while end > begin and words.word(end) in ("cũng", "đã", "cơ", "bản", "vừa"):
        end += 1
    return bool(
        lx.PERMITS.at(words, begin, last) or (end > begin and lx.PERMITS.at(words, end, last))
    )


def tells(words: Words, one: Clause) -> bool:
    """Whether the clause tells what was, is or will be, by the words before its verb."""
    begin = connectives(words, one.first, one.last)
    stop = max(begin, one.verb)
    if one.sort != "body" and _ANSWERS.search(words.lowtext(one.first, one.last)):
        return True
    if _TELLING.at(words, one.first, one.last) or _TELLING.at(words, begin, one.last):
        return True
    if words.low[begin : begin + 2] == ["về", "việc"] and _any(words, begin, one.last, ("đã",)):
        return True
    if one.sort in ("modal", "") and (
        _SUFFERERS.at(words, begin, one.last) or _SUFFERED.search(words.lowtext(begin, one.last))
    ):
        return True
    if one.sort == "modal":
        return _any(words, max(begin, stop - 5), stop, ("sẽ", "đã"))
    carried_out = one.sort == "bare" and words.low[begin : begin + 2] == ["thực", "hiện"]
    if carried_out and _any(words, begin, one.last, ("đã",)):
        return True  # "Thực hiện chỉ đạo của …, UBND phường đã …"
    if one.sort == "bare":
        return _is_statement(words, one, begin) or _any(
            words, begin, min(stop, begin + 12), ("sẽ", "đã")
        )
    return _any(words, one.subject[1] if one.subject else begin, stop, _PAST)


# Of whom "phải" tells what befalls them, and what befalls.
_SUFFERERS = Phrases(
    "họ, nhiều người, nhiều hộ, hàng trăm, hàng nghìn, hàng ngàn, hàng chục, nhiều gia đình, nhiều nơi, gia đình, tôi, chúng tôi, bà con, nạn nhân, bệnh nhân, không ít, có người, có hộ, có nơi, nhiều khách, du khách, nhiều doanh nghiệp, nhiều xe, nhiều tài xế, em, cháu, cô, anh, chị"
)
_SUFFERED = re.compile(
    r"(?<!\w)phải (?:sống|chịu|chờ|nhập viện|cấp cứu|đi vòng|bỏ|bán|nghỉ|ngủ|mất|đối mặt|gánh|hứng|chứng kiến|đóng cửa|vay|trả giá|chạy|nằm|di tản|sơ tán đến)(?! trách)(?!\w)"
)


def _any(words: Words, first: int, last: int, wanted: tuple[str, ...] | frozenset[str]) -> bool:
    return any(words.low[at] in wanted for at in range(first, last))


def _is_statement(words: Words, one: Clause, begin: int) -> bool:
    """Whether a clause that begins like a task says what something is ("… là nhiệm vụ quan trọng")."""
    if words.low[begin] in ("coi", "xem", "lấy", "khẳng") or words.low[begin : begin + 2] == [
        "xác",
        "định",
    ]:
        return False
    return any(
        words.low[at] == "là"
        and _IS.at(words, at, one.last)
        and words.low[at - 1] not in ("nhất", "biệt", "hết", "đây", "đó", "định")
        for at in range(begin + 1, one.last)
    )
