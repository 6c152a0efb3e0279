"""What search finds of competence: matters, by the words people use for them."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority.queries.matters import find_matters
from thongsuot.apps.registry.values import Hit
from thongsuot.rules.kernel.actor import Actor


class MatterSearch:
    """Matters by name or by how people ask for them."""

    group = _("Ai có thẩm quyền")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The likeliest matters, with a way to the card."""
        found = find_matters(query, limit, public=actor.hat is None)
        return tuple(
            Hit(
                self.group,
                f.matter.name,
                f.matter.field.name,
                f"{reverse('authority:card')}?viec={f.matter.code}",
            )
            for f in found
        )
