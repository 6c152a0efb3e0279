from importlib import import_module

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate  # noqa: TID251  # Django's, not ours
from django.utils.translation import gettext_lazy as _

from thongsuot.apps.registry import guard, search
from thongsuot.apps.registry.checks import check_body_links
from thongsuot.apps.registry.load_messages import SENTENCES as LOAD_SENTENCES
from thongsuot.apps.registry.messages import SENTENCES
from thongsuot.foundation import wording
from thongsuot.foundation.trail import guard as trail_guard
from thongsuot.foundation.ui import nav


def _install(using: str, **_: object) -> None:
    guard.install(using)


class RegistryConfig(AppConfig):
    name = "thongsuot.apps.registry"
    label = "registry"
    verbose_name = "Đơn vị, cơ quan, con người"

    def ready(self) -> None:
        wording.register(SENTENCES)
        wording.register(LOAD_SENTENCES)
        for model_name in guard.FACTS:
            trail_guard.add(guard.no_rewrite(model_name))
        import_module("thongsuot.apps.registry.intake")  # tables can be read from here on
        for finder in ("UnitSearch", "BodySearch", "PersonSearch", "LawSearch"):
            search.register(f"thongsuot.apps.registry.finders.{finder}")
        nav.register(
            nav.Entry(label=_("Tra địa chỉ"), route="registry:address", order=71, public=True)
        )
        nav.register(
            nav.Entry(label=_("Đơn vị, cơ quan"), route="registry:country", order=70, public=True)
        )
        nav.register(nav.Entry(label=_("Bản đồ"), route="registry:map", order=72, public=True))
        nav.register(
            nav.Entry(label=_("Quy đổi số liệu"), route="registry:recut", order=73, public=True)
        )
        post_migrate.connect(_install, sender=self, dispatch_uid="registry-guard")
        checks.register(check_body_links)
        checks.register(guard.check_overlaps_guarded, checks.Tags.database)
