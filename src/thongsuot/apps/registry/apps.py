from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "thongsuot.apps.registry"
    label = "registry"
