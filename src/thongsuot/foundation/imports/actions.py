"""Doing: bring a file in, answer questions, fix cells, apply all or nothing, take back, drop."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec
from django.db import transaction
from django.db.models import F

from thongsuot.foundation.bulk import bulk_insert
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.files.store import path_of
from thongsuot.foundation.imports import queries
from thongsuot.foundation.imports.cache import roomy_cache
from thongsuot.foundation.imports.engine import ImportKind, Ready, Session, Values, kind_of
from thongsuot.foundation.imports.fixing import compare_paper, fix_rows, typed_cells
from thongsuot.foundation.imports.models import ColumnMapping, ImportBatch, StagedPage, State
from thongsuot.foundation.imports.preview import Preview, Source, prepare
from thongsuot.foundation.imports.rows import CHANGED, NEW, Counts, decode
from thongsuot.foundation.imports.staging import Table, Tell, digest_of
from thongsuot.foundation.imports.table import IGNORED, Options
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.kernel.problem import Problem, blocking
from thongsuot.rules.kernel.ref import Ref

Result = dict[str, object]


def _chain(batch: int) -> str:
    return f"import:{batch}"


def _ref(batch: ImportBatch) -> Ref:
    return Ref("import", batch.pk)


@action("imports.file-brought")
def bring(
    act: Act,
    *,
    kind: str,
    scope: dict[str, object],
    file: int,
    name: str,
    options: dict[str, object],
) -> Result:
    """Open an import for a kept file. Nothing is read yet: staging follows, as long work.

    Raises Refused when the person may not import into the scope.
    """
    declared = kind_of(kind)
    declared.may(act.by, scope)
    stored = StoredFile.objects.get(pk=file)
    batch = ImportBatch.objects.create(
        kind=kind,
        scope=scope,
        scope_key=queries.scope_key(kind, scope),
        body=declared.body(scope),
        owner=act.by.user,
        owner_name=act.by.name,
        file=stored,
        file_name=name[:200],
        options=msgspec.to_builtins(msgspec.convert(options, Options)),
        created_at=act.at,
    )
    act.record(
        chain=_chain(batch.pk),
        subject=_ref(batch),
        after={"kind": kind, "scope": scope, "file": stored.sha256, "name": name},
    )
    return {"batch": batch.pk}


def stage(batch_id: int, tell: Tell = lambda _done, _total: None) -> State:
    """Read the file of a batch and stage every row; also again, after answers. Long work.

    Writes no ledger and no trail: the batch says of itself that it was read. Returns where the
    batch now stands: staged, or asked when a question or a refusal stands in the way.
    """
    batch = ImportBatch.objects.get(pk=batch_id)
    kind = kind_of(batch.kind)
    options = queries.options_of(batch)
    preview = prepare(
        Source(path_of(batch.file.sha256), batch.file_name),
        kind,
        lambda: kind.open(batch.scope),
        options,
        lambda fingerprint: queries.remembered_mapping(batch.kind, batch.body, fingerprint),
        tell,
    )
    earlier = queries.earlier_with(batch)
    if earlier is not None:
        facts = {
            "number": earlier.pk,
            "at": earlier.ended_at.isoformat() if earlier.ended_at else "",
        }
        preview.problems.append(Problem("imports.same-file", "", facts, blocks=False))
    with transaction.atomic():
        return _keep(batch, kind, preview)


def _keep(batch: ImportBatch, kind: ImportKind, preview: Preview) -> State:
    """Put what was staged into the place of what was staged before, unless it is too late.

    Cells that a person typed in the same sheet are typed again.
    """
    now = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if now.version != batch.version or now.state in (State.APPLIED, State.UNDONE, State.DROPPED):
        return State(now.state)
    typed = typed_cells(now, kind) if now.sheet == preview.sheet else []
    StagedPage.objects.filter(batch=now).delete()
    table = preview.table
    now.state = State.STAGED if table is not None else State.ASKED
    now.sheet = preview.sheet
    now.problems = [queries.plain_problem(problem) for problem in preview.problems]
    now.layout = {
        "sheets": list(preview.sheets),
        "hidden": list(preview.hidden),
        "first": preview.layout.first,
        "last": preview.layout.last,
        "titles": [queries.storable(title) for title in preview.layout.titles],
        "places": preview.layout.places,
        "fingerprint": preview.layout.fingerprint,
        "keys": list(preview.layout.keys),
        "sample": [[queries.storable(text) for text in row] for row in preview.sample],
        "file": preview.kind_of_file,
    }
    now.counts, now.totals, now.digest, now.reading = {}, {}, "", {}
    if table is not None:
        _keep_pages(now, table)
        if typed:
            fix_rows(now, kind, kind.open(now.scope), typed, again=True)
    now.version += 1
    now.save()
    return State(now.state)


_PAGE_COLUMNS = ("batch_id", "number", "first", "last", *Counts.__struct_fields__, "content")


def _keep_pages(batch: ImportBatch, table: Table) -> None:
    rows = (
        (batch.pk, at, page.first, page.last, *msgspec.structs.astuple(page.counts), page.content)
        for at, page in enumerate(table.pages)
    )
    bulk_insert(StagedPage, _PAGE_COLUMNS, rows)
    batch.counts = msgspec.to_builtins(table.counts)
    batch.totals = {key: str(total) for key, total in table.sums.items()}
    batch.reading = msgspec.to_builtins(table.reading)
    batch.digest = table.digest


def _open_batch(act: Act, batch_id: int, version: int, *states: State) -> ImportBatch:
    """The batch, locked, after making sure that this person may change it as it was seen."""
    act.lock(_chain(batch_id))
    batch = ImportBatch.objects.select_for_update().filter(pk=batch_id).first()
    if batch is None:
        raise Refused.missing(Problem("imports.batch-unknown", str(batch_id)))
    kind_of(batch.kind).may(act.by, batch.scope)
    if batch.state not in states:
        raise Refused.conflict(
            Problem("imports.batch-state", str(batch_id), {"state": batch.state})
        )
    if version and batch.version != version:
        raise Refused.conflict(Problem("imports.batch-changed", str(batch_id)))
    return batch


@action("imports.answered")
def answer(act: Act, *, batch_id: int, version: int, options: dict[str, object]) -> Result:
    """Answer what is asked about the file, or map its columns anew; it is then staged again.

    A mapping is remembered for the same header, kind and body.
    """
    batch = _open_batch(act, batch_id, version, State.STAGED, State.ASKED, State.READING)
    before = batch.options
    kept = msgspec.convert({**before, **options}, Options)
    batch.options = msgspec.to_builtins(kept)
    batch.state = State.READING
    batch.version += 1
    batch.save(update_fields=["options", "state", "version"])
    if kept.mapping is not None:
        _remember(act, batch, kept.mapping)
    act.record(chain=_chain(batch.pk), subject=_ref(batch), before=before, after=batch.options)
    return {"batch": batch.pk, "version": batch.version}


def _remember(act: Act, batch: ImportBatch, mapping: Mapping[str, str]) -> None:
    keys = batch.layout.get("keys", [])
    named = {
        keys[int(at)]: key
        for at, key in mapping.items()
        if at.isdecimal() and int(at) < len(keys) and keys[int(at)]
    }
    if named:
        ColumnMapping.objects.update_or_create(
            kind=batch.kind,
            body=batch.body,
            fingerprint=batch.layout["fingerprint"],
            defaults={"mapping": named, "by": act.by.user, "at": act.at},
        )


@action("imports.totals-stated")
def state_totals(act: Act, *, batch_id: int, paper: dict[str, int], explained: str = "") -> Result:
    """Say what the signed paper states; a difference must be explained before applying."""
    batch = _open_batch(act, batch_id, 0, State.STAGED)
    kind = kind_of(batch.kind)
    before = {"paper": batch.options.get("paper", {}), "explained": batch.options.get("explained")}
    batch.options = {**batch.options, "paper": paper, "explained": explained}
    compare_paper(batch, kind)
    batch.version += 1
    batch.save(update_fields=["options", "problems", "version"])
    act.record(
        chain=_chain(batch.pk),
        subject=_ref(batch),
        before=before,
        after={"paper": paper, "explained": explained},
    )
    return {"batch": batch.pk}


@action("imports.cells-fixed")
def fix_cells(act: Act, *, batch_id: int, version: int, cells: list[dict[str, object]]) -> Result:
    """Type cells anew in the staged rows; the file itself is not touched.

    Shapes: each of ``cells`` is ``{"row": number in the file, "column": key, "text": typed}``.
    Returns the new version and how many rows still have errors.
    """
    batch = _open_batch(act, batch_id, version, State.STAGED)
    kind = kind_of(batch.kind)
    before, after = fix_rows(batch, kind, kind.open(batch.scope), cells)
    batch.version += 1
    batch.save(update_fields=["version", "counts", "totals", "digest", "problems"])
    act.record(chain=_chain(batch.pk), subject=_ref(batch), before=before, after=after)
    return {"batch": batch.pk, "version": batch.version, "errors": queries.counts_of(batch).error}


@action("imports.applied")
def apply(act: Act, *, batch_id: int, digest: str, leave_errors: bool = False) -> Result:
    """Write the whole batch, all of it or nothing, exactly as it was previewed.

    Shapes: ``digest`` is that of the preview the person saw. Rows with errors stop the whole
    batch, unless ``leave_errors``: then they are left out, and stay downloadable.

    Raises Refused: the preview is out of date, rows have errors, the signed total differs.
    """
    seen = ImportBatch.objects.filter(pk=batch_id).first()
    if seen is None:
        raise Refused.missing(Problem("imports.batch-unknown", str(batch_id)))
    kind = kind_of(seen.kind)
    chain = kind.chain(seen.scope)
    act.lock(chain)
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    kind.may(act.by, batch.scope)
    contents = _refuse_unready(batch, digest, leave_errors)
    counts = queries.counts_of(batch)
    entry = act.record(
        chain=chain,
        subject=kind.subject(batch.scope),
        after={
            "import": batch.pk,
            "kind": batch.kind,
            "file": batch.file.sha256,
            "name": batch.file_name,
            "sheet": batch.sheet,
            "digest": batch.digest,
            "counts": msgspec.to_builtins(counts),
        },
    )
    session = kind.open(batch.scope)
    with roomy_cache():
        written = kind.write(act, queries.view_of(batch), _ready_pages(kind, session, contents))
    batch.state, batch.entry, batch.ended_at = State.APPLIED, entry.pk, act.at
    batch.result = dict(written)
    batch.version += 1
    batch.save(update_fields=["state", "entry", "ended_at", "result", "version"])
    return {"batch": batch.pk, "new": counts.new, "changed": counts.changed, **written}


def _refuse_unready(batch: ImportBatch, digest: str, leave_errors: bool) -> list[bytes]:
    """Refuse what may not be written now; returns what the staged pages hold."""
    if batch.state != State.STAGED:
        raise Refused.conflict(
            Problem("imports.batch-state", str(batch.pk), {"state": batch.state})
        )
    contents = list(queries.contents_of(batch))
    if digest != batch.digest or digest_of(contents) != batch.digest:
        raise Refused.conflict(Problem("imports.batch-changed", str(batch.pk)))
    refuse_if(blocking(queries.problems_of(batch)))
    counts = queries.counts_of(batch)
    if counts.error and not leave_errors:
        raise Refused.because("imports.rows-with-errors", str(batch.pk), count=counts.error)
    if not counts.to_write:
        raise Refused.because("imports.nothing-to-write", str(batch.pk), same=counts.same)
    return contents


def _ready_pages(
    kind: ImportKind, session: Session, contents: Sequence[bytes]
) -> Iterator[Sequence[Ready]]:
    """The rows to write. Asks the database nothing: it may be read while COPY is running."""
    names, fill = kind.names, session.fill
    for content in contents:
        ready = []
        for row in decode(content):
            if row.state in (NEW, CHANGED):
                values: Values = dict(zip(names, row.values, strict=True))
                fill(values)  # judged when the row was staged
                ready.append(Ready(row.number, row.key, values, row.was))
        if ready:
            yield ready


@action("imports.taken-back")
def take_back(act: Act, *, batch_id: int, reason: str) -> Result:
    """Undo a whole applied batch, with a reason; what it wrote is reversed by its room.

    Raises Refused when the kind cannot be undone, or what was written has moved on since.
    """
    seen = ImportBatch.objects.filter(pk=batch_id).first()
    if seen is None:
        raise Refused.missing(Problem("imports.batch-unknown", str(batch_id)))
    kind = kind_of(seen.kind)
    chain = kind.chain(seen.scope)
    act.lock(chain)
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    kind.may(act.by, batch.scope)
    if batch.state != State.APPLIED:
        raise Refused.conflict(
            Problem("imports.batch-state", str(batch.pk), {"state": batch.state})
        )
    if kind.take_back is None:
        raise Refused.because("imports.no-undo", kind.title)
    if not reason.strip():
        raise Refused.because("imports.reason-missing", str(batch.pk))
    act.record(
        chain=chain,
        subject=kind.subject(batch.scope),
        before={"import": batch.pk, "digest": batch.digest},
        reason=reason.strip(),
    )
    with roomy_cache():
        undone = kind.take_back(act, queries.view_of(batch))
    batch.state, batch.reason, batch.ended_at = State.UNDONE, reason.strip(), act.at
    batch.version += 1
    batch.save(update_fields=["state", "reason", "ended_at", "version"])
    return {"batch": batch.pk, **undone}


@action("imports.dropped")
def drop(act: Act, *, batch_id: int) -> Result:
    """Let go of an import that was not applied. The file itself stays, by its hash."""
    batch = _open_batch(act, batch_id, 0, State.STAGED, State.ASKED, State.READING)
    StagedPage.objects.filter(batch=batch).delete()
    before = {"state": batch.state, "digest": batch.digest}
    batch.state, batch.ended_at = State.DROPPED, act.at
    batch.version = F("version") + 1
    batch.save(update_fields=["state", "ended_at", "version"])
    act.record(chain=_chain(batch.pk), subject=_ref(batch), before=before)
    return {"batch": batch.pk}


__all__ = ["IGNORED", "answer", "apply", "bring", "drop", "fix_cells", "stage", "take_back"]
