"""What search finds of decisions: dockets, sessions, regulations."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.decisions import permit
from thongsuot.apps.registry.values import Hit
from thongsuot.rules.kernel.actor import Actor


class DocketSearch:
    """Dockets, then regulations, in sight of the person, by every word of their titles."""

    group = _("Hồ sơ trình, quy chế")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The newest ones with every word."""
        where = Q()
        for word in query.split()[:6]:
            where &= Q(folded__contains=word)
        dockets = permit.visible(actor).filter(where).order_by("-pk")[:limit]
        versions = permit.visible_versions(actor).filter(where).order_by("-since", "-pk")[:limit]
        found = [
            *(
                Hit(self.group, d.title, d.code, reverse("decisions:docket", args=[d.pk]),
                    str(d.get_state_display()))
                for d in dockets
            ),
            *(
                Hit(self.group, v.title, v.number, reverse("decisions:version", args=[v.pk]),
                    str(v.get_state_display()))
                for v in versions
            ),
        ]  # fmt: skip
        return found[:limit]
