"""The papers of a handover: its rows turned into the values that the printed forms need."""

import io
import urllib.parse
import zipfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone, translation

from thongsuot.apps.handover import competence, queries
from thongsuot.apps.handover.models import Item, Minutes, MinutesLine, Transition
from thongsuot.apps.handover.models.choices import Kind, MinutesState, Side, TeamSide
from thongsuot.foundation.papers.balance import (
    BalanceRow,
    BalanceValues,
    Tally,
    balance_statement,
    balance_workbook,
)
from thongsuot.foundation.papers.docx import to_docx
from thongsuot.foundation.papers.fitting import fit
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.minutes import (
    CountLine,
    Delegate,
    KindCount,
    MinutesValues,
    minutes_paper,
)
from thongsuot.foundation.papers.minutes import Side as PaperSide
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import Confirmation, Letterhead, Verification
from thongsuot.foundation.trail.queries import head_of
from thongsuot.rules.handover import balance as figures
from thongsuot.rules.handover.kinds import KINDS
from thongsuot.rules.handover.ledger import Buckets
from thongsuot.rules.kernel.actor import Actor

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PRINTED = 5_000  # rows of annexes that are printed; longer ones go into the workbook beside


def _tally(items: Buckets, opened: int) -> Tally:
    return Tally(
        opened,
        items.accepted,
        items.kept,
        items.closed,
        items.destroyed,
        items.held,
        items.transit,
        items.disputed,
        items.missing,
    )


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def balance_values(actor: Actor, transition: Transition, at: datetime) -> BalanceValues:
    """The balance statement of a transition, as far as the person may see it, as of a moment."""
    rows = queries.balance(actor, transition.pk)
    names = queries.body_names(r.giver for r in rows)
    grouped: dict[tuple[int, str], list[figures.BalanceRow]] = {}
    for row in rows:
        grouped.setdefault((row.giver, row.kind), []).append(row)
    lines = []
    for (giver, kind), part in sorted(grouped.items(), key=lambda g: (names[g[0][0]], g[0][1])):
        whole = figures.total(part, giver=giver, kind=kind)
        lines.append(
            BalanceRow(
                giver=names[giver],
                kind=str(Kind(kind).label).capitalize(),
                items=_tally(whole.items, whole.opened_items),
                value=_tally(whole.value, whole.opened_value) if whole.opened_value else None,
            )
        )
    frame = Frame(
        letterhead=Letterhead(
            issuer=issuer_of(transition), place="", day=timezone.localtime(at).date()
        ),
        subject=transition.name,
        bases=_bases(transition),
        demo=transition.demo,
        made_at=at,
        verification=_verification(transition.pk),
    )
    return BalanceValues(frame=frame, rows=tuple(lines), as_of=at)


def _bases(transition: Transition) -> tuple[str, ...]:
    """The legal basis of a transition, as the first lines of a paper name it."""
    return (f"Căn cứ {transition.basis}",) if transition.basis else ()


def issuer_of(transition: Transition) -> str:
    """Who issues the papers of a transition: its handing team, else the place itself."""
    team = transition.teams.filter(side=TeamSide.HANDING).order_by("pk").first()
    names = queries.body_names([team.team_id]) if team else {}
    return next(iter(names.values()), transition.name)


def _verification(transition_id: int, code: str = "", path: str = "") -> Verification:
    """What lets a reader check the paper: the head of the ledger when it was made."""
    size, head = head_of(f"transition:{transition_id}")
    return Verification(
        code=code or f"{size}-{head[:16]}",
        url=f"{settings.SITE_URL}{path or f'/ban-giao/{transition_id}/'}",
    )


Stamp = Callable[[Minutes], Verification | None]
_STAMPS: list[Stamp] = []


def stamp_with(stamp: Stamp) -> None:
    """Let a room above print what proves signed minutes: a code, an address, a square code."""
    _STAMPS.append(stamp)


def _minutes_verification(minutes: Minutes) -> Verification:
    """What lets a reader check the minutes: what a room above gives, else their own content."""
    stamped = (stamp(minutes) for stamp in _STAMPS)
    return next((found for found in stamped if found), None) or _verification(
        minutes.transition_id,
        minutes.content[:32] if minutes.state == MinutesState.SIGNED else "",
        f"/ban-giao/{minutes.transition_id}/bien-ban/{minutes.pk}/",
    )


BALANCE_FORMS: dict[str, Callable[[BalanceValues], tuple[bytes, str, str]]] = {
    "xlsx": lambda values: (balance_workbook(values), XLSX, "xlsx"),
    "pdf": lambda values: (to_pdf(fit(balance_statement(values)).paper), PDF, "pdf"),
    "docx": lambda values: (to_docx(fit(balance_statement(values)).paper), DOCX, "docx"),
}


@translation.override("vi")  # a paper of the State is in Vietnamese, whoever asks for it
def minutes_values(minutes: Minutes, at: datetime) -> MinutesValues:
    """Everything that minutes say: both counts of every line, who signed, what was refused."""
    names = queries.body_names([minutes.giver_id, minutes.receiver_id], minutes.opened_on)
    signed = {s.side: s for s in queries.signature_rows(minutes).filter(round=minutes.round)}
    begun = minutes.signed_at or at
    frame = Frame(
        letterhead=Letterhead(
            issuer=names[minutes.giver_id],
            number=str(minutes.number),
            symbol="BB-BG",
            place="",
            day=minutes.signed_on or timezone.localtime(at).date(),
        ),
        subject=f"Bàn giao, tiếp nhận giữa {names[minutes.giver_id]} và {names[minutes.receiver_id]}",
        bases=(*_bases(minutes.transition), *competence.lines_of(minutes)),
        demo=minutes.transition.demo,
        made_at=begun,
        verification=_minutes_verification(minutes),
    )
    return MinutesValues(
        frame=frame,
        giver=_side(names[minutes.giver_id], "ĐẠI DIỆN BÊN GIAO", signed.get(Side.GIVER)),
        receiver=_side(names[minutes.receiver_id], "ĐẠI DIỆN BÊN NHẬN", signed.get(Side.RECEIVER)),
        kinds=tuple(_kinds(minutes)),
        held_from=None,
        held_until=minutes.signed_at,
        place=minutes.place or "Trụ sở bên giao",
    )


def _side(body: str, capacity: str, signature: Any) -> PaperSide:
    if signature is None:
        return PaperSide(body=body, delegates=(Delegate(name="", post=""),), capacity=capacity)
    who = Delegate(name=signature.name, post=signature.post)
    return PaperSide(
        body=body,
        delegates=(who,),
        capacity=capacity,
        signer=who,
        confirmation=Confirmation(
            at=signature.at, method="xác nhận lại bằng mật khẩu", mark=signature.content[:16]
        ),
    )


def _kinds(minutes: Minutes) -> list[KindCount]:
    found: dict[str, list[CountLine]] = {}
    for line in queries.lines_of(minutes).iterator(2_000):
        found.setdefault(line.item.kind, []).append(_count_line(line))
    return [
        KindCount(label=str(Kind(kind).label).capitalize(), lines=tuple(lines))
        for kind, lines in found.items()
    ]


def _count_line(line: MinutesLine) -> CountLine:
    item = line.item
    return CountLine(
        code=item.code,
        title=item.title,
        measure=item.measure,
        given=line.quantity if line.giver_count is None else line.giver_count,
        received=line.receiver_count,
        value=item.value,
        condition=_condition(item),
        note=item.container,
        refusal=line.reason if line.refused else "",
    )


def _condition(item: Item) -> str:
    column = KINDS[item.kind].by_key.get("condition")
    value = item.annex.get("condition")
    return column.label(str(value)) if column and value else ""


def minutes_as(values: MinutesValues, form: str) -> tuple[bytes, str, str]:
    """The minutes as PDF or DOCX; with annexes too long to print, a ZIP of the paper and its files.

    Each file that the paper names stands beside it under the name and hash printed in it.
    """
    fitted = fit(minutes_paper(values), limit=PRINTED)
    made = (
        (to_docx(fitted.paper), DOCX, "docx")
        if form == "docx"
        else (to_pdf(fitted.paper), PDF, "pdf")
    )
    if not fitted.files:
        return made
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in (
            (f"bien-ban.{made[2]}", made[0]),
            *((f.name, f.content) for f in fitted.files),
        ):
            # A fixed day: the same minutes give the same bytes.
            pack.writestr(zipfile.ZipInfo(name, (2025, 7, 1, 0, 0, 0)), content)
    return out.getvalue(), "application/zip", "zip"


def download(content: bytes, media: str, name: str) -> HttpResponse:
    """An answer that is saved as a file under that name, and kept by no cache."""
    answer = HttpResponse(content, content_type=media)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{urllib.parse.quote(name)}"
    answer["Cache-Control"] = "private, no-store"
    return answer
