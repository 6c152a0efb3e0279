"""What search finds of this room: duties by their words and code, documents by subject and number."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.directives import permit
from thongsuot.apps.directives.guard import WORDS
from thongsuot.apps.directives.naming import names_of
from thongsuot.apps.registry.values import Hit
from thongsuot.foundation.words.search import having, plain
from thongsuot.rules.kernel.actor import Actor


def _words(query: str) -> Q:
    return plain(query.split()[:6], ("folded",))


class DutySearch:
    """Duties in sight of the person, those due last first."""

    group = _("Nhiệm vụ")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The duties that have every word."""
        if actor.hat is None:
            return ()
        words = having(WORDS, query.split()[:6])
        found = permit.visible_duties(actor).filter(words).order_by("-due_on", "-pk")
        rows = list(found[:limit])
        names = names_of(d.lead_id for d in rows)
        return tuple(
            Hit(
                self.group,
                duty.task,
                f"{duty.code} · {names.get(duty.lead_id or 0, '')}",
                reverse("directives:duty", args=[duty.pk]),
                str(duty.get_state_display()),
            )
            for duty in rows
        )


class DocumentSearch:
    """Documents in sight of the person, the newest first."""

    group = _("Văn bản chỉ đạo")

    def find(self, query: str, actor: Actor, on: date, limit: int) -> Sequence[Hit]:
        """The documents whose subject or number has every word."""
        if actor.hat is None:
            return ()
        rows = permit.visible_documents(actor).filter(_words(query)).order_by("-issued_on", "-pk")
        return tuple(
            Hit(
                self.group,
                document.title,
                f"{document.number} · {document.issued_on:%d/%m/%Y}",
                reverse("directives:document", args=[document.pk]),
                str(document.get_kind_display()),
            )
            for document in rows[:limit]
        )
