from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.foundation import wording
from thongsuot.foundation.notices.messages import SENTENCES
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Actor


def _unread(actor: Actor) -> int:
    """How many notices wait; the module of models may be read only once all apps are there."""
    queries = import_module("thongsuot.foundation.notices.queries")
    return int(queries.unread_count(actor.user))


class NoticesConfig(AppConfig):
    name = "thongsuot.foundation.notices"
    label = "notices"

    def ready(self) -> None:
        wording.register(SENTENCES)
        nav.register(
            nav.Entry(_("Thông báo"), "notices:list", order=15, count=_unread, icon="bell")
        )
