"""What the pages show of a batch: rows, cells and words, ready to be drawn."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation.imports.columns import NUMBERS, shown
from thongsuot.foundation.imports.engine import ImportKind
from thongsuot.foundation.imports.messages_cells import NOTES, SHAPES
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.imports.queries import counts_of
from thongsuot.foundation.imports.rows import WHOLE_ROW, Fault, Staged
from thongsuot.foundation.wording import number, say
from thongsuot.rules.kernel.problem import Problem

Words = str | Promise
_STATES: dict[str, tuple[Words, str]] = {
    "n": (_("mới"), "even"),
    "c": (_("thay đổi"), "plain"),
    "s": (_("giữ nguyên"), "quiet"),
    "e": (_("lỗi"), "lost"),
    "a": (_("để riêng"), "quiet"),
}
BATCH_STATES: dict[str, tuple[Words, str]] = {
    "reading": (_("đang đọc"), "wait"),
    "asked": (_("chờ trả lời"), "wait"),
    "staged": (_("xem trước"), "plain"),
    "applied": (_("đã ghi"), "even"),
    "undone": (_("đã hoàn tác"), "lost"),
    "dropped": (_("đã bỏ"), "quiet"),
}
# Problems with the file that a person can answer on the page, and the part that asks.
ASKABLE = {
    "imports.sheet-asked": "sheet",
    "imports.only-hidden-sheets": "sheet",
    "imports.sheet-gone": "sheet",
    "imports.no-rows": "sheet",
    "imports.scale-asked": "scale",
    "imports.csv-encoding": "encoding",
    "imports.file-is-csv": "as_csv",
    "imports.header-not-found": "columns",
    "imports.column-missing": "columns",
    "imports.column-twice": "columns",
}


@dataclass(frozen=True, slots=True)
class Head:
    """One column on the screen."""

    key: str
    title: str
    number: bool


@dataclass(slots=True)
class CellOnScreen:
    """One cell: its text, what is said of it, what stood in the file, what it changes."""

    key: str
    title: str
    text: str
    look: str = ""
    why: list[str] = field(default_factory=list)
    note: str = ""
    original: str = ""
    was: str = ""
    typed: str = ""
    edit: bool = False
    number: bool = False


@dataclass(slots=True)
class RowOnScreen:
    """One staged row as it is drawn."""

    number: int
    word: Words
    state: str
    why: list[str]
    cells: list[CellOnScreen]
    editing: bool
    can_edit: bool


def heads(
    kind: ImportKind, batch: ImportBatch, rows: Iterable[Staged], *, faults_first: bool = False
) -> list[Head]:
    """The columns to show: those of the file, and any that something is said about.

    ``faults_first``: columns with errors come right after code and name, so that nobody has to
    look for them at the far end of a wide table.
    """
    told = {fault.column for row in rows for fault in row.faults if fault.blocks}
    placed = batch.layout.get("places", {})
    shown_at = [at for at, c in enumerate(kind.columns) if c.key in placed or at in told]
    if faults_first:
        first = shown_at[:2]
        shown_at.sort(key=lambda at: (at not in first, at not in told))
    return [
        Head(kind.names[at], kind.columns[at].title, str(kind.columns[at].type) in NUMBERS)
        for at in shown_at
    ]


def all_heads(kind: ImportKind) -> list[Head]:
    """Every column of the kind."""
    return [Head(c.key, c.title, str(c.type) in NUMBERS) for c in kind.columns]


def row_on_screen(
    kind: ImportKind, row: Staged, columns: Sequence[Head], editing: bool = False
) -> RowOnScreen:
    """A staged row as it is drawn; ``editing`` opens every cell of it."""
    word, state = _STATES[row.state]
    if row.shape:
        word = SHAPES.get(row.shape, word)
    whole = [said(fault) for fault in row.faults if fault.column == WHOLE_ROW]
    apart = row.state == "a"
    texts = [str(value) for value in row.values if value not in (None, "")]
    if apart:
        whole.append(" · ".join(texts)[:300])
    cells = [] if apart else [_cell(kind, row, head, editing) for head in columns]
    return RowOnScreen(
        row.number,
        word,
        state,
        whole,
        cells,
        editing or any(cell.edit for cell in cells),
        not apart,
    )


def said(fault: Fault) -> str:
    """The sentence for what is wrong in a cell."""
    return say(fault.problem())


def _cell(kind: ImportKind, row: Staged, head: Head, editing: bool) -> CellOnScreen:
    at = kind.at[head.key]
    column = kind.columns[at]
    faults = [fault for fault in row.faults if fault.column == at]
    text = shown(column, row.values[at])
    cell = CellOnScreen(head.key, head.title, text, why=[said(fault) for fault in faults])
    cell.number = head.number
    blocked = next((fault for fault in faults if fault.blocks), None)
    cell.edit = editing or blocked is not None
    cell.typed = _proposed(blocked) if blocked else text
    if blocked:
        cell.look = "bad"
    elif faults:
        cell.look = "note"
    original, note = row.notes.get(str(at), ["", ""])
    if note and not blocked:
        cell.look = cell.look or "note"
        cell.note, cell.original = str(NOTES.get(note, note)), original if original != text else ""
    if head.key in row.was:
        cell.look = "changed"
        cell.was = shown(column, row.was[head.key]) or "–"
    return cell


def _proposed(fault: Fault) -> str:
    """What the box starts with: the proposal of old text, else what stands in the file."""
    if fault.code == "cell.old-encoding":
        return str(fault.facts.get("proposal", fault.raw))
    return fault.raw


def tags(batch: ImportBatch) -> list[tuple[str, str, str]]:
    """The counts as words with a state, and the filter that shows those rows."""
    counts = counts_of(batch)
    named = (
        (counts.new, _("mới"), "even", "moi"),
        (counts.changed, _("thay đổi"), "plain", "thay-doi"),
        (counts.same, _("giữ nguyên"), "plain", "giu-nguyen"),
        (counts.warned, _("lưu ý"), "wait", "luu-y"),
        (counts.aside, _("để riêng"), "quiet", "de-rieng"),
        (counts.error, _("lỗi"), "lost", "loi"),
    )
    return [(f"{number(count)} {word}", state, name) for count, word, state, name in named if count]


def asked(problems: Iterable[Problem]) -> set[str]:
    """Which parts of the question page are needed."""
    return {
        ASKABLE[problem.code] for problem in problems if problem.blocks and problem.code in ASKABLE
    }


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """One column of the file on the page that maps columns."""

    at: int
    letters: str
    title: str
    sample: tuple[str, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class TotalOnScreen:
    """The sum of a column, as written and as a person may type it."""

    key: str
    title: str
    text: str
    paper: str
