"""Looking: receipts by their code, what is on record about a thing, the log with its checkpoints."""

from dataclasses import dataclass

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Count, Max, Model, OuterRef, QuerySet, Subquery

from thongsuot.apps.handover import queries as handover
from thongsuot.apps.handover.models import Item, Minutes
from thongsuot.apps.proof import documents
from thongsuot.apps.proof.logs import content_of, tree_of
from thongsuot.apps.proof.models import (
    Checkpoint,
    Seen,
    SignedPdf,
    TrustedLog,
    Witness,
    WitnessAddress,
)
from thongsuot.foundation.refusal import Refused
from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.checkpoint import Checkpoint as Mark
from thongsuot.rules.proof.code import Square, code_of, hash_beginning
from thongsuot.rules.proof.merkle import leaf_hash
from thongsuot.rules.proof.receipt import SIGNED
from thongsuot.rules.proof.verify import Held

HASH_DIGITS = 64
LARGEST = 2**63 - 1


def signing_of(code: str) -> Entry:
    """The act that a code stands for: the second signature under minutes.

    Raises Refused (404) for a code that is mistyped or of nothing.
    """
    begins = hash_beginning(code[:60])
    rest = HASH_DIGITS - len(begins)
    found = (
        Entry.objects.filter(
            hash__gte=begins + "0" * rest, hash__lte=begins + "f" * rest, act=SIGNED
        ).first()
        if begins
        else None
    )
    if found is None or (found.after or {}).get("side") != "receiver":
        raise Refused.missing(Problem("proof.code-unknown", code[:40]))
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """What everybody may know of a receipt: its code, hash and checkpoint, and whether it holds."""

    code: str
    hash: str
    chain: str
    seq: int
    state: str  # "holds", "waits", "broken"
    checkpoint: Checkpoint | None
    witnesses: int


def standing_of(entry: Entry) -> Standing:
    """Whether the act behind a receipt still stands in the log as it was signed."""
    same = leaf_hash(bytes.fromhex(entry.prev) + content_of(entry).encode()).hex() == entry.hash
    try:
        mark = documents.latest(entry.chain, entry.seq)
    except Refused:
        state = "waits" if same else "broken"
        return Standing(code_of(entry.hash), entry.hash, entry.chain, entry.seq, state, None, 0)
    tree = tree_of(entry.chain, mark.size)
    holds = same and len(tree) == mark.size and tree.root().hex() == mark.root
    return Standing(
        code_of(entry.hash),
        entry.hash,
        entry.chain,
        entry.seq,
        "holds" if holds else "broken",
        mark,
        mark.cosignatures.count(),
    )


def square_of(entry: Entry) -> Square:
    """What the square code under minutes holds: the log when the signature was its last act."""
    tree = tree_of(entry.chain, entry.seq)
    return Square(entry.seq, tree.root(), bytes.fromhex(entry.hash))


def minutes_of(actor: Actor, entry: Entry) -> Minutes | None:
    """The minutes behind a receipt, for whoever may see them; None for everybody else."""
    try:
        return handover.minutes_in_sight(actor, entry.subject_id)
    except Refused:
        return None


def signed_pdfs(minutes: Minutes) -> list[SignedPdf]:
    """The certificates put under the PDF of minutes, in order; the last one's file carries them all."""
    return list(SignedPdf.objects.filter(minutes=minutes).select_related("file").order_by("pk"))


def logs() -> list[dict[str, object]]:
    """Every log with how many checkpoints it has, the newest one, and its witnesses."""
    rows = (
        Checkpoint.objects.values("chain")
        .annotate(count=Count("pk", distinct=True), newest=Max("size"))
        .order_by("chain")
    )
    newest = {
        c.chain: c
        for c in Checkpoint.objects.filter(size__in=[r["newest"] for r in rows])
        .annotate(seen=Count("cosignatures"))
        .order_by("size")
    }
    return [{**row, "checkpoint": newest[row["chain"]]} for row in rows]


def checkpoints() -> "QuerySet[Checkpoint]":
    """All checkpoints, newest first, with how many witnesses have seen each."""
    return Checkpoint.objects.annotate(seen=Count("cosignatures")).order_by("-pk")


def checkpoint(pk: int) -> Checkpoint:
    """One checkpoint. Raises Refused (404) when it is not there."""
    found = checkpoints().filter(pk=pk).first() if pk <= LARGEST else None
    if found is None:
        raise Refused.missing(Problem("proof.checkpoint-missing"))
    return found


def witnesses() -> "QuerySet[Witness]":
    """Whose cosignatures count here, where checkpoints are sent to them, how that went last."""
    newest = WitnessAddress.objects.filter(witness=OuterRef("pk")).order_by("-pk").values("url")
    rows = Witness.objects.annotate(count=Count("cosignatures"), url=Subquery(newest[:1]))
    return rows.select_related("call").order_by("name")


def watched() -> tuple["QuerySet[TrustedLog]", "QuerySet[Seen]"]:
    """Whose logs are watched here, and what of them was cosigned, newest first."""
    return TrustedLog.objects.order_by("name"), Seen.objects.order_by("-pk")


def compared(held: Held) -> tuple[str, Mark | None]:
    """What a kept checkpoint is against the log as it is now: "holds", "differs", "ahead", "unknown".

    One off a paper names no log: any log here that had that root then will do.
    """
    chains = Checkpoint.objects.values_list("chain", "origin").distinct().order_by("chain")
    found = "unknown"
    for chain, origin in chains:
        if held.origin and held.origin != origin:
            continue
        tree = tree_of(chain, held.size)
        if len(tree) == held.size and tree.root() == held.root:
            return "holds", Mark(origin, held.size, held.root)
        if held.origin:
            found = "ahead" if len(tree) < held.size else "differs"
    return found, None


def _has(model: type[Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _entries_of_item(item: Item) -> set[int]:
    """The acts that left a line about the item in any table of the handover."""
    found: set[int] = set()
    for model in apps.get_app_config("handover").get_models():
        if not _has(model, "entry"):
            continue
        paths = {"item": item, "line": item, "minutes": item}
        where = {"item": "item", "line": "line__item", "minutes": "minutes__lines__item"}
        path = next((where[name] for name in paths if _has(model, name)), "")
        if path:
            rows = model._default_manager.filter(**{path: item})
            found.update(rows.values_list("entry_id", flat=True)[: documents.MOST])
    return found


def matter_of_item(actor: Actor, item_id: int) -> documents.Matter:
    """Everything on record about an item in sight. Raises Refused (404) for any other."""
    if item_id > LARGEST:
        raise Refused.missing(Problem("handover.item-missing"))
    item = handover.item_in_sight(actor, item_id)
    chain = f"transition:{item.transition_id}"
    mine = Entry.objects.filter(subject_kind="item", subject_id=item.pk).values_list("pk")
    ids = {*_entries_of_item(item), *(pk for (pk,) in mine[: documents.MOST])}
    entries = Entry.objects.filter(pk__in=ids, chain=chain).order_by("seq")
    return documents.Matter(
        f"{item.code}: {item.title}", tuple(entries[: documents.MOST]), item.transition.demo
    )


def matter_of_act(actor: Actor, entry_id: int) -> documents.Matter:
    """An act, with what was done to the same thing before it.

    Shapes: for whoever did it, sees the thing it was done to, or reads the whole trail of its
    place. Raises Refused (404) for everybody else.
    """
    entry = Entry.objects.filter(pk=entry_id).first() if entry_id <= LARGEST else None
    if entry is None or not _may_see(actor, entry):
        raise Refused.missing(Problem("proof.act-missing"))
    before = Entry.objects.filter(chain=entry.chain, seq__lt=entry.seq).filter(
        subject_kind=entry.subject_kind, subject_id=entry.subject_id
    )
    many = entry.subject_kind == "transition"  # its acts are of everything: this one alone
    earlier = [] if many else list(before.order_by("-seq")[: documents.MOST - 1])
    title = f"{entry.chain}/{entry.seq}"
    return documents.Matter(title, (*reversed(earlier), entry), is_demo(entry.chain))


def is_demo(chain: str) -> bool:
    """Whether a log is of a transition of the demonstration."""
    _, _, number = chain.partition("transition:")
    rows = apps.get_model("handover", "Transition")._default_manager
    return number.isdecimal() and rows.filter(pk=int(number), demo=True).exists()


READS_ALL = (Role.STEERING, Role.INSPECTOR)


def _may_see(actor: Actor, entry: Entry) -> bool:
    _, _, number = entry.chain.partition("transition:")
    if not number.isdecimal():
        return False
    mine = entry.actor_user == actor.user and actor.user > 0 and actor.hat is not None
    try:
        handover.transition_in_sight(actor, int(number))
        if entry.subject_kind == "minutes":
            handover.minutes_in_sight(actor, entry.subject_id)
        elif entry.subject_kind == "item":
            handover.item_in_sight(actor, entry.subject_id)
        else:
            return mine or actor.role in READS_ALL
    except Refused:
        return False
    return True


def own_acts(actor: Actor) -> "QuerySet[Entry]":
    """What a person has done in transitions, newest first; nothing for a person without a post."""
    if actor.hat is None or actor.user <= 0:
        return Entry.objects.none()
    mine = Entry.objects.filter(actor_user=actor.user, chain__startswith="transition:")
    return mine.order_by("-at")
