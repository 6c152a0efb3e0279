from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.authority import guard
from thongsuot.apps.authority.messages import SENTENCES
from thongsuot.apps.registry import closing, search
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.problem import Problem


class AuthorityConfig(AppConfig):
    name = "thongsuot.apps.authority"
    label = "authority"
    verbose_name = "Thẩm quyền"

    def ready(self) -> None:
        wording.register(SENTENCES)
        for table, unique in guard.APPEND_ONLY.items():
            trail_guard.append_only(table, unique)
        for trigger in guard.triggers():
            trail_guard.add(trigger)
        # Models exist only now: what needs them is loaded here and nowhere earlier.
        import_module("thongsuot.apps.authority.imports").declare()
        import_module("thongsuot.apps.authority.lists")
        # Whichever way a body ends: each power it exercised needs a successor rule first.
        closing.register(import_module("thongsuot.apps.authority.queries.comparing").closing)
        search.register("thongsuot.apps.authority.finders.MatterSearch")
        nav.register(
            nav.Entry(_("Ai có thẩm quyền?"), "authority:card", 50, public=True, icon="check")
        )

    def faults(self) -> Iterator[Problem]:
        """What in the register does not fit; for ``thongsuot verify``."""
        found: Iterator[Problem] = import_module("thongsuot.apps.authority.verify").faults()
        return found
