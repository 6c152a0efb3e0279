"""What people take away: the receipt of signed minutes, the evidence of who decided what and when."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone, translation

from thongsuot.apps.handover import queries as handover
from thongsuot.apps.handover.models import Minutes, MinutesLine
from thongsuot.apps.handover.models.choices import Side
from thongsuot.apps.handover.queries.minutes import heading_of
from thongsuot.apps.proof import keys
from thongsuot.apps.proof.acts_words import act_name
from thongsuot.apps.proof.logs import leaves_of, tree_of
from thongsuot.apps.proof.models import Checkpoint, OfficeKey
from thongsuot.foundation.papers.fitting import fit
from thongsuot.foundation.papers.frames import Frame
from thongsuot.foundation.papers.pdf import to_pdf
from thongsuot.foundation.papers.values import (
    Column,
    Facts,
    Letterhead,
    Paragraph,
    Section,
    Table,
    Verification,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.tables.guarded import guarded
from thongsuot.foundation.trail.models import Entry
from thongsuot.foundation.wording import moment
from thongsuot.rules.proof.checkpoint import base64_of, read_line, read_note
from thongsuot.rules.proof.code import code_of
from thongsuot.rules.proof.merkle import Tree
from thongsuot.rules.proof.receipt import EVIDENCE, MINUTES, Leaf, minutes_content, write

LEAVES = 10_000  # so many leaf hashes go with a receipt; beyond, only earlier checkpoints
EARLIER = 8
MOST = 500  # acts in one evidence
CHECKER = Path(__file__).parent / "static" / "proof" / "kiem_bien_nhan.py"


def office_keys(last: OfficeKey) -> list[OfficeKey]:
    """The keys up to that one, from the last that nobody had to introduce."""
    found: list[OfficeKey] = []
    for row in OfficeKey.objects.filter(name=last.name, pk__lte=last.pk).order_by("pk"):
        found = [*found, row] if row.introduction else [row]
    return found


def in_use() -> OfficeKey:
    """The row of the key that seals now. Raises Refused when nothing was ever signed with it."""
    public = keys.current().public
    for row in OfficeKey.objects.order_by("-pk"):
        if str(keys.current().key(row.name)) == row.key:
            return row
    raise Refused.because("proof.no-checkpoint", public.hex()[:8])


def latest(chain: str, size: int) -> Checkpoint:
    """The newest checkpoint that covers that size, signed by a key that still counts.

    Raises Refused when there is none yet.
    """
    rows = Checkpoint.objects.filter(chain=chain, size__gte=size, key__in=office_keys(in_use()))
    found = rows.order_by("-size").first()
    if found is None:
        raise Refused.because("proof.no-checkpoint", chain, size=size)
    return found


def full_note(row: Checkpoint) -> str:
    """A checkpoint with the cosignatures that it has by now."""
    lines = row.cosignatures.order_by("id").values_list("line", flat=True)
    return str(read_note(row.note).with_lines(read_line(line) for line in lines))


def _coded(leaf: Leaf) -> dict[str, object]:
    return {
        "index": leaf.index,
        "prev": leaf.prev,
        "content": leaf.content,
        "proof": [base64_of(step) for step in leaf.proof],
    }


def _body(mark: Checkpoint, tree: Tree, entries: Sequence[Entry]) -> dict[str, object]:
    """What every document of this room says: keys, checkpoints, acts with their proofs."""
    known = office_keys(in_use())
    before = Checkpoint.objects.filter(
        chain=mark.chain, origin=mark.origin, size__lt=mark.size, key__in=known
    ).order_by("-size")[:EARLIER]
    hashes = Entry.objects.filter(chain=mark.chain, seq__lte=mark.size).order_by("seq")
    listed = mark.size <= LEAVES
    return {
        "origin": mark.origin,
        "made_at": mark.at.isoformat(timespec="seconds"),
        "keys": [{"key": row.key, "introduction": row.introduction} for row in known],
        "checkpoint": full_note(mark),
        "earlier": [
            {
                "checkpoint": old.note,
                "proof": [base64_of(step) for step in tree.consistency(old.size, mark.size)],
            }
            for old in before
        ],
        "leaves": base64_of(b"".join(map(bytes.fromhex, hashes.values_list("hash", flat=True))))
        if listed
        else "",
        "entries": [_coded(leaf) for leaf in leaves_of(entries, tree, mark.size)],
    }


def signatures_of(minutes: Minutes) -> dict[str, Entry]:
    """The acts by which both sides signed, by side."""
    rows = handover.signature_rows(minutes).filter(round=minutes.round).select_related("entry")
    return {row.side: row.entry for row in rows}


def code_for(minutes: Minutes) -> str:
    """The code of signed minutes; empty before both have signed."""
    signed = signatures_of(minutes).get(Side.RECEIVER)
    return code_of(signed.hash) if signed else ""


def _lines(minutes: Minutes) -> tuple[list[list[object]], dict[str, str]]:
    """The lines as they were hashed, in the order of codes, and the names of the items."""
    rows = MinutesLine.objects.filter(minutes=minutes).values_list(
        "item__code", "quantity", "item__measure", "giver_count", "receiver_count",
        "refused", "reason", "item__title",
    )  # fmt: skip
    found: list[list[object]] = [list(row) for row in rows]
    listed = sorted(found, key=lambda row: str(row[0]))
    return [row[:-1] for row in listed], {str(row[0]): str(row[-1]) for row in listed}


@translation.override("vi")
def receipt_of(minutes: Minutes) -> bytes:
    """The receipt of signed minutes, sealed.

    Raises Refused when they are not signed by both or not yet under a checkpoint.
    """
    signed = signatures_of(minutes)
    if set(signed) != set(Side.values):
        raise Refused.because("proof.not-signed-yet", str(minutes.number))
    chain = f"transition:{minutes.transition_id}"
    mark = latest(chain, signed[Side.RECEIVER].seq)
    lines, titles = _lines(minutes)
    heading = {
        name: value.isoformat() if hasattr(value, "isoformat") else value
        for name, value in heading_of(minutes).items()
    }
    names = handover.body_names([minutes.giver_id, minutes.receiver_id], minutes.opened_on)
    body = _body(mark, tree_of(chain, mark.size), [signed[Side.GIVER], signed[Side.RECEIVER]])
    return write(
        {
            **body,
            "kind": MINUTES,
            "code": code_of(signed[Side.RECEIVER].hash),
            "minutes": minutes_content(heading, lines),
            "named": {
                "giver": names[minutes.giver_id],
                "receiver": names[minutes.receiver_id],
                "number": minutes.number,
                "titles": titles,
            },
            "files": {},
        },
        keys.current().sign,
    )


@dataclass(frozen=True, slots=True)
class Matter:
    """What evidence is about: its name, the acts in order, whether it is of the demonstration."""

    title: str
    entries: tuple[Entry, ...]
    demo: bool = False


COLUMNS = ("STT", "Dòng nhật ký", "Thời điểm", "Ngày hiệu lực", "Người thực hiện", "Chức vụ",
           "Cơ quan", "Việc", "Lý do", "Căn cứ", "Trước", "Sau", "Mã băm")  # fmt: skip


def _rows(entries: Iterable[Entry]) -> Iterable[tuple[object, ...]]:
    for number, entry in enumerate(entries, 1):
        local = timezone.localtime(entry.at)
        yield (
            number, entry.seq, f"{local:%d/%m/%Y %H:%M:%S}", f"{entry.on:%d/%m/%Y}",
            entry.actor_name, entry.actor_post, entry.actor_body, act_name(entry.act),
            entry.reason, entry.authority, _said(entry.before), _said(entry.after), entry.hash,
        )  # fmt: skip


def _said(value: object) -> str:
    """The values before or after an act, short."""
    if not isinstance(value, dict):
        return "" if value is None else str(value)[:200]
    return "; ".join(f"{name}: {part}" for name, part in sorted(value.items()))[:400]


def _table(entries: Iterable[Entry]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in _rows(entries):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _summary(matter: Matter, mark: Checkpoint, code: str) -> bytes:
    rows = tuple(
        (moment(e.at), f"{e.actor_name}, {e.actor_post}".rstrip(", "), act_name(e.act),
         "; ".join(part for part in (e.reason, e.authority) if part), e.hash[:16])
        for e in matter.entries
    )  # fmt: skip
    columns = (Column("Thời điểm", 2), Column("Ai", 3), Column("Việc", 3),
               Column("Lý do, căn cứ", 3), Column("Mã băm", wide=False))  # fmt: skip
    paper = Frame(
        letterhead=Letterhead(issuer=matter.entries[-1].actor_body or "Thông Suốt"),
        subject=matter.title,
        demo=matter.demo,
        made_at=mark.at,
        verification=Verification(code=code, square=mark.note),
    ).paper(
        "HỒ SƠ DIỄN BIẾN",
        matter.title,
        (
            Section(
                "",
                (
                    Paragraph(
                        "Ai biết, ai quyết, lúc nào, theo văn bản nào: từng việc đúng như nhật ký đã "
                        "ghi. Tệp ho-so.json chứng minh mỗi việc nằm trong nhật ký và không bị sửa; "
                        "kiểm tra bằng kiem_bien_nhan.py, không cần mạng, không cần máy chủ."
                    ),
                    Facts(
                        (
                            ("Mã hồ sơ", code),
                            ("Nhật ký", mark.origin),
                            ("Số dòng nhật ký", str(mark.size)),
                            ("Số việc", str(len(rows))),
                        )
                    ),
                ),
            ),
            Section("DIỄN BIẾN", (Table(columns, rows),)),
        ),
        (),
    )
    return to_pdf(fit(paper).paper)


READ_ME = (
    "Kiểm tra hồ sơ này (máy có Python 3.9 trở lên, không cần mạng):\n\n"
    "    python3 kiem_bien_nhan.py ho-so.json\n\n"
    "Có bản in hoặc tệp điểm kiểm tra cũ thì thêm: --checkpoint TỆP; có khóa của cơ quan thì thêm: "
    "--key KHÓA.\nTốt nhất lấy kiem_bien_nhan.py từ một nơi khác hồ sơ này.\n"
)


@translation.override("vi")
def evidence_of(matter: Matter) -> bytes:
    """The folder of evidence as ZIP: summary, table, sealed proof, list of hashes, the check.

    Raises Refused when there is nothing on record or no checkpoint covers it yet.
    """
    if not matter.entries:
        raise Refused.because("proof.nothing-on-record")
    chain, last = matter.entries[-1].chain, matter.entries[-1]
    mark = latest(chain, last.seq)
    code = code_of(last.hash)
    files = {"tom-tat.pdf": _summary(matter, mark, code), "dien-bien.csv": _table(matter.entries)}
    sealed = write(
        {
            **_body(mark, tree_of(chain, mark.size), matter.entries),
            "kind": EVIDENCE,
            "code": code,
            "minutes": "",
            "named": {"title": matter.title},
            "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        },
        keys.current().sign,
    )
    files |= {
        "ho-so.json": sealed,
        "kiem_bien_nhan.py": CHECKER.read_bytes(),
        "DOC-TRUOC.txt": READ_ME.encode(),
    }
    sums = "".join(f"{hashlib.sha256(files[n]).hexdigest()}  {n}\n" for n in sorted(files))
    return _packed({**files, "SHA256SUMS.txt": sums.encode()})


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(zipfile.ZipInfo(name, (2025, 7, 1, 0, 0, 0)), content)
    return out.getvalue()
