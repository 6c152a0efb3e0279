"""The list of proposals that a district sends up: its unfinished work, as a paper."""

from datetime import datetime

from django.utils import timezone, translation

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.lists_backlog import PROPOSALS, proposal_of, register_of
from thongsuot.apps.handover.models import Item, Transition
from thongsuot.apps.handover.papers import DOCX, issuer_of
from thongsuot.apps.handover.queries.backlog import Backlog, backlog, ordered
from thongsuot.foundation.papers.docx import to_docx
from thongsuot.foundation.papers.fitting import fit
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.values import (
    Cell,
    Column,
    Heading,
    Items,
    Letterhead,
    Paper,
    Paragraph,
    Section,
    Table,
)
from thongsuot.foundation.wording import day, number
from thongsuot.rules.handover import carry
from thongsuot.rules.kernel.actor import Actor

MOST = 2_000  # rows of the paper; more go into the workbook
COLUMNS = (
    Column("Mã", wide=False),
    Column("Nội dung", 4),
    Column("Cơ quan giao", 2),
    Column("Hạn", wide=False, align="center"),
    Column("Nơi nhận", 2),
    Column("Nơi quyết định", 2),
)


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def proposals_paper(actor: Actor, transition: Transition, at: datetime) -> Paper:
    """The proposals for all unfinished work in sight, grouped by what is proposed."""
    on = timezone.localtime(at).date()
    figures = backlog(permit.visible_in(actor, transition), transition, on)
    _table, rows = register_of(actor, transition)
    listed = list(ordered(rows)[:MOST])
    sections = [Section("", (Paragraph(_summary(figures)), Items(tuple(_method(figures)))))]
    for n, code in enumerate((c for c in carry.PROPOSALS if figures.proposals.get(c)), 1):
        some = [i for i in listed if i.proposal == code]
        title = str(PROPOSALS[code])
        heading = Heading(
            f"{n}. {title[0].upper()}{title[1:]} ({number(figures.proposals[code])})", 2
        )
        table = Table(COLUMNS, tuple(_row(item, title) for item in some))
        sections.append(Section("", (heading, table)))
    if figures.open > len(listed):
        more = f"Còn {number(figures.open - len(listed))} việc nữa trong bảng tính kèm theo."
        sections.append(Section("", (Paragraph(more, italic=True),)))
    frame = Frame(
        letterhead=Letterhead(issuer=issuer_of(transition), place="", day=on),
        subject=f"Nội dung chuyển tiếp và đề xuất – {transition.name}",  # as printed
        bases=(f"Căn cứ {transition.basis}",) if transition.basis else (),
        demo=transition.demo,
        made_at=at,
    )
    return frame.paper(
        "DANH MỤC ĐỀ XUẤT", "Nội dung chuyển tiếp", tuple(sections), (), landscape=True
    )


def _summary(figures: Backlog) -> str:
    lead = f"Còn {number(figures.open)} nhiệm vụ, hồ sơ chưa giải quyết xong, trong đó "
    lead += f"{number(figures.people)} việc liên quan trực tiếp đến người dân, doanh nghiệp. "
    return lead + f"Dự báo đến {day(figures.until)} còn {number(figures.forecast.carried)} việc."


def _method(figures: Backlog) -> list[str]:
    f = figures.forecast
    return [
        f"{number(f.certain)} việc có hạn từ {day(figures.until)} trở đi: chắc chắn chuyển tiếp.",
        f"{number(f.finished)} việc đã xong trong {f.over_days} ngày làm việc gần nhất; "
        f"còn {number(f.days_left)} ngày làm việc, giữ nhịp ấy thì xong thêm {number(f.expected)}.",
    ]


def _row(item: Item, title: str) -> tuple[Cell, ...]:
    said = proposal_of(item)
    text = item.title if said == title else f"{item.title}. Đề xuất: {said}"
    due = day(item.next_due) if item.next_due else ""
    names: dict[str, str | None] = item.__dict__  # the names stand beside the row
    return (
        item.code,
        text,
        names["giver_name"],
        due,
        names["receiver_name"] or "",
        names["asked_name"] or "",
    )


def proposals_docx(actor: Actor, transition: Transition, at: datetime) -> tuple[bytes, str]:
    """The same as a file to edit, with its media type."""
    return to_docx(fit(proposals_paper(actor, transition, at)).paper), DOCX
