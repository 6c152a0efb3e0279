from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.disclosure import guard
from thongsuot.apps.disclosure.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.ui import nav
from thongsuot.rules.kernel.actor import Role


class DisclosureConfig(AppConfig):
    name = "thongsuot.apps.disclosure"
    label = "disclosure"
    verbose_name = "Công khai"

    def ready(self) -> None:
        wording.register(SENTENCES)
        guard.declare()
        import_module("thongsuot.apps.disclosure.intake")  # tables can be read from here on
        nav.register(
            nav.Entry(
                label=_("Hồ sơ tôi ở đâu?"), route="disclosure:where", order=100, public=True
            ),
            nav.Entry(
                label=_("Địa chỉ, giờ làm việc"),
                route="disclosure:contacts",
                order=101,
                roles=frozenset({Role.STEERING, Role.LEADER, Role.CLERK}),
            ),
            nav.Entry(
                label=_("Việc và nơi nhận"),
                route="disclosure:matters",
                order=102,
                roles=frozenset({Role.STEERING, Role.LEADER, Role.CLERK, Role.INSPECTOR}),
            ),
        )
