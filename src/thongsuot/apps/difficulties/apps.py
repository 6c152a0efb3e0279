from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority import beside
from thongsuot.apps.difficulties import guard
from thongsuot.apps.difficulties.messages import SENTENCES
from thongsuot.apps.registry import closing, search
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Actor, Role
from thongsuot.rules.kernel.problem import Problem


def _waiting(actor: Actor) -> int:
    queries = import_module("thongsuot.apps.difficulties.queries")
    hat = actor.hat
    return int(queries.waiting_for(hat.bodies | {hat.body})) if hat and hat.body else 0


def _where_moved(body: int) -> str:
    return reverse("difficulties:move", args=[body])


class DifficultiesConfig(AppConfig):
    name = "thongsuot.apps.difficulties"
    label = "difficulties"
    verbose_name = "Vướng mắc"

    def ready(self) -> None:
        wording.register(SENTENCES)
        closing.way("difficulties.Difficulty.holder", _where_moved)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.difficulties.lists")
        import_module("thongsuot.apps.difficulties.telling").declare()
        beside.register(import_module("thongsuot.apps.difficulties.links").links)
        search.register("thongsuot.apps.difficulties.finders.DifficultySearch")
        search.register("thongsuot.apps.difficulties.finders.SituationSearch")
        nav.offer(
            nav.Tool(
                _("Nêu vướng mắc về trang này"), "difficulties:raise",
                frozenset(Role) - {Role.OPERATOR, Role.INSPECTOR}, icon="flag",
            )
        )  # fmt: skip
        nav.register(nav.Entry(_("Vướng mắc"), "difficulties:all", 60, count=_waiting, icon="flag"))

    def faults(self) -> Iterator[Problem]:
        """What in the register of difficulties does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.difficulties.queries").faults()
        return found
