"""Biên bản bàn giao, tiếp nhận: what was counted by both sides, what differs, who signed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.quantities import amount
from thongsuot.foundation.papers.values import (
    Annex,
    Block,
    Cell,
    Column,
    Confirmation,
    Heading,
    Items,
    Paper,
    Paragraph,
    Section,
    Signatory,
    Sum,
    Table,
)
from thongsuot.foundation.papers.wordings import day_in_words, local, number, roman

COMMITMENTS = (
    "Bên giao kê khai đầy đủ, trung thực những gì đang quản lý; giao đủ hồ sơ, giấy tờ kèm theo và "
    "tiếp tục giải thích, bổ sung khi bên nhận yêu cầu;",
    "Bên nhận quản lý, bảo quản và giải quyết tiếp những nội dung đã nhận kể từ khi ký Biên bản, "
    "không để gián đoạn công việc của người dân và doanh nghiệp;",
    "Nội dung chênh lệch hoặc chưa tiếp nhận nêu tại Mục III vẫn do bên giao chịu trách nhiệm cho "
    "đến khi được xử lý bằng văn bản;",
    "Sau khi ký, Biên bản không được sửa chữa, tẩy xóa; mọi điều chỉnh được lập thành biên bản bổ sung.",
)


_DOTS = "………"


@dataclass(frozen=True, slots=True)
class Delegate:
    """A person present: how addressed, name, post."""

    name: str
    post: str
    honorific: str = "Ông (bà)"


@dataclass(frozen=True, slots=True)
class Side:
    """The giving, receiving or witnessing side: its body, its people, who signs for it.

    ``capacity`` is the line above the post when signing in the name of a body ("TM. TỔ BÀN
    GIAO"). The first delegate signs unless ``signer`` names another.
    """

    body: str
    delegates: tuple[Delegate, ...]
    capacity: str = ""
    signer: Delegate | None = None
    confirmation: Confirmation | None = None


@dataclass(frozen=True, slots=True)
class CountLine:
    """One item as both sides counted it.

    Shapes: ``given`` and ``received`` in the smallest parts of ``measure``; ``received`` None
    means not counted yet and prints blank. ``refusal`` is the receiver's reason for not taking
    it, ``answer`` what the giver says to that. ``extra`` has one cell per extra column.
    """

    code: str
    title: str
    measure: str
    given: int
    received: int | None = None
    value: int | None = None
    condition: str = ""
    note: str = ""
    refusal: str = ""
    answer: str = ""
    extra: tuple[Cell, ...] = ()

    @property
    def difference(self) -> int | None:
        """Received less given, in smallest parts; None while the receiver has not counted."""
        return None if self.received is None else self.received - self.given


@dataclass(frozen=True, slots=True)
class KindCount:
    """All lines of one kind: they become one annex."""

    label: str
    lines: tuple[CountLine, ...]
    extra: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class MinutesValues:
    """Everything a minutes says.

    Shapes: ``held_from`` and ``held_until`` are the hours of the meeting; one that is not known
    leaves room to write it in by hand. It is never worked out from something else.
    """

    frame: Frame
    giver: Side
    receiver: Side
    kinds: tuple[KindCount, ...]
    held_from: datetime | None
    place: str
    held_until: datetime | None = None
    witnesses: tuple[Side, ...] = ()
    matters: tuple[str, ...] = ()
    commitments: tuple[str, ...] = COMMITMENTS
    copies: int = 4


def minutes_paper(values: MinutesValues) -> Paper:
    """The minutes of a handover between two bodies, one annex per kind.

    Law: 30-2020-ND-CP for the layout; what it must say follows the minutes forms for documents
    (its Annex V) and for public assets (01-TSC-BBGN), both read only in part.
    """
    signatories = (
        _signatory("ĐẠI DIỆN BÊN GIAO", values.giver),
        _signatory("ĐẠI DIỆN BÊN NHẬN", values.receiver),
        *(_signatory("ĐẠI DIỆN BÊN CHỨNG KIẾN", side) for side in values.witnesses),
    )
    return values.frame.paper(
        "BIÊN BẢN",
        f"Bàn giao, tiếp nhận giữa {values.giver.body} và {values.receiver.body}",
        _sections(values),
        signatories,
        annexes=tuple(
            Annex(f"Danh mục bàn giao: {kind.label}", _annex(kind)) for kind in values.kinds
        ),
    )


def _signatory(heading: str, side: Side) -> Signatory:
    signer = side.signer or next(iter(side.delegates), Delegate("", ""))
    return Signatory(
        name=signer.name,
        post=signer.post,
        heading=heading,
        capacity="" if side.capacity.upper() == heading else side.capacity,
        hint="" if side.confirmation else "(Ký, ghi rõ họ tên)",
        confirmation=side.confirmation,
    )


def _sections(values: MinutesValues) -> tuple[Section, ...]:
    sections = [
        Section("", (_opening(values),)),
        Section("THÀNH PHẦN THAM GIA", tuple(_people(values))),
        Section("NỘI DUNG BÀN GIAO, TIẾP NHẬN", tuple(_content(values))),
        Section("CHÊNH LỆCH VÀ NỘI DUNG CHƯA TIẾP NHẬN", tuple(_open_points(values))),
    ]
    if values.matters:
        sections.append(Section("Ý KIẾN CỦA CÁC BÊN", (Items(values.matters),)))
    commitments = (Items(values.commitments), _closing(values))
    return (*sections, Section("TRÁCH NHIỆM VÀ CAM KẾT CỦA CÁC BÊN", commitments))


def _hour(moment: datetime | None) -> str:
    if moment is None:
        return f"{_DOTS} giờ {_DOTS} phút"
    return f"{local(moment):%H} giờ {local(moment):%M} phút"


def _opening(values: MinutesValues) -> Paragraph:
    held = values.held_from
    day = day_in_words(local(held).date()) if held else f"ngày {_DOTS} tháng {_DOTS} năm {_DOTS}"
    place = values.place or _DOTS * 4
    return Paragraph(
        f"Hôm nay, vào hồi {_hour(held)}, {day}, tại {place}, các bên tiến hành bàn giao, "
        "tiếp nhận theo những nội dung sau đây:"
    )


def _people(values: MinutesValues) -> Iterable[Block]:
    sides = [("Bên giao", values.giver), ("Bên nhận", values.receiver)]
    sides += [("Bên chứng kiến", side) for side in values.witnesses]
    for at, (label, side) in enumerate(sides, 1):
        yield Heading(f"{at}. {label}: {side.body}", 2)
        people = [_present(one) for one in side.delegates or (Delegate("", ""),)]
        yield Items((*(f"{line};" for line in people[:-1]), f"{people[-1]}."))


def _present(one: Delegate) -> str:
    """A person present; what is not known is left to be written in."""
    return f"{one.honorific} {one.name or _DOTS * 4}, {one.post or f'chức vụ {_DOTS * 4}'}"


def _content(values: MinutesValues) -> Iterable[Block]:
    yield Heading("1. Tổng hợp số liệu kiểm đếm", 2)
    yield _summary(values.kinds)
    total = sum(line.value or 0 for kind in values.kinds for line in kind.lines)
    if total:
        yield Sum("Tổng giá trị theo sổ của bên giao", total)
    yield Heading("2. Danh mục chi tiết", 2)
    last = len(values.kinds)
    span = "Phụ lục" if last == 1 else f"các Phụ lục từ I đến {roman(max(last, 1))}"
    yield Paragraph(
        f"Danh mục chi tiết nêu tại {span} kèm theo. Phụ lục là bộ phận không tách rời của Biên bản này."
    )


def _summary(kinds: tuple[KindCount, ...]) -> Table:
    """Lines per kind; the columns of annex and value only where they say something."""
    several = len(kinds) > 1
    valued = any(_value(kind) is not None for kind in kinds)
    figures = ("Bên giao kê", "Khớp", "Chênh lệch", "Chưa đếm", "Từ chối nhận")
    columns = (
        Column("Loại", 3),
        *((Column("Phụ lục", align="center", wide=False),) if several else ()),
        *(Column(title, align="right", group="Số mục", total=True) for title in figures),
        *((Column("Giá trị theo sổ (đồng)", align="right", total=True),) if valued else ()),
    )
    rows = tuple(
        (
            kind.label,
            *((roman(at),) if several else ()),
            *_counts(kind),
            *((_value(kind),) if valued else ()),
        )
        for at, kind in enumerate(kinds, 1)
    )
    return Table(columns, rows)


def _counts(kind: KindCount) -> tuple[int, int, int, int, int]:
    """Lines in all, equal, different, not counted, refused: the last four make the first."""
    refused = sum(bool(line.refusal) for line in kind.lines)
    taken = [line for line in kind.lines if not line.refusal]
    equal = sum(line.difference == 0 for line in taken)
    uncounted = sum(line.received is None for line in taken)
    return len(kind.lines), equal, len(taken) - equal - uncounted, uncounted, refused


def _value(kind: KindCount) -> int | None:
    values = [line.value for line in kind.lines if line.value is not None]
    return sum(values) if values else None


def _open_points(values: MinutesValues) -> Iterable[Block]:
    lines = [(kind.label, line) for kind in values.kinds for line in kind.lines]
    differing = tuple(
        (line.code, line.title, kind, *_amounts(line), line.note)
        for kind, line in lines
        if line.difference and not line.refusal
    )
    refused = tuple(
        (line.code, line.title, kind, line.refusal, line.answer)
        for kind, line in lines
        if line.refusal
    )
    yield Heading("1. Chênh lệch giữa kiểm đếm của hai bên", 2)
    yield Table(_DIFFERING, differing) if differing else Paragraph("Không có.")
    yield Heading("2. Nội dung bên nhận chưa tiếp nhận và lý do", 2)
    yield Table(_REFUSED, refused) if refused else Paragraph("Không có.")


_DIFFERING = (
    Column("Mã", wide=False),
    Column("Tên, nội dung", 4),
    Column("Loại", 2),
    Column("Bên giao", align="right"),
    Column("Bên nhận", align="right"),
    Column("Chênh lệch", align="right"),
    Column("ĐVT", align="center", wide=False),
    Column("Ghi chú", 3),
)
_REFUSED = (
    Column("Mã", wide=False),
    Column("Tên, nội dung", 3),
    Column("Loại", 2),
    Column("Lý do", 4),
    Column("Ý kiến của bên giao", 3),
)


def _amounts(line: CountLine) -> tuple[Cell, Cell, Cell, str]:
    """Giver's count, receiver's count, difference and the measure they are in."""
    return (
        amount(line.given, line.measure),
        amount(line.received, line.measure),
        amount(line.difference, line.measure),
        line.measure,
    )


def _annex(kind: KindCount) -> tuple[Block, ...]:
    """The table of one kind; columns that nobody filled in are left out."""
    lines = kind.lines
    one_measure = len({line.measure for line in lines}) == 1
    counted = one_measure and all(line.received is not None for line in lines)
    valued = any(line.value is not None for line in lines)
    described = any(line.condition for line in lines)
    columns = (
        Column("Mã", wide=False),
        Column("Tên, nội dung", 4),
        *kind.extra,
        Column("ĐVT", align="center", wide=False),
        Column("Bên giao", align="right", group="Số lượng", total=one_measure),
        Column("Bên nhận", align="right", group="Số lượng", total=counted),
        Column("Chênh lệch", align="right", group="Số lượng", total=counted),
        *((Column("Giá trị theo sổ (đồng)", align="right", total=True),) if valued else ()),
        *((Column("Tình trạng", 2),) if described else ()),
        Column("Ghi chú", 2),
    )
    rows = tuple(_annex_row(line, valued=valued, described=described) for line in lines)
    total = _value(kind)
    words: tuple[Block, ...] = (Sum("Tổng giá trị theo sổ", total),) if total else ()
    return (Table(columns, rows), *words)


def _annex_row(line: CountLine, *, valued: bool, described: bool) -> tuple[Cell, ...]:
    given, received, difference, measure = _amounts(line)
    note = f"Chưa nhận: {line.refusal}" if line.refusal else line.note
    return (
        line.code,
        line.title,
        *line.extra,
        measure,
        given,
        received,
        difference,
        *((line.value,) if valued else ()),
        *((line.condition,) if described else ()),
        note,
    )


def _closing(values: MinutesValues) -> Paragraph:
    ended = values.held_until
    hour = f"{_hour(ended)} {_day_of(values, ended)}" if ended else _hour(None)
    sides = 2 + len(values.witnesses)
    each, rest = divmod(values.copies, sides)
    held = f", mỗi bên giữ {each:02d} bản" if each and not rest else ""
    return Paragraph(
        f"Việc bàn giao, tiếp nhận kết thúc vào hồi {hour}. Biên bản đã được đọc lại cho những người "
        f"tham gia cùng nghe, được lập thành {number(values.copies).zfill(2)} bản có giá trị như "
        f"nhau{held}./."
    )


def _day_of(values: MinutesValues, ended: datetime) -> str:
    day = local(ended).date()
    begun = values.held_from
    return "cùng ngày" if begun and day == local(begun).date() else day_in_words(day)
