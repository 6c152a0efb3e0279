"""Looking into the trail."""

from django.db.models import QuerySet

from thongsuot.foundation.trail.models import Entry
from thongsuot.rules.kernel.ref import Ref


def history_of(subject: Ref) -> QuerySet[Entry]:
    """The acts on one thing, newest first."""
    return Entry.objects.filter(subject_kind=subject.kind, subject_id=subject.id).order_by("-id")


def head_of(chain: str) -> tuple[int, str]:
    """How many entries the chain has, and the last hash: what a printed paper can carry."""
    entry = Entry.objects.filter(chain=chain).order_by("-seq").values_list("seq", "hash").first()
    return entry or (0, "")
