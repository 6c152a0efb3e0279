from django.apps import AppConfig
from django.core.checks import register

from thongsuot.apps.registry.checks import check_body_links


class RegistryConfig(AppConfig):
    name = "thongsuot.apps.registry"
    label = "registry"
    verbose_name = "Đơn vị, cơ quan, con người"

    def ready(self) -> None:
        register(check_body_links)
