"""Papers of decisions in the Decree 30/2020 layout: submission, invitation, resolution, assignment."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone, translation

from thongsuot.apps.authority.queries.fields import field_names, matter_names
from thongsuot.apps.decisions.models import Docket, DocketStep, Session, Version
from thongsuot.apps.decisions.models.choices import Sort, Track
from thongsuot.apps.registry.naming import body_names
from thongsuot.foundation.papers import Paper, fit, to_docx, to_pdf
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.values import (
    Block,
    Cell,
    Column,
    Facts,
    Heading,
    Items,
    Letterhead,
    Paragraph,
    Section,
    Signatory,
    Table,
)
from thongsuot.foundation.wording import day

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _letterhead(issuer: str, number: str, at: datetime) -> Letterhead:
    """The head of a paper; a number such as 12/TTr-UBND is split at its first stroke."""
    first, _, rest = number.partition("/")
    return Letterhead(issuer=issuer, number=first, symbol=rest, place="",
                      day=timezone.localtime(at).date())  # fmt: skip


def _number_of(row: Docket, act: str) -> str:
    step = DocketStep.objects.filter(docket=row, act=act).order_by("-pk").first()
    return step.number if step else ""


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Paragraph(line.strip()) for line in text.splitlines() if line.strip())


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def submission(row: Docket, at: datetime) -> Paper:
    """The submission of the committee (tờ trình): what, why, which opinions were taken in."""
    names = body_names([row.owner_id, row.party_id, row.council_id])
    council = names.get(row.council_id or 0, "")
    to = council if row.track == Track.COUNCIL else names.get(row.party_id or 0, "")
    said = [
        f"{body_names([c.body_id])[c.body_id]}: {c.opinion.get_stance_display()}"
        for c in row.consultations.filter(opinion__isnull=False).select_related("opinion")
    ]
    papers = tuple(f"{p.get_kind_display()}: {p.title}" for p in row.papers.order_by("pk"))
    blocks: tuple[Block, ...] = (
        Paragraph(f"Kính gửi: {to}", align="center", bold=True),
        *_paragraphs(row.summary),
        *((Heading("Ý kiến của các cơ quan", 2), Items(tuple(said))) if said else ()),
        *((Heading("Tài liệu kèm theo", 2), Items(papers)) if papers else ()),
        Paragraph(f"{names[row.owner_id]} kính trình {to} xem xét, quyết định."),
    )
    return Frame(
        letterhead=_letterhead(names[row.owner_id], _number_of(row, "submit"), at),
        bases=(f"Căn cứ {row.basis}",) if row.basis else (),
        recipients=("Như trên", names.get(row.party_id or 0, ""), "Lưu: VT"),
        demo=row.demo,
        made_at=at,
    ).paper(
        "TỜ TRÌNH", row.title, (Section("", blocks),),
        (Signatory("", "CHỦ TỊCH", capacity="TM. ỦY BAN NHÂN DÂN", hint="(Ký, đóng dấu)"),),
    )  # fmt: skip


@translation.override("vi")
def resolution(row: Docket, at: datetime) -> Paper:
    """The resolution of the council, or the decision of the committee, with what is to be done."""
    by_council = row.track == Track.COUNCIL
    names = body_names([row.owner_id, row.council_id, *row.tasks.values_list("lead", flat=True)])
    issuer = names[row.council_id or 0] if by_council else names[row.owner_id]
    vote = row.votes.order_by("-pk").first()
    tasks = tuple(
        f"{t.text} ({names[t.lead_id]}, hạn {day(t.due_on)})" for t in row.tasks.order_by("pk")
    )
    blocks: list[Block] = [Heading("Điều 1. Nội dung", 2), *_paragraphs(row.summary)]
    blocks.append(Heading("Điều 2. Tổ chức thực hiện", 2))
    blocks.append(Items(tasks) if tasks else Paragraph("Giao UBND tổ chức thực hiện."))
    if vote is not None:
        blocks.append(Heading("Điều 3. Hiệu lực", 2))
        blocks.append(
            Paragraph(
                f"Nghị quyết được thông qua tại {vote.session.name} ngày {day(vote.session.on)}, "
                f"{vote.votes_for} trên {vote.members} đại biểu tán thành."
            )
        )
    title = "CHỦ TỊCH"
    return Frame(
        letterhead=_letterhead(issuer, row.number, at),
        bases=tuple(
            b for b in (f"Căn cứ {row.basis}" if row.basis else "", f"Xét Tờ trình số {_number_of(row, 'submit')}" if _number_of(row, "submit") else "") if b
        ),
        recipients=("Như Điều 2", "Lưu: VT"),
        demo=row.demo,
        made_at=at,
    ).paper(
        "NGHỊ QUYẾT" if by_council else "QUYẾT ĐỊNH", row.title, (Section("", tuple(blocks)),),
        (Signatory("", title, hint="(Ký, đóng dấu)"),),
    )  # fmt: skip


@translation.override("vi")
def invitation(row: Session, at: datetime) -> Paper:
    """The invitation to a session with its agenda and the papers (giấy mời)."""
    council = body_names([row.council_id])[row.council_id]
    agenda = tuple(
        f"{d.title} ({d.papers.count()} tài liệu)" for d in row.dockets.order_by("pk")
    ) or ("Chương trình gửi sau",)
    facts = Facts(
        (
            ("Thời gian", f"{row.starts_at:%H:%M} ngày {day(row.on)}"),
            ("Địa điểm", row.place),
            ("Loại kỳ họp", str(row.get_kind_display())),
        )
    )
    blocks: tuple[Block, ...] = (
        Paragraph("Kính gửi: Các vị đại biểu Hội đồng nhân dân", align="center", bold=True),
        Paragraph(f"{council} kính mời đại biểu dự {row.name}:"),
        facts,
        Heading("Nội dung", 2),
        Items(agenda),
        Paragraph("Tài liệu được gửi tới đại biểu trước kỳ họp. Đề nghị đại biểu sắp xếp dự đủ."),
    )
    return Frame(
        letterhead=_letterhead(council, row.convened_no, at),
        recipients=("Như trên", "Lưu: VT"),
        demo=row.demo,
        made_at=at,
    ).paper(
        "GIẤY MỜI", f"Dự {row.name}", (Section("", blocks),),
        (Signatory("", "CHỦ TỊCH", hint="(Ký, đóng dấu)"),),
    )  # fmt: skip


@translation.override("vi")
def version_paper(row: Version, at: datetime) -> Paper:
    """A regulation, or a duty assignment with its table of who has what."""
    names = body_names([row.body_id, row.other_id])
    blocks: list[Block] = list(_paragraphs(row.text))
    lines = list(row.lines.order_by("pk"))
    fields, matters = field_names(), matter_names(x.matter for x in lines)
    if lines:
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (x.person, x.title, fields.get(x.field, x.field), matters.get(x.matter, x.matter) or "toàn lĩnh vực", str(x.get_role_display()))
            for x in lines
        )  # fmt: skip
        columns = (Column("Người", 3), Column("Chức vụ", 3), Column("Lĩnh vực", 3),
                   Column("Việc", 4), Column("Vai trò", wide=False))  # fmt: skip
        blocks += [Heading("Phân công", 2), Table(columns, rows)]
    if row.other_id:
        blocks.insert(0, Paragraph(f"Giữa {names[row.body_id]} và {names[row.other_id]}."))
    since = f"Áp dụng từ ngày {day(row.since)}."
    kind = "QUYẾT ĐỊNH" if row.sort == Sort.ASSIGNMENT else "QUY CHẾ"
    return Frame(
        letterhead=_letterhead(names[row.body_id], row.number, at),
        recipients=("Các phòng, ban, đơn vị", "Lưu: VT"),
        demo=row.demo,
        made_at=at,
    ).paper(
        kind, row.title, (Section("", (*blocks, Paragraph(since))),),
        (Signatory("", "CHỦ TỊCH", hint="(Ký, đóng dấu)"),),
    )  # fmt: skip


DOCKET: dict[str, Callable[[Docket, datetime], Paper]] = {
    "to-trinh": submission,
    "nghi-quyet": resolution,
}
FORMS: dict[str, Callable[[Paper], tuple[bytes, str]]] = {
    "pdf": lambda paper: (to_pdf(fit(paper).paper), PDF),
    "docx": lambda paper: (to_docx(fit(paper).paper), DOCX),
}
