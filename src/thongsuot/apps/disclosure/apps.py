from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "thongsuot.apps.disclosure"
    label = "disclosure"
    verbose_name = "Công khai"
