"""The book of the watch: what happened at a place between two days, on the page and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone, translation

from thongsuot.apps.guarding import queries
from thongsuot.apps.guarding.models import Alarm, How, Place, Rung, Taking
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import (
    Column,
    Facts,
    Letterhead,
    Paper,
    Paragraph,
    Section,
    Signatory,
    Table,
)
from thongsuot.foundation.wording import day
from thongsuot.rules.guarding.rounds import Round, State
from thongsuot.rules.guarding.spans import Span

WORDS = {
    State.ON_TIME: "đúng giờ",
    State.GRACE: "trong hạn châm chước",
    State.LATE: "muộn",
    State.SILENT: "im lặng",
}


@dataclass(frozen=True, slots=True)
class Book:
    """What stands in the book: who held the watch at its beginning, takings, rounds, alarms."""

    opening: str
    takings: Sequence[Taking]
    rounds: Sequence[Round]
    alarms: Sequence[Alarm]

    @property
    def counts(self) -> dict[str, int]:
        """How many rounds stand in each state."""
        return {state.value: sum(r.state == state for r in self.rounds) for state in State}


def book_of(place: Place, window: Span, now: datetime) -> Book:
    """The book of a place inside a window; rounds not due yet are left out."""
    takings = Taking.objects.filter(place=place, at__gte=window.since, at__lt=window.until)
    before = Taking.objects.filter(place=place, at__lt=window.since).order_by("-at")
    first = before.select_related("guard__person").first()
    end = min(window.until, place.until or now, now)
    begin = max(window.since, place.since)
    return Book(
        opening=first.guard.person.full_name if first else "",
        takings=tuple(takings.select_related("guard__person", "left__person").order_by("at")),
        rounds=queries.rounds_of(place, Span(begin, end), now) if begin < end else (),
        alarms=tuple(
            Alarm.objects.filter(place=place, at__gte=window.since, at__lt=window.until)
            .select_related("guard__person")
            .order_by("at", "pk")
        ),
    )


def _clock(at: datetime | None) -> str:
    return "" if at is None else f"{timezone.localtime(at):%H:%M %d/%m/%Y}"


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def book_pdf(place: Place, book: Book, first: date, last: date, now: datetime) -> bytes:
    """The book as PDF, with room for the signatures of the head of shift and of the office."""
    takings = tuple(
        (
            _clock(t.at),
            t.left.person.full_name if t.left else "",
            t.guard.person.full_name,
            str(How(t.how).label),
            t.reason,
        )
        for t in book.takings
    )
    rounds = tuple((_clock(r.due), _clock(r.done), WORDS[r.state]) for r in book.rounds)
    alarms = tuple(
        (_clock(a.due), str(a.get_about_display()), str(Rung(a.rung).label), _clock(a.at),
         "" if a.told else "không có tài khoản") for a in book.alarms
    )  # fmt: skip
    counts = book.counts
    summary = (
        f"Trong thời gian này có {len(book.rounds)} vòng tuần tra đến hạn: "
        f"{counts['on-time']} đúng giờ, {counts['grace']} trong hạn châm chước, "
        f"{counts['late']} muộn, {counts['silent']} im lặng."
    )
    sections = (
        Section("", (
            Facts((
                ("Nơi bảo vệ", place.name),
                ("Địa chỉ", place.address),
                ("Từ ngày đến ngày", f"{day(first)} – {day(last)}"),
                ("Giữ ca khi mở sổ", book.opening),
            )),
            Paragraph(summary),
        )),
        Section("Giao nhận ca", (Table(
            (Column("Lúc", wide=False), Column("Người giao", 3), Column("Người nhận", 3),
             Column("Cách giao", 3), Column("Ghi chú", 3)), takings),)),
        Section("Tuần tra", (Table(
            (Column("Đến hạn"), Column("Xong lúc"), Column("Tình trạng")), rounds),)),
        Section("Báo động", (Table(
            (Column("Việc đến hạn"), Column("Về việc"), Column("Báo cho"), Column("Lúc báo"),
             Column("Ghi chú")), alarms),)),
    )  # fmt: skip
    paper = Paper(
        letterhead=Letterhead(issuer=body_names([place.body_id])[place.body_id]),
        kind="SỔ TRỰC BẢO VỆ",
        subject=f"{place.name}, từ {day(first)} đến {day(last)}",
        sections=sections,
        signatories=(Signatory("", "TRƯỞNG CA"), Signatory("", "LÃNH ĐẠO CƠ QUAN")),
        demo=place.demo,
        made_at=now,
    )
    return to_pdf(paper)
