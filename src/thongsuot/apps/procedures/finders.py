"""What search finds of procedures: by name or code, for everybody."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.procedures.models import Procedure
from thongsuot.apps.registry.values import Hit
from thongsuot.rules.kernel.actor import Actor


class ProcedureSearch:
    """Procedures of the catalogue, by every word of name and code."""

    group = _("Thủ tục hành chính")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The procedures with every word, by code."""
        where = Q(live=True)
        for word in query.split()[:6]:
            where &= Q(folded__contains=word)
        rows = Procedure.objects.filter(where).order_by("code")[:limit]
        return tuple(
            Hit(self.group, p.name, p.code, reverse("procedures:procedure", args=[p.code]), "")
            for p in rows
        )
