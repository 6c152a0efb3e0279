from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.decisions import guard
from thongsuot.apps.decisions.messages import SENTENCES
from thongsuot.apps.registry import closing, search
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Actor
from thongsuot.rules.kernel.problem import Problem


def _waiting(actor: Actor) -> int:
    queries = import_module("thongsuot.apps.decisions.queries")
    hat = actor.hat
    return int(queries.waiting_for(hat.bodies | {hat.body})) if hat and hat.body else 0


DECISIONS_OF_A_BODY = (
    "decisions.Docket.owner",
    "decisions.Docket.party",
    "decisions.Docket.council",
    "decisions.Task.lead",
)


def _where_moved(body: int) -> str:
    return reverse("decisions:move", args=[body])


class DecisionsConfig(AppConfig):
    name = "thongsuot.apps.decisions"
    label = "decisions"
    verbose_name = "Quyết định"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for label in DECISIONS_OF_A_BODY:
            closing.way(label, _where_moved)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.decisions.lists")
        search.register("thongsuot.apps.decisions.finders.DocketSearch")
        nav.register(
            nav.Entry(
                _("Hồ sơ trình, kỳ họp"), "decisions:dockets", 55, count=_waiting, icon="seal"
            )
        )

    def faults(self) -> Iterator[Problem]:
        """What in the dockets does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.decisions.queries").faults()
        return found
