from importlib import import_module

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "thongsuot.foundation.ui"
    label = "ui"

    def ready(self) -> None:
        import_module("thongsuot.foundation.ui.messages")
