"""What search finds of a handover: items by code, name and box, and minutes by number."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.handover import permit
from thongsuot.apps.handover.queries.names import body_names
from thongsuot.apps.registry.values import Hit
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.text import fold

FEW = 400  # matches looked through for the best; a search box wants a handful


class ItemSearch:
    """Items in sight of the person, by every word of code and name."""

    group = _("Danh mục bàn giao")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The items whose code, name or box has every word; a code typed whole comes first."""
        if actor.hat is None:
            return ()
        where = Q()
        for word in query.split()[:6]:
            where &= Q(folded__contains=word)
        found = permit.visible_items(actor).filter(where | Q(container__iexact=query))
        rows = sorted(
            found.order_by("-pk")[:FEW],
            key=lambda i: (not fold(i.code).startswith(query), i.code),
        )
        return tuple(
            Hit(
                self.group,
                item.title,
                f"{item.code} · {item.get_kind_display()}",
                reverse("handover:item", args=[item.transition_id, item.pk]),
                str(item.get_state_display()),
            )
            for item in rows[:limit]
        )


class MinutesSearch:
    """Minutes in sight of the person, by number."""

    group = _("Biên bản")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The minutes with that number ("57", "bien ban 57")."""
        number = query.split()[-1]
        if actor.hat is None or not number.isdecimal() or len(number) > 6:
            return ()
        rows = list(
            permit.visible_minutes(actor).filter(number=int(number)).order_by("-pk")[:limit]
        )
        names = body_names(b for m in rows for b in (m.giver_id, m.receiver_id))
        return tuple(
            Hit(
                self.group,
                f"{_('Biên bản số')} {m.number}",
                f"{names[m.giver_id]} → {names[m.receiver_id]}",
                reverse("handover:minutes-page", args=[m.transition_id, m.pk]),
                str(m.get_state_display()),
            )
            for m in rows
        )
