"""The people of a text: their names and offices, so that "đồng chí" and "ông Sơn" find them."""

import re
from dataclasses import dataclass, field

from thongsuot.rules.directives.intake.bodies import OFFICES, Name, name_at
from thongsuot.rules.directives.intake.tokens import Words, several

__all__ = ["People", "person_at"]

_SURNAMES = several(
    "nguyễn,trần,lê,phạm,hoàng,huỳnh,phan,vũ,võ,đặng,bùi,đỗ,hồ,ngô,dương,lý,đinh,đoàn,cấn,lương,trịnh,mai,cao,tô,lâm,hà,tạ,thái,chu,châu,triệu,tống,vương,quách,kiều,nông,ma,sùng,giàng,lò,vàng,hầu,rơ,y,bạch,la,lưu,mạc,nghiêm,ninh,phùng,thân,"
    "tăng,tôn,trương,từ,ung,văn,đàm,đào,đậu,đồng,điểu,khổng,khúc,giáp,doãn,hứa,âu,bế,cù,cung,danh,diệp,đèo,lục,lại,phí,sơn,thạch,thiều,trà,trang,vi,viên,hờ,thào,cầm,quàng,tòng,chảo,tẩn,phàn,lầu,mùa,cứ,hạng,chẩu,ban,lữ,mang,kpă,ksor,rah,siu,nay,hồng,tiêu,thi,mã,tất,vừ,tráng,thập,hán,chung,đổng,hàn,khuất,kim,lều,nhâm,nhan,nhữ,phó,quản,sầm,tào,úc,xa"
)
# Provinces and cities whose names begin like a surname.
_PLACES = frozenset(
    tuple(one.split())
    for one in [
        "hà nội",
        "hà nam",
        "hà giang",
        "hà tĩnh",
        "lâm đồng",
        "cao bằng",
        "hồ chí",
        "hà đông",
        "lý sơn",
        "hà tiên",
        "văn lâm",
        "văn giang",
        "đồng nai",
        "đồng tháp",
        "mai châu",
        "vũ thư",
        "đinh hóa",
        "lạc sơn",
        "kim sơn",
        "hồng bàng",
        "hồng ngự",
        "văn chấn",
        "ninh bình",
        "ninh thuận",
        "từ sơn",
        "thái bình",
        "thái nguyên",
        "hồng lĩnh",
        "sơn la",
        "sơn tây",
        "trà vinh",
        "trà bồng",
        "tiên lãng",
        "thạch hà",
        "thạch thành",
        "bạch thông",
        "lục nam",
        "lục ngạn",
        "lục yên",
        "tân phú",
        "đồng hới",
        "đồng xoài",
        "mai sơn",
        "từ liêm",
        "lương sơn",
        "lương tài",
        "châu thành",
        "châu đốc",
        "chu sê",
    ]
)
_FORMS = frozenset(("đồng", "chí", "ông", "bà", "đ/c", "đ/c.", "anh", "chị"))
_JOBS = frozenset(
    (
        "bí",
        "chủ",
        "bộ",
        "thứ",
        "thủ",
        "phó",
        "giám",
        "tổng",
        "trưởng",
        "chánh",
        "cục",
        "vụ",
        "viện",
        "hiệu",
        "thống",
        "tư",
        "quyền",
    )
)
_BETTER = ("bí thư", "chủ tịch", "bộ trưởng", "thủ tướng", "giám đốc", "tổng bí thư", "trưởng ban")
_PLAIN = re.compile(r"ủy viên|thành viên|đại biểu|quận ủy viên|thành ủy viên|tỉnh ủy viên")


def person_at(words: Words, at: int, stop: int) -> int:
    """How many words of a person's full name begin here: a surname and one to four more names."""
    if at >= stop or not words.cap[at] or words.low[at] not in _SURNAMES:
        return 0
    if words.low[at] == "phó" and words.word(at + 1) in _JOBS:
        return 0  # "Phó Thủ tướng" is an office
    here = at + 1
    while (
        here < stop
        and here < at + 5
        and words.cap[here]
        and words.low[here].isalpha()
        and _close(words, here)
    ):
        if words.low[here] in _JOBS and words.low[here : here + 2] in (
            ["bí", "thư"],
            ["chủ", "tịch"],
            ["giám", "đốc"],
        ):
            break
        here += 1
    if here - at < 2 or (here - at == 2 and (words.low[at], words.low[at + 1]) in _PLACES):
        return 0
    return here - at


def _close(words: Words, at: int) -> bool:
    """Whether a word stands on the same line as the one before it."""
    return "\n" not in words.source.text[words.end[at - 1] : words.start[at]]


@dataclass(slots=True)
class People:
    """Who is named in a text with which offices; names by their first mention."""

    offices: dict[str, list[str]] = field(default_factory=dict)  # full name -> offices

    @classmethod
    def of(cls, words: Words) -> "People":
        """Find every person named in the words, with the offices beside the name."""
        people = cls()
        at = 0
        while at < len(words):
            size = person_at(words, at, len(words)) if words.cap[at] else 0
            if size and (not _place_name(words, at) or (size > 2 and _before(words, at))):
                people._note(words, at, size)
            at += size or 1
        return people

    def _note(self, words: Words, at: int, size: int) -> None:
        name = words.text(at, at + size)
        found = self.offices.setdefault(name, [])
        for office in (*_before(words, at), *_after(words, at + size)):
            if office not in found:
                found.append(office)

    def titled(self, name: str) -> str:
        """The person with the best office known: office and name joined."""
        offices = [one for one in self.offices.get(name, ()) if not _PLAIN.search(one.lower())]
        if not offices:
            return name
        best = min(offices, key=lambda one: (_grade(one), offices.index(one)))
        return f"{best} {name}"

    def by_given(self, told: str) -> str | None:
        """The one person whose name ends in the names told."""
        found = [name for name in self.offices if name == told or name.endswith(" " + told)]
        return found[0] if found else None

    def by_office(self, office: str) -> str | None:
        """The one person of the text who holds the office told, in words that may be fewer."""
        low = office.lower()
        for name, offices in self.offices.items():
            for one in offices:
                if (
                    one.lower() == low
                    or one.lower().startswith(low + " ")
                    or low.startswith(one.lower())
                ):
                    return name
        return None


def _grade(office: str) -> int:
    """Lower for the offices a person signs with."""
    low = office.lower()
    for at, head in enumerate(_BETTER):
        if low.startswith(head):
            return at if at < 2 else 2
    return 3


def _place_name(words: Words, at: int) -> bool:
    """Whether capitals that look like a person's name are a street's or a ward's."""
    return words.word(at - 1) in (
        "đường", "phố", "phường", "xã", "quận", "huyện", "tỉnh", "cầu", "trường", "tp", "tp.", "thpt", "thcs", "hầm", "kênh", "hồ", "sông", "thôn", "chợ", "hội", "đảo", "khu",
    )  # fmt: skip


def _before(words: Words, at: int) -> tuple[str, ...]:
    """The office that stands right before a name ("Bí thư Tỉnh ủy Hồ Quốc Dũng")."""
    here = at
    while here > 0 and words.low[here - 1] in _FORMS:
        here -= 1
    for first in range(max(0, here - 14), here):
        if words.low[first] in _JOBS and OFFICES.at(words, first, here):
            one = name_at(words, first, here)
            if one is not None and one.last == here and _close_run(words, first, here):
                return (one.text,)
    return ()


def _close_run(words: Words, first: int, last: int) -> bool:
    return all(words.low[at] not in (",", ".", ";", ":") for at in range(first, last))


def _after(words: Words, at: int) -> tuple[str, ...]:
    """The offices that follow a name after a comma or a dash, up to four of them."""
    found: list[str] = []
    here, stop = at, min(len(words), at + 60)
    while here < stop and len(found) < 4:
        sign = words.word(here)
        if sign in (",", "-", "–", "—") or (sign == "(" and not found):
            here += 1
        elif not words.cap[here] and not found:
            break
        one = _office(words, here, stop)
        if one is None:
            break
        found.append(one.text)
        here = one.last
    return tuple(found)


def _office(words: Words, at: int, stop: int) -> Name | None:
    """The office named here, "Ủy viên …" and "Tỉnh ủy viên" among them."""
    if words.low[at : at + 1] == ["phó"] and words.low[at + 1 : at + 2] == [
        "-"
    ]:  # a slip of typing
        at += 2
    if words.low[at : at + 2] == ["ủy", "viên"] or words.low[at + 1 : at + 3] == ["ủy", "viên"]:
        here = at + 2
        while (
            here < stop
            and words.low[here] not in (",", ".", ";", "-", "–", "(", ")")
            and (words.cap[here] or here < at + 4)
        ):
            here += 1
        return Name(at, here, words.text(at, here))
    if not OFFICES.at(words, at, stop) or words.low[at] in _FORMS:
        return None
    return name_at(words, at, stop)
