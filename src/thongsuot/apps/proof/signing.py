"""Checkpoints at the right moment: after each signature, every day, and never over a lost past."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from thongsuot.apps.handover.models import Minutes
from thongsuot.apps.proof import actions, held, keys
from thongsuot.apps.proof.logs import PROOF
from thongsuot.apps.proof.models import Checkpoint, OfficeKey
from thongsuot.apps.proof.permit import SYSTEM
from thongsuot.foundation.trail.acts import Act
from thongsuot.foundation.trail.models import ChainHead
from thongsuot.rules.kernel.problem import Problem
from thongsuot.rules.proof.checkpoint import read_note


def before_signing(minutes_id: int) -> Iterator[Problem]:
    """Nothing is signed on a log that is shorter or other than one that somebody holds.

    Asked inside the act of signing: when that is written down, its checkpoint is made.
    """
    found = Minutes.objects.filter(pk=minutes_id).values_list("transition_id", flat=True).first()
    if found is not None:
        chain = f"transition:{found}"
        yield from held.chain_faults(chain)

        def checkpoint() -> None:  # a function: Django names it in the log when it fails
            after_signing(chain)

        transaction.on_commit(checkpoint, robust=True)


def after_signing(chain: str) -> None:
    """Sign the log as it is now, at the moment of its last act."""
    at = ChainHead.objects.filter(chain=chain).values_list("at", flat=True).first()
    if at is not None:
        checkpoint_now(chain, at)


def soon_checkpoint(at: datetime) -> None:
    """Have what this room records now under a checkpoint as soon as it is written down."""

    def checkpoint() -> None:  # a function: Django names it in the log when it fails
        checkpoint_now(PROOF, at)

    transaction.on_commit(checkpoint, robust=True)


def office_key(at: datetime) -> OfficeKey:
    """The row of the key in use, made known when it is new here.

    A database that has lost its key file goes on under the same name with a key that nobody has
    introduced: whoever checks is told so.
    """
    public = keys.current().public
    last = OfficeKey.objects.order_by("id").last()
    name = last.name if last else f"{urlsplit(settings.SITE_URL).netloc}/{uuid4().hex[:12]}"
    key = str(keys.current().key(name))
    row = OfficeKey.objects.filter(key=key).first()
    if row is None:
        act = Act(by=SYSTEM, key=f"proof/key/{public.hex()[:40]}/{name[-12:]}", at=at)
        actions.set_key(act, name=name, key=key, introduction="")
        row = OfficeKey.objects.get(key=key)
    return row


def known_key() -> OfficeKey | None:
    """The row of the newest key, when there is one."""
    return OfficeKey.objects.order_by("id").last()


def own_name(at: datetime) -> str:
    """The name under which this office signs and witnesses."""
    return office_key(at).name


def checkpoint_now(chain: str, at: datetime) -> Checkpoint | None:
    """The checkpoint of a chain as long as it is now, made when it is lacking.

    Returns None for a chain without acts. Raises Refused when the log has lost its past.
    """
    head = ChainHead.objects.filter(chain=chain, size__gt=0).first()
    if head is None:
        return None
    made = Checkpoint.objects.filter(chain=chain, size=head.size).first()
    if made is None:
        office = office_key(at)
        act = Act(by=SYSTEM, key=f"checkpoint/{chain}/{head.size}", at=at)
        actions.make_checkpoint(act, chain=chain, size=head.size, key_id=office.pk)
        made = Checkpoint.objects.get(chain=chain, size=head.size)
    held.hold(read_note(made.note))
    return made


def checkpoint_all(at: datetime) -> list[Checkpoint]:
    """The daily round: every chain that has grown; the chain of the proof itself last."""
    made = []
    grown = ChainHead.objects.filter(size__gt=0).exclude(chain=PROOF).order_by("chain")
    for chain, size in grown.values_list("chain", "size"):
        if not Checkpoint.objects.filter(chain=chain, size=size).exists():
            found = checkpoint_now(chain, at)
            made += [found] if found else []
    if made:
        found = checkpoint_now(PROOF, at)
        made += [found] if found else []
    return made
