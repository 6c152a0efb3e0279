"""What search finds of difficulties and of the library."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority.queries.fields import field_names
from thongsuot.apps.difficulties import permit
from thongsuot.apps.difficulties.models import Situation
from thongsuot.apps.registry.values import Hit
from thongsuot.rules.kernel.actor import Actor, Role


def _every_word(query: str) -> Q:
    where = Q()
    for word in query.split()[:6]:
        where &= Q(folded__contains=word)
    return where


class DifficultySearch:
    """Difficulties that concern the person, by the words of their title and article."""

    group = _("Vướng mắc, kiến nghị")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The newest ones with every word."""
        names = field_names()
        rows = permit.visible(actor).filter(_every_word(query)).order_by("-pk")[:limit]
        return tuple(
            Hit(self.group, d.title, f"{d.code} · {names.get(d.field, d.field)}",
                reverse("difficulties:one", args=[d.pk]), str(d.get_state_display()))
            for d in rows
        )  # fmt: skip


class SituationSearch:
    """Answers of the library, for everybody in a post."""

    group = _("Thư viện tình huống")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The newest situations with every word."""
        if actor.hat is None or actor.hat.role is Role.OPERATOR:
            return ()
        names = field_names()
        rows = Situation.objects.filter(_every_word(query)).order_by("-on", "-pk")[:limit]
        return tuple(
            Hit(self.group, s.title, names.get(s.field, s.field),
                reverse("difficulties:situation", args=[s.pk]), "")
            for s in rows
        )  # fmt: skip
