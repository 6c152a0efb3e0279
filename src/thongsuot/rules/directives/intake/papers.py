"""The documents a clause cites: by type and number, laws by name, groups as written."""

import re
from collections.abc import Iterator

from thongsuot.rules.directives.intake.source import lowered
from thongsuot.rules.directives.intake.tokens import Spans

__all__ = ["cited"]

_TYPES = (
    "nghị quyết liên tịch|thông tư liên tịch|nghị quyết|nghị định|quyết định|chỉ thị|thông tư|công văn|công điện|kế hoạch|thông báo kết luận|thông báo|kết luận|"
    "chương trình hành động|chương trình|hướng dẫn|quy định|quy chế|pháp lệnh|văn bản|tờ trình|báo cáo|đề án|phương án|luật|lệnh|hiến pháp|thông tri|giấy mời|biên bản"
)
_CODE = r"\d+[a-z]?(?:/\d{4})?\s?[-/]\s?(?:\d{4}\s?/\s?)?[a-zđ][\wđ&-]*(?:\s?[-/]\s?[a-zđ][\w&]*)*"
_NUMBERED = re.compile(rf"(?<!\w)(?:(?P<type>{_TYPES})\s+)?(?P<no>số\s*:?\s*)?(?P<code>{_CODE})")
_HAS_LETTERS = re.compile(
    r"[/-]\s?(?:\d{4}\s?/\s?)?(?:nq|nđ|qđ|ct|tt|cv|cđ|kh|tb|kl|pa|hd|qđi|qh|ttr|bc|đa|ctr|ctrhđ|qc|l|pl|lct|ub|tu|vp|vptu|vpcp|[a-zđ]+)"
)
# Ends that only numbers of documents have, even without the word for the type.
_SURE = re.compile(
    r"nđ-cp|qđ-ttg|ct-ttg|cđ-ttg|nq-cp|qđ-ub|kh-ub|-nq/|-kl/|-ct/|-qđ/|/qh1\d|/tt-b|/vpcp|/tb-"
)
_NOT_CODE = re.compile(
    r"^\d+\s?-\s?(?:\d|kt|xh)|^\d+/\d+$|^24/|^\d+\s?/\s?(?:lần|ngày|tháng|năm|người|ha|km|m2|m3|kg|giờ|tuần|hộ|đồng|xã|phường|tấn|h|ngđ|vnđ)\b"
)
_GROUP = re.compile(
    r"(?<!\w)\d{1,3}\s+(?:nghị định|nghị quyết|thông tư|luật|quyết định)\s+(?:của\s+(?:chính phủ|quốc hội|thủ tướng chính phủ|thủ tướng|bộ chính trị|hđnd \w+)|về\b)"
)
_CARRIED_OUT = re.compile(r"(?:thực hiện|thi hành|triển khai|quán triệt|theo|đối với)(?: các)?\s*$")
_PLAIN_NO = re.compile(
    r"(?<!\w)(?:pháp lệnh|nghị định|nghị quyết|chỉ thị|thông tư|kết luận|quyết định|luật|đề án|công điện|công văn|nghị quyết trung ương)\s+(?:số\s+)?\d{1,4}(?![\w/%.-]|\s*(?:ngày(?!\s*\d)|tháng|nhiệm|nội|điểm|đề|dự|-))"
)
_DATED = re.compile(
    r"(?<!\w)(?:công văn|công điện|thông báo|văn bản)\s+ngày\s+\d{1,2}[-/]\d{1,2}[-/]\d{4}"
)
_MAY_CITE = re.compile(
    r"\d\s?[-/]\s?[a-zđ]|luật|pháp lệnh|nghị|chỉ thị|kết luận|thông tư|công văn|quyết định|hiến pháp|công điện|\d/\d{4}/"
)
# Laws by their names, longest first; a name not here is read by its capitals.
_LAWS = sorted(
    lowered(
        "tổ chức chính quyền địa phương|tổ chức chính phủ|tổ chức quốc hội|cán bộ, công chức|viên chức|đất đai|lâm nghiệp|bảo vệ môi trường|đầu tư công|đầu tư|đấu thầu|doanh nghiệp|nhà ở|kinh doanh bất động sản|xây dựng|"
        "quy hoạch|quy hoạch đô thị và nông thôn|quy hoạch đô thị|ngân sách nhà nước|quản lý, sử dụng tài sản công|quản lý thuế|kế toán|lưu trữ|bảo vệ bí mật nhà nước|an ninh mạng|giao dịch điện tử|công nghệ thông tin|dữ liệu|căn cước|cư trú|hộ tịch|"
        "tiếp công dân|khiếu nại|tố cáo|tiếp cận thông tin|thực hiện dân chủ ở cơ sở|phòng, chống tham nhũng|thanh tra|xử lý vi phạm hành chính|ban hành văn bản quy phạm pháp luật|bầu cử đại biểu quốc hội và đại biểu hội đồng nhân dân|mặt trận tổ quốc việt nam|"
        "giao thông đường bộ|đường bộ|trật tự, an toàn giao thông đường bộ|đường sắt|giao thông đường thủy nội địa|hàng hải|phòng cháy và chữa cháy|phòng cháy, chữa cháy và cứu nạn, cứu hộ|phòng, chống thiên tai|đê điều|thủy lợi|tài nguyên nước|khoáng sản|địa chất và khoáng sản|thủy sản|chăn nuôi|trồng trọt|thú y|"
        "an toàn thực phẩm|khám bệnh, chữa bệnh|bảo hiểm y tế|bảo hiểm xã hội|việc làm|lao động|giáo dục|giáo dục đại học|giáo dục nghề nghiệp|nhà giáo|trẻ em|người cao tuổi|người khuyết tật|bình đẳng giới|phòng, chống bạo lực gia đình|hôn nhân và gia đình|di sản văn hóa|du lịch|quảng cáo|báo chí|xuất bản|"
        "hợp tác xã|thương mại|cạnh tranh|chứng khoán|các tổ chức tín dụng|hải quan|thống kê|điện lực|dầu khí|hóa chất|khoa học và công nghệ|chuyển giao công nghệ|sở hữu trí tuệ|viễn thông|tần số vô tuyến điện|nghĩa vụ quân sự|dân quân tự vệ|quốc phòng|an ninh quốc gia|công an nhân dân|biên phòng việt nam|"
        "phòng, chống ma túy|phòng, chống mua bán người|phòng, chống tác hại của rượu, bia|phòng, chống bệnh truyền nhiễm|dược|công đoàn|thanh niên|thi đua, khen thưởng|thực hành tiết kiệm, chống lãng phí|thủ đô|trưng cầu ý dân|hòa giải ở cơ sở|công chứng|luật sư|thi hành án dân sự|thi hành án hình sự|tố tụng hành chính|tố tụng hình sự|tố tụng dân sự|hình sự|dân sự|"
        "lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở|giá|phí và lệ phí|thuế giá trị gia tăng|thuế thu nhập cá nhân|đầu tư theo phương thức đối tác công tư|phá sản|kiểm toán nhà nước|ngoại thương|hỗ trợ doanh nghiệp nhỏ và vừa|phổ biến, giáo dục pháp luật|tín ngưỡng, tôn giáo|an toàn, vệ sinh lao động"
    ).split("|"),
    key=len,
    reverse=True,
)
_LAW = re.compile(
    rf"(?<!\w)(?:dự thảo\s+)?(?P<law>(?:bộ luật|luật)\s+(?P<name>{'|'.join(re.escape(one).replace(chr(92) + ' ', chr(92) + 's+') for one in _LAWS)})(?!\w)(?:\s*\((?:sửa đổi|sửa đổi, bổ sung)\))?)"
)


def cited(text: str, low: str, start: int, end: int) -> tuple[str, ...]:
    """The documents cited between two places of the text, as written there, without their dates."""
    clause = low[start:end]
    if not _MAY_CITE.search(clause):
        return ()
    found = [(one.start(), one.end("code")) for one in _NUMBERED.finditer(clause) if _is_code(one)]
    laws = _LAW.finditer(clause)
    found += [one.span("law") for one in laws if text[start + one.start("law")].isupper()]
    taken = Spans()
    for span in found:
        taken.take(*span)
    found += [one.span() for one in _others(clause) if taken.take(*one.span())]
    told = dict.fromkeys(
        " ".join(text[start + at : start + to].split()).removesuffix(" về")
        for at, to in sorted(found)
    )
    longer = {one.split(" (")[0] for one in told if " (" in one}
    return tuple(one for one in told if one not in longer)


def _others(clause: str) -> Iterator[re.Match[str]]:
    """Groups carried out ("28 Nghị định của Chính phủ"), papers by their day, laws by a bare number."""
    for one in _GROUP.finditer(clause):
        if _CARRIED_OUT.search(clause[max(0, one.start() - 40) : one.start()]):
            yield one
    yield from _DATED.finditer(clause)
    yield from _PLAIN_NO.finditer(clause)


def _is_code(found: re.Match[str]) -> bool:
    """Whether signs that look like a number of a document are one."""
    code = found["code"]
    if _NOT_CODE.search(code):
        return False
    if found["type"] or found["no"]:
        return bool(_HAS_LETTERS.search(code))
    return bool(_SURE.search(code))
