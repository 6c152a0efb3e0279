"""Putting a document on the register, and correcting what was written down of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.models import Document, DocumentKind, Recipient
from thongsuot.apps.directives.steps import Result, chain_of, text_problems
from thongsuot.foundation.files.models import StoredFile
from thongsuot.foundation.refusal import Refused, refuse_if
from thongsuot.foundation.trail.acts import Act, action
from thongsuot.rules.directives.access import Sides
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.kernel.ref import Ref
from thongsuot.rules.kernel.text import fold, tidy

LONGEST = 1_000_000  # letters of a text: some 400 pages
MOST_RECIPIENTS = 4_000
LINES = {"number": 60, "signer": 200, "title": 500}


@action("directives.document-recorded")
def record_document(
    act: Act,
    *,
    kept_by: int,
    document: Mapping[str, Any],
    recipients: Sequence[int] = (),
    demo: bool = False,
) -> Result:
    """Put a document on the register of a body (vào sổ văn bản).

    Shapes: ``document`` has issuer (id), kind, issued_on, title; any of number, signer, text,
    file (id), covers_from and covers_to (days, both inside), carries_out (id).
    """
    act.lock(chain_of(kept_by))
    permit.allow(act.by, "document.write", Sides(assigner=kept_by))
    columns, problems = _read(act, document, 0)
    problems += permit.bodies_known({columns["issuer_id"] or 0, *recipients})
    if len(recipients) > MOST_RECIPIENTS:
        problems.append(Problem("directives.too-many-recipients", "", {"most": MOST_RECIPIENTS}))
    refuse_if(problems)
    made = Document.objects.create(
        kept_by_id=kept_by,
        unit_id=permit.unit_of(kept_by),
        demo=demo,
        made_at=act.at,
        **columns,
    )
    Recipient.objects.bulk_create(
        Recipient(document=made, body_id=body) for body in dict.fromkeys(recipients)
    )
    act.record(
        chain=chain_of(kept_by),
        subject=Ref("document", made.pk),
        after={
            "number": made.number,
            "title": made.title,
            "issued_on": made.issued_on,
            "recipients": len(set(recipients)),
        },
    )
    return {"document": made.pk}


@action("directives.document-changed")
def change_document(act: Act, *, document_id: int, document: Mapping[str, Any]) -> Result:
    """Correct what was written down of a document.

    The text stays once duties were drafted from it: their sentences point into it.
    """
    found = permit.document_in_sight(act.by, document_id)
    act.lock(chain_of(found.kept_by_id))
    permit.allow(act.by, "document.write", Sides(assigner=found.kept_by_id))
    found = Document.objects.get(pk=document_id)
    columns, problems = _read(act, document, document_id)
    pointed = found.duties.filter(start__isnull=False).exists()
    if pointed and columns["text"] != found.text:
        problems.append(Problem("directives.text-in-use", found.title))
    problems += permit.bodies_known({columns["issuer_id"] or 0})
    refuse_if(problems)
    before = {name: getattr(found, name) for name in ("number", "title", "signer", "kind")}
    Document.objects.filter(pk=document_id).update(**columns)
    act.record(
        chain=chain_of(found.kept_by_id),
        subject=Ref("document", document_id),
        before=before,
        after={name: columns[name] for name in before},
    )
    return {"document": document_id}


def _read(act: Act, values: Mapping[str, Any], own: int) -> tuple[dict[str, Any], list[Problem]]:
    columns: dict[str, Any] = {name: tidy(str(values.get(name) or "")) for name in LINES}
    problems: list[Problem] = []
    for name, most in LINES.items():
        problems += text_problems(name, columns[name], most, needed=name == "title")
    text = str(values.get("text") or "").replace("\r\n", "\n")
    problems += text_problems("text", text, LONGEST)
    kind = values.get("kind")
    if kind not in DocumentKind.values:
        problems.append(Problem("directives.choice-unknown", "", {"value": str(kind)[:40]}))
    issued_on = values.get("issued_on")
    if not isinstance(issued_on, date):
        problems.append(Problem("directives.needed", "issued_on", {"field": "issued_on"}))
    covers = (values.get("covers_from") or None, values.get("covers_to") or None)
    if (covers[0] is None) != (covers[1] is None) or (covers[0] and covers[1] < covers[0]):
        problems.append(Problem("directives.period-wrong"))
    if not values.get("issuer"):
        problems.append(Problem("directives.needed", "issuer", {"field": "issuer"}))
    columns |= {
        "kind": kind,
        "issued_on": issued_on,
        "text": text,
        "folded_text": fold(text),
        "covers_from": covers[0],
        "covers_to": covers[1],
        "issuer_id": int(values.get("issuer") or 0) or None,
        "file_id": _file(values),
        "carries_out_id": _upper(act, int(values.get("carries_out") or 0), own),
        "folded": fold(f"{columns['title']} {columns['number']}")[:700],
    }
    return columns, problems


def _file(values: Mapping[str, Any]) -> int | None:
    pk = int(values.get("file") or 0)
    if pk and not StoredFile.objects.filter(pk=pk).exists():
        raise Refused.because("directives.file-missing")
    return pk or None


DEEPEST = 20


def _upper(act: Act, upper: int, own: int) -> int | None:
    """The document that is carried out: in sight, and not one that carries this one out."""
    if not upper:
        return None
    here: Document | None = permit.document_in_sight(act.by, upper)
    for _step in range(DEEPEST):
        if here is None:
            return upper
        if here.pk == own:
            break
        here = here.carries_out
    raise Refused.because("directives.carries-itself-out")
